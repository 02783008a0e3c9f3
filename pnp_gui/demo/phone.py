"""One simulated phone, pure: bytes and the time come in; bytes, a deadline and a verdict come out.

What was wrong with what it got is worked out only when `report` is asked for, so that a storm of
phones stays cheap.
"""

from __future__ import annotations

import dataclasses
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from pnp_gui.demo.check import (
    SentSubscribe,
    check_notify,
    check_ok,
    check_reboot,
    cseq_of,
    lasts,
    ports_of_notifies,
)
from pnp_gui.demo.message import read, read_subscribe
from pnp_gui.demo.shape import Shape
from pnp_gui.pnp.datagram import Address

CALLS_KEPT = 8
"""SUBSCRIBEs of one phone whose answers are kept to be checked; older ones are only counted."""

ANSWERS_KEPT = 64
"""Datagrams kept for each of them."""

REBOOT_SECONDS = 6.0
"""From accepting a reboot until it asks again; a real phone takes about a minute."""

REASONS = {
    401: "Unauthorized",
    407: "Proxy Authentication Required",
    481: "Subscription does not exist",
    489: "Bad Event",
    500: "Server Internal Error",
    603: "Decline",
}

CHALLENGES = {401: b"WWW-Authenticate", 407: b"Proxy-Authenticate"}
"""The header that has to stand in such a response (RFC 3261 section 22)."""


@dataclass(frozen=True, slots=True)
class Behaviour:
    """What a phone does with the NOTIFY, and whether it asks again."""

    status: int = 200
    """Its final response to the NOTIFY; 0: never any."""
    answers: int = 1
    """Which arrival of the NOTIFY it responds to: 1 the first, 4 the third retransmission."""
    closes: bool = False
    """Close the port when the NOTIFY comes, as a phone that reboots at once."""
    again: float = 0.0
    """Seconds after which it asks again while it has no URL; 0: as its shape does."""
    reboots: float = 0.0
    """Seconds after accepting a URL until it boots and asks again; 0: never."""
    reboot: int = 200
    """Its final response to being asked to reboot; 0: none. After a 200 it does."""


ACCEPT = Behaviour()


@dataclass(slots=True)
class PhoneReport:
    """What a phone went through, in numbers and sentences."""

    shape: str
    key: str
    mac: str
    """As the responder should show it; "" when the phone does not name it."""
    address: str
    port: int
    asks: int = 0
    """SUBSCRIBEs, retransmissions left out."""
    sent: int = 0
    """SUBSCRIBE datagrams, retransmissions included."""
    received: int = 0
    """Datagrams of any kind that came in."""
    oks: int = 0
    """200s to the SUBSCRIBEs, repetitions included."""
    notifies: int = 0
    """NOTIFY datagrams, retransmissions included."""
    offers: int = 0
    """NOTIFY transactions."""
    answered: int = 0
    """The last final response it gave to a NOTIFY; 0: none."""
    url: str = ""
    """The last URL it took."""
    reboots: int = 0
    """How often it was asked to reboot, retransmissions left out."""
    reboot_notifies: int = 0
    """... with them."""
    rebooted_at: float | None = None
    """When it last said yes to that, on the clock handed in."""
    faults: list[str] = field(default_factory=list)
    """Everything in the answers that is not exact."""

    @property
    def served(self) -> bool:
        """It took a URL, and nothing was wrong on the way."""
        return bool(self.url) and not self.faults


@dataclass(slots=True)
class _Exchange:
    """One SUBSCRIBE and all that came back."""

    subscribe: bytes
    call_id: bytes
    started: float
    retransmissions: Iterator[float]
    sent: int = 0
    answers: list[tuple[bytes, Address, int | None]] = field(default_factory=list)
    """What came, from where, to which port of the phone."""
    arrivals: dict[bytes, int] = field(default_factory=dict)
    """How often each NOTIFY came, by its Via."""


class SimulatedPhone:
    """A phone as seen from the wire."""

    def __init__(
        self,
        shape: Shape,
        mac: str,
        address: Address,
        new_number: Callable[[], str],
        behaviour: Behaviour = ACCEPT,
    ) -> None:
        """`mac`: 12 upper-case hex digits, even when the shape does not name it. `new_number` gives
        fresh decimal digits."""
        self.shape = shape
        self.mac = mac
        self.address = address
        self.behaviour = behaviour
        self.responder: Address | None = None
        """Where answers must come from, if it is known."""
        self.url: str | None = None
        """The exact URL that must come, if it is known."""
        self.took: Callable[[str], None] = lambda url: None
        """Called with each URL that it takes."""
        self.is_open = True
        """Its port is open; the owner of the socket opens and closes it accordingly."""
        self._new_number = new_number
        self._exchanges: deque[_Exchange] = deque(maxlen=CALLS_KEPT)
        self._old_ids: deque[bytes] = deque(maxlen=4 * CALLS_KEPT)
        self._out: list[tuple[bytes, Address | None]] = []
        self._resend_at: float | None = None
        self._ask_at: float | None = None
        named = mac if shape.sends_mac else ""
        self._count = PhoneReport(shape.name, self.key, named, *address)
        self._strays: list[str] = []
        self._reboot: bytes = b""

    @property
    def key(self) -> str:
        """Under which the responder should show it."""
        return self.shape.key_of(self.mac, self.address[0])

    @property
    def settled(self) -> bool:
        """Nothing is left to do: it took its URL, or has given up for good."""
        return self.deadline() is None

    def switch_on(self, at: float) -> None:
        """Boot at this time."""
        self._ask_at = at

    def boot(self, now: float) -> None:
        """Come up and ask."""
        self.is_open = True
        number = self._new_number()
        data = self.shape.subscribe(self.mac, *self.address, number, self.shape.cseq)
        if self._exchanges:
            self._old_ids.append(self._exchanges[-1].call_id)
        call_id = read_subscribe(data).value("call-id").encode("latin-1")
        exchange = _Exchange(data, call_id, now, self.shape.timing.retransmissions())
        self._exchanges.append(exchange)
        self._count.asks += 1
        self._send(exchange)
        every = self.behaviour.again or self.shape.timing.every
        self._ask_at = now + every if every else None

    def receive(self, data: bytes, source: Address, now: float, port: int | None = None) -> None:
        """Take one datagram. `port`: of the phone, that it came to, when known."""
        self._count.received += 1
        if b"check-sync" in data and _header(data, b"event").startswith(b"check-sync"):
            self._receive_reboot(data, source, now)
            return
        call_id = _header(data, b"call-id")
        exchange = self._exchanges[-1] if self._exchanges else None
        if exchange is None or call_id != exchange.call_id:
            self._receive_stray(data, source, call_id)
            return
        if len(exchange.answers) < ANSWERS_KEPT:
            exchange.answers.append((data, source, port))
        if data.startswith(b"SIP/2.0 "):
            if data[8:9] != b"1":
                self._resend_at = None
                self._count.oks += data[8:9] == b"2"
        elif data.startswith(b"NOTIFY "):
            self._receive_notify(exchange, data, source, now)

    def datagrams(self) -> list[tuple[bytes, Address | None]]:
        """What to send since the last call, in order; no address means: where phones ask."""
        taken, self._out = self._out, []
        return taken

    def deadline(self) -> float | None:
        """When `expire` wants to be called, on the clock handed in."""
        return min((at for at in (self._resend_at, self._ask_at) if at is not None), default=None)

    def expire(self, now: float) -> None:
        """Do what is due."""
        if self._ask_at is not None and now >= self._ask_at:
            self.boot(now)
        elif self._resend_at is not None and now >= self._resend_at:
            self._send(self._exchanges[-1])

    def report(self) -> PhoneReport:
        """Counts and every fault of what is kept so far."""
        faults = list(self._strays)
        for exchange in self._exchanges:
            faults += self._faults_of(exchange)
        return dataclasses.replace(self._count, port=self.address[1], faults=faults)

    def _send(self, exchange: _Exchange) -> None:
        self._out.append((exchange.subscribe, None))
        exchange.sent += 1
        self._count.sent += 1
        after = next(exchange.retransmissions, None)
        self._resend_at = None if after is None else exchange.started + after

    def _receive_notify(
        self, exchange: _Exchange, data: bytes, source: Address, now: float
    ) -> None:
        self._count.notifies += 1
        via = _header(data, b"via")
        arrival = exchange.arrivals[via] = exchange.arrivals.get(via, 0) + 1
        self._count.offers += arrival == 1
        if self.behaviour.closes:
            self.is_open = False
            self._resend_at = None
        if not self.behaviour.status or arrival < self.behaviour.answers:
            return
        timing = self.shape.timing
        late = now > exchange.started + timing.window and not timing.takes_late
        self._answer(data, source, 481 if late else self.behaviour.status)
        if self._count.answered // 100 == 2:
            self._count.url = data.partition(b"\r\n\r\n")[2].decode("latin-1")
            if arrival == self.behaviour.answers:  # no repetition
                self.took(self._count.url)
            self._resend_at = None
            self._ask_at = now + self.behaviour.reboots if self.behaviour.reboots else None
            if b"reason=timeout" in data and lasts(read_subscribe(exchange.subscribe)):
                self._ask_at = now  # RFC 6665 section 4.1.3

    def _receive_reboot(self, data: bytes, source: Address, now: float) -> None:
        """Asked to reboot. A retransmission gets the same answer and is no second reboot."""
        count = self._count
        count.reboot_notifies += 1
        first = data != self._reboot
        if first:
            self._reboot = data
            count.reboots += 1
            if not self._exchanges:
                self._strays.append("reboot: came to a phone that never asked for anything")
            elif len(self._strays) < ANSWERS_KEPT:
                asked = SentSubscribe(self._exchanges[-1].subscribe, self.address, self.responder)
                self._strays += check_reboot(data, source, asked)
        status = self.behaviour.reboot
        if not status:
            return
        self._respond(data, source, status)
        if first and status == 200:
            count.rebooted_at = now
            self.is_open = False
            self._resend_at = None
            self._ask_at = now + REBOOT_SECONDS

    def _receive_stray(self, data: bytes, source: Address, call_id: bytes) -> None:
        """A datagram that belongs to no SUBSCRIBE, or to one from before the last boot."""
        if call_id not in self._old_ids and len(self._strays) < ANSWERS_KEPT:
            self._strays.append(f"a datagram that belongs to no SUBSCRIBE of this phone: {data!r}")
        if data.startswith(b"NOTIFY "):
            self._count.notifies += 1
            self._answer(data, source, 481)

    def _answer(self, notify: bytes, source: Address, status: int) -> None:
        self._count.answered = status
        self._respond(notify, source, status)

    def _respond(self, request: bytes, source: Address, status: int) -> None:
        reason = self.shape.ok_reason if status == 200 else REASONS.get(status, "Refused")
        self._out.append((response_to(request, status, reason), source))

    def _faults_of(self, exchange: _Exchange) -> list[str]:
        """Faults of the answers to one SUBSCRIBE, one by one and in their order."""
        asked = SentSubscribe(exchange.subscribe, self.address, self.responder, self.url)
        ports = ports_of_notifies(read_subscribe(exchange.subscribe), self.address)
        hears_both = len(ports) > 1 and not self.shape.deaf
        faults: list[str] = []
        ok: bytes | None = None
        oks = 0
        notifies: dict[bytes, bytes] = {}
        came_to: dict[bytes, int | None] = {}
        last_cseq = -1
        for data, source, port in exchange.answers:
            if data.startswith(b"NOTIFY "):
                via = _header(data, b"via")
                if via in notifies:
                    if data != notifies[via]:
                        faults.append("NOTIFY: a retransmission differs from the first")
                    if hears_both and came_to[via] == port:
                        faults.append(f"NOTIFY: came to port {port} twice in a row")
                    came_to[via] = port
                    continue
                notifies[via] = data
                came_to[via] = port
                faults += check_notify(data, source, asked, ok, port)
                number = cseq_of(read(data)[0])
                if number is not None and number <= last_cseq:
                    faults.append(f"NOTIFY: a new one has CSeq {number} after {last_cseq}")
                last_cseq = number if number is not None else last_cseq
            elif data.startswith(b"SIP/2.0 2"):
                oks += 1
                if ok is None:
                    ok = data
                    faults += check_ok(data, source, asked, port)
                    if notifies:
                        faults.append("200: came after the NOTIFY")
                elif data != ok:
                    faults.append("200: a repetition differs from the first")
            else:
                faults.append(f"neither a 200 nor a NOTIFY: {data!r}")
        if oks > exchange.sent:
            faults.append(f"200: came {oks} times for {exchange.sent} SUBSCRIBEs")
        return faults


def response_to(request: bytes, status: int, reason: str) -> bytes:
    """The phone's own response: Via, From, To, Call-ID and CSeq as they came."""
    wanted = (b"via", b"from", b"to", b"call-id", b"cseq")
    lines = request.partition(b"\r\n\r\n")[0].split(b"\r\n")[1:]
    kept = [line for line in lines if line.partition(b":")[0].strip().lower() in wanted]
    start = f"SIP/2.0 {status} {reason}".encode()
    if status in CHALLENGES:
        kept.append(CHALLENGES[status] + b': Digest realm="phone", nonce="5f2a90c1", algorithm=MD5')
    return b"\r\n".join([start, *kept, b"Content-Length: 0", b"", b""])


def _header(data: bytes, name: bytes) -> bytes:
    """One header's value by its long name, taken quickly; the strict reading comes later."""
    for line in data.split(b"\r\n"):
        if not line:
            break
        known, _, value = line.partition(b":")
        if known.lower() == name:
            return value.strip()
    return b""
