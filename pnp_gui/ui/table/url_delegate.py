"""The URL in the row: elided in the middle, edited in place.

The default is dim, a phone's own or a rule's dark; a small word says which, and where the default
is still snom's. A warning sign stands before a URL the phone will probably not take. While one is
edited a card shows what would be sent.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QHideEvent,
    QMoveEvent,
    QPainter,
    QPen,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QStyleOptionViewItem, QTableView, QWidget

from pnp_gui.bench.bench import Bench
from pnp_gui.bench.phones.phone import Phone
from pnp_gui.bench.urls.urls import UrlOrigin, filled_in, known_make
from pnp_gui.pnp.url import MAX_URL, check_url
from pnp_gui.trouble import Trouble
from pnp_gui.ui.table.cell_delegate import AnyIndex, EditableDelegate, Pointer
from pnp_gui.ui.table.columns import Column
from pnp_gui.ui.table.model import PhoneModel, PhoneRole
from pnp_gui.ui.theme import theme
from pnp_gui.ui.theme.icons import paint_icon
from pnp_gui.ui.widgets.key_button import cap_font
from pnp_gui.ui.widgets.line_editor import LineEditor
from pnp_gui.ui.widgets.url_card import UrlCard
from pnp_gui.ui.words.phone import phone_text
from pnp_gui.ui.words.translate import trouble_text
from pnp_gui.ui.words.url_origin import origin_word, warnings_text

_EDITOR_WIDTH = 560
"""Pixels at 100 %: a URL is longer than its column, so the editor extends to the left."""
_ROOM_FOR_WORD = 150
"""Pixels at 100 % of a cell with room for the small word; a narrower one has it in its tooltip."""
_ICON = 13
_GAP = 5


class UrlEditor(LineEditor):
    """Enter or leaving the field sets the URL, Esc leaves it as it was. While the text cannot be a
    URL it stays open, says what is wrong and keeps what was typed."""

    committed = Signal()
    """The text is the phones' URL now (empty: none of their own)."""
    refused = Signal(Trouble)
    """The text cannot be a URL."""

    def __init__(self, parent: QWidget, bench: Bench, phone: Phone, keys: list[str]) -> None:
        """`keys`: the phones that get the URL; `phone` is the one whose row it is in."""
        super().__init__(parent)
        self._bench = bench
        self._phone = phone
        self._keys = keys
        self._card: UrlCard | None = None
        self.setMaxLength(4 * MAX_URL)
        self.setFont(theme.fixed_font())
        self._fallback = bench.urls.fallback(phone)
        self.setPlaceholderText(self._fallback.template)
        self.setAccessibleName(self.tr("URL of {phone}").format(phone=phone_text(phone)))
        self.setText(phone.own_url)
        self.selectAll()
        self.textChanged.connect(self._explain)
        self.finished.connect(self.commit)

    def commit(self) -> None:
        """Give the text to the phones, unless it cannot be a URL."""
        if self._done:
            return
        text = self.text().strip()
        try:
            if text != self._phone.own_url or len(self._keys) > 1:
                self._bench.set_own_url(self._keys, text)
        except Trouble as trouble:
            self._explain()
            self.refused.emit(trouble)
            return
        self._done = True
        self.committed.emit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._explain()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self._card is not None:
            self._card.hide()

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self._place_card()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_card()

    def preview(self) -> tuple[str, str, str, bool]:
        """What the card says: caption, exact URL, warnings, and whether something is wrong."""
        text = self.text().strip()
        if text:
            try:
                check_url(text)
            except Trouble as trouble:
                return trouble_text(trouble), "", "", True
        template = text or self._fallback.template
        try:
            url = filled_in(template, self._phone)
        except Trouble as trouble:
            return trouble_text(trouble), "", self._warnings(text, template), True
        return self._caption(bool(text)), url, self._warnings(text, url), False

    def _warnings(self, text: str, url: str) -> str:
        """What this phone will not take, then what the others that get the same URL will not."""
        phones = self._bench.phones
        others = [phones[key] for key in self._keys if key in phones] if text else []
        makes = dict.fromkeys(known_make(each) for each in (self._phone, *others))
        return warnings_text((url, make) for make in makes)

    def _caption(self, own: bool) -> str:
        rule, number = self._fallback.rule, len(self._keys)
        if number > 1:
            caption = (
                self.tr("For the %n selected phones. {phone} would get:", "", number)
                if own
                else self.tr(
                    "For the %n selected phones: no URL of their own. {phone} would get:",
                    "",
                    number,
                )
            )
        elif own:
            caption = self.tr("{phone} would get:")
        elif rule is not None:
            caption = self.tr("By the rule for {rule}; {phone} would get:")
        else:
            caption = self.tr("Default; {phone} would get:")
        name = "" if rule is None else rule.name
        return caption.format(phone=phone_text(self._phone), rule=name)

    def _explain(self) -> None:
        if not self.isVisible():
            return
        if self._card is None:
            self._card = UrlCard(self.window())
            # The card is the window's child, to lie over everything, and goes with the editor.
            self.destroyed.connect(self._card.hide)
            self.destroyed.connect(self._card.deleteLater)
        caption, url, warning, wrong = self.preview()
        self._card.fill(caption, url, warning, wrong=wrong)
        self.setAccessibleDescription(" ".join(filter(None, (caption, url, warning))))
        theme.set_property(self, "wrong", wrong)
        self._card.show()
        self._place_card()

    def _place_card(self) -> None:
        """Under the editor, or above it where the window ends."""
        card = self._card
        if card is None or not card.isVisible():
            return
        card.show_under(self)
        below = self.window().height() - card.y()
        if below < card.height():
            top = self.mapTo(self.window(), QPoint(0, 0)).y()
            card.move(card.x(), top - card.height() - theme.spacing(3))


class UrlDelegate(EditableDelegate):
    """Paints the URL and creates its editor."""

    refused = Signal(Trouble)
    """What was typed cannot be a URL."""
    opened = Signal(UrlEditor)
    """An editor was created."""

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
        painter.setPen(colours.dim if choice.origin is UrlOrigin.DEFAULT else colours.text)
        self.paint_text(painter, box, self.model.text(phone, column), font, column)

    def _paint_word(self, painter: QPainter, box: QRect, word: str, font: QFont) -> QRect:
        """Paint the small word at the right and return what is left of the box."""
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
        return self._cut_and_more(False, index)

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: AnyIndex
    ) -> QWidget:
        phone = index.data(PhoneRole)
        editor = UrlEditor(parent, self.model.bench, phone, self.keys_for(phone))
        editor.committed.connect(lambda: self.close(editor))
        editor.cancelled.connect(lambda: self.close(editor))
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
        # It starts where a column starts, so that no half of a toggle shows beside it.
        header = self.table.horizontalHeader()
        under = header.logicalIndexAt(left)
        if under >= 0:
            left = max(0, header.sectionViewportPosition(under))
        editor.setGeometry(left, cell.top(), right - left, cell.height() - 1)
