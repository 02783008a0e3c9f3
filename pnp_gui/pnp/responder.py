"""The whole exchange with every phone, as a state machine.

`receive` a datagram · `offer`, `reboot`, `withdraw`, `move`, `forget` as decided · `rename` a phone
whose MAC is found out · take the `datagrams` to send, say what could not be `sent` · `deadline` and
`expire` for the timers · take the `events`. The time is always an argument.

Rules (RFC 3261, 3581, 6665, and what a bench beside a live network needs):
- Nothing is sent unless `url_for` gives a URL for that very request: not a 200, not an error.
- Answers go to the datagram's source address, never to a host that only the message names: the 200
  at the Via's port, or with rport at the source's; the NOTIFY at the Contact's port and at the
  source's in turn (`SubscribeRequest.answer_to`, `notify_to`).
- Nothing goes to a phone that does not accept a URL, or to one within a dialog of somebody else.
- A phone has one address, the one it asked from first. A request for it from another address is a
  conflict: it is kept apart and changes nothing until `move` says that this is the phone.
- One NOTIFY with a URL is under way for a phone: a new request or a new offer replaces it, unless
  nothing more may be sent to its source for the moment.
- Beside it, one that asks the phone to reboot, if the technician asked for it. A new request ends
  it: the phone has booted.
- A phone that took its URL and asks again at once, over and over, is answered at a pace; so is
  one that asks again within our dialog, whatever it answered.
- One source gets and costs only so much (limits.py): what exceeds a limit is dropped, or waits.
- Whatever is wrong with a datagram is an `Ignored` event, never an exception.
"""

from __future__ import annotations

from collections.abc import Callable

from pnp_gui.pnp.conflicting import MAX_CONFLICTING, ConflictingRequests
from pnp_gui.pnp.datagram import Datagram
from pnp_gui.pnp.events import Event, Moved, Offered, Outgoing, tuple_new
from pnp_gui.pnp.limits import (
    MAX_RENEWALS,
    MAX_REPEATS,
    MAX_REQUESTS,
    MAX_UNCONFIRMED,
    RENEWAL_SECONDS,
    Credit,
    Limit,
    Pace,
)
from pnp_gui.pnp.message import Malformed, Response
from pnp_gui.pnp.notifier import Notifier
from pnp_gui.pnp.outbox import Outbox
from pnp_gui.pnp.parser import line_at, parse
from pnp_gui.pnp.pending import PendingRequests
from pnp_gui.pnp.send_result import SendResult
from pnp_gui.pnp.sip_values import LIFETIME
from pnp_gui.pnp.subscribe import SubscribeRequest, read_subscribe
from pnp_gui.pnp.transactions import MAX_ANSWERED, AnsweredRequests, Subscription
from pnp_gui.texts import Text


class Responder:
    """Answers the phones that `url_for` gives a URL for, and nobody else."""

    def __init__(
        self,
        url_for: Callable[[SubscribeRequest], str | None],
        new_id: Callable[[], str],
        has_room: Callable[[str, str, float], bool] = lambda key, address, now: True,
        resolve_mac: Callable[[str, str], str] = lambda interface, address: "",
    ) -> None:
        """`new_id` gives a new unguessable token for tags and branches: letters and digits.

        `has_room(key, address, now)`: whether a phone that is new has, or would get, a row. Without
        one nobody can approve it, and its request is not kept at the expense of the others.

        `resolve_mac(interface, address)`: the MAC by which the network knows the address of a phone
        that sends none, else "". It may `rename` that phone first.
        """
        self._resolve_mac = resolve_mac
        self._has_room = has_room
        self._url_for = url_for
        self._new_id = new_id
        self._served: dict[str, Subscription] = {}
        """What those phones asked last that were sent a URL, by key."""
        self._answered = AnsweredRequests()
        self._conflicting = ConflictingRequests(new_id)
        self._pending = PendingRequests(self._conflicting.drop)
        self._outbox = Outbox()
        self._notifier = Notifier(self._outbox, new_id, self._notify_ended)
        self._requests = Pace(MAX_REQUESTS, 1.0)
        self._credit = Credit()
        self._renewing: dict[str, float] = {}
        """When those are answered that ask again and again, by key; in this order."""

    def receive(self, datagram: Datagram) -> None:
        """Process one datagram."""
        message = parse(datagram.data)
        if isinstance(message, Response):
            self._notifier.receive(message, datagram)
            return
        request = message if isinstance(message, Malformed) else read_subscribe(message, datagram)
        if isinstance(request, SubscribeRequest):
            if not request.mac and (mac := self._resolve_mac(request.interface, request.source[0])):
                request.take_mac(mac)
            self._receive_subscribe(request, datagram)
        else:
            self._outbox.ignored(request, datagram)

    def offer(self, key: str, now: float) -> SendResult:
        """Send the phone the URL that `url_for` gives now, in answer to its last request."""
        subscription = self._last(key)
        if subscription is None:
            return SendResult.NEVER_ASKED
        newer = subscription.newer
        request = newer.request if newer else subscription.request
        url = self._url_for(request)
        if url is None:
            return SendResult.NOT_APPROVED
        if not request.takes_url:
            return SendResult.OTHER_CONTENT
        if newer and self._credit.has_room(newer.request.source[0], now):
            self._notifier.stop(key, now)
            subscription = newer
        return self._serve(subscription, url, now)

    def reboot(self, key: str, now: float) -> SendResult:
        """Ask the phone to reboot, at the address it asked from last, if it would get a URL."""
        subscription = self._last(key)
        if subscription is None:
            return SendResult.NEVER_ASKED
        request = subscription.request
        if self._url_for(request) is None:
            return SendResult.NOT_APPROVED
        if not request.takes_url:
            return SendResult.OTHER_CONTENT
        if self._notifier.is_rebooting(key):
            return SendResult.UNDER_WAY
        self._notifier.send_reboot(request, now)
        return SendResult.NOTIFY_ALONE

    def withdraw(self, key: str, now: float) -> None:
        """Stop what is under way to the phone; `url_for` keeps the rest silent."""
        self._notifier.stop(key, now)

    def move(self, key: str, now: float) -> bool:
        """Take the address in conflict for the phone's own; its former one is then in conflict.
        Stops what is under way and sends nothing. Returns False if there is no conflict."""
        other, own = self._conflicting.get(key), self._last(key)
        if other is None or own is None:
            return False
        self.withdraw(key, now)
        self._conflicting[key] = own
        self._keep(other, now)
        self._outbox.emit(Moved(other.request, now, other.ends - LIFETIME))
        return True

    def rename(self, key: str, mac: str) -> None:
        """A phone that is known by its address is this MAC. What is under way to it goes on."""
        self._outbox.rename(key, mac)
        subscription, other = self._last(key), self._last(mac)
        if subscription is None:
            return
        if other is not None and other.ends > subscription.ends:
            self.forget(key)
            return
        self.forget(mac)
        for each in filter(None, (subscription, subscription.newer)):
            each.request.take_mac(mac)
        if self._served.pop(key, None):
            self._served[mac] = subscription
        else:
            self._pending.pop(key)
            self._pending.remember(subscription)
        self._renewing = {mac if one == key else one: due for one, due in self._renewing.items()}
        self._credit.rename(subscription.request.source[0], key, mac)
        self._notifier.rename(key, mac)

    def forget(self, key: str) -> None:
        """Remove the phone. Its next request, retransmission or not, is a first one."""
        self._notifier.forget(key)
        self._renewing.pop(key, None)
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

    @property
    def has_unsent(self) -> bool:
        """Whether `sent` is to be told what leaves."""
        return bool(self._notifier.unsent)

    def sent(self, data: bytes, now: float, *, left: bool) -> None:
        """This datagram of ours left; not `left`: this computer could not send it yet."""
        self._notifier.sent(data, now, left=left)

    def deadline(self) -> float | None:
        """When `expire` is to be called at the latest, or None."""
        dues = (self._notifier.due(), self._answered.due(), self._renewal_due())
        times = [due for due in dues if due is not None]
        # What is only to be forgotten waits until something else is due, else until all of it is.
        return min(times) if times else self._notifier.all_over()

    def expire(self, now: float) -> None:
        """Do what is due: send again, give up, forget."""
        self._notifier.expire(now)
        self._answered.expire(now)
        while (due := self._renewal_due()) is not None and due <= now:
            key = next(iter(self._renewing))
            del self._renewing[key]
            self.offer(key, now)

    def _last(self, key: str) -> Subscription | None:
        """What the phone asked last, from its own address."""
        return self._served.get(key) or self._pending.get(key)

    def _receive_subscribe(self, request: SubscribeRequest, datagram: Datagram) -> None:
        came, now = datagram.at, datagram.read_at
        known = self._last(request.key)
        if request.to_tag and not (known and known.has_dialog_of(request)):
            why = Text("a SUBSCRIBE in a dialog that was not opened here")
            self._outbox.ignored(Malformed(why, line_at(datagram.data, "to")), datagram)
            return
        source = request.source[0]
        conflicting = known is not None and known.request.source[0] != source
        url = None if conflicting or not request.takes_url else self._url_for(request)
        if url is None and not self._requests.take(source, came):
            self._outbox.limited(Limit.REQUESTS, source, MAX_REQUESTS, now, each=True)
            return
        if conflicting:
            self._receive_conflicting(request, datagram)
            return
        if known and came < known.ends and known.request.takes_url and not request.takes_url:
            # It asks for a URL as well, which is what it gets.
            self._outbox.received(request.key, datagram)
            return
        answered = self._answered.get(request.transaction, came)
        # By its phone, too: one address may use the same identifiers for another one.
        if answered is not None and answered.request.key == request.key:
            self._repeat_ok(answered, datagram, now, approved=url is not None)
        else:
            self._receive_new(request, known, url, datagram, now)

    def _receive_conflicting(self, request: SubscribeRequest, datagram: Datagram) -> None:
        self._outbox.received(request.key, datagram)
        self._outbox.emit(self._conflicting.receive(request, datagram))
        if len(self._conflicting) > MAX_CONFLICTING:
            self._conflicting.drop(next(iter(self._conflicting)))
            self._outbox.limited(Limit.CONFLICTING, "", MAX_CONFLICTING, datagram.at)

    def _repeat_ok(
        self, answered: Subscription, datagram: Datagram, now: float, *, approved: bool
    ) -> None:
        """A retransmission of a request that has its 200: it gets the same again and no second
        NOTIFY."""
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
        """A request without a 200: a new one, or a retransmission of one that is waiting."""
        source, came = request.source[0], datagram.at
        again = (
            known is not None
            and known.request.transaction == request.transaction
            and came < known.ends
        )
        may_hold = url is not None and not again and self._notifier.is_sending_url(request.key)
        if known and may_hold and not self._credit.has_room(source, now):
            self._outbox.subscribe_received(
                request, datagram, again=not self._notifier.is_rebooting(request.key)
            )
            self._hold(request, known, datagram, now)
            return
        self._outbox.subscribe_received(request, datagram, again=again)
        if known is None or not again:
            if url is None and known is None and not self._has_room(request.key, source, came):
                return
            self._notifier.stop(request.key, now)
            known = self._subscription(request, known, datagram)
            if url is None:
                self._keep(known, now)
        if url is None:
            return
        if known.renewals > MAX_RENEWALS and not known.answered_until:
            self._let_wait(known, now)
        else:
            self._serve(known, url, now)

    def _let_wait(self, subscription: Subscription, now: float) -> None:
        """It renews a subscription that has ended, as often as it is told so (RFC 6665 section
        4.1.3, *timeout*)."""
        key = subscription.request.key
        self._keep(subscription, now)
        self._renewing.setdefault(key, now + RENEWAL_SECONDS)
        self._outbox.limited(Limit.RENEWALS, key, MAX_RENEWALS, now)

    def _renewal_due(self) -> float | None:
        return next(iter(self._renewing.values()), None)

    def _hold(
        self, request: SubscribeRequest, known: Subscription, datagram: Datagram, now: float
    ) -> None:
        """It gets its turn when there is credit. Until then what is under way goes on: forged
        requests in a phone's name must not cancel the NOTIFY to the phone itself."""
        if known.newer is None or known.newer.request.transaction != request.transaction:
            known.newer = self._subscription(request, known, datagram)
        self._notifier.stop_reboot(request.key, now)
        self._credit.wait(request.source[0], request.key)
        self._outbox.limited(Limit.UNCONFIRMED, request.source[0], MAX_UNCONFIRMED, now)

    def _subscription(
        self, request: SubscribeRequest, known: Subscription | None, datagram: Datagram
    ) -> Subscription:
        """`known`: what the phone asked before, whose dialog goes on within one (RFC 3261 section
        12.2.1.1)."""
        tag = request.to_tag or self._new_id()
        new = Subscription(request, datagram.at + LIFETIME, tag, len(datagram.data))
        if known is not None:
            last = known.accepted_at
            if request.to_tag:  # only the phone knows it: what it refuses counts as well
                new.cseq = known.cseq
                last = known.ends - LIFETIME
            if request.key in self._renewing or datagram.at < last + RENEWAL_SECONDS:
                new.renewals = known.renewals + 1
        return new

    def _keep(self, subscription: Subscription, now: float) -> None:
        """It replaces the phone's last request."""
        key = subscription.request.key
        if key in self._served:
            self._served[key] = subscription
        elif passed := self._pending.remember(subscription):
            self._outbox.limited(passed[0], "", passed[1], now)

    def _serve(self, subscription: Subscription, url: str, now: float) -> SendResult:
        request = subscription.request
        key = request.key
        if not self._credit.take(request.source[0], key, now):
            self._keep(subscription, now)
            self._outbox.limited(Limit.UNCONFIRMED, request.source[0], MAX_UNCONFIRMED, now)
            return SendResult.HELD_BACK
        if key not in self._served:
            self._pending.pop(key)
        elif self._renewing:
            self._renewing.pop(key, None)
        self._served[key] = subscription
        with_ok = not subscription.answered_until and now < subscription.ends
        if with_ok:
            if self._answered.add(subscription, now):
                self._outbox.limited(Limit.ANSWERED, "", MAX_ANSWERED, now)
            self._outbox.send(key, subscription.ok(), now)
        self._notifier.send_url(subscription, url, now)
        self._outbox.emit(tuple_new(Offered, (key, now, url, with_ok)))
        return SendResult.OK_AND_NOTIFY if with_ok else SendResult.NOTIFY_ALONE

    def _notify_ended(self, key: str, source: str, now: float, status: int) -> None:
        """It may be another phone's turn at this source."""
        if status:
            self._credit.confirm(source)
        # A refusal does not count: a phone refuses what it is sent for requests forged in its name.
        if 200 <= status < 300 and key in self._served:
            self._served[key].accepted_at = now
        if self._credit.waiting:
            while (other := self._credit.next(source, now)) is not None:
                self.offer(other, now)
