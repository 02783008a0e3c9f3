"""A button that shows its key: icon, word, and the key in a small key cap."""

from __future__ import annotations

from abc import abstractmethod
from enum import IntEnum

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QAction,
    QActionEvent,
    QColor,
    QFont,
    QFontMetrics,
    QHelpEvent,
    QIcon,
    QKeySequence,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QStyle,
    QStyleOptionToolButton,
    QStylePainter,
    QToolButton,
    QToolTip,
    QWidget,
)

from pnp_gui.ui.theme import theme
from pnp_gui.ui.theme.painting import CENTRE, VCENTRE, paint_rounded, text_widths
from pnp_gui.ui.widgets.idle import IDLE
from pnp_gui.ui.words.plain import for_tip

_ICON = 15
_GAP = 7
_SIDE = 11
_ARROW = 20
"""Pixels at 100 % that the stylesheet gives the arrow of a menu."""

SHORT = "short"
"""The property of an action with its words for little room."""


class Form(IntEnum):
    """What a part of a bar shows, from much room to none."""

    FULL = 0
    WORDS = 1
    """Without the key."""
    SHORT = 2
    """Few words."""
    ICON = 3
    GONE = 4
    """Only in the bar's menu."""


class Yielding:
    """A mixin for widgets that can take less room."""

    @abstractmethod
    def set_form(self, form: Form) -> None:
        """Show itself so."""

    @abstractmethod
    def width_in(self, form: Form) -> int:
        """Pixels that it takes in this form."""


class KeyButton(QToolButton, Yielding):
    """Shows one action. A click leaves the focus where it was; Tab reaches it."""

    form = Form.FULL
    """What it shows; `set_form` changes it."""

    def __init__(
        self,
        action: QAction,
        parent: QWidget | None = None,
        *,
        tone: str = "",
        strong: bool = False,
        flat: bool = False,
        side: int = _SIDE,
    ) -> None:
        """`side`: pixels at 100 % left and right of what it shows."""
        super().__init__(parent)
        self._side = side
        self.tone = tone
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
        if (tone, strong) != (self.tone, self._strong):
            self.tone, self._strong = tone, strong
            self.updateGeometry()
            self.update()

    def set_form(self, form: Form) -> None:
        if form != self.form:
            self.form = form
            self.setVisible(form is not Form.GONE)
            self.updateGeometry()
            self.update()

    def width_in(self, form: Form) -> int:
        """Pixels that it takes in this form."""
        text = self._text_in(form)
        parts = [theme.spacing(_ICON)] if not self.icon().isNull() else []
        parts += text_widths([text], self._font()) if text else ()
        parts += [cap_width(self.font(), self._key())] if form is Form.FULL and self._key() else []
        gaps = (len(parts) - 1) * theme.spacing(_GAP)
        return sum(parts) + gaps + 2 * theme.spacing(self._side) + self._room_at_right()

    def text(self) -> str:
        """The words that it shows; a screen reader has them all."""
        return self._text_in(self.form)

    def _text_in(self, form: Form) -> str:
        if form >= Form.ICON and not self.icon().isNull():
            return ""
        short = self._action.property(SHORT) if form >= Form.SHORT else None
        return str(short or self._action.iconText())

    def _room_at_right(self) -> int:
        """Pixels that the arrow of its menu takes."""
        return theme.spacing(_ARROW) if self.menu() else 0

    def sizeHint(self) -> QSize:
        return QSize(self.width_in(self.form), super().sizeHint().height())

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
        ink: QColor = getattr(colours, self.tone or "text") if enabled else off
        left = theme.spacing(self._side)
        if not self.icon().isNull():
            side = theme.spacing(_ICON)
            mode = QIcon.Mode.Normal if enabled else QIcon.Mode.Disabled
            spot = QRect(left, (self.height() - side) // 2, side, side)
            self.icon().paint(painter, spot, mode=mode)
            left += side + theme.spacing(_GAP)
        painter.setFont(self._font())
        painter.setPen(ink)
        painter.drawText(self.rect().adjusted(left, 0, 0, 0), VCENTRE, self.text())
        if self.form is Form.FULL and (key := self._key()):
            dim, line = (colours.dim, colours.border) if enabled else (off, colours.line)
            right = self.width() - self._room_at_right() - theme.spacing(self._side)
            painter.setPen(dim)
            at = QPointF(right, self.height() / 2)
            paint_cap(painter, self.font(), key, at, line, colours.chrome)

    def tip(self) -> str:
        """Its tooltip, with what it does not show: its words and its key."""
        if self.form is Form.FULL:
            return self.toolTip()
        head, key = self._action.iconText(), self._key()
        if key:
            head = self.tr("{what} ({keys})").format(what=head, keys=key)
        return f"{head}\n{self.toolTip()}"

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), for_tip(self.tip()), self)
            return True
        return super().event(event)

    def actionEvent(self, event: QActionEvent) -> None:
        # Qt 6.11 would connect the action once more with every change, and call all of these.
        if event.type() != QEvent.Type.ActionChanged:
            super().actionEvent(event)

    def _describe(self) -> None:
        action = self._action
        self.setIcon(action.icon())
        self.setToolTip(action.toolTip())
        self.setCheckable(action.isCheckable())
        self.setChecked(action.isChecked())
        self.setEnabled(action.isEnabled() and not action.property(IDLE))
        self.setAccessibleName(action.iconText())
        self.setAccessibleDescription(action.toolTip())
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
    font = cap_font(font)
    least = QFontMetrics(font).height() + theme.spacing(2)
    (words,) = text_widths([text], font)
    return max(words + theme.spacing(8), least)


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
