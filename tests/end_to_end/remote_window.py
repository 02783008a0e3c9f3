"""The whole program with a window that takes commands: one line of JSON on standard input for each,
and its state as one line of JSON on standard output. Everything else is as a person starts it.

    python -m tests.end_to_end.remote_window PNP_GUI_ARGUMENT...

It can also be damaged on purpose. `tests.end_to_end.remote_program` is the other side.
In the environment: NO_STDERR, it has none; BROKEN_WINDOW, its window cannot be made.
"""

from __future__ import annotations

import asyncio
import ctypes
import gc
import json
import os
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QSocketNotifier,
    Qt,
    QTimer,
    qWarning,
)
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pnp_gui.app.fatal import run
from pnp_gui.app.listening_controller import ListeningController
from pnp_gui.app.main import main
from pnp_gui.ui.find.scanner_keys import HOLD_MS
from pnp_gui.ui.main_window import window as window_module
from pnp_gui.ui.main_window.window import MainWindow
from pnp_gui.ui.serving import Serving
from pnp_gui.ui.table.columns import Column
from pnp_gui.ui.table.model import PhoneModel
from pnp_gui.ui.theme.theme import apply_theme
from pnp_gui.ui.words.status import status_words

tasks: list[asyncio.Task[None]] = []


def fail(*_: object) -> Any:
    """A fault of our own."""
    raise ZeroDivisionError("on purpose")


class Virtual(QObject):
    """Qt calls its event()."""

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.User:
            fail()
        return super().event(event)


class Unraisable:
    def __del__(self) -> None:
        fail()


class Faults:
    """Ways to hurt it."""

    def __init__(self, window: RemoteWindow) -> None:
        self._window = window

    def slot(self) -> None:
        """An action that somebody presses."""
        action = QAction(self._window)
        action.triggered.connect(fail)
        action.trigger()

    def timer(self) -> None:
        QTimer.singleShot(0, fail)

    def painting(self) -> None:
        """What the model is asked for while the table is painted fails 1,000 times."""
        real = PhoneModel.phone_at
        calls = 0

        def phone_at(self: PhoneModel, row: int) -> Any:
            nonlocal calls
            calls += 1
            if calls <= 1000:
                fail()
            return real(self, row)

        # PySide keeps data() itself where it found it first.
        PhoneModel.phone_at = phone_at  # type: ignore[method-assign]
        # By the loop, as always: what a repaint() from here raises comes out in here.
        again = QTimer(self._window)
        again.timeout.connect(self._window.table.viewport().update)
        again.timeout.connect(lambda: again.stop() if calls >= 1000 else None)
        again.start(0)

    def task(self) -> None:
        """A task that nobody waits for: "Task exception was never retrieved"."""

        async def do() -> None:
            await asyncio.sleep(0)
            fail()

        tasks.append(asyncio.get_event_loop().create_task(do()))
        QTimer.singleShot(200, self._forget_tasks)

    def _forget_tasks(self) -> None:
        tasks.clear()
        gc.collect()

    def callback(self) -> None:
        asyncio.get_event_loop().call_soon(fail)

    def absorb(self) -> None:
        """What the pump tells, once."""
        pump = self._window.session.pump
        real = pump._absorb

        def absorb(events: Any) -> None:
            pump._absorb = real
            fail()

        pump._absorb = absorb

    def thread(self) -> None:
        """The thread that saves, in its next slice."""
        writer = self._window.session.store._writer
        real = writer._write

        def write(*arguments: Any) -> None:
            writer._write = real
            fail()

        writer._write = write

    def other_thread(self) -> None:
        threading.Thread(target=fail, name="another").start()

    def virtual(self) -> None:
        QApplication.sendEvent(Virtual(), QEvent(QEvent.Type.User))

    def unraisable(self) -> None:
        Unraisable()

    def qt_warning(self) -> None:
        for _ in range(1000):
            qWarning("a warning of Qt")

    def crash(self) -> None:
        """What no Python can catch."""
        QTimer.singleShot(0, lambda: ctypes.string_at(0))


class RemoteWindow(MainWindow):
    """The window, which also takes commands from standard input."""

    session: Any

    def __init__(
        self, bench: Any, listening: ListeningController, serving: Serving, **options: Any
    ) -> None:
        super().__init__(bench, listening, serving, **options)
        if "BROKEN_WINDOW" in os.environ:
            fail()
        self.session = listening._session
        self._faults = Faults(self)
        self._pending = b""
        self._notifier = QSocketNotifier(0, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._commands)

    def _commands(self, *_: object) -> None:
        received = os.read(0, 65536)
        if not received:
            self._notifier.setEnabled(False)
        *lines, self._pending = (self._pending + received).split(b"\n")
        for line in lines:
            command = json.loads(line)
            do: Callable[..., dict[str, Any] | None] = getattr(self, f"do_{command.pop('do')}")
            # From the loop, as a person's hand is; not inside the notifier of this very pipe.
            QTimer.singleShot(0, self, lambda do=do, command=command: self._do(do, command))

    def _do(self, do: Callable[..., dict[str, Any] | None], command: dict[str, Any]) -> None:
        more = None
        try:
            more = do(**command)
        finally:
            sys.stdout.write(json.dumps({**self._state(), **(more or {})}) + "\n")
            sys.stdout.flush()

    def do_state(self) -> None:
        """Nothing."""

    def do_refresh(self) -> None:
        self.refresh()

    def do_toggle(self) -> None:
        """Stop or start listening."""
        self.actions_.listen.trigger()

    def do_act(self, code: str, by: str) -> None:
        """Use the action of the line in the bar: by "mouse" or by "keyboard"."""
        self.refresh()
        line = self.problem_bar.line_for(code)
        assert line is not None
        assert line.action is not None
        if by == "mouse":
            QTest.mouseClick(line.action, Qt.MouseButton.LeftButton)
            return
        self.activateWindow()
        self.table.setFocus()
        QTest.qWait(50)
        for _ in range(60):
            focused = QApplication.focusWidget()
            assert focused is not None
            if focused is line.action:
                break
            QTest.keyClick(focused, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
        QTest.keyClick(line.action, Qt.Key.Key_Space)

    def do_look(self, scheme: str) -> None:
        """ "Light" or "Dark", whatever the system has."""
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        apply_theme(app, Qt.ColorScheme[scheme])

    def do_hurt(self, how: str) -> None:
        getattr(self._faults, how)()

    def do_press(self, key: str, rows: list[str] | None = None) -> None:
        """A key in the table, with these rows selected, or all of them."""
        if rows is None:
            self.table.selectAll()
        else:
            self.table.select_keys(rows)
        QTest.keyClick(self.table, Qt.Key[f"Key_{key}"])
        QTest.qWait(4 * HOLD_MS)  # it may be the first character of a scan

    def do_approve_all(self, minutes: int) -> None:
        self.session.bench.approve_all(minutes)

    def do_cells(self, column: str) -> dict[str, Any]:
        """Text and tip of a column, by phone."""
        model = self.table.phone_model
        places = {
            model.key_at(row): model.index(row, Column[column])
            for row in range(model.rowCount(QModelIndex()))
        }
        roles = {"text": Qt.ItemDataRole.DisplayRole, "tip": Qt.ItemDataRole.ToolTipRole}
        return {
            name: {key: str(model.data(place, role)) for key, place in places.items()}
            for name, role in roles.items()
        }

    def _statuses(self) -> dict[str, str]:
        """In the order of the rows; not by the model's data, which may be hurt."""
        model, phones = self.table.phone_model, self.session.bench.phones
        keys = map(model.key_at, range(model.rowCount()))
        return {key: status_words(phones[key], model.now()) for key in keys if key in phones}

    def _state(self) -> dict[str, Any]:
        state = self.session.pump.state
        channels = self.session.pump._channels
        return {
            "problems": {
                line.trouble.code: line.sentence.text() for line in self.problem_bar.lines
            },
            "actions": {
                line.trouble.code: line.action.text() if line.action else ""
                for line in self.problem_bar.lines
            },
            "bar": self.problem_bar.isVisible(),
            "listen": self.listen_bar.state.text(),
            "serving": self.files.bar.isVisible() and self.files.bar.accessibleDescription(),
            "status": self.status_bar.left.text(),
            "counts": self.status_bar.counts.text(),
            "listening": state.listening,
            "joined": {each.name: str(each.addresses[0].ip) for each in state.joined},
            "heard": state.heard,
            "ignored": state.ignored,
            "elsewhere": state.elsewhere,
            "receive_errors": state.receive_errors,
            "sockets": [channel.socket.fileno() for channel in channels.all],
            "notifiers": len(self.session.pump._notifiers),
            "answering": len(self.session.responder._notifier._transactions),
            "descriptors": len(os.listdir("/proc/self/fd")),  # noqa: PTH208
            "threads": sorted(each.name for each in threading.enumerate()),
            "rows": self.table.visible_count(),
            "statuses": self._statuses(),
            "wall": time.time(),
            "log": [line.text for line in self.session.bench.log],
            "clipboard": QGuiApplication.clipboard().text(),
        }


if __name__ == "__main__":
    window_module.MainWindow = RemoteWindow  # type: ignore[assignment,misc]
    if "FAKETIME_TIMESTAMP_FILE" in os.environ:
        # libfaketime 0.9.10 refuses the clock_nanosleep that Python's own sleep calls.
        vars(time)["sleep"] = threading.Event().wait
    if "NO_STDERR" in os.environ:
        sys.stderr = None
    sys.exit(run(main))
