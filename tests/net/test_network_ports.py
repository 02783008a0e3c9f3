"""The pump on real interfaces: two namespaces, phones on the one side, the pump on the other."""

from __future__ import annotations

import re
import select
import socket
import struct
import time
from pathlib import Path

import pytest

from tests.namespace import GROUP, BenchNetwork, Cable, bench_network, wait_until
from tests.net.conftest import pump_in
from tests.net.phone import URL, Phone


def phone_on(bench: BenchNetwork, cable: Cable, mac: str) -> Phone:
    sock = bench.phones.udp_socket((cable.phone_ip, 0), device=cable.phone_port)
    return Phone(sock, mac)


def hear_nothing(phone: Phone) -> None:
    received = phone.receive(1.0)
    assert received is None, received


def test_a_phone_is_served_from_the_address_of_the_port_it_is_on(options: list[str]) -> None:
    with bench_network(2) as bench, pump_in(bench.tool, *options) as pump:
        state = pump.listen(None)
        assert state["listening"]
        assert state["joined"] == {"eth0": "10.13.2.2", "eth1": "10.13.3.2"}
        assert not state["troubles"]
        for number, cable in enumerate(bench.cables):
            phone = phone_on(bench, cable, f"0004130000{number}0")
            phone.ask()
            assert phone.notify() == (URL, (cable.tool_ip, 5060))
            phone.sock.close()
        state = pump.until(lambda state: len(state["answers"]) == 2, "both accepted")
        assert state["answers"] == {"000413000000": 200, "000413000010": 200}
        assert state["phones"]["000413000010"] == ["eth1", "10.13.3.2"]


def test_where_a_datagram_was_sent_to_is_told_and_answers_stay_ours(options: list[str]) -> None:
    """The group, our address, another one of ours, and both kinds of broadcast."""
    with bench_network() as bench, pump_in(bench.tool, *options) as pump:
        (cable,) = bench.cables
        bench.tool.run("ip", "address", "add", "10.13.2.9/24", "dev", "eth0")
        pump.listen(None)
        phone = phone_on(bench, cable, "000413000000")
        phone.sock.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
        destinations = [GROUP, cable.tool_ip, "10.13.2.9", "10.13.2.255", "255.255.255.255", GROUP]
        expected: list[list[str]] = []
        for to in destinations:
            phone.ask(to)
            assert phone.notify() == (URL, (cable.tool_ip, 5060))
            expected.append(["SUBSCRIBE", f"{to}:5060", cable.tool_ip])
            expected.append(["SIP/2.0", f"{cable.tool_ip}:5060", cable.tool_ip])
            state = pump.until(
                lambda state: len(state["received"].get(phone.mac, ())) >= len(expected),
                "the answer is in",
            )
            assert state["received"] == {phone.mac: expected}
        phone.sock.close()


def test_an_undecided_phone_is_heard_and_gets_nothing(options: list[str]) -> None:
    with bench_network() as bench, pump_in(bench.tool, *options) as pump:
        pump.listen(None)
        phone = phone_on(bench, bench.cables[0], "000413000001")
        phone.ask()
        pump.until(lambda state: "000413000001" in state["phones"], "heard")
        hear_nothing(phone)
        phone.sock.close()


def test_a_phone_on_a_port_that_was_not_chosen_is_neither_heard_nor_answered(
    options: list[str],
) -> None:
    with bench_network(2) as bench, pump_in(bench.tool, *options) as pump:
        state = pump.listen(["eth0"])
        assert list(state["joined"]) == ["eth0"]
        assert state["selectable"] == ["eth0", "eth1"]
        # Another program has joined the group on the other port, so that it does come in there.
        other = bench.tool.udp_socket(("", 0))
        request = struct.pack("4s4s", socket.inet_aton(GROUP), socket.inet_aton("10.13.3.2"))
        other.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, request)
        unchosen = phone_on(bench, bench.cables[1], "000413000010")
        for to in (GROUP, "10.13.3.2"):
            unchosen.ask(to)
        hear_nothing(unchosen)
        chosen = phone_on(bench, bench.cables[0], "000413000000")
        assert chosen.served() == "10.13.2.2"
        assert list(pump.state()["phones"]) == ["000413000000"]
        for sock in (other, unchosen.sock, chosen.sock):
            sock.close()


def test_two_ports_in_one_subnet_each_answer_by_themselves(options: list[str]) -> None:
    with bench_network(2, one_subnet=True) as bench, pump_in(bench.tool, *options) as pump:
        assert not pump.listen(None)["troubles"]
        for number, cable in enumerate(bench.cables):
            phone = phone_on(bench, cable, f"0004130000{number}0")
            assert phone.served() == cable.tool_ip
            phone.sock.close()


@pytest.mark.parametrize("chosen", [0, 1])
def test_one_of_two_ports_in_one_subnet_answers_by_itself(options: list[str], chosen: int) -> None:
    with (
        bench_network(2, one_subnet=True) as bench,
        pump_in(bench.tool, *options) as pump,
    ):
        cable = bench.cables[chosen]
        assert not pump.listen([cable.tool_port])["troubles"]
        phone = phone_on(bench, cable, "000413000000")
        assert phone.served() == cable.tool_ip
        phone.sock.close()


def test_a_phone_with_an_address_of_another_network_is_answered_on_its_cable(
    options: list[str],
) -> None:
    with bench_network(2) as bench, pump_in(bench.tool, *options) as pump:
        pump.listen(["eth0"])
        # Its network is that of the port that was not chosen.
        for address in ("192.168.77.5", "10.13.3.77"):
            bench.phones.add_address("ph0", f"{address}/32")
            bench.phones.run("ip", "route", "add", "10.13.2.0/24", "dev", "ph0", check=False)
            sock = bench.phones.udp_socket((address, 0), device="ph0")
            with sock:
                assert Phone(sock, f"000413000{address[-1]}00").served() == "10.13.2.2"
        received = pump.state()["phones"]
        assert received == {
            "000413000500": ["eth0", "10.13.2.2"],
            "000413000700": received["000413000500"],
        }


def test_a_cable_pulled_is_said_and_plugged_is_heard_again(options: list[str]) -> None:
    with bench_network(2) as bench, pump_in(bench.tool, *options) as pump:
        pump.listen(None)
        bench.cables[0].pull()
        state = pump.until(lambda state: "eth0" not in state["joined"], "eth0 is gone")
        said = state["troubles"]["interface_down"]
        assert "No connection on eth0" in said
        assert "Still listening on eth1" in said
        other = phone_on(bench, bench.cables[1], "000413000010")
        assert other.served() == "10.13.3.2"
        bench.cables[0].plug()
        phone = phone_on(bench, bench.cables[0], "000413000000")
        assert phone.served() == "10.13.2.2"
        pump.until(lambda state: not state["troubles"], "nothing is wrong")
        for each in (other, phone):
            each.sock.close()


def test_the_only_cable_pulled_says_that_nobody_is_heard(options: list[str]) -> None:
    with bench_network() as bench, pump_in(bench.tool, *options) as pump:
        pump.listen(["eth0"])
        bench.cables[0].pull()
        state = pump.until(lambda state: not state["joined"], "eth0 is gone")
        assert "No phone can be heard" in state["troubles"]["interface_down"]
        assert state["listening"]


def test_a_port_taken_out_and_put_back_is_joined_again(options: list[str]) -> None:
    with bench_network(2) as bench, pump_in(bench.tool, *options) as pump:
        pump.listen(["eth0", "eth1"])
        # Back at once, under another index: only the index is different.
        bench.cables[0].recreate()
        phone = phone_on(bench, bench.cables[0], "000413000000")
        assert phone.served() == "10.13.2.2"
        phone.sock.close()

        bench.cables[0].delete()
        state = pump.until(lambda state: "eth0" not in state["joined"], "eth0 is gone")
        assert "No longer present: eth0" in state["troubles"]["interface_missing"]
        bench.cables[0].create()
        phone = phone_on(bench, bench.cables[0], "000413000002")
        assert phone.served() == "10.13.2.2"
        pump.until(lambda state: not state["troubles"], "nothing is wrong")
        phone.sock.close()


def test_a_changed_address_is_answered_from(options: list[str]) -> None:
    with bench_network() as bench, pump_in(bench.tool, *options) as pump:
        # By address: the port stays the one that was meant, whatever its address becomes.
        pump.listen(["10.13.2.2"])
        bench.tool.remove_address("eth0", "10.13.2.2/24")
        state = pump.until(lambda state: not state["joined"], "the address is gone")
        assert "No IPv4 address on eth0" in state["troubles"]["interface_no_address"]
        bench.tool.add_address("eth0", "10.13.2.99/24")
        phone = phone_on(bench, bench.cables[0], "000413000000")
        assert phone.served() == "10.13.2.99"
        state = pump.until(lambda state: not state["troubles"], "nothing is wrong")
        assert state["joined"] == {"eth0": "10.13.2.99"}
        assert state["phones"]["000413000000"] == ["eth0", "10.13.2.99"]
        phone.sock.close()


def test_an_address_that_changes_between_two_looks_is_seen(options: list[str]) -> None:
    with bench_network() as bench, pump_in(bench.tool, *options) as pump:
        pump.listen(None)
        phone = phone_on(bench, bench.cables[0], "000413000000")
        assert phone.served() == "10.13.2.2"
        bench.tool.remove_address("eth0", "10.13.2.2/24")
        bench.tool.add_address("eth0", "10.13.2.99/24")
        pump.until(lambda state: state["joined"] == {"eth0": "10.13.2.99"}, "the new address")
        assert phone.served() == "10.13.2.99"
        assert pump.state()["phones"]["000413000000"] == ["eth0", "10.13.2.99"]
        phone.sock.close()


def test_a_port_that_comes_later_is_joined(options: list[str]) -> None:
    with bench_network() as bench, pump_in(bench.tool, *options) as pump:
        bench.cables[0].delete()
        state = pump.listen(None)
        assert state["listening"]
        assert "No network interface is ready" in state["troubles"]["no_interface"]
        assert "eth0" in pump.listen(["eth0"])["troubles"]["unknown_interface"]
        bench.cables[0].create()
        phone = phone_on(bench, bench.cables[0], "000413000000")
        assert phone.served() == "10.13.2.2"
        phone.sock.close()


def test_one_port_that_cannot_join_keeps_no_other_from_it() -> None:
    with bench_network(2) as bench, pump_in(bench.tool, "--shared") as pump:

        def memberships(number: int) -> None:
            limit = Path("/proc/sys/net/ipv4/igmp_max_memberships")
            bench.tool.inside(lambda: limit.write_text(str(number)))

        memberships(1)
        state = pump.listen(["eth0", "eth1"])
        assert list(state["joined"]) == ["eth0"]
        assert "eth1 cannot join" in state["troubles"]["join_failed"]
        phone = phone_on(bench, bench.cables[0], "000413000000")
        assert phone.served() == "10.13.2.2"
        memberships(20)
        pump.until(lambda state: list(state["joined"]) == ["eth0", "eth1"], "both are joined")
        phone.sock.close()


@pytest.mark.parametrize("change", ["renewed", "resumed from sleep"])
def test_the_switch_hears_a_new_membership_report(options: list[str], change: str) -> None:
    renew = ["--renew", "6"] if change == "renewed" else []
    with bench_network() as bench, pump_in(bench.tool, *options, *renew) as pump:
        wire = bench.phones.inside(
            lambda: socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))
        )
        wire.bind(("ph0", 0))
        wire.settimeout(0.2)
        pump.listen(None)
        wait_until(lambda: is_report(wire), what="the first report")
        # The system repeats a report of its own accord for some seconds.
        wait_for_silence(wire)
        if change != "renewed":
            pump.do("skew", seconds=3600)
        wait_until(lambda: is_report(wire), what="another report")
        phone = phone_on(bench, bench.cables[0], "000413000000")
        assert phone.served() == "10.13.2.2"
        phone.sock.close()
        wire.close()


def is_report(wire: socket.socket) -> bool:
    """The next frame is an IGMPv3 report of the group (RFC 3376 section 4.2)."""
    try:
        frame = wire.recv(2000)
    except TimeoutError:
        return False
    return frame[12:14] == b"\x08\x00" and frame[23] == 2 and socket.inet_aton(GROUP) in frame


def wait_for_silence(wire: socket.socket) -> None:
    last = time.monotonic()
    end = last + 30
    while time.monotonic() - last < 2.5:
        assert time.monotonic() < end, "reports without end"
        if is_report(wire):
            last = time.monotonic()


def test_a_slow_port_delays_answers_and_loses_none(options: list[str]) -> None:
    with bench_network() as bench, pump_in(bench.tool, *options) as pump:
        pump.listen(None)
        # The queue before a slow cable fills the send buffer: the system answers EAGAIN.
        limit = ("rate", "8mbit", "burst", "3000", "limit", "30000000")
        bench.tool.run("tc", "qdisc", "add", "dev", "eth0", "root", "tbf", *limit)
        # From one address no more than MAX_UNCONFIRMED would be under way.
        cable, number, homes = bench.cables[0], 1500, []
        for host in range(100, 116):
            bench.phones.add_address(cable.phone_port, f"10.13.2.{host}/24")
            sock = bench.phones.udp_socket((f"10.13.2.{host}", 0), device=cable.phone_port)
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8 << 20)
            homes.append(Phone(sock, "0"))
        by_socket = {phone.sock: phone for phone in homes}
        for each in range(number):
            phone = homes[each % len(homes)]
            phone.mac = f"000413{each * 2:06X}"
            phone.ask()
        accepted: set[bytes] = set()
        notified: set[bytes] = set()
        while len(notified) < number:
            ready, _, _ = select.select(by_socket, [], [], 10.0)
            assert ready, f"{len(notified)} of {number}"
            received = by_socket[ready[0]].receive(0)
            assert received is not None
            (call,) = re.findall(rb"^Call-ID: (.*)\r$", received[0], re.M)
            if received[0].startswith(b"NOTIFY"):
                assert call in accepted, "a NOTIFY before its 200"
                notified.add(call)
                by_socket[ready[0]].answer(*received)
            else:
                accepted.add(call)
        for phone in homes:
            phone.sock.close()
        assert pump.state()["delayed"] > 0, "the send buffer was never full: nothing was tried"
