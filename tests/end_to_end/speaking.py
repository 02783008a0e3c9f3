"""The program of `spoken_program` as a process: started, spoken to, ended."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from tests.end_to_end.program import ROOT, environment
from tests.namespace import Namespace, wait_until


class Spoken:
    """One run of it, ended with the ``with`` block."""

    def __init__(
        self,
        side: Namespace | None,
        folder: Path,
        *arguments: str,
        display: str = "",
        **variables: str,
    ) -> None:
        """`side`: the namespace it runs in, or None for this very machine's loopback."""
        self.folder = folder
        self.data = folder / "data"
        command = [sys.executable, "-m", "tests.end_to_end.spoken_program"]
        command += ["--data-dir", str(self.data), *arguments]
        self._command = command if side is None else side.command(*command)
        self._environment = {**environment(folder, display), **variables}

    def __enter__(self) -> Spoken:
        with (self.folder / "stderr.txt").open("ab") as errors:
            self.process = subprocess.Popen(
                self._command,
                env=self._environment,
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )
        try:
            self.state()
        except BaseException:
            self.kill()
            raise
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        try:
            if kind is None and self.process.poll() is None:
                self.process.terminate()
                assert self.process.wait(timeout=30) == 0, self.said
        finally:
            self.kill()

    def kill(self) -> None:
        """``kill -9``, if it still runs."""
        with suppress(ProcessLookupError):
            self.process.kill()
        self.process.wait(timeout=30)
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        with suppress(BrokenPipeError):
            self.process.stdin.close()
        self.process.stdout.close()

    @property
    def said(self) -> str:
        """All that it wrote to standard error."""
        return (self.folder / "stderr.txt").read_text(encoding="utf-8", errors="replace")

    @property
    def log_file(self) -> str:
        """Its log file."""
        return (self.data / "pnp-bench.log").read_text(encoding="utf-8")

    def do(self, command: str, **values: Any) -> dict[str, Any]:
        """Carry out one command; the state after it."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps({"do": command, **values}) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        assert answer, f"the program has ended: {self.said}"
        state: dict[str, Any] = json.loads(answer)
        return state

    def state(self) -> dict[str, Any]:
        """How it is now."""
        return self.do("state")

    def until(
        self, condition: Callable[[dict[str, Any]], object], what: str, seconds: float = 20.0
    ) -> dict[str, Any]:
        """The state once `condition` is true for it."""
        last: dict[str, Any] = {}

        def fulfilled() -> object:
            nonlocal last
            last = self.state()
            return condition(last)

        try:
            wait_until(fulfilled, seconds, what)
        except AssertionError as error:
            last.pop("log", None)
            raise AssertionError(f"{error}: {last}") from None
        return last
