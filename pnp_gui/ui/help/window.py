"""The window of the manual: a page, back and forward, and a field that finds words in the page."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QIcon, QKeySequence
from PySide6.QtWidgets import QLabel, QWidget

from pnp_gui import PRODUCT
from pnp_gui.ui.help.pages import MANUAL, Pages
from pnp_gui.ui.theme import icons, theme
from pnp_gui.ui.widgets.fitted_bar import FittedBar
from pnp_gui.ui.widgets.key_button import Form, KeyButton
from pnp_gui.ui.widgets.layout import column
from pnp_gui.ui.widgets.words_field import WordsField
from pnp_gui.ui.words.plain import shortened


class HelpWindow(QWidget):
    """Stays open beside the main window, and deletes itself when it is closed."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAutoFillBackground(True)
        self.pages = Pages(self)
        self.words = WordsField(self.tr("Find in this page"), self)
        self.words.setAccessibleName(self.words.placeholderText())
        self.words.setToolTip(self.tr("Enter goes to the next match."))
        self.words.returnPressed.connect(self.find_next)
        self.words.textChanged.connect(lambda _: self._say_missed(""))
        self.contents = self._action(self.tr("Contents"), "sheet", "Alt+Home")
        self.contents.triggered.connect(lambda: self.pages.go(MANUAL))
        self.back = self._action(self.tr("Back"), "back", "Alt+Left")
        self.back.triggered.connect(self.pages.backward)
        self.forward = self._action(self.tr("Forward"), "forward", "Alt+Right")
        self.forward.triggered.connect(self.pages.forward)
        self.pages.backwardAvailable.connect(self.back.setEnabled)
        self.pages.forwardAvailable.connect(self.forward.setEnabled)
        self.back.setEnabled(False)
        self.forward.setEnabled(False)
        self._action("", "", "Ctrl+F").triggered.connect(self._to_words)
        self._action("", "", "Esc").triggered.connect(self.close)
        bar = FittedBar(self)
        buttons = [KeyButton(each, bar) for each in (self.contents, self.back, self.forward)]
        steps = [(form, buttons) for form in (Form.WORDS, Form.ICON)]
        bar.set_parts(*buttons, None, self.words, steps=steps, edges=(12, 6, 12, 6))
        self.missed = QLabel(self, wordWrap=True)
        self.missed.setProperty("bar", True)
        theme.set_tone(self.missed, "bad")
        self.missed.setContentsMargins(*map(theme.spacing, (12, 6, 12, 6)))
        self.missed.hide()
        column(bar, self.missed, (self.pages, 1), on=self)
        self.pages.sourceChanged.connect(self._name)
        self.pages.setFocus()
        self.resize(self.sizeHint())

    def sizeHint(self) -> QSize:
        wanted = QSize(theme.spacing(820), theme.spacing(680))
        return wanted.boundedTo(self.screen().availableSize() * 0.9)

    def minimumSizeHint(self) -> QSize:
        return QSize(320, 240)

    def find_next(self) -> None:
        """To the next place with the words, after the last one to the first."""
        words, page = self.words.text(), self.pages.document()
        if not words:
            return
        found = page.find(words, self.pages.textCursor())
        if found.isNull():
            found = page.find(words)
        if found.isNull():
            self._say_missed(words)
        else:
            self.pages.setTextCursor(found)

    def _say_missed(self, words: str) -> None:
        """These are not on the page; "": there is nothing to say."""
        text = self.tr("“{text}” is not on this page. Contents lists the others.")
        self.missed.setText(text.format(text=shortened(words)) if words else "")
        self.missed.setVisible(bool(words))
        theme.set_property(self.words, "wrong", bool(words))
        self.words.setAccessibleDescription(self.missed.text() or self.words.toolTip())

    def _action(self, text: str, icon: str, key: str) -> QAction:
        action = QAction(icons.icon(icon) if icon else QIcon(), text, self, toolTip=text)
        action.setShortcut(QKeySequence(key))
        self.addAction(action)
        return action

    def _to_words(self) -> None:
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.words.selectAll()

    def _name(self) -> None:
        title = self.pages.document().firstBlock().text()
        self._say_missed("")
        named = PRODUCT in title
        self.setWindowTitle(title if named else self.tr("{page} - PnP Bench").format(page=title))
