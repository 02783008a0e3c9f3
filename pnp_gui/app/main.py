"""Start of the program: arguments, listening, Qt, the data, and the loop."""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence
from contextlib import ExitStack

from pnp_gui.app.arguments import parse_arguments
from pnp_gui.app.startup import read_data, start
from pnp_gui.net.interfaces import check_names, system_interfaces
from pnp_gui.system.plain_import import import_plainly
from pnp_gui.system.screen import choose_screen
from pnp_gui.system.shutdown import ShutdownRequest
from pnp_gui.system.uncaught import UncaughtErrors


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
    if args.interfaces:
        check_names(args.interfaces, system_interfaces())
    shutdown = None if args.self_test else ShutdownRequest()
    with ExitStack() as stack:
        if shutdown:
            stack.callback(shutdown.finish)
        errors = UncaughtErrors()
        stack.callback(errors.close)
        requested = shutdown.is_made if shutdown else lambda: False
        started = start(args, stack, requested)
        if started is None:
            return 0
        try:
            import_plainly()
            from pnp_gui.app.running import open_application, run
        except ImportError as error:
            from pnp_gui.system.libraries import missing_libraries

            raise (missing_libraries() or error) from None
        # Where there is no screen it ends here: nobody was answered, and no sheet applied.
        app = open_application(stack.close)
        if requested() or not read_data(args, started, requested):
            return 0
        return run(app, args, started, shutdown, errors)
