"""Puts what the wire reports into rows, trace, log and history.

This runs for every datagram: six events for each phone that is served, thousands of phones at once.
So each event costs one look-up by its type, and the two clocks are compared once for a whole batch.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from pnp_gui.bench.events.conflicts import Conflicts
from pnp_gui.bench.events.reboots import Reboots
from pnp_gui.bench.phones.phone import UNDECIDED, Phone, Progress
from pnp_gui.bench.phones.registry import PhoneRegistry
from pnp_gui.bench.phones.waiting import Waiting
from pnp_gui.bench.record.log import Level, Log
from pnp_gui.bench.record.trace import Trace
from pnp_gui.bench.store.store import HistoryLine, Store
from pnp_gui.pnp.events import (
    Answered,
    Conflict,
    Event,
    Ignored,
    Limited,
    Message,
    Moved,
    NoAnswer,
    Offered,
    RebootAnswered,
    RebootAsked,
    SubscribeReceived,
)
from pnp_gui.pnp.limits import HOUR, MAX_NEW, Bursts, Limit, Pace
from pnp_gui.pnp.subscribe import SubscribeRequest
from pnp_gui.texts import Text

# Looked up once: see `phone.APPROVED`.
INFO = Level.INFO
ACCEPTED, REFUSED = Progress.ACCEPTED, Progress.REFUSED


class EventHandler:
    """Turns events into rows. It decides nothing."""

    def __init__(self, registry: PhoneRegistry, store: Store, trace: Trace, log: Log) -> None:
        self._registry = registry
        self._note = store.note
        self._note_history = store.note_history
        self._trace = trace
        self._log = log
        self.conflicts = Conflicts(registry, store, log)
        self.waiting = Waiting()
        self._new_phones = Pace(MAX_NEW, HOUR)
        self._bursts = Bursts()
        reboots = Reboots(registry, store, log)
        self._handlers: dict[type, Callable[[Any, float], None]] = {
            SubscribeReceived: self._subscribe_received,
            Conflict: self.conflicts.claimed,
            Moved: self._moved,
            Offered: self._offered,
            Answered: self._answered,
            NoAnswer: self._no_answer,
            RebootAsked: reboots.asked,
            RebootAnswered: reboots.answered,
            Ignored: log.ignore,
            Limited: self._limited,
        }

    def absorb(self, events: Sequence[Event], clock_offset: float) -> None:
        """Record what happened. `clock_offset`: unix time minus the clock of the events."""
        handlers = self._handlers
        messages: list[Message] = []
        for event in events:
            if type(event) is Message:
                messages.append(event)
            else:
                handlers[type(event)](event, event.at + clock_offset)
        # After them: a new phone's first message comes just before what makes its row.
        phones = self._registry.phones
        messages = [message for message in messages if message[1] in phones]
        if messages:
            self._trace.add(messages, clock_offset)

    def expire(self, now: float) -> None:
        """Mark the phones whose time to be answered is over as changed, if their rows show it:
        undecided ones, and those that repeated themselves, whose place among the rows may change.
        """
        phones = self._registry.phones
        for key in self.waiting.take_expired(now):
            phone = phones.get(key)
            if phone is None or now < phone.asking_until:
                continue
            if phone.decision is UNDECIDED or phone.repeated:
                self._registry.changed.add(key)

    def _subscribe_received(self, event: SubscribeReceived, at: float) -> None:
        request, now, again = event
        phone = self._registry.phones.get(request.key)
        if phone is None:
            phone = self._new_phone(request, now, at)
            if phone is None:
                return
        if phone.subscribed(request, at, now, again=again):
            self._registry.unseen.add(phone.key)
        if not again:
            self.waiting.add(phone.key, phone.asking_until)
        self._changed(phone)

    def _moved(self, event: Moved, at: float) -> None:
        phone = self._registry.phones.get(event.request.key)
        if phone is None:  # it was forgotten meanwhile: a new phone
            self._subscribe_received(SubscribeReceived(event.request, event.at, False), at)
        else:
            self.conflicts.moved(phone, event, at)
            self.waiting.add(phone.key, phone.asking_until)

    def _new_phone(self, request: SubscribeRequest, now: float, at: float) -> Phone | None:
        """A new row, unless there are too many undecided phones, or too many came from its
        address."""
        registry = self._registry
        if registry.full:
            registry.turned_away += 1
            if registry.turned_away == 1:
                self._log.add(
                    at,
                    Level.WARNING,
                    "{count} phones are undecided: further new ones are only counted, not shown. "
                    "Forget some (Del); the others then appear when they ask again.",
                    {"count": registry.undecided},
                )
            return None
        source = request.source[0]
        if not self._new_phones.take(source, now):
            first = self._bursts.is_first(Limit.NEW, source, now)
            self._limited(Limited(now, Limit.NEW, source, MAX_NEW, first), at)
            return None
        phone = registry.new(request.key)
        self._log.add(
            at,
            INFO,
            "A new phone asks: {make} {model} at {address} on {interface}.",
            {
                "make": request.make,
                "model": request.model,
                "address": request.source[0],
                "interface": request.interface,
            },
            request.key,
        )
        return phone

    def _offered(self, event: Offered, at: float) -> None:
        phone = self._registry.phones.get(event.key)
        if phone is None:
            return
        phone.offered(event.url, at, event.at)
        interface, address = event.interface, event.address
        line = (at, phone.key, phone.mac, event.url, interface, address, "offered", 0)
        self._note_history(_line(HistoryLine, line))
        self._log.add(
            at,
            INFO,
            "URL sent to {address} on {interface}, with the 200 to its request."
            if event.with_ok
            else "URL sent to {address} on {interface}, in a NOTIFY without a 200.",
            {"address": address, "interface": interface},
            phone.key,
        )
        self._changed(phone)

    def _answered(self, event: Answered, at: float) -> None:
        outcome = ACCEPTED if 200 <= event.status < 300 else REFUSED
        self._offer_ended(event, at, outcome, event.status, event.reason)

    def _no_answer(self, event: NoAnswer, at: float) -> None:
        self._offer_ended(event, at, Progress.NO_ANSWER, 0, "")

    def _offer_ended(
        self, event: Answered | NoAnswer, at: float, outcome: Progress, code: int, reason: str
    ) -> None:
        phone = self._registry.phones.get(event.key)
        if phone is None:
            return
        word, level, template = _ENDINGS[outcome]
        interface, address = phone.interface, phone.address
        line = (at, phone.key, phone.mac, event.url, interface, address, word, code)
        self._note_history(_line(HistoryLine, line))
        self._log.add(at, level, template, _answer(code, reason), phone.key)
        if event.url != phone.sent_url:
            return  # the end of an earlier offer; the row shows the last one
        phone.answered(outcome, at, code, reason)
        self._changed(phone)

    def _limited(self, event: Limited, at: float) -> None:
        """Count it, and write a line for the first of a burst."""
        reason = _COUNTED.get(event.limit)
        if reason is not None:
            self._log.count_ignored(reason)
        if event.first:
            values = {"most": event.most, "source": event.source}
            self._log.add(at, Level.WARNING, _LIMITS[event.limit], values, event.source)

    def _changed(self, phone: Phone) -> None:
        self._note(phone)
        self._registry.changed.add(phone.key)


@lru_cache(64)
def _answer(code: int, reason: str) -> Mapping[str, object]:
    """What most phones answer alike: one copy for thousands of lines."""
    return {"code": code, "reason": reason}


_line = tuple.__new__
"""Makes a NamedTuple in half the time of calling its class."""

_ENDINGS = {
    progress: (progress.value, level, template)
    for progress, level, template in (
        (Progress.ACCEPTED, INFO, Text("It accepted the URL ({code} {reason}).")),
        (Progress.REFUSED, Level.WARNING, Text("It refused the URL: {code} {reason}.")),
        (Progress.NO_ANSWER, Level.WARNING, Text("It did not answer for 32 s.")),
    )
}
"""How an offer ended: the history's word, and the line for the log."""

_LIMITS = {
    Limit.UNCONFIRMED: Text(
        "{source} did not answer {most} NOTIFYs within 8 s. The next phones there get their URL "
        "when one of these is answered, or when they ask again."
    ),
    Limit.REQUESTS: Text(
        "More than {most} requests a second from {source} are of phones that nobody "
        "approved: the rest is dropped and only counted."
    ),
    Limit.REPEATS: Text(
        "A phone at {source} goes on asking after it was answered {most} times: the rest "
        "is dropped and only counted."
    ),
    Limit.NEW: Text(
        "More than {most} new phones an hour ask from {source}: further ones there are "
        "only counted, not shown. Those that ask again later appear."
    ),
    Limit.PENDING: Text(
        "More than {most} phones wait for an answer, so the oldest requests are dropped. Such a "
        "phone, once approved, gets its URL when it asks again."
    ),
    Limit.PENDING_BYTES: Text(
        "The requests without an answer take more than {most} bytes, so the oldest are dropped. "
        "Such a phone, once approved, gets its URL when it asks again."
    ),
    Limit.CONFLICTING: Text(
        "For {most} phones another address asks as well: what was asked first "
        "there is forgotten, until it asks again."
    ),
    Limit.ANSWERED: Text(
        "{most} phones were answered within 32 s: the earliest of them are sent their URL again "
        "if they repeat their request."
    ),
}
"""The log's line for each limit."""

_COUNTED = {
    Limit.REQUESTS: Text("more requests a second from one address than are read"),
    Limit.REPEATS: Text("a request that was answered often enough"),
    Limit.NEW: Text("a new phone beyond those that one address may bring in an hour"),
}
"""Reasons for which a request counts as ignored."""
