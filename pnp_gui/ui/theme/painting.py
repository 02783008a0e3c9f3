"""What all painted cells share: padding, alignment, rules."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPen

PADDING = 10
"""Pixels at 100 % between a cell's edge and what it shows; the same in the header."""

VCENTRE = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)


def hairline(colour: QColor) -> QPen:
    """A pen of one device pixel."""
    pen = QPen(colour)
    pen.setCosmetic(True)
    pen.setWidthF(1)
    return pen
