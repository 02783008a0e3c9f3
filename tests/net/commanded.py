"""A process of the tests that takes a command a line, as JSON, and answers each by a line."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.namespace import wait_until
from tests.process import carry_out

ROOT = Path(__file__).parents[2]


class CommandedProcess:
    """Who waits for its state asks again and again."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self._lock = threading.Lock()
        self.pid = process.pid

    def do(self, command: str, **values: Any) -> dict[str, Any]:
        """Carry out one command; its answer, mostly the state."""
        with self._lock:
            state: dict[str, Any] | None = carry_out(self._process, command, values)
        assert state is not None, "the process has ended"
        return state

    def state(self) -> dict[str, Any]:
        return self.do("state")

    def until(
        self, condition: Callable[[dict[str, Any]], object], what: str, seconds: float = 20.0
    ) -> dict[str, Any]:
        """The state once `condition` is true for it."""
        wait_until(lambda: condition(self.state()), seconds, what)
        return self.state()


@contextmanager
def running(
    module: str, *options: str, inside: Sequence[str] = ()
) -> Iterator[subprocess.Popen[str]]:
    """Run the module until the end of the block. `inside`: a command line that runs the one behind
    it."""
    process = subprocess.Popen(
        [*inside, sys.executable, "-m", module, *options],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        try:
            yield process
        finally:
            assert process.stdin is not None
            process.stdin.close()
            try:
                process.wait(timeout=20)
            finally:
                process.kill()
