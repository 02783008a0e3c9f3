"""A storm of phones while sending fails: a full buffer, and phones that are gone."""

from __future__ import annotations

import socket
import time
from pathlib import Path

import pytest

from tests.namespace import GROUP, BenchNetwork, bench_network, wait_until
from tests.net.conftest import pump_in
from tests.net.phone import subscribe
from tests.net.phone_switch import SWITCH, PhoneSwitch
from tests.net.storm import LIFETIME, Storm, mac_of

PHONES = 400


@pytest.mark.parametrize("full", ["EAGAIN", "ENOBUFS"])
def test_a_full_buffer_keeps_the_order_doubles_nothing_and_piles_up_nothing(
    options: list[str], full: str
) -> None:
    """A slow cable. EAGAIN: its queue is long, and fills the socket's buffer. ENOBUFS: it is short,
    and the system drops what does not fit, and says so."""
    more = [] if full == "ENOBUFS" else ["--small-buffer"]
    with bench_network() as bench, pump_in(bench.tool, *options, *more) as pump:
        switch = PhoneSwitch(bench, PHONES)
        pump.listen(None)
        pump.until(lambda state: state["joined"] == {"eth0": "10.13.2.2"}, "the new mask")
        limit = "30000000" if full == "EAGAIN" else "6000"
        slow = ("rate", "2mbit", "burst", "3000", "limit", limit)
        bench.tool.run("tc", "qdisc", "add", "dev", "eth0", "root", "tbf", *slow)
        # Answers, not questions for addresses, are to fill it.
        know_neighbours(bench, switch)
        storm = Storm(bench.phones, switch.addresses, SWITCH, rest=1000.0)
        storm.start()
        most = 0

        def all_served() -> bool:
            nonlocal most
            most = max(most, pump.state()["waiting"])
            return storm.served == PHONES

        try:
            wait_until(all_served, 60, "all phones are served")
        finally:
            storm.end(5.0)
        state = pump.state()
        requests = storm.requests
        assert [fault for request in requests for fault in request.faults()] == []
        assert [request for request in requests if not request.in_order] == []
        assert state["delayed"] > 0, "the buffer was never full: nothing was tried"
        # One 200 and one NOTIFY may wait for each phone, not every copy that a timer made.
        assert 0 < most <= 2 * PHONES
        assert (state["waiting"], state["internal"]) == (0, 0)
        assert not state["troubles"]
        assert set(pump.until(lambda state: len(state["answers"]) == PHONES, "all")["answers"])


def know_neighbours(bench: BenchNetwork, switch: PhoneSwitch) -> None:
    """The tool knows the phones' Ethernet address already."""
    address = bench.phones.run("cat", f"/sys/class/net/{SWITCH}/address").stdout.strip()
    bench.tool.batch(
        f"neighbour replace {one} lladdr {address} dev eth0" for one in switch.addresses
    )


def test_phones_that_are_gone_keep_nobody_from_being_served(options: list[str]) -> None:
    """Half of the phones ask, vanish, and say "port unreachable" to each NOTIFY; the socket
    reports that in the midst of reading and sending for the others."""
    vanishing = 100
    with bench_network() as bench, pump_in(bench.tool, *options) as pump:
        bench.phones.inside(say_every_unreachable)
        switch = PhoneSwitch(bench, 2 * vanishing)
        pump.listen(None)
        pump.until(lambda state: state["joined"] == {"eth0": "10.13.2.2"}, "the new mask")
        storm = Storm(bench.phones, switch.addresses[vanishing:], SWITCH)
        storm.start()
        try:
            bench.phones.inside(lambda: ask_and_vanish(switch.addresses[:vanishing]))
            wait_until(lambda: storm.served >= 3 * vanishing, 60, "the others are served")
            state = pump.until(
                # An error is reported by the next call, one that receives or one that sends.
                lambda state: state["receive_errors"] + state["delayed"] >= vanishing,
                "the system reports them",
            )
            assert not state["troubles"]
        finally:
            storm.end(10.0)
        # Every one that vanished is reported in the end; the others were served all the while.
        gone = {mac_of(1000 + number) for number in range(vanishing)}
        assert not gone & pump.state()["answers"].keys()
        pump.do("skew", seconds=LIFETIME)
        state = pump.until(
            lambda state: gone <= state["answers"].keys() and not state["waiting"],
            "nobody answered, and nothing waits to be sent",
        )
        assert {state["answers"][mac] for mac in gone} == {0}
        requests = storm.requests
        assert [fault for request in requests for fault in request.faults()] == []
        assert [request for request in requests if not request.served] == []
        assert state["internal"] == 0
        assert not state["troubles"]


def say_every_unreachable() -> None:
    """Linux says it to a host only once a second."""
    Path("/proc/sys/net/ipv4/icmp_ratelimit").write_text("0")
    Path("/proc/sys/net/ipv4/icmp_msgs_per_sec").write_text("100000")


def ask_and_vanish(addresses: list[str]) -> None:
    for number, address in enumerate(addresses):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
            index = socket.if_nametoindex(SWITCH).to_bytes(4, "little")
            group = bytes(4) + socket.inet_aton(address) + index
            sock.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, group)
            sock.bind((address, 5060))
            sock.sendto(subscribe(mac_of(1000 + number), address, 5060), (GROUP, 5060))
        time.sleep(0.005)
