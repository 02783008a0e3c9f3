"""Our NOTIFYs to the phones, each from its first sending to its end (RFC 6665's notifier).

A phone has at most two under way: one with its URL, and one that asks it to reboot.
"""

from __future__ import annotations

from collections.abc import Callable

from pnp_gui.pnp import builder
from pnp_gui.pnp.datagram import Datagram
from pnp_gui.pnp.events import (
    Answered,
    NoAnswer,
    NotSent,
    Outgoing,
    RebootAnswered,
    RebootAsked,
    SentLate,
    tuple_new,
)
from pnp_gui.pnp.makes import reboot_event
from pnp_gui.pnp.message import Malformed, Response
from pnp_gui.pnp.outbox import Outbox
from pnp_gui.pnp.sip_values import LIFETIME, MAGIC_COOKIE, T1
from pnp_gui.pnp.subscribe import SubscribeRequest, shown_once
from pnp_gui.pnp.transactions import NotifyTransaction, NotifyTransactions, Subscription
from pnp_gui.pnp.via import branch_of
from pnp_gui.texts import Text


class Notifier:
    """Sends them, repeats them, and matches the responses."""

    def __init__(
        self,
        outbox: Outbox,
        new_id: Callable[[], str],
        on_end: Callable[[str, str, float, int], None],
    ) -> None:
        """`on_end(key, address, now, status)`: a NOTIFY to this phone at this address had its final
        response; 0: it got none in time."""
        self._outbox = outbox
        self._new_id = new_id
        self._on_end = on_end
        self._transactions = NotifyTransactions()
        self._urls: dict[str, NotifyTransaction] = {}
        """By the phone's key, as the next."""
        self._reboots: dict[str, NotifyTransaction] = {}
        self.unsent: set[str] = set()
        """Branches of those under way that this computer could not send."""

    def is_sending_url(self, key: str) -> bool:
        """A NOTIFY with a URL is under way to this phone."""
        return key in self._urls

    def is_rebooting(self, key: str) -> bool:
        """A NOTIFY that asks for a reboot is under way to this phone."""
        return key in self._reboots

    def send_url(self, subscription: Subscription, url: str, now: float) -> None:
        """Send the URL, in place of the one under way."""
        request = subscription.request
        if request.key in self._urls:
            self._stop(self._urls[request.key], now)
        subscription.cseq += 1
        branch = MAGIC_COOKIE + self._new_id()
        data = builder.notify(request, subscription.tag, subscription.cseq, branch, url)
        self._urls[request.key] = self._start(request, branch, url, data, now)

    def sent(self, data: bytes, now: float, *, left: bool) -> None:
        """This datagram of ours left; not `left`: this computer could not send it yet."""
        # The Via is the first header: in a NOTIFY the branch is ours, in a 200 the phone's.
        branch = branch_of(data.partition(b"\r\n")[2].decode("latin-1"))
        notify = self._transactions.get(branch)
        if notify is None or notify.reboot or left is not notify.unsent:
            return
        notify.unsent = not left
        if left:
            self.unsent.discard(branch)
            self._outbox.emit(SentLate(notify.key, now, notify.url))
        else:
            self.unsent.add(branch)
            self._outbox.emit(NotSent(notify.key, now, notify.url, False))

    def send_reboot(self, request: SubscribeRequest, now: float) -> None:
        """Ask the phone to reboot, where it asked from, by the Event that its make understands."""
        key, branch = request.key, MAGIC_COOKIE + self._new_id()
        event = reboot_event(request.make, request.event.model)
        data = builder.reboot(request, self._new_id(), self._new_id(), branch, event)
        self._reboots[key] = self._start(request, branch, "", data, now)
        self._outbox.emit(RebootAsked(key, now, event))

    def stop(self, key: str, now: float) -> None:
        """Send this phone nothing more of what is under way."""
        if key in self._urls:
            self._stop(self._urls[key], now)
        self.stop_reboot(key, now)

    def stop_reboot(self, key: str, now: float) -> None:
        """The same of what asks it to reboot."""
        if key in self._reboots:
            self._stop(self._reboots[key], now)

    def forget(self, key: str) -> None:
        """Stop, and accept no response any more."""
        for under_way in (self._urls, self._reboots):
            if key in under_way:
                notify = under_way.pop(key)
                self._transactions.end(notify)
                self.unsent.discard(notify.branch)

    def rename(self, key: str, new: str) -> None:
        """The phone has another key."""
        for under_way in (self._urls, self._reboots):
            if key in under_way:
                under_way[new] = under_way.pop(key)
                under_way[new].key = new
        for notify in self._transactions.ended.values():
            if notify.key == key:
                notify.key = new

    def receive(self, response: Response, datagram: Datagram) -> None:
        """Match by our branch (RFC 3261 section 17.1.3); the phone may answer from another port."""
        vias = response.headers.get("via")
        branch = branch_of(vias[0]) if vias else ""
        notify = self._transactions.get(branch) or self._transactions.ended.get(branch)
        if notify is None or notify.datagram.remote[0] != datagram.source[0]:
            why = Malformed(
                Text(
                    "a {status} response that belongs to no NOTIFY sent here",
                    status=response.status,
                ),
                0,
            )
            self._outbox.ignored(why, datagram)
            return
        self._outbox.received(notify.key, datagram)
        if response.status < 200:
            notify.proceed(datagram.source)
            return
        now = datagram.read_at
        if not notify.ended:
            self._stop(notify, now)
            self._answered(notify, response, datagram.at)
        if not (notify.confirmed or notify.reboot):
            notify.confirmed = True
            self._on_end(notify.key, datagram.source[0], now, response.status)

    def due(self) -> float | None:
        """When the next NOTIFY is to be repeated or has no answer."""
        return self._transactions.due()

    def all_over(self) -> float | None:
        """When nothing more is to be remembered of those that have ended."""
        ended = self._transactions.ended
        return next(reversed(ended.values())).ends if ended else None

    def expire(self, now: float) -> None:
        """Repeat, give up, and forget what is due."""
        while (notify := self._transactions.take_due(now)) is not None:
            if now < notify.ends:
                notify.change_port()
                self._outbox.send(notify.key, notify.datagram, now)
                self._transactions.repeat(notify, now)
            else:
                self._unanswered(notify, now)
        self._transactions.forget_ended(now)

    def _start(
        self, request: SubscribeRequest, branch: str, url: str, data: bytes, now: float
    ) -> NotifyTransaction:
        source, to = request.source, request.notify_to
        datagram = tuple_new(Outgoing, (data, to, request.interface, request.local))
        other = None if to is source else datagram._replace(remote=source)
        notify = NotifyTransaction(
            request.key, branch, url, datagram, other, now + LIFETIME, now + T1
        )
        self._transactions.start(notify)
        self._outbox.send(notify.key, datagram, now)
        return notify

    def _stop(self, notify: NotifyTransaction, now: float) -> None:
        self._transactions.stop(notify, now)
        self._detach(notify)

    def _detach(self, notify: NotifyTransaction) -> None:
        del (self._reboots if notify.reboot else self._urls)[notify.key]
        self.unsent.discard(notify.branch)

    def _answered(self, notify: NotifyTransaction, response: Response, at: float) -> None:
        key, status, reason = notify.key, response.status, shown_once(response.reason)
        if notify.reboot:
            self._outbox.emit(RebootAnswered(key, at, status, reason))
        else:
            self._outbox.emit(Answered(key, at, status, reason, notify.url))

    def _unanswered(self, notify: NotifyTransaction, now: float) -> None:
        self._transactions.end(notify)
        self._detach(notify)
        if notify.reboot:
            self._outbox.emit(RebootAnswered(notify.key, now, 0, "", notify.ports))
        elif notify.unsent:
            self._outbox.emit(NotSent(notify.key, now, notify.url, True))
        else:
            self._outbox.emit(NoAnswer(notify.key, now, notify.url, notify.ports))
        self._on_end(notify.key, notify.datagram.remote[0], now, 0)
