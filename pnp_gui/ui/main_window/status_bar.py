"""The line at the bottom: phones by status, what was just done, and the network's counts."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Set as AbstractSet

from PySide6.QtCore import QTimer
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QGuiApplication,
    QResizeEvent,
)
from PySide6.QtWidgets import QLabel, QStatusBar, QWidget

from pnp_gui.bench.phones.counts import Counts
from pnp_gui.ui.actions import Actions
from pnp_gui.ui.listening import Listening
from pnp_gui.ui.theme import theme
from pnp_gui.ui.widgets.elided_label import SEPARATOR, ElidedLabel
from pnp_gui.ui.widgets.key_button import KeyButton
from pnp_gui.ui.words.status import count_words

SAY_FOR_MS = 8_000
"""How long a sentence about the last action replaces the counts."""

CLOSE_SEPARATOR = " · "
"""For a narrow window."""


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
        self._counts = self._short_counts = ""
        self._wire: list[str] = []
        self.left = ElidedLabel(self)
        self.left.setAccessibleName(self.tr("Phones"))
        self.left.setContentsMargins(theme.spacing(10), 0, 0, 0)
        self.wire = QLabel(self)
        self.wire.setAccessibleName(self.tr("Network"))
        theme.set_tone(self.wire, "dim")
        self.pane = KeyButton(actions.details, self, flat=True)
        self.log = KeyButton(actions.log, self, flat=True)
        self.addWidget(self.left, 1)
        self.addPermanentWidget(self.wire)
        self.addPermanentWidget(self.pane)
        self.addPermanentWidget(self.log)
        self._over = QTimer(self, singleShot=True)
        self._over.timeout.connect(self._show_counts)
        QGuiApplication.clipboard().dataChanged.connect(self._clipboard_changed)

    def tab_stops(self) -> list[QWidget]:
        return [self.pane, self.log]

    def say(self, text: str, missed: Collection[str] = ()) -> None:
        """Show what an action did for a few seconds; a screen reader says it. `missed`: what was
        not there when it was said, see `take_back`."""
        self._over.start(SAY_FOR_MS)
        self._missed = missed
        self.left.show_text(text)
        theme.set_tone(self.left, "accent")
        self._make_room()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.left, text))

    def take_back(self, missing: AbstractSet[str]) -> None:
        """Stop showing a sentence that missed anything that is not `missing` now."""
        if self._over.isActive() and not set(self._missed) <= missing:
            self._end()

    def _clipboard_changed(self) -> None:
        if self._over.isActive() and not QGuiApplication.clipboard().ownsClipboard():
            self._end()

    def _end(self) -> None:
        self._over.stop()
        self._show_counts()

    def show_counts(self, counts: Counts) -> None:
        """Show these counts. Zeros are left out, except for the phones."""
        parts = [(self.tr("%n phones", "", counts.phones),) * 2]
        if counts.approved:
            parts.append((self.tr("{n} approved").format(n=counts.approved),) * 2)
        parts += count_words(counts.kinds)
        whole, short_words = zip(*parts, strict=True)
        self._counts = SEPARATOR.join(whole)
        self._short_counts = CLOSE_SEPARATOR.join(short_words)
        if not self._over.isActive():
            self._show_counts()

    def show_wire(self, listening: Listening) -> None:
        """The UDP port, how many network ports, and how many datagrams came."""
        if listening.listening:
            ports = self.tr("%n network ports", "", len(listening.joined))
            where = [self.tr("UDP {port}").format(port=listening.port), ports]
        else:
            where = [self.tr("Not listening")]
        where.append(self.tr("heard {n}").format(n=listening.heard))
        where.append(self.tr("ignored {n}").format(n=listening.ignored))
        self._wire = where
        self.wire.setAccessibleDescription(SEPARATOR.join(where))
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._over.isActive():
            self._make_room()
        else:
            self._show_counts()

    def _show_counts(self) -> None:
        theme.set_tone(self.left, "")
        whole = self.left.fontMetrics().horizontalAdvance(self._counts)
        self.left.show_text(self._counts if whole <= self._room() else self._short_counts)
        self._make_room()

    def _room(self) -> int:
        """Pixels beside the buttons."""
        return self.width() - self.pane.width() - self.log.width() - theme.spacing(54)

    def _make_room(self) -> None:
        """If it is narrow, the counts at the right give way to the left, then the ports."""
        metrics = self.wire.fontMetrics()
        free = self._room() - metrics.horizontalAdvance(self.left.text())
        texts = (SEPARATOR.join(self._wire[:parts]) for parts in range(len(self._wire), 0, -1))
        text = next((text for text in texts if metrics.horizontalAdvance(text) <= free), "")
        self.wire.setText(text)
        self.wire.setToolTip(SEPARATOR.join(self._wire))
