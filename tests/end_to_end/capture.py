"""What crossed the cable: captured by tcpdump, read by tshark."""

from __future__ import annotations

import signal
import subprocess
import time
from pathlib import Path
from typing import Any

from tests.namespace import Namespace, wait_until

SEVERITY_WARN = 0x600000
"""Wireshark's expert severities: chat, note, warn, error in steps of 0x200000."""

SETTLE_SECONDS = 0.5
"""For the last datagrams to reach the file."""


class Capture:
    """A capture of one port, as long as the ``with`` block lasts: all UDP and ICMP, or `kinds`."""

    def __init__(self, side: Namespace, port: str, path: Path, kinds: str = "udp or icmp") -> None:
        self.path = path
        self._said = path.with_suffix(".stderr")
        self._side = side
        self._port = port
        self._kinds = kinds
        self._process: subprocess.Popen[Any] | None = None

    def __enter__(self) -> Capture:
        with self._said.open("wb") as said:
            self._process = self._side.popen(
                *("tcpdump", "-i", self._port, "-Z", "root", "-n", "-U", "--immediate-mode"),
                *("-s", "0", "-B", "65536", "-w", str(self.path), self._kinds),
                stdout=subprocess.DEVNULL,
                stderr=said,
            )
        wait_until(lambda: "listening on" in self._said.read_text(), 30, "tcpdump captures")
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process is not None
        time.sleep(SETTLE_SECONDS)
        self._process.send_signal(signal.SIGINT)
        self._process.wait(timeout=30)
        assert "0 packets dropped by kernel" in self._said.read_text(), self._said.read_text()

    def rows(self, wanted: str, *fields: str) -> list[list[str]]:
        """The fields of every frame that passes the display filter `wanted`."""
        done = subprocess.run(
            [
                *("tshark", "-n", "-r", str(self.path), "-Y", wanted, "-T", "fields"),
                *("-E", "separator=/t", "-E", "occurrence=a"),
                *(part for field in fields for part in ("-e", field)),
            ],
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return [line.split("\t") for line in done.stdout.splitlines()]

    def count(self, wanted: str) -> int:
        """Frames that pass the display filter."""
        return len(self.rows(wanted, "frame.number"))
