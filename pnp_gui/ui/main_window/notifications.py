"""Notifications of phones that ask while the window is not in front: taskbar, tray, a sound.

Phones are gathered for a moment, and notifications keep some time apart, so that a switch full of
phones makes one and not hundreds. A system without a tray has only the taskbar and the sound.
"""

from __future__ import annotations

from collections import Counter
from functools import partial

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget

from pnp_gui.bench.bench import Bench
from pnp_gui.bench.phones.phone import Phone
from pnp_gui.bench.store import settings
from pnp_gui.ui.actions import Actions
from pnp_gui.ui.main_window.tray_answer import when_tray_answers
from pnp_gui.ui.table.seen import in_front
from pnp_gui.ui.theme import icons
from pnp_gui.ui.widgets.best_effort import best_effort
from pnp_gui.ui.words.phone import phone_text
from pnp_gui.ui.words.plain import for_notice

GATHER_MS = 1500
"""From the first phone to the notification: the phones of a switch boot within that time."""
PAUSE_MS = 30_000
"""Between two notifications, until the window comes to the front."""
MAKES_NAMED = 4
"""Makes that a notification names; the rest are "others"."""

_COMES_TO_FRONT = (QEvent.Type.WindowActivate, QEvent.Type.WindowStateChange)


class Notifications(QObject):
    """Watches which phones are marked as new, and notifies of them."""

    def __init__(self, bench: Bench, window: QWidget, actions: Actions) -> None:
        super().__init__(window)
        self._bench = bench
        self._window = window
        self._notified: set[str] = set()
        self._tray: QSystemTrayIcon | None = None
        self._gather = QTimer(self, singleShot=True)
        self._gather.timeout.connect(self._notify)
        self._pause = QTimer(self, singleShot=True)
        self._notify_action, self._sound_action = actions.notify, actions.sound
        self._notify_action.setChecked(bench.setting(settings.NOTICES))
        self._sound_action.setChecked(bench.setting(settings.NOTICE_SOUND))
        self._sound_action.setEnabled(self._notify_action.isChecked())
        window.installEventFilter(self)

    def phones_changed(self, keys: set[str]) -> None:
        """Phones changed, came or went; some of them may be new."""
        phones = self._bench.phones
        new = False
        for key in keys:
            phone = phones.get(key)
            if phone is None or not phone.unseen:
                self._notified.discard(key)
            elif key not in self._notified:
                self._notified.add(key)
                new = True
        if new and self._notify_action.isChecked() and not self._gather.isActive():
            self._gather.start(max(GATHER_MS, self._pause.remainingTime()))

    def phones_renamed(self, renamed: dict[str, str]) -> None:
        """Phones have other keys, and are no others for that."""
        self._notified |= {new for old, new in renamed.items() if old in self._notified}

    def close(self) -> None:
        """Remove the icon from the tray."""
        self._gather.stop()
        if self._tray is not None:
            self._tray.hide()

    def _notify(self) -> None:
        phones = [self._bench.phones[key] for key in self._bench.unseen]
        if not phones or not self._notify_action.isChecked() or in_front(self._window):
            return
        self._pause.start(PAUSE_MS)
        with best_effort("flash the taskbar"):
            QApplication.alert(self._window)
        when_tray_answers(partial(self._show_in_tray, self.text_for(phones)), self)
        with best_effort("play a sound"):
            if self._sound_action.isChecked():
                QApplication.beep()

    def _show_in_tray(self, text: str) -> None:
        with best_effort("show a notification in the tray"):
            if in_front(self._window) or not QSystemTrayIcon.isSystemTrayAvailable():
                return
            text = for_notice(text)
            if self._tray is None:
                self._tray = QSystemTrayIcon(icons.app_icon(), self)
                self._tray.activated.connect(self._come_to_front)
                self._tray.messageClicked.connect(self._come_to_front)
            self._tray.setToolTip(text)
            self._tray.show()
            self._tray.showMessage(self.tr("PnP Bench"), text, icons.app_icon())

    def text_for(self, phones: list[Phone]) -> str:
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
            named.append(self.tr("%n others", "", rest))
        text = self.tr("%n phones ask: {makes}", "", len(phones))
        return text.format(makes=", ".join(named))

    def _come_to_front(self) -> None:
        if self._window.isMinimized():
            self._window.showNormal()
        self._window.raise_()
        self._window.activateWindow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the window that comes to the front the new phones are seen anyway."""
        if event.type() in _COMES_TO_FRONT and in_front(self._window):
            self._pause.stop()
            self.close()
        return super().eventFilter(watched, event)

    def switch(self, on: bool) -> None:
        """Notify or not, from now on and after a restart."""
        self._bench.set_setting(settings.NOTICES, on)
        self._sound_action.setEnabled(on)
        if not on:
            self.close()

    def switch_sound(self, on: bool) -> None:
        self._bench.set_setting(settings.NOTICE_SOUND, on)
