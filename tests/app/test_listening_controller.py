"""What the window asks of listening is done."""

from __future__ import annotations

import socket
from pathlib import Path

from PySide6.QtWidgets import QApplication

from pnp_gui.app.listening_controller import ListeningController
from pnp_gui.app.session import Session


def test_ports_chosen_while_the_udp_port_is_busy_are_those_that_are_tried_again(
    tmp_path: Path, qapp: QApplication
) -> None:
    session = Session(tmp_path)
    session.load()
    session.run_in_loop()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as other:
        other.bind(("127.0.0.1", 0))
        listening = ListeningController(session, ["no such port"], other.getsockname()[1])
        listening.choose(["lo"])
        assert not session.pump.active, "it was not started"
        listening.start()
        assert list(listening.troubles) == ["port_busy"]
        listening.choose(["no such port"])
        assert list(listening.troubles) == ["unknown_interface"]
        listening.choose(["lo"])
    session.pump.check_interfaces()
    assert [each.name for each in listening.joined] == ["lo"]
    listening.stop()
    listening.choose(["no such port"])
    assert not listening.troubles
    session.close()
