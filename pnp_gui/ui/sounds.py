"""Two short sounds, for somebody whose eyes are on the phones: that was good, that was not."""

from __future__ import annotations

import sys
import time

from PySide6.QtCore import QProcess, QProcessEnvironment, QStandardPaths, QTimer
from PySide6.QtWidgets import QApplication

from pnp_gui.resources import resource_path

PLAYERS = ("pw-play", "paplay", "aplay")
"""What plays a file on Linux, the first one present. Without any the computer beeps."""

APART_S = 0.12
"""Seconds between two sounds at the least: a burst of scans is no reason to start a hundred."""

_SECOND_BEEP_MS = 250


class Sounds:
    """A high note and a low pair of notes, told apart with the eyes shut."""

    def __init__(self) -> None:
        self._at = 0.0
        self._bad_at = 0.0

    def good(self) -> None:
        """It was done. Never cuts a bad sound off."""
        now = time.monotonic()
        if now - max(self._at, self._bad_at + APART_S) >= APART_S:
            self._at = now
            self._play("good")

    def bad(self) -> None:
        """It was not done."""
        now = time.monotonic()
        if now - self._bad_at >= APART_S:
            self._bad_at = now
            self._play("bad")

    def _play(self, name: str) -> None:
        path = str(resource_path("sounds", f"{name}.wav"))
        if sys.platform == "win32":
            import winsound

            flags = winsound.SND_FILENAME | winsound.SND_ASYNC | winsound.SND_NODEFAULT
            try:
                winsound.PlaySound(path, flags)
            except RuntimeError:
                self._beep(name)
        elif not _start_player(path):
            self._beep(name)

    def _beep(self, name: str) -> None:
        QApplication.beep()
        if name == "bad":
            QTimer.singleShot(_SECOND_BEEP_MS, QApplication.beep)


def _start_player(path: str) -> bool:
    player = next(filter(None, map(QStandardPaths.findExecutable, PLAYERS)), "")
    if not player:
        return False
    process = QProcess()
    process.setProgram(player)
    process.setArguments([path])
    process.setStandardOutputFile(QProcess.nullDevice())
    process.setStandardErrorFile(QProcess.nullDevice())
    if getattr(sys, "frozen", False):
        # The bundle's own libraries are not for the system's programs.
        environment = QProcessEnvironment.systemEnvironment()
        environment.insert("LD_LIBRARY_PATH", environment.value("LD_LIBRARY_PATH_ORIG"))
        process.setProcessEnvironment(environment)
    started, _ = process.startDetached()
    return bool(started)
