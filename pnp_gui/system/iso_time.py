"""Times for those who read them elsewhere."""

from __future__ import annotations

from datetime import UTC, datetime


def iso_time(at: float, timespec: str = "seconds") -> str:
    """`at` (Unix seconds) as local time and its zone (RFC 3339, with a blank for the T):
    "2026-11-24 14:02:11+01:00". `timespec`: see `datetime.isoformat`."""
    return datetime.fromtimestamp(at, UTC).astimezone().isoformat(" ", timespec)
