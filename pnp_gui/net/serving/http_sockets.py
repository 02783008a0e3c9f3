"""The sockets of HTTP, driven by Qt's event loop: one that listens, and one for each connection.
What is said on them stands in `pnp_gui/files/http.py`."""

from __future__ import annotations

import logging
import socket
import time
from collections import deque
from contextlib import suppress
from functools import partial

from PySide6.QtCore import QSocketNotifier, QTimer

from pnp_gui.files.fetch import FetchEnd
from pnp_gui.files.folder import FolderGoneError
from pnp_gui.files.http import HttpConnection
from pnp_gui.files.http_content import Load, Loaded, status_of
from pnp_gui.files.limits import CONNECTIONS, CONNECTIONS_OF_ADDRESS, SLICE_SECONDS
from pnp_gui.net.notifiers import release, when_readable
from pnp_gui.net.serving.listener import ListenerFullError, accept, open_listener, reset
from pnp_gui.net.serving.served_port import ServedPort
from pnp_gui.net.socket_errors import bind_fault
from pnp_gui.pnp.datagram import Address

logger = logging.getLogger(__name__)

ACCEPTED_AT_ONCE = 32
RECEIVE_BYTES = 16 * 1024
READ, WRITE = QSocketNotifier.Type.Read, QSocketNotifier.Type.Write


class _Client:
    """One connection with its socket and notifiers."""

    def __init__(self, sock: socket.socket, http: HttpConnection) -> None:
        self.socket = sock
        self.http = http
        self.reader = QSocketNotifier(sock.fileno(), READ)
        self.writer: QSocketNotifier | None = None
        """Made when the system first takes no more."""
        self.readable = False
        self.blocked = False
        """The system takes no more at the moment."""
        self.waits = False
        """It is in the queue."""
        self.is_shut = False
        self.loaded: Loaded | Exception | None = None

    def close(self) -> None:
        release(self.reader, self.writer)
        if self.http.must_reset:
            reset(self.socket)
        else:
            self.socket.close()


class HttpSockets(ServedPort):
    """All connections of one port."""

    def __post_init__(self) -> None:
        self._listener: socket.socket | None = None
        self._accepting: QSocketNotifier | None = None
        self._clients: set[_Client] = set()
        self._queue: deque[_Client] = deque()
        """Those that have something to do, each once: everybody has a turn."""
        self._slice = QTimer()
        self._slice.setSingleShot(True)
        self._slice.setInterval(0)
        self._slice.timeout.connect(self._do_slice)

    @property
    def active(self) -> int:
        """Requests that are being answered."""
        return sum(client.http.is_answering for client in self._clients)

    def open(self) -> None:
        """Open the port, if it is not open yet where it should be. What fails is in `trouble`."""
        loopback_only = self._loopback_only()
        if self._listener is not None and self._is_loopback_only == loopback_only:
            return
        self._close_port()
        self._is_loopback_only = loopback_only
        try:
            self._listener = open_listener(self.port, loopback_only=loopback_only)
        except OSError as error:
            if self.trouble is None:  # finding the other program takes long
                action, prefix = "serve_ports", "http_"
                self.trouble = bind_fault(error, self.port, "TCP", action=action, prefix=prefix)
            return
        self.trouble = None
        self.port = self._listener.getsockname()[1]
        self._accepting = when_readable(self._listener, self._accept)
        logger.info("serving files by HTTP on TCP port %d", self.port)

    def tick(self) -> None:
        """Once a second: report what goes on, end what takes too long, and try again what
        failed."""
        self.open()
        now = self._clock()
        for client in list(self._clients):
            client.http.report(now)
            client.http.expire(now)
            self._settle(client)
        if len(self._clients) < CONNECTIONS or self._make_room():
            self._accept_again()

    def withdraw(self, address: str) -> None:
        """Send nothing more to this address."""
        for client in [one for one in self._clients if one.http.remote[0] == address]:
            client.http.end(FetchEnd.STOPPED, self._clock())
            self._settle(client)

    def close(self) -> None:
        """Close everything."""
        self._close_port()
        for client in list(self._clients):
            client.http.close(FetchEnd.STOPPED, self._clock())
            self._settle(client)
        self._slice.stop()

    def _close_port(self) -> None:
        if self._listener is not None:
            release(self._accepting)
            self._listener.close()
            self._listener = self._accepting = None

    def _accept(self, *_: object) -> None:
        assert self._listener is not None
        assert self._accepting is not None
        self._tell()
        end = time.perf_counter() + SLICE_SECONDS
        try:
            for sock, remote in accept(self._listener, ACCEPTED_AT_ONCE):
                self._accepted(sock, remote)
                if len(self._clients) >= CONNECTIONS and not self._make_room():
                    self._accepting.setEnabled(False)
                    return
                if time.perf_counter() >= end:
                    return
        except ListenerFullError as error:
            # It would fire for ever. `tick` tries again.
            logger.warning("no further HTTP connection can be accepted: %s", error.__cause__)
            self._accepting.setEnabled(False)
        except Exception:
            logger.exception("accepting an HTTP connection")

    def _accepted(self, sock: socket.socket, remote: Address) -> None:
        address = remote[0]
        if not self._may_fetch(address):
            reset(sock)
            self._refused(address)
            return
        try:
            sock.getpeername()
            local = sock.getsockname()
        except OSError:  # reset meanwhile, which must not count
            sock.close()
            return
        if self._of_address[address] >= CONNECTIONS_OF_ADDRESS and not self._make_room(address):
            reset(sock)
            return
        http = HttpConnection(remote, (local[0], local[1]), self._clock())
        client = _Client(sock, http)
        client.reader.activated.connect(lambda *_: self._readable(client))
        self._clients.add(client)
        self._of_address[address] += 1

    def _make_room(self, address: str = "") -> bool:
        """Close the connection (of this address) that has been spare longest; False: none is."""
        now = self._clock()
        idle = [
            each
            for each in self._clients
            if not each.waits and address in ("", each.http.remote[0])
        ]
        longest = max(idle, key=lambda client: client.http.spare_for(now), default=None)
        if longest is None or not longest.http.spare_for(now):
            return False
        longest.http.close(FetchEnd.SLOW, now)
        self._settle(longest)
        return True

    def _accept_again(self) -> None:
        if self._accepting is not None and len(self._clients) < CONNECTIONS:
            self._accepting.setEnabled(True)

    def _readable(self, client: _Client) -> None:
        client.readable = True
        client.reader.setEnabled(False)  # or it would fire until the client has its turn
        self._enqueue(client)

    def _writable(self, client: _Client) -> None:
        client.blocked = False
        assert client.writer is not None
        client.writer.setEnabled(False)
        self._enqueue(client)

    def _loaded(self, client: _Client, result: Loaded | Exception) -> None:
        if isinstance(result, Exception) and status_of(result) >= 500:
            logger.warning("HTTP: reading a file for %s: %s", client.http.remote[0], result)
        client.loaded = result
        self._enqueue(client)

    def _enqueue(self, client: _Client) -> None:
        if not client.waits:
            client.waits = True
            self._queue.append(client)
            if not self._slice.isActive():
                self._slice.start()

    def _do_slice(self) -> None:
        end = time.perf_counter() + SLICE_SECONDS
        while self._queue:
            client = self._queue.popleft()
            client.waits = False
            try:
                self._turn(client)
            except Exception:
                logger.exception("answering %s", client.http.remote[0])
                client.http.end(FetchEnd.FAILED, self._clock())
                self._settle(client)
            if time.perf_counter() >= end:
                break
        if self._queue:
            self._slice.start()

    def _turn(self, client: _Client) -> None:
        """Read once and send once."""
        http, now = client.http, self._clock()
        if client.loaded is not None:
            result, client.loaded = client.loaded, None
            http.loaded(result, now)
        if not http.closed and not self._may_fetch(http.remote[0]):
            http.end(FetchEnd.STOPPED, now)
        if client.readable and http.wants_data:
            client.readable = False
            try:
                http.receive(client.socket.recv(RECEIVE_BYTES), now)
            except BlockingIOError:
                pass
            except OSError:
                http.end(FetchEnd.BROKEN, now)
        if http.to_send and not client.blocked:
            try:
                http.sent(client.socket.send(http.to_send), now)
            except BlockingIOError:
                client.blocked = True
            except OSError:
                http.end(FetchEnd.BROKEN, now)
        self._settle(client)

    def _settle(self, client: _Client) -> None:
        """Do what the connection wants next."""
        http = client.http
        if (load := http.content.next_load()) is not None:
            self._read(client, load)
        while http.content.unneeded:
            self._readers.run(http.content.unneeded.pop().close)
        while http.reports:
            self._report(http.reports.pop(0))
        if http.closed:
            self._drop(client)
            return
        if http.shut and not client.is_shut:
            client.is_shut = True
            with suppress(OSError):
                client.socket.shutdown(socket.SHUT_WR)
        client.reader.setEnabled(http.wants_data and not client.readable)
        if http.to_send:
            if client.blocked:
                self._wait_for_room(client)
            else:
                self._enqueue(client)
        elif client.readable and http.wants_data:
            self._enqueue(client)

    def _read(self, client: _Client, load: Load) -> None:
        folder = self._folder()
        if folder is None:
            self._loaded(client, FolderGoneError())
        else:
            self._readers.run(partial(load.run, folder), partial(self._loaded, client))

    def _wait_for_room(self, client: _Client) -> None:
        if client.writer is None:
            client.writer = QSocketNotifier(client.socket.fileno(), WRITE)
            client.writer.activated.connect(lambda *_: self._writable(client))
        client.writer.setEnabled(True)

    def _drop(self, client: _Client) -> None:
        if client not in self._clients:
            return
        self._clients.discard(client)
        address = client.http.remote[0]
        self._count_out(address)
        client.close()
        self._accept_again()
