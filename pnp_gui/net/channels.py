"""The open sockets and the interfaces they serve. Nothing is read or sent here.

`Channels.update` is called once a second: it opens and joins what is new or has changed and closes
what is gone. An interface that fails does not affect the others.
"""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable, Sequence

from pnp_gui.net.interfaces import Interface
from pnp_gui.net.pktinfo import Receive, age_of_last, read_note, receiver_on
from pnp_gui.net.send_queue import SendQueue
from pnp_gui.net.socket_errors import bind_fault
from pnp_gui.net.sockets import (
    TO_DEVICE,
    BindError,
    NotPermittedError,
    address_towards,
    join,
    leave,
    open_on,
    open_shared,
    receive_buffer,
)
from pnp_gui.pnp.datagram import Address
from pnp_gui.trouble import Trouble, listed

logger = logging.getLogger(__name__)

Origin = tuple[str, Address]
"""Name of the interface that a datagram came in on, and our address and port there."""

Origins = dict[str, Origin | None]
"""Where datagrams come in, by the peer's address. `Channel.origin_of` adds what is missing."""

Arrival = tuple[int, Address | None, Origins]
"""What a control message says: number of the interface and destination (0 and None: not known); and
the origins of datagrams that came in there."""

ORIGINS_KEPT = 8192
"""Peers whose origin a channel remembers for each interface; finding one again is cheap, so all are
dropped at once."""
ARRIVALS_KEPT = 64
"""Control messages that a channel remembers: one for each interface and address of ours, and the
group."""


class Channel:
    """One bound socket with the interfaces that it listens on."""

    def __init__(self, sock: socket.socket, *, tied: bool, loopback_only: bool = False) -> None:
        self.socket = sock
        self.tied = tied
        """The kernel keeps it to its one interface."""
        self.loopback_only = loopback_only
        """Bound to 127.0.0.1."""
        self.receive: Receive
        self.receive, self.notes = receiver_on(sock)
        """`notes`: the system says with each datagram how it arrived."""
        age_of_last(sock)  # from now on the kernel records it
        self.came_after: float | None = None
        """The program was suspended: what is read came at an unknown time after this. None: now."""
        self.port: int = sock.getsockname()[1]
        self.interfaces: dict[str, Interface] = {}
        """By name, as they were when joined."""
        self.present: Sequence[Interface] = ()
        """All interfaces of the computer, for `origin_of`."""
        self.arrived: dict[bytes, Arrival] = {}
        """By control message. `arrival` adds what is missing."""
        self.origins: dict[int, Origins] = {}
        """By number of the interface; 0: not known."""
        self._same: dict[Origin, Origin] = {}
        """One copy for all peers with the same, since it is stored with every message."""
        self.send_queue = SendQueue(sock)
        self.leaves_by: dict[str, int] = {}
        """For `SendQueue.send`: the number to send by, by the interface's name."""
        self.failed_batches = 0
        """How often in a row a whole batch of receives failed."""
        self.broken = False
        """The socket only fails; close it and open another."""

    def arrival(self, note: bytes) -> Arrival:
        """Read and remember a control message; empty: there was none."""
        if len(self.arrived) >= ARRIVALS_KEPT:
            self.arrived.clear()
        index, address = read_note(note)
        to = (address, self.port) if address else None
        arrival = self.arrived[note] = (index, to, self.origins.setdefault(index, {}))
        return arrival

    def forget_origins(self) -> None:
        """Interfaces have changed: find out again where peers come in."""
        self.arrived.clear()
        self.origins.clear()
        self._same.clear()

    def origin_of(self, peer: str, index: int = 0) -> Origin | None:
        """Find out and remember where datagrams of `peer` come in; None: on no chosen interface.
        `index`: number of the interface as the system says; 0 if it does not."""
        origins = self.origins.setdefault(index, {})
        if len(origins) >= ORIGINS_KEPT:
            origins.clear()
        joined = self.interfaces.values()
        came_in_on = [each for each in joined if index and each.index == index]
        if not any(each.can_have(peer) for each in came_in_on or joined):
            origin: Origin | None = None
        elif self.tied:
            origin = self._origin_on(next(iter(joined)), peer)
        elif index and all(each.index for each in joined):
            origin = self._origin_on(came_in_on[0], peer) if came_in_on else None
        else:
            origin = self._judged_by_address(peer)
        if origin is not None:
            origin = self._same.setdefault(origin, origin)
        origins[peer] = origin
        return origin

    def _origin_on(self, interface: Interface, peer: str) -> Origin:
        address = interface.address_beside(peer)
        if not address:
            # Behind a router, or with an address of another network: the route decides.
            towards = "" if interface.loopback else address_towards(peer, interface.index)
            first = next((str(each.ip) for each in interface.addresses), "")
            address = towards if interface.has(towards) else first
        return interface.name, (address, self.port)

    def _judged_by_address(self, peer: str) -> Origin | None:
        """For datagrams without a control message. Multicast comes in only where it was joined, so
        in a subnet that a chosen and another interface share it was the chosen one."""
        beside = {
            address: each.name
            for each in self.interfaces.values()
            if (address := each.address_beside(peer))
        }
        if not beside and any(each.address_beside(peer) for each in self.present):
            return None
        if len(beside) != 1:
            address = address_towards(peer)
            for interface in self.interfaces.values():
                if interface.has(address):
                    return interface.name, (address, self.port)
        return next(((name, (address, self.port)) for address, name in beside.items()), None)


class Channels:
    """All channels of one UDP port."""

    def __init__(
        self,
        port: int,
        opened: Callable[[Channel], None],
        closed: Callable[[Channel], None],
        *,
        shared: bool = not TO_DEVICE,
    ) -> None:
        """`opened` is called when a channel listens, `closed` before its socket closes."""
        self.port = port
        """The UDP port; if 0 was wanted, the one that the system gave."""
        self.bind_trouble: Trouble | None = None
        """Why the port is not available, on all interfaces or on some."""
        self.join_troubles: dict[str, Trouble] = {}
        """Why an interface that is ready could not be joined, by its name."""
        self.by_interface: dict[str, Channel] = {}
        """The channel to send by, by the interface's name; only those that are joined."""
        self._opened = opened
        self._closed = closed
        self._shared = shared
        self.all: list[Channel] = []
        """The open channels."""
        self._present: Sequence[Interface] = ()

    def joined(self) -> list[Interface]:
        """The interfaces that are listened on, as they were when joined."""
        return [channel.interfaces[name] for name, channel in self.by_interface.items()]

    def update(
        self, targets: Sequence[Interface], present: Sequence[Interface], *, again: bool = False
    ) -> None:
        """Listen on exactly `targets`, which are ready; `again`: join the unchanged ones again."""
        self.join_troubles = {}
        if present != self._present:
            self._present = present
            for each in self.all:
                each.present = present
                each.forget_origins()
        try:
            if not self._shared:
                self._update_tied(targets, again)
        except NotPermittedError:
            logger.info("only root may bind a socket to an interface here: one socket for all")
            self.close()
            self._shared = True
        if self._shared:
            self._update_shared(targets, again)

    def subnet_trouble(self) -> Trouble | None:
        """Interfaces in one subnet, which a shared socket without control messages cannot tell
        apart."""
        guessing = self._shared and not all(each.notes for each in self.all)
        joined = self.joined() if guessing else []
        beside = [
            each.name
            for each in joined
            if any(
                each is not other and each.address_beside(str(address.ip))
                for other in joined
                for address in other.addresses
            )
        ]
        if not beside:
            return None
        return Trouble(
            "{interfaces} are in the same subnet. Unless they are on the same network, an "
            "answer may leave by the wrong one: choose only the network interface that the "
            "phones are on.",
            action="show_interfaces",
            code="one_subnet",
            interfaces=listed(beside),
        )

    def close(self) -> None:
        """Close everything."""
        for channel in list(self.all):
            self._close(channel)

    def _update_tied(self, targets: Sequence[Interface], again: bool) -> None:
        wanted = {each.name: each for each in targets}
        for name, channel in list(self.by_interface.items()):
            now = wanted.get(name)
            # A socket stays tied to the old index if the interface is removed and put back.
            if now is None or channel.broken or now.index != channel.interfaces[name].index:
                self._close(channel)
        refused = False
        for interface in targets:
            present = self.by_interface.get(interface.name)
            try:
                if present is None:
                    self._add(Channel(open_on(interface, self.port), tied=True), interface)
                elif again or interface != present.interfaces[interface.name]:
                    self._join_again(present, interface)
            except BindError as error:
                refused = True
                self._refused(error)
            except Trouble as trouble:
                self._not_joined(interface, trouble)
        if not refused:
            self.bind_trouble = None

    def _update_shared(self, targets: Sequence[Interface], again: bool) -> None:
        loopback_only = all(each.loopback for each in targets)
        for channel in list(self.all):
            if not targets or channel.broken or channel.loopback_only != loopback_only:
                self._close(channel)
        if not targets:
            self.bind_trouble = None
            return
        if not self.all:
            try:
                sock = open_shared(self.port, loopback_only=loopback_only)
            except BindError as error:
                self._refused(error)
                return
            self._add(Channel(sock, tied=False, loopback_only=loopback_only))
            self.bind_trouble = None
        (channel,) = self.all
        names = {each.name for each in targets}
        for name in channel.interfaces.keys() - names:
            self._leave(channel, name)
        for interface in targets:
            try:
                if again or interface != channel.interfaces.get(interface.name):
                    self._join_again(channel, interface)
                else:
                    # An adapter that was removed and put back between two checks, with the same
                    # number and address, has lost its membership; otherwise this does nothing.
                    join(channel.socket, interface)
            except Trouble as trouble:
                self._not_joined(interface, trouble)

    def _add(self, channel: Channel, interface: Interface | None = None) -> None:
        if interface is not None:
            channel.interfaces[interface.name] = interface
            channel.leaves_by[interface.name] = 0
            self.by_interface[interface.name] = channel
        channel.present = self._present
        self.all.append(channel)
        self.port = channel.port
        logger.info(
            "listening on UDP port %d, %s, receive buffer %d bytes",
            channel.port,
            interface.describe() if interface else "one socket for all",
            receive_buffer(channel.socket),
        )
        self._opened(channel)

    def _join_again(self, channel: Channel, interface: Interface) -> None:
        """Leave and join: sends a new report, and restores a membership that was lost."""
        before = channel.interfaces.get(interface.name)
        if before is not None:
            leave(channel.socket, before)
        join(channel.socket, interface)
        if interface != before:
            logger.info("joined on %s", interface.describe())
        channel.interfaces[interface.name] = interface
        aimed = not (channel.tied or interface.loopback)
        channel.leaves_by[interface.name] = interface.index if aimed else 0
        channel.forget_origins()
        self.by_interface[interface.name] = channel

    def _leave(self, channel: Channel, name: str) -> None:
        leave(channel.socket, channel.interfaces.pop(name))
        channel.forget_origins()
        self.by_interface.pop(name, None)
        logger.info("left on %s", name)

    def _not_joined(self, interface: Interface, trouble: Trouble) -> None:
        """It is not listened on until a later check succeeds in joining."""
        self.join_troubles[interface.name] = trouble
        channel = self.by_interface.get(interface.name)
        if channel is not None and channel.tied:
            self._close(channel)
        elif channel is not None:
            self._leave(channel, interface.name)

    def _refused(self, error: BindError) -> None:
        if self.bind_trouble is None:
            self.bind_trouble = bind_fault(error.args[0], self.port)

    def _close(self, channel: Channel) -> None:
        self.all.remove(channel)
        for name in channel.interfaces:
            self.by_interface.pop(name, None)
            logger.info("no longer listening on %s", name)
        self._closed(channel)
        channel.socket.close()
