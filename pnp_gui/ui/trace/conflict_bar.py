"""A conflict in words, and a button for each way out of it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QLabel, QWidget

from pnp_gui.bench.phones.phone import Decision, Phone
from pnp_gui.ui.theme import icons, theme
from pnp_gui.ui.widgets.key_button import KeyButton
from pnp_gui.ui.widgets.layout import column, row
from pnp_gui.ui.words.conflict import who_asks


class ConflictBar(QWidget):
    """Hidden for a phone without a conflict. The buttons are for the phone that is shown."""

    chosen = Signal(str, str)
    """The phone's key, and the address to serve; "": neither."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Conflict"))
        selectable = Qt.TextInteractionFlag.TextSelectableByMouse
        self.sentence = QLabel(self, wordWrap=True, textInteractionFlags=selectable)
        self.sentence.setAccessibleName(self.tr("Conflict"))
        theme.set_tone(self.sentence, "bad")
        self._key = ""
        self._actions = [QAction(self, autoRepeat=False) for _ in range(3)]
        self.buttons = [KeyButton(action, self) for action in self._actions]
        for action, name, tone in zip(
            self._actions,
            ("approve", "approve", "deny"),
            ("good", "good", "bad"),
            strict=True,
        ):
            # The keys are the table's; here they are shown.
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.setIcon(icons.icon(name, tone))
            action.triggered.connect(self._choose)
        column(self.sentence, row(*self.buttons, None), on=self, gap=6, edges=(0, 2, 0, 2))
        self.hide()

    def show_conflict(self, phone: Phone, *, alone: bool) -> None:
        """`alone`: it is the one selected phone, so that the keys are for it."""
        conflict = phone.conflict
        self.setVisible(conflict is not None)
        if conflict is None:
            return
        self._key = phone.key
        self.sentence.setText(f"\N{WARNING SIGN} {' '.join(who_asks(phone))}")
        approved = phone.decision is Decision.APPROVED
        serve = self.tr("Serve {address}")
        for action, text, address, key in zip(
            self._actions,
            (serve, serve, self.tr("Neither")),
            (phone.address, conflict.address, ""),
            ("S", "X", "D") if approved else ("A", "X, A", "D"),
            strict=True,
        ):
            action.setData(address)
            action.setText(text.format(address=address))
            action.setShortcut(QKeySequence(key if alone else ""))
            action.setToolTip(
                self.tr("This address gets the URL, the other one nothing.")
                if address
                else self.tr("The phone is denied: no address gets anything.")
            )

    def _choose(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.chosen.emit(self._key, action.data())
