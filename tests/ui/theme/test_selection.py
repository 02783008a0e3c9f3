"""Every selected row, entry and text differs by 3 : 1 from what is beside it (WCAG 2.2, 1.4.11)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPalette
from PySide6.QtWidgets import QAbstractItemView, QApplication
from pytestqt.qtbot import QtBot

from pnp_gui.ui.main_window.window import MainWindow
from pnp_gui.ui.theme import theme
from pnp_gui.ui.urls.rules_dialog import RulesDialog
from tests.ui.hands import CTRL, press, wait_rows
from tests.ui.stage import Stage
from tests.ui.theme.test_theme import contrast

Key = Qt.Key


@pytest.fixture(params=[Qt.ColorScheme.Light, Qt.ColorScheme.Dark], ids=["light", "dark"])
def scheme(qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[None]:
    theme.apply_theme(qapp, request.param)
    yield
    theme.apply_theme(qapp, Qt.ColorScheme.Light)


def lines_of(view: QAbstractItemView, row: int) -> tuple[float, float]:
    """The contrast of the first and the last line of a row with the table's background: the least
    of some spots between the texts."""
    image: QImage = view.viewport().grab().toImage()
    rect = view.visualRect(view.model().index(row, 0))
    base, ratio = theme.tokens().base, image.devicePixelRatio()
    spots = range(view.viewport().width() // 4, view.viewport().width() - 4, 7)
    return tuple(  # type: ignore[return-value]
        min(contrast(image.pixelColor(int(x * ratio), int(y * ratio)), base) for x in spots)
        for y in (rect.top(), rect.bottom())
    )


@pytest.mark.parametrize("focus", [True, False], ids=["focus", "no focus"])
def test_every_selected_phone_is_seen(
    scheme: None, stage: Stage, window: MainWindow, qtbot: QtBot, focus: bool
) -> None:
    for number in (1, 2, 3, 4):
        stage.ask(number)
    wait_rows(qtbot, window, 4)
    window.table.select_keys([window.table.phone_model.key_at(row) for row in (0, 1, 3)])
    if not focus:
        window.action_bar.find_field.setFocus()
    for row, selected in enumerate((True, True, False, True)):
        top, bottom = lines_of(window.table, row)
        assert (min(top, bottom) >= 3) is selected, (row, top, bottom)


def test_the_row_with_the_keyboard_is_told_from_the_selected_ones(
    scheme: None, stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    for number in (1, 2, 3):
        stage.ask(number)
    wait_rows(qtbot, window, 3)
    press(Key.Key_A, CTRL)
    rows = range(3)
    image, table = window.table.viewport().grab().toImage(), window.table
    tops = [table.visualRect(table.phone_model.index(row, 0)).top() for row in rows]
    framed = [image.pixelColor(300, top + 1) == theme.tokens().accent for top in tops]
    assert framed == [row == table.currentIndex().row() for row in rows]


def test_selected_messages_and_lines_are_seen(
    scheme: None, stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    stage.ask(1)
    wait_rows(qtbot, window, 1)
    window.refresh()
    assert min(lines_of(window.detail_pane.ladder, 0)) >= 3
    press(Key.Key_F9)
    log = window.log_page.view
    window.log_page.refresh()
    log.setFocus()
    press(Key.Key_A, CTRL)
    assert min(lines_of(log, 0)) >= 3


@pytest.mark.parametrize("focus", [True, False], ids=["focus", "no focus"])
def test_the_selected_rule_is_seen(
    scheme: None, stage: Stage, window: MainWindow, qtbot: QtBot, focus: bool
) -> None:
    press(Key.Key_F7)
    [rules] = window.findChildren(RulesDialog)
    rules.table.selectRow(0)
    if focus:
        rules.table.setFocus()
        qtbot.waitUntil(rules.table.hasFocus, timeout=2000)
    assert min(lines_of(rules.table, 0)) >= 3
    image = rules.table.viewport().grab().toImage()
    # The second line of the frame; a selected row has one line.
    framed = image.pixelColor(300, rules.table.rowViewportPosition(0) + 1) == theme.tokens().accent
    assert framed is focus


def test_selected_text_is_seen(scheme: None, qapp: QApplication) -> None:
    palette, colours = qapp.palette(), theme.tokens()
    ground = palette.color(QPalette.ColorRole.Highlight)
    assert contrast(ground, colours.base) >= 3
    assert contrast(palette.color(QPalette.ColorRole.HighlightedText), ground) >= 4.5
