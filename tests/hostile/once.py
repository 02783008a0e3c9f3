"""One datagram in each of the states that the program can be in, each time in a new program.

So what is found can be had again by that datagram alone.
"""

from __future__ import annotations

from itertools import count
from pathlib import Path

from pnp_gui.bench.bench import Bench
from pnp_gui.bench.record.ladder import read_message
from pnp_gui.bench.store.store import Store
from pnp_gui.pnp.datagram import Datagram
from pnp_gui.pnp.events import Event
from pnp_gui.pnp.responder import Responder
from pnp_gui.pnp.subscribe import SubscribeRequest
from pnp_gui.system.mask import mask_message
from tests.hostile.callers import APPROVED, INTERFACE, OURS
from tests.hostile.judge import faults_of_answer, faults_of_form

URL = "http://10.13.0.2/cfg/"
WHO = APPROVED[0]
NOW = 1000.0
BENCH_FOR = 2000
"""Datagrams for which one bench is used: making one takes longer than a hundred of them."""


def _responder(url: str | None) -> Responder:
    """One whose ids are the same every time."""
    ids = count(1)

    def url_for(ask: SubscribeRequest) -> str | None:
        del ask
        return url

    return Responder(url_for, lambda: f"id{next(ids)}")


def _with_notify(url: str) -> tuple[Responder, bytes]:
    """One that waits for `WHO` to answer its NOTIFY, and that NOTIFY."""
    responder = _responder(url)
    responder.receive(Datagram(WHO.subscribe(1), WHO.source, OURS, INTERFACE, NOW))
    _, notify = responder.datagrams()
    responder.events()
    return responder, notify.data


NOTIFY = _with_notify(URL)[1]


class Wrong(Exception):
    """An answer that must not be, or that is not as it must be."""


class Once:
    """Tries datagrams."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._number = 0
        self._bench: Bench | None = None

    def try_all(self, data: bytes) -> None:
        """Raises what the program raises, or `Wrong`."""
        events = self.unapproved(data) + self.approved(data) + self.under_way(data)
        self.absorb(events)
        read_message(data)
        mask_message(data)

    def unapproved(self, data: bytes) -> list[Event]:
        """Nobody is approved: not a byte."""
        responder = _responder(None)
        responder.receive(Datagram(data, WHO.source, OURS, INTERFACE, NOW))
        if responder.datagrams() or responder.deadline() is not None:
            raise Wrong("an answer, though nobody is approved")
        return responder.events()

    def approved(self, data: bytes) -> list[Event]:
        """All are approved: right answers to the source, twice the same, or none."""
        responder = _responder(URL)
        responder.receive(Datagram(data, WHO.source, OURS, INTERFACE, NOW))
        out = responder.datagrams()
        faults = [fault for one in out for fault in faults_of_answer(one, data, WHO.source, URL)]
        responder.receive(Datagram(data, WHO.source, OURS, INTERFACE, NOW))
        if responder.datagrams() != out[:1]:
            faults.append("its retransmission got another answer")
        if faults:
            raise Wrong("; ".join(faults))
        return responder.events()

    def under_way(self, data: bytes) -> list[Event]:
        """A NOTIFY to the sender is under way: whatever comes, everything ends after 32 s."""
        responder, _ = _with_notify(URL)
        responder.receive(Datagram(data, WHO.source, OURS, INTERFACE, NOW))
        for _ in range(100):
            due = responder.deadline()
            if due is None:
                break
            responder.expire(due)
        else:
            raise Wrong("its timers never end")
        faults = [
            f"sent to {one.remote}" if one.remote[0] != WHO.source[0] else fault
            for one in responder.datagrams()
            for fault in faults_of_form(one.data, URL) or [""]
            if fault or one.remote[0] != WHO.source[0]
        ]
        if faults:
            raise Wrong("; ".join(faults))
        return responder.events()

    def absorb(self, events: list[Event]) -> None:
        """The bench gets the events."""
        if self._bench is None or self._number % BENCH_FOR == 0:
            if self._bench is not None:
                self._bench.close()
            folder = self._folder / str(self._number // BENCH_FOR)
            self._bench = Bench(Store.open(folder), now=lambda: NOW, monotonic=lambda: NOW)
            self._bench.load()
        self._number += 1
        bench = self._bench
        lines = bench.log.added
        bench.absorb(events)
        for key in bench.take_changes().changed:
            bench.preview(key)
        for line in bench.log.since(lines):
            line.text.encode()

    def close(self) -> None:
        """No more datagrams."""
        if self._bench is not None:
            self._bench.close()
