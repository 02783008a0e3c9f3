"""What holds for all tests: no screen, no limit of time for one example of Hypothesis, stores that
get closed, and the mark ``root``.

It is given to each test that only tests/run can run, on a machine that tests/prepare set up, by
what the test or a fixture that it gets calls. Where that cannot be seen (a helper calls it), the
mark stands at the test, as ``slow`` always does.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import settings

os.environ["QT_QPA_PLATFORM"] = "offscreen"
# Of -n auto: half of the time a test waits, so a core can run two.
os.environ.setdefault("PYTEST_XDIST_AUTO_NUM_WORKERS", str(2 * (os.cpu_count() or 1)))

from pnp_gui.bench.store.store import Store
from tests.bench.export import captured
from tests.end_to_end.other_user import as_nobody
from tests.namespace import bench_network
from tests.screen import new_screen
from tests.ui.export.pdf_text import pdf_pages, pdf_words

settings.register_profile("bench", settings(), deadline=None)
settings.load_profile("bench")

WANT_ROOT = (
    *(bench_network, as_nobody, new_screen, captured.rows, captured.complaints),
    *(pdf_pages, pdf_words),
)
"""Who makes namespaces, becomes another user, starts Xvfb, or calls tshark or pdftotext."""


_opened: list[Store] = []


@pytest.fixture(scope="session", autouse=True)
def _stores_are_remembered() -> Iterator[None]:
    open_store = Store.open

    def opened(*arguments: Any, **options: Any) -> Store:
        _opened.append(open_store(*arguments, **options))
        return _opened[-1]

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Store, "open", opened)
        yield


@pytest.fixture(autouse=True)
def _stores_are_closed() -> Iterator[None]:
    """Those that the test left open: Python 3.13 warns of them."""
    yield
    while _opened:
        _opened.pop().close()


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
