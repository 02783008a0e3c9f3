"""The icons, by the names of their drawings in `resources/icons`.

They are black, and painted in a colour of the theme when they are shown.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from pnp_gui.resources import resource_path
from pnp_gui.ui.theme.theme import disabled_ink, tokens

Tint = QColor | str | None
"""A colour, the name of a token (which follows the theme), or None for the text colour."""


def icon(name: str, color: Tint = None) -> QIcon:
    """An icon by name. A token's name as colour ("good", "bad", "dim") follows the theme. Raises
    KeyError if there is no such drawing."""
    _drawing(name)
    return QIcon(_Engine(name, color))


def app_icon() -> QIcon:
    return QIcon(str(resource_path("app.svg")))


def paint_icon(painter: QPainter, box: QRectF, name: str, color: QColor) -> None:
    """Paint an icon into a square box, aligned to device pixels."""
    ratio = painter.device().devicePixelRatio()
    side = max(1, round(min(box.width(), box.height()) * ratio))
    drawn = tinted(name, color, side)
    size = side / ratio
    corner = painter.transform().map(
        QPointF(box.center().x() - size / 2, box.center().y() - size / 2)
    )
    snapped = QPointF(round(corner.x() * ratio) / ratio, round(corner.y() * ratio) / ratio)
    at = painter.transform().inverted()[0].map(snapped)
    painter.drawPixmap(QRectF(at.x(), at.y(), size, size), drawn, QRectF(drawn.rect()))


def tinted(name: str, color: QColor, side: int) -> QPixmap:
    """The drawing in one colour, `side` device pixels wide and high."""
    return _tinted(name, color.rgba(), side)


@lru_cache(maxsize=512)
def _tinted(name: str, rgba: int, side: int) -> QPixmap:
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(_drawing(name)).render(painter, QRectF(0, 0, side, side))
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
    painter.fillRect(pixmap.rect(), QColor.fromRgba(rgba))
    painter.end()
    return pixmap


@lru_cache(maxsize=128)
def _drawing(name: str) -> str:
    path = resource_path("icons", f"{name}.svg")
    if not path.is_file():
        raise KeyError(name)
    return str(path)


class _Engine(QIconEngine):
    """Paints one drawing in the theme's current colour."""

    def __init__(self, name: str, tint: Tint) -> None:
        super().__init__()
        self._name = name
        self._tint = tint

    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._tint)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        paint_icon(painter, QRectF(rect), self._name, self._colour(mode))

    def scaledPixmap(
        self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float
    ) -> QPixmap:
        """`size` is in logical pixels (since Qt 6.8); `scale` turns them into device pixels."""
        side = max(1, round(min(size.width(), size.height()) * scale))
        return tinted(self._name, self._colour(mode), side)

    def _colour(self, mode: QIcon.Mode) -> QColor:
        colours = tokens()
        if mode == QIcon.Mode.Disabled:
            return disabled_ink(colours)
        if isinstance(self._tint, QColor):
            return self._tint
        colour = getattr(colours, self._tint) if self._tint else colours.text
        assert isinstance(colour, QColor)
        return colour
