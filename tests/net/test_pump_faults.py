"""What must never stop the pump: errors of the network, and faults of our own."""

from __future__ import annotations

import socket
from collections.abc import Sequence
from typing import cast

import pytest
from pytestqt.qtbot import QtBot

from pnp_gui.net import pump as pump_module
from pnp_gui.net.channels import Channel
from pnp_gui.net.pktinfo import Controls
from pnp_gui.net.send_queue import SendQueue
from pnp_gui.pnp.datagram import Address, Datagram
from pnp_gui.pnp.events import Answered, Event, NotSent, Offered
from pnp_gui.pnp.send_result import SendResult
from tests.net.loopback import MAC, OTHER, Bench, FakeClock, FakeResponder, listening
from tests.net.phone import URL, subscribe


class FlakySocket:
    """A real socket whose calls fail while there are `errors`."""

    def __init__(self, real: socket.socket) -> None:
        self.real = real
        self.receive_errors: list[OSError] = []
        self.send_errors: list[OSError] = []

    def recvmsg_into(
        self, rooms: Sequence[memoryview], control_room: int
    ) -> tuple[int, Controls, int, Address]:
        if self.receive_errors:
            raise self.receive_errors.pop()
        received: tuple[int, Controls, int, Address] = self.real.recvmsg_into(rooms, control_room)
        return received

    def recvmsg(self, *arguments: int) -> object:
        return self.real.recvmsg(*arguments)

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
    channel.receive = flaky.recvmsg_into
    channel.send_queue = SendQueue(channel.socket)
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
    gone = bench.phone()
    gone.sock.sendto(subscribe(MAC, "127.0.0.1", gone.port), ("127.0.0.1", bench.port))
    gone.sock.close()
    bench.until(1, Offered)
    bench.qtbot.waitUntil(lambda: bench.pump.state.receive_errors >= 1, timeout=10_000)
    bench.serve(bench.phone(OTHER))
    assert not bench.kinds(NotSent), "this computer did send it"


def test_a_socket_that_only_fails_is_replaced(bench: Bench) -> None:
    before = bench.channel
    make_flaky(before).receive_errors = [OSError(9, "bad descriptor")] * 1_000_000
    bench.phone().ask("127.0.0.1", bench.port)
    bench.qtbot.waitUntil(lambda: before.broken, timeout=10_000)
    bench.qtbot.waitUntil(lambda: bench.pump._channels.all != [before], timeout=10_000)
    bench.serve(bench.phone())


def test_a_full_send_buffer_delays_in_order(bench: Bench) -> None:
    flaky = make_flaky(bench.channel)
    flaky.send_errors = [BlockingIOError(11, "again"), OSError(105, "no buffer"), OSError(105, "")]
    phone = bench.phone()
    phone.ask("127.0.0.1", bench.port)
    bench.until(1, Offered)
    bench.qtbot.waitUntil(lambda: not len(bench.channel.send_queue), timeout=10_000)
    ok, notify = phone.receive(1.0), phone.receive(1.0)
    assert ok is not None
    assert ok[0].startswith(b"SIP/2.0 200")
    assert notify is not None
    phone.answer(*notify)
    bench.until(1, Answered)
    assert phone.receive(0.2) is None
    assert not flaky.send_errors, "it was refused each time"
    assert not bench.pump.state.troubles


def test_what_cannot_be_sent_is_said(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    flaky = make_flaky(bench.channel)
    flaky.send_errors = [OSError(101, "Network is unreachable")] * 2
    phone = bench.phone()
    phone.ask("127.0.0.1", bench.port)
    bench.until(1, Offered)
    left = phone.receive(1.0)
    assert left is not None
    assert left[0].startswith(b"NOTIFY"), "the 200 was lost"
    bench.pump.check_interfaces()
    assert "Network is unreachable" in str(bench.pump.state.troubles["send_failed"])
    monkeypatch.setattr(pump_module, "SEND_TROUBLE_SECONDS", 0.0)
    bench.pump.check_interfaces()
    assert not bench.pump.state.troubles
    # The same for one that had to wait.
    flaky.send_errors = [OSError(105, ""), *[PermissionError(1, "not permitted")] * 2]
    bench.phone(OTHER).ask("127.0.0.1", bench.port)
    monkeypatch.setattr(pump_module, "SEND_TROUBLE_SECONDS", 10.0)
    bench.qtbot.waitUntil(lambda: "send_failed" in bench.pump.state.troubles, timeout=10_000)


def test_what_goes_out_by_a_port_that_is_gone_is_sent_again_when_it_is_back(bench: Bench) -> None:
    phone = bench.phone()
    bench.serve(phone)
    present = dict(bench.pump._channels.by_interface)
    bench.pump._channels.by_interface.clear()
    assert bench.pump.offer(MAC) is SendResult.NOT_SENT
    assert phone.receive(0.1) is None
    bench.pump._channels.by_interface.update(present)
    sent = bench.sent
    bench.qtbot.waitUntil(lambda: bench.sent > sent, timeout=10_000)
    assert phone.notify()[0] == URL
    assert not bench.pump.state.troubles
    flaky = make_flaky(bench.channel)
    flaky.send_errors = [PermissionError(1, "not permitted")] * 2
    assert bench.pump.reboot(MAC) is SendResult.NOT_SENT
    flaky.send_errors = [OSError(11, "")]
    assert bench.pump.offer(MAC) is SendResult.NOTIFY_ALONE, "a full buffer is no fault"


def test_a_fault_in_the_core_is_shown_and_the_next_phone_served(
    bench: Bench, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = True
    receive = bench.responder.receive

    def fail_first(datagram: Datagram) -> None:
        if broken:
            raise ValueError("a bug")
        receive(datagram)

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


def test_errors_in_absorb_and_changed_stop_nothing(
    bench: Bench, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("a bug elsewhere")

    def absorb(events: list[Event]) -> None:
        bench.absorb(events)
        fail()

    monkeypatch.setattr(bench.pump, "_absorb", absorb)
    monkeypatch.setattr(bench.pump, "_changed", fail)
    phone = bench.phone()
    phone.ask("127.0.0.1", bench.port)
    bench.qtbot.waitUntil(lambda: bench.sent >= 2, timeout=10_000)
    # The NOTIFY is sent again by the timer all the same.
    bench.qtbot.waitUntil(lambda: bench.sent >= 3, timeout=10_000)
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
    pump.offer(MAC)
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
    assert bench.pump.offer(MAC) is SendResult.NEVER_ASKED
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
