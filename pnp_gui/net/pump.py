"""The pump between the wire and the protocol core, driven by Qt's event loop.

It reads what has come in, hands it to the responder, sends what the responder gives out, tells
what happened, and keeps the responder's deadline and the interfaces in view. It never looks into
a datagram, and nothing that happens on the network stops it: faults become `state.troubles`.

Sockets are read by a QSocketNotifier each and in batches, because that is seven times as fast as
asyncio's datagram transport on qasync and cannot go deaf as that does on Windows.
"""

from __future__ import annotations

import logging
import math
import time
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QSocketNotifier, QTimer

from pnp_gui.net.channels import Channel, Channels
from pnp_gui.net.interface_choice import InterfaceChoice
from pnp_gui.net.interfaces import Interface, offered, system_interfaces
from pnp_gui.net.listen_state import ListenState
from pnp_gui.net.membership_renewal import MembershipRenewal
from pnp_gui.net.receiver import Receiver, readable_text, traffic
from pnp_gui.net.socket_errors import internal_fault, send_fault
from pnp_gui.net.sockets import TO_DEVICE
from pnp_gui.pnp.events import Conflict, Event, Ignored, Limited, SubscribeReceived
from pnp_gui.pnp.limits import DROPS
from pnp_gui.pnp.responder import Responder
from pnp_gui.pnp.send_result import SendResult
from pnp_gui.trouble import Trouble, listed

logger = logging.getLogger(__name__)

CHECK_SECONDS = 1.0
"""How often the interfaces are looked at; a change is to be seen within 3 s."""
RESUME_MILLISECONDS = 2
"""Wait before a full send buffer is tried again. No write notifier: with ENOBUFS the socket counts
as writable, and one would fire without end."""
PRECISE, COARSE = 0, 1
"""Qt.TimerType by its numbers: to import Qt's enumerations takes 14 ms, a tenth of the time to
listening."""
TIMER_EARLY_SECONDS = 0.002
"""Qt's timers fire up to this much before their time."""
SEND_TROUBLE_SECONDS = 10.0
"""How long a failure to send stays in view after the last one."""
FAULT_PAUSE_MILLISECONDS = 1000
"""Wait after a timer's work failed by a fault of our own."""
INTERNAL_LOGGED = 20
"""Faults of our own that are logged with all details; after these only every thousandth."""


class Pump:
    """Listens on the wanted interfaces and serves the responder. Lives in Qt's main thread."""

    def __init__(
        self,
        responder: Responder,
        absorb: Callable[[list[Event]], None],
        changed: Callable[[], None],
        *,
        clock: Callable[[], float] = time.monotonic,
        interfaces: Callable[[], list[Interface]] = system_interfaces,
        shared: bool = not TO_DEVICE,
    ) -> None:
        """`absorb` takes what happened, in order; `changed` is told when `state` is a new one but
        for its counts. `shared`: one socket for all interfaces, as Windows needs it.
        """
        self.state = ListenState()
        self._reading = Receiver(responder, clock, self.state)
        self._responder = responder
        self._absorb = absorb
        self._changed = changed
        self._clock = clock
        self._interfaces = interfaces
        self._shared = shared
        self._wanted = InterfaceChoice(None)
        self._channels = self._new_channels(0)
        self._by_interface = self._channels.by_interface
        self._notifiers: dict[Channel, QSocketNotifier] = {}
        self._active = False
        """Between listen() and stop()."""
        self._passing = False
        self._internal = 0
        self._internal_trouble: Trouble | None = None
        self._send_trouble: Trouble | None = None
        self._send_trouble_at = 0.0
        self._renewal = MembershipRenewal(clock)
        self._due = math.inf
        """When the deadline timer will fire."""
        self._deadline_timer = _timer(self._deadline_passed, single_shot=True)
        self._resume_timer = _timer(self._resume, single_shot=True)
        self._check_timer = _timer(self._second_passed, single_shot=False)
        self._check_timer.setInterval(int(CHECK_SECONDS * 1000))
        self._check_timer.setProperty("timerType", COARSE)
        self._check_timer.start()
        self.state.offered = offered(self._look())

    def listen(self, wanted: Sequence[str] | None, port: int) -> None:
        """Listen on these interfaces (names or addresses; None: those chosen by default) only.

        Never raises for the network's faults: `state.troubles` has them, and whatever cannot be
        had yet is tried again every second until `stop`.
        """
        self._channels.close()
        self._wanted = InterfaceChoice(wanted)
        self._channels = self._new_channels(port)
        self._by_interface = self._channels.by_interface
        self._active = True
        self._internal_trouble = self._send_trouble = None
        self.state.port = port
        self._renewal.restart()
        self.check_interfaces()

    def stop(self) -> None:
        """Nobody is heard nor answered any more. NOTIFYs under way end by their timers, unsent;
        the interfaces stay in view, to choose from."""
        self._active = False
        self._resume_timer.stop()
        self._channels.close()
        self._internal_trouble = self._send_trouble = None
        self.check_interfaces()

    def close(self) -> None:
        """Stop for good, timers too, before the application object goes."""
        self.stop()
        for timer in (self._check_timer, self._resume_timer, self._deadline_timer):
            timer.stop()

    def offer(self, key: str) -> SendResult:
        """Send the phone what was decided, at once; NOT_HEARD also while nothing is listened on."""
        return self._decided(self._responder.offer, key)

    def reboot(self, key: str) -> SendResult:
        """Ask the phone to reboot, at once; NOT_HEARD also while nothing is listened on."""
        return self._decided(self._responder.reboot, key)

    def _decided(self, do: Callable[[str, float], SendResult], key: str) -> SendResult:
        if not self.state.listening:
            return SendResult.NOT_HEARD
        try:
            sent = do(key, self._clock())
        except Exception as error:
            self._failed_inside(error)
            sent = SendResult.NOT_HEARD
        self._pass_on()
        return sent

    def withdraw(self, key: str) -> None:
        """Send nothing more to the phone."""
        self._done_with(self._responder.withdraw, key)

    def forget(self, key: str) -> None:
        """Send nothing more to the phone, and know nothing of it any more."""
        self._done_with(self._responder.forget, key)

    def _done_with(self, do: Callable[[str, float], None], key: str) -> None:
        try:  # Nothing comes of it that would have to be passed on.
            do(key, self._clock())
        except Exception as error:
            self._failed_inside(error)

    def move(self, key: str) -> None:
        """The phone is at the address in conflict from now on, if there is one."""
        try:
            self._responder.move(key, self._clock())
        except Exception as error:
            self._failed_inside(error)
        self._pass_on()

    def _second_passed(self) -> None:
        self._catch_up()
        self.check_interfaces()

    def _catch_up(self) -> None:
        """After sleep: read what waited, before anybody's time is up."""
        try:
            if self._reading.stood_still(self._channels.all()):
                for channel in list(self._channels.all()):
                    self._readable(channel)
        except Exception as error:
            self._failed_inside(error)

    def check_interfaces(self) -> None:
        """Look at the interfaces now, join what is new or changed, close what is gone."""
        try:
            present = self._look()
            if self._active:
                self._channels.update(
                    self._wanted.targets(present), present, again=self._renewal.is_due()
                )
            self._tell(present)
        except Exception as error:
            self._failed_inside(error)

    def _new_channels(self, port: int) -> Channels:
        return Channels(port, self._opened, self._closed, shared=self._shared)

    def _look(self) -> list[Interface]:
        try:
            return self._interfaces()
        except OSError as error:
            # The system could not tell; the next look is in a second.
            logger.debug("looking at the interfaces: %s", error)
            return list(self._channels.joined())

    def _tell(self, present: list[Interface]) -> None:
        """Bring `state` up to date, and tell when it is a new one."""
        state, channels = self.state, self._channels
        joined = channels.joined()
        troubles: dict[str, Trouble] = {}
        if self._active:
            troubles = self._wanted.troubles(present, joined)
            for trouble in channels.join_troubles.values():
                troubles.setdefault(trouble.code, trouble)
            if self._clock() - self._send_trouble_at > SEND_TROUBLE_SECONDS:
                self._send_trouble = None
            for each in (
                channels.bind_trouble,
                channels.subnet_trouble(),
                self._send_trouble,
                self._internal_trouble,
            ):
                if each is not None:
                    troubles[each.code] = each
        before = (state.listening, state.port, state.joined, state.offered, state.troubles)
        state.listening = self._active and (bool(joined) or channels.bind_trouble is None)
        if self._active and channels.port:
            state.port = channels.port
        state.joined = joined
        state.offered = offered(present)
        state.troubles = troubles
        if before != (state.listening, state.port, joined, state.offered, troubles):
            for code in troubles.keys() - before[4].keys():
                logger.warning("%s", troubles[code])
            self._changed()

    def _opened(self, channel: Channel) -> None:
        notifier = QSocketNotifier(channel.socket.fileno(), QSocketNotifier.Type.Read)
        notifier.activated.connect(partial(self._readable, channel))
        self._notifiers[channel] = notifier

    def _closed(self, channel: Channel) -> None:
        notifier = self._notifiers.pop(channel)
        # Qt has to let go of the descriptor before the socket closes and its number is used anew.
        notifier.setEnabled(False)
        notifier.deleteLater()

    def _readable(self, channel: Channel, *_: object) -> None:
        self._catch_up()
        try:
            self._reading.read_batch(channel)
            if channel.broken:
                # It would fire for ever. The next look at the interfaces opens another socket.
                self._notifiers[channel].setEnabled(False)
        except Exception as error:
            self._failed_inside(error)  # Only the datagram at hand is lost.
        self._pass_on()

    def _pass_on(self) -> None:
        """Send what is to be sent, then tell what happened, until both are done.

        Whoever is told may decide at once and call `offer`; that is then done here, not inside.
        """
        if self._passing:
            return
        self._passing = True
        responder = self._responder
        try:
            while True:
                datagrams = responder.datagrams()
                if datagrams:
                    self._send(datagrams)
                events = responder.events()
                if not events:
                    break
                self._count(events)
                try:
                    self._absorb(events)
                except Exception as error:
                    self._failed_inside(error)
            self._set_deadline()
        except Exception as error:
            self._failed_inside(error)
        finally:
            self._passing = False

    def _count(self, events: Sequence[Event]) -> None:
        kinds = Counter(map(type, events))
        self.state.heard += kinds[SubscribeReceived] + kinds[Conflict]
        self.state.ignored += kinds[Ignored]
        if Limited in kinds:
            limited = [event for event in events if type(event) is Limited]
            self.state.ignored += sum(event.limit in DROPS for event in limited)

    def _send(
        self, datagrams: Sequence[tuple[bytes, tuple[str, int], str, tuple[str, int]]]
    ) -> None:
        by_interface = self._by_interface
        logged = traffic.isEnabledFor(logging.DEBUG)
        for data, remote, interface, _ in datagrams:
            channel = by_interface.get(interface)
            if channel is None:
                # The interface is gone for the moment; the protocol repeats what matters.
                continue
            if logged:
                traffic.debug("%s: to %s:%d\n%s", interface, *remote, readable_text(data))
            try:
                left = channel.outbox.send(data, remote, channel.leaves_by[interface])
                if not left and not self._resume_timer.isActive():
                    self._resume_timer.start(RESUME_MILLISECONDS)
            except OSError as error:
                self._send_failed(error, interface, remote)

    def _resume(self) -> None:
        """Send on what a full send buffer kept waiting."""
        try:
            waiting = False
            for channel in self._channels.all():
                for error, remote in channel.outbox.resume():
                    self._send_failed(error, listed(channel.interfaces), remote)
                waiting = waiting or len(channel.outbox) > 0
            if waiting:
                self._resume_timer.start(RESUME_MILLISECONDS)
        except Exception as error:
            self._failed_inside(error)

    def _send_failed(self, error: OSError, interface: str, remote: tuple[str, int]) -> None:
        self._send_trouble_at = self._clock()
        if self._send_trouble is None:
            # It reaches `state` with the next look at the interfaces.
            self._send_trouble = send_fault(error, interface, remote[0])

    def _set_deadline(self) -> None:
        """See to it that the timer fires in time. When it fires for nothing, no harm is done."""
        deadline = self._responder.deadline()
        if deadline is not None and deadline < self._due:
            self._due = deadline
            milliseconds = math.ceil((deadline - self._clock()) * 1000)
            self._deadline_timer.start(max(0, milliseconds))

    def _deadline_passed(self) -> None:
        self._catch_up()
        if self._reading.is_behind(self._channels.all()):
            self._due = -math.inf  # what is due stays due
            self._deadline_timer.start(RESUME_MILLISECONDS)
            return
        try:
            self._due = math.inf
            now = self._clock()
            deadline = self._responder.deadline()
            if deadline is not None and deadline - now <= TIMER_EARLY_SECONDS:
                self._responder.expire(max(now, deadline))
        except Exception as error:
            self._failed_inside(error)
            # What is due stays due: without a pause this would come straight back, for ever.
            self._due = -math.inf
            self._deadline_timer.start(FAULT_PAUSE_MILLISECONDS)
        self._pass_on()

    def _failed_inside(self, error: Exception) -> None:
        """A fault of our own: log it, show it, and go on."""
        self._internal += 1
        if self._internal <= INTERNAL_LOGGED or self._internal % 1000 == 0:
            logger.error("internal fault no. %d", self._internal, exc_info=error)
        if self._internal_trouble is not None:
            return
        self._internal_trouble = trouble = internal_fault(error)
        self.state.troubles = {**self.state.troubles, trouble.code: trouble}
        try:
            self._changed()
        except Exception:
            logger.exception("telling of it failed as well")


def _timer(slot: Callable[[], None], *, single_shot: bool) -> QTimer:
    timer = QTimer()
    timer.setProperty("timerType", PRECISE)
    timer.setSingleShot(single_shot)
    timer.timeout.connect(slot)
    return timer
