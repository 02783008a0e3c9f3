"""Opening sockets: what fails halfway is closed, and what is not permitted has another way."""

from __future__ import annotations

import errno
import os
import socket
from ipaddress import IPv4Interface
from pathlib import Path
from typing import Any

import pytest

from pnp_gui.net import channels as channels_module
from pnp_gui.net import sockets
from pnp_gui.net.channels import Channel, Channels
from pnp_gui.net.interfaces import Interface, find, system_interfaces
from pnp_gui.net.sockets import (
    BindError,
    NotPermittedError,
    address_towards,
    open_on,
    open_shared,
)
from pnp_gui.trouble import Trouble
from tests.namespace import bench_network
from tests.net.conftest import pump_in
from tests.net.phone import Phone
from tests.net.softphone import softphone

SO_BINDTOIFINDEX = 62

NOWHERE = Interface(
    "nosuchport9", 999, (IPv4Interface("10.99.0.1/24"),), True, True, True, False, False
)


def loopback() -> Interface:
    found = find("lo", system_interfaces())
    assert found is not None
    return found


def open_descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def test_an_interface_that_is_gone_is_a_sentence_and_leaves_no_socket_open() -> None:
    before = open_descriptors()
    for _ in range(20):
        with pytest.raises(Trouble, match="nosuchport9 is no longer present"):
            open_on(NOWHERE, 0)
    assert open_descriptors() == before


def test_a_busy_port_leaves_no_socket_open() -> None:
    with open_shared(0, loopback_only=True) as taken:
        port = taken.getsockname()[1]
        before = open_descriptors()
        for _ in range(20):
            with pytest.raises(BindError):
                open_shared(port)
            with pytest.raises(BindError):
                open_on(loopback(), port)
        assert open_descriptors() == before


def test_a_failing_join_leaves_no_socket_open(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(sock: socket.socket, interface: Interface) -> None:
        raise Trouble("no", code="join_failed")

    monkeypatch.setattr(sockets, "join", fail)
    before = open_descriptors()
    for _ in range(20):
        with pytest.raises(Trouble):
            open_on(loopback(), 0)
    assert open_descriptors() == before


def test_no_more_descriptors_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> socket.socket:
        raise OSError(errno.EMFILE, "Too many open files")

    interface = loopback()
    monkeypatch.setattr(socket, "socket", fail)
    channels = Channels(5060, lambda channel: None, lambda channel: None)
    channels.update([interface], [interface])
    assert "Too many open files" in str(channels.bind_trouble)


@pytest.mark.parametrize("number", [errno.EPERM, errno.ENOPROTOOPT])
def test_an_old_kernel_gets_one_socket_for_all(
    monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    class OldKernel(socket.socket):
        def setsockopt(self, level: int, option: int, value: Any, length: int = 0) -> None:
            if (level, option) == (socket.SOL_SOCKET, SO_BINDTOIFINDEX):
                raise OSError(number, os.strerror(number))
            super().setsockopt(level, option, value)

    monkeypatch.setattr(socket, "socket", OldKernel)
    with pytest.raises(NotPermittedError):
        open_on(loopback(), 0)
    opened: list[Channel] = []
    channels = Channels(0, opened.append, lambda channel: None, shared=False)
    channels.update([loopback()], [loopback()])
    assert [each.tied for each in opened] == [False]
    assert channels.joined() == [loopback()]
    channels.close()


def test_a_membership_lost_in_silence_is_renewed_at_each_look(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """On Windows an adapter that was out for a moment comes back with number and address."""
    joins: list[str] = []
    monkeypatch.setattr(channels_module, "join", lambda sock, each: joins.append(each.name))
    monkeypatch.setattr(channels_module, "leave", lambda sock, each: None)
    channels = Channels(0, lambda channel: None, lambda channel: None, shared=True)
    for _ in range(3):
        channels.update([NOWHERE], [NOWHERE])
    assert joins == [NOWHERE.name] * 3
    channels.close()


def test_who_the_shared_socket_cannot_place_is_not_heard() -> None:
    chosen = Interface("a", 2, (IPv4Interface("10.1.0.1/24"),), True, True, True, False, False)
    other = Interface("b", 3, (IPv4Interface("10.2.0.1/24"),), True, True, True, False, False)
    channels = Channels(0, lambda channel: None, lambda channel: None, shared=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(channels_module, "join", lambda sock, each: None)
        patch.setattr(channels_module, "leave", lambda sock, each: None)
        channels.update([chosen], [chosen, other])
        (channel,) = channels.all
        patch.setattr(channels_module, "address_towards", lambda peer: "10.1.0.1")
        assert channel.origin_of("10.1.0.9") == ("a", ("10.1.0.1", channels.port))
        assert channel.origin_of("10.2.0.9") is None
        # From behind a router, and the route to it leads out of the chosen one.
        assert channel.origin_of("172.16.0.9") == ("a", ("10.1.0.1", channels.port))
        patch.setattr(channels_module, "address_towards", lambda peer: "10.2.0.1")
        assert channel.origin_of("172.16.0.10") is None
        # Two in one subnet: the one that the route takes, since answers leave by it.
        twin = Interface("t", 4, (IPv4Interface("10.1.0.2/24"),), True, True, True, False, False)
        channels.update([chosen, twin], [chosen, twin, other])
        patch.setattr(channels_module, "address_towards", lambda peer: "10.1.0.2")
        assert channel.origin_of("10.1.0.9") == ("t", ("10.1.0.2", channels.port))
        patch.setattr(channels_module, "address_towards", lambda peer: "10.2.0.1")
        assert channel.origin_of("10.1.0.10") == ("a", ("10.1.0.1", channels.port))
        # What is remembered is bounded, and forgotten when the interfaces change.
        patch.setattr(channels_module, "ORIGINS_KEPT", 10)
        for number in range(100):
            channel.origin_of(f"10.1.0.{number}")
        assert len(channel.origins[0]) <= 10
        channels.update([chosen], [chosen, other])
        channel.origin_of("172.16.0.9")
        channels.update([chosen], [chosen])
        assert not channel.origins
        channels.close()


def test_who_claims_an_address_that_no_host_has_is_not_heard(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """An answer to a network's broadcast address would go to everybody in it."""
    addresses = (IPv4Interface("10.1.0.1/24"), IPv4Interface("192.0.2.6/31"))
    chosen = Interface("a", 2, addresses, True, True, True, False, False)
    other = Interface("b", 3, (IPv4Interface("10.2.0.1/24"),), True, True, True, False, False)
    monkeypatch.setattr(channels_module, "join", lambda sock, each: None)
    monkeypatch.setattr(channels_module, "leave", lambda sock, each: None)
    monkeypatch.setattr(channels_module, "address_towards", lambda peer, *_: "10.1.0.1")
    channels = Channels(0, lambda channel: None, lambda channel: None, shared=True)
    channels.update([chosen, other], [chosen, other])
    (channel,) = channels.all
    nobodys = ("10.1.0.255", "10.1.0.0", "0.0.0.0", "0.1.2.3", "224.0.1.75", "255.255.255.255")
    for peer in nobodys:
        # It is a host's address in the other's network, but it did not come in there.
        assert channel.origin_of(peer, 2) is None, peer
    # Two ends of a line have no broadcast address (RFC 3021), other networks unknown ones.
    for peer in ("10.1.0.254", "10.1.1.255", "192.0.2.7", "223.255.255.255"):
        assert channel.origin_of(peer, 2) is not None, peer
    channels.close()


def test_a_join_that_works_later_is_where_its_phones_are_from_then_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = Interface("a", 2, (IPv4Interface("10.1.0.1/24"),), True, True, True, False, False)
    later = Interface("b", 3, (IPv4Interface("10.2.0.1/24"),), True, True, True, False, False)
    refuse = True

    def join(sock: socket.socket, interface: Interface) -> None:
        if refuse and interface is later:
            raise Trouble("no", code="join_failed")

    monkeypatch.setattr(channels_module, "join", join)
    monkeypatch.setattr(channels_module, "leave", lambda sock, each: None)
    channels = Channels(0, lambda channel: None, lambda channel: None, shared=True)
    channels.update([first, later], [first, later])
    assert list(channels.join_troubles) == ["b"]
    (channel,) = channels.all
    assert channel.origin_of("10.2.0.9") is None
    refuse = False
    channels.update([first, later], [first, later])
    assert "10.2.0.9" not in channel.origins.get(0, {})
    assert channel.origin_of("10.2.0.9") == ("b", ("10.2.0.1", channels.port))
    channels.close()


def test_what_is_for_an_interface_that_is_gone_leaves_by_the_route_and_not_by_the_last_one() -> (
    None
):
    with open_shared(0, loopback_only=True) as sock:
        for index, aimed in ((loopback().index, loopback().index), (NOWHERE.index, 0)):
            sockets.aim(sock, index)
            now = sock.getsockopt(socket.IPPROTO_IP, sockets._IP_UNICAST_IF)
            assert socket.ntohl(now) == aimed


def test_the_way_to_a_peer_is_told_without_sending() -> None:
    assert address_towards("127.0.0.1") == "127.0.0.1"
    assert address_towards("127.0.0.1", NOWHERE.index) == ""


def test_without_root_phones_are_served_as_well(options: list[str]) -> None:
    with bench_network() as bench, pump_in(bench.tool, "--nobody", *options) as pump:
        with softphone(bench.tool):
            # Whose program it is, the system says only to root.
            said = pump.listen(None)["troubles"]["port_busy"]
            assert "UDP port 5060 is already in use by another program" in said
        state = pump.listen(None)
        assert state["joined"] == {"eth0": "10.13.2.2"}
        with bench.phones.udp_socket((bench.cables[0].phone_ip, 0), device="ph0") as sock:
            assert Phone(sock, "000413000000").served() == "10.13.2.2"
        state = pump.listen(None, 506)
        assert "506 needs administrator rights" in state["troubles"]["port_forbidden"]


def test_the_program_that_has_the_port_is_looked_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Looking takes tens of milliseconds, and a refused port is tried again every second."""
    asked: list[int] = []

    def fault(error: OSError, port: int) -> Trouble:
        asked.append(port)
        return Trouble("busy", code="port_busy")

    monkeypatch.setattr(channels_module, "bind_fault", fault)
    taken = open_shared(0, loopback_only=True)
    port = taken.getsockname()[1]
    channels = Channels(port, lambda channel: None, lambda channel: None)
    for _ in range(3):
        channels.update([loopback()], [loopback()])
    assert asked == [port]
    taken.close()
    channels.update([loopback()], [loopback()])
    assert channels.bind_trouble is None
    assert channels.joined() == [loopback()]
    channels.close()
