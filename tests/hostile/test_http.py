"""A hundred thousand hostile pieces of HTTP (more: ``python -m tests.hostile.http``), what coverage
guides to, and what was found. In processes of their own, so that their memory is their own."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.hostile.http_judge import Connections, make_folder
from tests.hostile.http_requests import FAMILIES
from tests.hostile.test_datagrams import RUNS, run

PIECES = os.environ.get("PNP_HOSTILE_HTTP", "100000")
FOUND = sorted((Path(__file__).parent / "found_http").iterdir())


@pytest.mark.slow
def test_no_exception_and_no_byte_that_is_not_of_a_served_file() -> None:
    said = run("tests.hostile.http", PIECES)
    assert f"{PIECES} pieces of HTTP" in said
    for family in FAMILIES:
        assert f"\n{family}" in f"\n{said}"


@pytest.mark.slow
def test_coverage_guided(tmp_path: Path) -> None:
    """A file that it finds: into `found_http`, and mend what it shows."""
    said = run(
        "tests.hostile.http_coverage", f"-runs={RUNS}", "-seed=1", f"-artifact_prefix={tmp_path}/"
    )
    assert f"Done {RUNS} runs" in said
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("file", FOUND, ids=lambda file: str(file.name))
def test_what_was_found_once(file: Path, tmp_path: Path) -> None:
    Connections(make_folder(tmp_path)).try_all(file.read_bytes())
