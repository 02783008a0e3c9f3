"""The report as PDF, A4 landscape, laid out by Qt from the same HTML as the page for the screen.

`QTextDocument.print_` would lay out all of it at once, which holds Python's lock, and its copy of
the document would load resources. Here each sheet is a document of its own.
"""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QMarginsF, QRectF, Qt, QUrl
from PySide6.QtGui import (
    QFont,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextDocument,
    QTextTable,
)

from pnp_gui import PRODUCT, __version__
from pnp_gui.bench.export.report_page import ReportPage
from pnp_gui.system.steps import Steps
from pnp_gui.ui.words.translate import translate

MARGIN_MM = 12
DPI = 600
FIRST_ROWS, MORE_ROWS = 20, 5
"""How many rows are tried for the first sheet, and how many more than the last one had for each
other: few, as a step must be short."""
FOOT_POINTS = 8


class _Sheet(QTextDocument):
    """A part of the report. It loads nothing, whatever its text says."""

    def __init__(self, html: str, writer: QPdfWriter) -> None:
        super().__init__()
        self.setUndoRedoEnabled(False)
        self.setDocumentMargin(0)
        self.setMetaInformation(QTextDocument.MetaInformation.CssMedia, "print")
        self.documentLayout().setPaintDevice(writer)
        self.setTextWidth(writer.width())
        self.setHtml(html)

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        return None

    def rows_within(self, height: float) -> int:
        """How many rows of the table have room in this height, without the last one; at least 1."""
        (table,) = (each for each in self.rootFrame().childFrames() if isinstance(each, QTextTable))
        layout = self.documentLayout()
        blocks = (table.cellAt(n, 0).firstCursorPosition().block() for n in range(1, table.rows()))
        tops = (layout.blockBoundingRect(block).top() for block in blocks)
        return max(1, sum(top <= height for top in tops) - 1)


def report_pdf(page: ReportPage) -> Steps[bytes]:
    """A step lays out or paints a sheet, between which phones are answered."""
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    writer = _writer(buffer, page.title)
    line = DPI * FOOT_POINTS / 72 * 1.5
    foot = QRectF(0, writer.height() - line, writer.width(), line)
    # Laid out twice, as each sheet says how many there are: 10,000 phones would need 250 MB.
    sheets: list[tuple[int, int]] = []
    start, rows = 0, FIRST_ROWS
    while not sheets or start < len(page.rows):
        yield 50 * start // max(1, len(page.rows))
        sheet = _Sheet(page.html(start, start + rows), writer)
        if sheet.size().height() > foot.top():
            rows = sheet.rows_within(foot.top())
        elif start + rows < len(page.rows):
            rows += MORE_ROWS
            continue
        sheets.append((start, start + rows))
        start += rows
        rows += MORE_ROWS
    painter = QPainter(writer)
    try:
        for number, part in enumerate(sheets, 1):
            yield 50 + 50 * number // len(sheets)
            if number > 1:
                writer.newPage()
            sheet = _Sheet(page.html(*part), writer)
            sheet.drawContents(painter)
            painter.setFont(QFont(sheet.defaultFont().family(), FOOT_POINTS))
            text = translate("ReportPdf", "Page {number} of {total}")
            text = text.format(number=number, total=len(sheets))
            painter.drawText(foot, Qt.AlignmentFlag.AlignBottom, page.title)
            both = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignRight
            painter.drawText(foot, both, text)
    finally:
        painter.end()
    return bytes(buffer.data().data())


def _writer(buffer: QBuffer, title: str) -> QPdfWriter:
    writer = QPdfWriter(buffer)
    writer.setTitle(title)
    writer.setCreator(f"{PRODUCT} {__version__}")
    writer.setResolution(DPI)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageOrientation(QPageLayout.Orientation.Landscape)
    margins = QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM)
    writer.setPageMargins(margins, QPageLayout.Unit.Millimeter)
    return writer
