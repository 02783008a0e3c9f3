"""A capture file as tshark reads it: the second opinion on everything we write."""

from __future__ import annotations

import subprocess
from pathlib import Path

CHECKS = ("-o", "ip.check_checksum:TRUE", "-o", "udp.check_checksum:TRUE")


def rows(path: Path, *fields: str, wanted: str = "") -> list[list[str]]:
    """These fields of every packet that passes the display filter."""
    command = ["tshark", "-n", *CHECKS, "-r", str(path), "-T", "fields", "-E", "separator=/t"]
    if wanted:
        command += ["-Y", wanted]
    for field in fields:
        command += ["-e", field]
    return [line.split("\t") for line in _output(command).splitlines()]


def complaints(path: Path) -> list[list[str]]:
    """Packets that are malformed, or about whose headers and checksums tshark has a word."""
    wrong = (
        "_ws.malformed || ip.checksum.status == Bad || udp.checksum.status == Bad"
        " || udp.length.bad || ip.bogus_ip_length || _ws.expert.group == Checksum"
        " || _ws.expert.group == Malformed || _ws.expert.group == Protocol"
    )
    return rows(path, "frame.number", "_ws.expert.message", wanted=wrong)


def _output(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout
