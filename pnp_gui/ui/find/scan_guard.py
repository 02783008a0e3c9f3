"""Protects URL fields and filters from a scanner that types into them by mistake.

Its Enter would make the code the URL of a phone, or of all phones. So the text from before is put
back, and the code is emitted.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pnp_gui.pnp.mac import find_mac
from pnp_gui.ui.widgets.typing_pace import TypingPace, is_line_end


class ScanGuard(QObject):
    """An event filter on a field; the field owns it."""

    caught = Signal(str)
    """The code that was typed; the field's text is as it was before."""

    def __init__(
        self,
        field: QWidget,
        text: Callable[[], str],
        put_back: Callable[[str], None],
        astray: Callable[[], bool] = lambda: True,
    ) -> None:
        """`text` returns the field's text, `put_back` sets it; `astray` returns whether a code is
        out of place there now."""
        super().__init__(field)
        self._text = text
        self._put_back = put_back
        self._astray = astray
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
                self._before = self._text()
                self._code = ""
            self._code += event.text()
            self._pace.typed(event)
        return False

    def _ended(self, event: QKeyEvent) -> bool:
        code, burst = self._code, self._pace.is_burst(event)
        self._code = ""
        self._pace.reset()
        # A URL typed that fast comes from a macro, and is meant.
        if not burst or "/" in code or find_mac(code) is None or not self._astray():
            return False
        self._put_back(self._before)
        self.caught.emit(code)
        return True
