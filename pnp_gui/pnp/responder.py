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

from collections.abc import Callable

from pnp_gui.pnp import builder
from pnp_gui.pnp.conflicting import MAX_CONFLICTING, ConflictingRequests
from pnp_gui.pnp.datagram import Datagram
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
from pnp_gui.pnp.outbox import Outbox
from pnp_gui.pnp.parser import Malformed, Response, parse
from pnp_gui.pnp.pending import PendingRequests
from pnp_gui.pnp.send_result import SendResult
from pnp_gui.pnp.subscribe import (
    BRANCH,
    MAGIC_COOKIE,
    SubscribeRequest,
    read_subscribe,
    shown_once,
)
from pnp_gui.pnp.transactions import (
    LIFETIME,
    T1,
    AnsweredRequests,
    NotifyTransaction,
    NotifyTransactions,
    Subscription,
    reboot_notify,
)


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
        self._answered = AnsweredRequests()
        self._conflicting = ConflictingRequests(new_id)
        self._pending = PendingRequests(self._conflicting.drop)
        self._notifies = NotifyTransactions()
        self._reboots: dict[str, NotifyTransaction] = {}
        self._outbox = Outbox()
        self._requests = Pace(MAX_REQUESTS, 1.0)
        self._new_phones = Pace(MAX_NEW, HOUR)
        self._credit = Credit()

    def receive(self, datagram: Datagram) -> None:
        """Take in one datagram."""
        message = parse(datagram.data)
        if isinstance(message, Response):
            self._receive_response(message, datagram)
            return
        request = message if isinstance(message, Malformed) else read_subscribe(message, datagram)
        if isinstance(request, SubscribeRequest):
            self._receive_subscribe(request, datagram)
        else:
            self._outbox.ignored(request, datagram)

    def offer(self, key: str, now: float) -> SendResult:
        """Send the phone what `url_for` gives now, as an answer to what it asked last."""
        subscription = self._served.get(key) or self._pending.get(key)
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
        subscription = self._served.get(key) or self._pending.get(key)
        if subscription is None:
            return SendResult.NOT_HEARD
        request = subscription.request
        if self._url_for(request) is None:
            return SendResult.NOT_APPROVED
        if key in self._reboots:
            return SendResult.UNDER_WAY
        notify, event = reboot_notify(request, self._new_id, now)
        self._reboots[key] = notify
        self._start(notify, now)
        self._outbox.emit(RebootAsked(key, now, event, request.interface, request.source[0]))
        return SendResult.NOTIFY_ALONE

    def withdraw(self, key: str, now: float) -> None:
        """Send the phone nothing more of what is under way; `url_for` keeps the rest silent."""
        for notify in self._under_way(key):
            self._stop(notify, now)

    def move(self, key: str, now: float) -> bool:
        """The phone is where it asked from in conflict, if it did; what is under way to its address
        ends. Nothing is sent by that. The address it had is then the one in conflict."""
        other = self._conflicting.get(key)
        if other is None:
            return False
        self.withdraw(key, now)
        if key in self._served:
            self._conflicting[key], self._served[key] = self._served[key], other
        else:
            self._conflicting[key] = self._pending.replace(other)
        self._outbox.emit(Moved(other.request, now, other.ends - LIFETIME))
        return True

    def forget(self, key: str, now: float) -> None:
        """Know nothing of the phone any more. What it asks next, or sends again, is a first
        request."""
        del now
        for notify in self._under_way(key):
            self._end(notify)
        self._conflicting.drop(key)
        subscription = self._served.pop(key, None) or self._pending.pop(key)
        if subscription:
            self._answered.drop(subscription)

    def datagrams(self) -> list[Outgoing]:
        """Take what is to be sent, in order."""
        return self._outbox.datagrams()

    def events(self) -> list[Event]:
        """Take what happened, in order."""
        return self._outbox.events()

    def deadline(self) -> float | None:
        """When `expire` is to be called at the latest, or None."""
        times = [due] if (due := self._notifies.due()) is not None else []
        if (over := self._answered.due()) is not None:
            times.append(over)
        if self._notifies.ended and not times:
            # Nobody is woken for these alone while anything else will do it, and then but once.
            times.append(next(reversed(self._notifies.ended.values())).until)
        return min(times, default=None)

    def expire(self, now: float) -> None:
        """Do what is due: send again, give up, forget."""
        while (notify := self._notifies.take_due(now)) is not None:
            self._notify_due(notify, now)
        self._answered.forget_over(now)
        self._notifies.forget_ended(now)

    def _receive_subscribe(self, request: SubscribeRequest, datagram: Datagram) -> None:
        came, now = datagram.at, datagram.at + datagram.waited
        known = self._served.get(request.key) or self._pending.get(request.key)
        source = request.source[0]
        conflicting = known is not None and known.request.source[0] != source
        url = None if conflicting else self._url_for(request)
        if url is None and not self._requests.take(source, came):
            self._outbox.limited(Limit.REQUESTS, source, MAX_REQUESTS, now, each=True)
            return
        if conflicting:
            self._receive_conflicting(request, datagram)
            return
        answered = self._answered.get(request.transaction, came)
        if answered is not None:
            self._repeat_ok(answered, datagram, now, approved=url is not None)
        else:
            self._receive_new(request, known, url, datagram, now)

    def _receive_conflicting(self, request: SubscribeRequest, datagram: Datagram) -> None:
        self._outbox.received(request.key, datagram)
        self._outbox.emit(self._conflicting.hear(request, datagram))
        if self._conflicting.drop_oldest(MAX_CONFLICTING):
            self._outbox.limited(Limit.CONFLICTING, "", MAX_CONFLICTING, datagram.at)

    def _repeat_ok(
        self, answered: Subscription, datagram: Datagram, now: float, *, approved: bool
    ) -> None:
        """A retransmission of what has its 200: it gets the same again, and no second NOTIFY."""
        request = answered.request
        if answered.repeats >= MAX_REPEATS:
            self._outbox.limited(Limit.REPEATS, request.source[0], MAX_REPEATS, now, each=True)
            return
        self._outbox.subscribe_received(request, datagram, again=True)
        if approved:
            answered.repeats += 1
            self._outbox.send(request.key, answered.ok(), now)

    def _receive_new(
        self,
        request: SubscribeRequest,
        known: Subscription | None,
        url: str | None,
        datagram: Datagram,
        now: float,
    ) -> None:
        """What has no 200 yet: a request that is new, or one that is waiting, sent again."""
        source, came = request.source[0], datagram.at
        again = (
            known is not None
            and known.request.transaction == request.transaction
            and came < known.ends
        )
        may_hold = url is not None and known and known.notify and not again
        if known and may_hold and not self._credit.has_room(source, now):
            self._outbox.subscribe_received(
                request, datagram, again=request.key not in self._reboots
            )
            self._hold(request, known, datagram, now)
            return
        self._outbox.subscribe_received(request, datagram, again=again)
        if known is None or not again:
            new = url is None and known is None
            if new and not (self._has_room(request.key) and self._new_phones.take(source, came)):
                return  # Whoever keeps the rows refuses it too, and says so.
            known = self._replace(known, self._subscription(request, datagram), now)
        if url is not None:
            self._serve(known, url, now)

    def _hold(
        self, request: SubscribeRequest, known: Subscription, datagram: Datagram, now: float
    ) -> None:
        """It has its turn when there is credit. Until then what is under way goes on: it would be
        lost for nothing, and with forged requests in its name the phone sent no more of its own."""
        if known.newer is None or known.newer.request.transaction != request.transaction:
            known.newer = self._subscription(request, datagram)
        if request.key in self._reboots:
            self._stop(self._reboots[request.key], now)
        self._credit.wait(request.source[0], request.key)
        self._outbox.limited(Limit.UNCONFIRMED, request.source[0], MAX_UNCONFIRMED, now)

    def _subscription(self, request: SubscribeRequest, datagram: Datagram) -> Subscription:
        ends, size = datagram.at + LIFETIME, len(datagram.data)
        return Subscription(request, ends, self._new_id(), size=size)

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
        too_much = self._pending.remember(subscription)
        if too_much is not None:
            self._outbox.limited(too_much[0], "", too_much[1], now)
        return subscription

    def _serve(self, subscription: Subscription, url: str, now: float) -> SendResult:
        request = subscription.request
        key = request.key
        if not self._credit.take(request.source[0], key, now):
            self._outbox.limited(Limit.UNCONFIRMED, request.source[0], MAX_UNCONFIRMED, now)
            return SendResult.HELD_BACK
        if self._served.get(key) is not subscription:
            self._pending.pop(key)
            self._served[key] = subscription
        with_ok = not subscription.answered_until and now < subscription.ends
        if with_ok:
            if self._answered.add(subscription, now):
                self._outbox.limited(Limit.ANSWERED, "", self._answered.most, now)
            self._outbox.send(key, subscription.ok(), now)
        if subscription.notify:
            self._stop(subscription.notify, now)
        subscription.cseq += 1
        branch = MAGIC_COOKIE + self._new_id()
        data = builder.notify(request, subscription.tag, subscription.cseq, branch, url)
        datagram = Outgoing(data, request.source, request.interface, request.local)
        notify = NotifyTransaction(key, branch, url, datagram, now + LIFETIME, now + T1)
        subscription.notify = notify
        self._start(notify, now)
        self._outbox.emit(Offered(key, now, url, with_ok, request.interface, request.source[0]))
        return SendResult.OK_AND_NOTIFY if with_ok else SendResult.NOTIFY_ALONE

    def _start(self, notify: NotifyTransaction, now: float) -> None:
        self._notifies.start(notify)
        self._outbox.send(notify.key, notify.datagram, now)

    def _receive_response(self, response: Response, datagram: Datagram) -> None:
        """Match by our branch (RFC 3261 section 17.1.3); the phone may answer from another port."""
        vias = response.headers.get("via")
        found = BRANCH.search(vias[0]) if vias else None
        branch = found[1] if found else ""
        source, came = datagram.source[0], datagram.at
        now = came + datagram.waited
        notify = self._notifies.get(branch)
        if notify is None or notify.datagram.remote[0] != source:
            self._receive_late_response(response, branch, datagram)
            return
        self._outbox.received(notify.key, datagram)
        if response.status < 200:
            notify.proceed()
            return
        self._stop(notify, now, answered=True)
        status, reason = response.status, shown_once(response.reason)
        if notify.reboot:
            self._outbox.emit(RebootAnswered(notify.key, came, status, reason))
        else:
            self._outbox.emit(Answered(notify.key, came, status, reason, notify.url))
            self._confirmed(source, now)

    def _receive_late_response(self, response: Response, branch: str, datagram: Datagram) -> None:
        """A phone answers each copy of a NOTIFY, and one that was replaced meanwhile."""
        ended = self._notifies.ended.get(branch)
        if ended is None or ended.host != datagram.source[0]:
            why = Malformed(f"a {response.status} response to nothing that is under way", 0)
            self._outbox.ignored(why, datagram)
            return
        self._outbox.received(ended.key, datagram)
        if ended.owed and response.status >= 200:
            self._notifies.ended[branch] = ended._replace(owed=False)
            self._confirmed(ended.host, datagram.at + datagram.waited)

    def _notify_due(self, notify: NotifyTransaction, now: float) -> None:
        if now >= notify.ends:
            self._end(notify)
            self._outbox.emit(
                RebootAnswered(notify.key, now, 0, "")
                if notify.reboot
                else NoAnswer(notify.key, now, notify.url)
            )
            self._serve_waiting(notify.datagram.remote[0], now)
            return
        self._outbox.send(notify.key, notify.datagram, now)
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
