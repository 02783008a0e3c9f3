"""What the table of statuses says of each, and what it fills in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pnp_gui.bench.phones.files import NONE, Files
from pnp_gui.bench.phones.phone import Phone
from pnp_gui.ui.words.times import clock_time, seconds_left


def left(phone: Phone, now: float, short: bool) -> dict[str, object]:
    return {"left": seconds_left(phone.asking_until - now)}


def clock(at: float | None, short: bool) -> str:
    return "" if at is None else clock_time(at, short=short)


def files_of(phone: Phone) -> Files:
    return phone.files or NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusDisplay:
    """How one status is shown. All texts are English and the keys of their translations."""

    words: str
    """{left}, {when}, {code}, {percent}, {address} or %n are filled in by `values`."""
    sign: tuple[str, str]
    """Its icon's name in `icons.py`, and its tone's in `theme.TONES`."""
    explanation: str
    """What it means and what to do next: the tooltip."""
    count: str = ""
    """What the status bar says about these phones, with {n}; "": nothing."""
    short_count: str = ""
    """For little room; "": the same words."""
    short: str = ""
    """For little room; "": the same words."""
    values: Callable[[Phone, float, bool], dict[str, object]] = lambda phone, now, short: {}
    """Phone, the bench's clock, whether the short words are wanted -> values for the words."""
