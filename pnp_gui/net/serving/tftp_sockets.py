"""The sockets of TFTP, driven by Qt's event loop: one for requests, and one for each transfer. What
is said on them stands in `pnp_gui/files/tftp.py`.

A stranger is anybody who may not fetch: no packet goes to him, whatever he sends.
"""

from __future__ import annotations

import logging
import math
import socket
import time
from collections import OrderedDict
from functools import partial

from PySide6.QtCore import QSocketNotifier, QTimer

from pnp_gui.files import tftp_packets as packets
from pnp_gui.files.fetch import Fetch, FetchEnd
from pnp_gui.files.folder import FileChangedError, FolderGoneError, OpenFile, ServedFolder
from pnp_gui.files.limits import (
    REPORT_SECONDS,
    SLICE_SECONDS,
    TRANSFERS,
    TRANSFERS_OF_ADDRESS,
    WAIT_SECONDS,
    WAITING,
)
from pnp_gui.files.tftp import Transfer
from pnp_gui.files.tftp_packets import Request
from pnp_gui.net.notifiers import release, when_readable
from pnp_gui.net.pktinfo import CONTROL_SIZE, read_note, receiver_on
from pnp_gui.net.serving.served_port import ServedPort
from pnp_gui.net.serving.transfer_socket import LARGEST_PACKET, TransferSocket, open_at
from pnp_gui.net.socket_errors import bind_fault
from pnp_gui.net.sockets import BindError, address_towards, mtu_towards, open_shared
from pnp_gui.pnp.datagram import Address

logger = logging.getLogger(__name__)

PACKETS_AT_ONCE = 64
"""Read from one socket before it is another's turn."""
TICK_MILLISECONDS = 100
"""How often deadlines are looked at."""
HEADS = 32
"""Bytes of the headers of IPv4, UDP and DATA."""
USUAL_MTU = 1500
"""Bytes: no phone's network has more, whatever the port of this computer could do."""


class TftpSockets(ServedPort):
    """The port of requests, and all transfers."""

    def __post_init__(self) -> None:
        self._socket: socket.socket | None = None
        self._notifier: QSocketNotifier | None = None
        self._running: dict[Address, TransferSocket] = {}
        """By the phone's address and port."""
        self._ready: dict[TransferSocket, None] = {}
        """Those that have something to do, in turn."""
        self._waiting: OrderedDict[Address, tuple[bytes, bytes, float]] = OrderedDict()
        """Requests for which there is no room: packet, control message, when it came."""
        self._waited_at = -math.inf
        """When the last one came for which there was no room: a burst of them is logged once."""
        self._buffer = memoryview(bytearray(LARGEST_PACKET))
        self._turn_timer = QTimer()
        self._turn_timer.setInterval(0)
        self._turn_timer.timeout.connect(self._take_turn)
        self._tick_timer = QTimer()
        self._tick_timer.setInterval(TICK_MILLISECONDS)
        self._tick_timer.timeout.connect(self._tick)

    @property
    def active(self) -> int:
        """Transfers that go on."""
        return len(self._running)

    def open(self) -> None:
        """Open the port, if it is not open yet where it should be. What fails is in `trouble`."""
        loopback_only = self._loopback_only()
        opened = self._socket is not None and self._is_loopback_only == loopback_only
        if opened or not self.port:
            return
        self._close_port()
        self._is_loopback_only = loopback_only
        try:
            self._socket = open_shared(self.port, loopback_only=loopback_only)
        except BindError as error:
            cause = error.__cause__
            if self.trouble is None and isinstance(cause, OSError):  # finding who has it takes long
                action, prefix = "serve_ports", "tftp_"
                self.trouble = bind_fault(cause, self.port, action=action, prefix=prefix)
            return
        self.trouble = None
        self._receive, _ = receiver_on(self._socket)
        self._notifier = when_readable(self._socket, self._requests_readable)
        logger.info("serving files by TFTP on UDP port %d", self.port)

    def tick(self) -> None:
        """Once a second: try again what failed."""
        self.open()

    def close(self) -> None:
        """Close everything; the phones that fetch are told."""
        self._close_port()
        self._waiting.clear()
        now = self._clock()
        for running in list(self._running.values()):
            running.transfer.stop(now)
            self._proceed(running)
        self._turn_timer.stop()
        self._tick_timer.stop()

    def _close_port(self) -> None:
        if self._socket is not None:
            release(self._notifier)
            self._socket.close()
            self._socket = self._notifier = None

    def withdraw(self, address: str) -> None:
        """Send nothing more to this address."""
        now = self._clock()
        for running in [each for each in self._running.values() if each.remote[0] == address]:
            running.transfer.withdraw(now)
            self._proceed(running)

    def _requests_readable(self) -> None:
        self._tell()
        end = time.perf_counter() + SLICE_SECONDS
        errors = 0
        for _ in range(PACKETS_AT_ONCE):
            try:
                size, controls, _, source = self._receive((self._buffer,), CONTROL_SIZE)
            except BlockingIOError:
                return
            except OSError as error:
                logger.debug("receiving: %s", error)  # of an earlier packet, or too long
                errors += 1
                continue
            if self._may_fetch(source[0]):
                note = controls[0][2] if controls else b""
                self._requested(self._buffer[:size].tobytes(), source, note)
            else:
                self._refused(source[0])
            if time.perf_counter() > end:
                return
        if errors == PACKETS_AT_ONCE:
            self._close_port()  # it would fire for ever; `tick` opens another

    def _requested(self, packet: bytes, source: Address, note: bytes) -> None:
        request = packets.read_request(packet)
        if request is None or not source[1]:
            logger.debug("no request from %s:%d: %r", *source, packet[:80])
            return
        now = self._clock()
        before = self._running.get(source)
        if before is not None:
            if before.transfer.untouched and before.transfer.fetch.request == packet:
                return  # the phone's repetition: our own is due in a moment
            before.transfer.end(FetchEnd.BROKEN, now)
            self._proceed(before)
        if self._has_room(source[0]):
            self._begin(request, packet, source, note)
            return
        if now - self._waited_at > WAIT_SECONDS:
            logger.warning(
                "TFTP: a request of %s has to wait: %d transfers go on, %d of them to it",
                *(source[0], len(self._running), self._of_address[source[0]]),
            )
        self._waited_at = now
        self._waiting[source] = packet, note, now
        if len(self._waiting) > WAITING:
            self._waiting.popitem(last=False)

    def _begin(self, request: Request, packet: bytes, source: Address, note: bytes) -> None:
        now = self._clock()
        index, local = read_note(note)
        local = local or address_towards(source[0])
        if not address_towards(local):
            return  # sent to all, which is to be passed over (RFC 1123 section 4.2.3.1)
        try:
            sock = open_at(local, index)
        except OSError as error:  # the interface is gone, or too many files are open
            logger.debug("no socket at %s for %s:%d: %s", local, *source, error)
            return
        target = _shown(request.name)
        fetch = Fetch(
            "tftp",
            remote=source,
            local=(sock.getsockname()[0], self.port),
            method="RRQ" if request.opcode == packets.RRQ else "WRQ",
            target=target,
            name=ServedFolder.name_of(_text(request.name), encoded=False),
            at=now,
            request=packet,
        )
        mtu = min(mtu_towards(source[0]) or USUAL_MTU, USUAL_MTU)
        running = TransferSocket(Transfer(fetch, request, mtu - HEADS), sock, self._wake)
        self._running[source] = running
        self._of_address[source[0]] += 1
        if not self._tick_timer.isActive():
            self._tick_timer.start()
        folder = self._folder()
        if folder is None:
            running.transfer.not_opened(FolderGoneError(), now)
        elif running.transfer.wants_file:
            self._readers.run(partial(folder.open, fetch.name), partial(self._opened, running))
        self._proceed(running)

    def _has_room(self, address: str) -> bool:
        """Whether one more transfer may begin."""
        own = self._of_address[address]
        return len(self._running) < TRANSFERS and own < TRANSFERS_OF_ADDRESS

    def _take_waiting(self, end: float) -> None:
        """Begin what waited and has room now, until the time `end`."""
        late = self._clock() - WAIT_SECONDS
        for source, (packet, note, at) in list(self._waiting.items()):
            if len(self._running) >= TRANSFERS or time.perf_counter() > end:
                return
            if at < late:
                del self._waiting[source]
            elif self._has_room(source[0]):
                del self._waiting[source]
                if self._may_fetch(source[0]):
                    self._requested(packet, source, note)

    def _opened(self, running: TransferSocket, found: OpenFile | Exception) -> None:
        now, transfer = self._clock(), running.transfer
        if isinstance(found, OpenFile):
            running.file = found
            if running.closed:
                self._close_file(running)
                return
            transfer.opened(found.size, now)
            self._report(transfer.fetch)
        else:
            transfer.not_opened(found, now)
        self._proceed(running)

    def _was_read(self, running: TransferSocket, found: bytes | Exception) -> None:
        running.reading = False
        if running.closed:
            self._close_file(running)
            return
        if isinstance(found, bytes):
            running.transfer.read(found, self._clock())
        else:
            logger.warning("TFTP: reading %s: %s", running.transfer.fetch.name, found)
            changed = isinstance(found, FileChangedError)
            end = FetchEnd.CHANGED if changed else FetchEnd.FAILED
            running.transfer.not_read(end, self._clock())
        self._proceed(running)

    def _close_file(self, running: TransferSocket) -> None:
        """In a thread, since a drive may hang, and not while one reads."""
        if running.file is not None and not running.reading:
            self._readers.run(running.file.close)
            running.file = None

    def _wake(self, running: TransferSocket) -> None:
        """It has something to do when its turn comes."""
        self._ready[running] = None
        self._ask_turn()

    def _ask_turn(self) -> None:
        if not self._turn_timer.isActive():
            self._turn_timer.start()

    def _take_turn(self) -> None:
        """Work for a slice on those that have something to do."""
        end = time.perf_counter() + SLICE_SECONDS
        self._turn_timer.stop()
        while self._ready:
            running = next(iter(self._ready))
            del self._ready[running]
            try:
                if not running.closed:
                    self._serve(running)
            except Exception:
                logger.exception("TFTP to %s", running.remote[0])
                running.transfer.end(FetchEnd.FAILED, self._clock())
                self._proceed(running)
            if time.perf_counter() > end:
                self._ask_turn()
                return
        self._take_waiting(end)

    def _serve(self, running: TransferSocket) -> None:
        """Read its packets, and do what is due."""
        now, transfer = self._clock(), running.transfer
        for packet, source in running.receive(PACKETS_AT_ONCE):
            if not self._may_fetch(source[0]):
                self._refused(source[0])
            elif source == running.remote:
                transfer.receive(packet, now)
            elif packets.opcode_of(packet) != packets.ERROR:
                unknown = packets.error(packets.UNKNOWN_ID, "Unknown transfer identifier")
                running.send(unknown, source)
        due = transfer.deadline()
        if due is not None and now >= due:
            transfer.expire(now)
        self._proceed(running)

    def _tick(self) -> None:
        """Find what is due, and report what goes on."""
        now = self._clock()
        for running in list(self._running.values()):
            due = running.transfer.deadline()
            if due is not None and now >= due:
                self._wake(running)
            if now - running.reported_at >= REPORT_SECONDS and running.file is not None:
                running.reported_at = now
                self._report(running.transfer.fetch)
        if self._waiting:
            self._ask_turn()
        elif not self._running:
            self._tick_timer.stop()

    def _proceed(self, running: TransferSocket) -> None:
        """Send what there is to send, have read what is wanted, and close what is over."""
        transfer = running.transfer
        if not self._may_fetch(running.remote[0]):
            transfer.withdraw(self._clock())
        for packet in transfer.datagrams():
            running.send(packet, running.remote)
        file = running.file
        if file is not None and (wanted := transfer.wanted()) is not None:
            running.reading = True
            self._readers.run(partial(file.read, *wanted), partial(self._was_read, running))
        if transfer.fetch.ended is not None and not running.closed:
            self._finish(running)

    def _finish(self, running: TransferSocket) -> None:
        running.close()
        self._ready.pop(running, None)
        self._close_file(running)
        del self._running[running.remote]
        self._count_out(running.remote[0])
        if self._waiting:
            self._ask_turn()
        if running.transfer.fetch.status:  # else nothing was answered
            self._report(running.transfer.fetch)


def _text(name: bytes) -> str:
    try:
        return name.decode()
    except UnicodeDecodeError:
        return name.decode("latin-1")


def _shown(name: bytes) -> str:
    return "".join(chr(byte) if 0x20 <= byte < 0x7F else f"\\x{byte:02x}" for byte in name)
