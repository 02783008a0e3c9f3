"""Tells of phones that began to ask while the window is not in front: taskbar, tray, a sound.

A floor of phones makes one notice, not hundreds: they are gathered for a moment, and two notices
have some time between them. Where the system has no tray, taskbar and sound have to do.
"""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget

from pnp_gui.bench.bench import Bench
from pnp_gui.bench.phones.phone import Phone
from pnp_gui.bench.store import settings
from pnp_gui.ui.actions import Actions
from pnp_gui.ui.table.seen import in_front
from pnp_gui.ui.theme import icons
from pnp_gui.ui.widgets.best_effort import best_effort
from pnp_gui.ui.words.phone import phone_text
from pnp_gui.ui.words.plain import for_notice

GATHER_MS = 1500
"""From the first phone to the notice: a switch that comes up boots all its phones in that time."""
PAUSE_MS = 30_000
"""Between two notices, while nobody looks."""
MAKES_NAMED = 4
"""Makes that a notice counts up; the others are "others"."""

_COMES_TO_FRONT = (QEvent.Type.WindowActivate, QEvent.Type.WindowStateChange)


class Notifications(QObject):
    """Watches which phones are marked as new."""

    def __init__(self, bench: Bench, window: QWidget, actions: Actions) -> None:
        super().__init__(window)
        self._bench = bench
        self._window = window
        self._told: set[str] = set()
        self._tray: QSystemTrayIcon | None = None
        self._gather = QTimer(self)
        self._gather.setSingleShot(True)
        self._gather.timeout.connect(self._notify)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._notices, self._sound = actions.notices, actions.sound
        self._notices.setChecked(bench.setting(settings.NOTICES))
        self._sound.setChecked(bench.setting(settings.NOTICE_SOUND))
        self._sound.setEnabled(self._notices.isChecked())
        self._notices.toggled.connect(self._switch)
        self._sound.toggled.connect(lambda on: bench.set_setting(settings.NOTICE_SOUND, on))
        window.installEventFilter(self)

    def phones_changed(self, keys: set[str]) -> None:
        """Phones changed, came or went: perhaps some that began to ask."""
        phones = self._bench.phones
        news = False
        for key in keys:
            phone = phones.get(key)
            if phone is None or not phone.unseen:
                self._told.discard(key)
            elif key not in self._told:
                self._told.add(key)
                news = True
        if news and self._notices.isChecked() and not self._gather.isActive():
            self._gather.start(max(GATHER_MS, self._pause.remainingTime()))

    def close(self) -> None:
        """Take the icon out of the tray."""
        self._gather.stop()
        if self._tray is not None:
            self._tray.hide()

    def _notify(self) -> None:
        phones = [self._bench.phones[key] for key in self._bench.unseen]
        if not phones or not self._notices.isChecked() or in_front(self._window):
            return
        self._pause.start(PAUSE_MS)
        with best_effort("flash the taskbar"):
            QApplication.alert(self._window)
        with best_effort("show a notice in the tray"):
            if QSystemTrayIcon.isSystemTrayAvailable():
                self._show_in_tray(self.text_for(phones))
        with best_effort("play a sound"):
            if self._sound.isChecked():
                QApplication.beep()

    def _show_in_tray(self, text: str) -> None:
        text = for_notice(text)
        if self._tray is None:
            self._tray = QSystemTrayIcon(icons.app_icon(), self)
            self._tray.activated.connect(self._come_to_front)
            self._tray.messageClicked.connect(self._come_to_front)
        self._tray.setToolTip(text)
        self._tray.show()
        self._tray.showMessage(self.tr("PnP Bench"), text, icons.app_icon())

    def text_for(self, phones: list[Phone]) -> str:
        """Who asks, in one line."""
        if len(phones) == 1:
            [phone] = phones
            who = f"{phone.make} {phone.model}".strip() or phone_text(phone)
            return self.tr("A phone asks: {phone} at {address}").format(
                phone=who, address=phone.address
            )
        makes = Counter(phone.make or self.tr("others") for phone in phones).most_common()
        named = [f"{count} {make}" for make, count in makes[:MAKES_NAMED]]
        rest = sum(count for _, count in makes[MAKES_NAMED:])
        if rest:
            named.append(self.tr("{n} others").format(n=rest))
        text = self.tr("%n phones ask: {makes}", "", len(phones))
        return text.format(makes=", ".join(named))

    def _come_to_front(self) -> None:
        if self._window.isMinimized():
            self._window.showNormal()
        self._window.raise_()
        self._window.activateWindow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """When the window comes to the front, what is still to be said is seen anyway."""
        if event.type() in _COMES_TO_FRONT and in_front(self._window):
            self._pause.stop()
            self.close()
        return super().eventFilter(watched, event)

    def _switch(self, on: bool) -> None:
        self._bench.set_setting(settings.NOTICES, on)
        self._sound.setEnabled(on)
        if not on:
            self.close()
