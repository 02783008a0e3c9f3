"""Twelve hours with phones coming and going leave nothing behind."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from pnp_gui.bench.record.log import MAX_LINES
from pnp_gui.bench.store.store import MAX_HISTORY_KEPT
from pnp_gui.system.log_file import LOG_FILE, MAX_LOG
from tests.end_to_end.program import ROOT, environment
from tests.namespace import BenchNetwork

NOTHING = (
    *("silent", "kept as served", "answered", "under way", "timers of the responder"),
    *("rows", "trace bytes"),
)
"""What there is none of when no phone asks any more."""
ALIKE = (
    *("sockets", "notifiers", "descriptors", "threads", "objects of Qt", "timers of Qt"),
    *("notifiers of Qt", "log lines"),
)
"""What there is as much of after twelve hours as after three, when the log is full."""


def test_memory_is_flat_and_no_timer_nor_descriptor_is_left_over(
    bench: BenchNetwork, tmp_path: Path
) -> None:
    done = bench.tool.run(
        *(sys.executable, "-m", "tests.end_to_end.twelve_hours", str(tmp_path / "data")),
        cwd=ROOT,
        env=environment(tmp_path),
        timeout=400,
    )
    hours = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(hours) == 12, done.stderr
    third, last = hours[2], hours[-1]
    assert last["faults"] == []
    assert last["troubles"] == []
    assert last["asked"] > 10_000
    assert last["served"] > 10_000
    for name in NOTHING:
        assert [hour[name] for hour in hours] == [0] * 12, name
    assert [hour["deadline"] for hour in hours] == [None] * 12
    for name in ALIKE:
        assert last[name] == third[name], (name, third[name], last[name])
    assert third["log lines"] == MAX_LINES, "compare full ones"
    # A hundredth: the size of what lies in the log differs.
    for name in ("objects", "blocks"):
        assert last[name] < third[name] * 1.01, (name, [hour[name] for hour in hours])
    assert last["resident"] - third["resident"] < 10_000_000, [hour["resident"] for hour in hours]
    # What grows lies on the disk, and has a bound.
    assert third["history lines"] < last["history lines"] < MAX_HISTORY_KEPT
    files = list((tmp_path / "data").glob(f"{LOG_FILE}*"))
    assert sum(file.stat().st_size for file in files) <= 3 * MAX_LOG
