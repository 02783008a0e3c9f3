"""What comes before the window: folder, log, data, sheet, and listening.

The port is open before anything of the window is even imported, which takes twice as long as all
of this: phones that ask meanwhile wait in the socket and lose nothing.
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
from pnp_gui.app.log_lines import LogLines
from pnp_gui.app.session import Session
from pnp_gui.app.single_instance import Claim, OtherInstance
from pnp_gui.bench.sheet.sheet import BadLine
from pnp_gui.bench.store.data_file import last_aside, put_back, set_aside
from pnp_gui.bench.store.schema import put_back_trouble, set_aside_trouble
from pnp_gui.bench.store.store import FILE
from pnp_gui.net.interfaces import system_interfaces
from pnp_gui.system.console import complain, say
from pnp_gui.system.crash_log import CrashLog
from pnp_gui.system.failed_starts import FailedStarts
from pnp_gui.system.log_file import start_logging
from pnp_gui.system.own_files import make_folder
from pnp_gui.system.paths import data_folder
from pnp_gui.system.printable import printable
from pnp_gui.texts import Plural
from pnp_gui.trouble import Trouble

log = logging.getLogger("pnp_gui.app.main")

MOST_FAILED = 2
"""Starts in a row that may fail before the data is set aside."""


@dataclass(slots=True)
class Started:
    """The program without its window."""

    session: Session
    line: ListeningController
    claim: Claim
    """... to the data folder."""
    starts: FailedStarts | None = None
    """To be told when the window stands."""
    troubles: list[Trouble] = field(default_factory=list)
    """What the window has to say about the start."""


def begin(args: Arguments, until_end: ExitStack, asked_to_end: Callable[[], bool]) -> Started | int:
    """Everything up to listening; an exit status where the program is not to go on.

    `until_end` undoes it all, in order.
    """
    temporary = None
    if args.leaves_nothing:
        import tempfile

        made = tempfile.TemporaryDirectory
        try:
            temporary = until_end.enter_context(made(prefix="pnp-gui-", ignore_cleanup_errors=True))
        except OSError as error:
            complain(f"pnp-gui: {_no_temporary_folder(error)}")
            return 1
    folder = data_folder(args.data_dir) if temporary is None else Path(temporary)
    _make(folder, ours=args.data_dir is None)
    claim = Claim(folder)
    until_end.callback(claim.close)
    other = claim.find_other()
    # A self-test or a demo beside the running program is no second start of it.
    if other is not None and not (args.self_test or args.demo):
        return _show_other(other, folder, args)
    # Two that write into one log would rotate it away under each other.
    end_log, no_log = start_logging(folder if claim.running else None, verbose=args.verbose)
    until_end.callback(end_log)
    log.info("%s %s starts, data in %s", PRODUCT, __version__, folder)
    until_end.callback(log.info, "%s ends", PRODUCT)
    starts = None
    troubles: list[Trouble] = []
    if claim.running and temporary is None:
        crash = CrashLog(folder)
        until_end.callback(crash.close)
        troubles += [crash.trouble] if crash.trouble else []
        starts = FailedStarts(folder, crashed=crash.trouble is not None)
        until_end.push(starts.end)
        troubles += _begin_start(starts, folder / FILE)
    line = ListeningController()
    session = Session(folder, line.refresh, claim)
    until_end.callback(session.close)
    for trouble in session.bench.troubles.values():
        log.warning("%s", trouble)
    # After these, which the bench has told its log already.
    lines = LogLines(session.bench.log)
    logging.getLogger().addHandler(lines)
    until_end.callback(logging.getLogger().removeHandler, lines)
    if no_log and session.store.lasting:
        troubles.append(no_log)
    begun = Started(session, line, claim, starts, troubles)
    if args.self_test:
        return begun
    if args.url:
        session.bench.set_default_url(args.url)
    if args.sheet and not asked_to_end() and not _take_sheet(args.sheet, begun):
        return 2
    if asked_to_end():
        return 0
    wanted = [loopback_name()] if args.demo else args.interfaces
    line.attach(session, wanted, args.port)
    line.start()
    return begun


def _begin_start(starts: FailedStarts, store: Path) -> list[Trouble]:
    """After two starts that failed the data is set aside. When that did not help it is put back:
    it was not the data's fault. As long as it lies there it is offered."""
    told = []
    try:
        aside = last_aside(store, "failed")
        if starts.failed == MOST_FAILED and store.exists():
            aside = set_aside(store, "failed")
        elif starts.failed == MOST_FAILED + 1 and aside:
            put_back(store, aside.name)
            aside = None
            told.append(put_back_trouble(store))
        if aside:
            told.append(set_aside_trouble("failed", store, aside))
    except OSError as error:
        log.warning("%s after %d failed starts: %s", store, starts.failed, error)
    starts.begin()
    return told


def loopback_name() -> str:
    """The system's name of the loopback interface."""
    return next((one.name for one in system_interfaces() if one.loopback), "lo")


def _no_temporary_folder(error: OSError) -> Trouble:
    return Trouble(
        "There is no folder for temporary files that can be written ({error}). Free some space or "
        "let {variable} name another folder, or keep the data in one with --data-dir.",
        error=error.strerror or error,
        variable="TEMP" if sys.platform == "win32" else "TMPDIR",
    )


def _make(folder: Path, *, ours: bool) -> None:
    # The store says so in the problem bar and goes on without the folder.
    with suppress(OSError):
        make_folder(folder, ours=ours)


def _show_other(other: OtherInstance, folder: Path, args: Arguments) -> int:
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


def _take_sheet(path: Path, begun: Started) -> bool:
    """Apply the sheet; False when it cannot be read. Bad lines are told, the others applied."""
    try:
        bad = begun.session.take_sheet(path)
    except Trouble as trouble:
        complain(f"pnp-gui: {trouble}")
        return False
    for one in bad:
        complain(f"pnp-gui: {path}, line {one.number}: {one.reason}")
    if bad:
        begun.troubles.append(_bad_lines(path, bad))
    return True


def _bad_lines(sheet: Path, bad: Sequence[BadLine]) -> Trouble:
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
