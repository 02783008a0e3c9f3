"""A pump that listens before Qt's loop: what is read then, and what the loop takes over."""

from __future__ import annotations

import itertools
import socket
from collections.abc import Iterator
from contextlib import closing

import pytest
from pytestqt.qtbot import QtBot

from pnp_gui.net.pump import Pump
from pnp_gui.pnp.events import Answered, Event
from pnp_gui.pnp.responder import Responder
from tests.namespace import wait_until
from tests.net.phone import URL, Phone

MAC = "000413A2105F"


@pytest.fixture
def told() -> list[Event]:
    return []


@pytest.fixture
def pump(told: list[Event]) -> Iterator[Pump]:
    ids = itertools.count()
    made = Pump(Responder(lambda ask: URL, lambda: f"id{next(ids)}"), told.extend, lambda: None)
    made.listen(["lo"], 0)
    with closing(made):
        yield made


@pytest.fixture
def phone() -> Iterator[Phone]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.bind(("127.0.0.1", 0))
        yield Phone(sock, MAC)


def ask_before(pump: Pump, phone: Phone) -> tuple[bytes, tuple[str, int]]:
    """The phone asks; its NOTIFY, and whose it is."""
    phone.ask("127.0.0.1", pump.state.port)

    def heard() -> int:
        pump.read_waiting()
        return pump.state.heard

    wait_until(heard)
    assert (phone.receive(5) or (b"",))[0].startswith(b"SIP/2.0 200")
    received = phone.receive(5)
    assert received is not None
    assert received[0].startswith(b"NOTIFY")
    return received


def test_who_asks_before_the_loop_is_answered_and_its_answer_read_in_it(
    pump: Pump, phone: Phone, told: list[Event], qtbot: QtBot
) -> None:
    notify, tool = ask_before(pump, phone)
    pump.run_in_loop()
    phone.answer(notify, tool)
    qtbot.waitUntil(lambda: any(isinstance(each, Answered) for each in told), timeout=10_000)


def test_what_was_sent_before_the_loop_is_repeated_in_it(
    pump: Pump, phone: Phone, qtbot: QtBot
) -> None:
    notify, _ = ask_before(pump, phone)
    pump.run_in_loop()
    timer = pump._deadline_timer._timer
    assert timer is not None
    assert timer.remainingTime() <= 500  # T1, from when it was sent
    again: list[bytes] = []

    def came() -> bool:
        received = phone.receive(0.01)
        again.extend([received[0]] if received else [])
        return bool(again)

    qtbot.waitUntil(came, timeout=10_000)
    assert again == [notify]


def test_a_pump_that_never_comes_into_a_loop_can_be_closed(told: list[Event]) -> None:
    pump = Pump(Responder(lambda ask: URL, lambda: "id"), told.extend, lambda: None)
    pump.listen(["lo"], 0)
    pump.close()
    assert not pump.state.listening
    assert not pump._check_timer.active
