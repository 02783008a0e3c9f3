"""What every cell of the table has in common: ground, rule, marks, text, and its tooltip.

The whole row is painted here, cell by cell; nothing is left to the style, so that both colour
schemes look the same on every system. No cell has a widget.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import (
    QEvent,
    QLineF,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFont, QFontMetrics, QHelpEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
)

from pnp_gui.bench.phones.phone import Decision, Phone
from pnp_gui.bench.phones.status import StatusKind
from pnp_gui.ui.table.columns import COLUMNS, Column
from pnp_gui.ui.table.model import PhoneModel, PhoneRole
from pnp_gui.ui.theme import theme
from pnp_gui.ui.theme.icons import paint_icon
from pnp_gui.ui.theme.painting import PADDING, VCENTRE, hairline
from pnp_gui.ui.words.phone import ABSENT
from pnp_gui.ui.words.plain import for_tip

AnyIndex = QModelIndex | QPersistentModelIndex

EDGE = 3
"""Width of the mark at the left of asking phones."""
WARNING = 11
"""Size of the sign of phones that the network knows as another."""
DOT = 6
"""Width of the mark of phones that nobody has looked at."""


@dataclass(slots=True)
class Pointer:
    """Where the mouse is in the table; the table keeps it, the cells paint by it."""

    key: str = ""
    """The phone under the mouse."""
    half: Decision | None = None
    """The half of its toggle under the mouse."""
    pressed: tuple[str, Decision] | None = None
    """The phone and half on which the button went down."""


class CellDelegate(QStyledItemDelegate):
    """Paints a cell of text; the others build on it."""

    def __init__(self, view: QAbstractItemView, model: PhoneModel, pointer: Pointer) -> None:
        super().__init__(view)
        self.view = view
        self.model = model
        self.pointer = pointer
        self.fixed = theme.fixed_font()
        theme.theme_changed.connect(self._restyle)

    def _restyle(self) -> None:
        self.fixed = theme.fixed_font()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        phone = index.data(PhoneRole)
        if phone is None:
            return
        painter.save()
        self._paint_ground(painter, option, index, phone)
        padding = theme.spacing(PADDING)
        box = option.rect.adjusted(padding, 0, -padding, -1)
        self.paint_cell(painter, box, option, phone, Column(index.column()))
        self._paint_current(painter, option, index)
        painter.restore()

    def paint_cell(
        self,
        painter: QPainter,
        box: QRect,
        option: QStyleOptionViewItem,
        phone: Phone,
        column: Column,
    ) -> None:
        """What the cell says, inside `box`."""
        colours = theme.tokens()
        text = self.model.text(phone, column)
        font = self.font_of(column, option.font)
        if column is Column.PHONE and phone.unseen:
            font = QFont(font)
            font.setBold(True)
            if phone.other_mac is None:
                self._paint_dot(painter, box, QFontMetrics(font).horizontalAdvance(text))
        if column is Column.PHONE and phone.other_mac is not None:
            self._paint_warning(painter, option.rect)
        painter.setFont(font)
        painter.setPen(colours.dim if COLUMNS[column].dim or text == ABSENT else colours.text)
        mode = Qt.TextElideMode.ElideMiddle if column is Column.URL else Qt.TextElideMode.ElideRight
        painter.drawText(box, VCENTRE, QFontMetrics(font).elidedText(text, mode, box.width()))

    def _paint_dot(self, painter: QPainter, box: QRect, width: int) -> None:
        """Behind the phone's name: nobody has looked at it yet."""
        radius = theme.spacing(DOT) / 2
        after = min(box.left() + width, box.right()) + theme.spacing(PADDING) / 2 + radius / 2
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.tokens().accent)
        painter.drawEllipse(QPointF(after, box.center().y() + 0.5), radius, radius)

    def _paint_warning(self, painter: QPainter, cell: QRect) -> None:
        """At the end of the phone's cell: the network knows it as another. Instead of the dot; that
        it is new is said by the bold face as well."""
        side = theme.spacing(WARNING)
        place = QRectF(cell.right() - side - 1, cell.center().y() - side / 2 + 0.5, side, side)
        paint_icon(painter, place, "warning", theme.tokens().bad)

    def font_of(self, column: Column, font: QFont) -> QFont:
        """The face of a column."""
        return self.fixed if COLUMNS[column].fixed else font

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(theme.spacing(60), theme.row_height())

    def tip(self, option: QStyleOptionViewItem, index: AnyIndex) -> str:
        """The cell's tooltip: what it says when that is elided, and what else there is to say."""
        phone = index.data(PhoneRole)
        if phone is None:
            return ""
        column = Column(index.column())
        more = index.data(Qt.ItemDataRole.ToolTipRole) or ""
        text = self.model.text(phone, column)
        metrics = QFontMetrics(self.font_of(column, option.font))
        room = option.rect.width() - 2 * theme.spacing(PADDING)
        elided = metrics.horizontalAdvance(text) > room
        return "\n".join(line for line in (text if elided else "", more) if line)

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: AnyIndex,
    ) -> bool:
        if event.type() != QEvent.Type.ToolTip:
            return super().helpEvent(event, view, option, index)
        tip = self.tip(option, index)
        if tip:
            QToolTip.showText(event.globalPos(), for_tip(tip), view.viewport(), option.rect)
        else:
            QToolTip.hideText()
        return True

    def _paint_ground(
        self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex, phone: Phone
    ) -> None:
        colours = theme.tokens()
        rect = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, colours.selected)
        elif self.pointer.key == phone.key:
            painter.fillRect(rect, colours.hover)
        else:
            painter.fillRect(rect, colours.base)
        # A pen of one device pixel: a rule of one logical pixel is one or two of them by turns at
        # 150 %.
        painter.setPen(hairline(colours.line))
        bottom = rect.bottom() + 0.5
        painter.drawLine(QLineF(rect.left(), bottom, rect.right() + 1, bottom))
        first = rect.left() <= 0 and self.view.horizontalScrollBar().value() == 0
        if first and self.model.status(phone) is StatusKind.ASKING:
            edge = QRect(rect.left(), rect.top(), theme.spacing(EDGE), rect.height() - 1)
            painter.fillRect(edge, colours.accent)

    def _paint_current(
        self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex
    ) -> None:
        """The row that the keyboard is on, as long as the keyboard is in the table."""
        if index.row() != self.view.currentIndex().row() or not self.view.hasFocus():
            return
        accent = theme.tokens().accent
        rect = option.rect
        # Filled, not drawn: a line at 150 % would reach into the rows above and below.
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.fillRect(QRect(rect.left(), rect.top(), rect.width(), 1), accent)
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), accent)
        if rect.left() <= 0:
            painter.fillRect(QRect(rect.left(), rect.top(), 1, rect.height()), accent)
        if rect.right() + 1 >= self.view.viewport().width():
            painter.fillRect(QRect(rect.right(), rect.top(), 1, rect.height()), accent)
