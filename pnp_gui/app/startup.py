"""What comes before the window. Before Qt's windows are loaded: folder, log, listening; phones that
ask wait in the socket. Then, once there is a screen: data and sheet.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

from pnp_gui import PRODUCT, __version__
from pnp_gui.app.arguments import Arguments
from pnp_gui.app.session import Session
from pnp_gui.app.single_instance import Claim, OtherInstance
from pnp_gui.bench.store.data_file import last_aside, put_back, set_aside
from pnp_gui.bench.store.store import FILE
from pnp_gui.bench.store.troubles import store_trouble
from pnp_gui.net.interfaces import loopback_name
from pnp_gui.system.console import print_error, print_line, print_note
from pnp_gui.system.crash_log import CrashLog
from pnp_gui.system.failed_starts import FailedStarts
from pnp_gui.system.file_reading import reason
from pnp_gui.system.log_file import start_logging
from pnp_gui.system.own_files import make_folder
from pnp_gui.system.paths import data_folder
from pnp_gui.system.printable import printable
from pnp_gui.texts import Plural
from pnp_gui.trouble import Trouble

logger = logging.getLogger("pnp_gui.app")

MAX_FAILED = 2
"""Starts in a row that may fail before the data is set aside."""


@dataclass(slots=True)
class Started:
    """The program without its window."""

    session: Session
    interfaces: list[str] | None
    """Those to listen on; None: those chosen by default."""
    claim: Claim
    """The claim to the data folder."""
    failed_starts: FailedStarts | None
    """Waits for `window_ready`."""
    troubles: list[Trouble]
    """What the window has to report about the start."""


def start(
    args: Arguments, stack: ExitStack, shutdown_requested: Callable[[], bool]
) -> Started | None:
    """Up to listening; None where the program ends here, in order. `stack` takes what undoes it.
    Raises `Trouble` for what cannot start."""
    folder = _temporary_folder(stack) if args.leaves_nothing else data_folder(args.data_dir)
    with suppress(OSError):  # the store reports it in the problem bar and goes on without it
        make_folder(folder, ours=args.data_dir is None)
    claim = Claim(folder)
    stack.callback(claim.close)
    other = claim.find_other()
    # A self-test or a demo may run beside the program.
    if other is not None and not (args.self_test or args.demo):
        _show_other(other, folder, args)
        return None
    # Two programs with one log file would both rotate it.
    close_log, no_log = start_logging(folder if claim.held else None, verbose=args.verbose)
    stack.callback(close_log)
    logger.info("%s %s starts, data in %s", PRODUCT, __version__, folder)
    stack.callback(logger.info, "%s ends", PRODUCT)
    failed_starts = None
    troubles: list[Trouble] = []
    if claim.held and not args.leaves_nothing:
        crash = CrashLog(folder)
        stack.callback(crash.close)
        troubles += [crash.trouble] if crash.trouble else []
        crashed = crash.trouble is not None and crash.trouble.code == "crashed"
        failed_starts = FailedStarts(folder, crashed=crashed)
        stack.push(failed_starts.close)
        troubles += _check_failed_starts(failed_starts, folder / FILE)
        failed_starts.start()
    session = Session(folder, claim)
    stack.callback(session.close)
    names = [loopback_name()] if args.demo else args.interfaces
    interfaces = session.chosen_interfaces(names)
    if not args.self_test and not shutdown_requested():
        session.pump.listen(interfaces, args.port)
    if no_log and session.store.has_file:
        troubles.append(no_log)
    if failed_starts:
        failed_starts.pause()
    return Started(session, interfaces, claim, failed_starts, troubles)


def read_data(args: Arguments, started: Started, shutdown_requested: Callable[[], bool]) -> bool:
    """Read the data, and what the command line adds to it. False where the program ends here, in
    order. Raises `Trouble` for a sheet without lines to read."""
    if started.failed_starts:
        started.failed_starts.start()
    session = started.session
    session.load()
    if args.url and not args.self_test:
        session.bench.set_default_url(args.url)
    if args.sheet and not args.self_test and not shutdown_requested():
        _take_sheet(args.sheet, started)
    return not shutdown_requested()


def _check_failed_starts(starts: FailedStarts, store: Path) -> list[Trouble]:
    """Set the data aside after two failed starts, and put it back if the third one failed too: then
    it was not the cause. The window offers it as long as it is set aside."""
    troubles = []
    try:
        aside = last_aside(store, "failed")
        if starts.failed == MAX_FAILED and store.exists():
            aside = set_aside(store, "failed")
        elif starts.failed == MAX_FAILED + 1 and aside:
            put_back(store, aside.name)
            aside = None
            troubles.append(store_trouble("store_put_back", store))
        if aside:
            troubles.append(store_trouble("store_failed_aside", store, aside=aside.name))
    except OSError as error:
        logger.warning("%s after %d failed starts: %s", store, starts.failed, error)
    return troubles


def _temporary_folder(stack: ExitStack) -> Path:
    import tempfile  # only when it is needed, as it delays the start

    made = tempfile.TemporaryDirectory
    try:
        return Path(stack.enter_context(made(prefix="pnp-gui-", ignore_cleanup_errors=True)))
    except OSError as error:
        raise Trouble(
            "No folder for temporary files is writable ({error}). Free some space, set "
            "{variable} to another folder, or choose a folder for the data with --data-dir.",
            error=reason(error),
            variable="TEMP" if sys.platform == "win32" else "TMPDIR",
        ) from None


def _show_other(other: OtherInstance, folder: Path, args: Arguments) -> None:
    """Show the window of the program that already has this folder."""
    if not other.show():
        raise Trouble(
            "PnP Bench is already running with the data in {folder} (process {pid}), but does "
            "not respond. Close it, or choose another folder with --data-dir.",
            folder=folder,
            pid=other.pid,
        )
    print_line(f"{PRODUCT} is already running; its window is in front now.")
    if args.not_passed_on:
        print_error(
            f"pnp-gui: not passed on to it: {', '.join(args.not_passed_on)}. Close its window "
            "first, or use another --data-dir."
        )


def _take_sheet(path: Path, started: Started) -> None:
    """Apply the good lines of the sheet and report the others. Raises `Trouble` if there are no
    lines to read."""
    reading = started.session.take_sheet(path)
    bad = reading.bad
    for one in reading.remarks():
        print_note(f"pnp-gui: {path}, line {one.number}: {one.reason}")
    if bad:
        left_out = Trouble(
            Plural(
                "%n lines of {sheet} were rejected; the others were applied. Line {number}: "
                "{reason}",
                "1 line of {sheet} was rejected; the others were applied. Line {number}: {reason}",
            ),
            code="sheet",
            action="copy_details",
            n=len(bad),
            sheet=printable(path.name),
            number=bad[0].number,
            reason=bad[0].reason,
            details="\n".join(f"{each.number}: {each.reason}" for each in bad),
        )
        started.troubles.append(left_out)
