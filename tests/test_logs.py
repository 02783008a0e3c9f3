"""The log file."""

from __future__ import annotations

import logging
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from pnp_gui.logs import LOG_FILE, MAX_LOG, LogFile, MaskedFormatter, start_logging


@pytest.fixture(autouse=True)
def _qt_is_heard_by_pytest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pnp_gui.logs.qInstallMessageHandler", lambda handler: None)


@pytest.fixture
def log(tmp_path: Path) -> Iterator[logging.Logger]:
    """The program's log into a file in `tmp_path`."""
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    assert start_logging(tmp_path, verbose=False) is None
    yield logging.getLogger("pnp_gui.test")
    root.setLevel(level)
    for handler in set(root.handlers) - set(before):
        root.removeHandler(handler)
        handler.close()


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_each_file_is_for_this_user_alone(log: logging.Logger, tmp_path: Path) -> None:
    for _ in range(3):
        log.info("x" * (MAX_LOG // 2))
        log.info("y" * (MAX_LOG // 2))
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
    log: logging.Logger,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    root = logging.getLogger()
    with monkeypatch.context() as ours:
        # What pytest catches, pytest-xdist hands on, and it can only do so with text.
        ours.setattr(root, "handlers", [one for one in root.handlers if isinstance(one, LogFile)])
        log.info("data in %s", Path("/tmp/\udcff"))
    assert "data in /tmp/\\udcff" in (tmp_path / LOG_FILE).read_text()
    assert capsys.readouterr().err == ""


def test_what_keeps_the_log_from_being_written_is_said(tmp_path: Path) -> None:
    (tmp_path / LOG_FILE).mkdir()
    trouble = start_logging(tmp_path, verbose=False)
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
