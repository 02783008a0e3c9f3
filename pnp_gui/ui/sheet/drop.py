"""Drag and drop onto the window: the file of a sheet, or text with MACs in it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QMainWindow

from pnp_gui.pnp.mac import find_mac
from pnp_gui.ui.theme import theme

MAX_SEARCHED = 100_000
"""Characters of a dragged text that are searched for a MAC."""

_DRAGS = (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop, QEvent.Type.DragLeave)


class SheetDrop(QObject):
    """Watches the window, and its fields, which would take the name of a file as text."""

    files = Signal(list)
    """Paths that were dropped."""
    text = Signal(str)

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.hint = QLabel(self.tr("Drop the sheet here to preview it."), window)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hint.hide()
        window.setAcceptDrops(True)
        window.installEventFilter(self)
        for field in window.findChildren(QLineEdit):
            field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() not in _DRAGS:
            return False
        if event.type() == QEvent.Type.DragLeave or not isinstance(event, QDropEvent):
            self.hint.hide()
            return False
        mime = event.mimeData()
        paths = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
        # A field takes dropped text itself; a file is a sheet wherever it is dropped.
        has_mac = find_mac(mime.text()[:MAX_SEARCHED]) is not None
        if not paths and not (has_mac and watched is self._window):
            return False
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if event.type() != QEvent.Type.Drop:
            self._show_hint()
            return True
        self.hint.hide()
        if paths:
            self.files.emit(paths)
        else:
            self.text.emit(mime.text())
        return True

    def _show_hint(self) -> None:
        colours = theme.tokens()
        self.hint.setStyleSheet(
            f"background: {colours.selected.name()}; color: {colours.accent.name()};"
            f"border: {theme.spacing(3)}px dashed {colours.accent.name()}; font-weight: bold;"
        )
        self.hint.setGeometry(self._window.rect())
        self.hint.raise_()
        self.hint.show()
