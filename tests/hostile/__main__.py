"""``python -m tests.hostile [NUMBER] [--seed SEED]``: so many datagrams, and what became of them.

Ends with 1 at the first exception, wrong or undue answer, or table above its bound, and prints the
datagram that led to it.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from types import NoneType

import psutil

from pnp_gui.pnp.events import Ignored, SubscribeReceived
from tests.hostile.callers import APPROVED_NET, Caller, caller
from tests.hostile.families import FAMILIES, Talk
from tests.hostile.judge import (
    faults_of_address,
    faults_of_answer,
    faults_of_exchange,
    faults_of_form,
    faults_of_receiving,
)
from tests.hostile.target import MOST_RESIDENT, URL, Target

SEED = 20261124
LOOK_EVERY = 20_000
"""Datagrams between two looks at all tables and all that can be saved."""
EXACT = {"real", "other hosts", "other ports"}
"""Families of what a phone may rightly send: judged most strictly."""
MEGABYTE = 1_000_000


class Found(Exception):
    """Something that must not happen."""


class Attack:
    """Sends, judges, counts."""

    def __init__(self, target: Target, seed: int) -> None:
        self.target = target
        self.answered: Counter[str] = Counter()
        self.received: Counter[str] = Counter()
        self.ignored: Counter[str] = Counter()
        self._chance = random.Random(seed)
        self._names = list(FAMILIES)
        self._weights = [weight for _, weight in FAMILIES.values()]
        self._notifies: dict[str, bytes] = {}

    def send(self, count: int) -> None:
        """`count` datagrams; raises `Found`."""
        chance = self._chance
        for number, name in enumerate(chance.choices(self._names, self._weights, k=count)):
            who = caller(chance)
            request = who.subscribe(chance.randrange(10**9))
            talk = Talk(request, self._notifies.get(who.address, b""))
            data = FAMILIES[name][0](talk, chance)
            try:
                self._one(name, data, who)
                if number % LOOK_EVERY == LOOK_EVERY - 1:
                    self.check()
            except Exception as error:
                raise Found(
                    f"datagram {number}, {name}, from {who.source}: {error}\n{data[:9000]!r}"
                ) from error

    def check(self) -> None:
        """At tables and files; raises `Found`."""
        self.target.look_at_everything()
        over = self.target.over_bound()
        if over:
            raise Found("; ".join(over))

    def _one(self, name: str, data: bytes, who: Caller) -> None:
        target = self.target
        out = target.receive(data, who.source)
        received = any(type(event) is SubscribeReceived for event in target.reported)
        self.received[name] += received
        self.ignored[name] += any(type(event) is Ignored for event in target.reported)
        faults = faults_of_receiving(data) if received else []
        for one in out:
            faults += faults_of_answer(one, data, who.source, URL)
        if out:
            self.answered[name] += 1
            self._notifies[who.address] = out[-1].data
            if name in EXACT:
                faults += faults_of_exchange(out, data, who.source, URL)
        elif name == "real" and who.address.startswith(APPROVED_NET):
            faults.append("an approved phone got no answer")
        for one in target.take_later():
            faults += faults_of_address(one) + faults_of_form(one.data, URL)
        if faults:
            raise Found("; ".join(faults))


def main(arguments: Sequence[str] | None = None) -> int:
    """Attack, and tell."""
    parser = argparse.ArgumentParser(prog="python -m tests.hostile")
    parser.add_argument("number", nargs="?", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args(arguments)
    say = sys.stdout.write
    process = psutil.Process()
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        target = Target(Path(folder), options.seed)
        attack = Attack(target, options.seed)
        before = process.memory_info().rss
        try:
            attack.send(options.number)
            attack.check()
        except Found as found:
            say(f"seed {options.seed}: {found}\n")
            if not isinstance(found.__cause__, Found | NoneType):
                raise
            return 1
        after = process.memory_info().rss
        largest = max(target.sizes(), key=lambda item: item[1])
        target.close()
    say(f"{'family':<24}{'asked':>9}{'answered':>9}{'ignored':>9}\n")
    for name in FAMILIES:
        say(
            f"{name:<24}{attack.received[name]:9}{attack.answered[name]:9}{attack.ignored[name]:9}\n"
        )
    seconds = time.perf_counter() - started
    say(
        f"{options.number} datagrams in {seconds:.0f} s; "
        f"resident memory {before / MEGABYTE:.0f} MB, then {after / MEGABYTE:.0f} MB; "
        f"largest table {largest[0]} with {largest[1]}\n"
    )
    if after > MOST_RESIDENT * MEGABYTE:
        say(f"more than {MOST_RESIDENT} MB\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
