"""A request for a file in a few words: "GET /000413a2105f.cfg → 200 · 18 kB · 40 ms"."""

from __future__ import annotations

from PySide6.QtCore import QLocale

from pnp_gui.bench.record.fetch_entry import FetchEntry
from pnp_gui.ui.words.times import window_locale
from pnp_gui.ui.words.translate import QT_TRANSLATE_NOOP, translate

ARROW = " → "
"""Between what was asked and what became of it."""
DOT = " · "
"""Between the parts of what became of it, of which the last ones matter least."""
_ENDS = {
    "broken": QT_TRANSLATE_NOOP("Fetches", "stopped by the phone"),
    "slow": QT_TRANSLATE_NOOP("Fetches", "too slow"),
    "changed": QT_TRANSLATE_NOOP("Fetches", "the file changed"),
    "failed": QT_TRANSLATE_NOOP("Fetches", "the disk failed"),
    "stopped": QT_TRANSLATE_NOOP("Fetches", "stopped"),
}
"""By `FetchEnd`; one that is done needs no words."""


def fetch_words(entry: FetchEntry) -> str:
    """What was asked for, the status, why it ended early, how much of it the phone has, and how
    long it took."""
    fetch = entry.fetch
    asked = f"{fetch.method} {fetch.target}{ARROW}{fetch.status}"
    whole = data_size(fetch.size)
    parts = [asked]
    if fetch.ended is None and fetch.size:
        some = translate("Fetches", "{sent} of {size}")
        percent = translate("Fetches", "{n}%").format(n=100 * fetch.sent // fetch.size)
        parts += [some.format(sent=data_size(fetch.sent), size=whole), percent]
    elif fetch.end in _ENDS:
        some = translate("Fetches", "{sent} of {size}")
        parts.append(end_words(fetch.end))
        parts += [some.format(sent=data_size(fetch.sent), size=whole)] * bool(fetch.size)
    elif fetch.status < 300 and fetch.method != "HEAD":
        parts.append(whole)
    if entry.normal:
        parts.append(translate("Fetches", "optional"))
    if fetch.ended is not None:
        parts.append(duration(fetch.ended - fetch.at))
    return DOT.join(parts)


def end_words(end: str) -> str:
    """Why a request was over before the phone had it all; "": it is no word of `FetchEnd`."""
    return translate("Fetches", _ENDS[end]) if end in _ENDS else ""


def data_size(size: int) -> str:
    """Bytes as a person says them: "18 kB", "1.4 MB"."""
    si = QLocale.DataSizeFormat.DataSizeSIFormat
    return window_locale().formattedDataSize(size, 1 if size >= 1_000_000 else 0, si)


def duration(seconds: float) -> str:
    """ "0.4 ms", "40 ms", "2.5 s"."""
    milliseconds = max(0.0, seconds * 1000)
    if milliseconds < 999.5:
        exact = milliseconds < 9.95
        return translate("Fetches", "{n} ms").format(n=f"{milliseconds:.{int(exact)}f}")
    return translate("Fetches", "{n} s").format(n=f"{seconds:.1f}")
