"""Opens the rules' window, and tells it which phone is selected."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from pnp_gui.bench.bench import Bench
from pnp_gui.ui.urls.rules_dialog import RulesDialog


class RulesDesk(QObject):
    """There is one such window, made when it is wanted first."""

    default_wanted = Signal()
    """The technician wants to change the default URL."""

    made = Signal(RulesDialog)
    """The window is there now."""

    def __init__(self, bench: Bench, window: QWidget) -> None:
        super().__init__(window)
        self._bench = bench
        self._window = window
        self._phone = ""
        self.dialog: RulesDialog | None = None

    def open(self) -> None:
        """Show it, in front."""
        if self.dialog is None:
            self.dialog = RulesDialog(self._bench, self._window)
            self.dialog.default_wanted.connect(self.default_wanted)
            self.made.emit(self.dialog)
        self.dialog.set_phone(self._phone)
        self.dialog.show()
        self.dialog.raise_()
        self.dialog.activateWindow()

    def set_phone(self, key: str) -> None:
        """The phone that is selected now, "" for none."""
        self._phone = key
        if self.dialog is not None:
            self.dialog.set_phone(key)

    def finish(self) -> None:
        """The program ends."""
        if self.dialog is not None:
            self.dialog.finish()
