"""A scanner typed into a URL or a filter, because the keyboard happened to be there.

It ends its line with Enter, and Enter makes what stands in such a field the URL of a phone or of
all. So the text from before is put back, and the code is handed on to whoever wants it.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pnp_gui.pnp.mac import find_mac
from pnp_gui.ui.find.typing_pace import TypingPace, is_line_end


class ScanGuard(QObject):
    """Looks at the keys that a field gets, before the field does; goes with the field."""

    caught = Signal(str)
    """A code that was typed into the field, which is as it was before."""

    def __init__(
        self,
        field: QWidget,
        text: Callable[[], str],
        put_back: Callable[[str], None],
        astray: Callable[[], bool] = lambda: True,
    ) -> None:
        """`text` gives what stands in the field, `put_back` puts it there again; `astray`: whether
        a code is out of place there now."""
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
        # What types URLs as fast as that is a test or a macro, and means it.
        if not burst or "/" in code or find_mac(code) is None or not self._astray():
            return False
        self._put_back(self._before)
        self.caught.emit(code)
        return True
