"""Where the time of one exchange goes: each stage alone, without sockets, by the processor's clock.

``python -m tests.benchmarks.stages [--profile STAGE]`` (a stage's beginning; cProfile's twenty top
lines). Processor time of this thread, so that other work on the machine hardly shows; the best of
several rounds.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from pnp_gui.app.session import new_ids
from pnp_gui.bench.bench import Bench
from pnp_gui.bench.phones.phone import Decision
from pnp_gui.bench.sheet.sheet import SheetLine
from pnp_gui.bench.store.store import Store
from pnp_gui.pnp.datagram import Datagram
from pnp_gui.pnp.events import Event, Outgoing
from pnp_gui.pnp.message import Response
from pnp_gui.pnp.parser import parse
from pnp_gui.pnp.responder import Responder
from pnp_gui.system.gc_pauses import GcPauses
from tests.benchmarks.phone_load import URL, Phone, phones, response_to
from tests.benchmarks.table import Figure, hand_over

LOCAL = ("10.13.0.2", 5060)
INTERFACE = "eth0"
BATCH = 40
"""Datagrams taken together, as the pump does in a storm."""


class Stages:
    """Approved phones, and the working parts without the sockets."""

    def __init__(self, folder: Path, count: int) -> None:
        self.devices = phones(count)
        self.bench = Bench(Store.open(folder, background=True))
        self.bench.load()
        self.bench.set_default_url(URL)
        self.bench.apply_sheet(
            SheetLine(n, phone.mac, Decision.APPROVED, None, None)
            for n, phone in enumerate(self.devices)
        )
        self.responder = Responder(self.bench.url_for, new_ids().__next__)
        self.number = 100_000_000
        self.now = time.monotonic()
        self.spent: dict[str, list[float]] = {}
        self.profiler: cProfile.Profile | None = None
        self.profiled = ""

    def timed(self, stage: str, each: int, do: Callable[[], object]) -> None:
        """Note what `do` costs, divided by `each`."""
        profiled = self.profiler if self.profiled and stage.startswith(self.profiled) else None
        if profiled:
            profiled.enable()
        started = time.thread_time()
        do()
        spent = time.thread_time() - started
        if profiled:
            profiled.disable()
        self.spent.setdefault(stage, []).append(spent / each)

    def round(self) -> None:
        """Every phone asks once and answers once, a minute later than before: one that asks anew
        at once is answered at a pace."""
        self.now += 60.0
        now = self.now
        devices, responder = self.devices, self.responder
        sources = [(phone.address, phone.shape.port) for phone in devices]
        asks = list(zip(self._messages(devices), sources, strict=True))
        count = len(devices)
        out: list[Outgoing] = []
        first: list[list[Event]] = []

        self.timed("parse of a SUBSCRIBE", count, lambda: [parse(data) for data, _ in asks])

        def receive() -> None:
            for start in range(0, count, BATCH):
                for data, source in asks[start : start + BATCH]:
                    responder.receive(Datagram(data, source, LOCAL, INTERFACE, now))
                out.extend(responder.datagrams())
                first.append(responder.events())
                responder.deadline()

        self.timed("core: SUBSCRIBE in, 200 and NOTIFY out", count, receive)
        self.timed(
            "bench: rows, trace, log of that",
            count,
            lambda: self._absorb(first),
        )
        answers = [(response_to(one.data), one.remote) for one in out if one.data[:1] == b"N"]
        assert len(answers) == count, len(answers)
        assert isinstance(parse(answers[0][0]), Response)
        second: list[list[Event]] = []

        def receive_answers() -> None:
            for start in range(0, count, BATCH):
                for data, source in answers[start : start + BATCH]:
                    responder.receive(Datagram(data, source, LOCAL, INTERFACE, now))
                second.append(responder.events())
                responder.deadline()

        self.timed("core: the phone's 200 in", count, receive_answers)
        self.timed(
            "bench: rows, trace, log of that 200",
            count,
            lambda: self._absorb(second),
        )
        self.timed("store: what one tick costs this thread", count, self.bench.tick)

    def _absorb(self, batches: list[list[Event]]) -> None:
        for events in batches:
            self.bench.absorb(events)

    def _messages(self, devices: Sequence[Phone]) -> list[bytes]:
        self.number += len(devices)
        return [phone.prepare(self.number + n) for n, phone in enumerate(devices)]


def figures(count: int, rounds: int, profiled: str) -> list[Figure]:
    """The lines for the table."""
    with tempfile.TemporaryDirectory() as folder:
        stages = Stages(Path(folder), count)
        stages.profiled = profiled
        stages.profiler = cProfile.Profile() if profiled else None
        garbage = GcPauses(lambda: 0)
        for _ in range(rounds):
            stages.round()
            stages.timed("Python's garbage collector", count, garbage.collect)
        stages.bench.close()
        if stages.profiler:
            pstats.Stats(stages.profiler).sort_stats("tottime").print_stats(25)
    return [
        Figure(f"stage, µs of one exchange: {stage}", f"{min(times) * 1e6:.1f}")
        for stage, times in stages.spent.items()
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.stages")
    parser.add_argument("--phones", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=8)
    parser.add_argument("--profile", default="", metavar="STAGE")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    found = figures(options.phones, options.rounds, options.profile)
    hand_over(found, as_json=options.json)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
