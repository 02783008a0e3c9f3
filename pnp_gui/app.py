"""Start and stop of the program: arguments, Qt and asyncio in one loop, wiring, ordered end.

`main` owns the order of stopping: the window only asks for it (a window that closes itself loses
what is unsaved). This is the only importer of qasync.
"""

from __future__ import annotations

import asyncio
import faulthandler
import logging
import os
import signal
import sys
import tempfile
import threading
import traceback
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any

# isort: off
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication
import qasync  # PySide6 comes first: qasync takes the binding that is loaded already
# isort: on

from pnp_gui import PRODUCT, __version__
from pnp_gui.arguments import Arguments, parse_arguments
from pnp_gui.demo_run import begin_demo, loopback_name
from pnp_gui.folders import data_folder
from pnp_gui.garbage import LOOK_MILLISECONDS, Garbage
from pnp_gui.line import Line
from pnp_gui.log_lines import LogLines
from pnp_gui.logs import start_logging
from pnp_gui.net.interfaces import resolve, system_interfaces
from pnp_gui.resources import resource_path
from pnp_gui.running import Other, Running, claim
from pnp_gui.self_test import self_test
from pnp_gui.session import Session
from pnp_gui.tell import complain, open_streams, say
from pnp_gui.trouble import Trouble
from pnp_gui.ui.theme import apply_theme
from pnp_gui.ui.window import MainWindow

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
    app.setWindowIcon(QIcon(str(resource_path("app.svg"))))
    app.setQuitOnLastWindowClosed(False)
    apply_theme(app)
    loop = qasync.QEventLoop(app)
    with loop:
        status: int = loop.run_until_complete(_run(args))
    return status


async def _run(args: Arguments) -> int:
    temporary = tempfile.TemporaryDirectory(prefix="pnp-gui-") if _for_a_while(args) else None
    try:
        folder = Path(temporary.name) if temporary else data_folder(args.data_dir)
        with_folder = _make(folder)
        # A self-test or a demo beside the running program is no second start of it.
        claimed = None if args.self_test or args.demo else claim(folder)
        if isinstance(claimed, Other):
            return _show_other(claimed, folder, args)
        start_logging(folder if with_folder else None, verbose=args.verbose)
        log.info("%s %s starts, data in %s", PRODUCT, __version__, folder)
        line = Line()
        session = Session(folder, line.refresh)
        for trouble in session.bench.troubles.values():
            log.warning("%s", trouble)
        # After these, which the bench has told its log already.
        lines = LogLines(session.bench.log)
        logging.getLogger().addHandler(lines)
        try:
            return await _with_session(args, session, line, claimed)
        finally:
            logging.getLogger().removeHandler(lines)
            session.close()
            if claimed:
                claimed.close()
            log.info("%s ends", PRODUCT)
    finally:
        logging.shutdown()
        if temporary:
            temporary.cleanup()


async def _with_session(
    args: Arguments, session: Session, line: Line, running: Running | None
) -> int:
    if args.self_test:
        good, lines = await self_test(session, args.interfaces, args.port)
        for text in lines:
            say(text)
            log.info("self-test: %s", text)
        return 0 if good else 1
    troubles = []
    if args.url:
        session.bench.set_default_url(args.url)
    if args.sheet:
        try:
            bad = session.take_sheet(args.sheet)
        except Trouble as trouble:
            complain(f"pnp-gui: {trouble}")
            return 2
        for one in bad:
            complain(f"pnp-gui: {args.sheet}, line {one.number}: {one.reason}")
        if bad:
            troubles.append(_bad_lines(args.sheet, [f"{x.number}: {x.reason}" for x in bad]))
    wanted = [loopback_name()] if args.demo else args.interfaces
    line.attach(session, wanted, args.port)
    window = MainWindow(session.bench, line)
    _guard(asyncio.get_running_loop(), window)
    for found in troubles:
        window.show_trouble(found)
    closing = asyncio.Event()
    window.close_requested.connect(closing.set)
    _end_on_signals(closing)
    tick = QTimer()
    tick.timeout.connect(session.bench.tick)
    tick.timeout.connect(line.look)
    tick.start(TICK)
    window.show()
    if running:
        running.on_second_start(partial(_bring_to_front, window))
    line.start()
    demo = begin_demo(session, line, args.demo) if args.demo else None
    garbage = Garbage()
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


def _show_other(other: Other, folder: Path, args: Arguments) -> int:
    """The window of the program that has this folder already."""
    if not other.show():
        complain(
            f"pnp-gui: {PRODUCT} is already running with the data in {folder} (process "
            f"{other.pid}), but does not answer. End it, or choose another folder with --data-dir."
        )
        return 2
    if args.url or args.sheet or args.interfaces:
        complain(
            f"pnp-gui: {PRODUCT} is already running; its window is in front now. Nothing of this "
            "command line was applied: close that window first, or use another --data-dir."
        )
    else:
        say(f"{PRODUCT} is already running; its window is in front now.")
    return 0


def _bring_to_front(window: MainWindow) -> None:
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()


def _for_a_while(args: Arguments) -> bool:
    """Demo and self-test leave nothing behind unless they are given a folder."""
    return args.data_dir is None and (args.self_test or bool(args.demo))


def _make(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False  # the store says so in the problem bar and goes on without the folder
    return True


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


def _bad_lines(sheet: Path, bad: Sequence[str]) -> Trouble:
    return Trouble(
        "{count} lines of {sheet} were left out, the others are applied. Line {lines}",
        code="sheet",
        action="copy_details",
        count=len(bad),
        sheet=sheet.name,
        lines=bad[0] + (" …" if len(bad) > 1 else ""),
        details="\n".join(bad),
    )


def _end_on_signals(closing: asyncio.Event) -> None:
    """Ctrl+C and a polite kill end the program in order. Python notices within one tick."""

    def end(number: int, frame: FrameType | None) -> None:
        del number, frame
        closing.set()

    signal.signal(signal.SIGINT, end)
    signal.signal(signal.SIGTERM, end)


def _guard(loop: asyncio.AbstractEventLoop, window: MainWindow) -> None:
    """What nobody caught is logged and shown, and ends nothing."""

    def tell(error: BaseException) -> None:
        log.error("not caught", exc_info=error)
        window.show_trouble(
            Trouble(
                "Something went wrong inside the program ({error}); it goes on.",
                code="internal",
                action="copy_details",
                error=f"{type(error).__name__}: {error}",
                details="".join(traceback.format_exception(error)),
            )
        )

    def in_slot(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        del kind, trace
        tell(error)

    def in_task(_: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        tell(context.get("exception") or RuntimeError(context.get("message", "unknown")))

    def in_thread(found: threading.ExceptHookArgs) -> None:
        log.error("not caught in a thread", exc_info=found.exc_value)

    sys.excepthook = in_slot
    threading.excepthook = in_thread
    loop.set_exception_handler(in_task)


if __name__ == "__main__":
    sys.exit(main())
