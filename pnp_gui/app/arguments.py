"""The command line, and one clear line for what is wrong with it."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import NoReturn

from pnp_gui import PRODUCT, __version__
from pnp_gui.bench.store.settings import HTTP_PORT, TFTP_PORT
from pnp_gui.pnp.sip_values import PORT
from pnp_gui.pnp.url import FACTORY_URL, check_url
from pnp_gui.system.console import print_help
from pnp_gui.system.printable import printable
from pnp_gui.trouble import Trouble

DEMO_PHONES, MAX_DEMO_PHONES = 12, 200


class Arguments(argparse.Namespace):
    """What the command line says."""

    url: str | None
    """Default URL; None: the one used last time."""
    interfaces: list[str]
    """Names or IPv4 addresses; empty: those chosen last time."""
    port: int
    serve: Path | None
    """A folder whose files approved phones get; None: nothing is served at first."""
    http_port: int | None
    tftp_port: int | None
    """0: no TFTP. None: those set in the window, at first 8080 and 69."""
    sheet: Path | None
    check_sheet: Path | None
    data_dir: Path | None
    demo: int
    """Number of simulated phones; 0: none."""
    self_test: bool
    verbose: bool

    @property
    def leaves_nothing(self) -> bool:
        """Demo and self-test leave no data behind, unless a folder is named."""
        return self.data_dir is None and (self.self_test or bool(self.demo))

    @property
    def not_passed_on(self) -> list[str]:
        """The options that say how to run, which a program that runs already is not told."""
        given = {
            "--url": self.url,
            "--interface": self.interfaces,
            "--port": self.port != PORT,
            "--serve": self.serve,
            "--http-port": self.http_port is not None,
            "--tftp-port": self.tftp_port is not None,
            "--sheet": self.sheet,
            "--verbose": self.verbose,
        }
        return [option for option, value in given.items() if value]


class _Parser(argparse.ArgumentParser):
    """Raises a `Trouble` instead of exiting."""

    def error(self, message: str) -> NoReturn:
        raise Trouble("{message}. See pnp-gui --help.", message=message.rstrip("."))

    def _print_message(self, message: str, file: object = None) -> None:
        """A windowed program shows help and version in a box."""
        print_help(message.rstrip("\n"))


def parse_arguments(argv: Sequence[str]) -> Arguments:
    """Read the command line. Raises `Trouble` for what is wrong; -h and --version exit."""
    parser = _parser()
    found, unknown = parser.parse_known_args(argv, Arguments())
    if unknown:
        parser.error(f"unrecognized arguments: {' '.join(map(repr, unknown))}")
    return found


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="pnp-gui",
        description=f"{PRODUCT} shows the phones that ask for their provisioning URL and gives it "
        "to those that you approve. A phone that you did not approve gets nothing.",
        allow_abbrev=False,
        # Each text below its option: whole URLs at 80 columns, and it is read in a box as well.
        formatter_class=partial(argparse.HelpFormatter, max_help_position=6),
    )
    add = parser.add_argument
    text = f"default URL for approved phones (initially {FACTORY_URL})"
    add("-u", "--url", type=_url, metavar="URL", help=text)
    add(
        *("-i", "--interface"),
        type=_named,
        action="append",
        default=[],
        dest="interfaces",
        metavar="INTERFACE",
        help="network interface to listen on, by name or IPv4 address; may be given several times "
        "(default: those chosen last time, initially all that are up)",
    )
    port = _number("a port", 65535)
    text = f"UDP port to listen on ({PORT})"
    add("-p", "--port", type=port, default=PORT, metavar="PORT", help=text)
    text = "serve the files of this folder to approved phones, by HTTP and TFTP"
    add("--serve", type=_folder, metavar="FOLDER", help=text)
    text = f"TCP port for HTTP ({HTTP_PORT.default}, or as set in the window)"
    add("--http-port", type=port, metavar="PORT", help=text)
    text = f"UDP port for TFTP ({TFTP_PORT.default}, or as set in the window); 0: no TFTP"
    add("--tftp-port", type=_number("a port", 65535, least=0), metavar="PORT", help=text)
    text = "phones to import: mac,decision,url,label, or any list with a column of MACs"
    add("--sheet", type=_path, metavar="FILE", help=text)
    text = "print what --sheet would read, and exit with status 0, or 2 if it is ambiguous"
    add("--check-sheet", type=_path, metavar="FILE", help=text)
    text = "folder for settings, decisions and the log"
    add("--data-dir", type=_path, metavar="DIR", help=text)
    add(
        "--demo",
        type=_number("a number of phones", MAX_DEMO_PHONES),
        nargs="?",
        const=DEMO_PHONES,
        default=0,
        metavar="N",
        help=f"simulate N phones ({DEMO_PHONES}) on this computer's loopback",
    )
    text = "serve one simulated phone, print what happened, and exit with status 0 or 1"
    add("--self-test", action="store_true", help=text)
    add("-v", "--verbose", action="store_true", help="write every message to standard error")
    add("--version", action="version", version=f"{PRODUCT} {__version__}")
    return parser


def _named(text: str) -> str:
    if not text.strip():
        raise argparse.ArgumentTypeError("the value is empty")
    return text


def _path(text: str) -> Path:
    return Path(_named(text))


def _folder(text: str) -> Path:
    path = _path(text)
    if not path.exists():
        raise argparse.ArgumentTypeError(f"there is no folder “{printable(text)}”")
    if not path.is_dir():
        text = printable(text)
        raise argparse.ArgumentTypeError(f"“{text}” is a file; name the folder that contains it")
    return path


def _url(text: str) -> str:
    try:
        check_url(text)
    except Trouble as trouble:
        raise argparse.ArgumentTypeError(str(trouble)) from None
    return text


def _number(what: str, most: int, *, least: int = 1) -> Callable[[str], int]:
    def read(text: str) -> int:
        # Python's int takes other scripts' digits, and refuses more than 4,300.
        if not re.fullmatch("[0-9]{1,9}", text) or not least <= int(text) <= most:
            raise argparse.ArgumentTypeError(f"“{text}” is not {what} between {least} and {most}")
        return int(text)

    return read
