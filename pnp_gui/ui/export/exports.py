"""Saving and copying for others: messages as a capture, text for an email, log, history, report.

User name and password in URLs are masked unless the technician asks for them, each time.
"""

from __future__ import annotations

import time
from collections import ChainMap
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QFileInfo, QObject, QStandardPaths, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from pnp_gui import PRODUCT, __version__
from pnp_gui.bench.bench import Bench
from pnp_gui.bench.export.history_csv import history_csv
from pnp_gui.bench.export.pcap import pcap
from pnp_gui.bench.phones.phone import Phone
from pnp_gui.bench.record.trace import TraceEntry
from pnp_gui.bench.store.settings import (
    REPORT_ENDING,
    REPORT_SITE,
    REPORT_TECHNICIAN,
    SAVE_FOLDER,
)
from pnp_gui.system.mask import mask_message, mask_url
from pnp_gui.system.printable import printable
from pnp_gui.system.steps import AT_ONCE, Steps, part_of
from pnp_gui.trouble import listed
from pnp_gui.ui.export.mail_text import MAX_PHONES, mail_text
from pnp_gui.ui.export.save_dialog import SaveDialog, SaveRequest
from pnp_gui.ui.export.talk_text import talk_in_steps
from pnp_gui.ui.listening import Listening
from pnp_gui.ui.log.page import LogPage
from pnp_gui.ui.words.outcomes import joined, name
from pnp_gui.ui.words.translate import list_separator, translated

# History and report are imported when they are first needed, as they delay the start.
if TYPE_CHECKING:
    from pnp_gui.bench.export.report_page import ReportPage
    from pnp_gui.ui.history.window import HistoryWindow


class Exports(QObject):
    """Opens the save dialogs and the history window."""

    said = Signal(str)
    """A sentence about what was done."""
    missing = Signal(str)
    """A sentence that is true only as long as something is missing, so that nothing was done."""

    def __init__(self, bench: Bench, listening: Listening, log: LogPage, parent: QWidget) -> None:
        super().__init__(parent)
        self._bench = bench
        self._listening = listening
        self._log = log
        self._parent = parent
        self.history: HistoryWindow | None = None
        """The history window, while it is open."""

    def save_messages(self, keys: Sequence[str]) -> SaveDialog | None:
        """Save the messages of these phones as a capture."""
        phones = self._known(keys)
        if not phones:
            self.missing.emit(self.tr("No phone is selected, so there are no messages to save."))
            return None
        trace = self._bench.trace
        chosen = {phone.key for phone in phones}
        entries = [entry for entry in trace if entry.key in chosen]
        dropped = sum(trace.dropped_of(phone.key) for phone in phones)
        if len(phones) == 1:
            (phone,) = phones
            what = self.tr("Messages of {phone}.").format(phone=name(phone))
            stem = phone.mac or phone.key.removeprefix("ip:")
        else:
            what = self.tr("Messages of %n phones.", "", len(phones))
            stem = self.tr("%n-phones", "", len(phones))
        return self._save_entries(entries, [*chosen], what, dropped, stem)

    def save_all_messages(self) -> SaveDialog | None:
        """Save the messages of all phones as a capture."""
        trace = self._bench.trace
        what = self.tr("Messages of all phones.")
        stem = self.tr("all-phones")
        return self._save_entries(list(trace), [*self._bench.phones], what, trace.dropped, stem)

    def _save_entries(
        self, entries: list[TraceEntry], keys: list[str], what: str, dropped: int, stem: str
    ) -> SaveDialog | None:
        if not entries:
            self.missing.emit(
                self.tr("There are no messages to save: there were none in this run.")
            )
            return None
        older = self.tr("%n other messages are no longer kept.", "", dropped) if dropped else ""
        both = self._bench.talk.with_requests(entries, keys)
        note = self.tr(
            "For Wireshark, with the real addresses, ports and times. Messages that phones "
            "sent to 224.0.1.75 have it as their destination. A name that ends in .txt saves "
            "text instead, with the requests for files, too."
        )

        return self._open_dialog(
            SaveRequest(
                self.tr("Save messages"),
                what,
                self.tr("%n messages.", "", len(entries)),
                f"pnp-bench-{stem}.pcap",
                self.tr("Packet capture (*.pcap);;Text (*.txt)"),
                lambda masked: pcap(entries, masked=masked),
                text=lambda masked: talk_in_steps(both, masked=masked),
                note=joined(older, note),
            )
        )

    def copy_for_mail(self, keys: Sequence[str], *, masked: bool) -> None:
        """Put facts, versions and messages of these phones on the clipboard."""
        phones = self._known(keys)
        if not phones:
            self.missing.emit(self.tr("No phone is selected, so there is nothing to copy."))
            return
        if len(phones) > MAX_PHONES:
            text = self.tr(
                "An email can contain at most {most} phones: save their messages instead."
            )
            self.said.emit(text.format(most=MAX_PHONES))
            return
        text = mail_text(self._bench, self._listening, phones, masked=masked)
        QGuiApplication.clipboard().setText(text)
        sentences = [self.tr("The text for an email to support is on the clipboard.")]
        if not masked:
            sentences.append(self.tr("It contains user names and passwords."))
        elif self._has_secrets(phones):
            sentences.append(self.tr("User names and passwords are masked."))
        self.said.emit(" ".join(sentences))

    def _known(self, keys: Sequence[str]) -> list[Phone]:
        return [self._bench.phones[key] for key in keys if key in self._bench.phones]

    def _has_secrets(self, phones: Sequence[Phone]) -> bool:
        """Whether what is copied of these phones contains a user or password."""
        bench = self._bench
        urls = [url for phone in phones for url in (bench.preview(phone.key), phone.sent_url)]
        data = [entry.data for phone in phones for entry in bench.talk.of(phone.key)]
        return [*map(mask_url, urls)] != urls or [*map(mask_message, data)] != data

    def save_log(self) -> SaveDialog | None:
        """Save the lines of the log that are shown."""
        self._log.settle()
        self._log.refresh()
        rows = list(self._log.model.rows)
        if not rows:
            self.missing.emit(self.tr("There are no lines to save."))
            return None

        def content(masked: bool) -> bytes:
            text = "".join(printable(row.text(masked=masked)) + "\n" for row in rows)
            return text.encode("utf-8", "replace")

        return self._open_dialog(
            SaveRequest(
                self.tr("Save log"),
                self.tr("The lines of the log that are shown, as text."),
                self.tr("%n lines.", "", len(rows)),
                "pnp-bench-log.txt",
                self.tr("Text (*.txt)"),
                content,
            )
        )

    def open_history(self) -> HistoryWindow:
        """Open the history window, or bring it to the front."""
        if self.history is None:
            from pnp_gui.ui.history.window import HistoryWindow

            window = self.history = HistoryWindow(self._bench, self._parent)
            window.destroyed.connect(self._history_gone)
            window.csv_wanted.connect(self.save_history)
            window.report_wanted.connect(self.save_report)
        self.history.show()
        self.history.raise_()
        self.history.activateWindow()
        return self.history

    def close(self) -> None:
        if self.history is not None:
            self.history.close()

    def save_history(self) -> SaveDialog:
        """Save the lines of the history that are shown, in their order."""
        window = self.open_history()
        window.settle()
        lines = list(window.model.rows)
        phones = ChainMap(self._bench.phones, window.model.forgotten)
        request = SaveRequest(
            self.tr("Save history"),
            self.tr("The lines of the history that are shown, for a spreadsheet."),
            self.tr("%n lines.", "", len(lines)),
            "pnp-bench-history.csv",
            self.tr("Table (*.csv)"),
            lambda masked: history_csv(lines, phones, masked=masked, separator=list_separator()),
        )
        return self._open_dialog(request, window)

    def save_report(self) -> SaveDialog:
        """Save the report: counts, and a line for each phone of the period that is shown."""
        from pnp_gui.bench.export.report import report_rows
        from pnp_gui.bench.export.report_page import report_page, row_words
        from pnp_gui.ui.export.report_dialog import ReportDialog

        window = self.open_history()
        window.settle()
        model = window.model
        lines, since, matches = list(model.lines), window.since(), model.matcher()
        period, listening = window.period_text(), self._listening_text()

        def page(masked: bool) -> Steps[ReportPage]:
            rows = yield from part_of(report_rows(lines, self._bench.phones, since), 0, 50)
            found = []
            for number, row in enumerate(rows):
                if not number % AT_ONCE:
                    yield 50
                if matches(f"{row.key}\n{row.decision}\n{row_words(row, translated)}"):
                    found.append(row)
            made = report_page(
                found,
                program=f"{PRODUCT} {__version__}",
                site=self._bench.setting(REPORT_SITE),
                technician=self._bench.setting(REPORT_TECHNICIAN),
                around=(period, listening),
                made_at=time.time(),
                masked=masked,
                tr=translated,
            )
            return (yield from part_of(made, 50, 100))

        what = self.tr("A report to print, with counts and one line for each phone.")
        ending = self._bench.setting(REPORT_ENDING)
        request = SaveRequest(
            self.tr("Save report"),
            f"{what} {period}",
            "",
            f"pnp-bench-report{ending}",
            self.tr("Web page (*.html);;PDF (*.pdf)"),
            lambda masked: b"",  # ReportDialog makes it of `page`
            note=self.tr("A name that ends in .pdf saves a PDF (A4), .html a web page."),
        )
        return self._show(ReportDialog(request, page, self._bench, self._folder(), window), window)

    def _open_dialog(self, request: SaveRequest, over: QWidget | None = None) -> SaveDialog:
        window = over or self._parent
        return self._show(SaveDialog(request, self._folder(), window), window)

    def _show(self, dialog: SaveDialog, window: QWidget) -> SaveDialog:
        dialog.finished.connect(window.activateWindow)
        dialog.saved.connect(self._was_saved)
        dialog.open()
        return dialog

    def _was_saved(self, path: Path, sentence: str) -> None:
        self._bench.set_setting(SAVE_FOLDER, str(path.parent))
        self.said.emit(sentence)
        if self.history is not None:
            self.history.say(sentence)

    def _folder(self) -> Path:
        """The folder used last, if it still exists; else the user's documents."""
        kept = self._bench.setting(SAVE_FOLDER)
        if QFileInfo(kept).isDir():
            return Path(kept)
        place = QStandardPaths.StandardLocation.DocumentsLocation
        documents = Path(QStandardPaths.writableLocation(place) or ".")
        return documents if documents.is_dir() else Path.home()

    def _listening_text(self) -> str:
        if not self._listening.listening:
            return ""
        ports = listed(f"{port.name} {port.address}" for port in self._listening.joined)
        return self.tr("Listening on UDP {port}: {ports}.").format(
            port=self._listening.port, ports=ports
        )

    def _history_gone(self) -> None:
        self.history = None
