"""The whole program speaks English with its plurals."""

from __future__ import annotations

from pathlib import Path

from tests.end_to_end.remote_program import RemoteProgram
from tests.namespace import BenchNetwork


def test_one_phone_is_no_phones(bench: BenchNetwork, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.csv"
    sheet.write_text("mac,decision\n000413A2105F,approved\n")
    with RemoteProgram(bench.tool, tmp_path, "-i", "eth0", "--sheet", str(sheet)) as program:
        state = program.until(lambda state: state["rows"] == 1, "the phone is in the table")
        assert state["counts"].startswith("1 phone ")
