"""The pump in this process, on loopback: reading, sending, timers."""

from __future__ import annotations

import logging
import math
import socket
from contextlib import ExitStack

import pytest
from pytestqt.qtbot import QtBot

from pnp_gui.net.pump import Pump
from pnp_gui.net.receiver import BATCH_DATAGRAMS, BURST_BATCHES, BURST_MILLISECONDS
from pnp_gui.net.sockets import receive_buffer
from pnp_gui.pnp.events import Answered, Conflict, Event, Moved, Offered, SubscribeReceived
from pnp_gui.pnp.limits import MAX_UNCONFIRMED
from pnp_gui.pnp.responder import Responder
from pnp_gui.pnp.send_result import SendResult
from tests.net.loopback import MAC, OTHER, Bench, FakeClock, FakeResponder, listening
from tests.net.phone import URL, Phone


def test_loopback_is_listened_on_without_a_group(bench: Bench) -> None:
    state = bench.pump.state
    assert state.listening
    assert state.port != 0
    assert [each.name for each in state.joined] == ["lo"]
    assert not state.troubles
    assert bench.channel.socket.getsockname()[0] == "127.0.0.1"
    assert receive_buffer(bench.channel.socket) >= 4 << 20
    bench.serve(bench.phone())
    assert (state.heard, bench.sent, state.ignored) == (1, 2, 0)


def test_nothing_goes_out_unapproved_and_an_offer_goes_out_at_once(bench: Bench) -> None:
    bench.approved.clear()
    phone = bench.phone()
    phone.ask("127.0.0.1", bench.port)
    bench.until(1, SubscribeReceived)
    assert phone.receive(0.3) is None
    assert bench.sent == 0
    assert bench.pump.offer(MAC) is SendResult.NOT_APPROVED
    bench.approved.add(MAC)
    # No turn of the event loop in between.
    assert bench.pump.offer(MAC) is SendResult.OK_AND_NOTIFY
    assert phone.notify(1.0)[0] == URL


def test_who_decides_while_being_told_is_served_and_told_in_order(bench: Bench) -> None:
    bench.approved.clear()
    results: list[SendResult] = []

    def approve(events: list[Event]) -> None:
        bench.events += events
        if not bench.approved:
            bench.approved.add(MAC)
            results.append(bench.pump.offer(MAC))

    bench.pump._absorb = approve
    phone = bench.phone()
    phone.ask("127.0.0.1", bench.port)
    bench.until(1, Offered)
    assert results == [SendResult.OK_AND_NOTIFY]
    phone.notify()
    bench.until(1, Answered)
    order = [
        type(each)
        for each in bench.events
        if isinstance(each, SubscribeReceived | Offered | Answered)
    ]
    assert order == [SubscribeReceived, Offered, Answered]


def test_a_phone_moves_only_where_a_request_is_kept_from(bench: Bench) -> None:
    bench.serve(bench.phone())
    assert not bench.pump.move(MAC), "nobody else asked for it"
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.bind(("127.0.0.2", 0))
        other = Phone(sock, MAC)
        other.ask("127.0.0.1", bench.port)
        bench.until(1, Conflict)
        assert bench.pump.move(MAC)
        assert len(bench.kinds(Moved)) == 1, "before the next turn of the event loop"
        assert bench.pump.offer(MAC) is SendResult.OK_AND_NOTIFY
        assert other.notify()[0] == URL
    bench.pump.forget(MAC)
    assert not bench.pump.move(MAC)


def test_stopped_it_hears_nobody_and_offers_nothing(bench: Bench) -> None:
    phone = bench.phone()
    bench.serve(phone)
    bench.pump.stop()
    state = bench.pump.state
    assert not state.listening
    assert not state.joined
    assert not state.troubles
    assert bench.pump.offer(MAC) is SendResult.NEVER_ASKED
    bench.pump.withdraw(MAC)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as free:
        free.bind(("127.0.0.1", state.port))
    bench.pump.listen(["lo"], state.port)
    assert bench.pump.state.listening
    assert bench.pump.offer(MAC) is SendResult.NOTIFY_ALONE


def test_what_came_before_it_stops_is_told(bench: Bench) -> None:
    bench.pump._receiver._clock = bench.pump._burst._clock = FakeClock()
    phone = bench.phone()
    for _ in range(2 * BATCH_DATAGRAMS + 1):
        phone.ask("127.0.0.1", bench.port)
    bench.pump._readable(bench.channel)
    assert bench.events == [], "a burst goes on"
    bench.pump.stop()
    told = sum(isinstance(each, SubscribeReceived) for each in bench.events)
    assert told == 2 * BATCH_DATAGRAMS


def test_a_silent_phone_gets_the_notify_again_until_it_answers(bench: Bench) -> None:
    phone = bench.phone()
    phone.ask("127.0.0.1", bench.port)
    bench.qtbot.waitUntil(lambda: bench.sent >= 3, timeout=10_000)
    _, first, second = (phone.receive(1.0) for _ in range(3))
    assert first is not None
    assert first == second
    phone.answer(*first)
    bench.until(1, Answered)
    bench.qtbot.wait(1200)
    assert bench.sent == 3


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
    timer = pump._deadline_timer._timer
    assert timer is not None
    assert 102 < timer.remainingTime() <= 501
    # An earlier deadline moves it.
    responder.due = 1000.1
    pump.offer(MAC)
    assert timer.remainingTime() <= 101
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
        for _ in range(350):
            sender.sendto(b"x", ("127.0.0.1", pump.state.port))
        (channel,) = pump._channels.all
        pump._readable(channel)
        assert least <= responder.received <= most
        qtbot.waitUntil(lambda: responder.received == 350, timeout=10_000)
    pump.close()


def test_a_burst_is_answered_before_it_is_told_in_order(bench: Bench) -> None:
    macs = [f"000413{number:06X}" for number in range(3 * BATCH_DATAGRAMS - 1)]
    bench.approved.update(macs)
    bench.pump._receiver._clock = bench.pump._burst._clock = FakeClock()
    with ExitStack() as stack:  # a closed port would be told to the socket, and take a turn
        for start in range(0, len(macs), MAX_UNCONFIRMED):
            sock = stack.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
            sock.bind((f"127.0.1.{start // MAX_UNCONFIRMED}", 0))
            for mac in macs[start : start + MAX_UNCONFIRMED]:
                Phone(sock, mac).ask("127.0.0.1", bench.port)
        # Nothing else has a turn.
        for _ in range(2):
            bench.pump._readable(bench.channel)
            assert bench.events == []
        assert bench.pump._responder._notifier.is_sending_url(macs[0]), "it was answered"
        bench.pump._readable(bench.channel)
    told = [each.request.key for each in bench.events if isinstance(each, SubscribeReceived)]
    assert told == macs


@pytest.mark.parametrize(
    ("step", "batches"), [(0.0, BURST_BATCHES), (BURST_MILLISECONDS / 1000, 2)]
)
def test_a_burst_without_end_is_told_all_the_same(qtbot: QtBot, step: float, batches: int) -> None:
    told: list[Event] = []
    clock = FakeClock()
    pump = Pump(Responder(lambda ask: None, lambda: "id"), told.extend, lambda: None, clock=clock)
    pump.run_in_loop()
    pump.listen(["lo"], 0)
    (channel,) = pump._channels.all
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        for turn in range(batches):
            assert not told, f"told in turn {turn}"
            for _ in range(BATCH_DATAGRAMS + 1):
                sender.sendto(b"x", ("127.0.0.1", pump.state.port))
            clock.step = step
            pump._readable(channel)
            clock.step = 0.0
    assert told
    pump.close()


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
    assert f" to 127.0.0.1:{bench.port}\n" in texts[0]
    assert f"MAC%3a{OTHER}@" in texts[0]
    assert "application/url" in texts[2]


def test_descriptors_do_not_pile_up(bench: Bench) -> None:
    for _ in range(50):
        bench.pump.listen(["lo"], 0)
        assert len(bench.pump._notifiers) == 1
    bench.pump.stop()
    assert not bench.pump._notifiers
    assert bench.pump._due == math.inf
