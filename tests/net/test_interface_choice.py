"""Which interfaces are wanted, and the sentences about those that cannot be listened on."""

from __future__ import annotations

import pytest

from pnp_gui.net.interface_choice import NONE_GOES_ON, OTHERS_GO_ON, InterfaceChoice, Lack
from pnp_gui.net.interfaces import Interface
from tests.net.made_interfaces import ETH, LO, interface

USB = interface("eth1", "10.9.0.1/24")
DOCKER = interface("docker0", "172.17.0.1/16")


def test_by_default_every_sensible_one_is_wanted() -> None:
    wanted = InterfaceChoice(None)
    assert wanted.targets([LO, ETH, USB, DOCKER]) == [ETH, USB]
    assert not wanted.troubles([LO, ETH, USB, DOCKER], [ETH, USB])


def test_whatever_is_named_is_wanted_each_once() -> None:
    wanted = InterfaceChoice(["docker0", "lo", "127.0.0.1", "10.13.2.2"])
    assert wanted.targets([LO, ETH, USB, DOCKER]) == [DOCKER, LO, ETH]


def test_one_that_was_listened_on_stays_so_with_a_self_assigned_address() -> None:
    wanted = InterfaceChoice(None)
    wanted.targets([ETH])
    waiting_for_dhcp = interface("eth0", "169.254.3.3/16")
    assert wanted.targets([waiting_for_dhcp]) == [waiting_for_dhcp]
    assert InterfaceChoice(None).targets([waiting_for_dhcp]) == []


@pytest.mark.parametrize(
    ("state", "lack", "code"),
    [
        (None, Lack.MISSING, "interface_missing"),
        (interface("eth1", "10.9.0.1/24", running=False), Lack.CONNECTION, "interface_down"),
        (interface("eth1", "10.9.0.1/24", up=False), Lack.CONNECTION, "interface_down"),
        (interface("eth1"), Lack.ADDRESS, "interface_no_address"),
        (
            interface("eth1", "10.9.0.1/24", multicast=False),
            Lack.MULTICAST,
            "interface_no_multicast",
        ),
    ],
)
@pytest.mark.parametrize("names", [None, ["eth0", "eth1"]])
def test_what_is_lacking_is_said_with_who_goes_on(
    names: list[str] | None, state: Interface | None, lack: Lack, code: str
) -> None:
    wanted = InterfaceChoice(names)
    wanted.targets([ETH, USB])
    present = [ETH, *([state] if state else [])]
    assert wanted.targets(present) == [ETH]
    troubles = wanted.troubles(present, [ETH])
    assert list(troubles) == [code]
    assert troubles[code].code == code
    assert str(troubles[code]) == OTHERS_GO_ON[lack].format(interfaces="eth1", others="eth0")
    alone = wanted.troubles(present, [])
    assert str(alone[code]) == NONE_GOES_ON[lack].format(interfaces="eth1")


def test_several_that_lack_the_same_are_one_sentence() -> None:
    down = [interface(name, "10.9.0.1/24", running=False) for name in ("eth1", "eth2")]
    troubles = InterfaceChoice(["eth1", "eth2", "10.9.0.1"]).troubles(down, [])
    assert list(troubles) == ["interface_down"]
    assert "No connection on eth1, eth2." in str(troubles["interface_down"])


def test_one_never_seen_is_unknown_and_one_that_was_is_missing() -> None:
    wanted = InterfaceChoice(["eth0", "eth9"])
    wanted.targets([ETH])
    troubles = wanted.troubles([LO], [])
    assert sorted(troubles) == ["interface_missing", "unknown_interface"]
    assert "called eth9. Available: lo 127.0.0.1" in str(troubles["unknown_interface"])


def test_nothing_to_listen_on_is_said() -> None:
    nothing = InterfaceChoice(None).troubles([LO], [])["no_interface"]
    assert "No network interface is ready" in str(nothing)
    # There are some, but none that is chosen unasked.
    unchosen = InterfaceChoice(None).troubles([LO, DOCKER], [])["no_interface"]
    assert "No network interface is selected. Available: docker0 172.17.0.1." in str(unchosen)
    assert "no_interface" in InterfaceChoice([]).troubles([ETH], [])


def test_a_busy_port_is_no_lack_of_interfaces() -> None:
    wanted = InterfaceChoice(None)
    wanted.targets([ETH])
    assert not wanted.troubles([ETH], [])
