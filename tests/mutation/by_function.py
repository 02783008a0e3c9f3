"""A pytest plugin: tests are known by their function, without parameters.

mutmut names each test that reaches a mutant in pytest's arguments: a thousand ids of one function
take longer to find than its tests to run, and not every id is found again.
"""

from __future__ import annotations

import pytest


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        item._nodeid = item.nodeid.partition("[")[0]  # type: ignore[attr-defined]
