"""The real program as a process in a namespace, started and ended as a person would."""

from __future__ import annotations

import fcntl
import os
import re
import signal
import subprocess
import sys
import termios
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, suppress
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any, Self

from pnp_gui.bench.phones.phone import Phone
from pnp_gui.bench.store.store import Store
from pnp_gui.system.log_file import LOG_FILE
from tests.namespace import Namespace, wait_until

ROOT = Path(__file__).resolve().parents[2]

LISTENING = re.compile(r"\blistening on UDP port \d+", re.IGNORECASE)
"""The line of -v for each socket that hears phones."""

START_SECONDS = 60.0
"""A bound for a slow machine, no measure."""


def environment(folder: Path, display: str = "") -> dict[str, str]:
    """What the program gets to see: nothing of this user's settings, and a screen or none."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    home = folder / "home"
    home.mkdir(parents=True, exist_ok=True)
    home.chmod(0o700)
    screen = {"DISPLAY": display} if display else {"QT_QPA_PLATFORM": "offscreen"}
    return {
        **kept,
        **screen,
        "HOME": str(home),
        "XDG_RUNTIME_DIR": str(home),
        "PYTHONPATH": str(ROOT),
        "PYTHONWARNINGS": "error",
    }


def run_program(side: Namespace, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the program to its end, whatever its exit status."""
    return side.run(
        *(sys.executable, "-m", "pnp_gui", "--data-dir", str(folder / "data"), *arguments),
        check=False,
        timeout=30,
        env=environment(folder),
        cwd=ROOT,
    )


class Program:
    """One run of the program with a window (or offscreen), ended with the ``with`` block."""

    def __init__(
        self,
        side: Namespace,
        folder: Path,
        *arguments: str,
        display: str = "",
        sockets: int = 1,
        module: str = "pnp_gui",
        before: Sequence[str] = (),
        output: int | None = None,
        variables: Mapping[str, str] = MappingProxyType({}),
        leads_terminal: bool = False,
    ) -> None:
        """`sockets`: how many lines about listening have to come before it counts as ready;
        `module`: what is run, such as `tests.end_to_end.watched`; `before`: a command that runs it;
        `output`: a file descriptor to take what it writes, whose log then is the one in the data
        folder; `variables`: of the environment, besides the usual ones; `leads_terminal`: `output`
        is its terminal."""
        self._before = before
        self.data = folder / "data"
        self._side = side
        self._arguments = arguments
        self._sockets = sockets
        self._module = module
        self._environment = {**environment(folder, display), **variables}
        self._output = output
        self._leads_terminal = leads_terminal
        self._log = folder / "stderr.txt" if output is None else self.data / LOG_FILE
        self._process: subprocess.Popen[Any] | None = None

    def __enter__(self) -> Self:
        with ExitStack() as opened:
            log: Any = self._output
            if log is None:
                log = opened.enter_context(self._log.open("wb"))
            self._process = self._side.popen(
                *(
                    *self._before,
                    sys.executable,
                    "-m",
                    self._module,
                    "--data-dir",
                    str(self.data),
                    "-v",
                ),
                *self._arguments,
                env=self._environment,
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=self._leads_terminal,
                preexec_fn=partial(fcntl.ioctl, log, termios.TIOCSCTTY)
                if self._leads_terminal
                else None,
            )
        try:
            wait_until(self._ready_or_over, START_SECONDS, "the program listens")
            assert self.is_running, f"the program ended:\n{self.log}"
        except BaseException:
            self.kill()
            raise
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        try:
            if self.is_running and kind is None:
                assert self.stop() == 0, self.log
                assert "Traceback" not in self.log, self.log
        finally:
            self.kill()

    @property
    def process(self) -> subprocess.Popen[Any]:
        assert self._process is not None
        return self._process

    @property
    def is_running(self) -> bool:
        return self.process.poll() is None

    @property
    def log(self) -> str:
        """All that it wrote to standard output and standard error so far."""
        with suppress(FileNotFoundError):
            return self._log.read_text(encoding="utf-8", errors="replace")
        return ""

    def stop(self) -> int:
        """Ask it politely to end; its exit status."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=30)

    def kill(self) -> None:
        """``kill -9``."""
        with suppress(ProcessLookupError):
            self.process.kill()
        self.process.wait(timeout=30)

    def kept(self) -> dict[str, Phone]:
        """What lies in the store, by key; for when the program is over."""
        return kept_in(self.data)

    def _ready_or_over(self) -> bool:
        return not self.is_running or len(LISTENING.findall(self.log)) >= self._sockets


def kept_in(data: Path) -> dict[str, Phone]:
    """What lies in the store of a data folder, by key."""
    store = Store.open(data)
    try:
        phones = {phone.key: phone for phone in store.load()}
        assert store.troubles == [], [str(trouble) for trouble in store.troubles]
        return phones
    finally:
        store.close()
