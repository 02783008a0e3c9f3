"""One message in full, as it was on the wire, in a fixed-width font."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QSyntaxHighlighter, QTextCharFormat, QTextDocument
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from pnp_gui.bench.fetches.talk import Entry
from pnp_gui.ui.theme import theme
from pnp_gui.ui.words.wire_text import readable

_HEADER_NAME = re.compile(r"[A-Za-z][A-Za-z-]*[ \t]*:")

_ANSWER = re.compile(r"HTTP/1\.\d \d{3}|(OACK|DATA|ERROR)\b")
"""The answer's first line, below a request for a file."""

_HEADERS, _BODY = range(2)


class _Highlighter(QSyntaxHighlighter):
    """First line bold, header names dim, the body (the URL) in the accent colour."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._strong = QTextCharFormat()
        self._name = QTextCharFormat()
        self._body = QTextCharFormat()

    def restyle(self) -> None:
        colours = theme.tokens()
        self._strong.setFontWeight(QFont.Weight.Bold)
        self._name.setForeground(colours.dim)
        self._body.setForeground(colours.accent)
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        before = self.previousBlockState()
        if before < 0 or _ANSWER.match(text):
            self.setFormat(0, len(text), self._strong)
            self.setCurrentBlockState(_HEADERS)
        elif before == _HEADERS and text:
            name = _HEADER_NAME.match(text)
            if name is not None:
                self.setFormat(0, name.end(), self._name)
            self.setCurrentBlockState(_HEADERS)
        else:
            self.setFormat(0, len(text), self._body)
            self.setCurrentBlockState(_BODY)


class MessageView(QPlainTextEdit):
    """Read only; keeps its scroll position while the same message is shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        no_wrap = QPlainTextEdit.LineWrapMode.NoWrap
        super().__init__(parent, readOnly=True, tabChangesFocus=True, lineWrapMode=no_wrap)
        self._entry: Entry | None = None
        self.setAccessibleName(self.tr("No message"))
        self.setUndoRedoEnabled(False)
        self.setProperty("framed", True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setAccessibleDescription(self.tr("Message as it was on the wire"))
        self.document().setDocumentMargin(theme.spacing(8))
        self._highlighter = _Highlighter(self.document())
        theme.theme_changed.connect(self._restyle)
        self._restyle()

    def show_entry(self, entry: Entry | None) -> None:
        text = "" if entry is None else readable(entry.data)
        if entry == self._entry and text == self.toPlainText():
            return
        self._entry = entry
        self.setPlainText(text)
        # Its first line: "SUBSCRIBE sip:..."; the whole text is its value.
        first = self.document().firstBlock().text()
        self.setAccessibleName(first or self.tr("No message"))

    def _restyle(self) -> None:
        self.setFont(theme.fixed_font())
        self._highlighter.restyle()
