"""A file server in a process of its own."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.namespace import wait_until
from tests.net.commanded import CommandedProcess, running

ROOT = Path(__file__).parents[3]
APPROVED = "127.0.0.2"
STRANGER = "127.0.0.3"


class Server(CommandedProcess):
    """A `FileServer` in its own process; see `server_program`."""

    def __init__(self, process: subprocess.Popen[str], folder: Path) -> None:
        super().__init__(process)
        self.folder = folder

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
    arguments = (str(folder), str(http), str(tftp), *options)
    with running("tests.net.serving.server_program", *arguments, inside=inside) as process:
        yield Server(process, folder)


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
