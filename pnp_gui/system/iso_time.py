"""Times for those who read them elsewhere."""

from __future__ import annotations

from datetime import UTC, datetime


def iso_time(at: float, *, milliseconds: bool = False) -> str:
    """`at` (Unix seconds) as local time and its zone (RFC 3339, with a blank for the T):
    "2026-11-24 14:02:11+01:00"."""
    when = datetime.fromtimestamp(round(at, 3) if milliseconds else int(at), UTC).astimezone()
    return when.isoformat(" ", "milliseconds" if milliseconds else "seconds")
