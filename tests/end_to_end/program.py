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
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pnp_gui.bench.phones.phone import Phone
from pnp_gui.bench.store.store import Store
from pnp_gui.system.log_file import LOG_FILE
from tests.namespace import Namespace
from tests.process import RunningProgram

ROOT = Path(__file__).resolve().parents[2]

LISTENING = re.compile(r"\blistening on UDP port \d+", re.IGNORECASE)
"""The line of -v for each socket."""


def environment(folder: Path, display: str = "") -> dict[str, str]:
    """The program's environment: none of this user's settings, and a screen or none."""
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


class Program(RunningProgram):
    """The program and its window (or offscreen). It is ready when it listens and its window is
    shown."""

    def __init__(
        self,
        side: Namespace | None,
        folder: Path,
        *arguments: str,
        display: str = "",
        sockets: int = 1,
        verbose: bool = True,
        module: str = "pnp_gui",
        before: Sequence[str] = (),
        output: int | None = None,
        variables: Mapping[str, str] = MappingProxyType({}),
        leads_terminal: bool = False,
    ) -> None:
        """`side`: its namespace, or this process's own; `sockets`: how many have to listen, as -v
        says, before it is ready, 0: it is at once; `module`: what is run; `before`: a command that
        runs it; `output`: a file descriptor for what it writes, whose `log` then is the file in the
        data folder; `variables`: of the environment; `leads_terminal`: `output` is its terminal."""
        self.data = folder / "data"
        super().__init__(folder / "stderr.txt" if output is None else self.data / LOG_FILE)
        command = [*before, sys.executable, "-m", module, "--data-dir", str(self.data)]
        command += [*(["-v"] if verbose else []), *arguments]
        self._command = side.command(*command) if side else command
        self._sockets = sockets
        self._environment = {**environment(folder, display), **variables}
        self._stream = output
        self._leads_terminal = leads_terminal

    @property
    def log(self) -> str:
        """All that it has written to standard output and standard error so far."""
        return self.output

    def start(self) -> subprocess.Popen[Any]:
        with ExitStack() as opened:
            stream: Any = self._stream
            if stream is None:
                stream = opened.enter_context(self._output.open("wb"))
            take_terminal = partial(fcntl.ioctl, stream, termios.TIOCSCTTY)
            return subprocess.Popen(
                self._command,
                env=self._environment,
                cwd=ROOT,
                start_new_session=True,
                preexec_fn=take_terminal if self._leads_terminal else None,
                stderr=stream,
                **self.pipes(stream),
            )

    def pipes(self, stream: Any) -> dict[str, Any]:
        """Where standard input and output go, for Popen."""
        return {"stdin": subprocess.DEVNULL, "stdout": stream}

    def is_ready(self) -> bool:
        log = self.log
        return not self._sockets or (
            len(LISTENING.findall(log)) >= self._sockets and "the window is shown" in log
        )

    def stop(self) -> int:
        """SIGTERM."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=30)

    def kept(self) -> dict[str, Phone]:
        """The phones in the store, by key; for when the program is over."""
        return kept_in(self.data)


def kept_in(data: Path) -> dict[str, Phone]:
    """The phones in the store of a data folder, by key."""
    store = Store.open(data)
    try:
        phones = {phone.key: phone for phone in store.load()}
        assert store.troubles == [], [str(trouble) for trouble in store.troubles]
        return phones
    finally:
        store.close()
