"""Phones leave the window as a sheet."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from pnp_gui.bench.sheet.reading import read_sheet
from pnp_gui.ui.export import saved_file
from pnp_gui.ui.main_window.window import MainWindow
from tests.ui.hands import CTRL, press, wait_rows
from tests.ui.sheet.test_sheet import save_as
from tests.ui.stage import Stage

Key = Qt.Key


def test_the_selection_alone_can_be_exported(
    stage: Stage, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    for number in (1, 2, 3):
        stage.ask(number)
    wait_rows(qtbot, window, 3)
    window.table.select_keys(["000413000002"])
    press(Key.Key_E, CTRL | Qt.KeyboardModifier.ShiftModifier)
    out = tmp_path / "one.csv"
    save_as(window, out)
    qtbot.waitUntil(out.exists, timeout=2000)
    read = read_sheet(out.read_bytes())
    assert ([line.mac for line in read.good], read.bad) == (["000413000002"], [])
    said = f"1 phone exported to {out}"
    qtbot.waitUntil(lambda: window.status_bar.left.text() == said, timeout=5000)


def test_a_sheet_that_cannot_be_written_is_named(
    stage: Stage, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    stage.ask(1)
    phones = list(stage.bench.phones.values())
    os.mkfifo(tmp_path / "pipe.csv")
    for path, says in (
        (tmp_path / "no" / "where.csv", f"There is no folder {tmp_path / 'no'}"),
        (tmp_path / "pipe.csv", "pipe.csv is a pipe, not a file"),
    ):
        window.sheet_controller.write(phones, path)

        def is_said(says: str = says) -> bool:
            line = window.problem_bar.line_for("sheet_out")
            return line is not None and says in line.sentence.text()

        qtbot.waitUntil(is_said, timeout=5000)


def test_phones_are_answered_while_a_slow_disk_takes_the_sheet(
    stage: Stage,
    window: MainWindow,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stage.ask(1)
    disk = threading.Event()

    def save_slowly(path: Path, data: bytes, *, code: str) -> None:
        assert disk.wait(10)

    monkeypatch.setattr(saved_file, "save_file", save_slowly)
    out = tmp_path / "out.csv"
    window.sheet_controller.write(list(stage.bench.phones.values()), out)
    assert window.status_bar.left.text() == ""
    disk.set()
    said = f"1 phone exported to {out}"
    qtbot.waitUntil(lambda: window.status_bar.left.text() == said, timeout=5000)


def test_without_phones_there_is_nothing_to_export(window: MainWindow) -> None:
    press(Key.Key_E, CTRL)
    assert window.findChild(QFileDialog) is None
    assert "nothing to export" in window.status_bar.left.text()
