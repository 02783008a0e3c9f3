"""A button that shows its key: icon, word, and the key in a small key cap."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QAction,
    QColor,
    QFont,
    QFontMetrics,
    QIcon,
    QKeySequence,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import (
    QStyle,
    QStyleOptionToolButton,
    QStylePainter,
    QToolButton,
    QWidget,
)

from pnp_gui.ui.theme import theme

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
        """Set the colour and weight of the word."""
        if (tone, strong) != (self._tone, self._strong):
            self._tone, self._strong = tone, strong
            self.updateGeometry()
            self.update()

    def room_at_right(self) -> int:
        """Pixels at the right that word and key cap leave free."""
        return 0

    def sizeHint(self) -> QSize:
        """Room for icon, word and key cap, as high as the other buttons and fields."""
        metrics = QFontMetrics(self._font())
        width = 2 * theme.spacing(_SIDE) + metrics.horizontalAdvance(self.text())
        if not self.icon().isNull():
            width += theme.spacing(_ICON) + theme.spacing(_GAP)
        if self._key():
            width += theme.spacing(_GAP) + self._cap_width()
        width += self.room_at_right()
        return QSize(width, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """As `sizeHint`: the word is never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The stylesheet's frame, then icon, word and cap."""
        painter = QStylePainter(self)
        option = QStyleOptionToolButton()
        self.initStyleOption(option)
        option.text = ""
        option.icon = QIcon()
        painter.drawComplexControl(QStyle.ComplexControl.CC_ToolButton, option)

        colours = theme.tokens()
        enabled = self.isEnabled()
        off = theme.mixed(colours.dim, colours.chrome, 0.65)
        ink: QColor = getattr(colours, self._tone or "text") if enabled else off
        left = theme.spacing(_SIDE)
        if not self.icon().isNull():
            side = theme.spacing(_ICON)
            mode = QIcon.Mode.Normal if enabled else QIcon.Mode.Disabled
            self.icon().paint(
                painter, QRect(left, (self.height() - side) // 2, side, side), mode=mode
            )
            left += side + theme.spacing(_GAP)
        painter.setFont(self._font())
        painter.setPen(ink)
        word = self.rect().adjusted(left, 0, 0, 0)
        centred = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        painter.drawText(word, centred, self.text())
        key = self._key()
        if not key:
            return
        width = self._cap_width()
        height = QFontMetrics(self._cap_font()).height() + theme.spacing(2)
        cap = QRectF(
            self.width() - self.room_at_right() - theme.spacing(_SIDE) - width + 0.5,
            (self.height() - height) // 2 + 0.5,
            width - 1,
            height - 1,
        )
        painter.setRenderHint(QStylePainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colours.border if enabled else colours.line, 1))
        painter.setBrush(colours.chrome)
        painter.drawRoundedRect(cap, theme.spacing(3), theme.spacing(3))
        painter.setFont(self._cap_font())
        painter.setPen(colours.dim if enabled else off)
        painter.drawText(cap, int(Qt.AlignmentFlag.AlignCenter), key)

    def _describe(self) -> None:
        self.setAccessibleName(self._action.iconText())
        self.setAccessibleDescription(self._action.toolTip())
        self.updateGeometry()

    def _key(self) -> str:
        return QKeySequence.listToString(self._action.shortcuts())

    def _font(self) -> QFont:
        font = QFont(self.font())
        font.setBold(self._strong)
        return font

    def _cap_font(self) -> QFont:
        return cap_font(self.font())

    def _cap_width(self) -> int:
        metrics = QFontMetrics(self._cap_font())
        return max(
            metrics.horizontalAdvance(self._key()) + theme.spacing(8),
            metrics.height() + theme.spacing(2),
        )


def cap_font(font: QFont) -> QFont:
    """The font of a key cap: a little smaller than that of the word beside it."""
    small = QFont(font)
    if font.pointSizeF() > 0:
        small.setPointSizeF(font.pointSizeF() * 0.88)
    else:
        small.setPixelSize(max(1, round(font.pixelSize() * 0.88)))
    return small
