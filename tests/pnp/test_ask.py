"""A phone's SUBSCRIBE understood: every phone of the table, every leniency, alone and mixed."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pnp_gui.pnp.ask import MAX_CONTACT, MAX_FIELD, Ask, read_ask
from pnp_gui.pnp.message import Malformed, Request, parse
from tests.pnp.phones import INTERFACE, LOCAL, PLAIN_KEY, PLAIN_SOURCE, SHAPES, SNOM, Shape, plain

MAC_IN_AGENT = "snom M300, MAC in the User-Agent alone, typographic quotes of its manual"


def read(data: bytes, source: tuple[str, int] = PLAIN_SOURCE) -> Ask | Malformed:
    message = parse(data)
    if isinstance(message, Malformed):
        return message
    assert isinstance(message, Request)
    return read_ask(message, data, source, LOCAL, INTERFACE)


def understood(data: bytes, source: tuple[str, int] = PLAIN_SOURCE) -> Ask:
    ask = read(data, source)
    assert isinstance(ask, Ask), ask
    return ask


def check(shape: Shape, ask: Ask) -> None:
    """Everything the window shows of this phone, and the address for the NOTIFY."""
    assert (ask.key, ask.mac) == (shape.key(), shape.mac)
    assert (ask.make, ask.vendor) == (shape.make, shape.vendor)
    assert (ask.model, ask.version) == (shape.model, shape.version)
    assert ask.source == shape.source()
    assert (ask.interface, ask.local) == (INTERFACE, LOCAL)
    assert ask.contact == shape.request_uri()


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
    shape = SHAPES["snom M700"]
    data = shape.wire().replace(b"\r\n UPDATE\r\n", b"\r\nUPDATE\r\n")
    assert data != shape.wire()
    check(shape, understood(data, shape.source()))


def test_the_m300_is_known_by_its_user_agent() -> None:
    shape = SHAPES[MAC_IN_AGENT]
    assert understood(shape.wire(), shape.source()).user_agent.startswith(
        "snomM300/03.23.0005 (MAC="
    )


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
    assert ask.event == "UA-Profile ;a = b"


# ---- which phone it is


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
    assert (ask.vendor, ask.model, ask.version) == fields


def test_long_names_are_cut() -> None:
    ask = understood(plain(event=f'ua-profile;vendor="{"a" * 900}"'))
    assert ask.vendor == "a" * MAX_FIELD


@pytest.mark.parametrize("byte", [0x09, 0x80, 0x85, 0x9B, 0x9F, 0xAD])
def test_what_the_window_shows_has_no_control_characters(byte: int) -> None:
    """A tab would part a copied row, 0x9B begins a command of a terminal."""
    odd = chr(byte)
    ask = understood(plain(event=f'ua-profile;vendor="a{odd}b";model="{odd}"', agent=f"c{odd}d"))
    assert (ask.vendor + ask.model + ask.make).isprintable()
    assert ask.user_agent.isprintable()


def test_a_refusal_can_be_printed_too() -> None:
    refusal = read(plain(event="dialog\x9b\x85\tx"))
    assert isinstance(refusal, Malformed)
    assert refusal.reason.isprintable()


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
    """RFC 2543 phones make it anew for each try."""
    one, two = (
        understood(plain(via=f"SIP/2.0/UDP 10.13.2.67;branch={branch}")) for branch in ("1", "2")
    )
    assert one.transaction == two.transaction


# ---- what is none


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (plain().replace(b"SUBSCRIBE sip", b"REGISTER sip"), "a REGISTER request"),
        (plain().replace(b"SUBSCRIBE sip", b"subscribe sip"), "a subscribe request"),
        (plain().replace(b"SUBSCRIBE sip", b"X" * 300 + b" sip"), "a " + "X" * 20 + " request"),
        (plain(event="message-summary"), "“message-summary”"),
        (plain(event="ua-profile.winfo"), "“ua-profile.winfo”"),
        (plain(event=""), "“”"),
        (plain(event=";ua-profile"), "“;ua-profile”"),
        (plain(without=("Event",)), "not for ua-profile"),
        (plain(more="Event: ua-profile\r\n"), "Event stands twice"),
        (plain(without=("From",)), "From stands nowhere"),
        (plain(from_=""), "From stands nowhere"),
        (plain(more="f: <sip:a@b>\r\n"), "From stands twice"),
        (plain(without=("To",)), "To stands nowhere"),
        (plain(more="To: <sip:a@b>\r\n"), "To stands twice"),
        (plain(without=("Call-ID",)), "Call-ID stands nowhere"),
        (plain(more="i: x\r\n"), "Call-ID stands twice"),
        (plain(without=("CSeq",)), "CSeq stands nowhere"),
        (plain(more="CSeq: 1 SUBSCRIBE\r\n"), "CSeq stands twice"),
        (plain(without=("Via",)), "Via"),
        (plain(via=""), "Via"),
        (plain(via="SIP/2.0/UDP"), "Via"),
        (plain(via="SIP/2.0/UDP ;branch=x"), "Via"),
        (plain(via="SIP/3.0/UDP 10.13.2.67"), "Via"),
        (plain(via="10.13.2.67:5060"), "Via"),
        (plain(cseq="SUBSCRIBE"), "CSeq"),
        (plain(cseq="1"), "CSeq"),
        (plain(cseq="-1 SUBSCRIBE"), "CSeq"),
        (plain(cseq="1 NOTIFY"), "CSeq"),
        (plain(cseq="2147483648 SUBSCRIBE"), "CSeq"),
        (plain(cseq="1" * 31 + " SUBSCRIBE"), "CSeq"),
        (plain(from_="nobody"), "holds no address"),
        (plain(from_="<tel:+4930123>;tag=1"), "holds no address"),
        (plain(from_='"open <sip:1@h>'), "holds no address"),
        (plain(to=";tag=1"), "holds no address"),
        (plain(to="<http://h>"), "holds no address"),
    ],
)
def test_what_is_no_pnp_subscribe_is_refused_with_reason_and_offset(
    data: bytes, words: str
) -> None:
    refusal = read(data)
    assert isinstance(refusal, Malformed)
    assert words in refusal.reason
    line = data[refusal.offset :].partition(b"\r\n")[0]
    at_a_header = re.match(rb"(?i)(Event|From|f|To|Call-ID|i|CSeq|Via):", line)
    assert at_a_header or refusal.offset == 0


def test_the_largest_cseq_is_taken() -> None:
    assert understood(plain(cseq="2147483647 SUBSCRIBE")).cseq == "2147483647 SUBSCRIBE"


@pytest.mark.parametrize(
    ("data", "at"),
    [
        (plain(event="dialog"), b"Event: dialog"),
        (plain(cseq="x"), b"CSeq: x"),
        (plain(via="x"), b"Via: x"),
        (plain(without=("From",), more="f: nobody\r\n"), b"f: nobody"),
        (plain(to="nobody"), b"To: nobody"),
    ],
)
def test_the_offset_is_that_of_the_line_that_is_wrong(data: bytes, at: bytes) -> None:
    refusal = read(data)
    assert isinstance(refusal, Malformed)
    assert refusal.offset == data.index(at)


# ---- everything lenient at once


COMPACT = {"Via": "v", "From": "f", "To": "t", "Call-ID": "i", "Contact": "m", "Event": "o"}
_BLANKS = st.sampled_from(["", "", " ", "  ", "\t"])


@st.composite
def oddly_written(draw: st.DrawFn, shape: Shape) -> tuple[bytes, list[str]]:
    """This phone's SUBSCRIBE, written by somebody else; and its Via values in order."""
    first, *lines = shape.wire().decode("latin-1").replace("\r\n", "\n").strip("\n").split("\n")
    headers: list[list[str]] = []
    for line in lines:
        if line[0] == " ":
            headers[-1][1] += line
        else:
            name, _, value = line.partition(":")
            headers.append([COMPACT.get(name, name), value.strip()])
    own_via = next(value for name, value in headers if name == "v")
    vias = [own_via, *(value for name, value in headers if name == "v" and value != own_via)]
    vias += draw(
        st.lists(st.sampled_from(["SIP/2.0/UDP 10.9.9.9:5060;branch=z9hG4bKp", "SIP/2.0/TCP p"]))
    )
    one_header = draw(st.booleans())
    others = [header for header in headers if header[0] != "v"]
    others += [["X-Ort", "B\xfcro \xe4\xf6\xfc\xff"], ["Supported", ""], ["x-empty", ""]]
    others = draw(st.permutations(others))
    ordered = [["v", ", ".join(vias)]] if one_header else [["v", via] for via in vias]
    for header in others:  # the Vias keep their order, anything may stand between them
        ordered.insert(draw(st.integers(0, len(ordered))), header)
    long_name = {short: name for name, short in COMPACT.items()}
    text = first
    for name, value in ordered:
        written = long_name.get(name, name) if draw(st.booleans()) else name
        written = draw(
            st.sampled_from([written, written.upper(), written.lower(), written.title()])
        )
        end = draw(st.sampled_from(["", "", "\n ", "\n\t "]))
        if name == "o" and draw(st.booleans()):
            fold = draw(st.sampled_from(["\n ", "\n\t", " "]))
            value = value.replace(";", f"{fold};{draw(_BLANKS)}").replace("=", " = ")
        text += f"\n{written}{draw(_BLANKS)}:{end}{draw(_BLANKS)}{value}{draw(_BLANKS)}"
    text += "\n\n"
    before = draw(st.sampled_from(["", "", "\r\n", "\n\n"]))
    text = before + text.replace("\n", draw(st.sampled_from(["\r\n", "\n"])))
    return text.encode("latin-1"), [", ".join(vias)] if one_header else vias


@pytest.mark.parametrize("shape", SHAPES.values(), ids=list(SHAPES))
@given(data=st.data())
@settings(deadline=None, max_examples=40)
def test_all_leniencies_together(shape: Shape, data: st.DataObject) -> None:
    written, vias = data.draw(oddly_written(shape))
    ask = understood(written, shape.source())
    check(shape, ask)
    assert ask.vias == vias


def test_the_plain_phone_of_these_tests_is_one() -> None:
    ask = understood(plain())
    assert (ask.key, ask.make, ask.model, ask.version) == (PLAIN_KEY, "snom", "D785", "10.1")
    assert SNOM.key() != PLAIN_KEY
