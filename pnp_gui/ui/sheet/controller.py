"""Imports sheets from a file, the clipboard or a drop, through the preview, and exports them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QFileInfo, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMainWindow

from pnp_gui.bench.bench import Bench
from pnp_gui.bench.phones.phone import Phone
from pnp_gui.bench.sheet.preview import Verdict, answered_at_once, preview
from pnp_gui.bench.sheet.reading import Reading, Steps, read_in_steps, read_pasted
from pnp_gui.bench.sheet.sheet import MAX_BYTES, SheetLine, write_sheet
from pnp_gui.bench.store.settings import SHEET_FOLDER
from pnp_gui.system.file_reading import read_file
from pnp_gui.system.printable import printable
from pnp_gui.trouble import Trouble
from pnp_gui.ui.export.saved_file import save_file
from pnp_gui.ui.sheet.dialog import CHANGING, SheetDialog
from pnp_gui.ui.sheet.drop import SheetDrop
from pnp_gui.ui.sheet.reader import SheetReader
from pnp_gui.ui.table.view import PhoneTable
from pnp_gui.ui.words.outcomes import no_url_words
from pnp_gui.ui.words.translate import list_separator, trouble_text

IMPORT, EXPORT = "sheet_in", "sheet_out"
"""Codes of the troubles with reading and writing."""


class SheetController(QObject):
    """Does what the Sheet menu offers."""

    said = Signal(str)
    """A sentence about what was done."""
    failed = Signal(Trouble)
    """A line for the problem bar."""
    settled = Signal(str)
    """The line with this code is settled."""
    made = Signal(SheetDialog)
    """A preview is about to open."""

    def __init__(self, bench: Bench, table: PhoneTable, window: QMainWindow) -> None:
        super().__init__(window)
        self._bench = bench
        self._table = table
        self._window = window
        self._reader: SheetReader | None = None
        self.dialog: SheetDialog | None = None
        """The preview, while it is open."""
        self.chooser: QFileDialog | None = None
        """The file dialog, while it is open."""
        self.drop = SheetDrop(window)
        self.drop.files.connect(self._dropped)
        self.drop.text.connect(self.take_text)

    # Import.

    def ask_for_sheet(self) -> None:
        """Ask for a file to import."""
        chooser = self._make_chooser(self.tr("Import sheet"))
        chooser.setFileMode(QFileDialog.FileMode.ExistingFile)
        chooser.setNameFilters([self.tr("Sheets (*.csv *.txt *.tsv)"), self.tr("All files (*)")])
        chooser.fileSelected.connect(lambda name: self.take_file(Path(name)))
        chooser.open()

    def take_file(self, path: Path) -> None:
        """Read a file and show what it would do."""
        name = printable(path.name)
        try:
            data = read_file(path, MAX_BYTES, code=IMPORT)
        except Trouble as trouble:
            self.failed.emit(trouble)
            self.said.emit(self.tr("{name} was not read: nothing has changed.").format(name=name))
            return
        self._bench.set_setting(SHEET_FOLDER, str(path.absolute().parent))
        self._read(read_in_steps(data), name)

    def paste(self) -> None:
        """Read the text on the clipboard."""
        text = QGuiApplication.clipboard().text()
        if text.strip():
            self.take_text(text)
        else:
            self.said.emit(self.tr("There is no text on the clipboard."))

    def take_text(self, text: str) -> None:
        """Read pasted or dropped text and show what it would do."""
        self._read(read_pasted(text), self.tr("Pasted text"))

    def _dropped(self, paths: list[Path]) -> None:
        if len(paths) == 1:
            self.take_file(paths[0])
        else:
            self.said.emit(self.tr("Drop one sheet at a time: nothing was read."))

    def _read(self, steps: Steps, name: str) -> None:
        if self._reader is not None:
            self._reader.stop()
        self.said.emit(self.tr("Reading {name} …").format(name=name))
        self._reader = SheetReader(steps, self)
        self._reader.done.connect(lambda reading: self._show_preview(reading, name))

    def _show_preview(self, reading: Reading, name: str) -> None:
        self._reader = None
        reason = reading.refused or reading.question
        if reason is not None or not (reading.good or reading.bad):
            self.failed.emit(_no_sheet(name, reason) if reason else _no_phone(name))
            self.said.emit(self.tr("{name} is not a sheet: nothing has changed.").format(name=name))
            return
        self.settled.emit(IMPORT)
        if self.dialog is not None:
            self.dialog.reject()
        lines = preview(reading, self._bench.phones)
        at_once = answered_at_once(lines, self._bench.phones, self._bench.urls)
        dialog = SheetDialog(name, lines, at_once, self._window)
        self.dialog = dialog
        self.made.emit(dialog)
        dialog.accepted.connect(lambda: self._apply(reading.good, dialog, name))
        dialog.rejected.connect(lambda: self._cancel(dialog, name))
        dialog.open()
        self.said.emit(dialog.title.text())

    def _apply(self, good: list[SheetLine], dialog: SheetDialog, name: str) -> None:
        self.dialog = None
        touched = [line.key for line in dialog.lines if line.verdict in CHANGING]
        self._bench.apply_sheet(good)
        self._table.phone_model.flush()
        self._table.select_keys(touched)
        self._focus_table()
        sentences = [
            self.tr("{name} applied: {new} added, {changed} changed; they are selected.").format(
                name=name,
                new=dialog.counts[Verdict.NEW],
                changed=dialog.counts[Verdict.CHANGES],
            )
        ]
        phones = self._bench.phones
        sentences += no_url_words(sum(bool(phones[key].lacks) for key in touched if key in phones))
        wrong = dialog.counts[Verdict.WRONG]
        if wrong:
            sentences.append(self.tr("%n lines were left out.", "", wrong))
        self.said.emit(" ".join(sentences))

    def _cancel(self, dialog: SheetDialog, name: str) -> None:
        if self.dialog is dialog:
            self.dialog = None
            self._focus_table()
        self.said.emit(self.tr("{name} was not applied: nothing has changed.").format(name=name))

    def _focus_table(self) -> None:
        """The phones that were applied are selected there."""
        self._window.activateWindow()
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)

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
                self.said.emit(self.tr("No phone is selected, so there is nothing to export."))
            else:
                self.said.emit(self.tr("There is no phone yet, so there is nothing to export."))
            return
        chooser = self._make_chooser(self.tr("Export sheet"))
        chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        chooser.setNameFilters([self.tr("Sheets (*.csv)"), self.tr("All files (*)")])
        chooser.setDefaultSuffix("csv")
        chooser.selectFile(f"phones-{date.today():%Y-%m-%d}.csv")
        chooser.fileSelected.connect(lambda name: self.write(which(), Path(name)))
        chooser.open()

    def write(self, phones: list[Phone], path: Path) -> None:
        """Write these phones, as they are now, to a file."""
        try:
            save_file(path, write_sheet(phones, list_separator()), code=EXPORT)
        except Trouble as trouble:
            self.failed.emit(trouble)
            return
        self.settled.emit(EXPORT)
        self._bench.set_setting(SHEET_FOLDER, str(path.absolute().parent))
        text = self.tr("%n phones exported to {path}", "", len(phones))
        self.said.emit(text.format(path=printable(str(path))))

    def _make_chooser(self, title: str) -> QFileDialog:
        folder = self._bench.setting(SHEET_FOLDER)
        if not QFileInfo(folder).isDir():
            folder = str(Path.home())
        chooser = QFileDialog(self._window, title, folder)
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.destroyed.connect(self._forget_chooser)
        self.chooser = chooser
        return chooser

    def _forget_chooser(self) -> None:
        self.chooser = None


def _no_sheet(name: str, reason: Trouble) -> Trouble:
    """With the code of all import troubles, so that the next file replaces the line."""
    return Trouble("{name}: {reason}", code=IMPORT, name=name, reason=trouble_text(reason))


def _no_phone(name: str) -> Trouble:
    return Trouble(
        "There is no phone in {name}: lines must start with a MAC, or have a heading “mac”.",
        code=IMPORT,
        name=name,
    )
