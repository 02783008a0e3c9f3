"""A datagram on SIP's port, in each state that the program can be in."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.hostile.callers import APPROVED
from tests.hostile.families import FAMILIES, TOKENS, TORTURE, Talk
from tests.hostile.once import NOTIFY, Once

SEEDS_EACH = 3
"""Datagrams of each family to begin with, of no more than `LARGEST_SEED` bytes."""
LARGEST_SEED = 4096
LARGEST = 9000
"""Those over 8,192 are refused unread."""
WORDS = (
    *(*TOKENS, b"SUBSCRIBE", b"ua-profile", b"SIP/2.0 ", b"branch=z9hG4bK", b";rport"),
    *(b"\r\n%s: " % name for name in (b"Via", b"From", b"To", b"Call-ID", b"CSeq", b"l")),
)


def _seeds() -> Iterator[bytes]:
    """All shapes, RFC 4475, right answers, some of each family."""
    chance = random.Random(1)
    yield from TORTURE
    yield from (who.subscribe(7) for who in APPROVED)
    for family, _ in FAMILIES.values():
        for _ in range(SEEDS_EACH):
            yield family(Talk(chance.choice(APPROVED).subscribe(9), NOTIFY), chance)


SEEDS = [seed for seed in _seeds() if len(seed) <= LARGEST_SEED]


def opened(folder: Path) -> Callable[[bytes], None]:
    return Once(folder / "store").try_all
