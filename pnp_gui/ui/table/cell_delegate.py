"""What all cells of the table have in common, and those that can be edited.

The whole row is painted here, cell by cell; nothing is left to the style, so that both colour
schemes look the same on every system. No cell has a widget.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QLineF,
    QObject,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QHelpEvent, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)

from pnp_gui.bench.phones.phone import Decision, Phone
from pnp_gui.bench.phones.status import StatusKind, status_of
from pnp_gui.ui.table.column_widths import Width, heading_width
from pnp_gui.ui.table.columns import COLUMNS, Column
from pnp_gui.ui.table.model import PhoneModel
from pnp_gui.ui.theme import theme
from pnp_gui.ui.theme.painting import (
    PADDING,
    VCENTRE,
    paint_row_focus,
    paint_selection,
    text_widths,
)
from pnp_gui.ui.widgets.line_editor import END_KEYS, LineEditor
from pnp_gui.ui.widgets.lines_view import AnyIndex
from pnp_gui.ui.words.phone import ABSENT
from pnp_gui.ui.words.plain import for_tip

Option = QStyleOptionViewItem

_ERASES = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)

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
    tip_at: QPoint = field(default_factory=QPoint)
    """Where the mouse was when the last tip was shown, in the viewport."""


class CellDelegate(QStyledItemDelegate):
    """Paints a line of text; the other delegates build on it."""

    def __init__(self, view: QTableView, model: PhoneModel, pointer: Pointer) -> None:
        super().__init__(view)
        self.view = view
        self.model = model
        self.pointer = pointer

    def paint(self, painter: QPainter, option: Option, index: AnyIndex) -> None:
        phone = self.model.phone_at(index.row())
        if phone is None:
            return
        painter.save()
        self._paint_background(painter, option, phone)
        self.paint_cell(painter, option, phone, Column(index.column()))
        self._paint_current(painter, option, index)
        painter.restore()

    def paint_cell(self, painter: QPainter, option: Option, phone: Phone, column: Column) -> None:
        """Paint what the cell says."""
        colours = theme.tokens()
        text = self.model.text(phone, column)
        dim = COLUMNS[column].dim or text == ABSENT
        painter.setPen(colours.dim if dim else colours.text)
        font = self.font_of(column, option.font)
        self.paint_text(painter, self.box_of(option), text, font, column)

    def box_of(self, option: Option) -> QRect:
        """Where a cell's text may be."""
        padding = theme.spacing(PADDING)
        return option.rect.adjusted(padding, 0, -padding, -1)

    def paint_text(
        self, painter: QPainter, box: QRect, text: str, font: QFont, column: Column
    ) -> None:
        """One line, elided as the column wants it."""
        painter.setFont(font)
        metrics, elided = QFontMetrics(font), COLUMNS[column].elided
        if elided is not None:
            text = elided(text, metrics, box.width())
        else:
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, VCENTRE, text)

    def font_of(self, column: Column, font: QFont) -> QFont:
        return theme.fixed_font() if COLUMNS[column].fixed else font

    def width_of(self, column: Column, widest: int) -> Width:
        """What a column may be given; its widest text has `widest` pixels."""
        info = COLUMNS[column]
        font = self.font_of(column, QApplication.font())
        sample, least = text_widths((info.sample, info.compact), font)
        around = 2 * theme.spacing(PADDING) + theme.spacing(2)
        heading = heading_width(column)
        usual = sample + theme.spacing(info.signs) + around
        need = max(usual if info.steady else 0, widest + around, heading)
        tight = min(need, max(usual, heading)) if info.usual_if_tight else need
        compact = least + around
        ease = max(theme.spacing(info.width), need)
        return Width(ease, need, tight, min(tight, max(compact, heading)))

    def sizeHint(self, option: Option, index: AnyIndex) -> QSize:
        return QSize(theme.spacing(60), theme.row_height())

    def is_cut(self, option: Option, text: str, column: Column) -> bool:
        """Whether the cell is too narrow for its text."""
        metrics = QFontMetrics(self.font_of(column, option.font))
        return metrics.horizontalAdvance(text) > self.box_of(option).width()

    def tip(self, option: Option, index: AnyIndex) -> str:
        """The cell's tooltip: its text when that is cut, and what else there is to say."""
        text = str(index.data() or "")
        cut = self.is_cut(option, text, Column(index.column()))
        more = index.data(Qt.ItemDataRole.ToolTipRole)
        return "\n".join(line for line in (text if cut else "", more) if line)

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: Option, index: AnyIndex
    ) -> bool:
        if event.type() != QEvent.Type.ToolTip or not index.isValid():  # below the last row
            return super().helpEvent(event, view, option, index)
        # Qt hides the tooltip for "".
        tip = for_tip(self.tip(option, index))
        self.pointer.tip_at = event.pos()
        QToolTip.showText(event.globalPos(), tip, view.viewport(), option.rect)
        return True

    def _paint_background(self, painter: QPainter, option: Option, phone: Phone) -> None:
        colours = theme.tokens()
        rect = option.rect
        ground = colours.hover if self.pointer.key == phone.key else colours.base
        selected = option.state & QStyle.StateFlag.State_Selected
        painter.fillRect(rect, colours.selected if selected else ground)
        # One device pixel: a rule of one logical pixel would alternate between one and two of them
        # at 150 %.
        painter.setPen(QPen(colours.line, 0))
        bottom = rect.bottom() + 0.5
        painter.drawLine(QLineF(rect.left(), bottom, rect.right() + 1, bottom))
        if selected:
            paint_selection(painter, rect)
        first = rect.left() <= 0 and self.view.horizontalScrollBar().value() == 0
        if first and status_of(phone, self.model.now()) is StatusKind.ASKING:
            edge = QRect(rect.left(), rect.top(), theme.spacing(EDGE), rect.height() - 1)
            painter.fillRect(edge, colours.accent)

    def _paint_current(self, painter: QPainter, option: Option, index: AnyIndex) -> None:
        """Frame the row that the keyboard is on, while the table has the focus."""
        if index.row() != self.view.currentIndex().row() or not self.view.hasFocus():
            return
        rect = option.rect
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        ends = rect.left() <= 0, rect.right() + 1 >= self.view.viewport().width()
        paint_row_focus(painter, rect, left=ends[0], right=ends[1])


class RowEditor(LineEditor):
    """Edits something of a phone, or of all selected ones, and stays with them."""

    said = Signal(str)
    """A sentence about what was stored."""

    def __init__(
        self,
        parent: QWidget,
        model: PhoneModel,
        phone: Phone,
        keys: list[str],
        claimed: Collection[Qt.Key] = END_KEYS,
    ) -> None:
        super().__init__(parent, claimed)
        self._bench = model.bench
        self._phone = phone
        self._keys = keys
        self._before = ""
        self._differ = False
        model.renamed.connect(self._follow)

    def show_present(self, texts: Collection[str]) -> None:
        """Show what these phones have; nothing where it differs."""
        self._differ = len(set(texts)) > 1
        self._before = "" if self._differ else next(iter(texts), "")
        self.setText(self._before)
        self.selectAll()

    def keeps_different(self) -> bool:
        """Whether the phones have different texts, which stay until something is typed."""
        return self._differ and not self.is_changed(self.text())

    def is_changed(self, text: str) -> bool:
        return text != self._before or (self._differ and self.isModified())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        # Erasing in an empty field clears different texts.
        if event.key() in _ERASES:
            self.setModified(True)

    def _follow(self, renamed: dict[str, str]) -> None:
        """Phones have other keys."""
        self._keys = list(dict.fromkeys(renamed.get(key, key) for key in self._keys))
        key = renamed.get(self._phone.key, self._phone.key)
        self._phone = self._bench.phones.get(key, self._phone)


class EditableDelegate(CellDelegate):
    """A cell that is edited in place; its editor itself knows when it is done and gives its text
    to the bench, which alone holds the truth."""

    said = Signal(str)
    """A sentence about what an editor stored."""
    opened = Signal(LineEditor)
    """An editor was created."""
    closed = Signal(int)
    """The editor closed; how many rows further down the same column is to be edited, 0: none."""

    keys_to_edit: Sequence[str] = ()
    """The phones the next editor is for; `RowEditing` sets it."""

    @abstractmethod
    def make_editor(self, parent: QWidget, phone: Phone, keys: list[str]) -> RowEditor:
        """The editor in a phone's row, for the phones with these keys."""

    def createEditor(self, parent: QWidget, option: Option, index: AnyIndex) -> QWidget:
        phone = self.model.phone_at(index.row())
        assert phone is not None
        keys = self.keys_to_edit if phone.key in self.keys_to_edit else [phone.key]
        editor = self.make_editor(parent, phone, list(keys))
        editor.said.connect(self.said)
        editor.closed.connect(lambda step: self._close(editor, step))
        self.opened.emit(editor)
        return editor

    def _close(self, editor: QWidget, step: int) -> None:
        self.closeEditor.emit(editor)
        self.closed.emit(step)

    def setEditorData(self, editor: QWidget, index: AnyIndex) -> None:
        """Nothing: the editor read the phone when it opened; a change must not touch the typing."""

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: AnyIndex) -> None:
        """Nothing: the editor stores its text."""

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Qt's own filter would close the editor whatever its text is."""
        return False
