"""A datagram that waited in the socket came then, and is answered now."""

from __future__ import annotations

from pnp_gui.pnp.datagram import Datagram
from pnp_gui.pnp.events import Answered, Ignored, Message, NoAnswer, Offered, SubscribeReceived
from pnp_gui.pnp.responder import Responder
from tests.pnp.desk import URL, respond
from tests.pnp.phones import INTERFACE, LOCAL, SNOM

NOW = 1000.0
ASKS, SOURCE = SNOM.wire(), SNOM.source()


def came(data: bytes, read_at: float, waited: float = 0.0) -> Datagram:
    return Datagram(data, SOURCE, LOCAL, INTERFACE, read_at - waited, None, waited)


def responder(url: str | None = URL) -> Responder:
    ids = iter(range(1000))
    return Responder(lambda ask: url, lambda: f"id{next(ids)}")


def test_within_its_time_it_gets_its_200_and_the_notify_has_all_of_its_own() -> None:
    made = responder()
    made.receive(came(ASKS, NOW, 12.0))
    ok, notify = made.datagrams()
    assert ok.data.startswith(b"SIP/2.0 200")
    assert notify.data.startswith(b"NOTIFY")
    events = made.events()
    assert [event.at for event in events if isinstance(event, SubscribeReceived)] == [NOW - 12]
    assert [event.at for event in events if isinstance(event, Offered)] == [NOW]
    messages = [event for event in events if isinstance(event, Message)]
    assert [(each.outgoing, each.at) for each in messages] == [
        (False, NOW - 12),
        (True, NOW),
        (True, NOW),
    ]
    made.expire(NOW + 31.9)
    assert not [event for event in made.events() if isinstance(event, NoAnswer)]


def test_after_its_time_it_gets_a_notify_alone() -> None:
    made = responder()
    made.receive(came(ASKS, NOW, 33.0))
    assert [each.data[:6] for each in made.datagrams()] == [b"NOTIFY"]


def test_undecided_it_is_heard_when_it_came() -> None:
    made = responder(None)
    made.receive(came(ASKS, NOW, 33.0))
    assert made.datagrams() == []
    assert [event.at for event in made.events()] == [NOW - 33] * 2
    # The same request once more is a new one: the phone's 32 s were over.
    made.receive(came(ASKS, NOW))
    assert [event.again for event in made.events() if isinstance(event, SubscribeReceived)] == [
        False
    ]


def test_its_response_came_in_time() -> None:
    made = responder()
    made.receive(came(ASKS, NOW))
    notify = made.datagrams()[1].data
    made.events()
    made.receive(came(respond(notify), NOW + 40, 39.0))
    assert [event.at for event in made.events() if isinstance(event, Answered)] == [NOW + 1]


def test_what_is_ignored_is_told_as_of_then() -> None:
    made = responder()
    made.receive(came(b"x", NOW, 7.0))
    assert [event.at for event in made.events() if isinstance(event, Ignored)] == [NOW - 7]
