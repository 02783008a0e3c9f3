"""What goes onto the wire, spelled out: a value that is changed by mistake fails here, since the
judge of the simulated phones cites the same ones."""

from __future__ import annotations

from pnp_gui.pnp import sip_values


def test_the_values_are_those_of_the_standards_and_the_phones() -> None:
    values = {name: value for name, value in vars(sip_values).items() if name.isupper()}
    assert values == {
        "GROUP": "224.0.1.75",
        "PORT": 5060,
        "EVENT": "ua-profile",
        "MAGIC_COOKIE": "z9hG4bK",
        "EXPIRES": "0",
        "MAX_FORWARDS": "70",
        "SUBSCRIPTION_STATE": "terminated;reason=timeout",
        "NO_RENEWAL_STATE": "terminated;reason=noresource",
        "CONTENT_TYPE": "application/url",
        "REBOOT": "check-sync;reboot=true",
        "CHECK_SYNC": "check-sync",
        "REBOOT_STATE": "terminated",
        "T1": 0.5,
        "T2": 4.0,
        "T4": 5.0,
        "LIFETIME": 32.0,
    }
