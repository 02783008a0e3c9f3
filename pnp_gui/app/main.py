"""Start and stop of the program: arguments, Qt and asyncio in one loop, wiring, ordered end.

`main` owns the order of stopping: the window only asks for it (a window that closes itself loses
what is unsaved). This is the only importer of qasync.
"""

from __future__ import annotations

import logging
import signal
import socket
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from pnp_gui import PRODUCT, __version__
from pnp_gui.app.arguments import Arguments, parse_arguments
from pnp_gui.app.startup import Started, begin
from pnp_gui.net.interfaces import resolve, system_interfaces
from pnp_gui.resources import resource_path
from pnp_gui.system.console import say
from pnp_gui.system.ending import Ending
from pnp_gui.system.gc_pauses import LOOK_MILLISECONDS, GcPauses
from pnp_gui.system.screen import choose_screen, opening_screen
from pnp_gui.system.uncaught import UncaughtErrors

if TYPE_CHECKING:
    from pnp_gui.app.session import Session
    from pnp_gui.ui.main_window.window import MainWindow

STANDS_AFTER = 3000
"""Milliseconds after which a window that was shown is painted and stands."""

TICK = 1000
"""Milliseconds between two looks at what is to be saved."""

TO_ITSELF_SECONDS = 5.0
"""How long a connection to 127.0.0.1 may take."""

log = logging.getLogger(__name__)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program; the exit status is 0, 1 for a failed self-test, 2 for what cannot start.

    Raises `Trouble` for that, too: system/fatal.py says it.
    """
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        # Until `Ending` takes them, signals end the program as they end any other.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    args = parse_arguments(sys.argv[1:] if argv is None else argv)
    choose_screen(needed=not args.self_test)
    _check_interfaces(args)
    with opening_screen():
        app = QApplication(sys.argv[:1])
    app.setApplicationName(PRODUCT)
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("pnp-gui")
    app.setQuitOnLastWindowClosed(False)
    ending = None if args.self_test else Ending()
    with ExitStack() as until_end:
        if ending:
            until_end.callback(ending.over)
        faults = UncaughtErrors()
        until_end.callback(faults.end)
        begun = begin(args, until_end, ending.asked if ending else lambda: False)
        if isinstance(begun, int):
            return begun
        return _run(app, args, begun, ending, faults)


def _run(
    app: QApplication,
    args: Arguments,
    begun: Started,
    ending: Ending | None,
    faults: UncaughtErrors,
) -> int:
    # Imported now, when the program listens already: begin.py says why. qasync takes the binding
    # that is loaded, so PySide6 has to be.
    import qasync

    # Under Windows the loop connects to itself. What forbids that may do so without an answer.
    socket.setdefaulttimeout(TO_ITSELF_SECONDS)
    try:
        loop = qasync.QEventLoop(app)
    except OSError as error:
        if sys.platform != "win32":
            raise
        words = "it cannot connect to itself at 127.0.0.1; look whether security software forbids"
        raise ConnectionError(f"{words} that: {error}") from error
    socket.setdefaulttimeout(None)
    with loop:
        faults.watch(loop)
        window = ending and _with_window(app, args, begun, ending, faults)
        status: int = loop.run_until_complete(window or _self_test(args, begun))
    return status


async def _self_test(args: Arguments, begun: Started) -> int:
    from pnp_gui.app.self_test import self_test

    good, lines = await self_test(begun.session, args.interfaces, args.port, begun.troubles)
    for text in lines:
        say(text)
        log.info("self-test: %s", text)
    return 0 if good else 1


async def _with_window(
    app: QApplication, args: Arguments, begun: Started, ending: Ending, faults: UncaughtErrors
) -> int:
    import asyncio

    from PySide6.QtGui import QIcon

    from pnp_gui.ui.main_window.window import MainWindow
    from pnp_gui.ui.theme.theme import apply_theme
    from pnp_gui.ui.words.translate import install_translation

    # Phones that asked while all that was imported have waited for a tenth of a second.
    app.processEvents()
    session, line = begun.session, begun.line
    app.setWindowIcon(QIcon(str(resource_path("app.svg"))))
    apply_theme(app)
    install_translation(app)
    window = MainWindow(session.bench, line)
    faults.show_by(window.show_trouble)
    for found in begun.troubles:
        window.show_trouble(found)
    closing = asyncio.Event()
    window.close_requested.connect(closing.set)
    ending.then(closing.set)
    tick = QTimer()
    tick.timeout.connect(session.bench.tick)
    tick.timeout.connect(line.look)
    tick.start(TICK)
    window.show()
    if begun.starts:
        QTimer.singleShot(STANDS_AFTER, begun.starts.stood)
    begun.claim.on_second_start(partial(_bring_to_front, window))
    # At a log-off Windows asks first, and kills the program once the second of these returns.
    app.commitDataRequest.connect(lambda: _save(session, window))
    app.aboutToQuit.connect(session.bench.save)
    demo = None
    if args.demo:
        from pnp_gui.app.demo_mode import begin_demo

        demo = begin_demo(session, line, args.demo)
    state = session.pump.state
    garbage = GcPauses(lambda: state.heard + state.ignored)
    look = QTimer()
    look.timeout.connect(garbage.look)
    look.start(LOOK_MILLISECONDS)
    await closing.wait()
    look.stop()
    garbage.end()
    if demo:
        demo.stop()
    tick.stop()
    session.pump.stop()
    # Before the window hides: at a log-off Windows does not wait for a program without any.
    session.bench.save()
    window.finish()
    window.deleteLater()
    return 0


def _save(session: Session, window: MainWindow) -> None:
    session.bench.save()
    window.keep_state()


def _bring_to_front(window: MainWindow) -> None:
    from PySide6.QtCore import Qt

    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()


def _check_interfaces(args: Arguments) -> None:
    """An interface named on the command line has to be there. Raises `Trouble`."""
    trouble = resolve(args.interfaces, system_interfaces()).trouble
    if trouble:
        raise trouble


if __name__ == "__main__":
    sys.exit(main())
