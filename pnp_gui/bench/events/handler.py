"""Puts what the wire reports into rows, trace, log and history. This runs for every datagram, so
an event costs one look-up by its type, and the clocks are compared once for a whole batch.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from math import inf
from typing import Any

from pnp_gui.bench.phones.phone import APPROVED, UNDECIDED, Phone, Progress, Reboot
from pnp_gui.bench.phones.registry import PhoneRegistry
from pnp_gui.bench.phones.waiting import Waiting
from pnp_gui.bench.record.log import Level, Log
from pnp_gui.bench.record.trace import Trace
from pnp_gui.bench.store.rows import OFFER_OUTCOMES, REBOOT_OUTCOMES
from pnp_gui.bench.store.store import HistoryLine, Store
from pnp_gui.pnp import events
from pnp_gui.pnp.limits import HOUR, MAX_NEW, Bursts, Limit, Pace
from pnp_gui.pnp.subscribe import SubscribeRequest
from pnp_gui.texts import Text

# Looked up once: see `phone.APPROVED`.
INFO = Level.INFO
ACCEPTED, REFUSED = Progress.ACCEPTED, Progress.REFUSED
OFFERED = OFFER_OUTCOMES[Progress.SENT]

WANTS_PASSWORD = (401, 407)
"""A challenge (RFC 3261 section 22). snom, Grandstream and others send it as they come."""

MAX_LINES = 500
"""Lines of one phone in `DAY`, in the history and as many in the log."""
DAY = 24 * HOUR


class EventHandler:
    """Turns events into rows. It decides nothing."""

    def __init__(self, registry: PhoneRegistry, store: Store, trace: Trace, log: Log) -> None:
        self._registry = registry
        self._note = store.note
        self._note_history = store.note_history
        self._trace = trace
        self._log = log
        self._askers = registry.askers
        self._to_move: list[str] = []
        self.waiting = Waiting()
        self._new_phones = Pace(MAX_NEW, HOUR)
        self.accepted: dict[str, float] | None = None
        """When each phone accepted its URL, on the bench's clock, in this order; `fetches/` takes
        them out. None: nothing is served."""
        self._lines: dict[str, int] = {}
        """Lines of each phone by key, until ..."""
        self._day_ends = -inf
        self._bursts = Bursts()
        self._handlers: dict[type, Callable[[Any, float], None]] = {
            events.SubscribeReceived: self._subscribe_received,
            events.Conflict: self._conflicted,
            events.Moved: self._moved,
            events.Ignored: log.ignore,
            events.Limited: self._limited,
        }
        self._of_known: dict[type, Callable[[Phone, Any, float], None]] = {
            events.Offered: self._offered,
            events.Answered: self._offer_ended,
            events.NoAnswer: self._offer_ended,
            events.NotSent: self._not_sent,
            events.SentLate: self._sent_late,
            events.RebootAsked: self._reboot_asked,
            events.RebootAnswered: self._reboot_answered,
        }
        """What happens to a phone that has a row; without one it is lost."""

    def absorb(self, batch: Sequence[events.Event], clock_offset: float) -> None:
        """Record what happened. `clock_offset`: unix time minus the clock of the events."""
        handlers, of_known, phones = self._handlers, self._of_known, self._registry.phones
        messages: list[events.Message] = []
        event: Any  # the tables go by its type
        for event in batch:
            kind = type(event)
            if kind is events.Message:
                messages.append(event)
            elif (happens := of_known.get(kind)) is None:
                handlers[kind](event, event.at + clock_offset)
            elif (phone := phones.get(event.key)) is not None:
                happens(phone, event, event.at + clock_offset)
        # After them: a new phone's first message comes just before what makes its row.
        messages = [message for message in messages if message[1] in phones]
        if messages:
            self._trace.add(messages, clock_offset)

    def has_room(self, key: str, address: str, now: float) -> bool:
        """Whether the phone with this key has a row, or would get one if it asked from there."""
        registry = self._registry
        room = not registry.full and self._new_phones.has_room(address, now)
        return room or key in registry.phones

    def expire(self, now: float) -> None:
        """Mark those whose time to be answered is over as changed, if their rows show it: undecided
        ones, and those that repeated themselves, whose place among the rows may change."""
        phones = self._registry.phones
        for key in self.waiting.take_expired(now):
            phone = phones.get(key)
            if phone is None or now < phone.asking_until:
                continue
            if phone.decision is UNDECIDED or phone.repeated:
                self._registry.changed.add(key)

    def _subscribe_received(self, event: events.SubscribeReceived, at: float) -> None:
        request, now, again = event
        phone = self._registry.phones.get(request.key)
        if phone is None:
            phone = self._new_phone(request, now, at)
            if phone is None:
                self._askers.stranger(request.source[0], request.key)
                return
        before = phone.address
        if phone.subscribed(request, at, now, again=again):
            self._registry.unseen.add(phone.key)
        if self._askers.keys.get(phone.address) != phone.key:
            self._askers.asked(phone, before)
        if not again:
            self.waiting.add(phone.key, phone.asking_until)
        self._changed(phone)

    def take_to_move(self) -> list[str]:
        """Keys of the phones that nobody approved and that ask from elsewhere now."""
        keys, self._to_move = self._to_move, []
        return keys

    def _conflicted(self, event: events.Conflict, at: float) -> None:
        """A second address asks with a phone's MAC: the phone moved, or something imitates it. Only
        the technician can tell, and nothing is sent there before. The row of a phone that nobody
        approved goes over to it once the first address has stopped asking."""
        request, other = event.request, event.other
        self._askers.stranger(request.source[0], request.key)
        phone = self._registry.phones.get(request.key)
        same = request.source[0] == other.source[0]
        if phone is None or (
            same and phone.decision is not APPROVED and event.at >= phone.asking_until
        ):
            self._to_move.append(request.key)
            return
        if phone.conflicted(request, other, at, event.at):
            self._log.add(
                at,
                Level.WARNING,
                "Conflict: {address} on {interface} also asks with this phone's MAC, but the "
                "phone is at {own}. Nothing is sent to {address} unless you decide so.",
                {"address": other.source[0], "interface": other.interface, "own": phone.address},
                phone.key,
            )
        self._registry.changed.add(phone.key)

    def _moved(self, event: events.Moved, at: float) -> None:
        phone = self._registry.phones.get(event.request.key)
        if phone is None:  # it was forgotten meanwhile: a new phone
            self._subscribe_received(events.SubscribeReceived(event.request, event.at, False), at)
        else:
            before = phone.address
            if phone.moved(event.request, at, event.at, event.asked_at):
                self._registry.unseen.add(phone.key)
            self._askers.moved(phone, before)
            self._log.add(
                at,
                INFO,
                "Moved from {before} to {address} on {interface}.",
                {"address": phone.address, "interface": phone.interface, "before": before},
                phone.key,
            )
            self._changed(phone)
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
                    "{count} phones are undecided: further new ones are counted, but not "
                    "shown. Forget some (Del); the others then appear when they ask again.",
                    {"count": registry.undecided},
                )
            return None
        source = request.source[0]
        if not self._new_phones.take(source, now):
            first = self._bursts.is_first(Limit.NEW, source, now)
            self._limited(events.Limited(now, Limit.NEW, source, MAX_NEW, first), at)
            return None
        named = " ".join(filter(None, (request.make, request.event.model)))
        self._log.add(
            at,
            INFO,
            "A new phone asks: {phone} at {address} on {interface}."
            if named
            else "A new phone asks at {address} on {interface}.",
            {"phone": named, "address": source, "interface": request.interface},
            request.key,
        )
        return registry.new(request.key)

    def _offered(self, phone: Phone, event: events.Offered, at: float) -> None:
        phone.offered(event.url, at, event.at)
        self._changed(phone)
        if not self.may_note(phone.key, event.at, at):
            return
        self._add_to_history(phone, at, OFFERED, event.url)
        self._log.add(
            at,
            INFO,
            "URL sent to {address} on {interface}, with the 200 to its request."
            if event.with_ok
            else "URL sent to {address} on {interface}, in a NOTIFY without a 200.",
            {"address": phone.address, "interface": phone.interface},
            phone.key,
        )

    def _offer_ended(
        self, phone: Phone, event: events.Answered | events.NoAnswer, at: float
    ) -> None:
        if isinstance(event, events.NoAnswer):
            progress, code, reason, ports = Progress.NO_ANSWER, 0, "", event.ports
        else:
            code, reason, ports = event.status, event.reason, ()
            progress = ACCEPTED if 200 <= code < 300 else REFUSED
        if self.may_note(phone.key, event.at, at):
            self._add_to_history(phone, at, OFFER_OUTCOMES[progress], event.url, code)
            level, template = _OFFER_ENDINGS[progress]
            self._log.add(at, level, template, _answer(code, reason, ports), phone.key)
        if event.url != phone.sent_url:
            return  # the end of an earlier offer; the row shows the last one
        phone.answered(progress, at, code, reason, ports)
        if self.accepted is not None and progress is ACCEPTED:
            self.accepted.pop(phone.key, None)
            self.accepted[phone.key] = event.at
        self._changed(phone)

    def _not_sent(self, phone: Phone, event: events.NotSent, at: float) -> None:
        if event.url == phone.sent_url:
            phone.answered(Progress.NOT_SENT, at)
            self._changed(phone)
        if event.over and self.may_note(phone.key, event.at, at):
            self._add_to_history(phone, at, OFFER_OUTCOMES[Progress.NOT_SENT], event.url)
            level, template = _OFFER_ENDINGS[Progress.NOT_SENT]
            self._log.add(at, level, template, {}, phone.key)

    def _sent_late(self, phone: Phone, event: events.SentLate, at: float) -> None:
        if event.url == phone.sent_url:
            phone.offered(event.url, at, event.at)
            self._changed(phone)

    def _reboot_asked(self, phone: Phone, event: events.RebootAsked, at: float) -> None:
        phone.reboot_changed(Reboot.ASKED, at)
        self._add_to_history(phone, at, REBOOT_OUTCOMES[Reboot.ASKED])
        self._log.add(
            at,
            INFO,
            "Asked the phone to reboot ({event}) at {address} on {interface}.",
            {"event": event.event, "address": phone.address, "interface": phone.interface},
            phone.key,
        )
        self._registry.changed.add(phone.key)

    def _reboot_answered(self, phone: Phone, event: events.RebootAnswered, at: float) -> None:
        """It answered, or did not in time (status 0). It reboots only after its own 2xx."""
        code = event.status
        if not code:
            reboot = Reboot.NO_ANSWER
        elif code < 300:
            reboot = Reboot.REBOOTING
        else:
            reboot = Reboot.PASSWORD if code in WANTS_PASSWORD else Reboot.REFUSED
        phone.reboot_changed(reboot, at, code, event.reason, event.ports)
        self._add_to_history(phone, at, REBOOT_OUTCOMES[reboot], code=code)
        level, template = _REBOOT_ENDINGS[reboot]
        self._log.add(at, level, template, _answer(code, event.reason, event.ports), phone.key)
        self._registry.changed.add(phone.key)

    def _add_to_history(
        self, phone: Phone, at: float, outcome: str, url: str = "", code: int = 0
    ) -> None:
        interface, address = phone.interface, phone.address
        self._note_history(
            HistoryLine(at, phone.key, phone.mac, url, interface, address, outcome, code)
        )

    def may_note(self, key: str, now: float, at: float) -> bool:
        """Whether the phone gets one more line in history and log: none pushes the others' out."""
        if now >= self._day_ends:
            self._day_ends = now + DAY
            self._lines.clear()
        lines = self._lines[key] = self._lines.get(key, 0) + 1
        if lines == MAX_LINES:
            self._log.add(
                at,
                Level.WARNING,
                "This phone has had {most} lines within a day: from now on, only its row shows "
                "what it is sent and what it answers.",
                {"most": MAX_LINES},
                key,
            )
        return lines <= MAX_LINES

    def _limited(self, event: events.Limited, at: float) -> None:
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
def _answer(code: int, reason: str, ports: tuple[int, ...]) -> Mapping[str, object]:
    """What most phones answer alike: one copy for thousands of lines."""
    return {"answer": f"{code} {reason}".rstrip(), "ports": ", ".join(map(str, ports))}


_OFFER_ENDINGS = {
    Progress.ACCEPTED: (INFO, Text("The phone accepted the URL ({answer}).")),
    Progress.REFUSED: (Level.WARNING, Text("The phone refused the URL: {answer}.")),
    Progress.NO_ANSWER: (Level.WARNING, Text("The phone did not answer for 32 s (UDP {ports}).")),
    Progress.NOT_SENT: (Level.WARNING, Text("This computer could not send the URL for 32 s.")),
}
_REBOOT_ENDINGS = {
    Reboot.REBOOTING: (INFO, Text("The phone is rebooting ({answer}).")),
    Reboot.PASSWORD: (
        Level.WARNING,
        Text("The phone requires a password to reboot: {answer}."),
    ),
    Reboot.REFUSED: (Level.WARNING, Text("The phone refused to reboot: {answer}.")),
    Reboot.NO_ANSWER: (
        Level.WARNING,
        Text("The phone did not answer the reboot request for 32 s (UDP {ports})."),
    ),
}
"""The log's line for how an offer or a request to reboot ended."""

_LIMITS = {
    Limit.UNCONFIRMED: Text(
        "{source} did not answer {most} NOTIFYs within 8 s. Further phones at this address get "
        "their URL when one of these is answered, or when they ask again."
    ),
    Limit.REQUESTS: Text(
        "Phones at {source} that nobody approved send more than {most} requests a second: "
        "further requests are dropped and only counted."
    ),
    Limit.REPEATS: Text(
        "A phone at {source} keeps asking although it was answered {most} times: further "
        "requests are dropped and only counted."
    ),
    Limit.RENEWALS: Text(
        "The phone asked again as soon as it had its URL, more than {most} times in a row. "
        "From now on it is answered only every few seconds."
    ),
    Limit.NEW: Text(
        "More than {most} new phones an hour ask from {source}: further ones there are "
        "counted, but not shown. They appear if they ask again later."
    ),
    Limit.PENDING: Text(
        "More than {most} phones are waiting for an answer, so the oldest requests are "
        "dropped. Once approved, these phones get their URL when they ask again."
    ),
    Limit.PENDING_BYTES: Text(
        "Unanswered requests take up more than {most} bytes, so the oldest are dropped. Once "
        "approved, these phones get their URL when they ask again."
    ),
    Limit.CONFLICTING: Text(
        "More than {most} phones are in conflict, so the oldest requests from their second "
        "addresses are dropped. These conflicts come back when the second address asks again."
    ),
    Limit.ANSWERED: Text(
        "{most} phones were answered within 32 s: the earliest of them are sent their URL again "
        "if they repeat their request."
    ),
}
"""The log's line for each limit."""

_COUNTED = {
    Limit.REQUESTS: Text("too many requests a second from one address"),
    Limit.REPEATS: Text("a request that has already been answered too often"),
    Limit.NEW: Text("too many new phones an hour from one address"),
}
"""Reasons for which a request counts as ignored."""
