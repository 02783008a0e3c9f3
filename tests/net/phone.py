"""A phone of the simplest kind, for tests of the network: asks, listens, answers the NOTIFY."""

from __future__ import annotations

import itertools
import re
import socket
from collections.abc import Callable
from contextlib import suppress

from tests.namespace import GROUP, wait_until

URL = "http://10.13.2.1/settings.xml"

SAID = 'vendor="snom";model="snomD785";version="10.1"'

_calls = itertools.count(1)


def subscribe(mac: str, address: str, port: int, said: str = SAID) -> bytes:
    """The SUBSCRIBE of a phone with this MAC (12 hex digits); each call is a new request. It says
    `said` of itself."""
    call = next(_calls)
    return (
        f"SUBSCRIBE sip:MAC%3a{mac}@{GROUP} SIP/2.0\r\n"
        f"Via: SIP/2.0/UDP {address}:{port};branch=z9hG4bK{call};rport\r\n"
        f"From: <sip:MAC%3a{mac}@{GROUP}>;tag=f{call}\r\n"
        f"To: <sip:MAC%3a{mac}@{GROUP}>\r\n"
        f"Call-ID: call{call}@{address}\r\n"
        "CSeq: 1 SUBSCRIBE\r\n"
        f'Event: ua-profile;profile-type="device";{said}\r\n'
        f"Contact: <sip:{address}:{port}>\r\n"
        "Accept: application/url\r\nExpires: 0\r\nContent-Length: 0\r\n\r\n"
    ).encode()


class Phone:
    """One phone on a socket that is bound already."""

    def __init__(self, sock: socket.socket, mac: str, address: str = "") -> None:
        self.sock = sock
        self.mac = mac
        self.address = address or sock.getsockname()[0]
        self.port: int = sock.getsockname()[1]
        self.said = SAID
        self.status = "200 OK"
        """What it answers to a NOTIFY."""
        sock.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_LOOP, 0)

    def ask(self, to: str = GROUP, port: int = 5060) -> None:
        """Ask once, as a new request."""
        self.sock.sendto(subscribe(self.mac, self.address, self.port, self.said), (to, port))

    def ask_until(self, heard: Callable[[], object], what: str) -> None:
        """Ask again and again, as a phone does that nobody answers, until `heard()` is true."""

        def asked() -> bool:
            self.ask()
            with suppress(AssertionError):
                wait_until(heard, 4.0)
            return bool(heard())

        wait_until(asked, what=what)

    def receive(self, timeout: float) -> tuple[bytes, tuple[str, int]] | None:
        """The next datagram and where it came from, or None."""
        self.sock.settimeout(timeout)
        try:
            data, source = self.sock.recvfrom(65535)
        except TimeoutError:
            return None
        return data, source

    def notify(self, timeout: float = 10.0) -> tuple[str, tuple[str, int]]:
        """Wait for the NOTIFY; its URL and its source. Fails without one."""
        while True:
            received = self.receive(timeout)
            assert received is not None, f"{self.mac} got no NOTIFY"
            data, source = received
            if data.startswith(b"NOTIFY"):
                self.answer(data, source)
                return data.partition(b"\r\n\r\n")[2].decode(), source

    def answer(self, notify: bytes, source: tuple[str, int]) -> None:
        """Answer a NOTIFY."""
        copied = re.findall(rb"^(?:Via|From|To|Call-ID|CSeq):.*\r\n", notify, re.M | re.I)
        first = f"SIP/2.0 {self.status}\r\n".encode()
        self.sock.sendto(first + b"".join(copied) + b"Content-Length: 0\r\n\r\n", source)

    def served(self, seconds: float = 20.0, *, to: str = GROUP, port: int = 5060) -> str:
        """Ask again and again, as phones do, until a NOTIFY comes; the address it came from."""
        for _ in range(int(seconds / 0.25)):
            self.ask(to, port)
            for _ in range(8):
                received = self.receive(0.25)
                if received is None:
                    break
                if received[0].startswith(b"NOTIFY"):
                    self.answer(*received)
                    return received[1][0]
        raise AssertionError(f"{self.mac} was not served within {seconds} s")
