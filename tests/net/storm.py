"""Phones with addresses of their own that ask again and again, and retransmit like real ones.

They judge what they get by transaction: at most one NOTIFY transaction for each request, no more
copies of it than its timer allows, no more 200s than SUBSCRIBEs, all copies the same to the byte.
"""

from __future__ import annotations

import random
import re
import selectors
import socket
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from tests.namespace import GROUP, Namespace
from tests.net.phone import Phone, subscribe

T1, T2, LIFETIME = 0.5, 4.0, 32.0
CALL = re.compile(rb"^Call-ID: *(.*?)\r$", re.M | re.I)
BRANCH = re.compile(rb"branch=(\w+)")
_BUFFER = 1 << 20


@dataclass(slots=True, eq=False)
class Request:
    """One SUBSCRIBE of one phone, and all that came back."""

    data: bytes
    began: float
    sent: int = 0
    resend_at: float = 0.0
    pause: float = T1
    in_order: bool = False
    """The first thing that came was a 200."""
    oks: list[bytes] = field(default_factory=list)
    notifies: dict[bytes, list[tuple[float, bytes]]] = field(default_factory=dict)

    @property
    def served(self) -> bool:
        return bool(self.notifies)

    def faults(self) -> list[str]:
        """What is doubled or not the same."""
        found = []
        if len(self.notifies) > 1:
            found.append(f"{len(self.notifies)} NOTIFY transactions for one request")
        if len(set(self.oks)) > 1:
            found.append("200s that differ")
        if len(self.oks) > self.sent:
            found.append(f"{len(self.oks)} 200s for {self.sent} SUBSCRIBEs")
        for copies in self.notifies.values():
            if len({data for _, data in copies}) > 1:
                found.append("copies of a NOTIFY differ")
            for number, (at, _) in enumerate(copies, 1):
                if number > allowed(at - self.began):
                    found.append(f"copy {number} of a NOTIFY after {at - self.began:.2f} s")
        return found


def allowed(seconds: float) -> int:
    """How many copies of a NOTIFY can have been sent so long after the request (Timer E)."""
    copies, pause, at = 1, T1, T1
    while at <= seconds:
        copies += 1
        pause = min(2 * pause, T2)
        at += pause
    return copies


class StormPhone(Phone):
    """One phone of the storm."""

    def __init__(self, sock: socket.socket, mac: str) -> None:
        super().__init__(sock, mac)
        self.requests: dict[bytes, Request] = {}
        self.now_asking: Request | None = None
        self.next_at = 0.0
        self.given_up = 0


class Storm(threading.Thread):
    """All of them, in a thread of their own, until `end`."""

    def __init__(
        self,
        side: Namespace,
        addresses: Sequence[str],
        device: str,
        *,
        rest: float = 0.3,
        port: int = 5060,
    ) -> None:
        """The last digit of every MAC is even: `pump_program` approves those. `rest`: seconds at
        least from being served until a phone asks again."""
        super().__init__(name="storm", daemon=True)
        self._chance = random.Random(5060)
        self._rest = rest
        self._target = (GROUP, port)
        self._ending = threading.Event()
        self._over = threading.Event()
        self._selector = selectors.DefaultSelector()
        index = side.inside(lambda: socket.if_nametoindex(device))

        def open_all() -> list[socket.socket]:
            return [_open(address, index) for address in addresses]

        self.phones = [
            StormPhone(sock, mac_of(number)) for number, sock in enumerate(side.inside(open_all))
        ]
        for phone in self.phones:
            self._selector.register(phone.sock, selectors.EVENT_READ, phone)

    @property
    def requests(self) -> list[Request]:
        """All requests of all phones."""
        return [request for phone in self.phones for request in [*phone.requests.values()]]

    @property
    def served(self) -> int:
        """How many of them were served so far."""
        return sum(request.served for request in self.requests)

    def run(self) -> None:
        begin = time.monotonic()
        for phone in self.phones:
            phone.next_at = begin + self._chance.uniform(0, 0.3)
        while not self._over.is_set():
            now = time.monotonic()
            for phone in self.phones:
                self._live(phone, now)
            for key, _ in self._selector.select(0.02):
                self._hear(key.data)

    def end(self, seconds: float) -> None:
        """No new requests; wait until the last ones are served, and half a second for doubles."""
        self._ending.set()
        end = time.monotonic() + seconds
        while any(phone.now_asking for phone in self.phones) and time.monotonic() < end:
            time.sleep(0.05)
        time.sleep(0.6)
        self._over.set()
        self.join()
        for phone in self.phones:
            phone.sock.close()
        self._selector.close()

    def _live(self, phone: StormPhone, now: float) -> None:
        asking = phone.now_asking
        if asking is None:
            if now >= phone.next_at and not self._ending.is_set():
                data = subscribe(phone.mac, phone.address, phone.port)
                (call,) = CALL.findall(data)
                phone.now_asking = phone.requests[call] = Request(data, now)
                self._send(phone, phone.now_asking, now)
        elif now >= asking.began + LIFETIME:
            phone.now_asking = None
            phone.given_up += 1
        elif now >= asking.resend_at and not asking.oks:
            self._send(phone, asking, now)

    def _send(self, phone: StormPhone, asking: Request, now: float) -> None:
        asking.sent += 1
        asking.resend_at = now + asking.pause
        asking.pause = min(2 * asking.pause, T2)
        with suppress(OSError):
            phone.sock.sendto(asking.data, self._target)

    def _hear(self, phone: StormPhone) -> None:
        while True:
            try:
                data, source = phone.sock.recvfrom(65535)
            except BlockingIOError:
                return
            except OSError:
                continue
            now = time.monotonic()
            (call,) = CALL.findall(data)
            request = phone.requests[call]
            if not data.startswith(b"NOTIFY"):
                request.in_order = request.in_order or not request.notifies
                request.oks.append(data)
                continue
            found = BRANCH.search(data)
            assert found is not None
            request.notifies.setdefault(found[1], []).append((now, data))
            with suppress(OSError):
                phone.answer(data, source)
            if request is phone.now_asking:
                phone.now_asking = None
                phone.next_at = now + self._rest + self._chance.uniform(0.0, 1.7)


def mac_of(number: int) -> str:
    """MAC of the phone with this number."""
    return f"000413{2 * number:06X}"


def _open(address: str, index: int) -> socket.socket:
    made = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    made.setblocking(False)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _BUFFER)
    group = socket.inet_aton("0.0.0.0") + socket.inet_aton(address) + index.to_bytes(4, "little")
    made.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, group)
    made.bind((address, 5060))
    return made
