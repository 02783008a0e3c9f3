"""The preview says what it understood of a list, and a column can be given another meaning."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from pnp_gui.bench.sheet.preview import Verdict
from pnp_gui.bench.store.settings import SHEET_MEANINGS
from pnp_gui.ui.main_window.window import MainWindow
from pnp_gui.ui.sheet.dialog import SheetDialog
from pnp_gui.ui.sheet.model import SheetColumn
from tests.bench.sheet.made_workbook import table, text, workbook
from tests.ui.hands import CTRL, press
from tests.ui.sheet.test_sheet import preview_of, rows_of
from tests.ui.stage import Stage

Key = Qt.Key
WORKBOOKS = Path(__file__).parents[2] / "bench" / "sheet" / "workbooks"
UNCLEAR = "MAC,MAC 2nd,Name\n0004133D2B01,0015653D2B01,Carla\n0004133D2B02,0015653D2B02,Emil\n"
CLEAR = "Room;Name;MAC\n1.01;Carla;0004133D2B01\n1.02;Emil;0004133D2B02\n"


def headings(dialog: SheetDialog) -> list[tuple[str, str]]:
    """What stands over the columns, and what they mean."""
    model = dialog.columns.model()
    return [
        (
            str(model.headerData(at, Qt.Orientation.Horizontal)).removesuffix("  ▾"),
            str(model.index(0, at).data()),
        )
        for at in range(model.columnCount())
    ]


def phones(dialog: SheetDialog) -> list[str]:
    return [line.key for line in dialog.lines if line.key]


def menu_of(dialog: SheetDialog, column: int) -> list[QAction]:
    """Click on a heading; what is offered."""
    header = dialog.columns.horizontalHeader()
    at = QPoint(header.sectionViewportPosition(column) + 5, header.height() // 2)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return [action for action in menu.actions() if not action.isSeparator()]


def choose(dialog: SheetDialog, column: int, meaning: str, qtbot: QtBot) -> None:
    offered = {action.text(): action for action in menu_of(dialog, column)}
    offered[meaning].trigger()
    menu = QApplication.activePopupWidget()
    assert menu is not None
    menu.close()
    dialog.activateWindow()  # no window manager does it here
    qtbot.waitUntil(dialog.apply.isEnabled, timeout=5000)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None, timeout=5000)


def test_what_stands_in_the_list_is_shown_on_one_line_in_its_order(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.sheet_controller.take_text(
        'MAC,"Na\u202eme\nhere"\n0004133D2B01,"Carla\n\u202eStein"\n"x\n\u202ey",7\n'
    )
    dialog = preview_of(window, qtbot)
    assert headings(dialog)[1] == ("B  Na me here", "Label")
    assert dialog.columns.model().index(1, 1).data() == "Carla Stein"
    assert [row[SheetColumn.PHONE] for row in rows_of(dialog)][1] == '"x y",7'
    dialog.reject()


def test_the_preview_says_what_it_understood(window: MainWindow, qtbot: QtBot) -> None:
    window.sheet_controller.take_text(CLEAR)
    dialog = preview_of(window, qtbot)
    assert dialog.understood.text().split("  ·  ") == [
        "MAC: column C",
        "label: column B",
        "no decisions",
        "no URLs",
        "headings: line 1",
    ]
    assert headings(dialog) == [("A  Room", "…"), ("B  Name", "Label"), ("C  MAC", "MAC")]
    cells = dialog.columns.model()
    assert [cells.index(1, at).data() for at in range(3)] == ["1.01", "Carla", "0004133D2B01"]
    assert not dialog.worksheet.isVisible()
    dialog.reject()


def test_passwords_are_not_shown_unless_they_are_to_be_the_label(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.sheet_controller.take_text("MAC;SIP-Passwort;Name\n0004133D2B01;hase;Carla\n")
    dialog = preview_of(window, qtbot)
    cells = dialog.columns.model()
    assert [cells.index(1, at).data() for at in range(3)] == ["0004133D2B01", "••••••", "Carla"]
    choose(dialog, 1, "Label", qtbot)
    assert cells.index(1, 1).data() == "hase"
    dialog.reject()


def test_the_preview_fits_a_small_window(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(640, 420)
    window.sheet_controller.take_text(CLEAR + "1.03;nobody;4.13E+11\n")
    dialog = preview_of(window, qtbot)
    shown = [verdict for verdict, chip in dialog.chips.items() if chip.isVisible()]
    assert shown == [None, Verdict.NEW, Verdict.WRONG]
    assert dialog.size().boundedTo(window.size()) == dialog.size()
    dialog.reject()


@pytest.mark.parametrize("before", [0, 2, 12])
def test_the_column_of_the_macs_is_in_view(before: int, window: MainWindow, qtbot: QtBot) -> None:
    long = "the printed one, as on the label of the phone"
    row = ",".join([*["x" * 40] * before, "0004133D2B01", *["y" * 40] * 3])
    head = ",".join([*[f"Long {at}" for at in range(before)], f"MAC ({long})", "A", "B", "C"])
    window.sheet_controller.take_text(f"{head}\n{row}\n")
    columns = preview_of(window, qtbot).columns
    header = columns.horizontalHeader()
    at = header.sectionViewportPosition(before)
    assert 0 <= at <= columns.viewport().width() - header.sectionSize(before)


def test_a_click_on_a_heading_gives_another_meaning_that_is_kept(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    window.sheet_controller.take_text(CLEAR)
    dialog = preview_of(window, qtbot)
    offered = menu_of(dialog, 1)
    texts = ["MAC", "Label", "Decision", "URL", "Nothing"]
    assert [action.text() for action in offered] == texts
    assert [action.text() for action in offered if action.isChecked()] == ["Label"]
    menu = QApplication.activePopupWidget()
    assert menu is not None
    menu.close()

    choose(dialog, 0, "Label", qtbot)
    assert "label: column A" in dialog.understood.text()
    assert [line.changes[0].new for line in dialog.lines] == ["1.01", "1.02"]
    press(Key.Key_Return)
    assert [phone.label for phone in stage.bench.phones.values()] == ["1.01", "1.02"]

    # For the next list with these headings, and for no other.
    window.sheet_controller.take_text(CLEAR.replace("0004133D2B01", "0004133D2B03"))
    dialog = preview_of(window, qtbot)
    assert "label: column A" in dialog.understood.text()
    choose(dialog, 0, "Automatic", qtbot)
    assert "label: column B" in dialog.understood.text()
    assert stage.bench.setting(SHEET_MEANINGS) == []
    dialog.reject()


def test_where_it_is_not_clear_it_asks_and_applies_nothing(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    window.sheet_controller.take_text(UNCLEAR)
    dialog = preview_of(window, qtbot)
    assert "which column has the phones' MACs?" in dialog.title.text()
    assert dialog.question.isVisible()
    assert "A (MAC), B (MAC 2nd)" in dialog.question.text()
    selected = dialog.columns.selectionModel().selectedColumns()
    assert [each.column() for each in selected] == [0], "where the keyboard is"
    assert headings(dialog) == [("A  MAC", "…"), ("B  MAC 2nd", "…"), ("C  Name", "Label")]
    assert (dialog.lines, dialog.to_apply) == ([], 0)
    press(Key.Key_Return)
    assert window.sheet_controller.dialog is None
    assert stage.bench.phones == {}

    window.sheet_controller.take_text(UNCLEAR)
    dialog = preview_of(window, qtbot)
    choose(dialog, 1, "MAC", qtbot)
    assert not dialog.question.isVisible()
    assert phones(dialog) == ["0015653D2B01", "0015653D2B02"]
    press(Key.Key_Return)
    assert list(stage.bench.phones) == ["0015653D2B01", "0015653D2B02"]


@pytest.mark.parametrize(
    "source", [CLEAR, "numbers.xlsx", "1.01;0004133D2B01;x\n1.02;0004133D2B02;y\n"]
)
@pytest.mark.parametrize("meaning", ["Nothing", "Label"])
def test_a_list_without_a_column_of_macs_asks_until_it_has_one_again(
    window: MainWindow, qtbot: QtBot, source: str, meaning: str
) -> None:
    if source.endswith("xlsx"):
        window.sheet_controller.take_file(WORKBOOKS / source)
    else:
        window.sheet_controller.take_text(source)
    dialog = preview_of(window, qtbot)
    read, before = phones(dialog), headings(dialog)
    column = [meaning for _, meaning in before].index("MAC")
    choose(dialog, column, meaning, qtbot)
    assert "no MAC in the column that was chosen" in dialog.question.text()
    assert [heading for heading, _ in headings(dialog)] == [heading for heading, _ in before]
    assert (dialog.lines, dialog.to_apply) == ([], 0)
    choose(dialog, 0 if column else 1, "MAC", qtbot)
    assert "no MAC in the column that was chosen" in dialog.question.text()
    choose(dialog, column, "Automatic", qtbot)
    assert (phones(dialog), headings(dialog)) == (read, before)
    dialog.reject()


def test_the_columns_can_be_reached_by_keys(window: MainWindow, qtbot: QtBot) -> None:
    window.sheet_controller.take_text(UNCLEAR)
    dialog = preview_of(window, qtbot)
    assert dialog.columns.hasFocus()
    press(Key.Key_Right)
    press(Key.Key_Space)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    QTest.keyClick(menu, Key.Key_Down)
    QTest.keyClick(menu, Key.Key_Return)
    qtbot.waitUntil(lambda: bool(dialog.lines), timeout=5000)
    assert phones(dialog) == ["0015653D2B01", "0015653D2B02"]
    dialog.reject()


def test_rows_without_a_mac_are_passed_over_and_a_repeated_one_is_a_note(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.sheet_controller.take_text(CLEAR + "1.03;nobody;\n1.04;Carla;0004133D2B01\n")
    dialog = preview_of(window, qtbot)
    assert dialog.counts == {Verdict.NEW: 2, Verdict.NOTE: 2}
    dialog.reject()


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_a_workbook_offers_its_worksheets(
    stage: Stage, window: MainWindow, qtbot: QtBot, kind: str
) -> None:
    window.sheet_controller.take_file(WORKBOOKS / f"three_sheets.{kind}")
    dialog = preview_of(window, qtbot)
    assert dialog.worksheet.isVisible()
    names = [dialog.worksheets.itemText(at) for at in range(dialog.worksheets.count())]
    assert (names, dialog.worksheets.currentText()) == (["Telefone", "Lager"], "Telefone")
    assert phones(dialog) == ["000413A2105F", "000413103123", "0015651A2B3C"]
    assert headings(dialog)[3] == ("D  MAC-Adresse", "MAC")

    dialog.worksheets.setFocus()
    QTest.keyClick(dialog.worksheets, Key.Key_Down)
    qtbot.waitUntil(lambda: len(dialog.lines) == 2, timeout=5000)
    assert dialog.worksheets.currentText() == "Lager"
    # Another meaning for a column of it: the worksheet stays.
    choose(dialog, 1, "Nothing", qtbot)
    assert dialog.worksheets.currentText() == "Lager"
    press(Key.Key_Return)
    assert list(stage.bench.phones) == ["001565AA0001", "001565AA0002"]


def test_a_copied_file_is_pasted(stage: Stage, window: MainWindow, qtbot: QtBot) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(WORKBOOKS / "numbers.xlsx"))])
    QGuiApplication.clipboard().setMimeData(mime)
    press(Key.Key_V, CTRL)
    dialog = preview_of(window, qtbot)
    assert phones(dialog) == ["001565123456", "001565123457", "805123456789"]
    dialog.reject()


def test_a_hostile_workbook_leaves_the_window_alive_and_phones_are_answered_meanwhile(
    stage: Stage, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "far.xlsx"
    far = f'<row r="1048576">{text("x", "XFD1048576")}</row>'
    path.write_bytes(workbook(table([["MAC"], ["000413A2105F"]]) + far))
    stage.bench.approve([stage.ask(1)])
    window.sheet_controller.take_file(path)
    sent = len(stage.air.sent)
    stage.ask(2)
    stage.bench.approve(["000413000002"])
    assert len(stage.air.sent) > sent

    def told() -> bool:
        line = window.problem_bar.line_for("sheet_in")
        return line is not None and "damaged or too large" in line.sentence.text()

    qtbot.waitUntil(told, timeout=20_000)
    assert window.sheet_controller.dialog is None
    window.sheet_controller.take_text(CLEAR)
    preview_of(window, qtbot).reject()
