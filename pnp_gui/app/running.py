"""The program in Qt's loop: application object, asyncio, the window, an orderly end.

The window only asks for the end: one that closes itself loses what is unsaved.
"""

from __future__ import annotations

import logging
import socket
import sys
from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from pnp_gui import PRODUCT, __version__
from pnp_gui.app.arguments import Arguments
from pnp_gui.app.listening_controller import ListeningController
from pnp_gui.app.serving_controller import ServingController
from pnp_gui.app.startup import Started
from pnp_gui.resources import resource_path
from pnp_gui.system.gc_pauses import INTERVAL_MILLISECONDS, GcPauses
from pnp_gui.system.screen import check_screen, opening_screen
from pnp_gui.system.shutdown import ShutdownRequest
from pnp_gui.system.uncaught import UncaughtErrors
from pnp_gui.trouble import Trouble

if TYPE_CHECKING:
    from pnp_gui.ui.main_window.window import MainWindow

logger = logging.getLogger("pnp_gui.app")

READY_MILLISECONDS = 3000
"""After this time a window that was shown is painted and ready."""
TICK_MILLISECONDS = 1000
"""Between two checks of what is to be saved."""
PARTS_OF_WINDOW = tuple(
    f"pnp_gui.ui.{part}"
    for part in ("theme.theme", "table.view", "trace.detail_pane", "sheet.controller")
)
"""Imported one after the other; between them, phones that ask are answered."""
FOLDER_SECONDS = 1.0
"""How long phones that ask at the start wait for the folder with their files: a network drive may
hang."""
SELF_CONNECT_SECONDS = 5.0
"""How long a connection to 127.0.0.1 may take."""


def open_application(undo: Callable[[], None]) -> QApplication:
    """Raises `Trouble` where there is no screen, or calls `undo` and ends the program."""
    with opening_screen(undo):
        app = QApplication(sys.argv[:1])
    check_screen(app)
    app.setApplicationName(PRODUCT)
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("pnp-gui")
    app.setQuitOnLastWindowClosed(False)
    return app


def run(
    app: QApplication,
    args: Arguments,
    started: Started,
    shutdown: ShutdownRequest | None,
    errors: UncaughtErrors,
) -> int:
    """Run the program to its end, or the self-test where there is no `shutdown`; the exit status.
    Raises `Trouble`."""
    session = started.session
    session.run_in_loop()
    listening = ListeningController(session, started.interfaces, args.port)
    serving = ServingController(session, args.http_port, args.tftp_port)
    if args.serve and shutdown:
        serving.start(args.serve)
        session.files.wait(FOLDER_SECONDS)
    # A phone fetches at once, so it is answered once files are served. From here on phones would
    # wait for the import and the loop.
    session.pump.read_waiting()
    # It takes the binding that is loaded, so PySide6 comes first.
    import qasync

    # On Windows the loop connects to itself. Security software may block that without an answer.
    socket.setdefaulttimeout(SELF_CONNECT_SECONDS)
    try:
        loop = qasync.QEventLoop(app)
    except OSError as error:
        if sys.platform != "win32":
            raise
        raise ConnectionError(
            "it cannot connect to itself at 127.0.0.1; check whether security software blocks "
            f"that: {error}"
        ) from error
    socket.setdefaulttimeout(None)
    with loop:
        errors.watch(loop)
        if shutdown:
            program = _run_window(app, args, started, listening, serving, shutdown, errors)
        else:
            from pnp_gui.app.self_test import self_test

            program = self_test(session, args.interfaces, args.port, started.troubles)
        task = loop.create_task(program)
        try:
            status: int = loop.run_until_complete(task)
        except RuntimeError:
            if task.done():
                raise
            # Qt left its loop by itself: so it does when X11 ends, as at a log-off.
            gone = Trouble(
                "The display was lost: the desktop session or the X server has ended. Start "
                "PnP Bench again in a desktop session."
            )
            logger.warning("%s", gone)
            raise gone from None
    return status


async def _run_window(
    app: QApplication,
    args: Arguments,
    started: Started,
    listening: ListeningController,
    serving: ServingController,
    shutdown: ShutdownRequest,
    errors: UncaughtErrors,
) -> int:
    import asyncio

    from PySide6.QtGui import QIcon

    session = started.session
    answer = session.pump.read_waiting
    answer()
    for part in PARTS_OF_WINDOW:
        import_module(part)
        answer()
    from pnp_gui.ui.main_window.window import MainWindow
    from pnp_gui.ui.theme.theme import apply_theme
    from pnp_gui.ui.words.translate import install_translation

    answer()
    app.setWindowIcon(QIcon(str(resource_path("app.svg"))))
    apply_theme(app)
    install_translation(app)
    window = MainWindow(session.bench, listening, serving, between=answer)
    errors.connect_to(window.show_trouble)
    for trouble in started.troubles:
        window.show_trouble(trouble)
    closing = asyncio.Event()
    window.close_requested.connect(closing.set)
    shutdown.connect_to(closing.set)
    tick = QTimer()
    tick.timeout.connect(session.bench.tick)
    tick.timeout.connect(listening.check_silence)
    tick.timeout.connect(serving.check_silence)
    tick.start(TICK_MILLISECONDS)
    window.show()
    answer()  # before it is painted
    QTimer.singleShot(0, lambda: logger.info("the window is shown"))
    if started.failed_starts:
        QTimer.singleShot(READY_MILLISECONDS, started.failed_starts.window_ready)
    started.claim.on_second_start(partial(_bring_to_front, window))
    # At a log-off Windows asks first, and kills the program once the second of these returns.
    app.commitDataRequest.connect(session.bench.save)
    app.commitDataRequest.connect(window.keep_state)
    app.aboutToQuit.connect(session.bench.save)
    demo = None
    if args.demo:
        from pnp_gui.app.demo_mode import DemoMode

        demo = DemoMode(session, listening, serving, args.demo)
    state = session.pump.state
    garbage = GcPauses(lambda: state.heard + state.ignored)
    collect = QTimer()
    collect.timeout.connect(garbage.collect)
    collect.start(INTERVAL_MILLISECONDS)
    await closing.wait()
    collect.stop()
    garbage.stop()
    if demo:
        demo.stop()
    tick.stop()
    session.pump.stop()
    session.files.stop()
    # Before the window hides: at a log-off Windows does not wait for a program without one.
    session.bench.save()
    window.finish()
    window.deleteLater()
    return 0


def _bring_to_front(window: MainWindow) -> None:
    from PySide6.QtCore import Qt

    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()
