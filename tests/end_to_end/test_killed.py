"""kill -9 at two hundred random moments: what the window showed as done is done. A thousand:
`KILL_ROUNDS=1000 bash tests/run tests/end_to_end/test_killed.py`.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from pnp_gui.bench.phones.phone import Decision, Phone
from pnp_gui.bench.store.store import Kept, Store
from tests.end_to_end.program import environment
from tests.hostile.callers import APPROVED

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = int(os.environ.get("KILL_ROUNDS", "200"))
PHONES = 150
LATEST = 0.12
"""Seconds after the first wish of a run; a decision takes some 20 ms of them."""


class Technician:
    """The process of `deciding`."""

    def __init__(self, folder: Path) -> None:
        self._errors = folder / "stderr.txt"
        with self._errors.open("w") as errors:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.end_to_end.deciding", str(folder / "data")],
                cwd=ROOT,
                env=environment(folder),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )

    def run(self, seed: int, seconds: float) -> list[tuple[str, Any]]:
        """All that one run said until it was killed `seconds` after its first wish."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{seed}\n")
        self._process.stdin.flush()
        pid = self._wait_for("pid", [])
        said: list[tuple[str, Any]] = []
        said.append(("wanted", self._wait_for("wanted", said)))
        time.sleep(seconds)
        os.kill(pid, signal.SIGKILL)
        status = self._wait_for("over", said)
        assert os.WTERMSIG(status) == signal.SIGKILL, self._errors.read_text()
        return said

    def end(self) -> None:
        self._process.communicate()

    def _wait_for(self, wanted: str, said: list[tuple[str, Any]]) -> Any:
        """The value behind the word `wanted`; the lines before it go to `said`."""
        assert self._process.stdout is not None
        for line in self._process.stdout:
            ((word, value),) = json.loads(line).items()
            if word == wanted:
                return value
            said.append((word, value))
        raise AssertionError(f"ended before it said {wanted}: {self._errors.read_text()}")


def kept_by(folder: Path) -> dict[str, Phone]:
    """What another start of the program finds."""
    store = Store.open(folder)
    phones = {phone.key: phone for phone in store.load()}
    assert store.troubles == []
    store.close()
    return phones


@pytest.mark.slow
def test_every_decision_that_the_window_showed_outlives_kill_9(tmp_path: Path) -> None:
    data = tmp_path / "data"
    store = Store.open(data)
    keys = [f"0200000000{number:02X}" for number in range(PHONES)]
    keys += {who.key for who in APPROVED}
    store.save_decisions(Kept(key, Decision.UNDECIDED, "", "") for key in keys)
    store.close()
    shown = dict.fromkeys(keys, "undecided")
    moments = random.Random(5)
    technician = Technician(tmp_path)
    decided = late = 0
    for number in range(ROUNDS):
        under_way: dict[str, str] = {}
        for word, value in technician.run(number, moments.uniform(0, LATEST)):
            if word == "wanted":
                under_way = value
            else:
                assert value == under_way, "it shows what was decided"
                shown |= value
                under_way = {}
                decided += 1
        kept = {key: phone.decision.value for key, phone in kept_by(data).items()}
        wrong = {key for key in keys if kept[key] != shown[key]}
        # One that was not shown yet may be there or not, but not by half.
        if wrong:
            assert wrong <= under_way.keys()
            assert all(kept[key] == under_way[key] for key in under_way), "by half"
            late += 1
        shown = kept
    technician.end()
    sys.stdout.write(f"{decided} decisions shown; {late} kept that were not shown yet\n")
    assert decided > ROUNDS
    assert list(data.glob("*damaged*")) == []
