"""Coverage-guided: atheris (libFuzzer) looks for bytes that take a path nobody took before.

``python -m tests.hostile.coverage TARGET [RUNS] [libFuzzer's options] [CORPUS]``, e.g. ``sheet
50000 -seed=1``; the targets stand in ``guided``. What it finds it writes to ``crash-…`` in the
present folder, or below ``-artifact_prefix=``; that file belongs into ``found/TARGET``, where the
tests try it for ever.
"""

from __future__ import annotations

import sys
import tempfile
from importlib import import_module
from pathlib import Path

import atheris

from tests.hostile.guided import TARGETS

INSTRUMENTED = ["pnp_gui.pnp", "pnp_gui.bench", "pnp_gui.files", "h11"]


def main() -> None:
    """Ends the process: with 0 after the given number of runs, else when something is found."""
    name, *rest = sys.argv[1:] or [""]
    if name not in TARGETS:
        sys.exit(f"which one? {', '.join(TARGETS)}")
    options = [f"-runs={each}" if each.isdigit() else each for each in rest]
    corpora = [each for each in options if each[:1] != "-"]
    with atheris.instrument_imports(include=INSTRUMENTED):
        target = import_module(f"tests.hostile.guided.{name}")
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        seeds, words, fresh, there = (folder / each for each in ("seeds", "words", "new", "there"))
        for each in (seeds, fresh, there):
            each.mkdir()
        for number, data in enumerate(target.SEEDS):
            (seeds / f"seed-{number}").write_bytes(data)
        escaped = ("".join(f"\\x{byte:02x}" for byte in word) for word in sorted(set(target.WORDS)))
        words.write_text("".join(f'"{word}"\n' for word in escaped))
        given = [f"-dict={words}", f"-max_len={target.LARGEST}"]
        given += [each for each in options if each[:1] == "-"]
        # The first folder is where new inputs are kept.
        folders = [*(corpora or [str(fresh)]), str(seeds)]
        atheris.Setup([sys.argv[0], *given, *folders], target.opened(there))
        atheris.Fuzz()


if __name__ == "__main__":
    main()
