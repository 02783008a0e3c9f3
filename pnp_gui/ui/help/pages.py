"""Pages of the manual and licence texts: Qt's own reader of Markdown, which opens nothing else."""

from __future__ import annotations

import html
import re
from pathlib import PurePosixPath

from PySide6.QtCore import QEvent, QUrl
from PySide6.QtGui import QTextDocument, QTextFrameFormat, QTextTable
from PySide6.QtWidgets import QTextBrowser, QWidget

from pnp_gui.resources import resource_path
from pnp_gui.ui.theme import theme

MANUAL, KEYS = "manual/en/index.md", "manual/en/keyboard.md"
LICENCES = "licences/index.md"
FOLDERS = ("manual/en", "licences")
"""Below the resources; what lies elsewhere is not shown."""
_SCHEME = "help"
_MARGIN = 18
_TABLE_CELL = 5


class Pages(QTextBrowser):
    """Shows one page. Links lead to these pages only."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setOpenExternalLinks(False)
        self.setAccessibleName(self.tr("Manual"))
        self.document().setDocumentMargin(theme.spacing(_MARGIN))
        theme.theme_changed.connect(self._reload)

    def go(self, page: str) -> None:
        """Show this one, such as "manual/en/urls.md"."""
        self.setSource(QUrl(f"{_SCHEME}:/{page}"))

    def doSetSource(
        self,
        url: QUrl | str,
        /,
        type: QTextDocument.ResourceType = QTextDocument.ResourceType.UnknownResource,
    ) -> None:
        """Also for every link: one that leads elsewhere does nothing."""
        url = self.source().resolved(QUrl(url))
        if not _text_of(url):
            return
        super().doSetSource(url, type)
        self._dress()
        if url.hasFragment():
            self._go_to_heading(url.fragment())

    def loadResource(self, type: int, url: QUrl | str, /) -> object:
        """What Qt asks for: the page's own text, and nothing from anywhere else."""
        url = self.source().resolved(QUrl(url))
        text = _text_of(url)
        return f"<pre>{html.escape(text)}</pre>" if url.path().endswith(".txt") and text else text

    def _go_to_heading(self, anchor: str) -> None:
        """Qt's reader of Markdown gives headings no anchors."""
        block = self.document().begin()
        while block.isValid():
            if block.blockFormat().headingLevel() and anchor_of(block.text()) == anchor:
                top = self.document().documentLayout().blockBoundingRect(block).top()
                self.verticalScrollBar().setValue(round(top) - theme.spacing(8))
                return
            block = block.next()

    def _dress(self) -> None:
        """Tables in the colours of the program."""
        for frame in self.document().rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                form = frame.format()
                form.setBorderBrush(theme.tokens().border)
                form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
                form.setBorder(1)
                form.setBorderCollapse(True)
                form.setCellPadding(theme.spacing(_TABLE_CELL))
                form.setCellSpacing(0)
                frame.setFormat(form)

    def _reload(self) -> None:
        self.document().setDocumentMargin(theme.spacing(_MARGIN))
        place = self.verticalScrollBar().value()
        self.reload()
        self._dress()
        self.verticalScrollBar().setValue(place)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.document().setDefaultFont(self.font())


def anchor_of(heading: str) -> str:
    """The name by which a link goes to a heading, as GitHub makes it."""
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


def _text_of(url: QUrl) -> str:
    """The text of a page; "" if there is no such page."""
    path = PurePosixPath(url.path().lstrip("/"))
    if url.scheme() != _SCHEME or url.host() or str(path.parent) not in FOLDERS:
        return ""
    file = resource_path(*path.parts)
    if path.suffix not in (".md", ".txt") or not file.is_file():
        return ""
    return file.read_text(encoding="utf-8")
