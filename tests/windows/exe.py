"""The Windows program under Wine, in a namespace of its own, started and ended as a person would.

Wine's server opens the sockets of all its programs in the namespace in which it was started, so
there is one at a time: each run waits for the end of the one before.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from tests.namespace import Namespace, wait_until
from tests.process import START_SECONDS, RunningProgram
from tests.screen import xdotool

KIT = Path(__file__).with_name("kit")
"""Wine and a CPython for Windows; its README.md says more."""

JOINED = re.compile(r"joined on (\S+)")


def windows_path(path: Path) -> str:
    """As a Windows program has to write it."""
    return "Z:" + str(path).replace("/", "\\")


def wine_environment(display: str) -> dict[str, str]:
    """For the kit's own programs."""
    return {**os.environ, "DISPLAY": display}


def wine_is_over() -> None:
    """Wait until no program of the kit's Wine runs any more."""
    waiting = ("bash", "-c", '. "$0/environment"; exec wineserver -w', str(KIT))
    subprocess.run(waiting, timeout=START_SECONDS, check=False)


def run_windows(
    side: Namespace, display: str, *command: str, fresh: bool = True
) -> subprocess.CompletedProcess[str]:
    """Run a Windows program to its end. `fresh`: nothing else of the kit runs."""
    if fresh:
        wine_is_over()
    with side.popen(
        *(str(KIT / "run"), *command),
        env=wine_environment(display),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            output, _ = process.communicate(timeout=START_SECONDS)
        except BaseException:
            os.killpg(process.pid, signal.SIGKILL)
            raise
    return subprocess.CompletedProcess(command, process.returncode, output)


CLICKED = """
import subprocess, sys
DETACHED = 8
started = subprocess.Popen(sys.argv[1:], creationflags=DETACHED)
print('status', started.wait())
"""
"""Starts a program as a click does, or a scheduled task: without any output."""


@contextmanager
def clicked(
    side: Namespace, display: str, folder: Path, exe: Path, *arguments: str
) -> Iterator[subprocess.Popen[str]]:
    """Start the program without any output; in the end what is said is "status" and a number."""
    script = folder / "click.py"
    script.write_text(CLICKED)
    wine_is_over()
    with side.popen(
        *(str(KIT / "run"), "python", windows_path(script)),
        *(windows_path(exe), *arguments),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        env=wine_environment(display),
        start_new_session=True,
    ) as process:
        try:
            yield process
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


def boxes(display: str) -> list[str]:
    """The numbers of the message boxes of the program's own that are shown."""
    return xdotool(display, "search", "--onlyvisible", "--name", "^PnP Bench$").split()


class Exe(RunningProgram):
    """The program. It is ready when its window is shown."""

    def __init__(
        self, side: Namespace, exe: Path, data: Path | None, *arguments: str, display: str
    ) -> None:
        super().__init__(exe.parent.parent / "output.txt")
        self.data = data
        self._side = side
        folder = ("--data-dir", windows_path(data)) if data else ()
        self._command = (str(KIT / "run"), str(exe), *folder, "-v", *arguments)
        self._display = display

    def start(self) -> subprocess.Popen[Any]:
        wine_is_over()
        with self._output.open("wb") as output:
            return self._side.popen(
                *self._command,
                env=wine_environment(self._display),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    def is_ready(self) -> bool:
        return bool(self.window())

    def stop(self) -> int:
        """Close its window by the keyboard."""
        xdotool(self._display, "windowfocus", "--sync", self.window())
        xdotool(self._display, "key", "--clearmodifiers", "alt+F4")
        return self.process.wait(timeout=START_SECONDS)

    def window(self) -> str:
        """The number of its window; "" while there is none."""
        found = xdotool(self._display, "search", "--onlyvisible", "--name", "^PnP Bench")
        return found.split()[-1] if found.split() else ""

    def joined(self) -> list[str]:
        """Names of the interfaces that it wrote it joined, in order."""
        return JOINED.findall(self.output)

    def wrote(self, words: str, times: int = 1) -> bool:
        """Whether it wrote `words` that often."""
        return self.output.count(words) >= times

    def listens(self, *interfaces: str) -> Exe:
        """Return once it has joined on these."""
        wait_until(lambda: set(interfaces) <= set(self.joined()), START_SECONDS, str(interfaces))
        return self

    def freeze(self, *, on: bool) -> None:
        """Stop all its processes, as sleep does, or let them go on."""
        os.killpg(self.process.pid, signal.SIGSTOP if on else signal.SIGCONT)
