"""Times as text: "2 s ago", "28 s left", "14:02:11"."""

from __future__ import annotations

import time
from functools import lru_cache

from PySide6.QtCore import QDate, QDateTime, QLocale

from pnp_gui.ui.words.translate import translate

_MINUTE = 60
_HOUR = 60 * _MINUTE
_DAY = 24 * _HOUR


def window_locale() -> QLocale:
    """For the names of months in the window's language, not the system's. A translation replaces
    "en" with its language's code."""
    return QLocale(translate("Ago", "en"))


def ago(seconds: float) -> str:
    """How long ago something was; "just now" when the clock was set back."""
    whole = int(seconds)
    if whole < 1:
        return translate("Ago", "just now")
    if whole < _MINUTE:
        return translate("Ago", "{n} s ago").format(n=whole)
    if whole < _HOUR:
        return translate("Ago", "{n} min ago").format(n=whole // _MINUTE)
    if whole < _DAY:
        return translate("Ago", "{n} h ago").format(n=whole // _HOUR)
    return translate("Ago", "%n days ago", whole // _DAY)


def seconds_left(seconds: float) -> int:
    """Whole seconds to show for a time that is not over: never 0."""
    return max(1, round(seconds))


def since(at: float) -> str:
    """How long ago `at` (Unix seconds) was, by the wall clock."""
    return ago(time.time() - at)


def clock_time(at: float, *, short: bool = False) -> str:
    """The time of day of `at` (Unix seconds); unless that is today, with the day, or in short the
    day alone."""
    return _clock_time(int(at), short, _today(int(time.time())))


@lru_cache(maxsize=1)
def _today(now: int) -> int:
    """The Julian day of now."""
    return QDate.currentDate().toJulianDay()


@lru_cache(maxsize=4096)
def _clock_time(at: int, short: bool, today: int) -> str:
    """Kept, since the find field looks into the times of ten thousand phones."""
    when = QDateTime.fromSecsSinceEpoch(at)
    if when.date().toJulianDay() == today:
        return when.toString("HH:mm:ss")
    day = window_locale().toString(when.date(), "d MMM")
    return day if short else f"{day} {when.toString('HH:mm')}"


def date_and_time(at: float) -> str:
    """`at` (Unix seconds) in full, for tooltips and copied rows; sorts as text."""
    return time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(at))


def exact_time(at: float, *, date: bool = False) -> str:
    """The time of day of `at` (Unix seconds), or date and time, with milliseconds."""
    when = QDateTime.fromMSecsSinceEpoch(round(at * 1000))
    return when.toString("yyyy-MM-dd HH:mm:ss.zzz" if date else "HH:mm:ss.zzz")
