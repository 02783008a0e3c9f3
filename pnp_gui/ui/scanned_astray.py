"""A scanner typed into the default URL, because the keyboard happened to be there.

It ends its line with Enter, and Enter makes what stands in that field the URL of every phone. So
the text from before is put back, and the code is handed on to whoever wants it.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

from pnp_gui.pnp.mac import find_mac
from pnp_gui.ui.typing_pace import TypingPace, is_line_end
from pnp_gui.ui.url_field import UrlField


class ScannedAstray(QObject):
    """Looks at the keys that the field gets, before the field does."""

    caught = Signal(str)
    """A code that was typed into the field, which is as it was before."""

    def __init__(self, field: UrlField, parent: QObject) -> None:
        super().__init__(parent)
        self._field = field
        self._pace = TypingPace()
        self._before = ""
        self._code = ""
        field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys on their way to the field."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if is_line_end(event) or event.key() == Qt.Key.Key_Tab:
            return self._ended(event)
        if event.text().isprintable() and event.text():
            if not self._pace.follows(event):
                self._before = self._field.currentText()
                self._code = ""
            self._code += event.text()
            self._pace.typed(event)
        return False

    def _ended(self, event: QKeyEvent) -> bool:
        code, burst = self._code, self._pace.is_burst(event)
        self._code = ""
        self._pace.reset()
        # What types URLs as fast as that is a test or a macro, and means it.
        if not burst or "/" in code or find_mac(code) is None:
            return False
        self._field.put_back(self._before)
        self.caught.emit(code)
        return True
