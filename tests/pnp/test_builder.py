"""The 200 and the NOTIFY, byte by byte, against the request they answer.

What is expected is written out here or taken from the request by other means than the code's own;
`sipmessage` reads each message once more.
"""

from __future__ import annotations

import pytest
import sipmessage
from hypothesis import given, settings
from hypothesis import strategies as st

from pnp_gui.pnp.builder import notify_size
from pnp_gui.pnp.events import SubscribeReceived
from pnp_gui.pnp.responder import Responder
from tests.pnp.desk import URL, Desk, read
from tests.pnp.phones import (
    LOCAL,
    PLAIN_SOURCE,
    SHAPES,
    SNOM,
    YEALINK,
    Shape,
    plain,
)

SHAPE_LIST = pytest.mark.parametrize("shape", SHAPES.values(), ids=list(SHAPES))


def answered(data: bytes, source: tuple[str, int] = PLAIN_SOURCE) -> tuple[bytes, bytes]:
    """The 200 and the NOTIFY that an approved phone gets for this SUBSCRIBE."""
    out = Desk(approve_all=True).receive(data, source)
    assert [datagram.remote for datagram in out] == [source, source]
    return out[0].data, out[1].data


def asked(data: bytes, long_name: str, short_name: str) -> list[bytes]:
    """The header's values in a request whose headers are neither folded nor padded."""
    lines = data.replace(b"\r\n", b"\n").split(b"\n\n")[0].split(b"\n")[1:]
    pairs = [line.split(b":", 1) for line in lines if not line.startswith(b" ")]
    names = (long_name.encode(), short_name.encode())
    return [value.strip() for name, value in pairs if name in names]


def test_the_200_to_a_snom_to_the_letter() -> None:
    assert answered(SNOM.wire(), SNOM.source())[0] == (
        b"SIP/2.0 200 OK\r\n"
        b"Via: SIP/2.0/UDP 10.13.2.67:1053;rport=1053;received=10.13.2.67\r\n"
        b"From: <sip:MAC%3a000413A2100A@lan>;tag=668717252\r\n"
        b"To: <sip:MAC%3a000413A2100A@lan>;tag=id1\r\n"
        b"Call-ID: 668717252@10.13.2.67\r\n"
        b"CSeq: 1 SUBSCRIBE\r\n"
        b"Contact: <sip:10.13.2.2:5060>\r\n"
        b"Expires: 0\r\n"
        b"Content-Length: 0\r\n"
        b"\r\n"
    )


def test_the_notify_to_a_yealink_to_the_letter() -> None:
    assert answered(YEALINK.wire(), YEALINK.source())[1] == (
        b"NOTIFY sip:MAC805ec0a2100c@10.13.2.67:5059 SIP/2.0\r\n"
        b"Via: SIP/2.0/UDP 10.13.2.2:5060;branch=z9hG4bKid2;rport\r\n"
        b"Max-Forwards: 70\r\n"
        b"From: <sip:MAC805ec0a2100c@224.0.1.75>;tag=id1\r\n"
        b"To: <sip:MAC805ec0a2100c@224.0.1.75>;tag=668717252\r\n"
        b"Call-ID: 668717252@10.13.2.67\r\n"
        b"CSeq: 1 NOTIFY\r\n"
        b"Contact: <sip:10.13.2.2:5060>\r\n"
        b'Event: ua-profile;profile-type="device";vendor="yealink";model="W73P";'
        b'version="116.85.0.20"\r\n'
        b"Subscription-State: terminated;reason=timeout\r\n"
        b"Content-Type: application/url\r\n"
        b"Content-Length: 39\r\n"
        b"\r\n"
        b"http://10.13.2.2/settings.xml?mac={mac}"
    )


@SHAPE_LIST
def test_the_200_to_every_phone_echoes_its_request(shape: Shape) -> None:
    data = shape.wire()
    ok = read(answered(data, shape.source())[0])
    assert ok.first == "SIP/2.0 200 OK"
    assert ok.body == b""
    vias = asked(data, "Via", "v")
    assert ok.names == [
        *["Via"] * len(vias),
        *("From", "To", "Call-ID", "CSeq", "Contact", "Expires", "Content-Length"),
    ]
    # the first Via may have been filled in, all others are as they were
    assert [via.encode("latin-1") for via in ok.all("Via")[1:]] == vias[1:]
    for name, short in (("From", "f"), ("Call-ID", "i"), ("CSeq", "CSeq")):
        assert ok.one(name).encode("latin-1") == asked(data, name, short)[0]
    assert ok.one("To").encode("latin-1") == asked(data, "To", "t")[0] + b";tag=id1"
    assert ok.one("Contact") == "<sip:10.13.2.2:5060>"
    assert (ok.one("Expires"), ok.one("Content-Length")) == ("0", "0")


@SHAPE_LIST
def test_the_notify_to_every_phone_is_in_the_dialog_of_its_request(shape: Shape) -> None:
    data = shape.wire()
    notify = read(answered(data, shape.source())[1])
    assert notify.first == f"NOTIFY {shape.request_uri()} SIP/2.0"
    assert notify.names == [
        *("Via", "Max-Forwards", "From", "To", "Call-ID", "CSeq", "Contact", "Event"),
        *("Subscription-State", "Content-Type", "Content-Length"),
    ]
    assert notify.one("From").encode("latin-1") == asked(data, "To", "t")[0] + b";tag=id1"
    assert notify.one("To").encode("latin-1") == asked(data, "From", "f")[0]
    assert notify.one("Call-ID").encode("latin-1") == asked(data, "Call-ID", "i")[0]
    assert notify.one("Event").encode("latin-1") == asked(data, "Event", "o")[0]
    assert notify.one("CSeq") == "1 NOTIFY"
    assert notify.one("Max-Forwards") == "70"
    assert notify.one("Subscription-State") == "terminated;reason=timeout"
    assert notify.one("Content-Type") == "application/url"
    assert notify.body == URL.encode()
    assert notify.one("Content-Length") == str(len(URL))


@SHAPE_LIST
def test_a_second_reader_finds_the_same_in_both(shape: Shape) -> None:
    data, source = shape.wire(), shape.source()
    ok_bytes, notify_bytes = answered(data, source)
    ok, notify = sipmessage.Message.parse(ok_bytes), sipmessage.Message.parse(notify_bytes)

    assert isinstance(ok, sipmessage.Response)
    assert (ok.code, ok.phrase) == (200, "OK")
    sent_vias = [
        via
        for value in asked(data, "Via", "v")
        for via in sipmessage.Via.parse_many(value.decode())
    ]
    assert len(ok.via) == len(sent_vias)
    for sent, got in zip(sent_vias, ok.via, strict=True):
        assert (got.transport, got.host, got.port) == (sent.transport, sent.host, sent.port)
        assert got.parameters.get("branch") == sent.parameters.get("branch")
    if "rport" in sent_vias[0].parameters:
        assert ok.via[0].parameters["rport"] == str(source[1])
        assert ok.via[0].parameters["received"] == source[0]
    else:
        assert "rport" not in ok.via[0].parameters
        assert "received" not in ok.via[0].parameters
    assert ok.cseq.method == "SUBSCRIBE"
    assert (ok.expires, ok.content_length) == (0, 0)
    assert [str(contact.uri) for contact in ok.contact] == ["sip:10.13.2.2:5060"]
    assert ok.to_address.parameters["tag"] == "id1"

    assert isinstance(notify, sipmessage.Request)
    assert notify.method == "NOTIFY"
    assert notify.uri == sipmessage.URI.parse(shape.request_uri())
    assert [(via.transport, via.host, via.port) for via in notify.via] == [("UDP", *LOCAL)]
    assert str(notify.via[0].parameters["branch"]).startswith("z9hG4bK")
    assert notify.from_address == ok.to_address
    assert notify.to_address == ok.from_address
    assert notify.call_id == ok.call_id
    assert (notify.cseq.sequence, notify.cseq.method) == (1, "NOTIFY")
    assert notify.max_forwards == 70
    assert notify.content_type == sipmessage.MediaType("application/url")
    assert notify.content_length == len(notify.body) == len(URL)
    assert notify.body.decode() == URL


@pytest.mark.parametrize(
    ("via", "filled"),
    [
        # RFC 3581: rport is filled in and received then stands there always
        ("SIP/2.0/UDP 10.13.2.67:5060;rport", ";rport=5060;received=10.13.2.67"),
        (
            "SIP/2.0/UDP 10.13.2.67;branch=1;rport;x=y",
            ";branch=1;rport=5060;x=y;received=10.13.2.67",
        ),
        ("SIP/2.0/UDP 10.13.2.67;rport;branch=1", ";rport=5060;branch=1;received=10.13.2.67"),
        ("SIP/2.0/UDP 10.13.2.67;rport=1234", ";rport=5060;received=10.13.2.67"),
        ("SIP/2.0/UDP 10.13.2.67;rport=", ";rport=5060;received=10.13.2.67"),
        ("SIP/2.0/UDP 10.13.2.67;RPORT;a", ";rport=5060;a;received=10.13.2.67"),
        ("SIP/2.0/UDP 10.13.2.67 ; rport ; a", " ;rport=5060 ; a;received=10.13.2.67"),
        # RFC 3261 18.2.1: received where sent-by is another host
        ("SIP/2.0/UDP 10.13.2.67:5060", ""),
        ("SIP/2.0/UDP 10.13.2.67;branch=z9hG4bK1", ";branch=z9hG4bK1"),
        ("SIP/2.0/UDP 10.13.2.67;rportal=1;x=rport", ";rportal=1;x=rport"),
        ("SIP/2.0/UDP 192.168.1.9:5060;branch=1", ";branch=1;received=10.13.2.67"),
        ("SIP/2.0/UDP phone.lan", ";received=10.13.2.67"),
        ("SIP/2.0/UDP [fe80::1]:5060", ";received=10.13.2.67"),
        # what the phone or somebody on the way claims to have received from
        ("SIP/2.0/UDP phone.lan;received=192.0.2.1;a", ";a;received=10.13.2.67"),
        ("SIP/2.0/UDP 10.13.2.67 ; Received = 192.0.2.1", ""),
        ("SIP / 2.0 / UDP  phone.lan ;branch=1", " ;branch=1;received=10.13.2.67"),
        ("SIP/2.0/TLS phone.lan", ";received=10.13.2.67"),
    ],
)
@pytest.mark.parametrize(
    "rest", ["", ",SIP/2.0/UDP 10.0.0.1;rport", " , SIP/2.0/UDP p;received=1.2.3.4"]
)
def test_the_topmost_via_alone_is_filled_in(via: str, filled: str, rest: str) -> None:
    base = via.partition(";")[0].rstrip() if not filled.startswith(" ") else via.partition(" ;")[0]
    below = "SIP/2.0/UDP second;rport;received=192.0.2.7"
    ok = read(answered(plain(via=via + rest, more=f"Via: {below}\r\n"))[0])
    top, other = ok.all("Via")
    assert other == below
    own, comma, others = top.partition(",")
    assert (own.rstrip(), comma + others) == (base + filled, rest.lstrip())


@pytest.mark.parametrize(
    "via",
    [
        'SIP/2.0/UDP phone.lan;x="a,b";rport',
        'SIP/2.0/UDP phone.lan;x=";rport";y="a;received=1";rport',
    ],
)
def test_what_stands_in_quotes_in_a_via_is_left_alone(via: str) -> None:
    ok = read(answered(plain(via=via))[0])
    assert ok.one("Via") == via.removesuffix(";rport") + ";rport=5060;received=10.13.2.67"


@pytest.mark.parametrize(
    ("to", "tagged"),
    [
        ("<sip:a@b>", "<sip:a@b>;tag=id1"),
        ("sip:a@b", "sip:a@b;tag=id1"),
        ('"x;tag=1" <sip:a@b>', '"x;tag=1" <sip:a@b>;tag=id1'),
        ("<sip:a@b;tag=1>", "<sip:a@b;tag=1>;tag=id1"),
        ("<sip:a@b>;x=y", "<sip:a@b>;x=y;tag=id1"),
        ("<sip:a@b>;tagged=1", "<sip:a@b>;tagged=1;tag=id1"),
        ("<sip:a@b>;tag=", "<sip:a@b>;tag=id1"),
        ("sip:a@b ; Tag = ", "sip:a@b ;tag=id1"),
        ("<sip:a@b>;x=y;tag", "<sip:a@b>;x=y;tag=id1"),
    ],
)
def test_our_tag_is_added_to_the_to(to: str, tagged: str) -> None:
    ok, notify = answered(plain(to=to))
    assert read(ok).one("To") == read(notify).one("From") == tagged


def test_high_bytes_are_echoed_as_the_same_bytes() -> None:
    high = bytes(range(0x80, 0x100))
    data = plain(
        from_='"X" <sip:1@h>;tag=1', to='"X" <sip:2@h>', call_id="X", via="SIP/2.0/UDP h;x=X"
    ).replace(b"X", high)
    ok, notify = answered(data)
    for line in (
        *(b'From: "' + high + b'" <sip:1@h>;tag=1', b'To: "' + high + b'" <sip:2@h>;tag=id1'),
        *(b"Call-ID: " + high, b"Via: SIP/2.0/UDP h;x=" + high + b";received=10.13.2.67"),
    ):
        assert b"\r\n" + line + b"\r\n" in ok
    assert b'\r\nTo: "' + high + b'" <sip:1@h>;tag=1\r\n' in notify


def test_a_folded_header_is_echoed_on_one_line() -> None:
    data = plain(event="ua-profile;\r\n  vendor=snom;\r\n\tmodel=x", to="<sip:2@h>\r\n ;a")
    ok, notify = answered(data)
    assert read(notify).one("Event") == "ua-profile; vendor=snom; model=x"
    assert read(ok).one("To") == "<sip:2@h> ;a;tag=id1"


# What may stand in a header: everything but line ends and control characters.
_VALUES = st.text(
    st.characters(min_codepoint=0x20, max_codepoint=0xFF, exclude_characters="\x7f"), max_size=60
)


@given(via=_VALUES, from_=_VALUES, to=_VALUES, call_id=_VALUES, event=_VALUES, contact=_VALUES)
@settings(deadline=None, max_examples=300)
def test_whatever_is_echoed_both_messages_keep_their_shape(
    via: str, from_: str, to: str, call_id: str, event: str, contact: str
) -> None:
    """No phone can write a line, a header or a body of its own into what we send."""
    data = plain(
        via=f"SIP/2.0/UDP h;{via}",
        from_=f"<sip:1@h>;{from_}",
        to=f"<sip:2@h>;{to}",
        call_id=f"c{call_id}",
        event=f"ua-profile;{event}",
        contact=contact,
    )
    desk = Desk(approve_all=True)
    out = desk.receive(data, PLAIN_SOURCE)
    assert [datagram.remote for datagram in out] == [PLAIN_SOURCE] * 2
    ok, notify = read(out[0].data), read(out[1].data)
    assert ok.names == [
        *("Via", "From", "To", "Call-ID", "CSeq", "Contact", "Expires", "Content-Length")
    ]
    assert len(notify.names) == 11
    assert notify.body == URL.encode()
    assert notify.first.count(" ") == 2
    assert notify.one("Call-ID") == ok.one("Call-ID") == f"c{call_id}".strip(" ")
    assert notify.one("Event") == f"ua-profile;{event}".strip(" ")
    assert notify.one("To") == ok.one("From") == f"<sip:1@h>;{from_}".strip(" ")


@SHAPE_LIST
def test_the_size_of_a_notify_is_known_before_it_is_sent(shape: Shape) -> None:
    desk = Desk(approve_all=True)
    desk.responder = Responder(lambda ask: "u" * 1000, lambda: "0123456789abcdef")
    desk.receive(shape.wire(), shape.source())
    (request,) = (one.request for one in desk.log if isinstance(one, SubscribeReceived))
    sent = [one.data for _, one in desk.sent if one.data.startswith(b"NOTIFY")]
    assert [len(data) for data in sent] == [notify_size(request) + 1000]
