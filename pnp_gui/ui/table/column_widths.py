"""How wide the table's texts are, so that columns can be given what they need.

Only the rows that are seen are measured: ten thousand phones are never walked through. A column
only grows, so that nothing swings while one scrolls, and an outlier counts up to a limit.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication

from pnp_gui.bench.phones.phone import Phone
from pnp_gui.ui.table.columns import COLUMNS, Column
from pnp_gui.ui.table.model import PhoneModel
from pnp_gui.ui.theme import theme

AT_MOST = {
    Column.LABEL: 150,
    Column.MAKE: 110,
    Column.MODEL: 140,
    Column.VERSION: 120,
    Column.URL: 420,
}
"""Pixels at 100 % of text: what is longer than this may be cut."""

ALL_AT_ONCE = 64
"""Changed phones among which those that are seen are measured at once."""

MAX_MEASURED = 4096
"""Texts that are known to be measured."""

_MEASURED = tuple(column for column in Column if column is not Column.DECISION)
_AROUND_URL = 46
"""Pixels at 100 % for the sign and the small word beside a URL."""


class ColumnWidths:
    """The widest texts seen, in pixels."""

    def __init__(self) -> None:
        self._widest: dict[Column, int] = {}
        self._measured: set[tuple[Column, str]] = set()

    def text(self, column: Column) -> int:
        """The width of the column's widest text; 0 while there is none."""
        return self._widest.get(column, 0)

    def forget(self) -> None:
        """The font is another one."""
        self._widest.clear()
        self._measured.clear()

    def look(self, model: PhoneModel, phones: Iterable[Phone]) -> bool:
        """Measure these phones' texts; whether any is wider than all before."""
        new: set[tuple[Column, str]] = set()
        for phone in phones:
            new.update((column, model.text(phone, column)) for column in _MEASURED)
        new -= self._measured
        if not new:
            return False
        if len(self._measured) > MAX_MEASURED:
            self._measured.clear()
        self._measured |= new
        plain = QFontMetrics(QApplication.font())
        fixed = QFontMetrics(theme.fixed_font())
        grew = False
        for column, text in new:
            info = COLUMNS[column]
            if info.steady and len(text) <= len(info.sample):
                continue
            width = (fixed if info.fixed else plain).horizontalAdvance(text)
            if column is Column.URL:
                width += theme.spacing(_AROUND_URL)
            if column in AT_MOST:
                width = min(width, theme.spacing(AT_MOST[column]))
            if width > self._widest.get(column, 0):
                self._widest[column] = width
                grew = True
        return grew
