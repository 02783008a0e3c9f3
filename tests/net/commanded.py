"""A process of the tests that takes a command a line, as JSON, and answers each by a line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.namespace import wait_until

ROOT = Path(__file__).parents[2]


class CommandedProcess:
    """Who waits for its state asks again and again."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self._lock = threading.Lock()
        self.pid = process.pid

    def do(self, command: str, **values: Any) -> dict[str, Any]:
        """Carry out one command; its answer, mostly the state."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        with self._lock:
            self._process.stdin.write(json.dumps({"do": command, **values}) + "\n")
            self._process.stdin.flush()
            answer = self._process.stdout.readline()
        assert answer, "the process has ended"
        state: dict[str, Any] = json.loads(answer)
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
