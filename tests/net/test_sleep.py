"""The program stood still (sleep, SIGSTOP) with real datagrams in its socket: each has the time it
came, if the system says so, and is read before anybody's time is up."""

from __future__ import annotations

import socket
import time

import pytest

from pnp_gui.net import pktinfo as arrivals
from pnp_gui.net import receiver as reading
from pnp_gui.net.receiver import BATCH_DATAGRAMS
from pnp_gui.pnp.events import Answered, NoAnswer, Offered, SubscribeReceived
from tests.net.loopback import OTHER, Bench

HOUR = 3600.0


class Sleep:
    """The clock that counts it, and the wall clock. Both go on by themselves."""

    def __init__(self) -> None:
        self.slept = 0.0
        self.set_by = 0.0

    def clock(self) -> float:
        return time.monotonic() + self.slept

    def wall(self) -> float:
        return time.time() + self.slept + self.set_by


@pytest.fixture
def sleep(monkeypatch: pytest.MonkeyPatch) -> Sleep:
    made = Sleep()
    wall = made.wall
    monkeypatch.setattr(arrivals, "wall_clock", wall)
    return made


@pytest.fixture
def sleeping(bench: Bench, sleep: Sleep) -> Bench:
    """The pump of `bench` by the clock of `sleep`."""
    pump = bench.pump
    pump._clock = pump._receiver._clock = sleep.clock
    return bench


def received(bench: Bench) -> list[SubscribeReceived]:
    return [event for event in bench.events if isinstance(event, SubscribeReceived)]


def test_a_datagram_that_waited_has_the_time_it_came(sleeping: Bench, sleep: Sleep) -> None:
    sleeping.approved.clear()
    sleeping.phone().ask("127.0.0.1", sleeping.port)
    came = sleep.clock()
    sleep.slept += HOUR
    sleeping.until(1, SubscribeReceived)
    assert abs(received(sleeping)[0].at - came) < 1.0
    # What comes now comes now.
    sleeping.phone(OTHER).ask("127.0.0.1", sleeping.port)
    before = sleep.clock()
    sleeping.until(2, SubscribeReceived)
    assert received(sleeping)[1].at >= before


@pytest.mark.parametrize("seconds", [-HOUR, HOUR])
def test_where_the_wall_clock_was_set_meanwhile_it_came_in_that_time(
    sleeping: Bench, sleep: Sleep, seconds: float
) -> None:
    sleeping.approved.clear()
    before = sleep.clock()
    sleeping.phone().ask("127.0.0.1", sleeping.port)
    sleep.slept += 60
    sleep.set_by = seconds
    sleeping.until(1, SubscribeReceived)
    assert before - 2.0 <= received(sleeping)[0].at <= sleep.clock()


def test_where_the_system_does_not_tell_it_came_before_the_sleep(
    sleeping: Bench, sleep: Sleep, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows: nothing comes in during the sleep itself."""
    monkeypatch.setattr(reading, "age_of_last", lambda sock: None)
    sleeping.approved.clear()
    sleeping.phone().ask("127.0.0.1", sleeping.port)
    came = sleep.clock()
    sleep.slept += HOUR
    sleeping.until(1, SubscribeReceived)
    assert received(sleeping)[0].at <= came
    sleeping.phone(OTHER).ask("127.0.0.1", sleeping.port)
    before = sleep.clock()
    sleeping.until(2, SubscribeReceived)
    assert received(sleeping)[1].at >= before


def test_an_answer_that_waited_is_read_before_its_time_is_up(sleeping: Bench, sleep: Sleep) -> None:
    phone = sleeping.phone()
    phone.ask("127.0.0.1", sleeping.port)
    sleeping.until(1, Offered)
    # More than a turn reads, in front of it.
    for number in range(2 * BATCH_DATAGRAMS):
        phone.sock.sendto(b"x%d" % number, ("127.0.0.1", sleeping.port))
    phone.notify()
    sleep.slept += 60
    sleeping.pump._deadline_passed()
    sleeping.until(1, Answered)
    assert sleeping.kinds(NoAnswer) == []


def test_the_kernel_tells_when_a_datagram_came() -> None:
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as into,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as out,
    ):
        into.bind(("127.0.0.1", 0))
        assert arrivals.age_of_last(into) is None
        for number in range(3):
            out.sendto(b"%d" % number, into.getsockname())
            time.sleep(0.1)
        ages = []
        for _ in range(3):
            into.recv(9)
            age = arrivals.age_of_last(into)
            assert age is not None
            ages.append(age)
    first, second, third = ages
    assert first > second > third >= 0.1
    assert second - third >= 0.1 - 0.01


def test_a_sleep_of_nobody_costs_no_question(
    sleeping: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ask(sock: socket.socket) -> float:
        raise AssertionError

    monkeypatch.setattr(reading, "age_of_last", ask)
    sleeping.serve(sleeping.phone())
