"""What phones fetch in the hours of `soak`: whole files, some broken off, some of a stranger."""

from __future__ import annotations

import random
import socket
import struct
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from pnp_gui.app.serving_controller import ServingController
from pnp_gui.app.session import Session

HTTP_PORT, TFTP_PORT = 8080, 6969
SMALL, LARGE = b"<settings/>", random.Random(16).randbytes(2_000_000)
"""The large one does not fit into what the system holds for a phone that reads nothing."""
FILES = {"settings.xml": SMALL, "firmware.bin": LARGE}
SECONDS = 30.0
"""In true time, for what takes milliseconds."""


class Fetches:
    """The file server, and the phones as they fetch from it."""

    def __init__(self, session: Session, folder: Path, turns: Callable[[], None]) -> None:
        self.serving = ServingController(session, HTTP_PORT, TFTP_PORT)
        self.whole = 0
        """Files that a phone has."""
        self.refused = 0
        """Requests that got not one byte."""
        self._session = session
        self._turns = turns
        self._folder = folder
        self._left: list[socket.socket] = []
        """Of phones whose cable was pulled: nobody closes these."""
        for name, content in FILES.items():
            folder.mkdir(exist_ok=True)
            (folder / name).write_bytes(content)

    def start(self) -> None:
        self.serving.start(self._folder)
        self._until(lambda: self.serving.files == len(FILES))

    def stop(self) -> None:
        self.serving.stop()
        for sock in self._left:
            sock.close()
        self._left.clear()

    def tick(self) -> None:
        """What the file server does once a second."""
        server = self._session.files._server
        if server is not None:
            server._tick()
        self.serving.check_silence()

    @property
    def active(self) -> int:
        """Requests that are being answered."""
        server = self._session.files._server
        sockets = server._sockets if server is not None else ()
        return sum(each.active for each in sockets or ())

    def fetch(self, address: str, number: int, *, allowed: bool) -> None:
        """What this phone does with its URL, by its number."""
        if not self.serving.serving:
            return
        if not allowed:
            self._refused(address)
        elif number % 10 == 0:
            self._pulled(address)
        elif number % 10 == 1:
            self._by_tftp(address)
        else:
            self._by_http(address, "firmware.bin" if number % 10 == 2 else "settings.xml")

    def close_pulled(self) -> None:
        """All but the last: their cables are plugged in again, and what they began is over."""
        for sock in self._left[:-5]:
            sock.close()
        del self._left[:-5]

    def _connect(self, address: str, name: str) -> socket.socket:
        sock = socket.socket()
        sock.bind((address, 0))
        sock.settimeout(SECONDS)
        sock.connect(("127.0.0.1", HTTP_PORT))
        sock.setblocking(False)
        sock.sendall(f"GET /{name} HTTP/1.1\r\nHost: bench\r\nConnection: close\r\n\r\n".encode())
        return sock

    def _by_http(self, address: str, name: str) -> None:
        with self._connect(address, name) as sock:
            received = bytearray()

            def over() -> bool:
                with suppress(BlockingIOError):
                    data = sock.recv(1 << 20)
                    received.extend(data)
                    return not data
                return False

            self._until(over)
        assert received.endswith(FILES[name]), received[:200]
        self.whole += 1

    def _by_tftp(self, address: str) -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
            sock.bind((address, 0))
            sock.setblocking(False)
            sock.sendto(b"\0\1settings.xml\0octet\0", ("127.0.0.1", TFTP_PORT))
            received: list[tuple[bytes, tuple[str, int]]] = []

            def over() -> bool:
                with suppress(BlockingIOError):
                    received.append(sock.recvfrom(2000))
                return bool(received)

            self._until(over)
            packet, source = received[0]
            assert packet == struct.pack("!HH", 3, 1) + SMALL, packet
            sock.sendto(struct.pack("!HH", 4, 1), source)
        self.whole += 1

    def _pulled(self, address: str) -> None:
        """A large file is under way, and nobody reads or closes any more."""
        sock = self._connect(address, "firmware.bin")
        self._left.append(sock)
        self._until(lambda: self._readable(sock))

    def _refused(self, address: str) -> None:
        before = self.serving.refused
        with self._connect(address, "settings.xml") as sock:
            self._until(lambda: self.serving.refused > before)
            with suppress(BlockingIOError, ConnectionResetError):
                assert sock.recv(100) == b""
        self.refused += 1

    def _readable(self, sock: socket.socket) -> bool:
        try:
            return bool(sock.recv(1, socket.MSG_PEEK))
        except BlockingIOError:
            return False

    def _until(self, done: Callable[[], bool]) -> None:
        end = time.perf_counter() + SECONDS
        while not done():
            self._turns()
            self.serving.update_counts()
            assert time.perf_counter() < end, "a fetch does not end"
