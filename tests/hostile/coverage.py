"""Coverage-guided: atheris (libFuzzer) looks for bytes that take a path nobody took before.

``python -m tests.hostile.coverage [libFuzzer's options] [CORPUS]``, e.g. ``-runs=50000 -seed=1``.
What it finds it writes to ``crash-…`` in the present folder, or below ``-artifact_prefix=``; that
file belongs into ``found``, where the tests try it for ever.
"""

from __future__ import annotations

import random
import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["pnp_gui.pnp", "pnp_gui.bench"]):
    from tests.hostile.once import Once

from tests.hostile.callers import APPROVED
from tests.hostile.families import FAMILIES, TOKENS, TORTURE, Talk
from tests.hostile.once import NOTIFY

SEEDS_EACH = 3
"""Datagrams of each family to begin with, of no more than `LARGEST_SEED` bytes."""
LARGEST_SEED = 4096
MORE_THAN_A_PHONE = 9000
"""Bytes of a datagram at most: those over 8,192 are refused unread."""


def write_seeds(folder: Path) -> None:
    """What to begin with: all shapes, RFC 4475, right answers, some of each family."""
    chance = random.Random(1)
    seeds = [*TORTURE, *(who.subscribe(7) for who in APPROVED)]
    for family, _ in FAMILIES.values():
        for _ in range(SEEDS_EACH):
            seeds.append(family(Talk(chance.choice(APPROVED).subscribe(9), NOTIFY), chance))
    for number, data in enumerate(seeds):
        if len(data) <= LARGEST_SEED:
            (folder / f"seed-{number}").write_bytes(data)


def write_words(file: Path) -> None:
    """libFuzzer's dictionary."""
    words = {*TOKENS, b"SUBSCRIBE", b"ua-profile", b"SIP/2.0 ", b"branch=z9hG4bK", b";rport"}
    words |= {b"\r\n%s: " % name for name in (b"Via", b"From", b"To", b"Call-ID", b"CSeq", b"l")}
    escaped = ("".join(f"\\x{byte:02x}" for byte in word) for word in sorted(words))
    file.write_text("".join(f'"{word}"\n' for word in escaped))


def main() -> None:
    """Ends the process: with 0 after the given number of runs, else when something is found."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        seeds, words, store = folder / "seeds", folder / "words", folder / "store"
        seeds.mkdir()
        write_seeds(seeds)
        write_words(words)
        once = Once(store)
        given = [f"-dict={words}", f"-max_len={MORE_THAN_A_PHONE}"]
        corpora = [each for each in sys.argv[1:] if not each.startswith("-")]
        options = [each for each in sys.argv[1:] if each.startswith("-")]
        # The first folder is where new inputs are kept.
        fresh = folder / "new"
        fresh.mkdir()
        atheris.Setup(
            [sys.argv[0], *given, *options, *(corpora or [str(fresh)]), str(seeds)], once.try_all
        )
        atheris.Fuzz()


if __name__ == "__main__":
    main()
