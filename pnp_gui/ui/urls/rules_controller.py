"""Opens the window of the rules, and tells it which phone is selected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from pnp_gui.bench.bench import Bench

# Imported when it is first needed, as it delays the start.
if TYPE_CHECKING:
    from pnp_gui.ui.urls.rules_dialog import RulesDialog


class RulesController(QObject):
    """Opens the one rules window, made when it is first needed."""

    default_wanted = Signal()
    """The technician wants to change the default URL."""

    made = Signal(object)
    """The window (`RulesDialog`) was made."""

    def __init__(self, bench: Bench, window: QWidget) -> None:
        super().__init__(window)
        self._bench = bench
        self._window = window
        self._phone = ""
        self.dialog: RulesDialog | None = None

    def open(self) -> None:
        """Show the window, in front."""
        if self.dialog is None:
            from pnp_gui.ui.urls.rules_dialog import RulesDialog

            self.dialog = RulesDialog(self._bench, self._window)
            self.dialog.default_wanted.connect(self.default_wanted)
            self.made.emit(self.dialog)
        self.dialog.form.set_phone(self._phone)
        self.dialog.show()
        self.dialog.raise_()
        self.dialog.activateWindow()

    def set_phone(self, key: str) -> None:
        """The phone that is selected in the main window, "" for none."""
        self._phone = key
        if self.dialog is not None and self.dialog.isVisible():
            self.dialog.form.set_phone(key)

    def finish(self) -> None:
        """The program ends."""
        if self.dialog is not None:
            self.dialog.finish()
