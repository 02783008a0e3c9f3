"""What the wire tells about the phones, put down in their rows, the trace, the log and the history.

This runs for every datagram: six events for each phone that is served, thousands of phones at once.
So one look-up by type for each event, and the two clocks are compared once for a whole batch.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, partial
from typing import Any

from pnp_gui.bench.events.conflicts import Conflicts
from pnp_gui.bench.events.limit_lines import tell_limit
from pnp_gui.bench.events.reboots import Reboots
from pnp_gui.bench.phones.phone import Decision, Phone, Progress, Reboot, take_facts
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
from pnp_gui.pnp.makes import asks_for
from pnp_gui.pnp.subscribe import SubscribeRequest

# Looked up once: see `phone.APPROVED`.
UNDECIDED, NO_REBOOT, INFO = Decision.UNDECIDED, Reboot.NONE, Level.INFO
ASKING, SENT = Progress.ASKING, Progress.SENT
ACCEPTED, REFUSED = Progress.ACCEPTED, Progress.REFUSED


class EventHandler:
    """The one who turns events into rows. It decides nothing."""

    def __init__(self, floor: PhoneRegistry, store: Store, trace: Trace, log: Log) -> None:
        self._floor = floor
        self._note = store.note
        self._note_history = store.note_history
        self._trace = trace
        self._log = log
        self.conflicts = Conflicts(floor, store, log)
        self.asking = Waiting()
        self._new_phones = Pace(MAX_NEW, HOUR)
        self._bursts = Bursts()
        reboots = Reboots(floor, store, log)
        self._handlers: dict[type, Callable[[Any, float], None]] = {
            SubscribeReceived: self._heard,
            Conflict: self.conflicts.claimed,
            Moved: self._moved,
            Offered: self._offered,
            Answered: self._answered,
            NoAnswer: self._no_answer,
            RebootAsked: reboots.asked,
            RebootAnswered: reboots.answered,
            Ignored: log.ignore,
            Limited: partial(tell_limit, log),
        }

    def absorb(self, events: Sequence[Event], clock_offset: float) -> None:
        """Put down what happened. `clock_offset`: unix time minus the clock of the events."""
        handlers = self._handlers
        messages: list[Message] = []
        for event in events:
            if type(event) is Message:
                messages.append(event)
            else:
                handlers[type(event)](event, event.at + clock_offset)
        # After them: a new phone's first message comes just before what makes its row.
        phones = self._floor.phones
        messages = [message for message in messages if message[1] in phones]
        if messages:
            self._trace.add(messages, clock_offset)

    def close_windows(self, now: float) -> None:
        """Mark the phones whose time to be answered has run out, if that is to be seen: undecided
        ones, and those that repeated themselves, whose place among the rows may be another then."""
        phones = self._floor.phones
        for key in self.asking.take_over(now):
            phone = phones.get(key)
            if phone is not None and phone.asking_until <= now:
                began = phone.asking_until - asks_for(phone.make)
                if phone.decision is UNDECIDED or phone.heard_at > began + 0.1:
                    self._floor.changed.add(key)

    def _heard(self, event: SubscribeReceived, at: float) -> None:
        request, now, again = event
        phone = self._floor.phones.get(request.key)
        if phone is None:
            phone = self._meet(request, now, at)
            if phone is None:
                return
        phone.asked += 1
        phone.heard = True
        phone.last_seen = at
        phone.heard_at = now
        if phone.first_seen is None:
            phone.first_seen = at
        if (
            phone.address != request.source[0]
            or phone.interface != request.interface
            or phone.model != request.model
            or phone.version != request.version
            or phone.vendor != request.vendor
            or phone.make != request.make
        ):
            take_facts(phone, request)
        if not again:
            # One that asks every now and then is told of once, until somebody looks.
            if phone.decision is UNDECIDED and now >= phone.asking_until:
                self._floor.mark(phone)
            phone.reboot = NO_REBOOT
            phone.asking_until = now + asks_for(phone.make)
            self.asking.begin(phone.key, phone.asking_until)
            phone.progress = ASKING
            phone.code = 0
            phone.reason = ""
        self._seen(phone)

    def _moved(self, event: Moved, at: float) -> None:
        phone = self._floor.phones.get(event.request.key)
        if phone is None:  # it was forgotten meanwhile: a new phone
            self._heard(SubscribeReceived(event.request, event.at, False), at)
        else:
            self.conflicts.moved(phone, event, at)
            self.asking.begin(phone.key, phone.asking_until)

    def _meet(self, request: SubscribeRequest, now: float, at: float) -> Phone | None:
        """A phone that was not known: a new row, unless there are too many undecided ones, or too
        many came from its address."""
        floor = self._floor
        if floor.full:
            floor.turned_away += 1
            if floor.turned_away == 1:
                self._log.add(
                    at,
                    Level.WARNING,
                    "{count} phones are undecided: further new ones are only counted, not shown. "
                    "Remove some, and the others appear when they ask again.",
                    {"count": floor.undecided},
                )
            return None
        source = request.source[0]
        if not self._new_phones.take(source, now):
            first = self._bursts.is_first(Limit.NEW, source, now)
            tell_limit(self._log, Limited(now, Limit.NEW, source, MAX_NEW, first), at)
            return None
        phone = floor.add(request.key)
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
        phone = self._floor.phones.get(event.key)
        if phone is None:
            return
        phone.progress = SENT
        phone.reboot = NO_REBOOT
        phone.code = 0
        phone.reason = ""
        phone.progress_at = at
        phone.offered_at = event.at
        phone.sent_url = event.url
        interface, address = event.interface, event.address
        line = (at, phone.key, phone.mac, event.url, interface, address, "offered", 0)
        self._note_history(_line(HistoryLine, line))
        self._log.add(
            at,
            INFO,
            "Offered its URL to {address} on {interface}, with the 200 to what it asked."
            if event.with_ok
            else "Offered its URL to {address} on {interface}, by a NOTIFY alone.",
            {"address": address, "interface": interface},
            phone.key,
        )
        self._seen(phone)

    def _answered(self, event: Answered, at: float) -> None:
        accepted = 200 <= event.status < 300
        self._ended(
            event,
            at,
            ACCEPTED if accepted else REFUSED,
            event.status,
            event.reason,
        )

    def _no_answer(self, event: NoAnswer, at: float) -> None:
        self._ended(event, at, Progress.NO_ANSWER, 0, "")

    def _ended(
        self, event: Answered | NoAnswer, at: float, progress: Progress, code: int, reason: str
    ) -> None:
        phone = self._floor.phones.get(event.key)
        if phone is None:
            return
        outcome, level, template = _ENDINGS[progress]
        interface, address = phone.interface, phone.address
        line = (at, phone.key, phone.mac, event.url, interface, address, outcome, code)
        self._note_history(_line(HistoryLine, line))
        self._log.add(at, level, template, _answer(code, reason), phone.key)
        if event.url != phone.sent_url:
            return  # the end of an earlier offer; the row tells of the last one
        phone.progress = progress
        phone.code = code
        phone.reason = reason
        phone.progress_at = at
        self._seen(phone)

    def _seen(self, phone: Phone) -> None:
        self._note(phone)
        self._floor.changed.add(phone.key)


@lru_cache(64)
def _answer(code: int, reason: str) -> Mapping[str, object]:
    """What most phones answer alike: one copy for thousands of lines."""
    return {"code": code, "reason": reason}


_line = tuple.__new__
"""Makes a NamedTuple in half the time of calling its class."""

_ENDINGS = {
    progress: (progress.value, level, template)
    for progress, level, template in (
        (Progress.ACCEPTED, INFO, "It accepted the URL ({code} {reason})."),
        (Progress.REFUSED, Level.WARNING, "It refused the URL: {code} {reason}."),
        (Progress.NO_ANSWER, Level.WARNING, "It did not answer for 32 s."),
    )
}
