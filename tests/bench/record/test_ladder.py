from __future__ import annotations

from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pnp_gui.bench.record import ladder as ladder_module
from pnp_gui.bench.record.ladder import Ladder, Rung, RungKind, read_message
from pnp_gui.bench.record.trace import TraceEntry
from pnp_gui.pnp.datagram import Datagram
from pnp_gui.pnp.events import Message
from pnp_gui.pnp.responder import Responder
from tests.pnp.desk import respond
from tests.pnp.phones import INTERFACE, LOCAL, SHAPES, SNOM, Shape

URL = "http://10.13.2.2/a.xml"


class Talk:
    """One phone and the real responder; every message as the trace keeps it."""

    def __init__(self, shape: Shape = SNOM) -> None:
        self.shape = shape
        self.url: str | None = URL
        ids = count()
        self.responder = Responder(lambda ask: self.url, lambda: f"id{next(ids)}")
        self.entries: list[TraceEntry] = []

    def ask(self, at: float) -> None:
        self.hear(self.shape.wire(), at)

    def hear(self, data: bytes, at: float) -> None:
        self.responder.receive(Datagram(data, self.shape.source(), LOCAL, INTERFACE, at))
        self._note()

    def pass_time(self, at: float) -> None:
        self.responder.expire(at)
        self._note()

    def notify(self) -> bytes:
        return next(e.data for e in reversed(self.entries) if e.data.startswith(b"NOTIFY"))

    def _note(self) -> None:
        self.responder.datagrams()
        for event in self.responder.events():
            if isinstance(event, Message):
                self.entries.append(TraceEntry(*event))


def shown(rungs: list[Rung]) -> list[tuple[str, str, int]]:
    """Direction, words, and how many messages; of retransmissions the negative of it."""
    return [
        (
            "→" if rung.first.outgoing else "←",
            rung.reading.title,
            -len(rung.entries) if rung.again else len(rung.entries),
        )
        for rung in rungs
    ]


@pytest.mark.parametrize("name", SHAPES)
def test_the_talk_of_every_make_in_four_rungs(name: str) -> None:
    talk = Talk(SHAPES[name])
    talk.ask(0.0)
    talk.hear(respond(talk.notify(), 200, "OK"), 0.1)
    rungs = Ladder().rungs(talk.entries)
    assert shown(rungs) == [
        ("←", "SUBSCRIBE", 1),
        ("→", "200 OK", 1),
        ("→", "NOTIFY", 1),
        ("←", "200 OK", 1),
    ]
    details = [rung.reading.detail for rung in rungs]
    assert [details[0].lower(), *details[1:]] == ["ua-profile", "", URL, ""]
    assert [rung.reading.kind for rung in rungs] == [
        RungKind.REQUEST,
        RungKind.SUCCESS,
        RungKind.REQUEST,
        RungKind.SUCCESS,
    ]


def test_retransmissions_that_follow_each_other_are_one_rung() -> None:
    talk = Talk()
    talk.url = None
    for at in (0.0, 0.5, 1.5, 3.5):
        talk.ask(at)
    talk.url = URL
    talk.ask(7.5)
    talk.pass_time(8.0)
    talk.pass_time(9.0)
    talk.hear(respond(talk.notify(), 481, "Call does not exist"), 9.1)
    rungs = Ladder().rungs(talk.entries)
    assert shown(rungs) == [
        ("←", "SUBSCRIBE", 1),
        ("←", "SUBSCRIBE", -4),
        ("→", "200 OK", 1),
        ("→", "NOTIFY", 1),
        ("→", "NOTIFY", -2),
        ("←", "481 Call does not exist", 1),
    ]
    assert rungs[-1].reading.kind is RungKind.FAILURE
    assert [entry.at for entry in rungs[1].entries] == [0.5, 1.5, 3.5, 7.5]


def test_what_comes_between_keeps_retransmissions_apart() -> None:
    talk = Talk()
    talk.ask(0.0)
    talk.ask(0.5)
    talk.ask(1.0)
    assert shown(Ladder().rungs(talk.entries)) == [
        ("←", "SUBSCRIBE", 1),
        ("→", "200 OK", 1),
        ("→", "NOTIFY", 1),
        ("←", "SUBSCRIBE", -1),
        ("→", "200 OK", -1),
        ("←", "SUBSCRIBE", -1),
        ("→", "200 OK", -1),
    ]


def test_a_new_request_and_a_new_offer_are_no_retransmissions() -> None:
    talk = Talk()
    talk.ask(0.0)
    talk.responder.offer(talk.shape.key(), 1.0)
    talk._note()
    again = talk.shape.wire().replace(b"CSeq: 1 ", b"CSeq: 2 ")
    talk.hear(again, 2.0)
    assert all(not rung.again for rung in Ladder().rungs(talk.entries))


@pytest.mark.parametrize(
    ("data", "kind", "title", "detail"),
    [
        (
            b"NOTIFY sip:a SIP/2.0\nEvent: check-sync;reboot=true\n\n",
            *(RungKind.REQUEST, "NOTIFY", "check-sync;reboot=true"),
        ),
        (
            b"SUBSCRIBE sip:a SIP/2.0\nEvent:ua-profile;vendor=x\n\n",
            *(RungKind.REQUEST, "SUBSCRIBE", "ua-profile"),
        ),
        (
            b"NOTIFY sip:a SIP/2.0\nc: application/URL;x=1\n\nhttp://h\r\n",
            *(RungKind.REQUEST, "NOTIFY", "http://h"),
        ),
        (b"SIP/2.0 100 Trying\n\n", RungKind.PROVISIONAL, "100 Trying", ""),
        (
            "SIP/2.0 481 Gespräch unbekannt\n\n".encode(),
            RungKind.FAILURE,
            "481 Gespräch unbekannt",
            "",
        ),
        (b"SIP/2.0 302\n\n", RungKind.FAILURE, "302", ""),
        (b"\x00\x01", RungKind.UNREADABLE, "", "cut off inside a header line"),
    ],
)
def test_what_a_message_says_in_a_word(
    data: bytes, kind: RungKind, title: str, detail: str
) -> None:
    reading = read_message(data)
    assert (reading.kind, reading.title, reading.detail) == (kind, title, detail)


@given(st.lists(st.sampled_from([b"a", b"b", b"SIP/2.0 200 OK\n\n", b"X sip:a SIP/2.0\n\n"])))
def test_no_message_is_lost_or_moved(datagrams: list[bytes]) -> None:
    entries = [
        TraceEntry(float(at), "K", False, "e", LOCAL, LOCAL, data)
        for at, data in enumerate(datagrams)
    ]
    rungs = Ladder().rungs(entries)
    assert [entry for rung in rungs for entry in rung.entries] == entries
    assert all(rung.again or len(rung.entries) == 1 for rung in rungs)
    assert sum(not rung.again for rung in rungs) == len(set(datagrams))


def test_no_message_is_read_twice_while_it_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    talk = Talk()
    talk.ask(0.0)
    read: list[bytes] = []

    def reading(data: bytes) -> object:
        read.append(data)
        return read_message(data)

    monkeypatch.setattr(ladder_module, "read_message", reading)
    ladder = Ladder()
    ladder.rungs(talk.entries[:2])
    ladder.rungs(talk.entries)
    assert read == [entry.data for entry in talk.entries]
