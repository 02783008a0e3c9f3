"""Text of phones, lists and files is shown as it is: never markup, never a mnemonic, never endless.

Asked is Qt itself, of every widget, model and tip that there is: a new one needs no line here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6 import QtGui
from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QHelpEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QGroupBox,
    QHeaderView,
    QLabel,
    QMenu,
    QMessageBox,
    QTabBar,
    QTextEdit,
    QToolTip,
    QWidget,
)
from pytestqt.qtbot import QtBot

from pnp_gui.ui.main_window.window import MainWindow
from tests.ui.others_text import AND, SAID, everything_open, markup, talking_stage

Role = Qt.ItemDataRole
PLAIN = Qt.TextFormat.PlainText
NAMES = [QAccessible.Text.Name, QAccessible.Text.Description, QAccessible.Text.Help]


@pytest.fixture
def widgets(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[list[QWidget]]:
    """Every widget of every window, full of other people's text."""
    stage = talking_stage(tmp_path / "data")
    windows = everything_open(stage, qtbot, tmp_path)
    found: dict[int, QWidget] = {}
    for top in windows:
        for widget in (top, *top.findChildren(QWidget)):
            found[id(widget)] = widget
    yield list(found.values())
    stage.bench.close()


def models(widgets: list[QWidget]) -> list[QAbstractItemModel]:
    views = [one for one in widgets if isinstance(one, QAbstractItemView | QComboBox)]
    return [model for model in (view.model() for view in views) if model is not None]


def cells(model: QAbstractItemModel, parent: QModelIndex | None = None) -> Iterator[QModelIndex]:
    """Every cell, also those below another one."""
    above = QModelIndex() if parent is None else parent
    for row in range(model.rowCount(above)):
        for column in range(model.columnCount(above)):
            yield (index := model.index(row, column, above))
            yield from cells(model, index)


def said_by(model: QAbstractItemModel) -> Iterator[tuple[Role, str]]:
    """Every text of a model, with its role."""
    for role in Role:
        for index in cells(model):
            if isinstance(text := model.data(index, role), str):
                yield role, text
        for number in range(model.columnCount()):
            if isinstance(text := model.headerData(number, Qt.Orientation.Horizontal, role), str):
                yield role, text


def hover(widget: QWidget, at: QPoint) -> QLabel | None:
    """The tip that Qt shows there."""
    QToolTip.hideText()
    event = QHelpEvent(QEvent.Type.ToolTip, at, widget.mapToGlobal(at))
    QApplication.sendEvent(widget, event)
    if not QToolTip.isVisible():
        return None
    [tip] = [
        one
        for one in QApplication.topLevelWidgets()
        if isinstance(one, QLabel) and one.isVisible() and one.inherits("QTipLabel")
    ]
    return tip


def spots(widget: QWidget) -> Iterator[tuple[QWidget, QPoint]]:
    """Where a mouse can rest on it."""
    rects: list[QRect] = []
    if isinstance(widget, QHeaderView):
        middle = widget.height() // 2
        rects = [
            QRect(widget.sectionViewportPosition(n) + 2, middle, 2, 2)
            for n in range(widget.count())
        ]
    elif isinstance(widget, QAbstractItemView) and widget.model() is not None:
        rects = [widget.visualRect(index) for index in cells(widget.model())]
    elif isinstance(widget, QMenu):
        rects = [widget.actionGeometry(action) for action in widget.actions()]
    elif isinstance(widget, QTabBar):
        rects = [widget.tabRect(number) for number in range(widget.count())]
    on = widget.viewport() if isinstance(widget, QAbstractScrollArea) else widget
    for rect in rects or [on.rect()]:
        yield on, rect.center()


def with_mnemonics(widgets: list[QWidget]) -> Iterator[str]:
    """Every text in which Qt reads an ampersand."""
    for widget in widgets:
        yield from (action.text() for action in widget.actions())
        match widget:
            case QMenu() | QGroupBox():
                yield widget.title()
            case QAbstractButton():
                yield widget.text()
            case QTabBar():
                yield from (widget.tabText(number) for number in range(widget.count()))
            case QLabel() if widget.buddy() is not None:
                yield widget.text()


def fields(texts: list[str]) -> set[str]:
    """Whose texts these are."""
    return {field for field in SAID for text in texts if f"{AND}{field}" in text}


def test_no_label_no_tip_and_no_box_takes_it_for_markup(widgets: list[QWidget]) -> None:
    shown: list[str] = []
    for widget in widgets:
        assert not isinstance(widget, QTextEdit), f"{widget} reads markup"
        if isinstance(widget, QLabel):
            assert widget.textFormat() == PLAIN, widget
            shown.append(widget.text())
    tips: list[str] = []
    for widget in widgets:
        for on, at in spots(widget):
            tip = hover(on, at)
            if tip is None:
                continue
            assert tip.textFormat() == PLAIN, tip.text()
            assert tip.size().boundedTo(tip.screen().size()) == tip.size(), tip.text()
            tips.append(tip.text())
    QToolTip.hideText()
    assert fields(tips + shown) == set(SAID) - {"rule"}, "the walk does not meet all of them"
    assert any(QtGui.Qt.mightBeRichText(text) for text in shown)
    assert any(QtGui.Qt.mightBeRichText(text) for text in tips)


def test_what_qt_reads_as_markup_elsewhere_says_nothing_of_others(widgets: list[QWidget]) -> None:
    """“What's this?” has no text format: it shows markup as such."""
    texts = [widget.whatsThis() for widget in widgets]
    texts += [action.whatsThis() for widget in widgets for action in widget.actions()]
    seen: list[str] = []
    for model in models(widgets):
        for role, text in said_by(model):
            (texts if role == Role.WhatsThisRole else seen).append(text)
    assert not [text for text in texts if QtGui.Qt.mightBeRichText(text)]
    for widget in widgets:
        interface = QAccessible.queryAccessibleInterface(widget)
        if interface is not None:
            seen += [interface.text(name) for name in NAMES]
    assert fields(seen) == set(SAID), "the walk does not meet all of them"


def test_no_letter_of_theirs_is_a_mnemonic(widgets: list[QWidget]) -> None:
    texts = [text for text in with_mnemonics(widgets) if "<img" in text]
    shown = [re.sub("&(.)", r"\1", text) for text in texts]
    assert all(AND in text for text in shown), shown
    assert fields(shown) == {"port", "vendor"}


def test_it_holds_for_what_qt_makes_itself(window: MainWindow, qtbot: QtBot) -> None:
    """Message boxes and tips, whoever shows them: nobody has to think of it."""
    box = QMessageBox(window)
    box.setText(markup("text"))
    box.setInformativeText(markup("more"))
    box.open()
    labels = [one for one in box.findChildren(QLabel) if one.text()]
    assert [one.text() for one in labels] == [markup("text"), markup("more")]
    assert [one.textFormat() for one in labels] == [PLAIN, PLAIN]
    box.close()
    late = QLabel(window)
    late.show()
    late.setText(markup("late"))
    early = QLabel(markup("early"), window)
    assert early.sizeHint().width() > late.fontMetrics().horizontalAdvance(markup("e"))
    for label in (early, late):
        assert label.textFormat() == PLAIN
    window.statusBar().setToolTip(markup("tip"))
    tip = hover(window.statusBar(), QPoint(2, 2))
    assert tip is not None
    assert (tip.text(), tip.textFormat()) == (markup("tip"), PLAIN)
