"""What coverage guides to (more: ``python -m tests.hostile.coverage``), and what was found once."""

from __future__ import annotations

import os
from importlib import import_module
from pathlib import Path

import pytest

from tests.hostile.guided import TARGETS
from tests.hostile.test_datagrams import run

RUNS = os.environ.get("PNP_COVERAGE_RUNS", "10000")
FOUND = sorted((Path(__file__).parent / "found").glob("*/*"))


@pytest.mark.slow
@pytest.mark.parametrize("target", TARGETS)
def test_coverage_guided(target: str, tmp_path: Path) -> None:
    """A file that it finds: into `found`, and mend what it shows."""
    said = run("tests.hostile.coverage", target, RUNS, "-seed=1", f"-artifact_prefix={tmp_path}/")
    assert f"Done {RUNS} runs" in said
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("file", FOUND, ids=lambda file: f"{file.parent.name}-{file.name}")
def test_what_was_found_once(file: Path, tmp_path: Path) -> None:
    assert file.parent.name in TARGETS
    target = import_module(f"tests.hostile.guided.{file.parent.name}")
    target.opened(tmp_path)(file.read_bytes())
