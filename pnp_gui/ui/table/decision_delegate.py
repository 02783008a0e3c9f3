"""The toggle in the row: one control with two halves, Approve and Deny; undecided, neither is lit.

It is painted, not a widget. A click counts where the button goes down and up on the same half of
the same phone, and is for this phone alone, whichever rows are selected.
"""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QEvent, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QMouseEvent, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QApplication, QStyleOptionViewItem

from pnp_gui.bench.phones.phone import Decision, Phone
from pnp_gui.ui.table.cell_delegate import AnyIndex, CellDelegate
from pnp_gui.ui.table.column_widths import Width, heading_width
from pnp_gui.ui.table.columns import Column
from pnp_gui.ui.table.model import PhoneRole
from pnp_gui.ui.theme import theme
from pnp_gui.ui.theme.icons import paint_icon
from pnp_gui.ui.theme.painting import PADDING
from pnp_gui.ui.words.conflict import conflict_lines, in_conflict
from pnp_gui.ui.words.translate import translate

_ICON = 12
_GAP = 4
_SIDE = 7
"""Pixels at 100 % left and right of a half's word."""

HALVES = (Decision.APPROVED, Decision.DENIED)


def _word(half: Decision) -> str:
    return (
        translate("Toggle", "Approve") if half is Decision.APPROVED else translate("Toggle", "Deny")
    )


_LIT = {
    Decision.APPROVED: ("approve", "good", "good_bg"),
    Decision.DENIED: ("deny", "bad", "bad_bg"),
}


def _lit_font(font: QFont) -> QFont:
    lit = QFont(font)
    lit.setBold(True)
    return lit


def _half_widths(font: QFont) -> list[int]:
    """Wide enough for each word with its icon, lit."""
    metrics = QFontMetrics(_lit_font(font))
    around = theme.spacing(_ICON) + theme.spacing(_GAP) + 2 * theme.spacing(_SIDE)
    return [metrics.horizontalAdvance(_word(half)) + around for half in HALVES]


def toggle_width(font: QFont, *, tight: bool = False) -> int:
    """Wide enough for both words with their icons, lit; the halves are equal unless it is tight."""
    widths = _half_widths(font)
    return sum(widths) if tight else 2 * max(widths)


def first_half(toggle: int, font: QFont) -> int:
    """The width of the left half in a toggle of this width: half of it, unless one of the words
    would not fit."""
    first, second = _half_widths(font)
    return min(max(toggle // 2, first), toggle - second)


def toggle_rect(cell: QRect, font: QFont) -> QRect:
    """Where the toggle is in its cell."""
    height = min(cell.height() - theme.spacing(6), theme.spacing(26))
    left = cell.left() + theme.spacing(PADDING) - theme.spacing(2)
    width = min(toggle_width(font), cell.right() - left - theme.spacing(4))
    return QRect(left, cell.top() + (cell.height() - 1 - height) // 2, width // 2 * 2, height)


def half_at(cell: QRect, at: QPointF) -> Decision | None:
    """The half of the toggle at a point of the cell; None beside it."""
    toggle = toggle_rect(cell, QApplication.font())
    if not toggle.contains(at.toPoint()):
        return None
    return HALVES[at.x() >= toggle.left() + first_half(toggle.width(), QApplication.font())]


class DecisionDelegate(CellDelegate):
    """Paints the toggle and takes its clicks; Qt selects the row as for any other cell."""

    clicked = Signal(list, Decision)
    """Keys, and what was clicked for them."""

    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: AnyIndex,
    ) -> bool:
        phone = index.data(PhoneRole)
        if (
            not isinstance(event, QMouseEvent)
            or event.button() != Qt.MouseButton.LeftButton
            or phone is None
        ):
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
        font = QApplication.font()
        edge = theme.spacing(PADDING) + theme.spacing(6)
        wide, tight = (toggle_width(font, tight=tight) + edge for tight in (False, True))
        heading = heading_width(column)
        return Width(max(wide, heading), max(wide, heading), max(tight, heading), tight)

    def paint_cell(
        self,
        painter: QPainter,
        box: QRect,
        option: QStyleOptionViewItem,
        phone: Phone,
        column: Column,
    ) -> None:
        colours = theme.tokens()
        font = QApplication.font()
        whole = toggle_rect(option.rect, font)
        toggle = QRectF(whole).adjusted(0.5, 0.5, -0.5, -0.5)
        radius = theme.spacing(5)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colours.border, 1))
        painter.setBrush(colours.base)
        painter.drawRoundedRect(toggle, radius, radius)
        middle = float(whole.left() + first_half(whole.width(), font))
        halves = {
            Decision.APPROVED: QRectF(
                toggle.left(), toggle.top(), middle - toggle.left(), toggle.height()
            ),
            Decision.DENIED: QRectF(middle, toggle.top(), toggle.right() - middle, toggle.height()),
        }
        if phone.decision is Decision.UNDECIDED:
            painter.drawLine(
                QPointF(middle, toggle.top() + theme.spacing(6)),
                QPointF(middle, toggle.bottom() - theme.spacing(6)),
            )
        for half, area in halves.items():
            if half is not phone.decision:
                self._paint_unlit(painter, toggle, area, phone, half)
        for half, area in halves.items():
            if half is phone.decision:
                self._paint_lit(painter, area, half)

    def _paint_unlit(
        self, painter: QPainter, toggle: QRectF, area: QRectF, phone: Phone, half: Decision
    ) -> None:
        colours = theme.tokens()
        over = self.pointer.key == phone.key and self.pointer.half is half
        down = self.pointer.pressed == (phone.key, half)
        pen = colours.text if phone.decision is Decision.UNDECIDED else colours.dim
        if over or down:
            _, ink, background = _LIT[half]
            inside = QPainterPath()
            inside.addRoundedRect(
                toggle.adjusted(0.5, 0.5, -0.5, -0.5), theme.spacing(5), theme.spacing(5)
            )
            painter.save()
            painter.setClipPath(inside)
            painter.fillRect(area, getattr(colours, background) if over and down else colours.hover)
            painter.restore()
            pen = getattr(colours, ink) if over else pen
        painter.setPen(pen)
        painter.setFont(QApplication.font())
        painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter), _word(half))

    def _paint_lit(self, painter: QPainter, area: QRectF, half: Decision) -> None:
        colours = theme.tokens()
        icon, ink_name, background_name = _LIT[half]
        ink, background = getattr(colours, ink_name), getattr(colours, background_name)
        painter.setPen(QPen(ink, 1))
        painter.setBrush(background)
        painter.drawRoundedRect(area, theme.spacing(5), theme.spacing(5))
        font = _lit_font(QApplication.font())
        side, gap = theme.spacing(_ICON), theme.spacing(_GAP)
        word = QFontMetrics(font).horizontalAdvance(_word(half))
        left = area.left() + (area.width() - word - side - gap) / 2
        paint_icon(painter, QRectF(left, area.center().y() - side / 2, side, side), icon, ink)
        painter.setFont(font)
        painter.setPen(ink)
        rest = QRectF(
            left + side + gap, area.top(), area.right() - left - side - gap, area.height()
        )
        painter.drawText(
            rest, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), _word(half)
        )

    def tip(self, option: QStyleOptionViewItem, index: AnyIndex) -> str:
        half = self.pointer.half
        if half is None:
            return ""
        phone = self.model.phone_at(index.row())
        if phone is not None and half is Decision.APPROVED and in_conflict(phone):
            return "\n".join(conflict_lines(phone))
        if phone is not None and phone.decision is half:
            return translate("Toggle", "Decided. U takes it back.")
        if half is Decision.APPROVED:
            return translate(
                "Toggle", "Approve: it gets its URL at once if it has asked, else when it asks."
            )
        return translate("Toggle", "Deny: it gets no answer at all.")
