"""The line at the bottom: phones by status, what was just done, and the network's counts."""

from __future__ import annotations

from collections.abc import Callable, Collection
from collections.abc import Set as AbstractSet

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QLabel, QStatusBar, QWidget

from pnp_gui.bench.phones.counts import Counts
from pnp_gui.ui.actions import Actions
from pnp_gui.ui.find.count_buttons import CountButtons
from pnp_gui.ui.listening import Listening
from pnp_gui.ui.theme import theme
from pnp_gui.ui.widgets.announce import announce
from pnp_gui.ui.widgets.elided_label import SEPARATOR, ElidedLabel
from pnp_gui.ui.widgets.fitted_bar import fitting_form
from pnp_gui.ui.widgets.key_button import KeyButton

SAY_FOR_MS = 8_000
"""How long a sentence about the last action replaces the counts."""


class StatusBar(QStatusBar):
    """Left: counts, or what an action just did. Right: the network, and two buttons.

    A sentence is taken back by its opposite: as soon as there is what it said was missing ("No
    phone is selected"), or when another program has the clipboard that it spoke of.
    """

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self.setAccessibleName(self.tr("Status"))
        self._missed: Collection[str] = ()
        self._wire: list[str] = []
        self.counts = CountButtons(self)
        self.left = ElidedLabel(self)
        self.left.setAccessibleDescription(self.tr("Last action"))
        self.left.setContentsMargins(theme.spacing(11), 0, 0, 0)
        theme.set_tone(self.left, "accent")
        self.wire = QLabel(self)
        self.wire.setAccessibleDescription(self.tr("Network"))
        theme.set_tone(self.wire, "dim")
        self.pane = KeyButton(actions.details, self, flat=True)
        self.log = KeyButton(actions.log, self, flat=True)
        self.addWidget(self.counts, 1)
        self.addWidget(self.left, 1)
        self.left.hide()
        self.addPermanentWidget(self.wire)
        self.addPermanentWidget(self.pane)
        self.addPermanentWidget(self.log)
        self._over = QTimer(self, singleShot=True)
        self._over.timeout.connect(self._show_counts)
        theme.theme_changed.connect(self._make_room)
        QGuiApplication.clipboard().dataChanged.connect(self._clipboard_changed)

    def tab_stops(self) -> list[QWidget]:
        return [*self.counts.tab_stops(), self.pane, self.log]

    def say(self, text: str, missed: Collection[str] = ()) -> None:
        """Show what an action did for a few seconds; a screen reader says it. `missed`: what was
        not there when it was said, see `take_back`."""
        self._over.start(SAY_FOR_MS)
        self._missed = missed
        self.left.show_text(text)
        self.counts.hide()
        self.left.show()
        self._make_room()
        announce(self.left, text)

    def take_back(self, missing: Callable[[], AbstractSet[str]]) -> None:
        """Stop showing a sentence that missed anything that is not `missing` now."""
        if self._missed and self._over.isActive() and not set(self._missed) <= missing():
            self._end()

    def _clipboard_changed(self) -> None:
        if self._over.isActive() and not QGuiApplication.clipboard().ownsClipboard():
            self._end()

    def _end(self) -> None:
        self._over.stop()
        self._show_counts()

    def show_counts(self, counts: Counts) -> None:
        """Show these counts. Zeros are left out, except for the phones."""
        if self.counts.show_counts(counts):
            self._make_room()

    def show_wire(self, listening: Listening) -> None:
        """The UDP port, how many interfaces, and how many datagrams came."""
        if listening.listening:
            ports = self.tr("%n interfaces", "", len(listening.joined))
            where = [self.tr("UDP {port}").format(port=listening.port), ports]
        else:
            where = [self.tr("Not listening")]
        where.append(self.tr("requests {n}").format(n=listening.heard))
        where.append(self.tr("ignored {n}").format(n=listening.ignored))
        if where != self._wire:
            self._wire = where
            self.wire.setAccessibleName(SEPARATOR.join(where))
            self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _show_counts(self) -> None:
        self.left.hide()
        self.left.show_text("")
        self.counts.show()
        self._make_room()

    def _make_room(self) -> None:
        """If it is narrow, the buttons lose their keys, the counts are short, and the network's
        counts give way, then the ports."""
        buttons = (self.pane, self.log)
        form = fitting_form(buttons, self.width() // 3)
        for button in buttons:
            button.set_form(form)
        taken = sum(button.width_in(form) for button in buttons) + theme.spacing(54)
        room = self.width() - taken
        said = not self.left.isHidden()
        words = self.left.fontMetrics().horizontalAdvance(self.left.text())
        free = room - (words if said else self.counts.width_within(room))
        advance = self.wire.fontMetrics().horizontalAdvance
        texts = (SEPARATOR.join(self._wire[:parts]) for parts in range(len(self._wire), 0, -1))
        self.wire.setText(next((text for text in texts if advance(text) <= free), ""))
        self.wire.setToolTip(SEPARATOR.join(self._wire))
