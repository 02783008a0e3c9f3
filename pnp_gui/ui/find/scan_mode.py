"""Scan to approve: each scanned code approves one phone, or says why it does not.

Where the scanner's keys go, so that a MAC with an A or a D in it never approves or denies what
happens to be selected, is in `scanner_keys.py`.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from pnp_gui.bench.bench import Bench
from pnp_gui.bench.phones.phone import Decision
from pnp_gui.bench.sheet.scan import read_scan
from pnp_gui.bench.sheet.sheet import SheetLine
from pnp_gui.bench.store.rows import How
from pnp_gui.bench.store.settings import LETTER_KEYS
from pnp_gui.pnp.mac import find_mac, show_mac
from pnp_gui.trouble import Trouble
from pnp_gui.ui.find.field import FindField
from pnp_gui.ui.find.scan_guard import ScanGuard
from pnp_gui.ui.find.scanner_keys import ScannerKeys
from pnp_gui.ui.find.sounds import Sounds
from pnp_gui.ui.table.view import PhoneTable
from pnp_gui.ui.urls.default_url_field import UrlField
from pnp_gui.ui.words import outcomes
from pnp_gui.ui.words.conflict import warning
from pnp_gui.ui.words.outcomes import joined
from pnp_gui.ui.words.translate import trouble_text

BAD = "scan"
"""Code of the line in the problem bar about codes that were not accepted."""


class ScanMode(QObject):
    """Carries out scans."""

    said = Signal(str)
    """A sentence for the status bar: what the last code did."""
    missing = Signal(str)
    """A sentence that is true only as long as something is missing, so that nothing was done."""
    refused = Signal(Trouble)
    """A line for the problem bar: codes that were not accepted."""
    settled = Signal()
    """That line may go."""
    tally = Signal(str)
    """How many codes were scanned since it was switched on."""

    def __init__(
        self,
        bench: Bench,
        table: PhoneTable,
        field: FindField,
        url: UrlField,
        actions: QObject,
        window: QWidget,
    ) -> None:
        """`actions` has the actions whose letters are off while it is on."""
        super().__init__(window)
        self.sounds = Sounds(self)
        self._bench = bench
        self._table = table
        self._field = field
        self._on = False
        self._good = self._bad = 0
        self.looked_up = ""
        """The key that was scanned last with the switch off. Read only."""
        self._keys = ScannerKeys(table, field, actions, window)
        self.letters_work = self._keys.letters_work
        self._keys.want_letters(bench.setting(LETTER_KEYS))
        self._keys.scanned_into_table.connect(self._scanned_into_table)
        field.scanned.connect(self.scan)
        field.looked_up.connect(self._look_up)
        ScanGuard(url, url.currentText, url.put_back).caught.connect(self._caught)
        table.url_edit_opened.connect(self._guard_url)

    def guard_filter(self, field: QLineEdit) -> None:
        """While it is on, a scan into this filter is a scan too; otherwise it filters."""
        astray = ScanGuard(field, field.text, field.setText, lambda: self._on)
        astray.caught.connect(self._caught)

    def _guard_url(self, editor: QLineEdit) -> None:
        ScanGuard(editor, editor.text, editor.setText).caught.connect(self._caught)

    def switch(self, on: bool) -> None:
        """Switch it on or off. It is off at every start of the program."""
        if on == self._on:
            return
        self._on = on
        self._good = self._bad = 0
        self._field.set_scanning(on)
        self._keys.switch(on)
        self.settled.emit()
        self.tally.emit("")
        if on:
            self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self._field.selectAll()
            self.said.emit(
                self.tr(
                    "From now on, every phone that you scan is approved. Ctrl+B switches this off."
                )
            )
        else:
            self._field.clear()
            self._table.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.said.emit(self.tr("From now on, a scan only finds the phone."))

    def switch_letters(self, on: bool) -> None:
        """Whether single letters are commands, from now on and after a restart."""
        self._bench.set_setting(LETTER_KEYS, on)
        self._keys.want_letters(on)

    @property
    def letters(self) -> bool:
        """Whether single letters are commands now."""
        return self._keys.letters

    def scan(self, text: str) -> None:
        """Approve the one phone that the code means."""
        try:
            mac = read_scan(text)
        except Trouble as trouble:
            self._refuse(trouble)
            return
        sentence = self._approve(mac)
        if not self._bench.phones[mac].asked:
            sentence = f"{sentence} {outcomes.by_address(mac)}".rstrip()
        self._good += 1
        self.settled.emit()
        self.sounds.good()
        self._show(mac)
        self._count()
        self.said.emit(sentence)

    def _approve(self, mac: str) -> str:
        phone = self._bench.phones.get(mac)
        if phone is None:
            self._bench.apply_sheet([SheetLine(0, mac, Decision.APPROVED, None, None)], How.SCAN)
            text = self.tr("{phone} is new: added and approved. It gets its URL when it asks.")
            return text.format(phone=show_mac(mac))
        if phone.decision is Decision.APPROVED and phone.has_url:
            text = self.tr("{phone} is already approved and was sent its URL.")
            return joined(text.format(phone=outcomes.name(phone)), warning(phone))
        denied = phone.decision is Decision.DENIED
        disputed = warning(phone)
        sentence = outcomes.approved([phone], 1, self._bench.approve([mac], How.SCAN))
        return joined(sentence, disputed, self.tr("It was denied before.") if denied else "")

    def _refuse(self, trouble: Trouble) -> None:
        self._bad += 1
        self.sounds.bad()
        self._count()
        self.said.emit(trouble_text(trouble))
        if self._bad > 1:
            trouble = Trouble(
                "{count} codes were not accepted, the last one: {reason}",
                code=BAD,
                count=self._bad,
                reason=trouble_text(trouble),
            )
        self.refused.emit(trouble)

    def _count(self) -> None:
        both, good = self.tr("{good} scanned, {bad} not accepted"), self.tr("{good} scanned")
        text = both if self._bad else good
        self.tally.emit(text.format(good=self._good, bad=self._bad))

    def _look_up(self, text: str) -> None:
        """Scanned with the switch off: show the phone, decide nothing."""
        mac = self.looked_up = find_mac(text) or ""
        phone = self._bench.phones.get(mac)
        if phone is None:
            self.sounds.bad()
            self.missing.emit(self.tr("{phone} is not known here.").format(phone=show_mac(mac)))
            return
        self.sounds.good()
        self._show(mac)
        self.said.emit(self.tr("Found {phone}.").format(phone=outcomes.name(phone)))

    def _caught(self, text: str) -> None:
        """A scanner typed into a URL or a filter, whose text is as it was."""
        if self._on:
            self._field.setFocus(Qt.FocusReason.OtherFocusReason)
            self._field.clear()  # what is there would hide the phone, and get into the next scan
            self.scan(text)
        else:
            self.sounds.bad()
            self.said.emit(
                self.tr(
                    "A scanner typed into the URL field. The URL was not changed. Press Ctrl+F"
                    " first, then scan."
                )
            )

    def _scanned_into_table(self) -> None:
        self.said.emit(self.tr("A scanner typed into the table: press Ctrl+F first, then scan."))

    def _show(self, mac: str) -> None:
        self._table.set_only(None)
        self._table.phone_model.flush()
        self._table.select_keys([mac])
