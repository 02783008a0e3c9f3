"""The whole program speaks English with its plurals."""

from __future__ import annotations

import socket
from pathlib import Path

from tests.end_to_end.speaking import Spoken


def test_one_phone_is_no_phones(tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.csv"
    sheet.write_text("mac,decision\n000413A2105F,approved\n")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    with Spoken(None, tmp_path, "-i", "lo", "-p", port, "--sheet", str(sheet)) as program:
        state = program.until(lambda state: state["rows"] == 1, "the phone is in the table")
        assert state["status"].startswith("1 phone ")
