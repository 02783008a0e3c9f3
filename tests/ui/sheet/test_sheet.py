"""Sheets in the window: import with a preview, applied by one key in one step; export."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from pnp_gui.bench.phones.phone import Decision
from pnp_gui.bench.phones.registry import MOST_AT_ONCE
from pnp_gui.bench.sheet.preview import Verdict, preview
from pnp_gui.bench.sheet.reading import read_sheet
from pnp_gui.bench.sheet.sheet import write_sheet
from pnp_gui.system.steps import finished
from pnp_gui.ui.main_window.window import MainWindow
from pnp_gui.ui.sheet.dialog import SheetDialog
from pnp_gui.ui.sheet.model import SheetColumn, cell_text
from tests.bench.sheet.excel_sheet import BAD, excel_sheet
from tests.ui.hands import CTRL, press, wait_rows, write
from tests.ui.stage import Stage

Key = Qt.Key


def preview_of(window: MainWindow, qtbot: QtBot) -> SheetDialog:
    qtbot.waitUntil(lambda: window.sheet_controller.dialog is not None, timeout=5000)
    dialog = window.sheet_controller.dialog
    assert dialog is not None
    qtbot.waitUntil(dialog.isActiveWindow, timeout=2000)
    return dialog


def rows_of(dialog: SheetDialog) -> list[tuple[str, ...]]:
    model = dialog.model
    return [
        tuple(str(model.index(row, part).data()) for part in SheetColumn)
        for row in range(model.rowCount())
    ]


def test_of_a_make_that_names_no_mac_the_line_says_how_else_it_is_approved() -> None:
    text = "mac,decision\n00908F112233,approved\n00908F112234,denied\n000413112233,approved\n"
    details = [
        cell_text(line, SheetColumn.DETAILS)
        for line in finished(preview(read_sheet(text.encode()), {}))
    ]
    assert ["AudioCodes phones send no MAC" in each for each in details] == [True, False, False]


def kept(stage: Stage) -> dict[str, tuple[Decision, str, str]]:
    return {key: (p.decision, p.own_url, p.label) for key, p in stage.bench.phones.items()}


def test_the_preview_says_what_each_line_would_do_and_enter_does_it(
    stage: Stage, window: MainWindow, qtbot: QtBot, sheet: Path
) -> None:
    stage.ask(1)
    wait_rows(qtbot, window, 1)
    press(Key.Key_F, CTRL)
    write("nobody")
    wait_rows(qtbot, window, 0)
    window.sheet_controller.take_file(sheet)
    dialog = preview_of(window, qtbot)
    assert rows_of(dialog) == [
        (
            "2",
            "00:04:13:00:00:01",
            "Changed",
            "Decision: Undecided → Approved  ·  Label: none → “Room 1”",
        ),
        (
            "3",
            "1.23457E+11,approved,,Room 2",
            "Rejected",
            "“1.23457E+11” is not a MAC of 12 digits: a spreadsheet program may have changed it to"
            " a number. Write it with colons, or format the column as text.",
        ),
        ("4", "00:04:13:00:00:03", "New", "Denied  ·  URL: http://h/{mac}"),
    ]
    chips = [chip.accessibleName() for chip in dialog.chips.values()]
    assert chips == [
        "All lines 3",
        "New 1",
        "Changed 1",
        "Unchanged 0",
        "Skipped 0",
        "Rejected 1",
    ]
    assert dialog.at_once.text().startswith("1 of these phones has already asked")
    assert stage.air.sent == []
    assert kept(stage)["000413000001"] == (Decision.UNDECIDED, "", "")

    press(Key.Key_Return)
    assert kept(stage) == {
        "000413000001": (Decision.APPROVED, "", "Room 1"),
        "000413000003": (Decision.DENIED, "http://h/{mac}", ""),
    }
    assert stage.air.starts() == ["SIP/2.0 192.0.2.101", "NOTIFY 192.0.2.101"]
    assert window.status_bar.left.text() == (
        "phones.csv applied: 1 added, 1 changed; they are selected. 1 line was rejected."
    )
    assert set(window.table.selected_keys()) == set(kept(stage))
    back_in_table(window, qtbot)


def test_escape_leaves_everything_as_it_is(
    stage: Stage, window: MainWindow, qtbot: QtBot, sheet: Path
) -> None:
    window.sheet_controller.take_file(sheet)
    preview_of(window, qtbot)
    press(Key.Key_Escape)
    assert stage.bench.phones == {}
    assert window.sheet_controller.dialog is None
    assert "was not applied" in window.status_bar.left.text()


def test_enter_on_cancel_cancels(
    stage: Stage, window: MainWindow, qtbot: QtBot, sheet: Path
) -> None:
    window.sheet_controller.take_file(sheet)
    dialog = preview_of(window, qtbot)
    dialog.cancel_button.setFocus(Qt.FocusReason.TabFocusReason)
    press(Key.Key_Return)
    assert stage.bench.phones == {}


def test_the_buttons_do_the_same(
    stage: Stage, window: MainWindow, qtbot: QtBot, sheet: Path
) -> None:
    window.sheet_controller.take_file(sheet)
    dialog = preview_of(window, qtbot)
    assert dialog.apply_button.text() == "Apply 2 lines"
    QTest.mouseClick(dialog.apply_button, Qt.MouseButton.LeftButton)
    assert len(stage.bench.phones) == 2


def test_all_phones_of_a_long_sheet_are_selected(window: MainWindow, qtbot: QtBot) -> None:
    macs = [f"000413{place:06X}" for place in range(MOST_AT_ONCE + 10)]
    window.sheet_controller.take_text("\n".join(["mac,label", *macs]))
    preview_of(window, qtbot)
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: window.table.selected_keys() == macs, timeout=5000)


def test_the_lines_left_out_can_be_seen_alone_and_copied(
    window: MainWindow, qtbot: QtBot, sheet: Path
) -> None:
    window.sheet_controller.take_file(sheet)
    dialog = preview_of(window, qtbot)
    QTest.mouseClick(dialog.chips[Verdict.WRONG], Qt.MouseButton.LeftButton)
    assert [row[0] for row in rows_of(dialog)] == ["3"]
    dialog.table.selectRow(0)
    assert "format the column as text" in dialog.whole.toPlainText()
    press(Key.Key_C, CTRL)
    number, reason, text = QGuiApplication.clipboard().text().strip().split("\t")
    assert (number, text) == ("3", "1.23457E+11,approved,,Room 2")
    assert "is not a MAC" in reason
    dialog.reject()


def test_ctrl_o_asks_for_the_file(
    stage: Stage, window: MainWindow, qtbot: QtBot, sheet: Path
) -> None:
    press(Key.Key_O, CTRL)
    chooser = window.findChild(QFileDialog)
    assert isinstance(chooser, QFileDialog)
    chooser.setDirectory(str(sheet.parent))
    field = chooser.findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    field.setText(str(sheet))
    QTest.keyClick(field, Key.Key_Return)
    preview_of(window, qtbot)
    press(Key.Key_Return)
    assert len(stage.bench.phones) == 2


def test_ctrl_v_takes_phones_from_the_clipboard(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    QGuiApplication.clipboard().setText("000413000001\tgenehmigt\t\tZimmer 1\n000413000002\n")
    press(Key.Key_V, CTRL)
    preview_of(window, qtbot)
    press(Key.Key_Return)
    assert kept(stage) == {
        "000413000001": (Decision.APPROVED, "", "Zimmer 1"),
        "000413000002": (Decision.UNDECIDED, "", ""),
    }


def test_a_sheet_that_leads_to_too_many_phones_changes_nothing(
    stage: Stage,
    window: MainWindow,
    qtbot: QtBot,
    sheet: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("pnp_gui.bench.decisions.apply.MAX_IMPORTED", 1)
    window.sheet_controller.take_file(sheet)
    preview_of(window, qtbot)
    press(Key.Key_Return)
    line = window.problem_bar.line_for("sheet_in")
    assert line is not None
    assert line.sentence.text().startswith(
        "phones.csv: With this sheet there would be 2 phones; at most 1"
    )
    assert window.status_bar.left.text() == "phones.csv was not applied: nothing has changed."
    assert kept(stage) == {}
    back_in_table(window, qtbot)


def test_what_is_not_a_sheet_is_named_in_the_problem_bar(
    stage: Stage, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    for name, data, says in (
        ("phones.xlsx", b"PK\x03\x04rest", "phones.xlsx: This workbook is damaged"),
        (
            "logo.csv",
            b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20,
            "logo.csv: This is not a text file",
        ),
        ("huge.csv", b"000413A2105F\n" * 2_700_000, "huge.csv is larger than 16 MiB"),
        ("long.csv", b"000413A2105F\n" * 100_001, "at most 100,000 lines and 16 MiB"),
        ("empty.csv", b"mac,decision\n", "no phone in empty.csv"),
    ):
        (tmp_path / name).write_bytes(data)
        window.sheet_controller.take_file(tmp_path / name)

        def told(says: str = says) -> bool:
            line = window.problem_bar.line_for("sheet_in")
            return line is not None and says in line.sentence.text()

        qtbot.waitUntil(told, timeout=20_000)
        assert len(window.problem_bar.lines) == 1
        what = "was not read" if name == "huge.csv" else "is not a sheet"
        assert window.status_bar.left.text() == f"{name} {what}: nothing has changed."
    os.mkfifo(tmp_path / "two\nlines.csv")
    for name, says in (
        ("nowhere.csv", "There is no file"),
        ("two\nlines.csv", "two\\nlines.csv is a pipe"),
    ):
        window.sheet_controller.take_file(tmp_path / name)
        line = window.problem_bar.line_for("sheet_in")
        assert line is not None
        assert says in line.sentence.text()
        assert "\n" not in line.sentence.text() + window.status_bar.left.text()
    assert window.sheet_controller.dialog is None
    assert stage.bench.phones == {}

    # The next one that can be read puts the line away.
    (tmp_path / "good.csv").write_bytes(b"000413A2105F\n")
    window.sheet_controller.take_file(tmp_path / "good.csv")
    preview_of(window, qtbot)
    assert window.problem_bar.lines == []


def test_approving_all_is_seen_and_ended_in_the_preview(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    for _ in range(2):  # the second preview has a banner of its own
        press(Key.Key_F8)
        press(Key.Key_Return)
        window.sheet_controller.take_text("000413A2105F\tapproved")
        dialog = preview_of(window, qtbot)
        assert dialog.banner.is_on
        assert dialog.banner.isVisible()
        assert (
            "5:00 left" in dialog.banner.sentence.text() or "4:5" in dialog.banner.sentence.text()
        )
        press(Key.Key_F8)
        assert stage.bench.approving_all is None
        assert not dialog.banner.isVisible()
        # There it only ends: what it would answer is out of sight.
        press(Key.Key_F8)
        assert stage.bench.approving_all is None
        press(Key.Key_Escape)
        window.approve_all.refresh()
        qtbot.waitUntil(window.table.hasFocus, timeout=2000)


def test_a_sheet_with_nothing_new_only_closes(
    stage: Stage, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    stage.ask(1)
    path = tmp_path / "same.csv"
    path.write_bytes(write_sheet(stage.bench.phones.values()))
    window.sheet_controller.take_file(path)
    dialog = preview_of(window, qtbot)
    assert dialog.apply_button.text() == "Close"
    assert "everything is already as the sheet says" in dialog.title.text()
    press(Key.Key_Return)
    assert window.sheet_controller.dialog is None


def test_excels_500_lines_in_out_and_in_again(
    stage: Stage, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    excel, out = tmp_path / "Telefone.csv", tmp_path / "out.csv"
    excel.write_bytes(excel_sheet())
    window.sheet_controller.take_file(excel)
    dialog = preview_of(window, qtbot)
    assert dialog.counts == {Verdict.NEW: 491, Verdict.WRONG: 9}
    wrong = [line for line in dialog.lines if line.verdict is Verdict.WRONG]
    assert [(line.number, line.reason.code) for line in wrong if line.reason] == BAD
    assert all(cell_text(line, SheetColumn.DETAILS) for line in wrong)
    press(Key.Key_Return)
    before = kept(stage)
    assert len(before) == 491

    back_in_table(window, qtbot)
    press(Key.Key_E, CTRL)
    late = stage.ask(1)
    before[late] = (Decision.UNDECIDED, "", "")
    save_as(window, out)
    qtbot.waitUntil(out.exists, timeout=2000)
    window.sheet_controller.take_file(out)
    dialog = preview_of(window, qtbot)
    assert dialog.counts == {Verdict.SAME: 492}
    press(Key.Key_Return)
    assert kept(stage) == before


def back_in_table(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: QApplication.focusWidget() is window.table, timeout=2000)


def save_as(window: MainWindow, path: Path) -> None:
    chooser = window.findChild(QFileDialog)
    assert isinstance(chooser, QFileDialog)
    field = chooser.findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    field.setText(str(path))
    QTest.keyClick(field, Key.Key_Return)
