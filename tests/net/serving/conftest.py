"""A file server in a process of its own."""

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

import pytest

from tests.namespace import wait_until

ROOT = Path(__file__).parents[3]
APPROVED = "127.0.0.2"
STRANGER = "127.0.0.3"


class Server:
    """A `FileServer` in its own process; see `server_program`."""

    def __init__(self, process: subprocess.Popen[str], folder: Path) -> None:
        self._process = process
        self._lock = threading.Lock()
        self.folder = folder
        self.pid = process.pid

    def do(self, command: str, **values: Any) -> dict[str, Any]:
        """Carry out one command; its answer, mostly the state."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        with self._lock:
            self._process.stdin.write(json.dumps({"do": command, **values}) + "\n")
            self._process.stdin.flush()
            answer = self._process.stdout.readline()
        assert answer, "the server's process has ended"
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

    @property
    def port(self) -> int:
        """Of HTTP."""
        port: int = self.state()["http_port"]
        return port

    def fetches(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.do("fetches")["fetches"]
        return found

    def let_time_pass_until_ended(self) -> dict[str, Any]:
        """The first fetch, once its time is over."""

        def over() -> bool:
            self.do("skew", seconds=61)
            return self.fetches()[0]["ended"] is not None

        wait_until(over, 20.0, "the fetch ends")
        return self.fetches()[0]

    def ended(self, count: int = 1) -> list[dict[str, Any]]:
        """The fetches, once so many have ended."""
        wait_until(
            lambda: sum(each["ended"] is not None for each in self.fetches()) >= count,
            20.0,
            f"{count} fetches end",
        )
        return self.fetches()

    def url(self, name: str) -> str:
        return f"http://127.0.0.1:{self.port}/{name}"


@contextmanager
def server_of(
    folder: Path, *options: str, http: int = 0, tftp: int = 0, inside: Sequence[str] = ()
) -> Iterator[Server]:
    """Start one that serves `folder` on a free port, and without TFTP. `inside`: a command line
    that runs the one behind it."""
    process = subprocess.Popen(
        [
            *(*inside, sys.executable, "-m", "tests.net.serving.server_program"),
            *(str(folder), str(http), str(tftp), *options),
        ],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        try:
            yield Server(process, folder)
        finally:
            assert process.stdin is not None
            process.stdin.close()
            try:
                process.wait(timeout=20)
            finally:
                process.kill()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """With files as a technician has them."""
    made = tmp_path / "served"
    (made / "firmware").mkdir(parents=True)
    (made / "cfg000413aabbcc.xml").write_bytes(b"<settings/>\n" * 1700)
    (made / "y000000000000.cfg").write_bytes(b"#!version:1.0.0.1\n")
    (made / "empty.cfg").write_bytes(b"")
    (made / "firmware" / "snom D785.bin").write_bytes(bytes(range(256)) * 12_000)
    return made


@pytest.fixture
def server(folder: Path) -> Iterator[Server]:
    with server_of(folder) as made:
        made.until(lambda state: state["files"] == 4, "the folder is read")
        yield made
