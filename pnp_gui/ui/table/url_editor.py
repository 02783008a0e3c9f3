"""The field in the row for a phone's own URL, with a card that shows what would go out.

It never closes on a text that cannot be a URL: it says what is wrong and keeps what was typed.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QHideEvent, QMoveEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from pnp_gui.bench.bench import Bench
from pnp_gui.bench.phones.phone import Phone
from pnp_gui.bench.urls.choice import filled_in, known_make
from pnp_gui.pnp.url import MAX_URL, check_url
from pnp_gui.trouble import Trouble
from pnp_gui.ui.theme import theme
from pnp_gui.ui.widgets.line_editor import LineEditor
from pnp_gui.ui.widgets.url_card import UrlCard
from pnp_gui.ui.words.phone import phone_text
from pnp_gui.ui.words.translate import trouble_text
from pnp_gui.ui.words.url_origin import warnings_text


class UrlEditor(LineEditor):
    """Enter or leaving the field takes the text over, Esc leaves the phone as it was."""

    taken = Signal()
    """The text is the phones' URL now (empty: none of their own)."""
    refused = Signal(Trouble)
    """The text cannot be a URL; the field stays open."""

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
        self.finished.connect(self.take)

    @property
    def fault(self) -> Trouble | None:
        """What is wrong with the text; None when it may be taken over."""
        text = self.text().strip()
        if not text:
            return None
        try:
            check_url(text)
        except Trouble as trouble:
            return trouble
        return None

    def take(self) -> bool:
        """Give the text to the phones. False, and the field stays, when it cannot be a URL."""
        if self._done:
            return True
        text = self.text().strip()
        try:
            if text != self._phone.own_url or len(self._keys) > 1:
                self._bench.set_own_url(self._keys, text)
        except Trouble as trouble:
            self._explain()
            self.refused.emit(trouble)
            return False
        self._done = True
        self.taken.emit()
        return True

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
        fault = self.fault
        if fault is not None:
            return trouble_text(fault), "", "", True
        phone = self._phone
        text = self.text().strip()
        template = text or self._fallback.template
        try:
            url = filled_in(template, phone)
        except Trouble as trouble:
            return trouble_text(trouble), "", self._warnings(text, template), True
        return self._caption(bool(text)), url, self._warnings(text, url), False

    def _warnings(self, text: str, url: str) -> str:
        """What this phone will not take, then what the others that get the same will not."""
        phones = self._bench.phones
        others = [phones[key] for key in self._keys if key in phones] if text else []
        makes = dict.fromkeys(known_make(each) for each in (self._phone, *others))
        return warnings_text((url, make) for make in makes)

    def _caption(self, own: bool) -> str:
        rule = self._fallback.rule
        if len(self._keys) > 1:
            caption = (
                self.tr("For the {n} selected phones. {phone} would get:")
                if own
                else self.tr("For the {n} selected phones, none of their own. {phone} would get:")
            )
        elif own:
            caption = self.tr("{phone} would get:")
        elif rule is not None:
            caption = self.tr("By the rule for {rule}; {phone} would get:")
        else:
            caption = self.tr("Default; {phone} would get:")
        name = "" if rule is None else rule.name
        return caption.format(n=len(self._keys), phone=phone_text(self._phone), rule=name)

    def _explain(self) -> None:
        if not self.isVisible():
            return
        if self._card is None:
            self._card = UrlCard(self.window())
            # The card is the window's child, to lie over everything; it goes when the field goes.
            self.destroyed.connect(_closer(self._card))
        caption, url, warning, wrong = self.preview()
        self._card.fill(caption, url, warning, wrong=wrong)
        self.setAccessibleDescription(" ".join(filter(None, (caption, url, warning))))
        if bool(self.property("wrong")) != wrong:
            self.setProperty("wrong", wrong)
            self.style().unpolish(self)
            self.style().polish(self)
        self._card.show()
        self._place_card()

    def _place_card(self) -> None:
        """Under the field, or above it where the window ends."""
        card = self._card
        if card is None or not card.isVisible():
            return
        card.show_under(self)
        below = self.window().height() - card.y()
        if below < card.height():
            top = self.mapTo(self.window(), QPoint(0, 0)).y()
            card.move(card.x(), top - card.height() - theme.spacing(3))


def _closer(card: UrlCard) -> Callable[[], None]:
    def close() -> None:
        card.hide()
        card.deleteLater()

    return close
