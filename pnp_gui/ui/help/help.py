"""The entries of the Help menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from pnp_gui.bench.bench import Bench
from pnp_gui.system.printable import printable
from pnp_gui.ui.help.pages import KEYS, LICENCES, MANUAL
from pnp_gui.ui.widgets.desktop import open_path

# Imported when it is first needed, as it delays the start.
if TYPE_CHECKING:
    from pnp_gui.ui.help.window import HelpWindow


class Help(QObject):
    """Has one window at a time; a second call brings it to the front."""

    said = Signal(str)
    """A sentence for the status bar."""

    def __init__(self, bench: Bench, window: QWidget) -> None:
        super().__init__(window)
        self._bench = bench
        self._window = window
        self.opened: HelpWindow | None = None

    def show_manual(self) -> None:
        self._show(MANUAL)

    def show_keys(self) -> None:
        self._show(KEYS)

    def show_licences(self) -> None:
        self._show(LICENCES)

    def open_log_folder(self) -> None:
        folder = self._bench.store.folder
        text = self.tr("The log is in {folder}")
        if not folder.is_dir() or not open_path(folder):
            text = self.tr("No file manager could be started. The log is in {folder}")
        self.said.emit(text.format(folder=printable(str(folder))))

    def _show(self, page: str) -> None:
        if self.opened is None:
            from pnp_gui.ui.help.window import HelpWindow

            self.opened = HelpWindow(self._window)
            self.opened.destroyed.connect(self._closed)
        self.opened.pages.go(page)
        self.opened.show()
        self.opened.raise_()
        self.opened.activateWindow()

    def _closed(self) -> None:
        self.opened = None
