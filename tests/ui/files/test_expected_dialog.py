"""*What files will it request?*, and the name to give a file: with a real folder."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from pnp_gui.bench.sheet.sheet import SheetLine
from pnp_gui.ui.files.expected_dialog import ExpectedDialog
from pnp_gui.ui.files.expected_model import ExpectedColumn
from pnp_gui.ui.main_window.window import MainWindow
from tests.bench.fetches.folder import Folder
from tests.ui.hands import CTRL, find_mac, press, wait_rows
from tests.ui.stage import Stage

URL = "http://192.0.2.5:8080/"


def serve(stage: Stage, tmp_path: Path, *names: str) -> Folder:
    root = tmp_path / "served"
    root.mkdir()
    folder = Folder(root, *names)
    stage.bench.attach_files(folder, lambda address: None)
    stage.bench.set_default_url(URL)
    return folder


def select(stage: Stage, window: MainWindow, qtbot: QtBot, *keys: str) -> None:
    wait_rows(qtbot, window, len(stage.bench.phones))
    window.table.select_keys(list(keys))


def opened(window: MainWindow, qtbot: QtBot) -> ExpectedDialog:
    window.actions_.expected_files.trigger()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ExpectedDialog)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is dialog.table, timeout=30_000)
    return dialog


def rows(dialog: ExpectedDialog) -> list[tuple[str, str]]:
    cell = dialog.model.cell
    return [
        (cell(each, ExpectedColumn.NAME), cell(each, ExpectedColumn.THERE))
        for each in dialog.model.rows
    ]


def test_the_files_in_their_order_and_which_are_there(
    stage: Stage, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = serve(stage, tmp_path, "snomD785.htm", "snomD785-000413000001.html")
    select(stage, window, qtbot, stage.ask(1))
    dialog = opened(window, qtbot)
    assert rows(dialog) == [
        ("snomD785.htm", "Yes"),
        ("snomD785-000413000001.htm", "No, but snomD785-000413000001.html"),
    ]
    assert "snomD785" in dialog.title.text()
    assert dialog.url.text().startswith(URL)
    assert dialog.foot.text().startswith("Source: service.snom.com")
    folder.add("snomD785-000413000001.htm")
    qtbot.waitUntil(lambda: rows(dialog)[1][1] == "Yes", timeout=30_000)
    press(Qt.Key.Key_Escape)
    assert QApplication.activeModalWidget() is None


def test_it_goes_on_when_the_phone_s_mac_becomes_known(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    key = stage.ask_without_mac(7)
    select(stage, window, qtbot, key)
    dialog = opened(window, qtbot)
    find_mac(stage, window, qtbot, key, "00908F000007")
    dialog.refresh()
    assert dialog.isVisible()
    assert dialog.title.text().startswith("00:90:8F:00:00:07")
    stage.bench.forget(["00908F000007"])
    dialog.refresh()
    assert not dialog.isVisible()


def test_the_model_keeps_qts_rules(
    stage: Stage,
    window: MainWindow,
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    folder = serve(stage, tmp_path, "snomD785.htm")
    select(stage, window, qtbot, stage.ask(1))
    dialog = opened(window, qtbot)
    mode = QAbstractItemModelTester.FailureReportingMode.Warning
    QAbstractItemModelTester(dialog.model, mode, dialog.model)
    folder.add("snomD785-000413000001.htm")
    qtbot.waitUntil(lambda: rows(dialog)[1][1] == "Yes", timeout=30_000)
    index = dialog.model.index(1, ExpectedColumn.NAME)
    assert dialog.model.data(index, Qt.ItemDataRole.ToolTipRole) == (
        f"{URL}snomD785-000413000001.htm"
    )
    dialog.reject()


def test_names_are_copied_those_that_are_selected_or_all(
    stage: Stage, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    serve(stage, tmp_path, "a")
    select(stage, window, qtbot, stage.ask(1))
    dialog = opened(window, qtbot)
    press(Qt.Key.Key_C, CTRL)
    clipboard = QGuiApplication.clipboard()
    assert clipboard.text() == "snomD785.htm\nsnomD785-000413000001.htm"
    assert dialog.foot.text() == "2 names are on the clipboard."
    dialog.table.selectRow(1)
    press(Qt.Key.Key_C, CTRL)
    assert clipboard.text() == "snomD785-000413000001.htm"
    assert dialog.foot.text() == "1 name is on the clipboard."
    dialog.reject()


@pytest.mark.parametrize(
    ("vendor", "url", "note"),
    [
        ("Akuvox", URL, "It is not known what Akuvox phones request from a folder."),
        ("Akuvox", f"{URL}${{mac}}.cfg", "The folder has no 001565000001.cfg."),
        ("Yealink", "http://198.51.100.1/", "This URL does not point to the folder"),
        ("Yealink", URL, "The folder has none of the files that Yealink phones ask for"),
    ],
)
def test_what_is_not_known_is_said(
    stage: Stage, window: MainWindow, qtbot: QtBot, tmp_path: Path, vendor: str, url: str, note: str
) -> None:
    serve(stage, tmp_path, "other.txt")
    stage.bench.set_default_url(url)
    select(stage, window, qtbot, stage.ask_of(1, vendor, "X1"))
    dialog = opened(window, qtbot)
    assert dialog.note.text().startswith(note)
    assert "${{" not in dialog.note.text()
    dialog.reject()


def test_before_the_phone_comes_its_make_is_known_by_its_mac(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    stage.bench.set_default_url(URL)
    key = "C074AD12AB34"
    stage.bench.apply_sheet([SheetLine(1, key, None, URL, None)])
    select(stage, window, qtbot, key)
    dialog = opened(window, qtbot)
    assert ("cfgc074ad12ab34.xml", "Not known") in rows(dialog)
    assert dialog.note.text().startswith("No folder is being served")
    dialog.reject()


def test_it_closes_when_the_phone_is_forgotten(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    key = stage.ask(1)
    select(stage, window, qtbot, key)
    opened(window, qtbot)
    stage.bench.forget([key])
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None, timeout=30_000)


def test_it_is_for_one_phone(stage: Stage, window: MainWindow, qtbot: QtBot) -> None:
    select(stage, window, qtbot, stage.ask(1), stage.ask(2))
    window.table.selectAll()
    window.actions_.expected_files.trigger()
    assert QApplication.activeModalWidget() is None
    assert window.status_bar.left.text() == "Select a single phone to see its files."


def test_the_name_of_a_missing_file_is_copied(
    stage: Stage, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = serve(stage, tmp_path, "SNOMD785-000413000001.htm")
    select(stage, window, qtbot, stage.ask(1))
    window.actions_.copy_file_names.trigger()
    name = "snomD785-000413000001.htm"
    assert QGuiApplication.clipboard().text() == name
    assert window.status_bar.left.text() == (f"On the clipboard: {name}. Give the file this name.")
    folder.add(name)
    qtbot.waitUntil(lambda: not stage.bench.missing_files("000413000001"), timeout=30_000)
    window.actions_.copy_file_names.trigger()
    assert QGuiApplication.clipboard().text() == name
    assert window.status_bar.left.text() == (
        "As far as is known, these phones are missing no files."
    )


def test_those_of_several_phones_are_copied_together(
    stage: Stage, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    serve(stage, tmp_path, "a")
    select(stage, window, qtbot, stage.ask(1), stage.ask(2))
    window.table.selectAll()
    window.actions_.copy_file_names.trigger()
    assert len(QGuiApplication.clipboard().text().splitlines()) == 2
    assert window.status_bar.left.text() == "2 names of missing files are on the clipboard."


def test_those_of_very_many_phones_are_looked_for_in_steps(
    stage: Stage, window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pnp_gui.ui.widgets.step_runner.SLICE_SECONDS", 0.0)
    serve(stage, tmp_path, "a")
    select(stage, window, qtbot, stage.ask(1), stage.ask(2), stage.ask(3))
    window.table.selectAll()
    QGuiApplication.clipboard().setText("before")
    window.actions_.copy_file_names.trigger()
    assert QGuiApplication.clipboard().text() == "before", "phones are answered first"
    stage.bench.forget([window.table.selected_keys()[-1]])
    qtbot.waitUntil(lambda: len(QGuiApplication.clipboard().text().splitlines()) == 2)


def test_the_pane_warns_and_follows_the_folder(
    stage: Stage, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    """Of a phone about which nothing else changes."""
    folder = serve(stage, tmp_path, "cfgC074AD12AB34.xml")
    key = "C074AD12AB34"
    stage.bench.apply_sheet([SheetLine(1, key, None, URL, None)])
    select(stage, window, qtbot, key)
    window.actions_.details.setChecked(True)
    pane = window.detail_pane
    qtbot.waitUntil(lambda: "Upper and lower case differ" in pane.warning.text(), timeout=30_000)
    folder.add("cfgc074ad12ab34.xml")
    qtbot.waitUntil(lambda: pane.warning.text() == "", timeout=30_000)


class Paints(QObject):
    """Counts how often a widget is painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.number = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.number += event.type() == QEvent.Type.Paint
        return False


def test_the_rows_are_painted_anew_when_a_file_comes(
    stage: Stage, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = serve(stage, tmp_path, "cfgC074AD12AB34.xml")
    key = "C074AD12AB34"
    stage.bench.apply_sheet([SheetLine(1, key, None, URL, None)])
    wait_rows(qtbot, window, 1)
    names = folder.names()
    window.refresh()
    QApplication.processEvents()
    paints = Paints(window.table.viewport())
    folder.add("cfgc074ad12ab34.xml")
    qtbot.waitUntil(lambda: folder.names() is not names, timeout=30_000)
    paints.number = 0
    window.refresh()
    QApplication.processEvents()
    assert paints.number == 1
    window.refresh()
    QApplication.processEvents()
    assert paints.number == 1


def test_the_panes_button_copies_the_name(
    stage: Stage, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    serve(stage, tmp_path, "SNOMD785-000413000001.htm")
    select(stage, window, qtbot, stage.ask(1))
    window.actions_.details.setChecked(True)
    button = window.detail_pane.copy_name
    qtbot.waitUntil(button.isVisible, timeout=30_000)
    button.click()
    assert QGuiApplication.clipboard().text() == "snomD785-000413000001.htm"
    stage.bench.set_default_url("http://198.51.100.1/")
    window.detail_pane.refresh()
    assert not button.isVisible()
