"""The toggle in the row: one control with two halves, Approve and Deny; undecided, neither is lit.

It is painted, not a widget. A click counts where the button goes down and up on the same half of
the same phone, and is for this phone alone, whichever rows are selected.
"""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QEvent, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QMouseEvent, QPainter, QPainterPath
from PySide6.QtWidgets import QApplication

from pnp_gui.bench.phones.phone import Decision, Phone
from pnp_gui.ui.table.cell_delegate import CellDelegate, Option
from pnp_gui.ui.table.column_widths import Width, heading_width
from pnp_gui.ui.table.columns import Column
from pnp_gui.ui.theme import theme
from pnp_gui.ui.theme.icons import paint_icon
from pnp_gui.ui.theme.painting import PADDING, VCENTRE, paint_rounded, square, text_widths
from pnp_gui.ui.widgets.lines_view import AnyIndex
from pnp_gui.ui.words.conflict import conflict_lines, in_conflict
from pnp_gui.ui.words.letters import letters
from pnp_gui.ui.words.phone import decision_text
from pnp_gui.ui.words.translate import QT_TRANSLATE_NOOP, translate

_ICON = 12
_GAP = 4
_SIDE = 7
"""Pixels at 100 % left and right of a half's word."""
_RADIUS = 5
_ICONS_ALONE = 30
"""Pixels at 100 % of a half that has no room for a word."""

_HALVES = {
    Decision.APPROVED: (QT_TRANSLATE_NOOP("Toggle", "Approve"), "approve", "good"),
    Decision.DENIED: (QT_TRANSLATE_NOOP("Toggle", "Deny"), "deny", "bad"),
}
"""What a click does, icon and tone of the halves, from the left. Lit, a half says what is so."""


def _word(half: Decision) -> str:
    return translate("Toggle", _HALVES[half][0])


def _lit_font() -> QFont:
    font = QApplication.font()
    font.setBold(True)
    return font


def _half_widths() -> list[int]:
    """Wide enough for each word with its icon, lit."""
    around = theme.spacing(_ICON) + theme.spacing(_GAP) + 2 * theme.spacing(_SIDE)
    return [width + around for width in text_widths(map(decision_text, _HALVES), _lit_font())]


def _has_words(toggle: QRect) -> bool:
    """Whether there is room for more than the two icons."""
    return toggle.width() >= sum(_half_widths()) - 1


def _middle(toggle: QRect) -> int:
    """Where the left half ends: in the middle, unless one of the words would not fit."""
    first, second = _half_widths() if _has_words(toggle) else (0, 0)
    width = toggle.width()
    return toggle.left() + min(max(width // 2, first), width - second)


def toggle_rect(cell: QRect) -> QRect:
    """Where the toggle is in its cell."""
    height = min(cell.height() - theme.spacing(6), theme.spacing(26))
    left = cell.left() + theme.spacing(PADDING) - theme.spacing(2)
    width = min(2 * max(_half_widths()), cell.right() - left - theme.spacing(4))
    return QRect(left, cell.top() + (cell.height() - 1 - height) // 2, width // 2 * 2, height)


def half_at(cell: QRect, at: QPointF) -> Decision | None:
    """The half of the toggle at a point of the cell; None beside it."""
    toggle = toggle_rect(cell)
    if not toggle.contains(at.toPoint()):
        return None
    return Decision.APPROVED if at.x() < _middle(toggle) else Decision.DENIED


class DecisionDelegate(CellDelegate):
    """Paints the toggle and takes its clicks; Qt selects the row as for any other cell."""

    clicked = Signal(list, Decision)
    """Keys, and what was clicked for them."""

    def editorEvent(
        self, event: QEvent, model: QAbstractItemModel, option: Option, index: AnyIndex
    ) -> bool:
        phone = self.model.phone_at(index.row())
        if phone is None or not isinstance(event, QMouseEvent):
            return False
        if event.button() != Qt.MouseButton.LeftButton:
            return False
        half = half_at(option.rect, event.position())
        if event.type() == QEvent.Type.MouseButtonPress:
            if half is not None and not event.modifiers():
                self.pointer.pressed = (phone.key, half)
        elif half is not None and self.pointer.pressed == (phone.key, half):
            # The lit half does nothing, or a double click would approve and take it back. In a
            # conflict it means the other address.
            means_other = half is Decision.APPROVED and in_conflict(phone)
            if phone.decision is not half or means_other:
                self.clicked.emit([phone.key], half)
        return False

    def width_of(self, column: Column, widest: int) -> Width:
        """The halves are equal unless it is tight; at last they are icons."""
        halves, edge = _half_widths(), theme.spacing(PADDING) + theme.spacing(6)
        wide, tight, heading = 2 * max(halves) + edge, sum(halves) + edge, heading_width(column)
        icons = 2 * theme.spacing(_ICONS_ALONE) + edge
        return Width(max(wide, heading), max(wide, heading), max(tight, heading), icons)

    def paint_cell(self, painter: QPainter, option: Option, phone: Phone, column: Column) -> None:
        colours = theme.tokens()
        whole = toggle_rect(option.rect)
        toggle = QRectF(whole).adjusted(0.5, 0.5, -0.5, -0.5)
        paint_rounded(
            painter, toggle, theme.spacing(_RADIUS), line=colours.border, fill=colours.base
        )
        middle = float(_middle(whole))
        areas = {Decision.APPROVED: QRectF(toggle), Decision.DENIED: QRectF(toggle)}
        areas[Decision.APPROVED].setRight(middle)
        areas[Decision.DENIED].setLeft(middle)
        if phone.decision is Decision.UNDECIDED:
            inset = theme.spacing(6)
            painter.drawLine(
                QPointF(middle, toggle.top() + inset), QPointF(middle, toggle.bottom() - inset)
            )
        words = _has_words(whole)
        for half, area in areas.items():
            if half is not phone.decision:
                pen = self._paint_unlit(painter, toggle, area, phone, half)
                _paint_half(painter, area, half, pen, QApplication.font(), words=words)
        if phone.decision in areas:
            ink, ground = _colours(phone.decision)
            area = areas[phone.decision]
            paint_rounded(painter, area, theme.spacing(_RADIUS), line=ink, fill=ground)
            _paint_half(painter, area, phone.decision, ink, _lit_font(), words=words, lit=True)

    def _paint_unlit(
        self, painter: QPainter, toggle: QRectF, area: QRectF, phone: Phone, half: Decision
    ) -> QColor:
        """Paint the ground under the mouse; the colour of the half's word."""
        colours = theme.tokens()
        over = self.pointer.key == phone.key and self.pointer.half is half
        down = self.pointer.pressed == (phone.key, half)
        if over or down:
            ink, ground = _colours(half)
            inside = QPainterPath()
            radius = theme.spacing(_RADIUS)
            inside.addRoundedRect(toggle.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
            painter.save()
            painter.setClipPath(inside)
            painter.fillRect(area, ground if over and down else colours.hover)
            painter.restore()
            if over:
                return ink
        return colours.text if phone.decision is Decision.UNDECIDED else colours.dim

    def tip(self, option: Option, index: AnyIndex) -> str:
        half, phone = self.pointer.half, self.model.phone_at(index.row())
        if half is None or phone is None:
            return ""
        if half is Decision.APPROVED and in_conflict(phone):
            return "\n".join(conflict_lines(phone))
        if phone.decision is half:
            return translate("Toggle", "Decided. {U} takes it back.").format(**letters())
        if half is Decision.APPROVED:
            return translate(
                "Toggle",
                "Approve: it gets its URL at once if it has asked, otherwise when it asks.",
            )
        return translate("Toggle", "Deny: it gets no answer at all.")


def _paint_half(
    painter: QPainter,
    area: QRectF,
    half: Decision,
    ink: QColor,
    font: QFont,
    *,
    words: bool,
    lit: bool = False,
) -> None:
    """Its word, with an icon while it is lit; without room for words the icon alone."""
    icon = theme.spacing(_ICON) if lit or not words else 0
    word = "" if not words else decision_text(half) if lit else _word(half)
    gap = theme.spacing(_GAP) if icon and word else 0
    left = area.center().x() - (icon + gap + QFontMetrics(font).horizontalAdvance(word)) / 2
    if icon:
        paint_icon(painter, square(left, area.center().y(), _ICON), _HALVES[half][1], ink)
    painter.setFont(font)
    painter.setPen(ink)
    painter.drawText(area.adjusted(left + icon + gap - area.left(), 0, 0, 0), VCENTRE, word)


def _colours(half: Decision) -> tuple[QColor, QColor]:
    """Text and background of a lit half."""
    ink, ground = theme.TONES[_HALVES[half][2]]
    return getattr(theme.tokens(), ink), getattr(theme.tokens(), ground)
