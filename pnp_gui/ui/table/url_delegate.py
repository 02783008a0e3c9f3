"""The URL in the row: elided in the middle, edited in place.

The default is dim, a phone's own or a rule's dark; a small word says which, also where the default
is still snom's. A sign stands before what the phone will probably not take.
"""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyleOptionViewItem, QTableView, QWidget

from pnp_gui.bench.phones.phone import Phone
from pnp_gui.bench.urls.choice import UrlOrigin
from pnp_gui.trouble import Trouble
from pnp_gui.ui.table.cell_delegate import AnyIndex, Pointer
from pnp_gui.ui.table.columns import Column
from pnp_gui.ui.table.field_delegate import FieldDelegate
from pnp_gui.ui.table.model import PhoneModel, PhoneRole
from pnp_gui.ui.table.url_editor import UrlEditor
from pnp_gui.ui.theme import theme
from pnp_gui.ui.theme.icons import paint_icon
from pnp_gui.ui.theme.painting import VCENTRE
from pnp_gui.ui.widgets.key_button import cap_font
from pnp_gui.ui.words.url_origin import origin_word

_EDITOR_WIDTH = 560
"""Pixels at 100 %: a URL is longer than its column, so the field grows to the left over the row."""
_ROOM_FOR_WORD = 150
"""Pixels at 100 % of a cell that has room for the small word; a narrower one has it as a tip."""
_ICON = 13
_GAP = 5


class UrlDelegate(FieldDelegate):
    """Paints the URL and opens the field for it."""

    refused = Signal(Trouble)
    """What was typed cannot be a URL."""
    opened = Signal(UrlEditor)
    """A field is open from now on."""

    def __init__(self, table: QTableView, model: PhoneModel, pointer: Pointer) -> None:
        super().__init__(table, model, pointer)
        self.table = table

    def paint_cell(
        self,
        painter: QPainter,
        box: QRect,
        option: QStyleOptionViewItem,
        phone: Phone,
        column: Column,
    ) -> None:
        colours = theme.tokens()
        bench = self.model.bench
        choice = bench.urls.choice(phone)
        if bench.why_no_url(phone.key) is not None or bench.urls.warnings(phone):
            side = theme.spacing(_ICON)
            spot = QRectF(box.left(), box.center().y() + 0.5 - side / 2, side, side)
            paint_icon(painter, spot, "warning", colours.amber)
            box = box.adjusted(side + theme.spacing(_GAP), 0, 0, 0)
        font = option.font
        word = origin_word(choice)
        if word and option.rect.width() >= theme.spacing(_ROOM_FOR_WORD):
            box = self._paint_word(painter, box, word, cap_font(font))
        painter.setFont(font)
        painter.setPen(colours.dim if choice.origin is UrlOrigin.DEFAULT else colours.text)
        text = QFontMetrics(font).elidedText(
            self.model.url(phone), Qt.TextElideMode.ElideMiddle, box.width()
        )
        painter.drawText(box, VCENTRE, text)

    def _paint_word(self, painter: QPainter, box: QRect, word: str, font: QFont) -> QRect:
        """The small word at the right; the room that is left for the URL."""
        colours = theme.tokens()
        metrics = QFontMetrics(font)
        width = metrics.horizontalAdvance(word) + theme.spacing(10)
        height = metrics.height() + theme.spacing(1)
        top = box.center().y() - height // 2
        frame = QRectF(box.right() - width + 0.5, top + 0.5, width, height)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colours.border, 1))
        painter.drawRoundedRect(frame, theme.spacing(3), theme.spacing(3))
        painter.setFont(font)
        painter.setPen(colours.dim)
        painter.drawText(frame, int(Qt.AlignmentFlag.AlignCenter), word)
        painter.restore()
        return box.adjusted(0, 0, -width - theme.spacing(_GAP), 0)

    def tip(self, option: QStyleOptionViewItem, index: AnyIndex) -> str:
        return str(index.data(Qt.ItemDataRole.ToolTipRole) or "")

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: AnyIndex
    ) -> QWidget:
        phone = index.data(PhoneRole)
        editor = UrlEditor(parent, self.model.bench, phone, self.keys_for(phone))
        editor.taken.connect(lambda: self._close(editor))
        editor.given_up.connect(lambda: self._close(editor))
        editor.refused.connect(self.refused)
        self.opened.emit(editor)
        return editor

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: AnyIndex
    ) -> None:
        cell = option.rect
        room = self.view.viewport().width()
        width = min(max(cell.width(), theme.spacing(_EDITOR_WIDTH)), room)
        right = min(cell.right() + 1, room)
        left = max(0, right - width)
        # It begins where a column begins, so that no half of a toggle looks out beside it.
        header = self.table.horizontalHeader()
        under = header.logicalIndexAt(left)
        if under >= 0:
            left = max(0, header.sectionViewportPosition(under))
        editor.setGeometry(left, cell.top(), right - left, cell.height() - 1)

    def _close(self, editor: UrlEditor) -> None:
        self.closeEditor.emit(editor)
