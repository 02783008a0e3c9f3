"""The save dialog of the report: its head, and HTML or PDF by the ending of the file's name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QWidget

from pnp_gui.bench.bench import Bench
from pnp_gui.bench.export.report_page import ReportPage
from pnp_gui.bench.store.settings import REPORT_ENDING, REPORT_SITE, REPORT_TECHNICIAN, Setting
from pnp_gui.system.steps import Steps, part_of
from pnp_gui.ui.export.report_pdf import report_pdf
from pnp_gui.ui.export.save_dialog import SaveDialog, SaveRequest
from pnp_gui.ui.theme import theme
from pnp_gui.ui.widgets.best_effort import best_effort
from pnp_gui.ui.widgets.desktop import open_path
from pnp_gui.ui.widgets.layout import Part, row
from pnp_gui.ui.words.translate import translate

MAX_HEAD = 120
"""Characters of site and technician."""


class ReportDialog(SaveDialog):
    """Site and technician are kept for the next report."""

    def __init__(
        self,
        request: SaveRequest,
        page: Callable[[bool], Steps[ReportPage]],
        bench: Bench,
        folder: Path,
        parent: QWidget,
    ) -> None:
        """`page`: given whether to mask, the report; it reads the head from the settings."""
        self._bench = bench
        self._page = page
        super().__init__(request, folder, parent)

    def _more(self) -> Sequence[Part]:
        self.site = self._field(REPORT_SITE, self.tr("For the report's header: customer, address."))
        self.technician = self._field(REPORT_TECHNICIAN, self.tr("For the report's header."))
        head: list[Part] = []
        for text, field in (
            (self.tr("Site"), self.site),
            (self.tr("Technician"), self.technician),
        ):
            label = QLabel(text, self)
            theme.set_tone(label, "dim")
            field.setAccessibleName(text)
            head += [label, (field, 1)]
        self.open_after = QCheckBox(self.tr("&Open it afterwards"), self)
        self.open_after.setToolTip(self.tr("Opens the report in this computer's default program."))
        self.open_after.setChecked(True)
        return (row(*head), self.open_after)

    def _field(self, setting: Setting[str], tip: str) -> QLineEdit:
        field = QLineEdit(self._bench.setting(setting), self, maxLength=MAX_HEAD)
        field.setToolTip(tip)
        return field

    def _write(self, path: Path, masked: bool) -> None:
        self._bench.set_setting(REPORT_SITE, self.site.text().strip())
        self._bench.set_setting(REPORT_TECHNICIAN, self.technician.text().strip())
        ending = path.suffix.lower()
        if ending in (".html", ".pdf"):
            self._bench.set_setting(REPORT_ENDING, ending)
        self._make(self._content(masked, pdf=ending == ".pdf"), path, masked)

    def _content(self, masked: bool, *, pdf: bool) -> Steps[bytes]:
        page = yield from part_of(self._page(masked), 0, 20 if pdf else 100)
        self.number = translate("Exports", "%n phones.", len(page.rows))
        if not pdf:
            return page.html().encode()
        return (yield from part_of(report_pdf(page), 20, 100))

    def accept(self) -> None:
        super().accept()
        if self.open_after.isChecked():
            with best_effort("open the file"):
                open_path(self.path_saved)
