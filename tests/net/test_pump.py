"""The pump in this process, on loopback: reading, sending, timers, and what must never stop it."""

from __future__ import annotations

import itertools
import logging
import math
import socket
from collections.abc import Iterator
from typing import cast

import pytest
from pytestqt.qtbot import QtBot

from pnp_gui.net import pump as pump_module
from pnp_gui.net.channels import Channel
from pnp_gui.net.outbox import Outbox
from pnp_gui.net.pump import BATCH_DATAGRAMS, Pump
from pnp_gui.pnp.ask import Address, Ask
from pnp_gui.pnp.events import Answered, Event, Heard, Offered
from pnp_gui.pnp.responder import Responder, Sent
from tests.net.phone import URL, Phone, subscribe

MAC = "000413A2105F"
OTHER = "000413A21060"


class Bench:
    """A pump with its responder, what it told, and phones on loopback."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.approved = {MAC, OTHER}
        self.events: list[Event] = []
        self.changes = 0
        ids = itertools.count()
        self.responder = Responder(self.url_for, lambda: f"id{next(ids)}")
        self.pump = Pump(self.responder, self.absorb, self.changed)
        self.phones: list[Phone] = []

    def url_for(self, ask: Ask) -> str | None:
        return URL if ask.mac in self.approved else None

    def absorb(self, events: list[Event]) -> None:
        self.events += events

    def changed(self) -> None:
        self.changes += 1

    @property
    def port(self) -> int:
        return self.pump.state.port

    @property
    def channel(self) -> Channel:
        (channel,) = self.pump._channels.all()
        return channel

    def phone(self, mac: str = MAC) -> Phone:
        sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        sock.bind(("127.0.0.1", 0))
        self.phones.append(Phone(sock, mac))
        return self.phones[-1]

    def kinds(self, kind: type[Event]) -> list[Event]:
        return [each for each in self.events if isinstance(each, kind)]

    def until(self, count: int, kind: type[Event]) -> None:
        self.qtbot.waitUntil(lambda: len(self.kinds(kind)) >= count, timeout=10_000)

    def serve(self, phone: Phone) -> None:
        """The phone asks, gets its 200 and NOTIFY, and accepts."""
        answered = len(self.kinds(Answered))
        phone.ask("127.0.0.1", self.port)
        self.until(len(self.kinds(Offered)) + 1, Offered)
        assert phone.notify() == (URL, ("127.0.0.1", self.port))
        self.until(answered + 1, Answered)


@pytest.fixture
def bench(qtbot: QtBot) -> Iterator[Bench]:
    made = Bench(qtbot)
    made.pump.listen(["lo"], 0)
    yield made
    made.pump.close()
    for phone in made.phones:
        phone.sock.close()


def test_loopback_is_listened_on_without_a_group(bench: Bench) -> None:
    state = bench.pump.state
    assert state.listening
    assert state.port != 0
    assert [each.name for each in state.joined] == ["lo"]
    assert not state.troubles
    assert bench.channel.socket.getsockname()[0] == "127.0.0.1"
    assert state.receive_buffer >= 4 << 20
    bench.serve(bench.phone())
    assert (state.heard, state.sent, state.ignored) == (1, 2, 0)


def test_nothing_goes_out_unapproved_and_an_offer_goes_out_at_once(bench: Bench) -> None:
    bench.approved.clear()
    phone = bench.phone()
    phone.ask("127.0.0.1", bench.port)
    bench.until(1, Heard)
    assert phone.hear(0.3) is None
    assert bench.pump.state.sent == 0
    assert bench.pump.offer(MAC) is Sent.NOT_APPROVED
    bench.approved.add(MAC)
    # No turn of the event loop in between.
    assert bench.pump.offer(MAC) is Sent.OK_AND_NOTIFY
    assert phone.notify(1.0)[0] == URL


def test_who_decides_while_being_told_is_served_and_told_in_order(bench: Bench) -> None:
    bench.approved.clear()
    results: list[Sent] = []

    def approve(events: list[Event]) -> None:
        bench.events += events
        if not bench.approved:
            bench.approved.add(MAC)
            results.append(bench.pump.offer(MAC))

    bench.pump._absorb = approve
    phone = bench.phone()
    phone.ask("127.0.0.1", bench.port)
    bench.until(1, Offered)
    assert results == [Sent.OK_AND_NOTIFY]
    phone.notify()
    bench.until(1, Answered)
    order = [type(each) for each in bench.events if isinstance(each, Heard | Offered | Answered)]
    assert order == [Heard, Offered, Answered]


def test_stopped_it_hears_nobody_and_offers_nothing(bench: Bench) -> None:
    phone = bench.phone()
    bench.serve(phone)
    bench.pump.stop()
    state = bench.pump.state
    assert not state.listening
    assert not state.joined
    assert not state.troubles
    assert bench.pump.offer(MAC) is Sent.NOT_HEARD
    bench.pump.withdraw(MAC)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as free:
        free.bind(("127.0.0.1", state.port))
    bench.pump.listen(["lo"], state.port)
    assert bench.pump.state.listening
    assert bench.pump.offer(MAC) is Sent.NOTIFY_ALONE


def test_a_silent_phone_gets_the_notify_again_until_it_answers(bench: Bench) -> None:
    phone = bench.phone()
    phone.ask("127.0.0.1", bench.port)
    bench.qtbot.waitUntil(lambda: bench.pump.state.sent >= 3, timeout=10_000)
    _, first, second = (phone.hear(1.0) for _ in range(3))
    assert first is not None
    assert first == second
    phone.answer(*first)
    bench.until(1, Answered)
    bench.qtbot.wait(1200)
    assert bench.pump.state.sent == 3


class FakeResponder(Responder):
    """Counts, and does only what a test asks for."""

    def __init__(self) -> None:
        super().__init__(lambda ask: None, lambda: "id")
        self.received = 0
        self.due: float | None = None
        self.expired: list[float] = []

    def receive(
        self, data: bytes, source: Address, local: Address, interface: str, now: float
    ) -> None:
        self.received += 1

    def deadline(self) -> float | None:
        return self.due

    def expire(self, now: float) -> None:
        self.expired.append(now)
        self.due = None


class FakeClock:
    def __init__(self, step: float = 0.0) -> None:
        self.now = 1000.0
        self.step = step

    def __call__(self) -> float:
        self.now += self.step
        return self.now


def listening(responder: Responder, clock: FakeClock) -> Pump:
    pump = Pump(responder, lambda events: None, lambda: None, clock=clock)
    pump.listen(["lo"], 0)
    return pump


def test_a_timer_that_fires_early_counts_as_in_time(qtbot: QtBot) -> None:
    responder, clock = FakeResponder(), FakeClock()
    pump = listening(responder, clock)
    responder.due = 1000.001
    pump._deadline_passed()
    assert responder.expired == [1000.001]
    # Far too early: nothing is due, and the timer is set for the rest.
    responder.due = 1000.5
    pump._deadline_passed()
    assert responder.expired == [1000.001]
    assert 102 < pump._deadline_timer.remainingTime() <= 501
    # An earlier deadline moves it.
    responder.due = 1000.1
    pump.withdraw(MAC)
    assert pump._deadline_timer.remainingTime() <= 101
    clock.now = 1000.2
    pump._deadline_passed()
    assert responder.expired == [1000.001, 1000.2]
    pump.close()


@pytest.mark.parametrize(
    ("step", "least", "most"), [(0.0, BATCH_DATAGRAMS, BATCH_DATAGRAMS), (0.001, 2, 8)]
)
def test_a_turn_reads_no_more_than_its_share(
    qtbot: QtBot, step: float, least: int, most: int
) -> None:
    responder = FakeResponder()
    pump = listening(responder, FakeClock(step))
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        for _ in range(200):
            sender.sendto(b"x", ("127.0.0.1", pump.state.port))
        (channel,) = pump._channels.all()
        pump._readable(channel)
        assert least <= responder.received <= most
        qtbot.waitUntil(lambda: responder.received == 200, timeout=10_000)
    pump.close()


class FlakySocket:
    """A real socket whose calls fail while there are `errors`."""

    def __init__(self, real: socket.socket) -> None:
        self.real = real
        self.receive_errors: list[OSError] = []
        self.send_errors: list[OSError] = []

    def recvfrom(self, size: int) -> tuple[bytes, Address]:
        if self.receive_errors:
            raise self.receive_errors.pop()
        received: tuple[bytes, Address] = self.real.recvfrom(size)
        return received

    def sendto(self, data: bytes, remote: Address) -> int:
        if self.send_errors:
            raise self.send_errors.pop(0)
        return self.real.sendto(data, remote)

    def getsockopt(self, *arguments: int) -> int:
        return self.real.getsockopt(*arguments)

    def close(self) -> None:
        self.real.close()


def make_flaky(channel: Channel) -> FlakySocket:
    flaky = FlakySocket(channel.socket)
    channel.socket = cast(socket.socket, flaky)
    channel.outbox = Outbox(channel.socket)
    return flaky


@pytest.mark.parametrize(
    "error",
    [
        ConnectionResetError(10054, "reset"),
        ConnectionRefusedError(111, "refused"),
        OSError(113, "no route to host"),
        OSError(1234, "port unreachable"),
        OSError(10040, "too long"),
    ],
)
def test_errors_on_receiving_are_skipped_and_counted(bench: Bench, error: OSError) -> None:
    make_flaky(bench.channel).receive_errors = [error] * 100
    for mac in (MAC, OTHER):
        bench.serve(bench.phone(mac))
    assert bench.pump.state.receive_errors == 100
    assert not bench.pump.state.troubles


def test_a_phone_that_closes_its_port_leaves_the_next_one_heard(bench: Bench) -> None:
    # Linux tells of "port unreachable" only those who ask for it, Windows everyone.
    ip_recverr = 11
    bench.channel.socket.setsockopt(socket.IPPROTO_IP, ip_recverr, 1)
    gone = bench.phone()
    gone.sock.sendto(subscribe(MAC, "127.0.0.1", gone.port), ("127.0.0.1", bench.port))
    gone.sock.close()
    bench.until(1, Offered)
    bench.qtbot.waitUntil(lambda: bench.pump.state.receive_errors >= 1, timeout=10_000)
    bench.serve(bench.phone(OTHER))


def test_a_socket_that_only_fails_is_replaced(bench: Bench) -> None:
    before = bench.channel
    make_flaky(before).receive_errors = [OSError(9, "bad descriptor")] * 1_000_000
    bench.phone().ask("127.0.0.1", bench.port)
    bench.qtbot.waitUntil(lambda: before.broken, timeout=10_000)
    bench.qtbot.waitUntil(lambda: bench.pump._channels.all() != [before], timeout=10_000)
    bench.serve(bench.phone())


def test_a_full_send_buffer_delays_in_order(bench: Bench) -> None:
    flaky = make_flaky(bench.channel)
    flaky.send_errors = [BlockingIOError(11, "again"), OSError(105, "no buffer"), OSError(105, "")]
    phone = bench.phone()
    phone.ask("127.0.0.1", bench.port)
    bench.qtbot.waitUntil(lambda: bench.pump.state.sent == 2, timeout=10_000)
    ok, notify = phone.hear(1.0), phone.hear(1.0)
    assert ok is not None
    assert ok[0].startswith(b"SIP/2.0 200")
    assert notify is not None
    phone.answer(*notify)
    bench.until(1, Answered)
    assert phone.hear(0.2) is None
    assert bench.pump.state.delayed == 2
    assert not bench.pump.state.troubles


def test_what_cannot_be_sent_is_said_and_counted(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    flaky = make_flaky(bench.channel)
    flaky.send_errors = [OSError(101, "Network is unreachable")]
    bench.phone().ask("127.0.0.1", bench.port)
    bench.until(1, Offered)
    assert (bench.pump.state.unsent, bench.pump.state.sent) == (1, 1)
    bench.pump.check_interfaces()
    assert "Network is unreachable" in str(bench.pump.state.troubles["send_failed"])
    monkeypatch.setattr(pump_module, "SEND_TROUBLE_SECONDS", 0.0)
    bench.pump.check_interfaces()
    assert not bench.pump.state.troubles
    # The same for one that had to wait.
    flaky.send_errors = [OSError(105, ""), PermissionError(1, "not permitted")]
    bench.phone(OTHER).ask("127.0.0.1", bench.port)
    bench.qtbot.waitUntil(lambda: bench.pump.state.unsent == 2, timeout=10_000)


def test_what_goes_out_by_a_port_that_is_gone_is_counted(bench: Bench) -> None:
    phone = bench.phone()
    bench.serve(phone)
    bench.pump._by_interface.clear()
    assert bench.pump.offer(MAC) is Sent.NOTIFY_ALONE
    assert bench.pump.state.unsent == 1


def test_a_fault_in_the_core_is_shown_and_the_next_phone_served(
    bench: Bench, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = True
    receive = bench.responder.receive

    def fail_first(
        data: bytes, source: Address, local: Address, interface: str, now: float
    ) -> None:
        if broken:
            raise ValueError("a bug")
        receive(data, source, local, interface, now)

    monkeypatch.setattr(bench.responder, "receive", fail_first)
    for _ in range(100):
        bench.phone().ask("127.0.0.1", bench.port)
    bench.qtbot.waitUntil(lambda: bench.pump._internal == 100, timeout=10_000)
    trouble = bench.pump.state.troubles["internal"]
    assert "ValueError: a bug" in str(trouble)
    assert trouble.action == "copy_details"
    assert len(caplog.records) == pump_module.INTERNAL_LOGGED
    broken = False
    bench.serve(bench.phone())
    bench.pump.check_interfaces()
    assert "internal" in bench.pump.state.troubles
    caplog.clear()


def test_faults_of_those_told_stop_nothing(
    bench: Bench, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("a bug elsewhere")

    monkeypatch.setattr(bench.pump, "_absorb", fail)
    monkeypatch.setattr(bench.pump, "_changed", fail)
    phone = bench.phone()
    phone.ask("127.0.0.1", bench.port)
    bench.qtbot.waitUntil(lambda: bench.pump.state.sent >= 2, timeout=10_000)
    # The NOTIFY is sent again by the timer all the same.
    bench.qtbot.waitUntil(lambda: bench.pump.state.sent >= 3, timeout=10_000)
    assert phone.notify()[0] == URL
    assert "a bug elsewhere" in str(bench.pump.state.troubles["internal"])
    bench.pump.check_interfaces()
    caplog.clear()


def test_a_failing_timer_rests_before_it_is_tried_again(
    qtbot: QtBot, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    responder = FakeResponder()
    pump = listening(responder, FakeClock())

    def fail(now: float) -> None:
        raise ValueError("a bug")

    monkeypatch.setattr(responder, "expire", fail)
    responder.due = 999.0
    pump.withdraw(MAC)
    qtbot.waitUntil(lambda: pump._internal >= 1, timeout=10_000)
    qtbot.wait(300)
    # Without a pause it would be thousands.
    assert pump._internal <= 5
    qtbot.waitUntil(lambda: pump._internal >= 2, timeout=10_000)
    caplog.clear()
    pump.close()


def test_faults_of_a_decision_reach_the_state_and_not_the_caller(
    bench: Bench, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ValueError("a bug")

    monkeypatch.setattr(bench.responder, "offer", fail)
    monkeypatch.setattr(bench.responder, "withdraw", fail)
    assert bench.pump.offer(MAC) is Sent.NOT_HEARD
    bench.pump.withdraw(MAC)
    assert bench.pump._internal == 2
    bench.pump.listen(["lo"], 0)
    assert not bench.pump.state.troubles
    caplog.clear()


def test_an_interface_that_vanishes_while_being_looked_at_is_no_fault(bench: Bench) -> None:
    def fail() -> list[object]:
        raise OSError(19, "No such device")

    bench.pump._interfaces = fail  # type: ignore[assignment]
    bench.pump.check_interfaces()
    assert not bench.pump.state.troubles
    assert [each.name for each in bench.pump.state.joined] == ["lo"]


def test_a_change_is_told_once(bench: Bench) -> None:
    changes = bench.changes
    bench.pump.check_interfaces()
    bench.pump.check_interfaces()
    assert bench.changes == changes
    bench.pump.listen(["no such port"], bench.port)
    assert bench.changes == changes + 1


def test_whole_messages_are_logged_when_asked_for(
    bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    bench.serve(bench.phone())
    assert not caplog.records
    with caplog.at_level(logging.DEBUG, "pnp_gui.traffic"):
        bench.serve(bench.phone(OTHER))
    texts = [each.getMessage() for each in caplog.records if each.name == "pnp_gui.traffic"]
    assert [text.split()[1] for text in texts] == ["from", "to", "to", "from"]
    assert f"MAC%3a{OTHER}@" in texts[0]
    assert "application/url" in texts[2]


def test_descriptors_do_not_pile_up(bench: Bench) -> None:
    for _ in range(50):
        bench.pump.listen(["lo"], 0)
        assert len(bench.pump._notifiers) == 1
    bench.pump.stop()
    assert not bench.pump._notifiers
    assert bench.pump._due == math.inf
