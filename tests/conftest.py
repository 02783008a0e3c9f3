"""Marks ``root`` each test that only tests/run can run, on a machine that tests/prepare set up.

What makes it one is a call of the test, or of a fixture that it gets. Where that cannot be seen
(a helper calls it), the mark stands at the test, as ``slow`` always does.
"""

from __future__ import annotations

import sys

import pytest

from tests.bench import captured
from tests.namespace import bench_network

WANT_ROOT = (bench_network, captured.rows, captured.complaints)
"""Who makes namespaces, or calls tshark."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if isinstance(item, pytest.Function):
            fixtures = item._fixtureinfo.name2fixturedefs.values()
            if any(map(_needs_root, [item.function, *(each[-1].func for each in fixtures)])):
                item.add_marker(pytest.mark.root)


def _needs_root(function: object) -> bool:
    code = getattr(function, "__code__", None)
    if code is None:
        return False
    known = [vars(sys.modules[function.__module__]).get(name) for name in code.co_names]
    return any(one is wanting for one in known for wanting in WANT_ROOT)
