"""The whole program with somebody before the window: ``python -m tests.end_to_end.watched …``, with
the program's own arguments.

Into the file seen.json in the home folder goes what the window shows, ten times a second: the
sentences of the problem bar and the word in the Decision column by phone. A wish in wish.json,
``{"number": 1, "keys": [...], "press": "A"}``, is carried out by the keyboard.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest

from pnp_gui.__main__ import log_folder
from pnp_gui.app.main import main
from pnp_gui.system.fatal import run
from pnp_gui.ui.main_window import window
from pnp_gui.ui.table.columns import Column

LOOK = 100
"""Milliseconds."""

SEEN, WISH = "seen.json", "wish.json"


class Watcher:
    """Eyes and fingers."""

    def __init__(self, watched: window.MainWindow) -> None:
        self._window = watched
        home = Path(os.environ["HOME"])
        self._seen, self._wish = home / SEEN, home / WISH
        self._done = 0
        self._timer = QTimer(watched)
        self._timer.timeout.connect(self._look)
        self._timer.start(LOOK)

    def _look(self) -> None:
        if self._wish.exists():
            wish = json.loads(self._wish.read_text())
            if wish["number"] > self._done:
                self._done = wish["number"]
                self._window.table.select_keys(wish["keys"])
                QTest.keyClick(self._window.table, Qt.Key[f"Key_{wish['press']}"])
        bar = [line.sentence.text() for line in self._window.problem_bar.lines]
        shown = bar if self._window.problem_bar.isVisible() else []
        write(self._seen, {"done": self._done, "bar": shown, "decisions": self._decisions()})

    def _decisions(self) -> dict[str, str]:
        model = self._window.table.phone_model
        rows = range(model.rowCount())
        return {
            model.key_at(row): str(model.data(model.index(row, Column.DECISION))).lower()
            for row in rows
        }


def write(path: Path, value: Any) -> None:
    """In one step, so that nobody reads a half."""
    part = path.with_suffix(".part")
    part.write_text(json.dumps(value))
    part.replace(path)


class Watched(window.MainWindow):
    """The window, watched."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._watcher = Watcher(self)


if __name__ == "__main__":
    window.MainWindow = Watched  # type: ignore[assignment, misc]
    sys.exit(run(main, log_folder))
