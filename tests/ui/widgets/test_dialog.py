"""Windows over the main one, at every size of the font: whole on its screen, and nothing is cut."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLineEdit,
    QMenu,
    QStyle,
    QTableView,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from pnp_gui.ui.help.window import HelpWindow
from pnp_gui.ui.history.window import HistoryWindow
from pnp_gui.ui.main_window.window import MainWindow
from pnp_gui.ui.theme import theme
from pnp_gui.ui.theme.theme import change_theme
from pnp_gui.ui.urls.rules_model import RuleColumn
from tests.ui.hands import CTRL, press, shown
from tests.ui.stage import Stage

Key = Qt.Key
ROOM = 0.95
"""Of the main window, for a window over it."""
LONG = "W" * 64
URL = f"http://h.example/{'folder' * 70}/{{mac}}.xml"


@pytest.fixture(params=[100, 150, 200])
def zoom(qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[int]:
    scheme = theme.current._fixed_scheme
    change_theme(scheme, request.param)
    yield request.param
    change_theme(scheme, 100)


@pytest.fixture
def laptop(zoom: int, stage: Stage, qtbot: QtBot) -> MainWindow:
    """The main window on a small screen, at 100 % on a smaller one."""
    return shown(stage, qtbot, (1280, 730) if zoom == 200 else (800, 600))


def fits(dialog: QWidget, window: MainWindow) -> bool:
    QApplication.processEvents()
    most = window.size() * ROOM
    return dialog.width() <= most.width() and dialog.height() <= most.height()


def cut(root: QWidget) -> list[QWidget]:
    """Its fields and buttons that end outside of it, or are narrower than they have to be."""
    kinds = (QLineEdit, QToolButton, QComboBox)
    parts = [each for kind in kinds for each in root.findChildren(kind) if each.isVisible()]
    inner = [each for each in parts if isinstance(each.parent(), (QLineEdit, QComboBox))]
    return [
        each
        for each in parts
        if each not in inner
        and (
            each.width() < each.minimumSizeHint().width()
            or each.mapTo(root, QPoint(each.width(), 0)).x() > root.width()
        )
    ]


def test_the_rules_fit_over_the_window(laptop: MainWindow) -> None:
    press(Key.Key_F7)
    dialog = laptop.rules.dialog
    assert dialog is not None
    assert fits(dialog, laptop)
    assert cut(dialog) == []
    table = dialog.table
    words = table.fontMetrics().horizontalAdvance(str(table.model().index(0, 0).data()))
    assert table.columnWidth(0) > words
    numbers, role = RuleColumn.PHONES, Qt.ItemDataRole.TextAlignmentRole
    heading = dialog.model.headerData(numbers, Qt.Orientation.Horizontal, role)
    assert heading == dialog.model.index(0, numbers).data(role)


def test_the_rules_follow_another_size(stage: Stage, qtbot: QtBot) -> None:
    window = shown(stage, qtbot, (1280, 730))
    press(Key.Key_F7)
    dialog = window.rules.dialog
    assert dialog is not None
    scheme, before = theme.current._fixed_scheme, dialog.table.columnWidth(0)
    try:
        change_theme(scheme, 150)
        assert dialog.table.columnWidth(0) > 1.3 * before
    finally:
        change_theme(scheme, 100)


def test_an_import_with_long_texts_fits_over_the_window(
    stage: Stage, laptop: MainWindow, qtbot: QtBot
) -> None:
    same, other = stage.ask(2), stage.ask(3)
    stage.bench.set_label([same, other], "x")
    line = f"000413000001,approved,{URL},{LONG}"
    others = "".join(f"0004130{number:05X},,,desk\n" for number in range(4, 1200))
    rest = f"{same},,,x\n{same},,,twice\n{other},,,y\n"
    QGuiApplication.clipboard().setText(f"mac,decision,url,label\n{line}\n{others}{rest}")
    press(Key.Key_V, CTRL)
    qtbot.waitUntil(lambda: laptop.sheet_controller.dialog is not None, timeout=5000)
    dialog = laptop.sheet_controller.dialog
    assert dialog is not None
    qtbot.waitUntil(dialog.isActiveWindow, timeout=5000)
    press(Key.Key_End)
    assert dialog.table.currentIndex().row() == dialog.model.rowCount() - 1
    press(Key.Key_Home)
    assert dialog.whole.isVisible()
    assert sum(chip.isVisible() for chip in dialog.chips.values()) >= 5
    assert fits(dialog, laptop)
    assert cut(dialog) == []
    assert all(text in dialog.whole.toPlainText() for text in (URL, LONG))
    dialog.reject()


@pytest.mark.usefixtures("zoom")
def test_the_words_in_a_field_are_not_cut(stage: Stage, qtbot: QtBot) -> None:
    main = stage.window()
    qtbot.addWidget(main, before_close_func=lambda _: main.finish())
    for window in (HelpWindow(main), HistoryWindow(stage.bench, main)):
        window.show()
        QApplication.processEvents()
        words = window.words
        prompt = words.fontMetrics().horizontalAdvance(words.placeholderText())
        assert words.width() > prompt
        assert cut(window) == []
        window.close()


def test_icons_are_as_large_as_words(zoom: int, qtbot: QtBot) -> None:
    for widget in (QMenu(), QToolButton(), QTableView()):
        qtbot.addWidget(widget)
        widget.ensurePolished()
        metric = QStyle.PixelMetric.PM_SmallIconSize
        at_100 = 13 if isinstance(widget, QTableView) else 16
        assert widget.style().pixelMetric(metric, None, widget) == round(at_100 * zoom / 100)
