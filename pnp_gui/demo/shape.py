"""One kind of phone: its SUBSCRIBE and how long it goes on asking. It sends nothing and has no
clock.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pnp_gui.pnp.sip_values import LIFETIME, PORT, T1, T2


@dataclass(frozen=True, slots=True)
class Timing:
    """How a phone repeats itself while nobody answers."""

    tries: int = 11
    """How often one SUBSCRIBE is sent at most; RFC 3261's timers make 11 of them in 32 s."""
    window: float = LIFETIME
    """Seconds during which it waits for an answer to one SUBSCRIBE."""
    every: float = 0.0
    """Seconds until it sends a new SUBSCRIBE; 0: never."""
    takes_late: bool = True
    """Whether it takes a NOTIFY after its window; else it answers 481."""

    def retransmissions(self) -> Iterator[float]:
        """Seconds after the first sending at which the same SUBSCRIBE is sent again (Timer E)."""
        at, wait = 0.0, T1
        for _ in range(self.tries - 1):
            at += wait
            wait = min(2 * wait, T2)
            if at >= self.window:
                return
            yield at


@dataclass(frozen=True, slots=True)
class Shape:
    """One kind of phone."""

    name: str
    """Short name for the command line."""
    make: str
    """What a person calls its maker."""
    model: str
    """As sent in the Event."""
    version: str
    """As sent in the Event."""
    oui: str
    """First six hex digits of its MACs."""
    template: str
    """The SUBSCRIBE, lines ended by LF; fields in braces are filled by `subscribe`."""
    port: int = PORT
    """UDP port that it sends from, and names where its template says {port}."""
    listens: int = 0
    """Another port that it listens on, and names where its template says {listens}; 0: none."""
    deaf: bool = False
    """It hears nothing on `port`."""
    cseq: int = 1
    timing: Timing = Timing()
    sends_mac: bool = True
    """False: no MAC anywhere in the message."""
    newline: str = "\r\n"
    ok_reason: str = "OK"
    """Reason phrase of its own 200."""

    def subscribe(self, mac: str, ip: str, port: int, number: str, cseq: int) -> bytes:
        """The SUBSCRIBE's bytes. `ip`, `port`: the phone's own, for Via and Contact. `number`: new
        digits for each SUBSCRIBE, of which Call-ID, From tag and branch are made."""
        text = self.template.format(
            mac=mac.lower(),
            MAC=mac,
            ip=ip,
            port=port,
            listens=self.listens,
            n=number,
            cseq=cseq,
            model=self.model,
            version=self.version,
        )
        return text.replace("\n", self.newline).encode("latin-1")

    def key_of(self, mac: str, ip: str) -> str:
        """Under which key a responder should show it: 12 upper-case hex digits, or "ip:" and the
        address when it sends no MAC."""
        return mac if self.sends_mac else f"ip:{ip}"

    def mac_of(self, number: int) -> str:
        """An invented MAC: the make's OUI and `number` in the last three bytes."""
        return f"{self.oui}{(0xA21000 + number) & 0xFFFFFF:06X}"
