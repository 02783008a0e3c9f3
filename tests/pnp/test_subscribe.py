"""A phone's SUBSCRIBE understood: every phone of the table, its names, where its NOTIFY goes."""

from __future__ import annotations

import pytest

from pnp_gui.pnp.subscribe import MAX_CONTACT, MAX_FIELD
from tests.pnp.phones import PLAIN_KEY, SHAPES, SNOM, Shape, plain
from tests.pnp.understood import check, understood


def test_the_plain_phone_of_these_tests_is_one() -> None:
    ask = understood(plain())
    assert (ask.key, ask.make, ask.event.model, ask.event.version) == (
        PLAIN_KEY,
        "snom",
        "D785",
        "10.1",
    )
    assert SNOM.key() != PLAIN_KEY


@pytest.mark.parametrize("shape", SHAPES.values(), ids=list(SHAPES))
def test_every_phone_of_the_table(shape: Shape) -> None:
    check(shape, understood(shape.wire(), shape.source()))


@pytest.mark.parametrize("end", [b"\r\n", b"\n"])
@pytest.mark.parametrize("before", [b"", b"\r\n", b"\r\n\r\n"])
@pytest.mark.parametrize("shape", SHAPES.values(), ids=list(SHAPES))
def test_every_phone_with_either_line_end_and_line_ends_before(
    shape: Shape, before: bytes, end: bytes
) -> None:
    data = before + shape.wire().replace(b"\r\n", b"\n").replace(b"\n", end)
    check(shape, understood(data, shape.source()))


@pytest.mark.parametrize("shape", SHAPES.values(), ids=list(SHAPES))
def test_every_phone_without_its_last_empty_line(shape: Shape) -> None:
    check(shape, understood(shape.wire().rstrip(b"\r\n") + b"\r\n", shape.source()))


def test_a_wrapped_allow_header_as_in_the_m700_guide_hides_nothing() -> None:
    shape = SHAPES["snom-dect"]
    data = shape.wire().replace(b"\r\n INFO", b"\r\nINFO")
    assert data != shape.wire()
    check(shape, understood(data, shape.source()))


def test_the_m300_is_known_by_its_user_agent() -> None:
    shape = SHAPES["snom-m300"]
    assert understood(shape.wire(), shape.source()).user_agent.startswith(
        "snomM300/03.23.0005 (MAC="
    )


def test_a_phone_without_user_agent_has_an_empty_one() -> None:
    assert understood(plain(without=("User-Agent",))).user_agent == ""


def test_what_is_echoed_is_kept_as_it_was_sent() -> None:
    ask = understood(
        plain(
            via="SIP/2.0/UDP 10.13.2.67;x=1",
            from_='"B\xfcro \\" 3"  <sip:MAC%3a000413AABBCC@h>;tag=Ab.1',
            to="Empfang <sip:MAC%3a000413AABBCC@h>",
            call_id="a%b@C",
            cseq="0007   SUBSCRIBE",
            event="UA-Profile ;a = b",
            more="v: SIP/2.0/UDP second,SIP/2.0/UDP third\r\n",
        )
    )
    assert ask.vias == ["SIP/2.0/UDP 10.13.2.67;x=1", "SIP/2.0/UDP second,SIP/2.0/UDP third"]
    assert ask.from_ == '"B\xfcro \\" 3"  <sip:MAC%3a000413AABBCC@h>;tag=Ab.1'
    assert ask.to == "Empfang <sip:MAC%3a000413AABBCC@h>"
    assert (ask.call_id, ask.cseq) == ("a%b@C", "0007   SUBSCRIBE")
    assert ask.event.value == "UA-Profile ;a = b"


# ---- vendor, model, version


@pytest.mark.parametrize(
    ("event", "fields"),
    [
        ('ua-profile;vendor="a";model="b";version="c"', ("a", "b", "c")),
        ("ua-profile;vendor=a;model=b;version=c", ("a", "b", "c")),
        ('UA-PROFILE ; VENDOR = "a" ; Model= b ;version ="c"', ("a", "b", "c")),
        ('ua-profile;version="c";profile-type=x;model="b";vendor="a"', ("a", "b", "c")),
        ('ua-profile;vendor="a";vendor="z"', ("a", "", "")),
        ('ua-profile;vender="a"', ("a", "", "")),
        ('ua-profile;vender="z";vendor="a"', ("a", "", "")),
        ('ua-profile;vendor="";vender="a"', ("a", "", "")),
        ('ua-profile;vendor="a;b";model="c \\"d\\""', ("a;b", 'c "d"', "")),
        ('ua-profile;vendor=" a ";model=" "', ("a", "", "")),
        ('ua-profile;flag;vendor="a"', ("a", "", "")),
        ('ua-profile;vendor="a', ('"a', "", "")),
        (
            "ua-profile;vendor=\xe2\x80\x9ca b\xe2\x80\x9d;model=\xe2\x80\x9eb\xe2\x80\x9c",
            ("a b", "b", ""),
        ),
        ("ua-profile;vendor=\x93a\x94;model=b", ("a", "b", "")),
        ('ua-profile;vendor="B\xfcro";model="B\xc3\xbcro"', ("Büro", "Büro", "")),
        ('ua-profile;vendor="a\xe2\x80\xaeb";model="\x9bc"', ("ab", "c", "")),
        ("ua-profile", ("", "", "")),
        ("ua-profile;", ("", "", "")),
    ],
)
def test_vendor_model_and_version(event: str, fields: tuple[str, str, str]) -> None:
    ask = understood(plain(event=event))
    assert (ask.event.vendor, ask.event.model, ask.event.version) == fields


def test_long_names_are_cut() -> None:
    ask = understood(plain(event=f'ua-profile;vendor="{"a" * 900}"'))
    assert ask.event.vendor == "a" * MAX_FIELD


@pytest.mark.parametrize("byte", [0x09, 0x80, 0x85, 0x9B, 0x9F, 0xAD])
def test_what_the_window_shows_has_no_control_characters(byte: int) -> None:
    """A tab would part a copied row, 0x9B begins a command of a terminal."""
    odd = chr(byte)
    ask = understood(plain(event=f'ua-profile;vendor="a{odd}b";model="{odd}"', agent=f"c{odd}d"))
    assert (ask.event.vendor + ask.event.model + ask.make).isprintable()
    assert ask.user_agent.isprintable()


# ---- the address for the NOTIFY


@pytest.mark.parametrize(
    ("contact", "uri"),
    [
        ("<sip:10.13.2.67:5062>", "sip:10.13.2.67:5062"),
        ("sip:10.13.2.67:5062", "sip:10.13.2.67:5062"),
        ("sip:512@10.13.2.67;expires=0", "sip:512@10.13.2.67"),
        ("<sip:512@10.13.2.67;line=1>;q=0.5", "sip:512@10.13.2.67;line=1"),
        ('"D785" <sip:512@10.13.2.67>', "sip:512@10.13.2.67"),
        ("D785<sip:512@10.13.2.67>", "sip:512@10.13.2.67"),
        ("<SIP:512@evil.example>", "SIP:512@evil.example"),
        ("<sip:1@10.13.2.67>, <sip:2@10.13.2.67>", "sip:1@10.13.2.67"),
        ("sip:1@10.13.2.67, sip:2@10.13.2.67", "sip:1@10.13.2.67"),
        ("*", None),
        ("", None),
        ("<>", None),
        ("<tel:+4930123>", None),
        ("<http://10.13.2.67/>", None),
        ("<sip:1@10.13.2.67?Route=%3Csip:evil%3E>", None),
        ("<sip:two words@10.13.2.67>", None),
        ("<sip:a@b@c>", None),
        ("<sip:>", None),
        ('"open <sip:1@10.13.2.67>', None),
        ("<sip:B\xfcro@10.13.2.67>", None),
        (f"<sip:{'x' * (MAX_CONTACT - 4)}>", f"sip:{'x' * (MAX_CONTACT - 4)}"),
        (f"<sip:{'x' * (MAX_CONTACT - 3)}>", None),
    ],
)
def test_the_contact_or_else_the_source_is_the_request_uri(contact: str, uri: str | None) -> None:
    assert understood(plain(contact=contact)).contact == (uri or "sip:10.13.2.67:5060")


def test_a_phone_without_contact_is_reached_at_its_source() -> None:
    assert understood(plain(without=("Contact",))).contact == "sip:10.13.2.67:5060"


# ---- retransmissions


def test_what_makes_a_retransmission() -> None:
    first = understood(plain()).transaction
    assert understood(plain(agent="other", contact="<sip:x>")).transaction == first
    others = [
        understood(plain(), ("10.13.2.68", 5060)),
        understood(plain(), ("10.13.2.67", 5061)),
        understood(plain(call_id="plain-2")),
        understood(plain(cseq="2 SUBSCRIBE")),
        understood(plain(from_="<sip:MAC%3a000413AABBCC@224.0.1.75>;tag=from2")),
        understood(plain(from_="<sip:MAC%3a000413AABBCC@224.0.1.75>")),
        understood(plain(via="SIP/2.0/UDP 10.13.2.67:5060;branch=z9hG4bKother;rport")),
    ]
    transactions = [first, *(ask.transaction for ask in others)]
    assert len(set(transactions)) == len(transactions)


def test_a_branch_without_the_magic_cookie_does_not_count() -> None:
    """RFC 2543 phones make a new one for each try."""
    one, two = (
        understood(plain(via=f"SIP/2.0/UDP 10.13.2.67;branch={branch}")) for branch in ("1", "2")
    )
    assert one.transaction == two.transaction
