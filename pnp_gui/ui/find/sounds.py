"""Two short sounds, for good and bad, for a technician who looks at the phones.

On Linux another program plays them. If it hangs, fails or is missing, the next of `PLAYERS` is
used, and a beep if none is left. A sound never raises and never blocks.
"""

from __future__ import annotations

import sys
import time

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QStandardPaths, QTimer, Signal
from PySide6.QtWidgets import QApplication

from pnp_gui.resources import resource_path
from pnp_gui.ui.widgets.best_effort import best_effort

PLAYERS = ("pw-play", "paplay", "aplay")
"""Programs that play a file on Linux, the preferred one first."""

APART_S = 0.12
"""Seconds between two sounds, at least: a burst of scans must not start a hundred players."""
HANGS_MS = 4000
"""A player that takes longer is killed; the longer sound takes half a second."""
END_MS = 500
"""How long the program waits, when it stops, for a player that it killed."""

_SECOND_BEEP_MS = 250


class Sounds(QObject):
    """A high note, and two low notes."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._at = 0.0
        self._bad_at = 0.0
        self._players: list[str] | None = None
        """Paths of the programs that have not failed; None: not searched yet."""
        self._playing: dict[str, Player] = {}
        """By the sound's name: at most one each."""

    def good(self) -> None:
        """Good. Does not interrupt a bad sound."""
        now = time.monotonic()
        if now - max(self._at, self._bad_at + APART_S) >= APART_S:
            self._at = now
            self._play("good")

    def bad(self) -> None:
        now = time.monotonic()
        if now - self._bad_at >= APART_S:
            self._bad_at = now
            self._play("bad")

    def stop(self) -> None:
        """Stop what is played; no process is left."""
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
        player = self._playing[name] = Player(self._players[0], name, self)
        # No `partial`: it would keep this object alive until the player is destroyed, and then
        # destroy it from within the player's own destructor.
        player.ended.connect(self._ended)
        player.play()

    def _ended(self, player: Player, played: bool) -> None:
        """A player's process ended. A program that failed is not used again in this run."""
        del self._playing[player.name]
        player.deleteLater()
        if played:
            return
        if self._players and self._players[0] == player.program():
            del self._players[0]
        self._play(player.name)

    def _beep(self, name: str) -> None:
        QApplication.beep()
        if name == "bad":
            QTimer.singleShot(_SECOND_BEEP_MS, QApplication.beep)


class Player(QProcess):
    """The process that plays one sound."""

    ended = Signal(QProcess, bool)
    """The process (this one) is gone; whether the sound was played."""

    def __init__(self, program: str, name: str, parent: QObject) -> None:
        """`name`: of the sound, "good" or "bad"."""
        super().__init__(parent)
        self.name = name
        self.setProgram(program)
        self.setArguments([_path(name)])
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
        """Start. `ended` follows in any case."""
        self.start()
        QTimer.singleShot(HANGS_MS, self, self.kill)

    def stop(self) -> None:
        """Stop it now; `ended` is not emitted."""
        self.blockSignals(True)
        self.kill()
        self.waitForFinished(END_MS)

    def _finished(self, code: int, status: QProcess.ExitStatus) -> None:
        self.ended.emit(self, code == 0 and status is QProcess.ExitStatus.NormalExit)

    def _failed(self, error: QProcess.ProcessError) -> None:
        # After any other error, `finished` follows.
        if error is QProcess.ProcessError.FailedToStart:
            self.ended.emit(self, False)


def _path(name: str) -> str:
    return str(resource_path("sounds", f"{name}.wav"))
