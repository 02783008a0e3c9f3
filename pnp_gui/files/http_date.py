"""Dates of HTTP (RFC 9110 section 5.6.7): always English, whatever the system's language. The
module `email`, which can do this too, is not in the bundle."""

from __future__ import annotations

import calendar
import re
import time
from functools import lru_cache

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_LAST = 253_402_300_799
"""The end of the year 9999: the form has four digits for it."""

_MONTH = rf"(?P<month>{'|'.join(_MONTHS)})"
_TIME = r"(?P<hour>\d\d):(?P<minute>\d\d):(?P<second>\d\d)"
_FORMS = (
    re.compile(rf"[A-Z][a-z]{{2}}, (?P<day>\d\d) {_MONTH} (?P<year>\d{{4}}) {_TIME} GMT", re.ASCII),
    re.compile(rf"[A-Z][a-z]+day, (?P<day>\d\d)-{_MONTH}-(?P<year>\d\d) {_TIME} GMT", re.ASCII),
    re.compile(rf"[A-Z][a-z]{{2}} {_MONTH} (?P<day>[ \d]\d) {_TIME} (?P<year>\d{{4}})", re.ASCII),
)
"""IMF-fixdate, and what old clients send: RFC 850 and asctime (section 5.6.7, obs-date)."""


@lru_cache(64)
def http_date(seconds: int) -> str:
    """Seconds since 1970 as IMF-fixdate: "Sun, 06 Nov 1994 08:49:37 GMT"."""
    at = time.gmtime(min(max(seconds, 0), _LAST))
    day, month = _DAYS[at.tm_wday], _MONTHS[at.tm_mon - 1]
    clock = f"{at.tm_hour:02}:{at.tm_min:02}:{at.tm_sec:02}"
    return f"{day}, {at.tm_mday:02} {month} {at.tm_year:04} {clock} GMT"


def seconds_of(date: str, now: float) -> int | None:
    """Seconds since 1970 of a date in one of the three forms; None: it is none. `now` says which
    century two digits of a year mean."""
    found = next(filter(None, (form.fullmatch(date) for form in _FORMS)), None)
    if found is None:
        return None
    day, year, hour, minute, second = (
        int(found[name]) for name in ("day", "year", "hour", "minute", "second")
    )
    if len(found["year"]) == 2:
        this_year = time.gmtime(now).tm_year
        year += this_year // 100 * 100
        if year > this_year + 50:  # "appears to be more than 50 years in the future"
            year -= 100
    month = _MONTHS.index(found["month"]) + 1
    if not (year >= 1 and 1 <= day <= calendar.monthrange(year, month)[1]):
        return None
    if hour > 23 or minute > 59 or second > 60:
        return None
    return calendar.timegm((year, month, day, hour, minute, second))
