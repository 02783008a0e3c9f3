"""A download stops at once when nobody approves its address any more: real sockets, no window."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pnp_gui.app.demo_files import free_ports
from pnp_gui.app.session import Session
from pnp_gui.bench.phones.phone import Decision
from pnp_gui.bench.phones.status import StatusKind, status_of
from pnp_gui.bench.sheet.sheet import SheetLine
from pnp_gui.net.interfaces import loopback_name
from pnp_gui.net.receiver import BATCH_DATAGRAMS
from pnp_gui.pnp.events import SubscribeReceived
from tests.bench.rig import ask, mac
from tests.net.phone import Phone

A, B = mac(1), mac(2)
HERE = "127.0.0.2"
SIZE = 16_000_000


@pytest.fixture
def session(qapp: QApplication, tmp_path: Path) -> Iterator[Session]:
    """It serves a file that no socket buffer holds, to a phone that asked from `HERE`."""
    folder = tmp_path / "served"
    folder.mkdir()
    (folder / "firmware.bin").write_bytes(bytes(SIZE))
    made = Session(tmp_path / "data")
    made.load()
    made.run_in_loop()
    made.files.start(folder, 0, 0)
    asks(made, A)
    made.bench.approve([A])
    yield made
    made.close()


def asks(session: Session, key: str, address: str = HERE) -> None:
    now = session.bench.monotonic()
    session.bench.absorb([SubscribeReceived(ask(key, address), now, False)])


def begin(session: Session, qtbot: QtBot) -> socket.socket:
    """The phone's connection, over which the file has begun to come."""
    state = session.files.state
    assert state is not None
    qtbot.waitUntil(lambda: state.http_port > 0)
    phone = socket.socket()
    phone.bind((HERE, 0))
    phone.connect(("127.0.0.1", state.http_port))
    phone.sendall(b"GET /firmware.bin HTTP/1.1\r\nHost: x\r\n\r\n")
    qtbot.waitUntil(lambda: any(one.sent for one in session.bench.fetches_of(A)))
    return phone


def rest(phone: socket.socket, qtbot: QtBot) -> int:
    """Bytes until the connection ends."""
    phone.setblocking(False)
    got = 0

    def is_over() -> bool:
        nonlocal got
        try:
            while data := phone.recv(1 << 20):
                got += len(data)
        except BlockingIOError:
            return False
        except ConnectionError:
            pass
        return True

    qtbot.waitUntil(is_over, timeout=10_000)
    phone.close()
    return got


STOPS: dict[str, Callable[[Session], object]] = {
    "denied": lambda session: session.bench.deny([A]),
    "undecided": lambda session: session.bench.undecide([A]),
    "undone": lambda session: session.bench.undo(),
    "forgotten": lambda session: session.bench.forget([A]),
    "taken over": lambda session: asks(session, B),
    "gone elsewhere": lambda session: asks(session, A, "127.0.0.9"),
}


@pytest.mark.parametrize("why", STOPS)
def test_nothing_more_goes_there(session: Session, qtbot: QtBot, why: str) -> None:
    phone = begin(session, qtbot)
    STOPS[why](session)
    assert rest(phone, qtbot) < SIZE
    assert not session.bench.may_fetch(HERE)
    told = [line.outcome for line in session.store.history()]
    assert ("broken off" in told) is (why != "forgotten")
    assert "fetched" not in told


def test_else_it_comes_to_its_end(session: Session, qtbot: QtBot) -> None:
    phone = begin(session, qtbot)
    session.bench.approve([A])
    asks(session, A)
    state, got = session.files.state, 0
    assert state is not None
    phone.settimeout(0)

    def is_whole() -> bool:
        nonlocal got
        try:
            got += len(phone.recv(1 << 20))
        except BlockingIOError:
            return False
        return got > SIZE

    qtbot.waitUntil(is_whole, timeout=30_000)
    qtbot.waitUntil(lambda: session.bench.phones[A].files is not None)
    phone.close()
    files = session.bench.phones[A].files
    assert files is not None
    assert (files.name, files.size) == ("firmware.bin", SIZE)
    kind = status_of(session.bench.phones[A], session.bench.monotonic())
    assert kind is StatusKind.WAITING, "its URL was not sent yet"


def burst(session: Session, phone: Phone) -> None:
    """The phone asks so often that the bench is told of it later."""
    session.pump.listen([loopback_name()], 0)
    (channel,) = session.pump._channels.all
    for _ in range(BATCH_DATAGRAMS):
        phone.ask("127.0.0.1", session.pump.state.port)
    session.pump._readable(channel)
    assert session.pump._burst.waits


def test_a_decision_that_ends_a_download_is_not_interrupted_by_a_burst(
    session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    _, tftp_port = free_ports(0, 6969, loopback_only=True)
    session.files.start(tmp_path / "served", 0, tftp_port)
    session.files.wait(10)
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock,
    ):
        client.bind((HERE, 0))
        client.sendto(b"\0\1firmware.bin\0octet\0", ("127.0.0.1", tftp_port))
        qtbot.waitUntil(lambda: bool(session.bench.fetches_of(A)))
        sock.bind((HERE, 0))
        burst(session, Phone(sock, A))
        session.bench.approve_all(5)
        session.bench.undecide([A])
        assert session.pump._burst.waits
        assert session.bench.phones[A].decision is Decision.UNDECIDED


def test_a_phone_that_a_burst_has_answered_gets_its_file_before_it_is_told_of(
    session: Session, qtbot: QtBot
) -> None:
    session.bench.deny([A])
    session.bench.apply_sheet([SheetLine(1, B, Decision.APPROVED, "http://127.0.0.1/x", None)])
    state = session.files.state
    assert state is not None
    qtbot.waitUntil(lambda: state.http_port > 0)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock, socket.socket() as client:
        sock.bind((HERE, 0))
        phone = Phone(sock, B)
        burst(session, phone)
        assert phone.notify(5)[0] == "http://127.0.0.1/x"
        assert not session.bench.may_fetch(HERE), "it was told already"
        client.bind((HERE, 0))
        client.connect(("127.0.0.1", state.http_port))
        client.sendall(b"GET /firmware.bin HTTP/1.1\r\nHost: x\r\n\r\n")
        qtbot.waitUntil(lambda: any(one.sent for one in session.bench.fetches_of(B)))
