"""What comes before Qt, in which order."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from pnp_gui.app.arguments import parse_arguments
from pnp_gui.app.session import Session
from pnp_gui.app.startup import read_data, start
from pnp_gui.bench.phones.phone import Decision
from pnp_gui.bench.store.store import Kept, Store
from pnp_gui.net.interfaces import loopback_name
from tests.net.phone import Phone

MAC, DENIED = "000413A2105F", "000413A21060"
NEW = "http://192.0.2.5/new"


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as made:
        yield made


def test_a_phone_that_asks_while_the_data_is_read_gets_what_this_start_says(
    tmp_path: Path, stack: ExitStack, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store.open(tmp_path)
    store.save_decisions([Kept(mac, Decision.APPROVED, "", "") for mac in (MAC, DENIED)])
    store.close()
    sheet = tmp_path / "phones.csv"
    sheet.write_text(f"mac,decision\n{DENIED},denied\n")
    phones = []
    for mac in (DENIED, MAC):
        sock = stack.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
        sock.bind(("127.0.0.1", 0))
        phones.append(Phone(sock, mac))
    load = Session.load

    def loading(session: Session) -> None:
        assert session.pump.state.listening
        for phone in phones:
            phone.ask("127.0.0.1", session.pump.state.port)
        load(session)

    monkeypatch.setattr(Session, "load", loading)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    said = ["--data-dir", str(tmp_path), "-i", loopback_name(), "--port", port]
    args = parse_arguments([*said, "-u", NEW, "--sheet", str(sheet)])
    started = start(args, stack, lambda: False)
    assert started is not None
    assert not started.session.bench.phones, "nothing is read before there is a screen"
    assert read_data(args, started, lambda: False)
    started.session.pump.read_waiting()
    denied, approved = phones
    assert approved.notify(5)[0] == NEW
    assert denied.receive(0.1) is None
