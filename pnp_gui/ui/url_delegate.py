"""The URL in the row: a default dim, a phone's own dark, elided in the middle, edited in place."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem, QTableView, QWidget

from pnp_gui.bench.phone import Phone
from pnp_gui.trouble import Trouble
from pnp_gui.ui import theme
from pnp_gui.ui.cell_delegate import VCENTRE, AnyIndex, CellDelegate, Pointer
from pnp_gui.ui.columns import Column
from pnp_gui.ui.icons import paint_icon
from pnp_gui.ui.phone_model import PhoneModel, PhoneRole
from pnp_gui.ui.url_editor import UrlEditor

_EDITOR_WIDTH = 560
"""Pixels at 100 %: a URL is longer than its column, so the field grows to the left over the row."""
_ICON = 13
_GAP = 5


class UrlDelegate(CellDelegate):
    """Paints the URL and opens the field for it."""

    refused = Signal(Trouble)
    """What was typed cannot be a URL."""

    def __init__(self, table: QTableView, model: PhoneModel, pointer: Pointer) -> None:
        super().__init__(table, model, pointer)
        self.table = table
        self.keys_to_edit: list[str] = []
        """The phones that the next editor is for; the table sets it."""

    def paint_cell(
        self,
        painter: QPainter,
        box: QRect,
        option: QStyleOptionViewItem,
        phone: Phone,
        column: Column,
    ) -> None:
        colours = theme.tokens()
        if self.model.bench.why_no_url(phone.key) is not None:
            side = theme.spacing(_ICON)
            spot = QRectF(box.left(), box.center().y() + 0.5 - side / 2, side, side)
            paint_icon(painter, spot, "warning", colours.busy)
            box = box.adjusted(side + theme.spacing(_GAP), 0, 0, 0)
        font = option.font
        painter.setFont(font)
        painter.setPen(colours.text if phone.own_url else colours.dim)
        text = QFontMetrics(font).elidedText(
            self.model.url(phone), Qt.TextElideMode.ElideMiddle, box.width()
        )
        painter.drawText(box, VCENTRE, text)

    def tip(self, option: QStyleOptionViewItem, index: AnyIndex) -> str:
        return str(index.data(Qt.ItemDataRole.ToolTipRole) or "")

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: AnyIndex
    ) -> QWidget:
        phone = index.data(PhoneRole)
        keys = self.keys_to_edit if phone.key in self.keys_to_edit else [phone.key]
        editor = UrlEditor(parent, self.model.bench, phone, list(keys))
        editor.taken.connect(lambda: self._close(editor))
        editor.given_up.connect(lambda: self._close(editor))
        editor.refused.connect(self.refused)
        return editor

    def setEditorData(self, editor: QWidget, index: AnyIndex) -> None:
        """Nothing: the field read the URL when it opened; a change must not touch the typing."""

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: AnyIndex) -> None:
        """Nothing: the field gives its text to the bench itself, which alone holds the truth."""

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

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """The field knows itself when to close; Qt's own filter would close it on any text."""
        return False

    def _close(self, editor: UrlEditor) -> None:
        self.closeEditor.emit(editor)
