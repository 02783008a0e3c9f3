"""How wide the columns are: the widest texts on screen, and how the table's width is shared.

Only visible rows are measured. A column only grows, so that nothing swings while the technician
scrolls. Short of room, in this order: slack goes, until the URL can be read; status and decision
take their short forms; the URL shrinks; the columns that give way are cut; and only then they hide,
one by one, those that stay in their least form in their turn. Widths set by hand are changed last.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from operator import attrgetter
from typing import NamedTuple

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication

from pnp_gui.bench.phones.phone import Phone
from pnp_gui.ui.table.columns import COLUMNS, GIVE_WAY, Column, heading
from pnp_gui.ui.table.model import PhoneModel
from pnp_gui.ui.theme import theme
from pnp_gui.ui.theme.painting import PADDING, text_widths

MEASURED_AT_ONCE = 64
"""Changed phones whose visible texts are measured at once; more wait for the next second."""

MAX_MEASURED = 4096
"""Texts remembered as measured."""

_SORT_ARROW = 16
"""Pixels at 100 % for the arrow in the heading of the sorted column."""


class Width(NamedTuple):
    """What one column may be given, in pixels, from the widest to the narrowest."""

    ease: int
    """Comfortable."""
    need: int
    """Nothing is cut."""
    tight: int
    """The same in short forms."""
    least: int
    """Still worth showing."""


class Stretch(NamedTuple):
    """What the stretching column takes from the others, in pixels."""

    whole: int
    """None of its texts is cut: for this the others give up their slack."""
    fair: int
    """Enough can be read: for this the others take their short forms."""
    least: int
    """It is never narrower."""


def heading_width(column: Column) -> int:
    """Pixels for a column's heading with its sort arrow."""
    (text,) = text_widths([heading(column)], QApplication.font())
    return text + theme.spacing(_SORT_ARROW) + 2 * theme.spacing(PADDING)


def fit_widths(
    widths: Mapping[Column, Width],
    stretch: Stretch,
    room: int,
    give_way: Sequence[Column] = GIVE_WAY,
    by_hand: Collection[Column] = (),
) -> dict[Column, int]:
    """Widths of the columns that fit into `room` pixels, without the stretching one; a column that
    is missing has to hide. `by_hand`: columns that the technician resized or showed."""
    shown = dict(widths)
    leaving = sorted((c for c in give_way if c in shown), key=lambda column: column in by_hand)
    while True:
        first = [c for c in leaving if c not in by_hand and not COLUMNS[c].stays]
        fitted = _shrunk(shown, stretch, room, first, by_hand)
        if sum(fitted.values()) <= room - stretch.least or not leaving:
            return fitted
        column = leaving.pop(0)
        if not COLUMNS[column].stays:
            del shown[column]
        elif column not in by_hand:
            shown[column] = Width(*[shown[column].least] * 4)


def _shrunk(
    shown: Mapping[Column, Width],
    stretch: Stretch,
    room: int,
    first: Sequence[Column],
    by_hand: Collection[Column],
) -> dict[Column, int]:
    """`first`: the columns that give way before the others."""
    fitted = {column: width.ease for column, width in shown.items()}
    in_order = [*first, *(c for c in shown if c not in by_hand and c not in first)]
    for columns, narrow, left in (
        (in_order, attrgetter("need"), stretch.whole),
        (in_order, attrgetter("tight"), stretch.fair),
        (first, attrgetter("least"), stretch.least),
    ):
        for column in columns:
            lacking = sum(fitted.values()) - (room - left)
            fitted[column] -= max(0, min(lacking, fitted[column] - narrow(shown[column])))
    return fitted


class TextWidths:
    """The widest texts seen so far."""

    def __init__(self) -> None:
        self.widest = dict.fromkeys(Column, 0)
        """Pixels of each column's widest text with its signs."""
        self._measured: set[tuple[Column, str]] = set()

    def measure(self, model: PhoneModel, phones: Iterable[Phone]) -> bool:
        """Measure these phones' texts. True when a column's widest text grew."""
        shown = {(column, model.text(phone, column)) for phone in phones for column in Column}
        new = shown - self._measured
        if not new:
            return False
        if len(self._measured) > MAX_MEASURED:
            self._measured.clear()
        self._measured |= new
        grew = False
        for column in Column:
            info = COLUMNS[column]
            room = len(info.sample) if info.steady else -1
            width = widest_of(
                column, {text for of, text in new if of is column and len(text) > room}
            )
            if info.limit:
                width = min(width, theme.spacing(info.limit))
            if width > self.widest[column]:
                self.widest[column] = width
                grew = True
        return grew


def widest_of(column: Column, texts: Collection[str]) -> int:
    """Pixels of the widest of these texts with the column's signs; 0 without any."""
    info = COLUMNS[column]
    metrics = QFontMetrics(theme.fixed_font() if info.fixed else QApplication.font())
    widths = map(metrics.horizontalAdvance, texts)
    return max(widths) + theme.spacing(info.signs) if texts else 0
