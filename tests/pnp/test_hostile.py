"""Bytes of anybody: no exception, no answer, no time lost, no memory without bound."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pnp_gui.pnp.events import Ignored, Message, SubscribeReceived
from pnp_gui.pnp.parser import MAX_DATAGRAM
from tests.pnp.desk import Desk, read, respond
from tests.pnp.phones import PLAIN_SOURCE, SHAPES, SNOM, Shape, plain
from tests.pnp.slow_datagrams import SLOW

SOURCE = ("10.13.2.67", 5060)
REAL = [shape.wire() for shape in SHAPES.values()]
HEADS = [
    b"SUBSCRIBE sip:a@b SIP/2.0\r\n",
    b"SIP/2.0 200 OK\r\n",
    b"NOTIFY sip:a@b SIP/2.0\r\n",
    b"Via: SIP/2.0/UDP a;branch=z9hG4bKid2\r\n",
    b"Event: ua-profile",
    b"Content-Length: ",
    b"\r\n",
    b"\n",
    b"\r",
    b" ",
    b";",
    b'"',
    b"<sip:",
    b">",
    b"\x00",
    b"\xff",
]


def one_event(desk: Desk) -> None:
    """Every datagram is reported: as a phone's or as ignored, with a place inside it."""
    desk.take()
    kinds = [type(event) for event in desk.log]
    assert kinds in ([Ignored], [Message, SubscribeReceived])
    for event in desk.log:
        if isinstance(event, Ignored):
            assert event.reason
            assert 0 <= event.offset <= event.size


@given(
    st.one_of(
        st.binary(max_size=400),
        st.lists(st.one_of(st.sampled_from(HEADS), st.binary(max_size=6)), max_size=40).map(
            b"".join
        ),
    )
)
@settings(deadline=None, max_examples=1000)
@example(b"")
@example(b"\0" * 65_507)
@example(b"SUBSCRIBE sip:a SIP/2.0")
@example(b"\n" * 9000)
@example(b"\n \n")
def test_any_bytes_are_taken_and_get_no_answer(data: bytes) -> None:
    desk = Desk()
    assert desk.receive(data, SOURCE) == []
    assert desk.responder.deadline() is None
    one_event(desk)


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """A real phone's message with a few bytes or pieces changed."""
    data = bytearray(draw(st.sampled_from(REAL)))
    for _ in range(draw(st.integers(1, 5))):
        start = draw(st.integers(0, len(data)))
        end = draw(st.integers(start, min(len(data), start + 30)))
        piece = draw(
            st.one_of(
                st.binary(max_size=4),
                st.sampled_from(HEADS),
                st.just(bytes(data[start:end]) * 3),
                st.just(draw(st.sampled_from(REAL))[start : start + 60]),
            )
        )
        data[start:end] = piece
    return bytes(data[: draw(st.integers(0, len(data)))] if draw(st.booleans()) else data)


@given(mutated())
@settings(deadline=None, max_examples=600)
def test_a_mutated_message_gets_no_answer_unless_it_is_approved(data: bytes) -> None:
    desk = Desk()
    assert desk.receive(data, SOURCE) == []
    one_event(desk)


@given(mutated())
@settings(deadline=None, max_examples=600)
def test_with_everybody_approved_a_mutated_message_is_answered_rightly_or_not_at_all(
    data: bytes,
) -> None:
    desk = Desk(approve_all=True)
    out = desk.receive(data, SOURCE)
    assert len(out) in (0, 2)
    assert {datagram.remote[0] for datagram in out} <= {SOURCE[0]}
    if out:
        ok, notify = read(out[0].data), read(out[1].data)
        assert ok.first == "SIP/2.0 200 OK"
        assert len(notify.names) == len(set(notify.names)) == 11
        desk.receive(respond(out[1].data), SOURCE)
    desk.wait(70)
    assert desk.responder.deadline() is None


@given(mutated(), st.integers(0, 400), st.binary(max_size=8))
@settings(deadline=None, max_examples=200)
def test_mutated_responses_end_nothing_of_other_phones(data: bytes, at: int, piece: bytes) -> None:
    desk = Desk(approve_all=True)
    _, notify = desk.receive(SNOM.wire(), SNOM.source())
    answer = respond(notify.data)
    desk.receive(answer[:at] + piece + answer[at:], ("10.13.2.99", 5060))
    desk.receive(data.replace(b"SUBSCRIBE ", b"SIP/2.0 200 ", 1), ("10.13.2.99", 5060))
    assert notify in [datagram for _, datagram in desk.wait(1)]


@pytest.mark.parametrize(
    "data",
    [
        plain(more="X-Y: z\r\n" * 1000),
        plain(more=f"X: {'y' * 60_000}\r\n"),
        plain(more="l: 1000000000000000000000000000000\r\n"),
        plain().replace(b"Content-Length: 0", b"Content-Length: 1000000000000000000000000000000"),
        plain().replace(b"Content-Length: 0", b"Content-Length: 1"),
        plain().replace(b"Content-Length: 0", b"Content-Length: -1"),
        plain(cseq="1000000000000000000000000000000 SUBSCRIBE"),
        plain(to="<sip:1@h>\0"),
        plain(event="ua-profile;vendor=\x1b[2J"),
        plain() + b"x" * 65_507,
        plain()[:-30],
    ],
    ids=lambda data: str(data[-20:]),
)
def test_hostile_shapes_are_ignored_even_from_approved_phones(data: bytes) -> None:
    desk = Desk(approve_all=True)
    assert desk.receive(data, PLAIN_SOURCE) == []
    assert [type(event) for event in desk.log] == [Ignored]


def test_a_datagram_is_answered_with_little_more_than_its_own_size() -> None:
    """From approved phones, too: what is echoed stands once in each message."""
    for data in (
        plain(call_id="c" * 7400),
        plain(event="ua-profile;" + "e" * 7400),
        plain(contact=f"<sip:{'c' * 7400}>"),
        plain(via=f"SIP/2.0/UDP h;{'v' * 7400}"),
    ):
        assert len(data) <= MAX_DATAGRAM
        for datagram in Desk(approve_all=True).receive(data, PLAIN_SOURCE):
            assert len(datagram.data) < len(data) + 600


# ---- hard to read


@pytest.mark.parametrize("data", SLOW.values(), ids=list(SLOW))
def test_what_is_hard_to_read_is_taken(data: bytes) -> None:
    """Approved, so that the answer is made as well. How long each takes, the benchmark
    `slow_input` says.
    """
    assert len(data) <= MAX_DATAGRAM
    desk = Desk(approve_all=True)
    desk.receive(data, PLAIN_SOURCE)
    assert desk.log


@pytest.mark.parametrize("shape", SHAPES.values(), ids=list(SHAPES))
def test_every_prefix_of_a_real_message_is_taken(shape: Shape) -> None:
    data = shape.wire()
    for end in range(len(data)):
        desk = Desk()
        assert desk.receive(data[:end], shape.source()) == []
        one_event(desk)
