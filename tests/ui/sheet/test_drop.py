"""A sheet, or text with MACs, that falls onto the window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from pnp_gui.bench.phones.phone import Decision
from pnp_gui.ui.main_window.window import MainWindow
from pnp_gui.ui.table.url_delegate import UrlEditor
from tests.ui.hands import focused, press, wait_rows
from tests.ui.sheet.test_sheet import kept, preview_of
from tests.ui.stage import Stage

Key = Qt.Key


def drop(on: QWidget, mime: QMimeData) -> bool:
    """Drag something over a widget and let it fall there; whether anybody takes it."""
    at = QPoint(5, 5)
    copy, left, none = (
        Qt.DropAction.CopyAction,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    enter = QDragEnterEvent(at, copy, mime, left, none)
    enter.ignore()
    QApplication.sendEvent(on, enter)
    if not enter.isAccepted():
        return False
    fall = QDropEvent(QPointF(at), copy, mime, left, none)
    fall.ignore()
    QApplication.sendEvent(on, fall)
    return fall.isAccepted()


def a_file(path: Path) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    mime.setText(str(path))  # as file managers do, so that fields take it for text
    return mime


@pytest.mark.parametrize("where", ["window", "table", "find", "url"])
def test_a_file_may_be_dropped_anywhere_on_the_window(
    stage: Stage, window: MainWindow, qtbot: QtBot, sheet: Path, where: str
) -> None:
    on: dict[str, QWidget | None] = {
        "window": window,
        "table": window.table.viewport(),
        "find": window.action_bar.find_field,
        "url": window.listen_bar.url.lineEdit(),
    }
    widget = on[where]
    assert widget is not None
    assert drop(widget, a_file(sheet))
    preview_of(window, qtbot)
    press(Key.Key_Return)
    assert len(stage.bench.phones) == 2
    assert window.action_bar.find_field.text() == ""
    assert window.listen_bar.url.currentText() == stage.bench.urls.default


def test_a_file_may_be_dropped_on_the_editor_in_a_row(
    stage: Stage, window: MainWindow, qtbot: QtBot, sheet: Path
) -> None:
    key = stage.ask(9)
    wait_rows(qtbot, window, 1)
    press(Key.Key_F2)
    editor = focused()
    assert isinstance(editor, UrlEditor)
    assert drop(editor, a_file(sheet))
    preview_of(window, qtbot).reject()
    assert editor.text() == stage.bench.phones[key].own_url == ""


def test_text_with_macs_may_be_dropped_and_other_text_may_not(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    mime = QMimeData()
    mime.setText("nothing")
    assert not drop(window, mime)
    mime.setText("please expect 00:04:13:00:00:07")
    assert drop(window, mime)
    preview_of(window, qtbot)
    press(Key.Key_Return)
    assert kept(stage) == {"000413000007": (Decision.UNDECIDED, "", "")}
