"""The usual form gives what the general rules give, whatever comes."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from pnp_gui.pnp import usual_form
from pnp_gui.pnp.events import Outgoing
from tests.pnp.both_ways import general_rules_alone, read, understood
from tests.pnp.desk import Desk, respond
from tests.pnp.phones import SHAPES, plain

LINES = (
    *(b"Content-Length: 7", b"Content-Length:0", b"l: 3", b"From: <sip:other@h>", b"Via: x"),
    *(b"To:", b"To: ", b" folded", b"no colon", b"Accept: ", b"X-Own: 1", b"v: SIP/2.0/UDP y", b""),
    *(b"Accept: application/url", b"accept:application/url", b"Accept: text/plain", b"Expires: 0"),
    *(b"Expires:0", b"Expires: 60", b"Record-Route: <sip:10.13.2.67:5099;lr>", b"Expires: 0 "),
    *(b"CSeq: 1 SUBSCRIBE ", b"Event:ua-profile", b"Subject: \xe4", b"Max-Forwards: \x07"),
)


def messages() -> list[bytes]:
    desk = Desk(approve_all=True)
    requests = [shape.wire() for shape in SHAPES.values()] + [plain()]
    sent: list[Outgoing] = []
    for number, data in enumerate(requests):
        sent += desk.receive(data, (f"10.13.2.{number + 20}", 5060))
    notifies = [one.data for one in sent if one.data.startswith(b"NOTIFY ")]
    return requests + [respond(data) for data in notifies] + [one.data for one in sent]


def spoilt(data: bytes, chance: random.Random) -> Iterator[bytes]:
    lines = data.split(b"\r\n")
    at = chance.randrange(len(lines))
    other = chance.choice(lines)
    yield b"\r\n".join([*lines[:at], *lines[at + 1 :]])
    yield b"\r\n".join([*lines[:at], other, *lines[at:]])
    yield b"\r\n".join([*lines[:at], chance.choice(LINES), *lines[at:]])
    yield b"\r\n".join(
        [*lines[:at], lines[at] + chance.choice((b" ", b"\t", b"\x00")), *lines[at + 1 :]]
    )
    blanks = chance.choice((b":  ", b":\t", b" : ", b":"))
    yield b"\r\n".join([*lines[:at], lines[at].replace(b": ", blanks, 1), *lines[at + 1 :]])
    byte = chance.randrange(len(data))
    yield data[:byte]
    yield data[:byte] + bytes([chance.randrange(256)]) + data[byte + 1 :]
    yield data + b"x"
    yield data.replace(b"\r\n", b"\n", chance.randrange(3))


def test_phones_write_the_usual_form() -> None:
    """Else it is of no use: three shapes of four."""
    usual = [usual_form.message(shape.wire().decode("latin-1")) for shape in SHAPES.values()]
    assert sum(one is not None for one in usual) >= 0.75 * len(SHAPES)
    assert usual_form.message(plain().decode("latin-1")) is not None
    answers = [data for data in messages() if data[:4] == b"SIP/" and b" NOTIFY\r\n" in data]
    assert len(answers) > len(SHAPES)
    assert all(usual_form.message(data.decode("latin-1")) for data in answers)


@pytest.mark.parametrize("data", messages())
def test_both_ways_of_reading_agree(data: bytes) -> None:
    chance = random.Random(len(data))
    spoilt_ones = [data, *(one for _ in range(300) for one in spoilt(data, chance))]
    usual = [(read(one), understood(one)) for one in spoilt_ones]
    with general_rules_alone():
        general = [(read(one), understood(one)) for one in spoilt_ones]
    for one, by_usual_form, by_general_rules in zip(spoilt_ones, usual, general, strict=True):
        assert by_usual_form == by_general_rules, one


@pytest.mark.parametrize(
    "via",
    [
        *("h", "h:5060", "h;rport", "h;branch=z9hG4bK1", "h;branch=z9hG4bK1;rport", "h:1;rport;x"),
        *("10.13.2.67:5060;rport;branch=z9hG4bK1", "10.13.2.67;branch=1", "h;branch=", "h ;rport"),
        *(
            "h;branch=z9hG4bK1;rport;branch=z9hG4bK2",
            "h;branch=z9hG4bK1;branch=z9hG4bK2",
            "h;rport=",
        ),
        *(
            'h"',
            "h,SIP/2.0/UDP i",
            "h;received=1.2.3.4",
            "h;rport;rport",
            "10.13.2.67:5099",
            "10.13.2.67:70000;branch=z9hG4bK1",
            "10.13.2.67:0;rport",
            "10.13.2.67 : 5099",
            "[::1]:5060",
            ":5060",
            "",
        ),
    ],
)
@pytest.mark.parametrize(
    "contact",
    [
        *(
            "<sip:a@h>",
            "<sip:h>;tag=x",
            "<sip:h>;expires=0",
            "<sip:a@h?x=y>",
            "sip:a@h;x",
            "<sips:h>",
        ),
        *("<sip:@h>", "<sip:a@b@h>", "<sip:>", "<tel:1>", '"a" <sip:h>', "<SIP:MAC000413AABBCC@h>"),
        *(
            "<sip:h>;tag=",
            '<sip:h>;tag="x"',
            f"<sip:{'a' * 600}@h>",
            "<sip:B\xfc@h>",
            "<sip:a b@h>",
        ),
    ],
)
def test_odd_vias_and_addresses_are_read_alike(via: str, contact: str) -> None:
    data = plain(via=f"SIP/2.0/UDP {via}", contact=contact, from_=contact, uri=contact.strip("<>"))
    usual = understood(data)
    with general_rules_alone():
        assert understood(data) == usual
