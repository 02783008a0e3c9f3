"""What all cells of the table have in common: background, rule, marks, text, tooltip, width; and
what the cells that can be edited share.

The whole row is painted here, cell by cell; nothing is left to the style, so that both colour
schemes look the same on every system. No cell has a widget.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QLineF,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QHelpEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from pnp_gui.bench.phones.phone import Decision, Phone
from pnp_gui.bench.phones.status import StatusKind
from pnp_gui.ui.table.column_widths import Width, heading_width
from pnp_gui.ui.table.columns import COLUMNS, Column
from pnp_gui.ui.table.model import PhoneModel, PhoneRole
from pnp_gui.ui.theme import theme
from pnp_gui.ui.theme.painting import PADDING, VCENTRE, hairline
from pnp_gui.ui.words.phone import ABSENT
from pnp_gui.ui.words.plain import for_tip

AnyIndex = QModelIndex | QPersistentModelIndex

EDGE = 3
"""Pixels at 100 % of the bar at the left of asking phones."""


@dataclass(slots=True)
class Pointer:
    """Where the mouse is in the table; the view sets it, the delegates paint by it."""

    key: str = ""
    """The phone under the mouse."""
    half: Decision | None = None
    """The half of its toggle under the mouse."""
    pressed: tuple[str, Decision] | None = None
    """The phone and half on which the button went down."""


class CellDelegate(QStyledItemDelegate):
    """Paints a line of text; the other delegates build on it."""

    def __init__(self, view: QAbstractItemView, model: PhoneModel, pointer: Pointer) -> None:
        super().__init__(view)
        self.view = view
        self.model = model
        self.pointer = pointer
        self._restyle()
        theme.theme_changed.connect(self._restyle)

    def _restyle(self) -> None:
        self._fixed = theme.fixed_font()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        phone = index.data(PhoneRole)
        if phone is None:
            return
        painter.save()
        self._paint_background(painter, option, phone)
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
        """Paint what the cell says into `box`."""
        colours = theme.tokens()
        text = self.model.text(phone, column)
        dim = COLUMNS[column].dim or text == ABSENT
        painter.setPen(colours.dim if dim else colours.text)
        self.paint_text(painter, box, text, self.font_of(column, option.font), column)

    def paint_text(
        self, painter: QPainter, box: QRect, text: str, font: QFont, column: Column
    ) -> None:
        """One line, elided as the column wants it."""
        painter.setFont(font)
        elided = QFontMetrics(font).elidedText(text, COLUMNS[column].elide, box.width())
        painter.drawText(box, VCENTRE, elided)

    def font_of(self, column: Column, font: QFont) -> QFont:
        """The font of a column."""
        return self._fixed if COLUMNS[column].fixed else font

    def width_of(self, column: Column, widest: int) -> Width:
        """What a column may be given; its widest text has `widest` pixels."""
        info = COLUMNS[column]
        metrics = QFontMetrics(self.font_of(column, QApplication.font()))
        around = 2 * theme.spacing(PADDING) + theme.spacing(2)
        heading = heading_width(column)
        usual = metrics.horizontalAdvance(info.sample) + theme.spacing(info.signs) + around
        need = max(usual if info.steady else 0, widest + around, heading)
        tight = min(need, max(usual, heading)) if info.usual_if_tight else need
        compact = metrics.horizontalAdvance(info.compact) + around
        ease = max(theme.spacing(info.width), need)
        return Width(ease, need, tight, min(tight, max(compact, heading)))

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(theme.spacing(60), theme.row_height())

    def tip(self, option: QStyleOptionViewItem, index: AnyIndex) -> str:
        """The cell's tooltip: its text when that is cut, and what else there is to say."""
        phone = index.data(PhoneRole)
        if phone is None:
            return ""
        column = Column(index.column())
        text = self.model.text(phone, column)
        metrics = QFontMetrics(self.font_of(column, option.font))
        room = option.rect.width() - 2 * theme.spacing(PADDING)
        return self._cut_and_more(metrics.horizontalAdvance(text) > room, index)

    def _cut_and_more(self, cut: bool, index: AnyIndex) -> str:
        text = index.data() if cut else ""
        more = index.data(Qt.ItemDataRole.ToolTipRole)
        return "\n".join(str(line) for line in (text, more) if line)

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

    def _paint_background(
        self, painter: QPainter, option: QStyleOptionViewItem, phone: Phone
    ) -> None:
        colours = theme.tokens()
        rect = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, colours.selected)
        elif self.pointer.key == phone.key:
            painter.fillRect(rect, colours.hover)
        else:
            painter.fillRect(rect, colours.base)
        # One device pixel: a rule of one logical pixel would alternate between one and two of them
        # at 150 %.
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
        """Frame the row that the keyboard is on, while the table has the focus."""
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


class EditableDelegate(CellDelegate):
    """A cell that is edited in place; a subclass creates the editor, which itself knows when it is
    done and gives its text to the bench."""

    closed = Signal()
    """The editor closed."""
    next_wanted = Signal(int)
    """The same column is to be edited that many rows further down."""

    def __init__(self, view: QAbstractItemView, model: PhoneModel, pointer: Pointer) -> None:
        super().__init__(view, model, pointer)
        self.keys_to_edit: list[str] = []
        """The phones the next editor is for; `RowEditing` sets it."""

    def keys_for(self, phone: Phone) -> list[str]:
        """The phones that an editor in this one's row is for."""
        return list(self.keys_to_edit) if phone.key in self.keys_to_edit else [phone.key]

    def close(self, editor: QWidget) -> None:
        """Close the editor."""
        self.closeEditor.emit(editor)
        self.closed.emit()

    def setEditorData(self, editor: QWidget, index: AnyIndex) -> None:
        """Nothing: the editor read the phone when it opened; a change must not touch the typing."""

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: AnyIndex) -> None:
        """Nothing: the editor gives its text to the bench, which alone holds the truth."""

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Qt's own filter would close the editor whatever its text is."""
        return False
