"""A responder on a desk: approvals, a clock that the test turns, ids that can be foretold.

`read` is a second, strict reading of what we send, written without the code under test.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count

from pnp_gui.pnp.datagram import Datagram
from pnp_gui.pnp.events import Event, Outgoing
from pnp_gui.pnp.responder import Responder
from pnp_gui.pnp.send_result import SendResult
from pnp_gui.pnp.subscribe import SubscribeRequest
from tests.pnp.phones import INTERFACE, LOCAL

URL = "http://10.13.2.2/settings.xml?mac={mac}"

NOTIFY_TIMES = [0.0, 0.5, 1.5, 3.5, 7.5, 11.5, 15.5, 19.5, 23.5, 27.5, 31.5]
"""Seconds after the first (RFC 3261 section 17.1.2.2): pauses of 0.5, 1, 2, 4, 4 … s until 32."""


@dataclass
class Sip:
    """One message that we sent, taken apart."""

    first: str
    headers: list[tuple[str, str]]
    body: bytes

    def all(self, name: str) -> list[str]:
        """Every value of this header, in order."""
        return [value for written, value in self.headers if written == name]

    def one(self, name: str) -> str:
        """The value of a header that has to be there once."""
        values = self.all(name)
        assert len(values) == 1, (name, values)
        return values[0]

    @property
    def names(self) -> list[str]:
        return [name for name, _ in self.headers]


def read(data: bytes) -> Sip:
    """Take apart a message that has to be well formed to the letter."""
    head, empty_line, body = data.partition(b"\r\n\r\n")
    assert empty_line
    first, *lines = head.decode("latin-1").split("\r\n")
    assert "\n" not in first
    headers = []
    for line in lines:
        name, colon, value = line.partition(": ")
        assert colon, line
        assert name.replace("-", "").isalpha(), line
        assert "\r" not in value, line
        assert "\n" not in value, line
        headers.append((name, value))
    return Sip(first, headers, body)


def kinds(out: list[Outgoing]) -> list[str]:
    """ "200" or "NOTIFY" of each."""
    return [read(datagram.data).first.split(" ")[datagram.data[:4] == b"SIP/"] for datagram in out]


def branch_of(notify: bytes) -> str:
    """The branch in the Via of one of our NOTIFYs."""
    return read(notify).one("Via").partition("branch=")[2].partition(";")[0]


def respond(notify: bytes, status: int = 200, reason: str = "OK") -> bytes:
    """A phone's response to our NOTIFY."""
    sip = read(notify)
    echoed = "".join(
        f"{name}: {sip.one(name)}\r\n" for name in ("Via", "From", "To", "Call-ID", "CSeq")
    )
    return f"SIP/2.0 {status} {reason}\r\n{echoed}Content-Length: 0\r\n\r\n".encode("latin-1")


@dataclass
class Desk:
    """A responder with its technician and its clock."""

    urls: dict[str, str] = field(default_factory=dict)
    """URL by key of the approved phones."""
    approve_all: bool = False
    now: float = 1000.0

    def __post_init__(self) -> None:
        self._ids = count(1)
        self.responder = Responder(self.url_for, self.new_id)
        self.log: list[Event] = []
        self.sent: list[tuple[float, Outgoing]] = []

    def url_for(self, ask: SubscribeRequest) -> str | None:
        return URL if self.approve_all else self.urls.get(ask.key)

    def new_id(self) -> str:
        return f"id{next(self._ids)}"

    def receive(self, data: bytes, source: tuple[str, int]) -> list[Outgoing]:
        """Hand a datagram to the responder; what it sent in return."""
        self.responder.receive(Datagram(data, source, LOCAL, INTERFACE, self.now))
        return self.take()

    def approve(self, key: str, url: str = URL) -> SendResult:
        """As the window does: decide, then offer."""
        self.urls[key] = url
        return self.responder.offer(key, self.now)

    def deny(self, key: str) -> None:
        self.urls.pop(key, None)
        self.responder.withdraw(key, self.now)

    def take(self) -> list[Outgoing]:
        """Everything new that was sent and reported."""
        out = self.responder.datagrams()
        self.sent += [(self.now, datagram) for datagram in out]
        self.log += self.responder.events()
        return out

    def wait(self, seconds: float) -> list[tuple[float, Outgoing]]:
        """Let time pass with every timer on time; what was sent meanwhile, with the time."""
        end = self.now + seconds
        sent: list[tuple[float, Outgoing]] = []
        for _ in range(10_000):
            due = self.responder.deadline()
            if due is None or due > end:
                self.now = end
                return sent
            self.now = max(self.now, due)
            self.responder.expire(self.now)
            sent += [(self.now, datagram) for datagram in self.take()]
        raise AssertionError("the timers never end")

    def reported(self, *kinds: type) -> list[Event]:
        """Events of these kinds since the start."""
        return [event for event in self.log if isinstance(event, kinds)]
