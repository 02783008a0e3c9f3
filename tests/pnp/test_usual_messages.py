"""Reading the usual form at one look gives what reading it line by line gives, whatever comes."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from pnp_gui.pnp import parser as message_module
from pnp_gui.pnp.events import Outgoing
from pnp_gui.pnp.parser import Malformed, Request, Response, parse
from tests.pnp.desk import Desk, respond
from tests.pnp.phones import SHAPES, plain

LINES = (
    *(b"Content-Length: 7", b"Content-Length:0", b"l: 3", b"From: <sip:other@h>", b"Via: x"),
    *(b"To:", b"To: ", b" folded", b"no colon", b"Accept: ", b"X-Own: 1", b"v: SIP/2.0/UDP y", b""),
    *(b"CSeq: 1 SUBSCRIBE ", b"Event:ua-profile", b"Subject: \xe4", b"Max-Forwards: \x07"),
)


def line_by_line(data: bytes) -> Request | Response | Malformed:
    return message_module._any(data, data.decode("latin-1"))


def told(message: Request | Response | Malformed) -> object:
    """What somebody reads of it, of a response less."""
    if isinstance(message, Response):
        read = {name: message.headers.get(name) for name in ("via", "from", "call-id", "cseq")}
        return message._replace(headers={name: values for name, values in read.items() if values})
    return message


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


@pytest.mark.parametrize("data", messages())
def test_one_look_and_line_by_line_agree(data: bytes) -> None:
    chance = random.Random(len(data))
    assert told(parse(data)) == told(line_by_line(data))
    for _ in range(300):
        for changed in spoilt(data, chance):
            assert told(parse(changed)) == told(line_by_line(changed)), changed


def test_phones_write_the_usual_form() -> None:
    """Else the look is for nothing: three shapes of four."""
    usual = [message_module._usual(shape.wire().decode("latin-1")) for shape in SHAPES.values()]
    assert sum(one is not None for one in usual) >= 0.75 * len(SHAPES)
    assert message_module._usual(plain().decode("latin-1")) is not None
