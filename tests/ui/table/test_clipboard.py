"""Rows on the clipboard: for a spreadsheet, harmless there, and the same when pasted back."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTranslator
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pnp_gui.bench.sheet.preview import Verdict, preview
from pnp_gui.bench.sheet.reading import read_pasted
from pnp_gui.pnp.events import SubscribeReceived
from pnp_gui.system.steps import finished
from pnp_gui.ui.main_window.window import MainWindow
from pnp_gui.ui.table.columns import Column
from pnp_gui.ui.table.view import PhoneTable
from tests.bench.rig import Set, ask
from tests.bench.sheet.test_cells import formulas
from tests.ui.spots import KEYS, fill, header_of
from tests.ui.stage import Stage

GERMAN = {
    **{"Phone": "Gerät", "Label": "Etikett", "Address": "Adresse", "Decision": "Entschluss"},
    **{"Approved": "Zugelassen", "Denied": "Verweigert", "Undecided": "Ohne Entschluss"},
}
"""“Adresse” over the IP addresses: a sheet's heading for URLs, too."""


class Language(QTranslator):
    """Translates these texts."""

    def __init__(self, words: dict[str, str]) -> None:
        super().__init__()
        self.words = words

    def isEmpty(self) -> bool:
        return False

    def translate(self, context: str, text: str, *more: object) -> str:
        return self.words.get(text, text)


class TestCopy:
    def test_rows_go_to_a_spreadsheet(self, at: Set, table: PhoneTable) -> None:
        fill(at, table, 2)
        at.bench.set_own_url([KEYS[1]], "http://h/${mac}")
        table.select_keys(KEYS[:2])
        QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        lines = QApplication.clipboard().text().splitlines()
        assert lines[0].split("\t") == [
            *("mac", "label", "make", "model", "version", "address", "asked", "decision", "status"),
            *("url", "exact_url"),
        ]
        assert len(lines) == 3
        fields = lines[2].split("\t")
        assert fields[0] == "00:04:13:00:00:01"
        assert fields[6].startswith("2027-01-1")
        assert fields[7] == "undecided"
        assert fields[9] == "http://h/${mac}", "its own, as in a sheet"
        assert fields[10] == "http://h/000413000001"

    @pytest.mark.parametrize("words", [{}, GERMAN], ids=["English", "another language"])
    def test_pasted_back_they_change_nothing(
        self, words: dict[str, str], qapp: QApplication, at: Set, table: PhoneTable
    ) -> None:
        language = Language(words)
        qapp.installTranslator(language)
        try:
            self.copy_and_paste_back(at, table)
        finally:
            qapp.removeTranslator(language)

    def copy_and_paste_back(self, at: Set, table: PhoneTable) -> None:
        fill(at, table)
        nameless = "ip:10.13.2.37"
        at.heard(nameless)
        at.bench.set_own_url([KEYS[1], nameless], "http://h/${mac}")
        at.bench.set_label(KEYS[:3], "=1+1")
        at.bench.set_label([KEYS[3]], '"quoted" room')
        at.bench.approve([*KEYS[:2], nameless])
        at.bench.deny(KEYS[2:3])
        table.phone_model.flush()
        header_of(table).moveSection(header_of(table).visualIndex(Column.URL), 0)
        table.selectAll()
        table.copy_rows()
        reading = finished(read_pasted(QApplication.clipboard().text()))
        assert reading.bad == []
        assert len(reading.good) == len(at.bench.phones)
        verdicts = {line.verdict for line in finished(preview(reading, at.bench.phones))}
        assert verdicts == {Verdict.SAME}

    def test_a_formula_is_made_harmless(self, at: Set, table: PhoneTable) -> None:
        evil = ask(KEYS[0], model='=HYPERLINK("http://evil")\tx\ny')
        at.absorb(SubscribeReceived(evil, at.clock.monotonic, False))
        table.phone_model.flush()
        table.selectAll()
        table.copy_rows()
        lines = QApplication.clipboard().text().splitlines()
        (cells,) = csv.reader(lines[1:], delimiter="\t")
        assert cells[3] == '\'=HYPERLINK("http://evil") x y'

    def test_nothing_selected_leaves_the_clipboard_alone(self, at: Set, table: PhoneTable) -> None:
        fill(at, table)
        QApplication.clipboard().setText("before")
        table.copy_rows()
        assert QApplication.clipboard().text() == "before"

    def test_very_many_are_copied_in_steps(
        self, at: Set, table: PhoneTable, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("pnp_gui.ui.widgets.step_runner.SLICE_SECONDS", 0.0)
        monkeypatch.setattr("pnp_gui.ui.table.clipboard.AT_ONCE", 2)
        fill(at, table, 9)
        QApplication.clipboard().setText("before")
        table.selectAll()
        with qtbot.waitSignal(table.copied) as copied:
            table.copy_rows()
            assert QApplication.clipboard().text() == "before"
            at.bench.forget([table.phone_model.key_at(8)])
        assert copied.args == [8]
        assert len(QApplication.clipboard().text().splitlines()) == 9


EVIL = "x;=cmd|'/c calc'!A0"


def test_lines_of_the_history_are_harmless_too(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    key = stage.ask(1)
    stage.bench.set_label([key], EVIL)
    stage.bench.approve([key])
    history = window.exports.open_history()
    qtbot.waitUntil(lambda: history.model.rowCount() == 2, timeout=2000)
    history.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is history.view, timeout=2000)
    history.view.selectAll()
    QTest.keyClick(history.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QApplication.clipboard().text()
    assert "\tx;'=cmd|'/c calc'!A0\t" in copied
    assert formulas(copied) == []
    history.close()


def test_so_are_the_lines_that_a_sheet_leaves_out(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "sheet.csv").write_text(f"000413000001\n=00:04:13,,,{EVIL}\n")
    window.sheet_controller.take_file(tmp_path / "sheet.csv")
    qtbot.waitUntil(lambda: window.sheet_controller.dialog is not None, timeout=2000)
    dialog = window.sheet_controller.dialog
    assert dialog is not None
    dialog.copy.trigger()
    copied = QApplication.clipboard().text()
    assert "\t'=00:04:13,,,x;'=cmd|'/c calc'!A0\n" in copied
    assert formulas(copied) == []
    dialog.reject()
