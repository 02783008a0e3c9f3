"""The hint that a firewall keeps the requests for files away."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pnp_gui.app.files_hint import files_hint
from pnp_gui.app.session import Session
from pnp_gui.trouble import Trouble

EXE = r"C:\PnP\pnp-gui.exe"


@pytest.fixture
def session(tmp_path: Path, qapp: QApplication) -> Iterator[Session]:
    made = Session(tmp_path / "data")
    made.load()
    made.run_in_loop()
    (tmp_path / "files").mkdir()
    yield made
    made.close()


def hint(session: Session, waiting: int = 1) -> Trouble | None:
    return files_hint(session.files, waiting, system="win32", program=EXE)


def test_it_comes_when_phones_wait_in_vain_and_goes_with_the_first_request(
    session: Session, tmp_path: Path, qtbot: QtBot
) -> None:
    assert hint(session) is None
    session.files.start(tmp_path / "files", 0, 0)
    state = session.files.state
    assert state is not None
    qtbot.waitUntil(lambda: state.http_port > 0, timeout=5000)
    port = state.http_port
    assert hint(session, waiting=0) is None
    trouble = hint(session)
    assert trouble is not None
    assert f"at TCP {port}." in str(trouble)
    assert trouble.action == "copy_details"
    assert str(trouble.values["details"]).splitlines() == [
        f'netsh advfirewall firewall delete rule name=all program="{EXE}"',
        *(
            'netsh advfirewall firewall add rule name="PnP Bench" dir=in action=allow '
            f'protocol={protocol} localport={number} program="{EXE}" profile=any'
            for protocol, number in (("UDP", 5060), ("TCP", port))
        ),
    ]
    stranger = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    stranger.connect()
    qtbot.waitUntil(lambda: hint(session) is None, timeout=5000)
    stranger.close()
    session.files.stop()
    assert hint(session) is None


def test_on_linux_it_shows_what_shows_the_rules(session: Session, tmp_path: Path) -> None:
    session.files.start(tmp_path / "files", 0, 0)
    trouble = files_hint(session.files, 2, system="linux")
    assert trouble is not None
    assert "sudo nft list ruleset" in str(trouble.values["details"])
