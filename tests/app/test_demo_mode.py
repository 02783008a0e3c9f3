"""The demo decides for a newcomer once; what is decided then is the technician's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from pnp_gui.app.demo_mode import NEVER_BOOTS, DemoMode
from pnp_gui.app.listening_controller import ListeningController
from pnp_gui.app.serving_controller import ServingController
from pnp_gui.app.session import Session
from pnp_gui.bench.phones.phone import Decision

pytestmark = pytest.mark.usefixtures("qapp")


@contextmanager
def demo(folder: Path) -> Iterator[Session]:
    session = Session(folder)
    phones = DemoMode(
        session, ListeningController(session, [], 0), ServingController(session, None, None), 8
    )
    try:
        yield session
    finally:
        phones.stop()
        session.close()


def test_a_demo_started_again_keeps_what_was_decided(tmp_path: Path, qapp: QApplication) -> None:
    with demo(tmp_path) as session:
        bench = session.bench
        first, second, third, *_ = (key for key in bench.phones if key != NEVER_BOOTS)
        assert {bench.phones[key].decision for key in (first, second, third)} == {Decision.APPROVED}
        bench.deny([first])
        bench.undecide([second])
        bench.set_label([third], "kitchen")
        bench.forget([NEVER_BOOTS])
        bench.set_default_url("http://mine/")
    with demo(tmp_path) as session:
        bench = session.bench
        assert bench.phones[first].decision is Decision.DENIED
        assert bench.phones[second].decision is Decision.UNDECIDED
        assert bench.phones[third].label == "kitchen"
        assert NEVER_BOOTS not in bench.phones
        assert bench.urls.default == "http://mine/"
