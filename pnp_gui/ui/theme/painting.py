"""What all that is painted shares: padding, alignment, frames."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen

from pnp_gui.ui.theme import theme

PADDING = 10
"""Pixels at 100 % between a cell's edge and what it shows; the same in the header."""

VCENTRE = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
CENTRE = int(Qt.AlignmentFlag.AlignCenter)


def text_widths(texts: Iterable[str], font: QFont) -> tuple[int, ...]:
    """The widths in pixels of texts that seldom change: headings, buttons, the words of all
    statuses. They are asked for at every resize, and Windows may need half a millisecond each."""
    return _text_widths(tuple(texts), font.toString())


@lru_cache(maxsize=256)
def _text_widths(texts: tuple[str, ...], font: str) -> tuple[int, ...]:
    measured = QFont()
    measured.fromString(font)
    return tuple(map(QFontMetrics(measured).horizontalAdvance, texts))


def square(left: float, middle: float, px_at_100: float) -> QRectF:
    """The box of an icon: its left edge, the middle of its height, its side."""
    side = theme.spacing(px_at_100)
    return QRectF(left, middle - side / 2, side, side)


def paint_selection(painter: QPainter, row: QRect) -> None:
    """Paint the lines above and below a selected row. Its background alone is too faint to be seen
    by everybody."""
    line = theme.tokens().border
    # Filled, not drawn: a line at 150 % would reach into the rows above and below.
    painter.fillRect(QRect(row.left(), row.top(), row.width(), 1), line)
    painter.fillRect(QRect(row.left(), row.bottom(), row.width(), 1), line)


def paint_row_focus(
    painter: QPainter, row: QRect, *, left: bool = True, right: bool = True
) -> None:
    """Frame the row that the keyboard is on, wider than the lines of a selected one; `left`,
    `right`: whether this part of it has the end."""
    accent = theme.tokens().accent
    painter.fillRect(QRect(row.left(), row.top(), row.width(), 2), accent)
    painter.fillRect(QRect(row.left(), row.bottom() - 1, row.width(), 2), accent)
    if left:
        painter.fillRect(QRect(row.left(), row.top(), 2, row.height()), accent)
    if right:
        painter.fillRect(QRect(row.right() - 1, row.top(), 2, row.height()), accent)


def paint_rounded(
    painter: QPainter, box: QRectF, radius: float, *, line: QColor | None, fill: QColor | None
) -> None:
    """Paint a box with round corners; None: no outline, no background."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen if line is None else QPen(line, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush if fill is None else fill)
    painter.drawRoundedRect(box, radius, radius)
