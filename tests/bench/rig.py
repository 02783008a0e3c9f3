"""Asks, a wire and a clock for the tests of the bench."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from pnp_gui.bench.bench import Bench
from pnp_gui.bench.phones.phone import Decision
from pnp_gui.bench.store.store import FILE, Store
from pnp_gui.pnp.events import Answered, Event, Message, NoAnswer, Offered, SubscribeReceived
from pnp_gui.pnp.send_result import SendResult
from pnp_gui.pnp.subscribe import EventHeader, SubscribeRequest

UNIX = 1_800_000_000.0
"""Unix time at which every test's clocks begin; the events' own clock is then at 1000."""

LOCAL = ("10.13.2.2", 5060)


def mac(number: int) -> str:
    return f"00041300{number:04X}"


def ask(
    key: str,
    address: str = "10.13.2.37",
    *,
    make: str = "snom",
    model: str = "snomD785",
    profile: str = "device",
    takes_url: bool = True,
) -> SubscribeRequest:
    source = (address, 5060)
    return SubscribeRequest(
        key=key,
        mac="" if key.startswith("ip:") else key,
        make=make,
        event=EventHeader("", "ua-profile", make, model, "10.1.184.15", profile),
        user_agent="",
        source=source,
        answer_to=source,
        notify_to=source,
        interface="eth0",
        local=LOCAL,
        transaction=(source, "", "", "", ""),
        vias=[],
        from_="",
        to="",
        call_id="",
        cseq="",
        contact="",
        to_tag="",
        routes=[],
        takes_url=takes_url,
        lasts=False,
    )


@dataclass
class Clock:
    """Two clocks that go together, by hand."""

    unix: float = UNIX
    monotonic: float = 1000.0

    def forward(self, seconds: float) -> None:
        self.unix += seconds
        self.monotonic += seconds


@dataclass
class Wire:
    """Remembers what it was told, and what `look` said at that moment."""

    told: list[tuple[str, str]] = field(default_factory=list)
    look: Callable[[], object] = lambda: None
    seen: list[object] = field(default_factory=list)

    def offer(self, key: str) -> SendResult:
        self.told.append(("offer", key))
        self.seen.append(self.look())
        return SendResult.OK_AND_NOTIFY

    def reboot(self, key: str) -> SendResult:
        self.told.append(("reboot", key))
        return SendResult.NOTIFY_ALONE

    def withdraw(self, key: str) -> None:
        self.told.append(("withdraw", key))
        self.seen.append(self.look())

    def forget(self, key: str) -> None:
        self.told.append(("forget", key))
        self.seen.append(self.look())

    def rename(self, key: str, mac: str) -> None:
        self.told.append(("rename", key))

    def move(self, key: str) -> bool:
        self.told.append(("move", key))
        return True


class Set(NamedTuple):
    """A bench with everything around it."""

    bench: Bench
    wire: Wire
    clock: Clock
    folder: Path

    def heard(
        self, *keys: str, again: bool = False, address: str = "10.13.2.37", make: str = "snom"
    ) -> None:
        """The phones ask."""
        now = self.clock.monotonic
        self.absorb(*(SubscribeReceived(ask(key, address, make=make), now, again) for key in keys))

    def absorb(self, *events: Event) -> None:
        self.bench.absorb(events)

    def offered(self, key: str, url: str = "http://h/a", *, with_ok: bool = True) -> None:
        self.absorb(Offered(key, self.clock.monotonic, url, with_ok))

    def answered(self, key: str, status: int, reason: str = "", url: str = "http://h/a") -> None:
        self.absorb(Answered(key, self.clock.monotonic, status, reason, url))

    def no_answer(self, key: str, url: str = "http://h/a") -> None:
        self.absorb(NoAnswer(key, self.clock.monotonic, url, (5060,)))

    def asks(self, key: str, data: bytes = b"SUBSCRIBE", *, address: str = "10.13.2.37") -> None:
        """The phone asks, and what it asks with is there to be kept, as the responder tells it."""
        now = self.clock.monotonic
        message = Message(now, key, False, "eth0", LOCAL, (address, 5060), data)
        self.absorb(message, SubscribeReceived(ask(key, address), now, False))

    def decided(self, *keys: str) -> list[Decision]:
        return [self.bench.phones[key].decision for key in keys]

    def on_disk(self, key: str) -> str:
        """The decision as another process reads it in the file."""
        with closing(sqlite3.connect(self.folder / FILE)) as connection:
            row = connection.execute("SELECT decision FROM phone WHERE key = ?", (key,)).fetchone()
            return "" if row is None else str(row[0])

    def next_run(self) -> Set:
        """The program ends in order and starts again."""
        self.bench.close()
        return start(self.folder, self.clock)

    def restarted(self) -> Set:
        """The program is killed and starts again."""
        self.bench.store.close()
        return start(self.folder, self.clock)


def start(
    folder: Path, clock: Clock | None = None, claim: Callable[[], None] = lambda: None
) -> Set:
    """A bench on the store in `folder`, with a wire."""
    clock = clock or Clock()
    store = Store.open(folder, claim=claim)
    bench = Bench(store, now=lambda: clock.unix, monotonic=lambda: clock.monotonic)
    wire = Wire()
    bench.attach(wire)
    bench.load()
    return Set(bench, wire, clock, folder)
