"""The torture messages of RFC 4475: none raises, none is ever answered."""

from __future__ import annotations

from pathlib import Path

import pytest

from pnp_gui.pnp.events import Ignored
from pnp_gui.pnp.message import Malformed, Request, Response
from pnp_gui.pnp.parser import parse
from tests.pnp.desk import Desk

FOLDER = Path(__file__).parent / "rfc4475"

READABLE: dict[str, str | int] = {
    # 3.1.1, valid
    "wsinv": "INVITE",
    "esc01": "INVITE",
    "escnull": "REGISTER",
    "esc02": "RE%47IST%45R",
    "lwsdisp": "OPTIONS",
    "longreq": "INVITE",
    "dblreq": "REGISTER",
    "semiuri": "OPTIONS",
    "transports": "OPTIONS",
    "mpart01": "MESSAGE",
    "unreason": 200,
    "noreason": 100,
    # 3.1.2, invalid in a header or URI that says nothing to us: it is never looked at
    "badinv01": "INVITE",  # a Via of separators
    "scalar02": "REGISTER",  # CSeq, Expires beyond 2**32
    "scalarlg": 503,  # CSeq, Retry-After beyond 2**32
    "quotbal": "INVITE",  # To with an open quote
    "escruri": "INVITE",  # headers in the Request-URI
    "baddate": "INVITE",
    "regbadct": "REGISTER",  # Contact with a "?" outside "<>"
    "badaspec": "OPTIONS",  # blanks inside "<>" of To
    "baddn": "OPTIONS",  # a display name with a comma, unquoted
    "mismatch01": "OPTIONS",  # CSeq names another method
    "mismatch02": "NEWMETHOD",
    # 3.2 to 3.4, well formed, to be judged by a transaction, a registrar or a proxy
    "badbranch": "OPTIONS",
    "insuf": "INVITE",
    "unkscm": "OPTIONS",
    "novelsc": "OPTIONS",
    "unksm2": "REGISTER",
    "bext01": "OPTIONS",
    "invut": "INVITE",
    "regaut01": "REGISTER",
    "multi01": "INVITE",
    "bcast": 200,
    "zeromf": "OPTIONS",
    "cparam01": "REGISTER",
    "cparam02": "REGISTER",
    "regescrt": "REGISTER",
    "sdp01": "INVITE",
    "inv2543": "INVITE",
}
"""Method or status of those that are read."""

REFUSED = {
    "clerr": "Content-Length",  # 3.1.2.2: more than follow
    "ncl": "Content-Length",  # 3.1.2.3: negative
    "mcl01": "Content-Length",  # 3.3.9: two of them
    "ltgtruri": "first line",  # 3.1.2.7: "<>" around the Request-URI
    "lwsruri": "first line",  # 3.1.2.8: a blank inside the Request-URI
    "lwsstart": "first line",  # 3.1.2.9: two blanks in the request line
    "trws": "first line",  # 3.1.2.10: blanks at the end of the request line
    "badvers": "first line",  # 3.1.2.16: SIP/7.0
    "bigcode": "first line",  # 3.1.2.19: status 4294967301
    "test": "first line",  # no version; stands in the archive, not in the text
    # 3.1.1.2 is valid: its To holds BEL, NUL and DEL in quoted pairs. We refuse it on purpose:
    # no control character of anybody's is ever kept, shown or echoed.
    "intmeth": "control character",
}
"""What the reason has to name."""


def test_the_table_names_every_message() -> None:
    names = {path.stem for path in FOLDER.glob("*.dat")}
    assert names == READABLE.keys() | REFUSED.keys()
    assert len(names) == 50
    assert not READABLE.keys() & REFUSED.keys()


def message(name: str) -> bytes:
    return (FOLDER / f"{name}.dat").read_bytes()


@pytest.mark.parametrize("name", READABLE)
def test_what_can_be_read_is_read(name: str) -> None:
    read = parse(message(name))
    expected = READABLE[name]
    if isinstance(expected, int):
        assert isinstance(read, Response)
        assert read.status == expected
    else:
        assert isinstance(read, Request)
        assert read.method == expected
    assert "call-id" in read.headers or name == "insuf"


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_wrong_at_this_level_is_refused_with_its_reason(name: str) -> None:
    refused = parse(message(name))
    assert isinstance(refused, Malformed)
    assert REFUSED[name] in refused.reason
    assert 0 <= refused.offset < len(message(name))


def test_blanks_and_folds_everywhere_are_taken_out() -> None:
    read = parse(message("wsinv"))
    assert isinstance(read, Request)
    assert read.headers["to"] == ["sip:vivekg@chair-dnrc.example.com ;   tag    = 1918181833n"]
    assert read.headers["from"] == [
        '"J Rosenberg \\\\\\""       <sip:jdrosen@example.com> ; tag = 98asjd8'
    ]
    assert read.headers["cseq"] == ["0009 INVITE"]
    assert read.headers["subject"] == [""]
    assert read.headers["via"] == [
        "SIP  /   2.0 /UDP 192.0.2.2;branch=390skdjuw",
        "SIP  / 2.0  / TCP     spindle.example.com   ; branch  =   z9hG4bK9ikj8  , "
        "SIP  /    2.0   / UDP  192.168.255.111   ; branch= z9hG4bK30239",
    ]
    assert read.headers["content-length"] == ["150"]
    assert len(read.body) == 150


def test_what_follows_the_content_length_is_cut_off() -> None:
    read = parse(message("dblreq"))
    assert isinstance(read, Request)
    assert read.body == ""
    assert len(read.headers["cseq"]) == 1


@pytest.mark.parametrize("name", [*READABLE, *REFUSED])
def test_none_is_answered_even_when_everybody_is_approved(name: str) -> None:
    desk = Desk(approve_all=True)
    assert desk.receive(message(name), ("192.0.2.1", 5060)) == []
    assert [type(event) for event in desk.log] == [Ignored]
    assert desk.responder.deadline() is None


@pytest.mark.parametrize("name", [name for name, what in READABLE.items() if isinstance(what, str)])
@pytest.mark.parametrize("approved", [False, True])
def test_turned_into_a_subscribe_it_is_read_or_refused_but_never_raises(
    name: str, approved: bool
) -> None:
    """The same headers, as a request that we would look at further."""
    data = message(name)
    method = str(READABLE[name]).encode()
    data = data.replace(method + b" ", b"SUBSCRIBE ", 1).replace(method + b"\r\n", b"SUBSCRIBE\r\n")
    data = data.replace(b"\r\n", b"\r\nEvent: ua-profile\r\n", 1)
    desk = Desk(approve_all=approved)
    out = desk.receive(data, ("192.0.2.1", 5060))
    assert {datagram.remote for datagram in out} <= {("192.0.2.1", 5060)}
    assert len(out) in ((0, 2) if approved else (0,))
