"""The window of the manual: a page, back and forward, and a field that finds words in the page."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QIcon, QKeySequence, QTextDocument
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from pnp_gui.ui.help.pages import MANUAL, Pages
from pnp_gui.ui.theme import icons, theme
from pnp_gui.ui.widgets.key_button import KeyButton
from pnp_gui.ui.widgets.layout import column, row


class HelpWindow(QWidget):
    """Stays open beside the main window, and deletes itself when it is closed."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAutoFillBackground(True)
        self.pages = Pages(self)
        self.words = QLineEdit(self, clearButtonEnabled=True)
        self.words.setPlaceholderText(self.tr("Find in this page"))
        self.words.setAccessibleName(self.tr("Find in this page"))
        self.words.setToolTip(self.tr("Enter goes to the next match."))
        self.words.returnPressed.connect(self.find_next)
        self.words.setMaximumWidth(self.fontMetrics().averageCharWidth() * 36)
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
        bar = QFrame(self)
        bar.setProperty("bar", True)
        buttons = [KeyButton(each, bar) for each in (self.contents, self.back, self.forward)]
        row(*buttons, None, (self.words, 2), on=bar, edges=(12, 6, 12, 6))
        column(bar, (self.pages, 1), on=self)
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
        words = self.words.text()
        if words and not self.pages.find(words):
            self.pages.moveCursor(self.pages.textCursor().MoveOperation.Start)
            found = self.pages.find(words, QTextDocument.FindFlag(0))
            theme.set_property(self.words, "wrong", not found)
        else:
            theme.set_property(self.words, "wrong", False)

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
        self.setWindowTitle(self.tr("{page} - PnP Bench").format(page=title))
