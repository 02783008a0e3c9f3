"""Coverage-guided, as `coverage.py`, for HTTP: ``python -m tests.hostile.http_coverage [OPTIONS]``.

What it finds belongs into ``found_http``, where the tests try it for ever.
"""

from __future__ import annotations

import random
import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["pnp_gui.files", "h11"]):
    from tests.hostile.http_judge import Connections, make_folder

from tests.hostile.http_requests import FAMILIES, TOKENS

SEEDS_EACH = 8
LARGEST = 20_000


def main() -> None:
    """Ends the process: with 0 after the given number of runs, else when something is found."""
    chance = random.Random(1)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        seeds, words, fresh = folder / "seeds", folder / "words", folder / "new"
        seeds.mkdir()
        fresh.mkdir()
        for family, (make, _) in FAMILIES.items():
            for number in range(SEEDS_EACH):
                (seeds / f"{family}-{number}").write_bytes(make(chance)[:LARGEST])
        escaped = ("".join(f"\\x{byte:02x}" for byte in word) for word in TOKENS)
        words.write_text("".join(f'"{word}"\n' for word in escaped))
        connections = Connections(make_folder(folder))

        def once(data: bytes) -> None:
            connections.try_all(data)

        given = [f"-dict={words}", f"-max_len={LARGEST}"]
        atheris.Setup([sys.argv[0], *given, *sys.argv[1:], str(fresh), str(seeds)], once)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
