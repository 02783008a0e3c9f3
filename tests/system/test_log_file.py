"""The log file."""

from __future__ import annotations

import logging
import stat
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from pnp_gui.system.log_file import LOG_FILE, MAX_LOG, LogFile, MaskedFormatter, start_logging

End = Callable[[], None]


@pytest.fixture
def log(tmp_path: Path) -> Iterator[tuple[logging.Logger, End]]:
    """The program's log into a file in `tmp_path`, and what has all of it written."""
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    end, trouble = start_logging(tmp_path, verbose=False)
    assert trouble is None
    yield logging.getLogger("pnp_gui.test"), end
    end()
    root.setLevel(level)
    for handler in set(root.handlers) - set(before):
        root.removeHandler(handler)
        handler.close()


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_each_file_is_for_this_user_alone(log: tuple[logging.Logger, End], tmp_path: Path) -> None:
    logger, end = log
    for _ in range(3):
        logger.info("x" * (MAX_LOG // 2))
        logger.info("y" * (MAX_LOG // 2))
    end()
    assert names(tmp_path) == [LOG_FILE, f"{LOG_FILE}.1", f"{LOG_FILE}.2"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()} == {0o600}


def test_a_log_with_another_name_besides_is_left_to_it(tmp_path: Path) -> None:
    (tmp_path / "thesis").write_text("years of work")
    (tmp_path / LOG_FILE).hardlink_to(tmp_path / "thesis")
    file = LogFile(tmp_path / LOG_FILE)
    file.emit(logging.makeLogRecord({"msg": "ours"}))
    file.close()
    assert (tmp_path / "thesis").read_text() == "years of work"
    assert (tmp_path / LOG_FILE).read_text() == "ours\n"


def test_a_path_that_is_no_text_is_logged_all_the_same(
    log: tuple[logging.Logger, End],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    logger, end = log
    handlers = logging.getLogger().handlers
    with monkeypatch.context() as patched:
        # What pytest catches, pytest-xdist hands on, and it can only do so with text.
        ours = [one for one in handlers if not type(one).__module__.startswith("_pytest")]
        patched.setattr(logging.getLogger(), "handlers", ours)
        logger.info("data in %s", Path("/tmp/\udcff"))
    end()
    assert "data in /tmp/\\udcff" in (tmp_path / LOG_FILE).read_text()
    assert capsys.readouterr().err == ""


def test_what_keeps_the_log_from_being_written_is_said(tmp_path: Path) -> None:
    (tmp_path / LOG_FILE).mkdir()
    _, trouble = start_logging(tmp_path, verbose=False)
    assert str(tmp_path / LOG_FILE) in str(trouble)


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


def test_a_log_that_was_moved_away_begins_anew_once_there_is_a_folder(tmp_path: Path) -> None:
    data, moved = tmp_path / "data", tmp_path / "moved"
    data.mkdir()
    with closing(LogFile(data / LOG_FILE)) as file:
        file.emit(logging.makeLogRecord({"msg": "before"}))
        assert file._writer.flush()
        data.rename(moved)
        file.emit(logging.makeLogRecord({"msg": "meanwhile"}))
        assert file._writer.flush()
        data.mkdir()
        file.emit(logging.makeLogRecord({"msg": "after"}))
    assert (moved / LOG_FILE).read_text() == "before\nmeanwhile\n"
    assert (data / LOG_FILE).read_text() == "after\n"
