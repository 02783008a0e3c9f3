"""A button that shows its key: icon, word, and the key in a small key cap."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QAction,
    QColor,
    QFont,
    QFontMetrics,
    QIcon,
    QKeySequence,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QStyle, QStyleOptionToolButton, QStylePainter, QToolButton, QWidget

from pnp_gui.ui.theme import theme
from pnp_gui.ui.theme.painting import CENTRE, VCENTRE, paint_rounded

IDLE = "idle"
"""The property of an action that can do nothing now: its button is grey, and its key says why."""

_ICON = 15
_GAP = 7
_SIDE = 11


class KeyButton(QToolButton):
    """Shows one action. A click leaves the focus where it was; Tab reaches it."""

    def __init__(
        self,
        action: QAction,
        parent: QWidget | None = None,
        *,
        tone: str = "",
        strong: bool = False,
        flat: bool = False,
    ) -> None:
        super().__init__(parent)
        self._tone = tone
        self._strong = strong
        self._action = action
        self.setDefaultAction(action)
        # A click must not take the focus from the table: the next key is for the phones.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if flat:
            theme.set_tone(self, "flat")
        action.changed.connect(self._describe)
        self._describe()

    def recolour(self, tone: str, *, strong: bool) -> None:
        if (tone, strong) != (self._tone, self._strong):
            self._tone, self._strong = tone, strong
            self.updateGeometry()
            self.update()

    def room_at_right(self) -> int:
        """Pixels at the right that word and key cap leave free."""
        return 0

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self._font())
        width = 2 * theme.spacing(_SIDE) + metrics.horizontalAdvance(self.text())
        if not self.icon().isNull():
            width += theme.spacing(_ICON) + theme.spacing(_GAP)
        if self._key():
            width += theme.spacing(_GAP) + cap_width(self.font(), self._key())
        width += self.room_at_right()
        return QSize(width, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """As `sizeHint`: the word is never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QStylePainter(self)
        option = QStyleOptionToolButton()
        self.initStyleOption(option)
        option.text = ""
        option.icon = QIcon()
        painter.drawComplexControl(QStyle.ComplexControl.CC_ToolButton, option)

        colours = theme.tokens()
        enabled = self.isEnabled()
        off = theme.disabled_ink(colours)
        ink: QColor = getattr(colours, self._tone or "text") if enabled else off
        left = theme.spacing(_SIDE)
        if not self.icon().isNull():
            side = theme.spacing(_ICON)
            mode = QIcon.Mode.Normal if enabled else QIcon.Mode.Disabled
            spot = QRect(left, (self.height() - side) // 2, side, side)
            self.icon().paint(painter, spot, mode=mode)
            left += side + theme.spacing(_GAP)
        painter.setFont(self._font())
        painter.setPen(ink)
        painter.drawText(self.rect().adjusted(left, 0, 0, 0), VCENTRE, self.text())
        if key := self._key():
            dim, line = (colours.dim, colours.border) if enabled else (off, colours.line)
            right = self.width() - self.room_at_right() - theme.spacing(_SIDE)
            painter.setPen(dim)
            at = QPointF(right, self.height() / 2)
            paint_cap(painter, self.font(), key, at, line, colours.chrome)

    def _describe(self) -> None:
        self.setEnabled(self._action.isEnabled() and not self._action.property(IDLE))
        self.setAccessibleName(self._action.iconText())
        self.setAccessibleDescription(self._action.toolTip())
        self.updateGeometry()

    def _key(self) -> str:
        return QKeySequence.listToString(self._action.shortcuts())

    def _font(self) -> QFont:
        font = QFont(self.font())
        font.setBold(self._strong)
        return font


def cap_font(font: QFont) -> QFont:
    """The font of a key cap: a little smaller than that of the word beside it."""
    small = QFont(font)
    if font.pointSizeF() > 0:
        small.setPointSizeF(font.pointSizeF() * 0.88)
    else:
        small.setPixelSize(max(1, round(font.pixelSize() * 0.88)))
    return small


def cap_width(font: QFont, text: str) -> int:
    """Pixels of a key cap beside words in this font."""
    metrics = QFontMetrics(cap_font(font))
    least = metrics.height() + theme.spacing(2)
    return max(metrics.horizontalAdvance(text) + theme.spacing(8), least)


def paint_cap(
    painter: QPainter, font: QFont, text: str, at: QPointF, line: QColor, fill: QColor | None = None
) -> None:
    """Paint a key cap, or another small word in a frame, in the painter's colour; `at`: the middle
    of its right edge."""
    ink = painter.pen()
    small = cap_font(font)
    width, height = cap_width(font, text), QFontMetrics(small).height() + theme.spacing(2)
    top = int(at.y() - height / 2) + 0.5
    box = QRectF(at.x() - width + 0.5, top, width - 1, height - 1)
    paint_rounded(painter, box, theme.spacing(3), line=line, fill=fill)
    painter.setFont(small)
    painter.setPen(ink)
    painter.drawText(box, CENTRE, text)
