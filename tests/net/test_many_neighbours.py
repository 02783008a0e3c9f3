"""More phones at new addresses than Linux keeps neighbours: it drops what goes to the others."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import IPv4Address

import pytest

from tests.namespace import BenchNetwork, bench_network, wait_until
from tests.net.conftest import pump_in
from tests.net.phone import Phone, subscribe

MOST, MORE = 1024, 200
"""Neighbours that Linux keeps, of all namespaces together (gc_thresh3; only the computer's own
shows it), and phones beyond them."""
FIRST = IPv4Address("10.14.0.1")
TOOL = "10.13.2.2"
_FORCED_BUFFER, _IP_PKTINFO = 33, 8


class Crowd(threading.Thread):
    """Phones with an address each behind one socket, that accept what they are sent."""

    def __init__(self, bench: BenchNetwork, count: int) -> None:
        super().__init__(daemon=True)
        self.addresses = [str(FIRST + number) for number in range(count)]
        self.macs = [f"000413{2 * number:06X}" for number in range(count)]
        self.notified: set[str] = set()
        side, port = bench.phones, bench.cables[0].phone_port
        side.run("ip", "route", "add", "local", "10.14.0.0/16", "dev", "lo")
        side.run("ip", "route", "add", "10.0.0.0/8", "dev", port)
        bench.tool.add_address(bench.cables[0].tool_port, "10.13.2.2/8")
        self.sock: socket.socket = side.inside(
            lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        )
        self.sock.setsockopt(socket.SOL_SOCKET, _FORCED_BUFFER, 16 << 20)
        self.sock.setsockopt(socket.IPPROTO_IP, _IP_PKTINFO, 1)
        self.sock.bind(("", 5060))
        self.start()

    def ask(self) -> None:
        for mac, address in zip(self.macs, self.addresses, strict=True):
            self.send(subscribe(mac, address, 5060), address, (TOOL, 5060))

    def send(self, data: bytes, own: str, to: tuple[str, int]) -> None:
        note = struct.pack("i4s4s", 0, socket.inet_aton(own), bytes(4))
        self.sock.sendmsg([data], [(socket.IPPROTO_IP, _IP_PKTINFO, note)], 0, to)

    def run(self) -> None:
        answering = _Answering(self)
        while True:
            try:
                data, notes, _, source = self.sock.recvmsg(4096, 64)
            except OSError:
                return
            own = socket.inet_ntoa(notes[0][2][8:12]) if notes else ""
            if data.startswith(b"NOTIFY"):
                self.notified.add(own)
                answering.own = own
                Phone.answer(answering, data, source)


class _Answering(Phone):
    """Answers as the phone at `own`."""

    def __init__(self, crowd: Crowd) -> None:
        self.crowd, self.own, self.status = crowd, "", "200 OK"
        self.sock = self  # type: ignore[assignment]

    def sendto(self, data: bytes, to: tuple[str, int]) -> None:
        self.crowd.send(data, self.own, to)


@contextmanager
def crowd_of(count: int) -> Iterator[tuple[BenchNetwork, Crowd]]:
    with bench_network(all_neighbours=True) as bench:
        crowd = Crowd(bench, count)
        try:
            yield bench, crowd
        finally:
            crowd.sock.close()


@pytest.mark.root
def test_whom_the_system_has_no_room_for_is_not_called_sent_and_keeps_nobody_waiting(
    options: list[str],
) -> None:
    count = MOST + MORE
    with crowd_of(count) as (bench, crowd), pump_in(bench.tool, *options) as pump:
        pump.listen(None)
        pump.until(lambda state: state["joined"], "it listens")
        crowd.ask()
        state = pump.until(
            lambda state: "send_failed" in state["troubles"] and not state["waiting"],
            "the rest is given up",
        )
        assert "neighbour table" in state["troubles"]["send_failed"]
        assert state["actions"]["send_failed"] == "copy_details"
        served = set(state["answers"])
        assert len(served) > MOST // 2  # the computer itself has neighbours too
        assert not set(state["said_sent"]) - served
        # Room again: the NOTIFYs that are repeated reach the others.
        bench.tool.run("ip", "neighbour", "flush", "all")
        wait_until(lambda: set(crowd.addresses) == crowd.notified, 30, "everybody is served")
        pump.until(lambda state: len(state["answers"]) == count, "and it is told")
        assert set(pump.state()["said_sent"]) == set(crowd.macs)
