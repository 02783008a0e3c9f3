"""Hours with phones coming, fetching files and going leave nothing behind. Twelve; three days:
`SOAK_HOURS=72 bash tests/run tests/end_to_end/test_soak.py`.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from pnp_gui.bench.record.log import MAX_LINES
from pnp_gui.bench.store.store import MAX_HISTORY_KEPT
from pnp_gui.system.log_file import LOG_FILE, MAX_LOG
from tests.end_to_end.program import ROOT, environment
from tests.namespace import BenchNetwork

HOURS = int(os.environ.get("SOAK_HOURS", "12"))
NOTHING = (
    *("silent", "kept as served", "answered", "under way", "timers of the responder"),
    *("rows", "trace bytes", "fetches under way"),
)
"""What there is none of when no phone asks any more."""
ALIKE = (
    *("sockets", "notifiers", "descriptors", "threads", "objects of Qt", "timers of Qt"),
    *("notifiers of Qt", "log lines"),
)
"""What there is as much of at the end as after three hours, when the log is full."""


def test_memory_is_flat_and_no_timer_nor_descriptor_is_left_over(
    bench: BenchNetwork, tmp_path: Path
) -> None:
    done = bench.tool.run(
        *(sys.executable, "-m", "tests.end_to_end.soak", str(tmp_path / "data"), str(HOURS)),
        cwd=ROOT,
        env=environment(tmp_path),
        timeout=60 * HOURS,
    )
    hours = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(hours) == HOURS, done.stderr
    third, last = hours[2], hours[-1]
    assert last["faults"] == []
    assert last["troubles"] == []
    assert last["asked"] > 1000 * HOURS
    for name in ("served", "files fetched"):
        assert last[name] > 400 * HOURS, name
    assert last["fetches refused"] > 50 * HOURS
    for name in NOTHING:
        assert [hour[name] for hour in hours] == [0] * HOURS, name
    assert [hour["deadline"] for hour in hours] == [None] * HOURS
    for name in ALIKE:
        assert last[name] == third[name], (name, third[name], last[name])
    assert third["log lines"] == MAX_LINES, "compare full ones"
    # A hundredth: the size of what lies in the log differs.
    for name in ("objects", "blocks"):
        assert last[name] < third[name] * 1.01, (name, [hour[name] for hour in hours])
    assert last["resident"] - third["resident"] < 10_000_000, [hour["resident"] for hour in hours]
    # What grows lies on the disk, and has a bound.
    assert third["history lines"] < last["history lines"] <= MAX_HISTORY_KEPT
    full = [hour["store"] for hour in hours if hour["history lines"] == MAX_HISTORY_KEPT]
    assert all(size < full[0] * 1.05 for size in full), full
    files = list((tmp_path / "data").glob(f"{LOG_FILE}*"))
    assert 0 < sum(file.stat().st_size for file in files) <= 3 * MAX_LOG
