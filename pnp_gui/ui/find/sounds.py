"""Two short sounds, for somebody whose eyes are on the phones: that was good, that was not.

On Linux another program plays them. It may hang, fail or vanish: then the next one of `PLAYERS`
does it, and the computer beeps where none is left. A sound never raises and never waits.
"""

from __future__ import annotations

import sys
import time
from functools import partial

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QStandardPaths, QTimer, Signal
from PySide6.QtWidgets import QApplication

from pnp_gui.resources import resource_path
from pnp_gui.ui.widgets.best_effort import best_effort

PLAYERS = ("pw-play", "paplay", "aplay")
"""What plays a file on Linux, in this order of preference."""

APART_S = 0.12
"""Seconds between two sounds at the least: a burst of scans is no reason to start a hundred."""
HANGS_MS = 4000
"""After this a player hangs and is ended; the longer sound takes half a second."""
END_MS = 500
"""So long the program's own end waits for one that it ended."""

_SECOND_BEEP_MS = 250


class Sounds(QObject):
    """A high note and a low pair of notes, told apart with the eyes shut."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._at = 0.0
        self._bad_at = 0.0
        self._players: list[str] | None = None
        """Paths of the programs that play and have not failed; None: not looked for yet."""
        self._playing: dict[str, Player] = {}
        """One for each sound at most."""

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

    def stop(self) -> None:
        """End what is being played; no process is left."""
        while self._playing:
            self._playing.popitem()[1].stop()

    def _play(self, name: str) -> None:
        with best_effort("play a sound"):
            if sys.platform == "win32":
                import winsound

                flags = winsound.SND_FILENAME | winsound.SND_ASYNC | winsound.SND_NODEFAULT
                try:
                    winsound.PlaySound(_path(name), flags)
                except RuntimeError:
                    self._beep(name)
            elif name not in self._playing:
                self._start_player(name)

    def _start_player(self, name: str) -> None:
        if self._players is None:
            self._players = [*filter(None, map(QStandardPaths.findExecutable, PLAYERS))]
        if not self._players:
            self._beep(name)
            return
        player = self._playing[name] = Player(self._players[0], _path(name), self)
        player.ended.connect(partial(self._ended, name, player))
        player.play()

    def _ended(self, name: str, player: Player, played: bool) -> None:
        """Its process is gone. A program that failed is not tried again in this run."""
        del self._playing[name]
        player.deleteLater()
        if played:
            return
        if self._players and self._players[0] == player.program():
            del self._players[0]
        self._play(name)

    def _beep(self, name: str) -> None:
        QApplication.beep()
        if name == "bad":
            QTimer.singleShot(_SECOND_BEEP_MS, QApplication.beep)


class Player(QProcess):
    """One sound on its way: a process that is gone when `ended` says so."""

    ended = Signal(bool)
    """Whether the sound was played."""

    def __init__(self, program: str, sound: str, parent: QObject) -> None:
        super().__init__(parent)
        self.setProgram(program)
        self.setArguments([sound])
        self.setStandardInputFile(self.nullDevice())
        self.setStandardOutputFile(self.nullDevice())
        self.setStandardErrorFile(self.nullDevice())
        if getattr(sys, "frozen", False):
            # The bundle's own libraries are not for the system's programs.
            environment = QProcessEnvironment.systemEnvironment()
            environment.insert("LD_LIBRARY_PATH", environment.value("LD_LIBRARY_PATH_ORIG"))
            self.setProcessEnvironment(environment)
        self.finished.connect(self._finished)
        self.errorOccurred.connect(self._failed)

    def play(self) -> None:
        """Start. Whatever comes of it, `ended` follows."""
        self.start()
        QTimer.singleShot(HANGS_MS, self, self.kill)

    def stop(self) -> None:
        """End it now, without a word."""
        self.blockSignals(True)
        self.kill()
        self.waitForFinished(END_MS)

    def _finished(self, code: int, status: QProcess.ExitStatus) -> None:
        self.ended.emit(code == 0 and status is QProcess.ExitStatus.NormalExit)

    def _failed(self, error: QProcess.ProcessError) -> None:
        # Of every other error `finished` tells as well.
        if error is QProcess.ProcessError.FailedToStart:
            self.ended.emit(False)


def _path(name: str) -> str:
    return str(resource_path("sounds", f"{name}.wav"))
