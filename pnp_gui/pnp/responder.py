"""The whole exchange with every phone, as a machine of five verbs.

`receive` a datagram · `offer`, `reboot`, `withdraw`, `move`, `forget` as decided · take the
`datagrams` to send · `deadline` and `expire` for the timers · take the `events`. The time is always
an argument.

Rules (RFC 3261, 3581, 6665, and what a bench beside a live network needs):
- Nothing is sent unless `url_for` gives a URL for that very request: not a 200, not an error.
- Answers go to the datagram's source, never to a host that only the message names.
- A phone has one address, the one it asked from first. A request for it from another address is a
  conflict: it is kept apart and disturbs nothing until `move` says that this is the phone.
- One NOTIFY with a URL under way for a phone: a new request or a new offer replaces it, unless
  nothing more may be sent to its source for the moment.
- Beside it one that asks the phone to reboot, when the technician asked for it. A new request
  ends it: the phone has booted.
- One source gets and costs only so much (limits.py): what is too much is dropped, or waits.
- Whatever is wrong with a datagram is an `Ignored` event, never an exception.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable

from pnp_gui.pnp import builder as answer
from pnp_gui.pnp.events import (
    Answered,
    Event,
    Moved,
    NoAnswer,
    Offered,
    Outgoing,
    RebootAnswered,
    RebootAsked,
)
from pnp_gui.pnp.limits import (
    HOUR,
    MAX_NEW,
    MAX_REPEATS,
    MAX_REQUESTS,
    MAX_UNCONFIRMED,
    Credit,
    Limit,
    Pace,
)
from pnp_gui.pnp.notifies import NotifyTransactions
from pnp_gui.pnp.outbox import Outbox
from pnp_gui.pnp.parser import Malformed, Response, parse
from pnp_gui.pnp.pending import PendingRequests
from pnp_gui.pnp.reboot import reboot_notify
from pnp_gui.pnp.rivals import MAX_RIVALS, ConflictingRequests
from pnp_gui.pnp.send_result import SendResult
from pnp_gui.pnp.subscribe import (
    BRANCH,
    MAGIC_COOKIE,
    Address,
    SubscribeRequest,
    Transaction,
    read_subscribe,
    shown_once,
)
from pnp_gui.pnp.transactions import LIFETIME, T1, NotifyTransaction, Subscription

_new = tuple.__new__
"""Makes a NamedTuple in half the time of calling its class."""

MAX_ANSWERED = 20_000
"""Requests whose 200 is sent again when they come again; of more, the oldest are forgotten."""


class Responder:
    """Answers the phones that `url_for` gives a URL for, and nobody else."""

    def __init__(
        self,
        url_for: Callable[[SubscribeRequest], str | None],
        new_id: Callable[[], str],
        has_room: Callable[[str], bool] = lambda key: True,
    ) -> None:
        """`new_id` gives a new unguessable token for tags and branches: letters and digits.

        `has_room`: whether a phone that was not heard yet has a row, or would get one. Where it has
        none, nobody can approve it, and what it asks is not kept at the cost of those who have one.
        """
        self._has_room = has_room
        self._url_for = url_for
        self._new_id = new_id
        self._served: dict[str, Subscription] = {}
        self._answered: OrderedDict[Transaction, Subscription] = OrderedDict()
        self._rivals = ConflictingRequests(new_id)
        self._silent = PendingRequests(self._rivals.drop)
        self._notifies = NotifyTransactions()
        self._reboots: dict[str, NotifyTransaction] = {}
        self._telling = Outbox()
        self._requests = Pace(MAX_REQUESTS, 1.0)
        self._new_phones = Pace(MAX_NEW, HOUR)
        self._credit = Credit()

    def receive(
        self,
        data: bytes,
        source: Address,
        local: Address,
        interface: str,
        now: float,
        to: Address | None = None,
        age: float = 0.0,
    ) -> None:
        """Take in one datagram that came from `source` on `interface`, where `local` is ours.

        `to`: where it was sent to, when the system told. It is noted and changes no answer.
        `age`: seconds that it waited before `now`.
        """
        came = now - age
        message = parse(data)
        if isinstance(message, Response):
            self._receive_response(message, data, source, local, interface, came, now, to)
            return
        request: SubscribeRequest | Malformed
        if isinstance(message, Malformed):
            request = message
        else:
            request = read_subscribe(message, data, source, local, interface)
        if isinstance(request, Malformed):
            self._telling.ignored(request, source, interface, len(data), came)
        else:
            self._receive_ask(request, data, to, came, now)

    def offer(self, key: str, now: float) -> SendResult:
        """Send the phone what `url_for` gives now, as an answer to what it asked last."""
        subscription = self._served.get(key) or self._silent.get(key)
        if subscription is None:
            return SendResult.NOT_HEARD
        newer = subscription.newer
        url = self._url_for(newer.request if newer else subscription.request)
        if url is None:
            return SendResult.NOT_APPROVED
        if newer and self._credit.has_room(newer.request.source[0], now):
            subscription = self._replace(subscription, newer, now)
        return self._serve(subscription, url, now)

    def reboot(self, key: str, now: float) -> SendResult:
        """Ask the phone to reboot, where it asked from last. Only one that would get its URL."""
        subscription = self._served.get(key) or self._silent.get(key)
        if subscription is None:
            return SendResult.NOT_HEARD
        request = subscription.request
        if self._url_for(request) is None:
            return SendResult.NOT_APPROVED
        if key in self._reboots:
            return SendResult.UNDER_WAY
        notify, event = reboot_notify(request, self._new_id, now)
        self._reboots[key] = notify
        self._begin(notify, now)
        self._telling.tell(RebootAsked(key, now, event, request.interface, request.source[0]))
        return SendResult.NOTIFY_ALONE

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
        if key in self._served:
            self._rivals[key], self._served[key] = self._served[key], rival
        else:
            self._rivals[key] = self._silent.replace(rival)
        self._telling.tell(Moved(rival.request, now, rival.ends - LIFETIME))
        return True

    def forget(self, key: str, now: float) -> None:
        """Know nothing of the phone any more. What it asks next, or sends again, is a first
        request."""
        del now
        for notify in self._under_way(key):
            self._end(notify)
        self._rivals.drop(key)
        subscription = self._served.pop(key, None) or self._silent.pop(key)
        if subscription:
            self._answered.pop(subscription.request.transaction, None)

    def datagrams(self) -> list[Outgoing]:
        """Take what is to be sent, in order."""
        return self._telling.datagrams()

    def events(self) -> list[Event]:
        """Take what happened, in order."""
        return self._telling.events()

    def deadline(self) -> float | None:
        """When `expire` is to be called at the latest, or None."""
        times = [due] if (due := self._notifies.due()) is not None else []
        if self._answered:
            times.append(next(iter(self._answered.values())).answered_until)
        if self._notifies.ended and not times:
            # Nobody is woken for these alone while anything else will do it, and then but once.
            times.append(next(reversed(self._notifies.ended.values())).until)
        return min(times, default=None)

    def expire(self, now: float) -> None:
        """Do what is due: send again, give up, forget."""
        while (notify := self._notifies.take_due(now)) is not None:
            self._notify_due(notify, now)
        while self._answered:
            first = next(iter(self._answered.values()))
            if first.answered_until > now:
                break
            del self._answered[first.request.transaction]
        self._notifies.forget_ended(now)

    def _receive_ask(
        self, request: SubscribeRequest, data: bytes, to: Address | None, came: float, now: float
    ) -> None:
        key = request.key
        known = self._served.get(key) or self._silent.get(key)
        source = request.source[0]
        rival = known is not None and known.request.source[0] != source
        url = None if rival else self._url_for(request)
        if url is None and not self._requests.take(source, came):
            self._telling.limited(Limit.REQUESTS, source, MAX_REQUESTS, now, each=True)
            return
        if rival:
            self._receive_rival(request, data, to, came)
            return
        answered = self._answered.get(request.transaction)
        if answered is not None and came < answered.answered_until:
            if answered.repeats >= MAX_REPEATS:
                self._telling.limited(Limit.REPEATS, source, MAX_REPEATS, now, each=True)
                return
            self._telling.heard(request, data, to, came, again=True)
            if url is not None:
                answered.repeats += 1
                self._telling.send(key, answered.ok(), now)
            return
        again = (
            known is not None
            and known.request.transaction == request.transaction
            and came < known.ends
        )
        may_hold = url is not None and known and known.notify and not again
        if known and may_hold and not self._credit.has_room(source, now):
            self._telling.heard(request, data, to, came, again=key not in self._reboots)
            self._hold(request, known, came + LIFETIME, len(data), now)
            return
        self._telling.heard(request, data, to, came, again=again)
        if known is None or not again:
            new = url is None and known is None
            if new and not (self._has_room(key) and self._new_phones.take(source, came)):
                return  # The row is refused likewise, and told of, by whoever keeps the rows.
            newer = Subscription(request, came + LIFETIME, self._new_id(), size=len(data))
            known = self._replace(known, newer, now)
        if url is not None:
            self._serve(known, url, now)

    def _receive_rival(
        self, request: SubscribeRequest, data: bytes, to: Address | None, now: float
    ) -> None:
        self._telling.asked(request, data, to, now)
        self._telling.tell(self._rivals.hear(request, len(data), now))
        if self._rivals.drop_oldest(MAX_RIVALS):
            self._telling.limited(Limit.RIVALS, "", MAX_RIVALS, now)

    def _hold(
        self, request: SubscribeRequest, known: Subscription, ends: float, size: int, now: float
    ) -> None:
        """It has its turn when there is credit. Until then what is under way goes on: it would be
        lost for nothing, and with forged requests in its name the phone sent no more of its own."""
        if known.newer is None or known.newer.request.transaction != request.transaction:
            known.newer = Subscription(request, ends, self._new_id(), size=size)
        if request.key in self._reboots:
            self._stop(self._reboots[request.key], now)
        self._credit.wait(request.source[0], request.key)
        self._telling.limited(Limit.UNCONFIRMED, request.source[0], MAX_UNCONFIRMED, now)

    def _replace(
        self, last: Subscription | None, subscription: Subscription, now: float
    ) -> Subscription:
        """A new request takes the place of what the phone asked before."""
        request = subscription.request
        if request.key in self._reboots:
            self._stop(self._reboots[request.key], now)
        if last and last.notify:
            self._stop(last.notify, now)
        if request.key in self._served:
            self._served[request.key] = subscription
            return subscription
        too_much = self._silent.remember(subscription)
        if too_much is not None:
            self._telling.limited(too_much[0], "", too_much[1], now)
        return subscription

    def _serve(self, subscription: Subscription, url: str, now: float) -> SendResult:
        request = subscription.request
        key = request.key
        if not self._credit.take(request.source[0], key, now):
            self._telling.limited(Limit.UNCONFIRMED, request.source[0], MAX_UNCONFIRMED, now)
            return SendResult.HELD_BACK
        if self._served.get(key) is not subscription:
            self._silent.pop(key)
            self._served[key] = subscription
        with_ok = not subscription.answered_until and now < subscription.ends
        if with_ok:
            subscription.answered_until = now + LIFETIME
            # Out and in again, so that the order is that of the times also for a request that
            # comes again after its 32 s and before the timer.
            self._answered.pop(request.transaction, None)
            self._answered[request.transaction] = subscription
            if len(self._answered) > MAX_ANSWERED:
                self._answered.popitem(last=False)
                self._telling.limited(Limit.ANSWERED, "", MAX_ANSWERED, now)
            self._telling.send(key, subscription.ok(), now)
        if subscription.notify:
            self._stop(subscription.notify, now)
        subscription.cseq += 1
        branch = MAGIC_COOKIE + self._new_id()
        data = answer.notify(request, subscription.tag, subscription.cseq, branch, url)
        datagram = _new(Outgoing, (data, request.source, request.interface, request.local))
        notify = NotifyTransaction(key, branch, url, datagram, now + LIFETIME, now + T1)
        subscription.notify = notify
        self._begin(notify, now)
        self._telling.tell(
            _new(Offered, (key, now, url, with_ok, request.interface, request.source[0]))
        )
        return SendResult.OK_AND_NOTIFY if with_ok else SendResult.NOTIFY_ALONE

    def _begin(self, notify: NotifyTransaction, now: float) -> None:
        self._notifies.begin(notify)
        self._telling.send(notify.key, notify.datagram, now)

    def _receive_response(
        self,
        response: Response,
        data: bytes,
        source: Address,
        local: Address,
        interface: str,
        came: float,
        now: float,
        to: Address | None,
    ) -> None:
        """Match by our branch (RFC 3261 section 17.1.3); the phone may answer from another port."""
        vias = response.headers.get("via")
        found = BRANCH.search(vias[0]) if vias else None
        branch = found[1] if found else ""
        notify = self._notifies.get(branch)
        if notify is None or notify.datagram.remote[0] != source[0]:
            ended = self._notifies.ended.get(branch)
            if ended and ended.host == source[0]:
                # It answers each copy of the NOTIFY, or one that was replaced meanwhile.
                self._telling.came(ended.key, data, source, local, interface, came, to)
                if ended.owed and response.status >= 200:
                    self._notifies.ended[branch] = ended._replace(owed=False)
                    self._confirmed(source[0], now)
                return
            why = Malformed(f"a {response.status} response to nothing that is under way", 0)
            self._telling.ignored(why, source, interface, len(data), came)
            return
        self._telling.came(notify.key, data, source, local, interface, came, to)
        if response.status < 200:
            notify.proceed()
            return
        self._stop(notify, now, answered=True)
        status, reason = response.status, shown_once(response.reason)
        if notify.reboot:
            self._telling.tell(RebootAnswered(notify.key, came, status, reason))
        else:
            self._telling.tell(Answered(notify.key, came, status, reason, notify.url))
            self._confirmed(source[0], now)

    def _notify_due(self, notify: NotifyTransaction, now: float) -> None:
        if now >= notify.ends:
            self._end(notify)
            self._telling.tell(
                RebootAnswered(notify.key, now, 0, "")
                if notify.reboot
                else NoAnswer(notify.key, now, notify.url)
            )
            self._serve_waiting(notify.datagram.remote[0], now)
            return
        self._telling.send(notify.key, notify.datagram, now)
        self._notifies.repeat(notify, now)

    def _under_way(self, key: str) -> list[NotifyTransaction]:
        subscription = self._served.get(key)
        each = (self._reboots.get(key), subscription.notify if subscription else None)
        return [notify for notify in each if notify]

    def _stop(self, notify: NotifyTransaction, now: float, *, answered: bool = False) -> None:
        self._notifies.stop(notify, now, answered=answered)
        self._detach(notify)

    def _end(self, notify: NotifyTransaction) -> None:
        self._notifies.end(notify)
        self._detach(notify)

    def _detach(self, notify: NotifyTransaction) -> None:
        if notify.reboot:
            del self._reboots[notify.key]
        else:
            self._served[notify.key].notify = None

    def _confirmed(self, source: str, now: float) -> None:
        self._credit.confirm(source)
        if self._credit.waiting:
            self._serve_waiting(source, now)

    def _serve_waiting(self, source: str, now: float) -> None:
        """Those at this source whose turn has come."""
        while (key := self._credit.next(source, now)) is not None:
            self.offer(key, now)
