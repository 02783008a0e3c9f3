"""The log file."""

from __future__ import annotations

import logging
from contextlib import closing
from pathlib import Path

from pnp_gui.logs import MAX_LOG, LogFile, MaskedFormatter


def test_user_and_password_stay_out_of_the_file() -> None:
    try:
        raise ValueError("no http://bob:secret@pbx/a")
    except ValueError as error:
        info = (ValueError, error, error.__traceback__)
    record = logging.LogRecord("n", logging.ERROR, "p", 1, "%s failed", ("ftp://joe:pw@pbx",), info)
    text = MaskedFormatter("%(levelname)s %(message)s").format(record)
    assert text.startswith("ERROR ftp://xxx:xx@pbx failed")
    assert "ValueError: no http://xxx:xxxxxx@pbx/a" in text
    assert "secret" not in text


def record(text: str) -> logging.LogRecord:
    return logging.LogRecord("n", logging.INFO, "p", 1, text, (), None)


def test_where_the_older_ones_cannot_be_moved_no_line_is_lost(
    tmp_path: Path,
) -> None:
    path = tmp_path / "pnp-bench.log"
    (tmp_path / "pnp-bench.log.2" / "in the way").mkdir(parents=True)
    with closing(LogFile(path)) as file:
        file.maxBytes = 1000
        for number in range(100):
            file.emit(record(f"line {number} {'.' * 50}"))
        assert file.maxBytes == 1000 + MAX_LOG
    before = tmp_path / "pnp-bench.log.1"
    assert len([*before.read_text().splitlines(), *path.read_text().splitlines()]) == 100
