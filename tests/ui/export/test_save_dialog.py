"""Whatever is typed as a file's name ends in a file or in a sentence."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from pnp_gui.ui.export.save_dialog import SaveDialog, SaveRequest


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    return window


@pytest.fixture
def panel(tmp_path: Path, window: QWidget) -> SaveDialog:
    request = SaveRequest("Save", "A file.", "", "a.pcap", "", lambda masked: b"saved")
    return SaveDialog(request, tmp_path, window)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("/", "is a folder"),
        ("..", "is a folder"),
        (".", "is a folder"),
        ("~nosuchuser/a", "There is no folder"),
        ("pipe.pcap", "is a pipe"),
        ("loop.pcap", "points to itself"),
        ("none/a.pcap", "There is no folder"),
        ("x" * 300, "File name too long"),
    ],
)
def test_what_cannot_be_a_file_is_said(
    panel: SaveDialog, tmp_path: Path, name: str, says: str
) -> None:
    os.mkfifo(tmp_path / "pipe.pcap")
    (tmp_path / "loop.pcap").symlink_to("loop.pcap")
    before = sorted(tmp_path.iterdir())
    panel.path.setText(name)
    panel.save_button.click()
    assert says in panel.problem.text()
    assert sorted(tmp_path.iterdir()) == before


def test_the_dialog_grows_with_what_it_says(window: QWidget, tmp_path: Path, qtbot: QtBot) -> None:
    note = "More about the file, in some lines. " * 6
    request = SaveRequest("Save", "A file.", "", "a.pcap", "", lambda masked: b"", note=note)
    panel = SaveDialog(request, tmp_path, window)
    panel.open()
    qtbot.waitExposed(panel)
    panel.path.setText("x" * 300)
    panel.save_button.click()
    qtbot.waitUntil(lambda: "too long" in panel.problem.text())
    labels = [each for each in panel.findChildren(QLabel) if each.wordWrap()]
    assert len(labels) == 3
    for label in labels:
        assert label.height() >= label.heightForWidth(label.width()), label.text()


def test_a_file_that_is_there_is_replaced_when_that_was_confirmed(
    panel: SaveDialog, tmp_path: Path
) -> None:
    (tmp_path / "a.pcap").write_bytes(b"old")
    (tmp_path / "a.pcap").chmod(0o640)
    panel.path.setText("a")
    panel.save_button.click()
    assert "a.pcap already exists" in panel.problem.text()
    assert (tmp_path / "a.pcap").read_bytes() == b"old"
    panel.save_button.click()
    assert (tmp_path / "a.pcap").read_bytes() == b"saved"
    assert stat.S_IMODE((tmp_path / "a.pcap").stat().st_mode) == 0o640
