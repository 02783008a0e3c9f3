"""What comes before the window: folder, log, data, sheet, and listening.

The port is open before the window is even imported, which takes twice as long as all of this:
phones that ask meanwhile wait in the socket and lose nothing.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path

from pnp_gui import PRODUCT, __version__
from pnp_gui.app.arguments import Arguments
from pnp_gui.app.listening import ListeningController
from pnp_gui.app.session import Session
from pnp_gui.app.single_instance import Claim, OtherInstance
from pnp_gui.bench.sheet.sheet import Remark
from pnp_gui.bench.store.data_file import last_aside, put_back, set_aside
from pnp_gui.bench.store.store import FILE
from pnp_gui.bench.store.troubles import put_back_trouble, set_aside_trouble
from pnp_gui.net.interfaces import system_interfaces
from pnp_gui.system.console import print_error, print_line
from pnp_gui.system.crash_log import CrashLog
from pnp_gui.system.failed_starts import FailedStarts
from pnp_gui.system.log_file import start_logging
from pnp_gui.system.own_files import make_folder
from pnp_gui.system.paths import data_folder
from pnp_gui.system.printable import printable
from pnp_gui.texts import Plural
from pnp_gui.trouble import Trouble

log = logging.getLogger("pnp_gui.app")

MAX_FAILED = 2
"""Starts in a row that may fail before the data is set aside."""


@dataclass(slots=True)
class Started:
    """The program without its window."""

    session: Session
    listening: ListeningController
    claim: Claim
    """The claim to the data folder."""
    failed_starts: FailedStarts | None = None
    """Waits for `window_ready`."""
    troubles: list[Trouble] = field(default_factory=list)
    """What the window has to report about the start."""


def start(
    args: Arguments, stack: ExitStack, shutdown_requested: Callable[[], bool]
) -> Started | int:
    """Everything up to listening; an exit status where the program ends here.

    `stack` takes what undoes it, in order.
    """
    temporary = None
    if args.leaves_nothing:
        import tempfile

        made = tempfile.TemporaryDirectory
        try:
            temporary = stack.enter_context(made(prefix="pnp-gui-", ignore_cleanup_errors=True))
        except OSError as error:
            print_error(f"pnp-gui: {_no_temporary_folder(error)}")
            return 1 if args.self_test else 2
    folder = data_folder(args.data_dir) if temporary is None else Path(temporary)
    _make(folder, ours=args.data_dir is None)
    claim = Claim(folder)
    stack.callback(claim.close)
    other = claim.find_other()
    # A self-test or a demo may run beside the program.
    if other is not None and not (args.self_test or args.demo):
        return _show_other(other, folder, args)
    # Two programs with one log file would both rotate it.
    close_log, no_log = start_logging(folder if claim.running else None, verbose=args.verbose)
    stack.callback(close_log)
    log.info("%s %s starts, data in %s", PRODUCT, __version__, folder)
    stack.callback(log.info, "%s ends", PRODUCT)
    failed_starts = None
    troubles: list[Trouble] = []
    if claim.running and temporary is None:
        crash = CrashLog(folder)
        stack.callback(crash.close)
        troubles += [crash.trouble] if crash.trouble else []
        crashed = crash.trouble is not None and crash.trouble.code == "crashed"
        failed_starts = FailedStarts(folder, crashed=crashed)
        stack.push(failed_starts.close)
        troubles += _check_failed_starts(failed_starts, folder / FILE)
        failed_starts.start()
    listening = ListeningController()
    session = Session(folder, listening.refresh, claim)
    stack.callback(session.close)
    if no_log and session.store.has_file:
        troubles.append(no_log)
    started = Started(session, listening, claim, failed_starts, troubles)
    if args.self_test:
        return started
    if args.url:
        session.bench.set_default_url(args.url)
    if args.sheet and not shutdown_requested() and not _take_sheet(args.sheet, started):
        return 2
    if shutdown_requested():
        return 0
    listening.attach(session, [_loopback_name()] if args.demo else args.interfaces, args.port)
    listening.start()
    return started


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
            troubles.append(put_back_trouble(store))
        if aside:
            troubles.append(set_aside_trouble("failed", store, aside))
    except OSError as error:
        log.warning("%s after %d failed starts: %s", store, starts.failed, error)
    return troubles


def _loopback_name() -> str:
    """The system's name of the loopback interface."""
    return next((one.name for one in system_interfaces() if one.loopback), "lo")


def _no_temporary_folder(error: OSError) -> Trouble:
    return Trouble(
        "No folder for temporary files can be written ({error}). Free some space, set {variable} "
        "to another folder, or choose one for the data with --data-dir.",
        error=error.strerror or error,
        variable="TEMP" if sys.platform == "win32" else "TMPDIR",
    )


def _make(folder: Path, *, ours: bool) -> None:
    # The store reports it in the problem bar and goes on without the folder.
    with suppress(OSError):
        make_folder(folder, ours=ours)


def _show_other(other: OtherInstance, folder: Path, args: Arguments) -> int:
    """Show the window of the program that already has this folder; the exit status."""
    if not other.show():
        print_error(
            f"pnp-gui: {PRODUCT} is already running with the data in {folder} (process "
            f"{other.pid}), but does not answer. Close it, or choose another --data-dir."
        )
        return 2
    if args.url or args.sheet or args.interfaces:
        print_error(
            f"pnp-gui: {PRODUCT} is already running; its window is in front now. This command line "
            "was not applied: close that window first, or use another --data-dir."
        )
    else:
        print_line(f"{PRODUCT} is already running; its window is in front now.")
    return 0


def _take_sheet(path: Path, started: Started) -> bool:
    """Apply the good lines of the sheet and report the bad ones; False if it cannot be read."""
    try:
        bad = started.session.take_sheet(path)
    except Trouble as trouble:
        print_error(f"pnp-gui: {trouble}")
        return False
    for one in bad:
        print_error(f"pnp-gui: {path}, line {one.number}: {one.reason}")
    if bad:
        started.troubles.append(_bad_lines(path, bad))
    return True


def _bad_lines(sheet: Path, bad: Sequence[Remark]) -> Trouble:
    return Trouble(
        Plural(
            "%n lines of {sheet} were left out, the others are applied. Line {number}: {reason}",
            "1 line of {sheet} was left out, the others are applied. Line {number}: {reason}",
        ),
        code="sheet",
        action="copy_details",
        n=len(bad),
        sheet=printable(sheet.name),
        number=bad[0].number,
        reason=bad[0].reason,
        details="\n".join(f"{each.number}: {each.reason}" for each in bad),
    )
