"""Start and stop of the program: arguments, Qt and asyncio in one loop, the window, an orderly end.

The window only asks for the end: one that closes itself loses what is unsaved.
"""

from __future__ import annotations

import logging
import signal
import socket
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from pnp_gui import PRODUCT, __version__
from pnp_gui.app.arguments import Arguments, parse_arguments
from pnp_gui.app.startup import Started, start
from pnp_gui.net.interfaces import check_names, system_interfaces
from pnp_gui.resources import resource_path
from pnp_gui.system.gc_pauses import INTERVAL_MILLISECONDS, GcPauses
from pnp_gui.system.screen import check_screen, choose_screen, opening_screen
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
SELF_CONNECT_SECONDS = 5.0
"""How long a connection to 127.0.0.1 may take."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program; the exit status is 0, 1 for a failed self-test, 2 for what cannot start.
    Raises `Trouble` for that, too: app/fatal.py writes it."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        # Until `ShutdownRequest` handles it, Ctrl+C ends the program as it ends any other.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    args = parse_arguments(sys.argv[1:] if argv is None else argv)
    if args.check_sheet:
        from pnp_gui.app.check_sheet import check_sheet
        from pnp_gui.system.paths import data_folder

        check_sheet(args.check_sheet, data_folder(args.data_dir))
        return 0
    choose_screen(needed=not args.self_test)
    check_names(args.interfaces, system_interfaces())
    with opening_screen():
        app = QApplication(sys.argv[:1])
    check_screen(app)
    app.setApplicationName(PRODUCT)
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("pnp-gui")
    app.setQuitOnLastWindowClosed(False)
    shutdown = None if args.self_test else ShutdownRequest()
    with ExitStack() as stack:
        if shutdown:
            stack.callback(shutdown.finish)
        errors = UncaughtErrors()
        stack.callback(errors.close)
        started = start(args, stack, shutdown.is_made if shutdown else lambda: False)
        if started is None:
            return 0
        return _run(app, args, started, shutdown, errors)


def _run(
    app: QApplication,
    args: Arguments,
    started: Started,
    shutdown: ShutdownRequest | None,
    errors: UncaughtErrors,
) -> int:
    # Phones that asked while the data was read. Here they would wait for the import and the loop.
    started.session.pump.read_waiting()
    # Imported when the program listens (see startup.py). qasync takes the binding that is loaded,
    # so PySide6 comes first.
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
            program = _run_window(app, args, started, shutdown, errors)
        else:
            from pnp_gui.app.self_test import self_test

            program = self_test(started.session, args.interfaces, args.port, started.troubles)
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
    shutdown: ShutdownRequest,
    errors: UncaughtErrors,
) -> int:
    import asyncio

    from PySide6.QtGui import QIcon

    session, listening, serving = started.session, started.listening, started.serving
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
