"""Start and stop of the program: arguments, Qt and asyncio in one loop, wiring, ordered end.

`main` owns the order of stopping: the window only asks for it (a window that closes itself loses
what is unsaved). This is the only importer of qasync.
"""

from __future__ import annotations

import faulthandler
import logging
import os
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import partial
from types import FrameType
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from pnp_gui import PRODUCT, __version__
from pnp_gui.arguments import Arguments, parse_arguments
from pnp_gui.begin import Begun, begin
from pnp_gui.faults import Faults
from pnp_gui.garbage import LOOK_MILLISECONDS, Garbage
from pnp_gui.net.interfaces import resolve, system_interfaces
from pnp_gui.resources import resource_path
from pnp_gui.tell import complain, open_streams, say
from pnp_gui.trouble import Trouble

if TYPE_CHECKING:
    from pnp_gui.ui.window import MainWindow

STANDS_AFTER = 3000
"""Milliseconds after which a window that was shown is painted and stands."""

TICK = 1000
"""Milliseconds between two looks at what is to be saved."""

log = logging.getLogger(__name__)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program; the exit status is 0, 1 for a failed self-test, 2 for what cannot start."""
    open_streams()
    try:
        args = parse_arguments(sys.argv[1:] if argv is None else argv)
        _check_screen(args)
        _check_interfaces(args)
    except Trouble as trouble:
        complain(f"pnp-gui: {trouble}")
        return 2
    if sys.stderr is not None:
        faulthandler.enable()
    app = QApplication(sys.argv[:1])
    app.setApplicationName(PRODUCT)
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("pnp-gui")
    app.setQuitOnLastWindowClosed(False)
    ending = None if args.self_test else _Ending()
    with ExitStack() as until_end:
        begun = begin(args, until_end)
        if isinstance(begun, int):
            return begun
        faults = Faults()
        until_end.callback(faults.end)
        try:
            return _run(app, args, begun, ending, faults)
        except Exception:
            # A windowed program's last words go to a box, or nowhere.
            log.critical("the program cannot go on", exc_info=True)
            raise


def _run(
    app: QApplication, args: Arguments, begun: Begun, ending: _Ending | None, faults: Faults
) -> int:
    # Imported now, when the program listens already: begin.py says why. qasync takes the binding
    # that is loaded, so PySide6 has to be.
    import qasync

    loop = qasync.QEventLoop(app)
    with loop:
        faults.watch(loop)
        window = ending and _with_window(app, args, begun, ending, faults)
        status: int = loop.run_until_complete(window or _self_test(args, begun))
    return status


async def _self_test(args: Arguments, begun: Begun) -> int:
    from pnp_gui.self_test import self_test

    good, lines = await self_test(begun.session, args.interfaces, args.port)
    for text in lines:
        say(text)
        log.info("self-test: %s", text)
    return 0 if good else 1


async def _with_window(
    app: QApplication, args: Arguments, begun: Begun, ending: _Ending, faults: Faults
) -> int:
    import asyncio

    from PySide6.QtGui import QIcon

    from pnp_gui.ui.theme import apply_theme
    from pnp_gui.ui.window import MainWindow

    # Phones that asked while all that was imported have waited for a tenth of a second.
    app.processEvents()
    session, line = begun.session, begun.line
    app.setWindowIcon(QIcon(str(resource_path("app.svg"))))
    apply_theme(app)
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
    demo = None
    if args.demo:
        from pnp_gui.demo_run import begin_demo

        demo = begin_demo(session, line, args.demo)
    state = session.pump.state
    garbage = Garbage(lambda: state.heard + state.ignored)
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
    window.finish()
    window.deleteLater()
    return 0


def _bring_to_front(window: MainWindow) -> None:
    from PySide6.QtCore import Qt

    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()


def _check_screen(args: Arguments) -> None:
    if sys.platform != "linux" or "QT_QPA_PLATFORM" in os.environ:
        return
    if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        return
    if not args.self_test:
        raise Trouble(
            "There is no screen here (neither DISPLAY nor WAYLAND_DISPLAY is set); start it in a "
            "desktop session, or try --self-test."
        )
    os.environ["QT_QPA_PLATFORM"] = "offscreen"


def _check_interfaces(args: Arguments) -> None:
    """An interface named on the command line has to be there. Raises `Trouble`."""
    trouble = resolve(args.interfaces, system_interfaces()).trouble
    if trouble:
        raise trouble


class _Ending:
    """Ctrl+C and a polite kill end the program in order, also while it starts."""

    def __init__(self) -> None:
        self._asked = False
        self._then: Callable[[], None] = lambda: None
        # Python notices them within one tick of the loop.
        signal.signal(signal.SIGINT, self._ask)
        signal.signal(signal.SIGTERM, self._ask)

    def then(self, do: Callable[[], None]) -> None:
        """Call this when the end is asked for, or was."""
        self._then = do
        if self._asked:
            do()

    def _ask(self, number: int, frame: FrameType | None) -> None:
        del number, frame
        self._asked = True
        self._then()


if __name__ == "__main__":
    sys.exit(main())
