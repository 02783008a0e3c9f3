"""Network ports whose names are not plain letters: Linux takes any bytes but blanks and "/"."""

from __future__ import annotations

import os
import sys

import pytest

from pnp_gui.net.interface_choice import MAX_MISSED, InterfaceChoice
from pnp_gui.net.interfaces import shown_name, unknown_interface
from pnp_gui.trouble import MAX_NAMED, listed
from tests.namespace import BenchNetwork, bench_network, wait_until
from tests.net.conftest import pump_in
from tests.net.made_interfaces import ETH, interface
from tests.net.phone import Phone

NAMES = [
    ("k\u00fcche".encode(), "k\u00fcche"),
    (b"k\xfcche", r"k\xfcche"),
    (b"e\x1b[2J", r"e\u001b[2J"),
    ("\u202eeth".encode(), r"\u202eeth"),
    (b"a&b{x}", "a&b{x}"),
]


def rename(bench: BenchNetwork, name: bytes) -> None:
    """Give the tool's port another name; returns when it has its carrier again."""
    text = os.fsdecode(name)
    bench.tool.link("eth0", up=False)
    bench.tool.run("ip", "link", "set", "eth0", "name", text)
    bench.tool.link(text, up=True)
    show = ("ip", "link", "show", text)
    wait_until(lambda: "LOWER_UP" in bench.tool.run(*show, errors="replace").stdout)


@pytest.mark.parametrize(("name", "shown"), NAMES)
def test_a_phone_on_a_port_with_any_name_is_served(
    options: list[str], name: bytes, shown: str
) -> None:
    with bench_network() as bench:
        rename(bench, name)
        with pump_in(bench.tool, *options) as pump:
            assert pump.state()["selectable"] == [shown]
            state = pump.listen([shown])
            assert not state["troubles"]
            assert state["joined"] == {shown: "10.13.2.2"}
            sock = bench.phones.udp_socket(("10.13.2.20", 0), device="ph0")
            assert Phone(sock, "000413000000").served() == "10.13.2.2"
            sock.close()


def test_two_names_never_become_one() -> None:
    names = [name for name, _ in NAMES] + [b"k\xfc\xfcche", b"e\x9b[2J", b"e\xc2\x9b[2J"]
    shown = {shown_name(name) for name in names}
    assert len(shown) == len(names)
    assert all(each.isprintable() for each in shown)
    assert shown_name(b"enp3s0") == "enp3s0"


def test_the_neighbours_of_such_a_port_are_known() -> None:
    with bench_network() as bench:
        rename(bench, "k\u00fcche".encode())
        entry = ("neigh", "replace", "10.13.2.77", "lladdr", "00:04:13:00:00:01")
        bench.tool.run("ip", *entry, "nud", "reachable", "dev", "k\u00fcche")
        # In a process of its own: /proc/net is the one of a process's first thread.
        look = (
            "from pnp_gui.net.interfaces import system_interfaces\n"
            "from pnp_gui.net.neighbours import known_macs\n"
            "print(known_macs(system_interfaces()).get(('k\u00fcche', '10.13.2.77')))"
        )
        assert bench.tool.run(sys.executable, "-c", look).stdout == "000413000001\n"


def test_very_many_ports_are_counted_and_not_listed() -> None:
    names = [f"port{number}" for number in range(300)]
    some = ", ".join(names[:MAX_NAMED])
    assert listed(names) == f"{some} \u2026 +{300 - MAX_NAMED}"
    assert listed(names[:MAX_NAMED]) == some
    assert listed(["a", "b", "a"]) == "a, b"
    ports = [interface(name, "10.0.0.1/8") for name in names]
    wanted = InterfaceChoice(names)
    wanted.targets(ports)
    said = [
        *wanted.troubles([ETH], [ETH]).values(),
        *wanted.troubles(ports, []).values(),
        *InterfaceChoice(names).troubles([ETH], []).values(),
        *InterfaceChoice([]).troubles(ports, []).values(),
        unknown_interface(["x"], ports),
    ]
    assert len(said) == 4
    for trouble in said:
        assert f"+{300 - MAX_NAMED}" in str(trouble)
        assert len(str(trouble)) < 600


def test_of_ports_that_come_and_go_for_ever_the_first_are_forgotten() -> None:
    wanted = InterfaceChoice(None)
    for number in range(300):
        wanted.targets([ETH, interface(f"veth{number}", "10.0.0.1/8")])
    wanted.targets([ETH])
    missed = str(wanted.troubles([ETH], [ETH])["interface_missing"])
    assert f"+{MAX_MISSED - MAX_NAMED}." in missed
    assert "veth299" not in missed
    assert f"veth{300 - MAX_MISSED}," in missed
    # One that is there is never forgotten, though it was found first.
    waiting_for_dhcp = interface("eth0", "169.254.3.3/16")
    assert wanted.targets([waiting_for_dhcp]) == [waiting_for_dhcp]
