"""What is no SUBSCRIBE of a phone is refused, with the reason and the place."""

from __future__ import annotations

import re

import pytest

from pnp_gui.pnp.message import Malformed
from tests.pnp.phones import plain
from tests.pnp.understood import read, understood


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (plain().replace(b"SUBSCRIBE sip", b"REGISTER sip"), "request is REGISTER, not"),
        (plain().replace(b"SUBSCRIBE sip", b"subscribe sip"), "request is subscribe, not"),
        (plain().replace(b"SUBSCRIBE sip", b"X" * 300 + b" sip"), "is " + "X" * 20 + ", not"),
        (plain(event="message-summary"), "“message-summary”"),
        (plain(event="ua-profile.winfo"), "“ua-profile.winfo”"),
        (plain(event=""), "“”"),
        (plain(event=";ua-profile"), "“;ua-profile”"),
        (plain(without=("Event",)), "not for ua-profile"),
        (plain(more="Event: ua-profile\r\n"), "more than one Event header"),
        (plain(without=("From",)), "no From header"),
        (plain(from_=""), "no From header"),
        (plain(more="f: <sip:a@b>\r\n"), "more than one From header"),
        (plain(without=("To",)), "no To header"),
        (plain(more="To: <sip:a@b>\r\n"), "more than one To header"),
        (plain(without=("Call-ID",)), "no Call-ID header"),
        (plain(more="i: x\r\n"), "more than one Call-ID header"),
        (plain(without=("CSeq",)), "no CSeq header"),
        (plain(more="CSeq: 1 SUBSCRIBE\r\n"), "more than one CSeq header"),
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
        (plain(from_="nobody"), "contains no address"),
        (plain(from_="<tel:+4930123>;tag=1"), "contains no address"),
        (plain(from_='"open <sip:1@h>'), "contains no address"),
        (plain(to=";tag=1"), "contains no address"),
        (plain(to="<http://h>"), "contains no address"),
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


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (plain(without=("From",), more="From: nobody\r\n"), "From contains no address"),
        (plain(to="nobody"), "To contains no address"),
        (plain(via=""), "no readable Via header"),
        (plain(cseq="x"), "CSeq is not a number below 2^31 with SUBSCRIBE"),
        (plain(without=("To",)), "no To header"),
        (plain(more="i: x\r\n"), "more than one Call-ID header"),
        (
            plain().replace(b"SUBSCRIBE sip", b"REGISTER sip"),
            "the request is REGISTER, not SUBSCRIBE",
        ),
        (
            plain(event="dialog"),
            "a SUBSCRIBE for the event “dialog”, not for ua-profile",
        ),
        (
            plain(event="x" * 41),
            f"a SUBSCRIBE for the event “{'x' * 40}”, not for ua-profile",
        ),
        (plain(without=("Event",)), "a SUBSCRIBE for the event “”, not for ua-profile"),
    ],
)
def test_what_the_reason_says(data: bytes, says: str) -> None:
    refusal = read(data)
    assert isinstance(refusal, Malformed)
    assert refusal.reason == says


def test_nobody_can_be_answered_at_port_0() -> None:
    refusal = read(plain(), ("10.13.2.67", 0))
    assert isinstance(refusal, Malformed)
    assert (refusal.reason, refusal.offset) == (
        "a request from port 0, which cannot be answered",
        0,
    )


def test_the_largest_cseq_is_taken() -> None:
    assert understood(plain(cseq="2147483647 SUBSCRIBE")).cseq == "2147483647 SUBSCRIBE"


@pytest.mark.parametrize(
    ("data", "at"),
    [
        (plain(event="dialog"), b"Event: dialog"),
        (plain(without=("Event",), more="o: dialog\r\n"), b"o: dialog"),
        (plain(cseq="x"), b"CSeq: x"),
        (plain(via="x"), b"Via: x"),
        (plain(without=("Via",), more="v: x\r\n"), b"v: x"),
        (plain(from_="nobody"), b"From: nobody"),
        (plain(without=("From",), more="f: nobody\r\n"), b"f: nobody"),
        (plain(without=("From",), more="f: <sip:a@b>\r\nf: <sip:c@d>\r\n"), b"f: <sip:a@b>"),
        (plain(to="nobody"), b"To: nobody"),
        (plain(without=("To",), more="t: nobody\r\n"), b"t: nobody"),
        (plain(without=("Call-ID",), more="i:\r\n"), b"i:"),
    ],
)
def test_the_offset_is_that_of_the_line_that_is_wrong(data: bytes, at: bytes) -> None:
    refusal = read(data)
    assert isinstance(refusal, Malformed)
    assert refusal.offset == data.index(at)


def test_a_refusal_can_be_printed_too() -> None:
    refusal = read(plain(event="dialog\x9b\x85\tx"))
    assert isinstance(refusal, Malformed)
    assert refusal.reason.isprintable()
