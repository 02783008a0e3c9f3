"""Which phone asks: the MAC in whatever form and place, or else its address."""

from __future__ import annotations

import pytest

from tests.pnp.phones import PLAIN_KEY, plain
from tests.pnp.understood import understood


@pytest.mark.parametrize(
    "user",
    [
        *("MAC%3a000413AABBCC", "MAC%3A000413aabbcc", "MAC000413aabbcc", "MAC=000413aabbcc"),
        *("MAC:000413AABBCC", "MAC%3D000413aabbcc", "mac%3a000413aabbcc", "000413aabbcc"),
        *("00-04-13-AA-BB-CC", "MAC%3A00%3A04%3A13%3AAA%3ABB%3ACC", "%4dAC%3a000413AABBCC"),
        *("00:04:13:aa:bb:cc", "0004.13aa.bbcc", "000413AABBCC:secret"),
    ],
)
@pytest.mark.parametrize("where", ["uri", "from_", "to", "contact"])
def test_the_mac_in_any_uri_in_any_form(where: str, user: str) -> None:
    uris = {
        "uri": "sip:224.0.1.75",
        "from_": "<sip:512@10.13.2.67>;tag=1",
        "to": "<sip:512@10.13.2.67>",
        "contact": "<sip:10.13.2.67>",
    }
    uris[where] = f"sip:{user}@h" if where == "uri" else f"<sip:{user}@h>;tag=1"
    assert understood(plain(**uris, agent="x")).key == PLAIN_KEY  # type: ignore[arg-type]


def test_the_request_uri_counts_before_from_to_contact_and_user_agent() -> None:
    macs = [f"00041300000{number}" for number in range(5)]
    where = {
        "uri": f"sip:MAC%3a{macs[0]}@h",
        "from_": f"<sip:MAC%3a{macs[1]}@h>",
        "to": f"<sip:MAC%3a{macs[2]}@h>",
        "contact": f"<sip:MAC%3a{macs[3]}@h>",
        "agent": f"snom (MAC={macs[4]})",
    }
    nobody = {"uri": "sip:h", "from_": "sip:1@h", "to": "sip:1@h", "contact": "", "agent": ""}
    for number, name in enumerate(where):
        assert understood(plain(**where)).mac == macs[number]  # type: ignore[arg-type]
        where[name] = nobody[name]
    assert understood(plain(**where)).key == "ip:10.13.2.67"  # type: ignore[arg-type]


@pytest.mark.parametrize("empty", ["000000000000", "FFFFFFFFFFFF", "ff-ff-ff-ff-ff-ff"])
def test_a_mac_of_nobody_is_passed_over(empty: str) -> None:
    nobody = {
        "uri": f"sip:MAC%3a{empty}@h",
        "from_": f"<sip:{empty}@h>",
        "contact": f"<sip:{empty}@h>",
    }
    assert understood(plain(**nobody)).key == PLAIN_KEY  # type: ignore[arg-type]
    nobody |= {"to": f"<sip:{empty}@h>", "agent": f"snom {empty}"}
    ask = understood(plain(**nobody))  # type: ignore[arg-type]
    assert (ask.key, ask.mac) == ("ip:10.13.2.67", "")


@pytest.mark.parametrize("number", ["491711234567", "+491711234567", "1930770594"])
def test_a_telephone_number_is_no_mac(number: str) -> None:
    """An address that begins with an odd octet is a group's, no phone's own."""
    ask = understood(
        plain(
            uri="sip:224.0.1.75",
            from_=f"<sip:{number}@h>;tag=1",
            to=f"<sip:{number}@h>",
            contact=f"<sip:{number}@10.13.2.67>",
            agent="x",
        )
    )
    assert ask.key == "ip:10.13.2.67"


@pytest.mark.parametrize(
    ("user", "mac"),
    [
        ("MAC%3a002233445566", "002233445566"),
        ("mac002233445566", "002233445566"),
        ("00:22:33:44:55:66", "002233445566"),
        ("001565445566", "001565445566"),
        ("002233445566", ""),
        ("441711234567", ""),
    ],
)
def test_a_mac_of_digits_alone_counts_behind_mac_or_with_a_known_prefix(
    user: str, mac: str
) -> None:
    nobody = {"from_": "<sip:1@h>", "to": "<sip:1@h>", "contact": "<sip:1@h>", "agent": "x"}
    assert understood(plain(uri=f"sip:{user}@h", **nobody)).mac == mac  # type: ignore[arg-type]


@pytest.mark.parametrize("agent", ["Acme 2.0.4 202411241230", "Acme/3.1 (build 201912121200)"])
def test_a_build_date_in_the_user_agent_is_no_mac(agent: str) -> None:
    """All phones of one firmware would be one row of the table."""
    ask = understood(
        plain(uri="sip:h", from_="<sip:1@h>", to="<sip:1@h>", contact="<sip:1@h>", agent=agent)
    )
    assert ask.key == "ip:10.13.2.67"
