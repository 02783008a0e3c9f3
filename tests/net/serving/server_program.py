"""A program of its own that runs a `FileServer`, and a pump beside it, to be started in a network
namespace or beside a test.

    python -m tests.net.serving.server_program FOLDER HTTP_PORT TFTP_PORT [--private FOLDER]
        [--hang] [--nobody]

Takes one command a line on standard input, as JSON, and answers each with one line: the state.
Every address is approved, but for those whose last byte is odd: 127.0.0.2 is, 127.0.0.3 is not.
`--hang`: reading hang.cfg never ends. `--nobody` gives up root's rights first.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QSocketNotifier, QTimer

from pnp_gui.files import folder, opening
from pnp_gui.files.fetch import Fetch
from pnp_gui.net.serving.file_server import FileServer

FETCHES_KEPT = 5000


class Lines(logging.Handler):
    """The lines of the log."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        text = record.getMessage()
        if record.exc_info and record.exc_info[0] is not None:
            text += f" {record.exc_info[1]!r}"
        self.lines.append(f"{record.levelname} {text}")


class Program:
    """The server, what it reported, and the commands."""

    def __init__(self) -> None:
        self.approved: set[str] = set()
        self.withdrawn: set[str] = set()
        self.skew = 0.0
        self.fetches: dict[int, Fetch] = {}
        """By identity: each is reported several times."""
        self.reports = 0
        self.changes = 0
        self.passes = 0
        self.longest = 0.0
        self._last = time.perf_counter()
        self.log = Lines()
        logging.getLogger("pnp_gui").addHandler(self.log)
        logging.getLogger("pnp_gui").setLevel(logging.INFO)
        private = None
        if "--private" in sys.argv:
            private = Path(sys.argv[sys.argv.index("--private") + 1])
        self.server = FileServer(
            self.may_fetch, self.report, self.changed, clock=self.clock, private=private
        )
        self._pending = b""
        self._notifier = QSocketNotifier(0, QSocketNotifier.Type.Read)
        self._notifier.activated.connect(self.commands)
        # What a pump would see: whether the event loop goes on.
        self._loop = QTimer()
        self._loop.timeout.connect(self._passed)
        self._loop.start(1)

    def clock(self) -> float:
        return time.monotonic() + self.skew

    def may_fetch(self, address: str) -> bool:
        even = int(address.rpartition(".")[2]) % 2 == 0
        return (even or address in self.approved) and address not in self.withdrawn

    def report(self, fetch: Fetch) -> None:
        self.reports += 1
        if len(self.fetches) < FETCHES_KEPT:
            self.fetches[id(fetch)] = fetch

    def changed(self) -> None:
        self.changes += 1

    def _passed(self) -> None:
        now = time.perf_counter()
        self.passes += 1
        self.longest = max(self.longest, now - self._last)
        self._last = now

    def commands(self, *_: object) -> None:
        received = os.read(0, 65536)
        if not received:
            QCoreApplication.quit()
        *lines, self._pending = (self._pending + received).split(b"\n")
        for line in lines:
            answer = self.command(json.loads(line))
            sys.stdout.write(json.dumps(self.state() if answer is None else answer) + "\n")
            sys.stdout.flush()

    def command(self, command: dict[str, Any]) -> object:
        match command["do"]:
            case "start":
                self.server.start(Path(command["folder"]), command["http"], command["tftp"])
            case "stop":
                self.server.stop()
            case "approve":
                self.approved.add(command["address"])
            case "withdraw":
                self.withdrawn.add(command["address"])
                self.server.withdraw(command["address"])
            case "disapprove":  # and nobody tells the server
                self.withdrawn.add(command["address"])
            case "skew":
                self.skew += command["seconds"]
            case "names":
                return {"names": list(self.server.names())}
            case "fetches":
                return {"fetches": [as_json(fetch) for fetch in self.fetches.values()]}
            case "forget":
                self.fetches.clear()
                self.log.lines.clear()
                self.longest = 0.0
            case "memory":
                return {"kilobytes": resident()}
        return None

    def state(self) -> dict[str, Any]:
        state = self.server.state
        return {
            "serving": state.serving,
            "folder": str(state.folder or ""),
            "files": state.files,
            "http_port": state.http_port,
            "tftp_port": state.tftp_port,
            "troubles": {code: str(trouble) for code, trouble in state.troubles.items()},
            "refused": state.refused,
            "active": state.active,
            "reports": self.reports,
            "changes": self.changes,
            "passes": self.passes,
            "longest": self.longest,
            "log": self.log.lines,
        }


def as_json(fetch: Fetch) -> dict[str, Any]:
    """A fetch, with its bytes as text."""
    values = {field.name: getattr(fetch, field.name) for field in fields(fetch)}
    for name in ("request", "answer"):
        values[name] = values[name].decode("latin-1")
    return {**values, "complete": fetch.complete}


def resident() -> int:
    """Memory of this process, in kB."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmRSS:")[2].split()[0])


def let_a_file_hang() -> None:
    """Opening "hang.cfg" never ends, as on a network drive whose server is gone."""
    open_inside = opening.open_inside

    def hanging(root: Path, parts: Sequence[str], private: Path | None) -> Any:
        if parts[-1] == "hang.cfg":
            threading.Event().wait()
        return open_inside(root, parts, private)

    vars(folder)["open_inside"] = hanging


def main() -> None:
    application = QCoreApplication([])
    if "--hang" in sys.argv:
        let_a_file_hang()
    if "--nobody" in sys.argv:
        __import__("psutil")  # later, nobody may not be allowed to read where it is installed
        os.setgid(65534)
        os.setuid(65534)
    program = Program()
    served, http, tftp = sys.argv[1:4]
    program.server.start(Path(served), int(http), int(tftp))
    application.exec()
    program.server.close()


if __name__ == "__main__":
    main()
