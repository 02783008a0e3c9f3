"""The demo decides for a newcomer once; what is decided then is the technician's. Its phones
fetch what they accepted."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pnp_gui.app.demo_files import (
    FIRMWARE_BYTES,
    LOADS_FIRMWARE,
    NEVER_COMES,
    WRONG_CASE,
    free_ports,
)
from pnp_gui.app.demo_mode import NEVER_BOOTS, DemoMode
from pnp_gui.app.listening_controller import ListeningController
from pnp_gui.app.serving_controller import ServingController
from pnp_gui.app.session import Session
from pnp_gui.bench.fetches.make_files import is_normal
from pnp_gui.bench.phones.phone import Decision, Progress
from pnp_gui.bench.store.settings import SERVE_FOLDER
from pnp_gui.demo.start import demo_phones
from pnp_gui.net.interfaces import loopback_name

pytestmark = pytest.mark.usefixtures("qapp")


@contextmanager
def demo(folder: Path) -> Iterator[Session]:
    session = Session(folder)
    session.load()
    session.run_in_loop()
    phones = DemoMode(
        session, ListeningController(session, None, 0), ServingController(session, None, None), 8
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


@pytest.mark.slow
def test_the_phones_fetch_what_they_accepted(tmp_path: Path, qtbot: QtBot) -> None:
    session = Session(tmp_path)
    session.load()
    session.run_in_loop()
    listening = ListeningController(session, [loopback_name()], 0)
    serving = ServingController(session, None, None)
    demo = DemoMode(session, listening, serving, LOADS_FIRMWARE + 1)
    bench, folder = session.bench, serving.folder
    assert folder is not None
    phones = demo_phones(LOADS_FIRMWARE + 1)
    wrong_case, never, slow = (phones[at] for at in (WRONG_CASE, NEVER_COMES, LOADS_FIRMWARE))
    try:
        names = [path.name for path in folder.iterdir()]
        assert f"cfg{wrong_case.mac}.xml" in names
        assert f"cfg{wrong_case.mac.lower()}.xml" not in names

        def all_is_seen() -> bool:
            all_asked = chain.from_iterable(map(bench.fetches_of, bench.phones))
            asked = {(one.scheme, one.status) for one in all_asked}
            loads = [one for one in bench.fetches_of(slow.mac) if one.name.startswith("firmware/")]
            return (
                {("http", 200), ("http", 404), ("tftp", 200)} <= asked
                and bool(loads)
                and loads[0].sent > 0
                and bench.phones[never.mac].progress is Progress.ACCEPTED
            )

        qtbot.waitUntil(all_is_seen, timeout=60_000)
        (load,) = [one for one in bench.fetches_of(slow.mac) if one.name.startswith("firmware/")]
        assert (load.size, load.ended) == (FIRMWARE_BYTES, None)
        missing = {one.name for one in bench.fetches_of(wrong_case.mac) if one.status == 404}
        assert f"cfg{wrong_case.mac.lower()}.xml" in missing
        assert bench.fetches_of(never.mac) == []
        # Whatever a phone asks for in vain is normal, but for the one that asks in the wrong case.
        for phone in phones:
            for one in bench.fetches_of(phone.mac):
                normal = is_normal(phone.shape.make, phone.shape.model, phone.mac, one.name)
                assert one.status == 200 or normal or phone is wrong_case, one
        assert session.store.setting(SERVE_FOLDER) == ""
    finally:
        demo.stop()
        session.close()
    assert not folder.exists()
    assert not [one for one in threading.enumerate() if one.name.startswith("demo")]


def test_ports_that_others_have_are_left_to_them() -> None:
    with socket.create_server(("", 0)) as tcp, socket.socket(type=socket.SOCK_DGRAM) as udp:
        udp.bind(("", 0))
        taken = tcp.getsockname()[1], udp.getsockname()[1]
        http, tftp = free_ports(*taken)
        assert http not in (0, taken[0])
        assert tftp not in (0, taken[1])
    assert free_ports(*taken) == taken
    assert free_ports(0, 0)[1] == 0


def test_connections_of_the_last_demo_do_not_take_its_port() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = server.getsockname()
        with socket.create_connection(address) as client:
            server.accept()[0].close()  # this end stays in TIME_WAIT for a minute
            assert client.recv(1) == b""
    assert free_ports(address[1], 0, loopback_only=True) == (address[1], 0)


def test_a_folder_that_is_named_is_served_in_the_demo_too(
    tmp_path: Path, qapp: QApplication
) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    session = Session(tmp_path / "data")
    session.load()
    session.run_in_loop()
    serving = ServingController(session, *free_ports(8080, 6969))
    serving.start(mine)
    demo = DemoMode(session, ListeningController(session, None, 0), serving, 2)
    try:
        assert serving.folder == mine
        assert serving.serving
    finally:
        demo.stop()
        session.close()
    assert list(mine.iterdir()) == []
