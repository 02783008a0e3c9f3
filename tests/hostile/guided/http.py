"""What comes on an HTTP connection: at once, and byte by byte."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

from tests.hostile.http_judge import Connections, make_folder
from tests.hostile.http_requests import FAMILIES, TOKENS

LARGEST = 20_000
SEEDS_EACH = 8
WORDS = TOKENS

_CHANCE = random.Random(1)
SEEDS = [make(_CHANCE)[:LARGEST] for make, _ in FAMILIES.values() for _ in range(SEEDS_EACH)]


def opened(folder: Path) -> Callable[[bytes], None]:
    connections = Connections(make_folder(folder))

    def try_all(data: bytes) -> None:
        connections.try_all(data)

    return try_all
