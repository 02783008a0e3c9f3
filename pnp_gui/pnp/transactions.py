"""The two transactions of an exchange and their timers (RFC 3261 section 17, over UDP).

A SUBSCRIBE that we answered is remembered for 32 s (Timer J), so that a retransmission of it gets
the same 200 again. A NOTIFY is sent again after 0.5, 1, 2, 4, 4 … s (Timer E) until a final
response comes or 32 s are over (Timer F). For 5 s more its late answers are taken in (Timer K).

| NOTIFY      | on                 | does                              | becomes    |
|-------------|--------------------|-----------------------------------|------------|
| trying      | Timer E            | sends again, doubles E up to T2   | trying     |
| trying      | 1xx                | E becomes T2                      | proceeding |
| proceeding  | Timer E            | sends again after T2              | proceeding |
| either      | 200 to 699         | tells *answered*                  | ended      |
| either      | Timer F            | tells *no answer*                 | ended      |
| either      | replaced, withdrawn| nothing                           | ended      |
| ended       | any response       | shows it                          | ended      |
| ended       | Timer K            | forgets                           | -          |
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from pnp_gui.pnp import builder as answer
from pnp_gui.pnp.events import Outgoing

if TYPE_CHECKING:
    from pnp_gui.pnp.subscribe import SubscribeRequest

_new = tuple.__new__
"""Makes a NamedTuple in half the time of calling its class."""

T1 = 0.5
"""Seconds, the estimate of a round trip (RFC 3261 section 17.1.1.1)."""
T2 = 4.0
"""Seconds, the longest pause between two retransmissions."""
T4 = 5.0
"""Seconds, how long a message may be on its way: Timer K."""
LIFETIME = 64 * T1
"""Seconds: Timers B, F and J over UDP."""


@dataclass(slots=True, eq=False)
class Subscription:
    """What a phone last asked, and the dialog our NOTIFYs to it are in."""

    request: SubscribeRequest
    ends: float
    """When the phone stops retransmitting this SUBSCRIBE, on the responder's clock."""
    tag: str
    """Our tag, in the 200's To and the NOTIFY's From."""
    answered_until: float = 0.0
    """Until when the 200 that was sent is sent again (Timer J); 0: none was sent."""
    cseq: int = 0
    """Number of the last NOTIFY."""
    notify: NotifyTransaction | None = None
    """The NOTIFY under way."""
    size: int = 0
    """Bytes of the request."""
    repeats: int = 0
    """How often its 200 was sent again."""
    newer: Subscription | None = None
    """What the phone asked since, while its address had no credit for one more NOTIFY."""

    def ok(self) -> Outgoing:
        """The 200 to it; made anew, the same to the byte, when it is sent again."""
        request = self.request
        return _new(
            Outgoing,
            (answer.ok(request, self.tag), request.source, request.interface, request.local),
        )


class Ended(NamedTuple):
    """What is remembered of a NOTIFY that has ended, until Timer K."""

    key: str
    host: str
    """The address that it went to, from which alone an answer can come."""
    until: float
    owed: bool
    """Its answer gives the address credit back (limits.py): it has a URL, and none came yet."""


@dataclass(slots=True, eq=False)
class NotifyTransaction:
    """A NOTIFY on its way: non-INVITE client transaction."""

    key: str
    branch: str
    url: str
    datagram: Outgoing
    ends: float
    """Timer F."""
    due: float
    """Timer E: when it is sent again."""
    pause: float = T1
    """Seconds from `due` to the next one."""
    ended: bool = False
    reboot: bool = False
    """It asks the phone to reboot, and has no URL."""

    def proceed(self) -> None:
        """A 1xx came: the phone has it, ask again only every T2."""
        self.pause = T2

    def sent_again(self, now: float) -> None:
        """Set Timer E anew; a late timer (a laptop that slept) makes no burst."""
        self.pause = min(2 * self.pause, T2)
        self.due = min(now + self.pause, self.ends)
