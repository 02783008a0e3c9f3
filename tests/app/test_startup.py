"""What comes before the window, in which order."""

from __future__ import annotations

import socket
from contextlib import ExitStack
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from pnp_gui.app.arguments import parse_arguments
from pnp_gui.app.session import Session
from pnp_gui.app.startup import start
from pnp_gui.net.interfaces import loopback_name


def test_the_port_is_open_before_the_phones_are_read(
    tmp_path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    load = Session.load
    found: list[bool] = []

    def loading(session: Session) -> None:
        found.append(session.pump.state.listening)
        load(session)

    monkeypatch.setattr(Session, "load", loading)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    args = parse_arguments(["--data-dir", str(tmp_path), "-i", loopback_name(), "--port", port])
    with ExitStack() as stack:
        assert start(args, stack, lambda: False) is not None
    assert found == [True]
