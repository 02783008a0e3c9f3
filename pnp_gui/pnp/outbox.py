"""What the responder has to send and to report, in order, until it is taken."""

from __future__ import annotations

from pnp_gui.pnp.datagram import Datagram
from pnp_gui.pnp.events import (
    Event,
    Ignored,
    KeyedEvent,
    Limited,
    Message,
    Outgoing,
    SubscribeReceived,
    tuple_new,
)
from pnp_gui.pnp.limits import Bursts, Limit
from pnp_gui.pnp.message import Malformed
from pnp_gui.pnp.subscribe import SubscribeRequest


class Outbox:
    """Every datagram and every event of a responder goes through here."""

    def __init__(self) -> None:
        self._out: list[Outgoing] = []
        self._events: list[Event] = []
        self._bursts = Bursts()

    def datagrams(self) -> list[Outgoing]:
        """Take what is to be sent, in order."""
        out, self._out = self._out, []
        return out

    def events(self) -> list[Event]:
        """Take what happened, in order."""
        events, self._events = self._events, []
        return events

    def rename(self, key: str, mac: str) -> None:
        """A phone that is known by its address is this MAC, also in what nobody took yet."""
        self._events = [
            event._replace(key=mac) if isinstance(event, KeyedEvent) and event.key == key else event
            for event in self._events
        ]

    def emit(self, event: Event) -> None:
        """Report an event."""
        self._events.append(event)

    def send(self, key: str, datagram: Outgoing, now: float) -> None:
        """A datagram for this phone."""
        self._out.append(datagram)
        data, remote, interface, local = datagram
        self._events.append(
            tuple_new(Message, (now, key, True, interface, local, remote, data, None))
        )

    def received(self, key: str, datagram: Datagram) -> None:
        """A datagram of this phone."""
        data, source, local, interface, at, to, _ = datagram
        self._events.append(
            tuple_new(Message, (at, key, False, interface, local, source, data, to))
        )

    def subscribe_received(
        self, request: SubscribeRequest, datagram: Datagram, *, again: bool
    ) -> None:
        """A phone asked, from its own address. `again`: nothing is new about it."""
        self.received(request.key, datagram)
        self._events.append(tuple_new(SubscribeReceived, (request, datagram.at, again)))

    def limited(
        self, limit: Limit, source: str, most: int, now: float, *, each: bool = False
    ) -> None:
        """A limit was exceeded: only the first of a burst is an event, or `each`."""
        first = self._bursts.is_first(limit, source, now)
        if first or each:
            self.emit(Limited(now, limit, source, most, first))

    def ignored(self, why: Malformed, datagram: Datagram) -> None:
        """A datagram that needs no answer."""
        data, source, _, interface, at, _, _ = datagram
        self.emit(Ignored(at, source, interface, why.reason, why.offset, len(data)))
