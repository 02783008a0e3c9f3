"""``python -m tests.hostile.http [NUMBER] [--seed SEED]``: so many hostile pieces of HTTP.

Ends with 1 at the first exception or byte that must not be sent, and prints what led to it.
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

import psutil

from tests.files.exchange import Exchange
from tests.hostile.http_judge import Connections, make_folder
from tests.hostile.http_requests import FAMILIES

SEED = 20261129
PIECES = 6
"""Of a connection, at most."""
MOST_GROWN = 30
"""MB of memory, from when a tenth was sent."""
MEGABYTE = 1_000_000


class Found(Exception):
    """Something that must not happen."""


def talk(connections: Connections, pieces: list[bytes], chance: random.Random) -> Exchange:
    """One connection: the pieces are split anywhere, and the phone may stall, go or be refused."""
    one = connections.open()
    one.takes = chance.choice((1 << 30, 1 << 30, 5000))
    data = b"".join(pieces)
    while data and one.http.wants_data:
        size = chance.choice((1, 10, 100, 16384, 16384, 16384))
        connections.say(one, data[:size])
        data = data[size:]
    match chance.randrange(8):
        case 0:
            connections.say(one, b"")
        case 1:
            one.http.lost(one.now)
        case 2:
            one.http.stop(one.now)
        case 3:
            one.now = one.http.deadline if one.http.deadline < 1e9 else one.now
            one.http.expire(one.now)
    one.go_on()
    return one


def attack(root: Path, number: int, seed: int) -> Counter[str]:
    """Send so many pieces; how they were answered. Raises `Found`."""
    chance = random.Random(seed)
    connections = Connections(root)
    names = list(FAMILIES)
    weights = [weight for _, weight in FAMILIES.values()]
    statuses: Counter[str] = Counter()
    process = psutil.Process()
    before = 0
    sent = 0
    while sent < number:
        count = min(chance.randrange(1, PIECES + 1), number - sent)
        family = chance.choices(names, weights)[0]
        pieces = [FAMILIES[family][0](chance) for _ in range(count)]
        sent += count
        try:
            one = talk(connections, pieces, chance)
            connections.judge(one)
        except Exception as error:
            data = b"".join(pieces)
            raise Found(f"piece {sent}, {family}: {error!r}\n{data[:9000]!r}") from error
        statuses.update(f"{family:<12} {fetch.status}" for fetch in one.fetches)
        if not before and sent > number // 10:
            before = process.memory_info().rss
    grown = (process.memory_info().rss - before) / MEGABYTE
    if grown > MOST_GROWN:
        raise Found(f"the memory grew by {grown:.0f} MB")
    return statuses


def main(arguments: Sequence[str] | None = None) -> int:
    """Attack, and tell."""
    parser = argparse.ArgumentParser(prog="python -m tests.hostile.http")
    parser.add_argument("number", nargs="?", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args(arguments)
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        try:
            statuses = attack(make_folder(Path(folder)), options.number, options.seed)
        except Found as found:
            sys.stdout.write(f"seed {options.seed}: {str(found)[:9000]}\n")
            return 1
    for name, count in sorted(statuses.items()):
        sys.stdout.write(f"{name}{count:9}\n")
    spent = time.perf_counter() - started
    sys.stdout.write(f"{options.number} pieces of HTTP in {spent:.0f} s\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
