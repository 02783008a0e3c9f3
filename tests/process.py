"""A program as a process, started by a ``with`` block and ended with it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from abc import ABC, abstractmethod
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

from tests.namespace import wait_until

START_SECONDS = 60.0
"""A limit for a slow machine, not a measure."""


def carry_out(process: subprocess.Popen[Any], command: str, values: dict[str, Any]) -> Any:
    """Send a process one command, as a line of JSON; its answer, None if it has ended."""
    assert process.stdin is not None
    assert process.stdout is not None
    with suppress(BrokenPipeError):
        process.stdin.write(json.dumps({"do": command, **values}) + "\n")
        process.stdin.flush()
    answer = process.stdout.readline()
    return json.loads(answer) if answer else None


class RunningProgram(ABC):
    """One run, in a session of its own. What it writes goes to a file."""

    def __init__(self, output: Path) -> None:
        self._output = output
        self._process: subprocess.Popen[Any] | None = None

    # What each kind of program does in its own way.

    @abstractmethod
    def start(self) -> subprocess.Popen[Any]:
        """Start the process, as the leader of a session."""

    @abstractmethod
    def is_ready(self) -> bool:
        """Whether it has started; asked until it has, or is over."""

    @abstractmethod
    def stop(self) -> int:
        """Ask it to end, as a person does; its exit status."""

    # The same for all of them.

    def __enter__(self) -> Self:
        self._process = self.start()
        try:
            wait_until(lambda: not self.is_running or self.is_ready(), START_SECONDS, "it starts")
            assert self.is_running, f"the program ended:\n{self.output}"
        except BaseException:
            self.kill()
            raise
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        try:
            if self.is_running and kind is None:
                assert self.stop() == 0, self.output
                assert "Traceback" not in self.output, self.output
        finally:
            if kind is not None:
                sys.stdout.write(self.output[-20_000:])  # pytest shows it with the failure
            self.kill()

    @property
    def process(self) -> subprocess.Popen[Any]:
        assert self._process is not None
        return self._process

    @property
    def is_running(self) -> bool:
        return self.process.poll() is None

    @property
    def output(self) -> str:
        """All that it has written so far."""
        with suppress(FileNotFoundError):
            return self._output.read_text(encoding="utf-8", errors="replace")
        return ""

    def kill(self) -> None:
        """``kill -9``, for all its processes."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(timeout=30)
