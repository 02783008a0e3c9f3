"""``python -m tests.mutation [GROUP…] [--sample NUMBER] [--seed SEED]``: how many mutants the tests
notice, and which they do not.

A mutant is the program with one small fault; `[tool.mutmut]` in pyproject.toml says where they are
made and which tests run. All of them take hours; of a sample, drawn by the seed, each is as likely.
What was noticed before is not run again: it is kept in `mutants/`. Survivors that `survivors.txt`
explains are not shown, but count as survivors. Ends with 1 where a score is too low.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MUTANTS = ROOT / "mutants"
EXPLAINED = Path(__file__).parent / "survivors.txt"
NOTICED = {"killed", "timeout", "segfault", "suspicious"}


@dataclass(frozen=True)
class Group:
    """Modules whose score is one figure."""

    name: str
    prefix: str
    wanted: float


GROUPS = {
    group.name: group
    for group in (
        Group("pnp", "pnp_gui.pnp.", 0.90),
        Group("phone", "pnp_gui.bench.phones.", 0.85),
        Group("sheet", "pnp_gui.bench.sheet.", 0.85),
    )
}
FIRST = "pnp_gui.pnp.pending.*__mutmut_1"
"""mutmut makes the mutants and learns which test reaches which only when it runs some."""


def mutmut(*arguments: str, shown: bool = False) -> str:
    """What the command printed, unless it is `shown`. Raises CalledProcessError."""
    command = [sys.executable, str(Path(__file__).parent / "by_function.py"), *arguments]
    alike = {**os.environ, "CI": "1"}  # Hypothesis makes the same examples each time
    out = None if shown else subprocess.PIPE
    done = subprocess.run(command, cwd=ROOT, env=alike, check=True, text=True, stdout=out)
    return done.stdout or ""


def names(group: Group) -> list[str]:
    """All mutants of the group, sorted."""
    found: list[str] = []
    for meta in MUTANTS.rglob("*.py.meta"):
        found += json.loads(meta.read_text())["exit_code_by_key"]
    return sorted(name for name in found if name.startswith(group.prefix))


def statuses() -> dict[str, str]:
    """What became of each mutant, by its name."""
    lines = (line.strip().rpartition(": ") for line in mutmut("results", "--all", "1").splitlines())
    return {name: status for name, _, status in lines}


def change(name: str) -> str:
    """What the mutant changes: the function, the lines without it, the lines with it."""
    function = name.partition("__mutmut_")[0].replace(".x_", ".").replace(".xǁ", ".")
    lines = [
        f"{line[0]} {line[1:].strip()}"
        for line in mutmut("show", name).splitlines()
        if line[:1] in "+-" and line[:3] not in ("+++", "---")
    ]
    return "\n".join([function.replace("ǁ", "."), *lines])


def explained() -> set[str]:
    """The changes in `survivors.txt`: blocks between empty lines; a line with "#" is a reason."""
    blocks = EXPLAINED.read_text().split("\n\n")
    lines = ([line for line in block.splitlines() if line[:1] != "#"] for block in blocks)
    return {"\n".join(block) for block in lines}


def judge(group: Group, drawn: Sequence[str], found: dict[str, str]) -> bool:
    """Print the group's score and its survivors; whether the score is as wanted."""
    known = explained()
    survivors = [name for name in drawn if found[name] not in NOTICED]
    shown = [(name, change(name)) for name in survivors]
    for name, text in shown:
        if text not in known:
            sys.stdout.write(f"\n{name}: {found[name]}\n{text}\n")
    score = 1 - len(survivors) / len(drawn)
    of_known = sum(text in known for _, text in shown)
    sys.stdout.write(
        f"\n{group.name}: {score:.1%} of {len(drawn)} mutants noticed (wanted {group.wanted:.0%}); "
        f"{len(survivors)} survived, {of_known} of these explained\n"
    )
    return score >= group.wanted


def main(arguments: Sequence[str] | None = None) -> int:
    """Run, and tell."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation")
    parser.add_argument("groups", nargs="*", choices=[*GROUPS, []], default=[])
    parser.add_argument("--sample", type=int, help="mutants of each group; else all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--children", default="2", help="processes at once")
    options = parser.parse_args(arguments)
    mutmut("run", "--max-children", options.children, FIRST, shown=True)
    chance = random.Random(options.seed)
    drawn = {name: names(GROUPS[name]) for name in options.groups or GROUPS}
    if options.sample is not None:
        drawn = {
            name: chance.sample(found, min(options.sample, len(found)))
            for name, found in drawn.items()
        }
    found = statuses()
    todo = [one for group in drawn.values() for one in group if found[one] not in NOTICED]
    if todo:
        mutmut("run", "--max-children", options.children, *todo, shown=True)
    found = statuses()
    right = [judge(GROUPS[name], group, found) for name, group in drawn.items()]
    return 0 if all(right) else 1


if __name__ == "__main__":
    sys.exit(main())
