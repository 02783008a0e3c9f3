"""Runs simulated phones on real sockets, in one blocking loop. What a phone says:
`demo/phone.py`.
"""

from __future__ import annotations

import logging
import selectors
import socket
import threading
import time
from collections.abc import Sequence
from contextlib import suppress

from pnp_gui.demo.phone import SimulatedPhone
from pnp_gui.pnp.datagram import Address

logger = logging.getLogger(__name__)

POLL = 0.2
"""Seconds between checks whether to stop."""
DRAIN = 64
"""Datagrams taken from one phone's socket in a row."""
LARGEST_DATAGRAM = 65_535


class PhoneRunner:
    """Phones, their sockets, and the loop that runs them."""

    def __init__(
        self,
        phones: Sequence[SimulatedPhone],
        target: Address,
        *,
        interface_address: str = "",
        stagger: float = 0.0,
    ) -> None:
        """`interface_address`: our address on the port that multicasts leave by ("": the phone's).
        `stagger`: seconds between one phone's boot and the next one's."""
        self.phones = list(phones)
        self.target = target
        self._interface_address = interface_address
        self._stagger = stagger
        self._selector = selectors.DefaultSelector()
        self._sockets: dict[int, list[socket.socket]] = {}
        """By the phone's place in `phones`: what it asks from, and what it listens on besides."""

    def open(self) -> list[str]:
        """Bind every phone's port, or any free one; sentences about those that could not be."""
        failed = []
        for place, phone in enumerate(self.phones):
            try:
                self._open(place)
            except OSError as error:
                failed.append(f"{phone.address[0]}:{phone.address[1]}: {error.strerror}")
        return failed

    def run(
        self,
        seconds: float,
        *,
        stop: threading.Event | None = None,
        until_settled: bool = False,
        grace: float = 0.0,
    ) -> None:
        """Let the phones live for `seconds`, or until `stop` is set. `until_settled` ends `grace`
        seconds after no phone has anything left to do."""
        started = time.monotonic()
        end = started + seconds
        for place in self._sockets:
            self.phones[place].switch_on(started + self._stagger * place)
        settled_at: float | None = None
        while (now := time.monotonic()) < end and not (stop is not None and stop.is_set()):
            deadlines = []
            for place, phone in enumerate(self.phones):
                if (at := phone.deadline()) is not None and at <= now:
                    phone.expire(now)
                    self._settle(place)
                if (at := phone.deadline()) is not None:
                    deadlines.append(at)
            if deadlines or settled_at is None:
                settled_at = None if deadlines else now
            elif until_settled and now >= settled_at + grace:
                break
            self._receive(max(0.0, min(now + POLL, end, *deadlines) - now))

    def close(self) -> None:
        """Close every socket."""
        for place in list(self._sockets):
            self._close(place)
        self._selector.close()

    def _open(self, place: int) -> None:
        phone = self.phones[place]
        opened = self._sockets[place] = [self._asking_socket(phone)]
        if phone.shape.listens:
            opened.append(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
            opened[1].setblocking(False)
            opened[1].bind((phone.address[0], phone.shape.listens))
        for made in opened[phone.shape.deaf :]:
            self._selector.register(made, selectors.EVENT_READ, place)

    def _asking_socket(self, phone: SimulatedPhone) -> socket.socket:
        made = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        try:
            made.setblocking(False)
            try:
                made.bind(phone.address)
            except OSError:
                made.bind((phone.address[0], 0))
                phone.address = (phone.address[0], made.getsockname()[1])
            leaves_by = self._interface_address or phone.address[0]
            made.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton(leaves_by))
        except OSError:
            made.close()
            raise
        return made

    def _close(self, place: int) -> None:
        for made in self._sockets.pop(place):
            with suppress(KeyError):  # one that it does not listen on
                self._selector.unregister(made)
            made.close()

    def _receive(self, wait: float) -> None:
        for key, _ in self._selector.select(wait):
            place: int = key.data
            made = key.fileobj
            assert isinstance(made, socket.socket)
            port = made.getsockname()[1] if made.fileno() >= 0 else 0
            for _ in range(DRAIN):
                if made.fileno() < 0:
                    break
                try:
                    data, source = made.recvfrom(LARGEST_DATAGRAM)
                except BlockingIOError:
                    break
                except OSError:
                    # An ICMP "port unreachable" to something it sent; a phone goes on.
                    continue
                self.phones[place].receive(data, source, time.monotonic(), port)
                self._settle(place)

    def _settle(self, place: int) -> None:
        """Put on the wire what a phone has to send."""
        phone = self.phones[place]
        if phone.is_open and place not in self._sockets:
            with suppress(OSError):
                self._open(place)
        made = self._sockets.get(place)
        for data, address in phone.datagrams():
            try:
                if made is not None:
                    made[0 if address is None else -1].sendto(data, address or self.target)
            except OSError as error:
                # A refused datagram is a lost one, which every phone must survive.
                logger.debug("%s could not send: %s", phone.address, error)
        if not phone.is_open and place in self._sockets:
            self._close(place)
