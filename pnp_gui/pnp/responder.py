"""The whole exchange with every phone, as a machine of five verbs.

`receive` a datagram · `offer`, `reboot`, `withdraw`, `move`, `forget` as decided · take the
`datagrams` to send · `deadline` and `expire` for the timers · take the `events`. The time is always
an argument.

Rules (RFC 3261, 3581, 6665, and what a bench beside a live network needs):
- Nothing is sent unless `url_for` gives a URL for that very request: not a 200, not an error.
- Answers go to the datagram's source, never to a host that only the message names.
- A phone has one address, the one it asked from first. A request for it from another address is a
  conflict: it is kept apart and disturbs nothing until `move` says that this is the phone.
- One NOTIFY with a URL under way for a phone: a new request or a new offer replaces it.
- Beside it one that asks the phone to reboot, when the technician asked for it. A new request
  ends it: the phone has booted.
- Whatever is wrong with a datagram is an `Ignored` event, never an exception.
"""

from __future__ import annotations

import heapq
from collections import OrderedDict, deque
from collections.abc import Callable
from enum import Enum, auto
from itertools import count
from math import inf

from pnp_gui.pnp import answer
from pnp_gui.pnp.ask import BRANCH, MAGIC_COOKIE, Address, Ask, Transaction, read_ask, shown_once
from pnp_gui.pnp.events import (
    Answered,
    Event,
    Heard,
    Ignored,
    Message,
    Moved,
    NoAnswer,
    Offered,
    Outgoing,
    RebootAnswered,
    RebootAsked,
)
from pnp_gui.pnp.makes import reboot_event
from pnp_gui.pnp.message import Malformed, Response, parse
from pnp_gui.pnp.rivals import Rivals
from pnp_gui.pnp.transaction import LIFETIME, T1, T4, Ended, Notify, Subscription

_new = tuple.__new__
"""Makes a NamedTuple in half the time of calling its class; seven for each served phone."""

MAX_SILENT = 20_000
"""Phones remembered that got no answer yet; of more, those that asked longest ago are forgotten.
A phone that was answered is never pushed out by them."""
MAX_ANSWERED = 20_000
"""Requests whose 200 is sent again when they come again; of more, the oldest are forgotten."""
MAX_ENDED = 20_000
"""NOTIFYs whose late answers are taken in; of more, the oldest are forgotten."""


class Sent(Enum):
    """What an offer did."""

    NOT_HEARD = auto()
    """The phone has not asked in this run."""
    NOT_APPROVED = auto()
    """`url_for` gave no URL."""
    OK_AND_NOTIFY = auto()
    """Inside the phone's own request: 200 and NOTIFY."""
    NOTIFY_ALONE = auto()
    """The request was answered before or is over; some phones take it, some answer 481.
    Of a reboot: it was asked for."""
    UNDER_WAY = auto()
    """Of a reboot: it was asked for already, the answer is waited for, and nothing was sent."""
    NO_URL = auto()
    """Approved, but its URL cannot be filled in: the bench says so, `url_for` just gives none."""


class Responder:
    """Answers the phones that `url_for` gives a URL for, and nobody else."""

    def __init__(self, url_for: Callable[[Ask], str | None], new_id: Callable[[], str]) -> None:
        """`new_id` gives a new unguessable token for tags and branches: letters and digits."""
        self._url_for = url_for
        self._new_id = new_id
        self._silent: OrderedDict[str, Subscription] = OrderedDict()
        self._served: dict[str, Subscription] = {}
        self._answered: OrderedDict[Transaction, Subscription] = OrderedDict()
        self._rivals = Rivals(new_id)
        self._notifies: dict[str, Notify] = {}
        self._ended: OrderedDict[str, Ended] = OrderedDict()
        """By the branch, in the order of Timer K."""
        self._reboots: dict[str, Notify] = {}
        self._first_timers: deque[Notify] = deque()
        """NOTIFYs that were sent once, in the order of their Timer E, which is that of sending."""
        self._timers: list[tuple[float, int, Notify]] = []
        """Those that were sent again, a heap by their Timer E."""
        self._order = count()
        self._out: list[Outgoing] = []
        self._events: list[Event] = []

    def receive(
        self,
        data: bytes,
        source: Address,
        local: Address,
        interface: str,
        now: float,
        to: Address | None = None,
    ) -> None:
        """Take in one datagram that came from `source` on `interface`, where `local` is ours.

        `to`: where it was sent to, when the system told. It is noted and changes no answer.
        """
        message = parse(data)
        if isinstance(message, Malformed):
            self._ignore(message, source, interface, len(data), now)
        elif isinstance(message, Response):
            self._receive_response(message, data, source, local, interface, now, to)
        else:
            ask = read_ask(message, data, source, local, interface)
            if isinstance(ask, Malformed):
                self._ignore(ask, source, interface, len(data), now)
            else:
                self._events.append(
                    _new(Message, (now, ask.key, False, interface, local, source, data, to))
                )
                self._receive_ask(ask, now)

    def offer(self, key: str, now: float) -> Sent:
        """Send the phone what `url_for` gives now, as an answer to what it asked last."""
        subscription = self._served.get(key) or self._silent.get(key)
        if subscription is None:
            return Sent.NOT_HEARD
        url = self._url_for(subscription.ask)
        if url is None:
            return Sent.NOT_APPROVED
        return self._serve(subscription, url, now)

    def reboot(self, key: str, now: float) -> Sent:
        """Ask the phone to reboot, where it asked from last. Only one that would get its URL."""
        subscription = self._served.get(key) or self._silent.get(key)
        if subscription is None:
            return Sent.NOT_HEARD
        ask = subscription.ask
        if self._url_for(ask) is None:
            return Sent.NOT_APPROVED
        if key in self._reboots:
            return Sent.UNDER_WAY
        branch = MAGIC_COOKIE + self._new_id()
        event = reboot_event(ask.make, ask.model)
        datagram = Outgoing(
            answer.reboot(ask, self._new_id(), self._new_id(), branch, event),
            ask.source,
            ask.interface,
            ask.local,
        )
        notify = Notify(key, branch, "", datagram, now + LIFETIME, now + T1, reboot=True)
        self._reboots[key] = notify
        self._begin(notify, now)
        self._events.append(RebootAsked(key, now, event, ask.interface, ask.source[0]))
        return Sent.NOTIFY_ALONE

    def withdraw(self, key: str, now: float) -> None:
        """Send the phone nothing more of what is under way; `url_for` keeps the rest silent."""
        for notify in self._under_way(key):
            self._stop(notify, now)

    def move(self, key: str, now: float) -> bool:
        """The phone is where it asked from in conflict, if it did; what is under way to its address
        ends. Nothing is sent by that. The address it had is then the one in conflict."""
        rival = self._rivals.get(key)
        if rival is None:
            return False
        self.withdraw(key, now)
        known = self._served if key in self._served else self._silent
        self._rivals[key] = known[key]
        known[key] = rival
        self._events.append(Moved(rival.ask, now, rival.ends - LIFETIME))
        return True

    def forget(self, key: str, now: float) -> None:
        """Know nothing of the phone any more. What it asks next, or sends again, is a first
        request."""
        del now
        for notify in self._under_way(key):
            self._end(notify)
        self._rivals.pop(key, None)
        subscription = self._served.pop(key, None) or self._silent.pop(key, None)
        if subscription:
            self._answered.pop(subscription.ask.transaction, None)

    def datagrams(self) -> list[Outgoing]:
        """Take what is to be sent, in order."""
        out, self._out = self._out, []
        return out

    def events(self) -> list[Event]:
        """Take what happened, in order."""
        events, self._events = self._events, []
        return events

    def deadline(self) -> float | None:
        """When `expire` is to be called at the latest, or None."""
        self._drop_ended()
        times = [self._timers[0][0]] if self._timers else []
        if self._first_timers:
            times.append(self._first_timers[0].due)
        if self._answered:
            times.append(next(iter(self._answered.values())).answered_until)
        if self._ended and not times:
            # Nobody is woken for these alone while anything else will do it, and then but once.
            times.append(next(reversed(self._ended.values())).until)
        return min(times, default=None)

    def expire(self, now: float) -> None:
        """Do what is due: send again, give up, forget."""
        while (notify := self._take_due(now)) is not None:
            self._notify_due(notify, now)
        while self._answered:
            first = next(iter(self._answered.values()))
            if first.answered_until > now:
                break
            del self._answered[first.ask.transaction]
        while self._ended and next(iter(self._ended.values())).until <= now:
            self._ended.popitem(last=False)

    def _take_due(self, now: float) -> Notify | None:
        """The next NOTIFY whose Timer E is over."""
        self._drop_ended()
        again = self._timers[0][0] if self._timers else inf
        if self._first_timers and self._first_timers[0].due <= min(now, again):
            return self._first_timers.popleft()
        return heapq.heappop(self._timers)[2] if again <= now else None

    def _drop_ended(self) -> None:
        while self._first_timers and self._first_timers[0].ended:
            self._first_timers.popleft()
        while self._timers and self._timers[0][2].ended:
            heapq.heappop(self._timers)

    def _receive_ask(self, ask: Ask, now: float) -> None:
        key = ask.key
        known = self._served.get(key) or self._silent.get(key)
        if known is not None and known.ask.source[0] != ask.source[0]:
            self._events.append(self._rivals.hear(ask, now))
            return
        answered = self._answered.get(ask.transaction)
        if answered is not None and now < answered.answered_until:
            self._events.append(_new(Heard, (ask, now, True)))
            if self._url_for(ask) is not None:
                self._send(key, _ok(answered), now)
            return
        again = known is not None and known.ask.transaction == ask.transaction and now < known.ends
        self._events.append(_new(Heard, (ask, now, again)))
        subscription = known if known and again else self._subscribe(ask, known, now)
        url = self._url_for(ask)
        if url is not None:
            self._serve(subscription, url, now)

    def _subscribe(self, ask: Ask, last: Subscription | None, now: float) -> Subscription:
        """A new request: it takes the place of what the phone asked before."""
        subscription = Subscription(ask, now + LIFETIME, self._new_id())
        if ask.key in self._reboots:
            self._stop(self._reboots[ask.key], now)
        if last and last.notify:
            self._stop(last.notify, now)
        if ask.key in self._served:
            self._served[ask.key] = subscription
            return subscription
        self._silent.pop(ask.key, None)
        self._silent[ask.key] = subscription
        if len(self._silent) > MAX_SILENT:
            forgotten, _ = self._silent.popitem(last=False)
            self._rivals.pop(forgotten, None)
        return subscription

    def _serve(self, subscription: Subscription, url: str, now: float) -> Sent:
        ask = subscription.ask
        key = ask.key
        if self._silent.pop(key, None):
            self._served[key] = subscription
        with_ok = not subscription.answered_until and now < subscription.ends
        if with_ok:
            subscription.answered_until = now + LIFETIME
            # Out and in again, so that the order is that of the times also for a request that
            # comes again after its 32 s and before the timer.
            self._answered.pop(ask.transaction, None)
            self._answered[ask.transaction] = subscription
            if len(self._answered) > MAX_ANSWERED:
                self._answered.popitem(last=False)
            self._send(key, _ok(subscription), now)
        if subscription.notify:
            self._stop(subscription.notify, now)
        subscription.cseq += 1
        branch = MAGIC_COOKIE + self._new_id()
        data = answer.notify(ask, subscription.tag, subscription.cseq, branch, url)
        datagram = _new(Outgoing, (data, ask.source, ask.interface, ask.local))
        notify = Notify(key, branch, url, datagram, now + LIFETIME, now + T1)
        subscription.notify = notify
        self._begin(notify, now)
        self._events.append(_new(Offered, (key, now, url, with_ok, ask.interface, ask.source[0])))
        return Sent.OK_AND_NOTIFY if with_ok else Sent.NOTIFY_ALONE

    def _begin(self, notify: Notify, now: float) -> None:
        self._notifies[notify.branch] = notify
        self._first_timers.append(notify)
        self._send(notify.key, notify.datagram, now)

    def _receive_response(
        self,
        response: Response,
        data: bytes,
        source: Address,
        local: Address,
        interface: str,
        now: float,
        to: Address | None,
    ) -> None:
        """Match by our branch (RFC 3261 section 17.1.3); the phone may answer from another port."""
        vias = response.headers.get("via")
        branch = BRANCH.search(vias[0]) if vias else None
        notify = self._notifies.get(branch[1]) if branch else None
        if notify is None or notify.datagram.remote[0] != source[0]:
            ended = self._ended.get(branch[1]) if branch else None
            if ended and ended.host == source[0]:
                # It answers each copy of the NOTIFY, or one that was replaced meanwhile.
                told = Message(now, ended.key, False, interface, local, source, data, to)
                self._events.append(told)
                return
            why = Malformed(f"a {response.status} response to nothing that is under way", 0)
            self._ignore(why, source, interface, len(data), now)
            return
        self._events.append(
            _new(Message, (now, notify.key, False, interface, local, source, data, to))
        )
        if response.status < 200:
            notify.proceed()
            return
        self._stop(notify, now)
        status, reason = response.status, shown_once(response.reason)
        if notify.reboot:
            self._events.append(RebootAnswered(notify.key, now, status, reason))
        else:
            self._events.append(Answered(notify.key, now, status, reason, notify.url))

    def _notify_due(self, notify: Notify, now: float) -> None:
        if now >= notify.ends:
            self._end(notify)
            self._events.append(
                RebootAnswered(notify.key, now, 0, "")
                if notify.reboot
                else NoAnswer(notify.key, now, notify.url)
            )
            return
        self._send(notify.key, notify.datagram, now)
        notify.sent_again(now)
        heapq.heappush(self._timers, (notify.due, next(self._order), notify))

    def _under_way(self, key: str) -> list[Notify]:
        subscription = self._served.get(key)
        each = (self._reboots.get(key), subscription.notify if subscription else None)
        return [notify for notify in each if notify]

    def _stop(self, notify: Notify, now: float) -> None:
        """It was answered or is not wanted any more; answers to it may still come."""
        self._end(notify)
        ended = _new(Ended, (notify.key, notify.datagram.remote[0], now + T4))
        self._ended[notify.branch] = ended
        if len(self._ended) > MAX_ENDED:
            self._ended.popitem(last=False)

    def _end(self, notify: Notify) -> None:
        notify.ended = True
        del self._notifies[notify.branch]
        if notify.reboot:
            del self._reboots[notify.key]
        else:
            self._served[notify.key].notify = None

    def _send(self, key: str, datagram: Outgoing, now: float) -> None:
        self._out.append(datagram)
        data, remote, interface, local = datagram
        self._events.append(_new(Message, (now, key, True, interface, local, remote, data, None)))

    def _ignore(
        self, why: Malformed, source: Address, interface: str, size: int, now: float
    ) -> None:
        self._events.append(Ignored(now, source, interface, why.reason, why.offset, size))


def _ok(subscription: Subscription) -> Outgoing:
    """The 200 to its SUBSCRIBE; made anew, the same to the byte, when it is sent again."""
    ask = subscription.ask
    data = answer.ok(ask, subscription.tag)
    return _new(Outgoing, (data, ask.source, ask.interface, ask.local))
