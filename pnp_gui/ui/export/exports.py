"""Saving and copying for others: messages as a capture, text for an email, log, history, report.

User name and password in URLs are masked unless the technician asks for them, each time.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QFileInfo, QObject, QStandardPaths, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from pnp_gui import PRODUCT, __version__
from pnp_gui.bench.bench import Bench
from pnp_gui.bench.export.history_csv import history_csv
from pnp_gui.bench.export.pcap import pcap
from pnp_gui.bench.export.report import ReportRow, report_rows
from pnp_gui.bench.export.report_page import report_page
from pnp_gui.bench.phones.phone import Phone, show_key
from pnp_gui.bench.record.trace import TraceEntry
from pnp_gui.bench.store.settings import SAVE_FOLDER
from pnp_gui.system.mask import mask_message, mask_url
from pnp_gui.system.printable import printable
from pnp_gui.trouble import listed
from pnp_gui.ui.actions import Actions
from pnp_gui.ui.export.mail_text import MAX_PHONES, mail_text
from pnp_gui.ui.export.save_dialog import Save, SaveDialog, SaveRequest
from pnp_gui.ui.export.saved_file import save_file
from pnp_gui.ui.history.window import HistoryWindow
from pnp_gui.ui.listening import Listening
from pnp_gui.ui.log.page import LogPage
from pnp_gui.ui.words.outcomes import name
from pnp_gui.ui.words.translate import list_separator, translated


class Exports(QObject):
    """Opens the save dialogs and the history window."""

    said = Signal(str)
    """A sentence about what was done."""

    def __init__(self, bench: Bench, listening: Listening, parent: QWidget) -> None:
        super().__init__(parent)
        self._bench = bench
        self._listening = listening
        self._parent = parent
        self.history: HistoryWindow | None = None
        """The history window, while it is open."""

    def connect_actions(self, do: Actions, selected: Callable[[], list[str]], log: LogPage) -> None:
        """Connect the actions. `selected` gives the keys of the selected phones."""
        do.save_messages.triggered.connect(lambda: self.save_messages(selected()))
        do.save_all_messages.triggered.connect(lambda: self.save_all_messages())
        do.copy_for_mail.triggered.connect(lambda: self.copy_for_mail(selected()))
        do.copy_for_mail_open.triggered.connect(
            lambda: self.copy_for_mail(selected(), masked=False)
        )
        do.history.triggered.connect(lambda: self.open_history())
        do.save_log.triggered.connect(lambda: self.save_log(log))

    # Messages.

    def save_messages(self, keys: Sequence[str]) -> SaveDialog | None:
        """Save the messages of these phones as a capture."""
        phones = [self._bench.phones[key] for key in keys if key in self._bench.phones]
        if not phones:
            self.said.emit(self.tr("No phone is selected, so there are no messages to save."))
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
        return self._save_entries(entries, what, dropped, stem)

    def save_all_messages(self) -> SaveDialog | None:
        """Save the messages of all phones as a capture."""
        trace = self._bench.trace
        what = self.tr("Messages of all phones.")
        return self._save_entries(list(trace), what, trace.dropped, self.tr("all-phones"))

    def _save_entries(
        self, entries: list[TraceEntry], what: str, dropped: int, stem: str
    ) -> SaveDialog | None:
        if not entries:
            self.said.emit(self.tr("There is no message to save: there was none in this run."))
            return None
        number = self.tr("%n messages.", "", len(entries))
        sentences = [what, number]
        if dropped:
            sentences.append(self.tr("%n older messages are no longer kept.", "", dropped))
        note = self.tr(
            "For Wireshark, with the addresses, ports and times on the wire. What a phone sent to"
            " 224.0.1.75 has that as its destination."
        )

        def save(path: Path, secrets: bool) -> str:
            masked = not secrets
            save_file(path, pcap(entries, masked=masked))
            return self._saved(number, path, masked)

        return self._open_dialog(
            self.tr("Save messages"),
            " ".join(sentences),
            f"pnp-bench-{stem}",
            ".pcap",
            (self.tr("Packet capture (*.pcap)"),),
            save,
            note=note,
        )

    def copy_for_mail(self, keys: Sequence[str], *, masked: bool = True) -> None:
        """Put facts, versions and messages of these phones on the clipboard."""
        phones = [self._bench.phones[key] for key in keys if key in self._bench.phones]
        if not phones:
            self.said.emit(self.tr("No phone is selected, so there is nothing to copy."))
            return
        if len(phones) > MAX_PHONES:
            self.said.emit(
                self.tr(
                    "An email has room for {most} phones at most: save their messages instead."
                ).format(most=MAX_PHONES)
            )
            return
        text = mail_text(self._bench, self._listening, phones, masked=masked)
        QGuiApplication.clipboard().setText(text)
        sentences = [self.tr("The text for an email to support is on the clipboard.")]
        if not masked:
            sentences.append(self.tr("It contains user names and passwords."))
        elif self._has_secrets(phones):
            sentences.append(self.tr("User names and passwords are masked."))
        self.said.emit(" ".join(sentences))

    def _has_secrets(self, phones: Sequence[Phone]) -> bool:
        """Whether what is copied of these phones contains a user or password."""
        bench = self._bench
        urls = [url for phone in phones for url in (bench.preview(phone.key), phone.sent_url)]
        return any(mask_url(url) != url for url in urls) or any(
            mask_message(entry.data) != entry.data
            for phone in phones
            for entry in bench.trace.of(phone.key)
        )

    # Log.

    def save_log(self, page: LogPage) -> SaveDialog | None:
        """Save the lines of the log that are shown."""
        page.refresh()
        rows = list(page.model.rows)
        if not rows:
            self.said.emit(self.tr("There is no line to save."))
            return None
        number = self.tr("%n lines.", "", len(rows))

        def save(path: Path, secrets: bool) -> str:
            text = "".join(printable(row.text(masked=not secrets)) + "\n" for row in rows)
            save_file(path, text.encode("utf-8", "replace"))
            return self._saved(number, path, not secrets)

        return self._open_dialog(
            self.tr("Save log"),
            self.tr("The lines of the log that are shown, as text.") + " " + number,
            "pnp-bench-log",
            ".txt",
            (self.tr("Text (*.txt)"),),
            save,
        )

    # History and report.

    def open_history(self) -> HistoryWindow:
        """Open the history window, or bring it to the front."""
        if self.history is None:
            window = self.history = HistoryWindow(self._bench, self._parent)
            window.destroyed.connect(self._history_gone)
            window.csv_wanted.connect(self.save_history)
            window.report_wanted.connect(self.save_report)
        self.history.show()
        self.history.raise_()
        self.history.activateWindow()
        return self.history

    def close(self) -> None:
        """Close what is still open."""
        if self.history is not None:
            self.history.close()

    def save_history(self) -> SaveDialog | None:
        """Save the lines of the history that are shown, in their order."""
        window = self.open_history()
        lines = list(window.model.rows)
        number = self.tr("%n lines.", "", len(lines))

        def save(path: Path, secrets: bool) -> str:
            save_file(
                path,
                history_csv(
                    lines, self._bench.phones, masked=not secrets, separator=list_separator()
                ),
            )
            return self._saved(number, path, not secrets)

        return self._open_dialog(
            self.tr("Save history"),
            self.tr("The lines of the history that are shown, for a spreadsheet.") + " " + number,
            "pnp-bench-history",
            ".csv",
            (self.tr("Table (*.csv)"),),
            save,
            window,
        )

    def save_report(self) -> SaveDialog | None:
        """Save the report: counts, and a line for each phone of the period that is shown."""
        window = self.open_history()
        model = window.model
        seen = report_rows(model.lines, self._bench.phones, window.since())
        rows = [row for row in seen if model.matches(_search_text(row))]
        period = window.period_text()
        listening = self._listening_text()
        number = self.tr("%n phones.", "", len(rows))

        def save(path: Path, secrets: bool) -> str:
            page = report_page(
                rows,
                program=f"{PRODUCT} {__version__}",
                around=(period, listening),
                made_at=time.time(),
                masked=not secrets,
                tr=translated,
            )
            save_file(path, page)
            return self._saved(number, path, not secrets)

        return self._open_dialog(
            self.tr("Save report"),
            self.tr("A report to print, with counts and one line for each phone.")
            + f" {period} {number}",
            "pnp-bench-report",
            ".html",
            (self.tr("Web page (*.html)"),),
            save,
            window,
            may_open=True,
        )

    # The dialog.

    def _open_dialog(
        self,
        title: str,
        what: str,
        stem: str,
        suffix: str,
        filters: Sequence[str],
        save: Save,
        over: QWidget | None = None,
        *,
        note: str = "",
        may_open: bool = False,
    ) -> SaveDialog:
        file = f"{stem}-{time.strftime('%Y%m%d-%H%M%S')}{suffix}"
        request = SaveRequest(title, what, self._folder() / file, filters, save, note, may_open)
        window = over or self._parent
        dialog = SaveDialog(request, window)
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

    def _saved(self, number: str, path: Path, masked: bool) -> str:
        """The sentence for what was saved; `number`: how much, a sentence."""
        if masked:
            text = self.tr("{number} Saved as {path}, user name and password in URLs masked.")
        else:
            text = self.tr("{number} Saved as {path}, with user name and password in URLs.")
        return text.format(number=number, path=printable(str(path)))

    def _listening_text(self) -> str:
        if not self._listening.listening:
            return ""
        ports = listed(f"{port.name} {port.address}" for port in self._listening.joined)
        return self.tr("Listening on UDP {port}: {ports}.").format(
            port=self._listening.port, ports=ports
        )

    def _history_gone(self) -> None:
        self.history = None


def _search_text(row: ReportRow) -> str:
    return "\n".join(
        (
            *(row.key, show_key(row.key), row.label, row.make, row.model, row.version),
            *(row.address, row.interface, row.result.value, str(row.code), row.url),
        )
    )
