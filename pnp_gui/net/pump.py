"""The pump between the wire and the protocol core, driven by Qt's event loop.

It opens its sockets before Qt is loaded; in the loop each has a QSocketNotifier. Nothing that
happens on the network stops the pump: errors become `state.troubles`.
"""

from __future__ import annotations

import logging
import math
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from pnp_gui.net.channels import Channel, Channels
from pnp_gui.net.interface_choice import InterfaceChoice
from pnp_gui.net.interfaces import Interface, selectable, system_interfaces
from pnp_gui.net.listen_state import ListenState
from pnp_gui.net.notifiers import ChannelNotifiers
from pnp_gui.net.receiver import BURST_MILLISECONDS, Burst, Receiver, traffic
from pnp_gui.net.socket_errors import internal_fault, send_fault
from pnp_gui.net.sockets import TO_DEVICE
from pnp_gui.net.timer import COARSE, Timer
from pnp_gui.pnp.datagram import Address
from pnp_gui.pnp.events import Conflict, Event, Ignored, Limited, SubscribeReceived
from pnp_gui.pnp.limits import DROPS
from pnp_gui.pnp.responder import Responder
from pnp_gui.pnp.send_result import SendResult
from pnp_gui.trouble import Trouble, listed

logger = logging.getLogger(__name__)

CHECK_MILLISECONDS = 1000
"""How often the interfaces are checked; a change has to be visible within 3 s."""
RENEW_SECONDS = 125.0
"""How often the group is left and joined again: a switch with IGMP snooping and no querier forgets
a member after some 260 s (RFC 2236 section 8.4), and learns of it again by the new report."""
RESUME_MILLISECONDS = 2
"""Wait before a full send buffer is tried again: a write notifier would fire at once."""
TIMER_EARLY_SECONDS = 0.002
"""Qt's timers fire up to this much before their time."""
SEND_TROUBLE_SECONDS = 10.0
"""How long a failure to send stays in view after the last one."""
FAULT_PAUSE_MILLISECONDS = 1000
"""Wait after an internal error in a timer."""
INTERNAL_LOGGED = 20
"""Internal errors that are logged with all details; after these only every thousandth."""

T = TypeVar("T")


class Pump:
    """Listens on the wanted interfaces and serves the responder. Lives in the main thread: until
    `run_in_loop` it reads only by `read_waiting`, and no timer runs."""

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
        """`absorb` takes the events, in order; `changed` is called when `state` has changed,
        except for its counts. `shared`: one socket for all interfaces, as Windows needs it.
        """
        self.state = ListenState()
        self._receiver = Receiver(responder, clock, self.state)
        self._responder = responder
        self._absorb = absorb
        self._changed = changed
        self._clock = clock
        self._interfaces = interfaces
        self._shared = shared
        self._choice = InterfaceChoice(None)
        self._notifiers = ChannelNotifiers(self._readable)
        self._channels = self._new_channels(0)
        self.active = False
        """Between listen() and stop(), also while the port is not available."""
        self._passing = False
        self._burst = Burst(clock)
        self._internal = 0
        self._internal_trouble: Trouble | None = None
        self._send_trouble: Trouble | None = None
        self._send_trouble_at = 0.0
        self._cannot_send = False
        self._renew_at = math.inf
        """When to leave and join the group again although no interface has changed."""
        self._due = math.inf
        """When the deadline timer will fire."""
        self._deadline_timer = Timer(self._deadline_passed, single_shot=True)
        self._resume_timer = Timer(self._resume, single_shot=True)
        self._burst_timer = Timer(self._pass_on, single_shot=True)
        """For a burst that ended with a full batch."""
        self._check_timer = Timer(self._second_passed, kind=COARSE)
        self._check_timer.start(CHECK_MILLISECONDS)
        self.state.selectable = selectable(self._read_interfaces())

    def run_in_loop(self) -> None:
        """Go on in Qt's loop, now that there is an application object."""
        self._notifiers.run_in_loop()
        for timer in self._timers():
            timer.run_in_loop()
        self._due = math.inf
        self._set_deadline()

    def listen(self, wanted: Sequence[str] | None, port: int) -> None:
        """Listen on these interfaces only (names or addresses; None: those chosen by default).
        What fails is in `state.troubles`, and is tried again every second until `stop`."""
        self._channels.close()
        self._choice = InterfaceChoice(wanted)
        self._channels = self._new_channels(port)
        self.active = True
        self._internal_trouble = self._send_trouble = None
        self.state.port = port
        self._renew_at = self._clock() + RENEW_SECONDS
        self.check_interfaces()

    def stop(self) -> None:
        """Read what waits, then close the sockets. NOTIFYs under way end by their timers, unsent.
        The interfaces are still checked, to choose from."""
        self.read_waiting()
        self._pass_on()
        self.active = False
        self._resume_timer.stop()
        self._channels.close()
        self._internal_trouble = self._send_trouble = None
        self.check_interfaces()

    def close(self) -> None:
        """Stop for good, timers included, before the application object is deleted."""
        self.stop()
        for timer in self._timers():
            timer.stop()

    def read_waiting(self) -> None:
        """Read and answer what waits, for those who keep Qt's loop from it."""
        for channel in list(self._channels.all):
            self._readable(channel)

    def tell(self) -> None:
        """Pass on now what a burst has kept back."""
        if self._burst.waits:
            self._pass_on()

    def offer(self, key: str) -> SendResult:
        """Send the phone its URL now; NEVER_ASKED also while not listening."""
        return self._send_now(self._responder.offer, key)

    def reboot(self, key: str) -> SendResult:
        """Ask the phone to reboot now; NEVER_ASKED also while not listening."""
        return self._send_now(self._responder.reboot, key)

    def _send_now(self, do: Callable[[str, float], SendResult], key: str) -> SendResult:
        if not self.state.listening:
            return SendResult.NEVER_ASKED
        self._cannot_send = False
        sent = self._ask_responder(do, key, SendResult.NEVER_ASKED)
        self._pass_on()
        goes_out = sent in (SendResult.OK_AND_NOTIFY, SendResult.NOTIFY_ALONE)
        return SendResult.NOT_SENT if goes_out and self._cannot_send else sent

    def withdraw(self, key: str) -> None:
        """Send nothing more to the phone."""
        self._ask_responder(self._responder.withdraw, key, None)

    def forget(self, key: str) -> None:
        """Send nothing more to the phone, and forget it."""
        self._ask_responder(lambda key, now: self._responder.forget(key), key, None)

    def rename(self, key: str, mac: str) -> None:
        """A phone that is known by its address is this MAC."""
        self._ask_responder(lambda key, now: self._responder.rename(key, mac), key, None)

    def move(self, key: str) -> bool:
        """The phone is at the address in conflict from now on; False: what was asked from there is
        not kept any more, and nothing changed."""
        moved = self._ask_responder(self._responder.move, key, False)
        self._pass_on()
        return moved

    def _ask_responder(self, do: Callable[[str, float], T], key: str, otherwise: T) -> T:
        try:
            return do(key, self._clock())
        except Exception as error:
            self._failed_inside(error)
            return otherwise

    def _second_passed(self) -> None:
        self._catch_up()
        self.check_interfaces()

    def _catch_up(self) -> None:
        """After sleep: read what waited, before anybody's time is up, and join again."""
        try:
            if self._receiver.was_suspended(self._channels.all) and self.active:
                logger.info("nothing was read for a while: joining again on all interfaces")
                self._renew_at = -math.inf
                self.read_waiting()
        except Exception as error:
            self._failed_inside(error)

    def check_interfaces(self) -> None:
        """Check the interfaces now: join what is new or changed, close what is gone."""
        try:
            present = self._read_interfaces()
            if self.active:
                again = self._clock() >= self._renew_at
                if again:
                    self._renew_at = self._clock() + RENEW_SECONDS
                self._channels.update(self._choice.targets(present), present, again=again)
            self._update_state(present)
        except Exception as error:
            self._failed_inside(error)

    def _new_channels(self, port: int) -> Channels:
        return Channels(port, self._notifiers.add, self._notifiers.remove, shared=self._shared)

    def _read_interfaces(self) -> list[Interface]:
        try:
            return self._interfaces()
        except OSError as error:
            logger.debug("reading the interfaces, tried again in a second: %s", error)
            return list(self._channels.joined())

    def _update_state(self, present: list[Interface]) -> None:
        """Update `state`, and report if it has changed."""
        state, channels = self.state, self._channels
        joined = channels.joined()
        troubles: dict[str, Trouble] = {}
        if self.active:
            troubles = self._choice.troubles(present, joined)
            for trouble in channels.join_troubles.values():
                troubles.setdefault(trouble.code, trouble)
            if self._clock() - self._send_trouble_at > SEND_TROUBLE_SECONDS:
                self._send_trouble = None
            of_sockets = (channels.bind_trouble, channels.subnet_trouble())
            for each in (*of_sockets, self._send_trouble, self._internal_trouble):
                if each is not None:
                    troubles[each.code] = each
        before = replace(state)
        state.listening = self.active and (bool(joined) or channels.bind_trouble is None)
        if self.active and channels.port:
            state.port = channels.port
        state.joined = joined
        state.selectable = selectable(present)
        state.troubles = troubles
        if state != before:
            for code in troubles.keys() - before.troubles.keys():
                logger.warning("%s", troubles[code])
            self._changed()

    def _timers(self) -> tuple[Timer, ...]:
        return self._check_timer, self._burst_timer, self._deadline_timer, self._resume_timer

    def _readable(self, channel: Channel, *_: object) -> None:
        self._catch_up()
        try:
            if self._receiver.read_batch(channel) and self._burst.goes_on():
                self._send(self._responder.datagrams())
                self._burst_timer.start(BURST_MILLISECONDS)
                return
            if channel.broken:  # the next check of the interfaces opens another socket
                self._notifiers.silence(channel)
        except Exception as error:
            self._failed_inside(error)  # Only the current datagram is lost.
        self._pass_on()

    def _pass_on(self) -> None:
        """Send the responder's datagrams, then pass on its events, until it has neither.

        `absorb` may call `offer`; what comes of that is done here, not inside that call.
        """
        if self._passing:
            return
        self._passing = True
        self._burst.end()
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
            self.state.ignored += sum(type(e) is Limited and e.limit in DROPS for e in events)

    def _send(self, datagrams: Sequence[tuple[bytes, Address, str, Address]]) -> None:
        by_interface = self._channels.by_interface
        logged = traffic.isEnabledFor(logging.DEBUG)
        for data, remote, interface, _ in datagrams:
            channel = by_interface.get(interface)
            if channel is None:
                # The interface is gone at the moment; the protocol repeats what matters.
                self._cannot_send = True
                self._responder.sent(data, self._clock(), left=False)
                continue
            if logged:
                text = data.decode("utf-8", "replace")
                traffic.debug("%s: to %s:%d\n%s", interface, *remote, text)
            try:
                left = channel.send_queue.send(data, remote, channel.leaves_by[interface])
                if not left and not self._resume_timer.active:
                    self._resume_timer.start(RESUME_MILLISECONDS)
            except OSError as error:
                self._send_failed(error, interface, remote)
                left = False
            if not left or self._responder.has_unsent:
                self._responder.sent(data, self._clock(), left=left)

    def _resume(self) -> None:
        """Send what had to wait for a full send buffer."""
        try:
            waiting = False
            for channel in self._channels.all:
                left, failed = channel.send_queue.resume()
                for error, remote in failed:
                    self._send_failed(error, listed(channel.interfaces), remote)
                for data in left:
                    self._responder.sent(data, self._clock(), left=True)
                waiting = waiting or len(channel.send_queue) > 0
            if waiting:
                self._resume_timer.start(RESUME_MILLISECONDS)
        except Exception as error:
            self._failed_inside(error)
        self._pass_on()

    def _send_failed(self, error: OSError, interface: str, remote: Address) -> None:
        self._cannot_send = True
        self._send_trouble_at = self._clock()
        # It reaches `state` with the next check of the interfaces.
        self._send_trouble = self._send_trouble or send_fault(error, interface, remote[0])

    def _set_deadline(self) -> None:
        """Set the timer for the responder's deadline. Firing too early does no harm."""
        deadline = self._responder.deadline()
        if deadline is not None and deadline < self._due:
            self._due = deadline
            self._deadline_timer.start(max(0, math.ceil((deadline - self._clock()) * 1000)))

    def _deadline_passed(self) -> None:
        self._catch_up()
        if self._receiver.has_backlog(self._channels.all):
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
            # What is due stays due: without a pause this would repeat at once, for ever.
            self._due = -math.inf
            self._deadline_timer.start(FAULT_PAUSE_MILLISECONDS)
        self._pass_on()

    def _failed_inside(self, error: Exception) -> None:
        """An internal error: log it, show it, and go on."""
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
            logger.exception("reporting it failed as well")
