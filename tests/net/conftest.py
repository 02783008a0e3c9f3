"""Pumps for the tests of the network: one in a process inside a namespace, one in this process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from tests.namespace import Namespace, wait_until
from tests.net.loopback import Bench

ROOT = Path(__file__).parents[2]


class PumpProcess:
    """A pump in its own process; see `pump_program`."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self._lock = threading.Lock()

    def do(self, command: str, **values: Any) -> dict[str, Any]:
        """Carry out one command; the state after it."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        with self._lock:
            self._process.stdin.write(json.dumps({"do": command, **values}) + "\n")
            self._process.stdin.flush()
            answer = self._process.stdout.readline()
        assert answer, "the pump's process has ended"
        state: dict[str, Any] = json.loads(answer)
        return state

    def listen(self, wanted: list[str] | None, port: int = 5060) -> dict[str, Any]:
        return self.do("listen", wanted=wanted, port=port)

    def state(self) -> dict[str, Any]:
        return self.do("state")

    def until(
        self, condition: Callable[[dict[str, Any]], object], what: str, seconds: float = 20.0
    ) -> dict[str, Any]:
        """The state once `condition` is true for it."""
        wait_until(lambda: condition(self.state()), seconds, what)
        return self.state()


@contextmanager
def pump_in(namespace: Namespace, *options: str) -> Iterator[PumpProcess]:
    """Start a pump inside; it listens to nothing before `listen`."""
    process = namespace.popen(
        sys.executable,
        "-m",
        "tests.net.pump_program",
        *options,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        try:
            pump = PumpProcess(process)
            pump.state()
            yield pump
        finally:
            assert process.stdin is not None
            process.stdin.close()
            try:
                process.wait(timeout=20)
            finally:
                process.kill()


@pytest.fixture(params=[False, True], ids=["a socket each", "one shared socket"])
def options(request: pytest.FixtureRequest) -> list[str]:
    """Both ways of listening: Linux' own, and that of Windows, which works on Linux as well."""
    return ["--shared"] if request.param else []


@pytest.fixture
def bench(qtbot: QtBot) -> Iterator[Bench]:
    made = Bench(qtbot)
    made.pump.listen(["lo"], 0)
    yield made
    made.pump.close()
    for phone in made.phones:
        phone.sock.close()
