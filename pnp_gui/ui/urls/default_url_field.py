"""The field for the default URL: a list of earlier URLs, and a card below it while it has focus.

The card shows the exact URL that the selected phone would get, or what is wrong with the text. It
covers a part of the window, so that no row of the table moves under the mouse.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget

from pnp_gui.bench.bench import Bench
from pnp_gui.bench.phones.phone import Phone
from pnp_gui.bench.urls.urls import UrlOrigin, known_make
from pnp_gui.pnp.url import check_url
from pnp_gui.trouble import Trouble, listed
from pnp_gui.ui.theme import theme
from pnp_gui.ui.urls.list_field import ListField
from pnp_gui.ui.widgets.key_button import Form, Yielding
from pnp_gui.ui.widgets.line_editor import claims, leaves_field
from pnp_gui.ui.widgets.url_card import UrlCard
from pnp_gui.ui.words.phone import phone_text
from pnp_gui.ui.words.translate import trouble_text
from pnp_gui.ui.words.url_origin import warnings_text

_USUAL_URL = 46
"""Characters, with the arrow of the list."""


class UrlField(ListField, Yielding):
    """Enter, a choice from the list, or leaving the field sets the default URL if it is valid."""

    committed = Signal(str)
    """This is now the default URL."""
    refused = Signal(Trouble)
    """The text is not a valid URL, and the field was left: the default has not changed. While the
    field has the focus, its card says so."""
    explained = Signal()
    """The card says what there is to say of the text."""
    reverted = Signal()
    """The field shows the present default URL again."""
    left = Signal()
    """The focus should go to the table."""

    def __init__(self, bench: Bench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._phone: Phone | None = None
        self._card: UrlCard | None = None
        self._leaving = False
        self._listed_for: object = None
        """The URLs of the folder and the earlier ones that are in the list."""
        # A completer would fill in an earlier URL, which Enter would then set.
        self.setCompleter(None)  # type: ignore[arg-type]
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)
        self.setAccessibleName(self.tr("Default URL"))
        tip = self.tr(
            "The URL for every phone with neither its own URL nor a rule (F7). Enter saves it, "
            "Esc restores it, Alt+Down lists earlier ones."
        )
        self.setAccessibleDescription(tip)
        self.setToolTip(tip)
        self.line.setAccessibleName(self.accessibleName())
        self.line.setAccessibleDescription(tip)
        self.line.textEdited.connect(self._edited)
        self.activated.connect(self._chosen)
        self.refresh()

    def set_form(self, form: Form) -> None:
        """It shows the same in every form."""

    def width_in(self, form: Form) -> int:
        """Pixels that it has at least: in full a usual URL can be read."""
        least = self.minimumSizeHint().width()
        wanted = self.fontMetrics().averageCharWidth() * _USUAL_URL
        return max(least, wanted) if form is Form.FULL else least

    def refresh(self) -> None:
        """Show the present default and history, except while somebody types."""
        listed_for = self._bench.urls.ours, self._bench.urls.history
        if listed_for != self._listed_for:
            self._listed_for = listed_for
            self.set_items(*self._choices())
        if not self.line.hasFocus() and not self.is_wrong():
            self._show_default()

    def showPopup(self) -> None:
        """Other makes may be in the table now."""
        self.set_items(*self._choices())
        super().showPopup()

    def _choices(self) -> tuple[list[str], list[int]]:
        """What the list has: earlier URLs, and before them those of the folder that is served, as
        the makes in the table want them. Which of these are headings."""
        urls = self._bench.urls
        if not urls.ours:
            return urls.history, []
        wanted: dict[tuple[str, ...], list[str]] = {}
        for make in sorted({known_make(one) for one in self._bench.phones.values()}):
            if make:
                wanted.setdefault(tuple(urls.ready(make)), []).append(make)
        wanted.setdefault(tuple(urls.ready()), []).append(self.tr("other makes"))
        texts: list[str] = []
        headings: list[int] = []
        for ready, makes in wanted.items():
            headings.append(len(texts))
            heading = self.tr("Files on this computer, for {makes}:")
            texts += [heading.format(makes=listed(makes)), *ready]
        headings.append(len(texts))
        return [*texts, self.tr("Used before:"), *urls.history], headings

    def set_phone(self, phone: Phone | None) -> None:
        """Set the phone whose URL the card shows."""
        self._phone = phone
        if self._card is not None and self._card.isVisible():
            self._explain()

    def is_wrong(self) -> bool:
        return bool(self.property("wrong"))

    def commit(self) -> bool:
        """Set the default URL. Gives False if it is not valid."""
        text = self.currentText().strip()
        if text == self._bench.urls.default:
            self._show_default()
            return True
        try:
            self._bench.set_default_url(text)
        except Trouble as trouble:
            theme.set_property(self, "wrong", True)
            if not self.hasFocus():
                self.refused.emit(trouble)
            return False
        self._show_default()
        self.committed.emit(text)
        return True

    def revert(self) -> None:
        self._show_default()
        self.reverted.emit()

    def take(self, url: str) -> None:
        """This is the default URL now."""
        self.setEditText(url)
        self.commit()

    def put_back(self, text: str) -> None:
        self.setEditText(text)
        self._edited()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrow keys open the list instead of changing the URL at once."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                if self.commit():
                    self.left.emit()
            case Qt.Key.Key_Escape:
                self.revert()
                self.left.emit()
            case Qt.Key.Key_Up | Qt.Key.Key_Down if plain:
                self.showPopup()
            case _:
                super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel must not change what phones are sent."""
        event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._explain()
        self.explained.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving the field commits: what it shows is what phones get."""
        # When the field is left, Qt takes a text that is in the list for a choice from it.
        self._leaving = True
        super().focusOutEvent(event)
        self._leaving = False
        if leaves_field(event):
            if self._card is not None:
                self._card.hide()
            self.commit()

    def event(self, event: QEvent) -> bool:
        """Keep Esc and Enter for the field."""
        return claims(event) or super().event(event)

    def _show_default(self) -> None:
        theme.set_property(self, "wrong", False)
        text = self._bench.urls.default
        if self.currentText() != text:
            self.setEditText(text)
        if not self.line.hasFocus():
            self.line.setCursorPosition(0)

    def _chosen(self) -> None:
        if self.commit() and not self._leaving:
            self.left.emit()

    def _edited(self) -> None:
        theme.set_property(self, "wrong", _fault(self.currentText().strip()) is not None)
        self._explain()

    def _explain(self) -> None:
        """Show the card for the text in the field."""
        if self._card is None:
            self._card = UrlCard(self.window())
        text = self.currentText().strip()
        fault = _fault(text)
        caption, url, warning = (trouble_text(fault), "", "") if fault else self._preview(text)
        self._card.fill(caption, url, warning, wrong=fault is not None)
        self.line.setAccessibleDescription(" ".join(filter(None, (caption, url, warning))))
        self._card.show_under(self)

    def _preview(self, text: str) -> tuple[str, str, str]:
        """Caption, URL and warnings for a valid text."""
        phone = self._phone
        warnings = self._warnings(text)
        if phone is None:
            caption = self.tr("Every phone with neither its own URL nor a rule would get:")
            return caption, text, warnings
        choice = self._bench.urls.choice(phone)
        rule = "" if choice.rule is None else choice.rule.name
        caption = self.tr("{phone} would get:")
        if choice.origin is UrlOrigin.OWN:
            caption = self.tr("{phone} has its own URL and would still get:")
        elif rule:
            caption = self.tr("The rule for {rule} applies to {phone}, which would still get:")
        if choice.origin is not UrlOrigin.DEFAULT:
            text = choice.template
        try:
            url = self._bench.urls.filled_in(text, phone)
        except Trouble as trouble:
            return trouble_text(trouble), text, warnings
        return caption.format(phone=phone_text(phone), rule=rule), url, warnings

    def _warnings(self, text: str) -> str:
        """What the phones that would get it will not accept, the selected phone first."""
        urls = self._bench.urls
        phones = self._bench.phones.values()
        getting = [one for one in phones if urls.choice(one).origin is UrlOrigin.DEFAULT]
        first = [one for one in getting if one is self._phone]
        makes = dict.fromkeys(known_make(one) for one in (*first, *getting))
        return warnings_text((text, make) for make in makes)


def _fault(text: str) -> Trouble | None:
    try:
        check_url(text)
    except Trouble as trouble:
        return trouble
    return None
