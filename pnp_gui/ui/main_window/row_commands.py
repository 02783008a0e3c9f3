"""What is done with the selected rows and neither decides nor sends: editing, copying, opening
pages, and what it will ask for."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from pnp_gui.bench.bench import Bench
from pnp_gui.pnp.mac import show_mac
from pnp_gui.system.steps import Steps
from pnp_gui.ui.decisions.phone_actions import PhoneActions
from pnp_gui.ui.table.view import PhoneTable
from pnp_gui.ui.widgets.desktop import open_page_of
from pnp_gui.ui.widgets.step_runner import StepRunner


class RowCommands(QObject):
    """Each takes what is selected now, and says what it did."""

    said = Signal(str)
    """A sentence for the status bar."""

    def __init__(self, bench: Bench, table: PhoneTable, phones: PhoneActions) -> None:
        super().__init__(table)
        self._bench = bench
        self._table = table
        self._phones = phones
        self._naming = StepRunner(self._copy_names, self)
        table.copied.connect(self._rows_copied)

    def edit_url(self) -> None:
        if self._phones.known(self._table.selected_keys()):
            self._table.edit_url()

    def edit_label(self) -> None:
        if self._phones.known(self._table.selected_keys()):
            self._table.edit_label()

    def copy_rows(self) -> None:
        if self._phones.known(self._table.selected_keys()):
            self._table.copy_rows()

    def _rows_copied(self, number: int) -> None:
        self.said.emit(self.tr("%n rows are on the clipboard.", "", number))

    def copy_macs(self) -> None:
        if phones := self._phones.known(self._table.selected_keys()):
            macs = [show_mac(phone.mac) for phone in phones if phone.mac]
            self._copy(macs)
            self.said.emit(
                self.tr("%n MAC addresses are on the clipboard.", "", len(macs))
                if macs
                else self.tr("None of the selected phones has a known MAC address.")
            )

    def copy_addresses(self) -> None:
        if phones := self._phones.known(self._table.selected_keys()):
            addresses = [phone.address for phone in phones if phone.address]
            self._copy(addresses)
            self.said.emit(
                self.tr("%n IP addresses are on the clipboard.", "", len(addresses))
                if addresses
                else self.tr("None of the selected phones has asked yet, so no address is known.")
            )

    def open_page(self) -> None:
        """One page at a time: nobody wants fifty windows."""
        phones = self._phones.known(self._table.selected_keys())
        if len(phones) > 1:
            self.said.emit(self.tr("Select a single phone to open its web page."))
        elif phones and not phones[0].address:
            self.said.emit(self.tr("This phone has not asked yet, so its address is not known."))
        elif phones:
            address = phones[0].address
            text = self.tr("Opening http://{address}/ in your browser.")
            if not open_page_of(address):
                text = self.tr(
                    "No browser could be started. The phone's web page is http://{address}/"
                )
            self.said.emit(text.format(address=address))

    def show_expected_files(self) -> None:
        """What the selected phone will ask for."""
        phones = self._phones.known(self._table.selected_keys())
        if len(phones) > 1:
            self.said.emit(self.tr("Select a single phone to see its files."))
        elif phones:
            from pnp_gui.ui.files.expected_dialog import ExpectedDialog

            ExpectedDialog(self._bench, phones[0].key, self._table.window()).open()

    def copy_file_names(self) -> None:
        """The names that the files should have which the selected phones do not find."""
        if phones := self._phones.known(self._table.selected_keys()):
            self._naming.start(self._missing_names([phone.key for phone in phones]))

    def _missing_names(self, keys: list[str]) -> Steps[list[str]]:
        names: dict[str, None] = {}
        for number, key in enumerate(keys):
            if number:
                yield 100 * number // len(keys)
            if key in self._bench.phones:
                names |= dict.fromkeys(one.right_name for one in self._bench.missing_files(key))
        return list(names)

    def _copy_names(self, names: list[str]) -> None:
        self._copy(names)
        text = self.tr("As far as is known, these phones are missing no files.")
        if not self._bench.served.serving:
            text = self.tr("No folder is being served, so it is not known which files are missing.")
        if len(names) == 1:
            text = self.tr("On the clipboard: {name}. Give the file this name.")
            text = text.format(name=names[0])
        elif names:
            text = self.tr("%n names of missing files are on the clipboard.", "", len(names))
        self.said.emit(text)

    def _copy(self, lines: list[str]) -> None:
        if lines:
            QGuiApplication.clipboard().setText("\n".join(lines))
