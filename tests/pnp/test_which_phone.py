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


V1 = "f81d4fae-7dec-11d0-a765-000413aabbcc"
NOBODY = {"from_": "<sip:512@h>;tag=1", "to": "<sip:512@h>", "agent": "x"}


@pytest.mark.parametrize(
    ("uuid", "key"),
    [
        (V1, PLAIN_KEY),
        (V1.upper(), PLAIN_KEY),
        ("00000000-0000-1000-8000-000413AABBCC", PLAIN_KEY),
        ("00000000-0000-1000-0000-000413AABBCC", PLAIN_KEY),  # RFC 6080's example
        ("00000000-0000-0000-0000-000413AABBCC", PLAIN_KEY),
        ("f81d4fae-7dec-41d0-a765-000413aabbcc", ""),  # random: version 4
        ("f81d4fae-7dec-51d0-a765-000413aabbcc", ""),  # by name: version 5
        ("00000000-0000-4000-8000-000413aabbcc", ""),
        ("f81d4fae-7dec-01d0-a765-000413aabbcc", ""),
        ("f81d4fae-7dec-11d0-a765-010413aabbcc", ""),  # a random node is a group's address
        ("00000000-0000-0000-0000-000000000000", ""),
        ("00000000-0000-0000-0000-0000a2b3c4d5", ""),  # PJSIP: a hash of the host's name
        ("f81d4fae-7dec-11d0-a765-000413aabbccdd", ""),
        ("f81d4fae7dec11d0a765000413aabbcc", ""),
    ],
)
def test_the_mac_in_a_uuid(uuid: str, key: str) -> None:
    key = key or "ip:10.13.2.67"
    for instance in (f'"<urn:uuid:{uuid}>"', f"<urn:uuid:{uuid}>", f'"<URN:UUID:{uuid}>"'):
        contact = f"<sip:10.13.2.67:5060>;+sip.instance={instance}"
        assert understood(plain(uri="sip:h", contact=contact, **NOBODY)).key == key  # type: ignore[arg-type]
    for uri in (
        f"sip:urn%3auuid%3a{uuid}@h",
        f"sip:urn:uuid:{uuid}@h",
        f"sip:URN%3AUUID%3A{uuid}@h",
    ):
        assert understood(plain(uri=uri, **NOBODY)).key == key  # type: ignore[arg-type]


def test_a_mac_that_is_named_counts_before_a_uuid() -> None:
    contact = f'<sip:10.13.2.67:5060>;+sip.instance="<urn:uuid:{V1}>"'
    named = plain(uri="sip:MAC%3a000413000001@h", contact=contact)
    assert understood(named).mac == "000413000001"
    agent = plain(
        uri="sip:h",
        from_="<sip:512@h>;tag=1",
        to="<sip:512@h>",
        contact=contact,
        agent="snom (MAC=000413000002)",
    )
    assert understood(agent).mac == "000413000002"


@pytest.mark.parametrize(
    "uri",
    [
        *("sip:MAC%3a000413AABBCC", "sip:MAC000413aabbcc", "sip:MAC=000413AABBCC;x=y"),
        *("sip:mac:000413AABBCC", "sip:%4dAC", "sip:MAC= 000413aabbcc@224.0.1.75"),
        *(
            "sip:MAC%3a 000413aabbcc@224.0.1.75",
            "sip:MAC  000413aabbcc@h",
            "sip:MAC=%20000413aabbcc@h",
        ),
    ],
)
def test_the_mac_as_host_without_user_or_after_a_blank(uri: str) -> None:
    key = "ip:10.13.2.67" if uri == "sip:%4dAC" else PLAIN_KEY
    data = plain(uri=uri, from_="<sip:5@h>;tag=1", to="<sip:5@h>", contact="", agent="")
    assert understood(data).key == key
    data = plain(uri="sip:h", from_=f"<{uri}>;tag=1", to=f"<{uri}>", contact="", agent="")
    assert understood(data).key == key


@pytest.mark.parametrize(
    "uri",
    ["sip:host-000413AABBCC.lan", "sip:000413AABBCC", "sip:493012345678", "sip:macro.example"],
)
def test_another_host_is_no_mac(uri: str) -> None:
    data = plain(uri=uri, from_="<sip:5@h>;tag=1", to=f"<{uri}>", contact="", agent="")
    assert understood(data).key == "ip:10.13.2.67"


def test_a_contact_with_a_blank_is_no_request_uri() -> None:
    ask = understood(plain(contact="<sip:MAC= 000413aabbcc@10.13.2.67:5099>"))
    assert (ask.contact, ask.notify_to) == ("sip:10.13.2.67:5060", ("10.13.2.67", 5060))
