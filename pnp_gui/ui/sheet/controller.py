"""Imports sheets from a file, the clipboard or a drop, through the preview, and exports them."""

from __future__ import annotations

from collections.abc import Callable, Generator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QFileInfo, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMainWindow

from pnp_gui.bench.bench import Bench
from pnp_gui.bench.phones.phone import Phone
from pnp_gui.bench.sheet.sheet import write_sheet
from pnp_gui.bench.store.settings import SHEET_FOLDER
from pnp_gui.system.printable import printable
from pnp_gui.trouble import Trouble
from pnp_gui.ui.export.saved_file import save_in_steps
from pnp_gui.ui.sheet.drop import SheetDrop
from pnp_gui.ui.table.view import PhoneTable
from pnp_gui.ui.widgets.step_runner import StepRunner
from pnp_gui.ui.words.translate import list_separator

# Imported when they are first needed, as they delay the start.
if TYPE_CHECKING:
    from pnp_gui.ui.sheet.dialog import SheetDialog
    from pnp_gui.ui.sheet.importing import SheetImport

EXPORT = "sheet_out"
"""The code of the troubles with writing."""


class SheetController(QObject):
    """Does what the Sheet menu offers."""

    said = Signal(str)
    """A sentence about what was done."""
    missing = Signal(str)
    """A sentence that is true only as long as something is missing, so that nothing was done."""
    failed = Signal(Trouble)
    """A line for the problem bar."""
    settled = Signal(str)
    """The line with this code is settled."""
    applied = Signal()
    """A sheet was applied; its phones are selected next, which a filter must not hide."""
    made = Signal(object)
    """A preview (`SheetDialog`) is about to open."""

    def __init__(self, bench: Bench, table: PhoneTable, window: QMainWindow) -> None:
        super().__init__(window)
        self._bench = bench
        self._table = table
        self._window = window
        self._writing = StepRunner(lambda _: None, self)
        self._imports: SheetImport | None = None
        self.drop = SheetDrop(window)
        self.drop.files.connect(self._take_files)
        self.drop.text.connect(self.take_text)

    # Import.

    @property
    def dialog(self) -> SheetDialog | None:
        """The preview, while it is open."""
        return None if self._imports is None else self._imports.dialog

    @property
    def _importer(self) -> SheetImport:
        if self._imports is None:
            from pnp_gui.ui.sheet.importing import SheetImport

            self._imports = made = SheetImport(self._bench, self._table, self._window)
            for theirs, ours in (
                (made.said, self.said),
                (made.failed, self.failed),
                (made.settled, self.settled),
                (made.applied, self.applied),
                (made.made, self.made),
            ):
                theirs.connect(ours)
        return self._imports

    def ask_for_sheet(self) -> None:
        sheets = self.tr("Sheets (*.csv *.txt *.tsv *.xlsx *.xlsm *.xls *.ods)")
        chooser = self._make_chooser(self.tr("Import sheet"), sheets)
        chooser.setFileMode(QFileDialog.FileMode.ExistingFile)
        chooser.fileSelected.connect(lambda name: self.take_file(Path(name)))
        chooser.open()

    def take_file(self, path: Path) -> None:
        """Read a file and show what it would do."""
        self._importer.take_file(path)

    def paste(self) -> None:
        mime = QGuiApplication.clipboard().mimeData()
        files = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
        text = mime.text()
        if files:
            self._take_files(files)
        elif text.strip():
            self.take_text(text)
        else:
            self.said.emit(self.tr("There is no text on the clipboard."))

    def take_text(self, text: str) -> None:
        """Read pasted or dropped text and show what it would do."""
        self._importer.take_text(text)

    def _take_files(self, paths: list[Path]) -> None:
        if len(paths) == 1:
            self.take_file(paths[0])
        else:
            self.said.emit(self.tr("Import one sheet at a time: nothing was read."))

    # Export.

    def export_all(self) -> None:
        """Export all phones, sorted by MAC."""
        phones = self._bench.phones
        self._export(lambda: [phones[key] for key in sorted(phones)])

    def export_selection(self) -> None:
        """Export the selected phones, in the order of their rows."""
        phones = self._bench.phones
        keys = self._table.selected_keys()
        self._export(lambda: [phones[key] for key in keys if key in phones])

    def _export(self, which: Callable[[], list[Phone]]) -> None:
        """`which` is called again when the file is chosen: phones may have come meanwhile."""
        if not which():
            if self._bench.phones:
                self.missing.emit(self.tr("No phone is selected, so there is nothing to export."))
            else:
                self.missing.emit(self.tr("There is no phone yet, so there is nothing to export."))
            return
        chooser = self._make_chooser(self.tr("Export sheet"), self.tr("Sheets (*.csv)"))
        chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        chooser.setDefaultSuffix("csv")
        chooser.selectFile(f"phones-{date.today():%Y-%m-%d}.csv")
        chooser.fileSelected.connect(lambda name: self.write(which(), Path(name)))
        chooser.open()

    def write(self, phones: list[Phone], path: Path) -> None:
        """Write these phones, as they are now, to a file; phones are answered meanwhile."""
        data = write_sheet(phones, list_separator())
        self._writing.start(self._written_in_steps(data, len(phones), path))

    def _written_in_steps(self, data: bytes, number: int, path: Path) -> Generator[int, None, None]:
        try:
            yield from save_in_steps(path, data, code=EXPORT)
        except Trouble as trouble:
            self.failed.emit(trouble)
            return
        self.settled.emit(EXPORT)
        self._bench.set_setting(SHEET_FOLDER, str(path.absolute().parent))
        text = self.tr("%n phones exported to {path}", "", number)
        self.said.emit(text.format(path=printable(str(path))))

    def _make_chooser(self, title: str, sheets: str) -> QFileDialog:
        folder = self._bench.setting(SHEET_FOLDER)
        if not QFileInfo(folder).isDir():
            folder = str(Path.home())
        chooser = QFileDialog(self._window, title, folder)
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.setNameFilters([sheets, self.tr("All files (*)")])
        return chooser
