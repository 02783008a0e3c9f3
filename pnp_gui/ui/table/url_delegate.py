"""The URL in the row: its host and its end, edited in place.

The default is dim, a phone's own or a rule's dark; a small word says which, and where the default
is still snom's. A warning sign stands before a URL the phone will probably not take. While one is
edited a card shows what would be sent.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QWidget

from pnp_gui.bench.phones.phone import Phone
from pnp_gui.bench.urls.urls import Choice, UrlOrigin, known_make
from pnp_gui.pnp.url import KNOWN_LATER, MAX_URL, check_url
from pnp_gui.trouble import Trouble
from pnp_gui.ui.table.cell_delegate import EditableDelegate, Option, RowEditor
from pnp_gui.ui.table.columns import Column
from pnp_gui.ui.table.model import PhoneModel
from pnp_gui.ui.theme import theme
from pnp_gui.ui.theme.icons import paint_icon
from pnp_gui.ui.theme.painting import square
from pnp_gui.ui.widgets.key_button import cap_width, paint_cap
from pnp_gui.ui.widgets.lines_view import AnyIndex
from pnp_gui.ui.widgets.url_card import UrlCard
from pnp_gui.ui.words.phone import phone_text
from pnp_gui.ui.words.translate import translate, trouble_text
from pnp_gui.ui.words.url_origin import origin_word, warnings_text

_EDITOR_WIDTH = 560
"""Pixels at 100 %: a URL is longer than its column, so the editor extends to the left."""
_ICON = 13
_GAP = 5


class UrlEditor(RowEditor):
    """While the text cannot be a URL it stays open, says what is wrong and keeps what was typed."""

    def __init__(self, parent: QWidget, model: PhoneModel, phone: Phone, keys: list[str]) -> None:
        super().__init__(parent, model, phone, keys)
        self._card: UrlCard | None = None
        self.setMaxLength(4 * MAX_URL)
        self.setFont(theme.fixed_font())
        self.setAccessibleName(self.tr("URL of {phone}").format(phone=phone_text(phone)))
        phones = self._bench.phones
        self.show_present([phones[each].own_url for each in keys if each in phones])
        self.textChanged.connect(self._explain)
        model.renamed.connect(self._explain)

    def store(self) -> bool:
        text = self.text().strip()
        try:
            if self.is_changed(text):
                self._bench.set_own_url(self._keys, text)
                self.said.emit(_sentence(self._phone, len(self._keys), text))
        except Trouble:
            self._explain()
            return False
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        self._explain()

    def event(self, event: QEvent) -> bool:
        """The card comes, goes and moves with the editor."""
        handled = super().event(event)
        match event.type():
            case QEvent.Type.Show:
                self._explain()
            case QEvent.Type.Hide if self._card:
                self._card.hide()
            case QEvent.Type.Move | QEvent.Type.Resize if self._card and self.isVisible():
                if self.visibleRegion().isEmpty():  # scrolled away
                    self._card.hide()
                else:
                    self._card.show_under(self)
        return handled

    def preview(self) -> tuple[str, str, str, bool]:
        """What the card says: caption, exact URL, warnings, and whether something is wrong."""
        if self.keeps_different():
            number = len(self._keys)
            caption = self.tr("The %n selected phones keep their URLs until you type.", "", number)
            return caption, "", "", False
        text = self.text().strip()
        if text:
            try:
                check_url(text)
            except Trouble as trouble:
                return trouble_text(trouble), "", "", True
        template = text or self._fallback().template
        try:
            url = self._bench.urls.filled_in(template, self._phone)
        except Trouble as trouble:
            wrong = trouble.code != KNOWN_LATER
            return trouble_text(trouble), "", self._warnings(text, template), wrong
        return self._caption(bool(text)), url, self._warnings(text, url), False

    def _fallback(self) -> Choice:
        """What the phone has without a URL of its own: not from the start, since the default may
        change, and another rule apply when its MAC becomes known."""
        return self._bench.urls.fallback(self._phone)

    def _warnings(self, text: str, url: str) -> str:
        """What this phone will not take, then what the others that get the same URL will not."""
        phones = self._bench.phones
        others = [phones[key] for key in self._keys if key in phones] if text else []
        makes = dict.fromkeys(known_make(each) for each in (self._phone, *others))
        return warnings_text((url, make) for make in makes)

    def _caption(self, own: bool) -> str:
        rule, number = self._fallback().rule, len(self._keys)
        if number > 1:
            caption = self.tr("For the %n selected phones. {phone} would get:", "", number)
            if not own:
                caption = self.tr(
                    "For the %n selected phones: no URL of their own. {phone} would get:",
                    "",
                    number,
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
        self.setPlaceholderText(self._fallback().template)
        caption, url, warning, wrong = self.preview()
        self._card.fill(caption, url, warning, wrong=wrong)
        self.setAccessibleDescription(" ".join(filter(None, (caption, url, warning))))
        theme.set_property(self, "wrong", wrong)
        self._card.show_under(self)


class UrlDelegate(EditableDelegate):
    """Paints the URL and creates its editor."""

    def paint_cell(self, painter: QPainter, option: Option, phone: Phone, column: Column) -> None:
        colours = theme.tokens()
        bench = self.model.bench
        choice = bench.urls.choice(phone)
        box, font = self.box_of(option), option.font
        trouble = bench.why_no_url(phone.key)
        faulty = trouble is not None and trouble.code != KNOWN_LATER
        if faulty or bench.urls.warnings(phone):
            spot = square(box.left(), box.center().y() + 0.5, _ICON)
            paint_icon(painter, spot, "warning", colours.amber)
            box.setLeft(round(spot.right()) + theme.spacing(_GAP))
        word = origin_word(choice)
        if word:
            painter.setPen(colours.dim)
            at = QPointF(box.right() + 1, box.center().y() + 0.5)
            paint_cap(painter, font, word, at, colours.border)
            box.setRight(box.right() - cap_width(font, word) - theme.spacing(_GAP))
        painter.setPen(colours.dim if choice.origin is UrlOrigin.DEFAULT else colours.text)
        self.paint_text(painter, box, self.model.text(phone, column), font, column)

    def is_cut(self, option: Option, text: str, column: Column) -> bool:
        """Never: the tooltip has the exact URL anyway."""
        return False

    def make_editor(self, parent: QWidget, phone: Phone, keys: list[str]) -> RowEditor:
        return UrlEditor(parent, self.model, phone, keys)

    def updateEditorGeometry(self, editor: QWidget, option: Option, index: AnyIndex) -> None:
        cell = option.rect
        room = self.view.viewport().width()
        width = min(max(cell.width(), theme.spacing(_EDITOR_WIDTH)), room)
        right = min(cell.right() + 1, room)
        left = max(0, right - width)
        # It starts where a column starts, so that no half of a toggle shows beside it.
        header = self.view.horizontalHeader()
        under = header.logicalIndexAt(left)
        if under >= 0:
            left = max(0, header.sectionViewportPosition(under))
        editor.setGeometry(left, cell.top(), right - left, cell.height() - 1)


def _sentence(phone: Phone, number: int, url: str) -> str:
    if number > 1:
        text = translate("UrlDelegate", "%n phones now have their own URL: {url}", number)
        if not url:
            text = translate("UrlDelegate", "%n phones no longer have their own URL.", number)
    else:
        text = translate("UrlDelegate", "{phone} now has its own URL: {url}")
        if not url:
            text = translate("UrlDelegate", "{phone} no longer has its own URL.")
    return text.format(phone=phone_text(phone), url=url)
