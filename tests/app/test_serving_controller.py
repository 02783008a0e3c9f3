"""What the window asks of serving is done, kept, and told to the bench."""

from __future__ import annotations

import socket
import subprocess
from collections.abc import Iterator
from ipaddress import IPv4Interface
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pnp_gui.app.served_files import ServedFiles
from pnp_gui.app.serving_controller import ServingController
from pnp_gui.app.session import Session
from pnp_gui.net.interfaces import Interface
from pnp_gui.net.listen_state import ListenState

NETWORKS = (IPv4Interface("10.1.0.2/24"), IPv4Interface("10.2.0.2/24"))
ETH = Interface("eth0", 2, NETWORKS, True, True, True, False, False)
LOOPBACK = Interface("lo", 1, (IPv4Interface("127.0.0.1/8"),), True, True, False, True, False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "files"
    made.mkdir()
    (made / "a.cfg").write_text("a")
    return made


@pytest.fixture
def session(tmp_path: Path, qapp: QApplication) -> Iterator[Session]:
    made = Session(tmp_path / "data")
    made.load()
    made.run_in_loop()
    yield made
    made.close()


def opened(session: Session, qtbot: QtBot) -> tuple[int, int]:
    """Its ports, once they are open and the folder is read."""
    state = session.files.state
    assert state is not None
    qtbot.waitUntil(lambda: state.http_port > 0 and state.files > 0, timeout=10_000)
    return state.http_port, state.tftp_port


def test_folder_and_ports_are_those_of_the_last_time(
    session: Session, folder: Path, qtbot: QtBot
) -> None:
    files = ServingController(session, 0, 0)
    assert (files.folder, files.serving, files.bases) == (None, False, ())
    files.start(folder)
    opened(session, qtbot)
    qtbot.waitUntil(lambda: files.files == 1, timeout=10_000)
    assert files.serving
    files.set_ports(18080, 0)
    assert opened(session, qtbot) == (18080, 0)
    assert session.bench.urls.ours == ("http://${host}:18080/",)
    files.stop()
    assert not session.bench.urls.ours
    again = ServingController(session, None, None)
    assert (again.folder, again.http_port, again.tftp_port) == (folder, 18080, 0)
    assert not again.serving
    for_this_run = ServingController(session, 81, 6969)
    for_this_run.serving = True
    assert for_this_run.bases == ("http://${host}:81/", "tftp://${host}:6969/")
    assert ServingController(session, None, None).http_port == 18080


def test_other_computers_come_to_no_port_while_loopback_alone_is_listened_on(
    session: Session, folder: Path, qtbot: QtBot
) -> None:
    """Windows' firewall asks about a port on all addresses, which the demo must not."""

    listening = ListenState(joined=[LOOPBACK])
    files = session.files = ServedFiles(
        session.bench, listening, lambda: None, folder.with_name("data")
    )

    def wait_until_bound(address: str) -> None:
        ports = f"sport = :{http} or sport = :6969"

        def bound() -> list[str]:
            run = subprocess.run(["ss", "-Hltun", ports], capture_output=True, check=True)
            return sorted(line.split()[4].decode() for line in run.stdout.splitlines())

        qtbot.waitUntil(lambda: bound() == [f"{address}:{http}", f"{address}:6969"], timeout=10_000)

    files.start(folder, 0, 6969)
    http, _ = opened(session, qtbot)
    wait_until_bound("127.0.0.1")
    for joined, address in (([LOOPBACK, ETH], "0.0.0.0"), ([LOOPBACK], "127.0.0.1")):
        listening.joined = joined
        wait_until_bound(address)
        listening.joined = []  # listening was stopped: phones go on fetching
        files.start(folder, http, 6969)
        wait_until_bound(address)


def test_which_urls_are_ours(session: Session, folder: Path, qtbot: QtBot) -> None:
    files = session.files
    assert not files.is_ours("http://10.1.0.2:8080/a.cfg")
    files.start(folder, 0, 6969)
    http, _ = opened(session, qtbot)
    session.pump.state.joined = [ETH]
    for url in (
        f"http://10.1.0.2:{http}/a.cfg",
        f"HTTP://10.2.0.2:{http}/x/y?z",
        "tftp://10.1.0.2:6969/a",
    ):
        assert files.is_ours(url), url
    for url in (
        *("http://10.1.0.2/a.cfg", f"http://10.1.0.3:{http}/a.cfg", f"https://10.1.0.2:{http}/"),
        *("tftp://10.1.0.2/a", "tftp://10.1.0.2:0/a", "ftp://10.1.0.2:6969/a", "http://[::1/"),
        *("", "a.cfg", f"http://pbx:{http}/"),
    ):
        assert not files.is_ours(url), url
    files.stop()
    assert not files.is_ours(f"http://10.1.0.2:{http}/a.cfg")


def test_ports_that_others_have_can_be_changed_from_their_lines(
    session: Session, folder: Path, qtbot: QtBot
) -> None:
    with socket.create_server(("", 0)) as tcp, socket.socket(type=socket.SOCK_DGRAM) as udp:
        udp.bind(("", 0))
        files = ServingController(session, tcp.getsockname()[1], udp.getsockname()[1])
        files.start(folder)
        busy = {"http_port_busy", "tftp_port_busy"}
        qtbot.waitUntil(lambda: files.troubles.keys() == busy, timeout=10_000)
        assert {each.action for each in files.troubles.values()} == {"serve_ports"}
        files.stop()
