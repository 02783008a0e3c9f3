"""The program's inside, put together as in `session.py`, with a clock and ids that can be foretold.

Only sockets and widgets are missing. What the window does with it, reading rows, log, trace and
ladder once a second, is done here too, since hostile bytes arrive there as well.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from pnp_gui.bench.bench import Bench
from pnp_gui.bench.export.history_csv import history_csv
from pnp_gui.bench.export.pcap import pcap
from pnp_gui.bench.export.report import report_rows
from pnp_gui.bench.phones.registry import MAX_UNDECIDED
from pnp_gui.bench.phones.status import status_of
from pnp_gui.bench.record import log, trace
from pnp_gui.bench.record.ladder import read_message
from pnp_gui.bench.sheet.sheet import write_sheet
from pnp_gui.bench.store.store import Store
from pnp_gui.pnp.datagram import Datagram
from pnp_gui.pnp.events import Event, Outgoing
from pnp_gui.pnp.responder import Responder
from pnp_gui.pnp.send_result import SendResult
from pnp_gui.system.mask import mask_message
from pnp_gui.system.steps import finished
from tests.hostile.callers import APPROVED, DENIED, INTERFACE, OURS
from tests.tables import tables

URL = "http://10.13.0.2/cfg/"
STEP = 0.005
"""Seconds on the clock between two datagrams."""
UNIX = 1_800_000_000.0

DECIDED = len(APPROVED) + len(DENIED)
MOST = MAX_UNDECIDED + 10 * DECIDED
"""Entries of any table, but for those of `BOUNDS`."""
BOUNDS = {
    "Trace._came": trace.MAX_COUNTED,
    "Log._lines": log.MAX_LINES,
    "Log.ignored": log.MAX_REASONS + 1,
}
MOST_RESIDENT = 400
"""Megabytes at the end of any number of datagrams."""


class Target:
    """Bench and responder under fire."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.now = 1000.0
        ids = random.Random(seed)
        self.bench = Bench(
            Store.open(folder, background=True),
            now=lambda: UNIX + self.now,
            monotonic=lambda: self.now,
        )
        self.bench.load()
        self.responder = Responder(
            self.bench.url_for,
            lambda: f"{ids.getrandbits(64):016x}",
            self.bench.has_room,
            self.bench.resolve_mac,
        )
        self.bench.attach(self)
        self.bench.set_default_url(URL)
        self.later: list[Outgoing] = []
        """What was sent by timers and decisions since it was last taken."""
        self.reported: list[Event] = []
        """What the last datagram led to."""
        self._seen = 0
        self._traced = 0
        self._tick_at = self.now
        for who in (*APPROVED, *DENIED):
            self.receive(who.subscribe(0), who.source)
        self.bench.approve(who.key for who in APPROVED)
        self.bench.deny(who.key for who in DENIED)

    def receive(self, data: bytes, source: tuple[str, int]) -> list[Outgoing]:
        """One datagram; what is sent at once."""
        self.now += STEP
        self.responder.receive(Datagram(data, source, OURS, INTERFACE, self.now))
        out = self.responder.datagrams()
        self.reported = self.responder.events()
        self.bench.absorb(self.reported)
        due = self.responder.deadline()
        if due is not None and due <= self.now:
            self.responder.expire(self.now)
            self._pass_on()
        if self.now >= self._tick_at:
            self._tick_at = self.now + 1.0
            self.bench.tick()
            self._look()
        return out

    def offer(self, key: str) -> SendResult:
        """The wire, for the bench."""
        return self._done(self.responder.offer(key, self.now))

    def reboot(self, key: str) -> SendResult:
        """The wire, for the bench."""
        return self._done(self.responder.reboot(key, self.now))

    def withdraw(self, key: str) -> None:
        """The wire, for the bench."""
        self.responder.withdraw(key, self.now)
        self._pass_on()

    def rename(self, key: str, mac: str) -> None:
        """The wire, for the bench."""
        self.responder.rename(key, mac)

    def forget(self, key: str) -> None:
        """The wire, for the bench."""
        self.responder.forget(key)
        self._pass_on()

    def move(self, key: str) -> bool:
        """The wire, for the bench."""
        moved = self.responder.move(key, self.now)
        self._pass_on()
        return moved

    def take_later(self) -> list[Outgoing]:
        """What timers and decisions sent since the last call."""
        later, self.later = self.later, []
        return later

    def look_at_everything(self) -> None:
        """All files that a technician can have made of it."""
        entries = list(self.bench.trace)
        pcap(entries, masked=True)
        lines = self.bench.store.history(2000)
        finished(report_rows(lines, self.bench.phones, 0.0))
        finished(history_csv(lines, self.bench.phones, masked=True))
        write_sheet(self.bench.phones.values())

    def over_bound(self) -> list[str]:
        """The tables that hold more than they may."""
        over = ["the trace takes too many bytes"] * (self.bench.trace.bytes > trace.MAX_BYTES)
        return over + [
            f"{name} holds {size}, more than {BOUNDS.get(name, MOST)}"
            for name, size in self.sizes()
            if size > BOUNDS.get(name, MOST)
        ]

    def sizes(self) -> Iterator[tuple[str, int]]:
        """Every table of every object of the program that hangs on responder and bench."""
        return tables(self.responder, self.bench)

    def close(self) -> None:
        """End in order."""
        self.bench.close()

    def _done(self, sent: SendResult) -> SendResult:
        self._pass_on()
        return sent

    def _pass_on(self) -> None:
        self.later += self.responder.datagrams()
        self.bench.absorb(self.responder.events())

    def _look(self) -> None:
        """As the window, its log page and its ladder do."""
        bench = self.bench
        now = bench.monotonic()
        for key in bench.take_changes().changed:
            phone = bench.phones[key]
            status_of(phone, now)
            bench.preview(key)
        bench.counts()
        for line in bench.log.since(self._seen):
            line.text.encode()
        self._seen = bench.log.added
        entries = bench.trace.since(self._traced)
        self._traced = bench.trace.added
        for entry in entries[::10]:
            read_message(entry.data)
            mask_message(entry.data)
        if entries:
            bench.trace.of(entries[-1].key)
