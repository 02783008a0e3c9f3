"""Imports a list: reads it in slices, shows what it would do, and applies it."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QMainWindow

from pnp_gui.bench.bench import Bench
from pnp_gui.bench.sheet.choices import read_choices, with_choice, write_choices
from pnp_gui.bench.sheet.layout import Choices, Meaning
from pnp_gui.bench.sheet.preview import PreviewLine, Verdict, answered_at_once, preview
from pnp_gui.bench.sheet.reading import Reading, ReadingSteps, read_in_steps, read_pasted
from pnp_gui.bench.sheet.sheet import MAX_BYTES
from pnp_gui.bench.store.settings import SHEET_FOLDER, SHEET_MEANINGS
from pnp_gui.pnp.send_result import SendResult
from pnp_gui.system.file_reading import read_file
from pnp_gui.system.printable import printable
from pnp_gui.trouble import Trouble
from pnp_gui.ui.table.view import PhoneTable
from pnp_gui.ui.words.outcomes import joined, several
from pnp_gui.ui.words.translate import trouble_text

# Imported when it is first needed, as a list may have nothing to show.
if TYPE_CHECKING:
    from pnp_gui.ui.sheet.dialog import SheetDialog

SLICE_S = 0.008
"""Seconds of reading at a time, between which phones are answered: half a frame on the screen."""

PAUSE_MS = 10
"""Between the parts of a long import, in which phones are answered."""
AT_ONCE = 1000
"""Lines that are applied and shown without a pause, 20 ms."""

IMPORT = "sheet_in"
"""The code of the troubles with reading."""

Previewed = tuple[Reading, list[PreviewLine]]
Source = Callable[[Choices], ReadingSteps]
"""Reads a list with the meanings that were given to its columns."""


class SheetImport(QObject):
    """The list that is imported."""

    said = Signal(str)
    """A sentence about what was done."""
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
        self._source: Source
        self._name = ""
        """The sheet that is read, and what it is called."""
        self._choices: Choices = {}
        self._worksheet = ""
        """The one that was chosen."""
        self._steps: Generator[None, None, Previewed]
        self._reading = QTimer(self, interval=0)
        self._reading.timeout.connect(self._read_on)
        self.dialog: SheetDialog | None = None
        """The preview, while it is open."""

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
        self._read(partial(read_in_steps, data), name)

    def take_text(self, text: str) -> None:
        """Read pasted or dropped text and show what it would do."""
        self._read(partial(read_pasted, text), self.tr("Pasted text"))

    def _read(self, source: Source, name: str) -> None:
        if self.dialog is not None:
            self.dialog.reject()
        self._source, self._name, self._worksheet = source, name, ""
        self._choices = read_choices(self._bench.setting(SHEET_MEANINGS))
        self.said.emit(self.tr("Reading {name}…").format(name=name))
        self._go_on(self._source(self._choices))

    def _go_on(self, read: ReadingSteps | Reading) -> None:
        self._steps = self._preview(read)
        self._reading.start()

    def _preview(self, read: ReadingSteps | Reading) -> Generator[None, None, Previewed]:
        reading = read if isinstance(read, Reading) else (yield from read)
        for one in reading.worksheets:
            if one.worksheet == self._worksheet:
                reading = one
        lines = yield from preview(reading, self._bench.phones)
        return reading, lines

    def _read_on(self) -> None:
        until = time.monotonic() + SLICE_S
        try:
            while time.monotonic() < until:
                next(self._steps)
        except StopIteration as end:
            self._reading.stop()
            self._show_preview(*end.value)

    def _show_preview(self, reading: Reading, lines: list[PreviewLine]) -> None:
        name, dialog = self._name, self.dialog
        shows = reading.good or reading.bad or reading.question or dialog
        if reading.refused is not None or not shows:
            self._fail(name, reading.refused)
            self.said.emit(self.tr("{name} is not a sheet: nothing has changed.").format(name=name))
            return
        self.settled.emit(IMPORT)
        if dialog is None:
            from pnp_gui.ui.sheet.dialog import SheetDialog

            dialog = self.dialog = SheetDialog(name, self._window)
            dialog.columns.chosen.connect(self._choose)
            dialog.worksheet_chosen.connect(self._choose_worksheet)
            dialog.accepted.connect(lambda: self._apply(dialog, name))
            dialog.rejected.connect(lambda: self._cancel(dialog, name))
            self.made.emit(dialog)
        at_once = answered_at_once(lines, self._bench.phones, self._bench.urls)
        chosen = reading.layout is not None and reading.layout.key in self._choices
        dialog.show_reading(reading, lines, at_once, can_forget=chosen)
        if not dialog.isVisible():
            dialog.open()
        self.said.emit(dialog.title.text())

    def _fail(self, name: str, reason: Trouble | None) -> None:
        self.failed.emit(
            Trouble(
                "{name}: {reason}" if reason else "There is no phone in {name}.",
                code=IMPORT,
                name=name,
                reason=trouble_text(reason) if reason else "",
            )
        )

    def _choose_worksheet(self, reading: Reading) -> None:
        self._worksheet = reading.worksheet
        self._go_on(reading)

    def _choose(self, column: int, meaning: Meaning | None) -> None:
        """Give a column of the list another meaning, now and in the lists to come."""
        if self.dialog is None or self.dialog.reading.layout is None:
            return
        self.dialog.apply.setEnabled(False)  # until the lines are read with it
        layout = self.dialog.reading.layout
        self._choices = with_choice(self._choices, layout, column, meaning)
        self._bench.set_setting(SHEET_MEANINGS, write_choices(self._choices))
        self._go_on(self._source(self._choices))

    def _apply(self, dialog: SheetDialog, name: str) -> None:
        self.dialog = None
        self._reading.stop()
        touched = dialog.changing()
        try:
            self._bench.apply_sheet(dialog.reading.good)
        except Trouble as trouble:
            self._fail(name, trouble)
            self._focus_table()
            self._say_unchanged(name)
            return
        self.applied.emit()
        if len(touched) > AT_ONCE:
            QTimer.singleShot(PAUSE_MS, self, partial(self._select, touched))
        else:
            self._select(touched)
        self._focus_table()
        new, changed, wrong = (
            dialog.counts[one] for one in (Verdict.NEW, Verdict.CHANGES, Verdict.WRONG)
        )
        text = self.tr("{name} applied: {new} added, {changed} changed; they are selected.")
        applied = text.format(name=name, new=new, changed=changed)
        phones = self._bench.phones
        lack = sum(bool(phones[key].lacks) for key in touched if key in phones)
        left_out = self.tr("%n lines were rejected.", "", wrong) if wrong else ""
        self.said.emit(joined(applied, several({SendResult.NO_URL: lack}), left_out))

    def _select(self, keys: list[str]) -> None:
        """Select these phones when the table has taken over all of them, which it does in parts."""
        if self._table.phone_model.flush():
            QTimer.singleShot(PAUSE_MS, self, partial(self._select, keys))
        else:
            self._table.select_keys(keys)

    def _cancel(self, dialog: SheetDialog, name: str) -> None:
        if self.dialog is dialog:
            self.dialog = None
            self._reading.stop()
            self._focus_table()
        self._say_unchanged(name)

    def _say_unchanged(self, name: str) -> None:
        self.said.emit(self.tr("{name} was not applied: nothing has changed.").format(name=name))

    def _focus_table(self) -> None:
        """The phones that were applied are selected there."""
        self._window.activateWindow()
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)
