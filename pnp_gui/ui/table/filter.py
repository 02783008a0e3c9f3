"""Which phones a text in the find field, typed or scanned, means, and those that a count means."""

from __future__ import annotations

import re
from functools import lru_cache

from pnp_gui.bench.bench import Bench
from pnp_gui.bench.phones.phone import Decision, Phone
from pnp_gui.bench.phones.status import StatusKind, status_of
from pnp_gui.bench.urls.urls import Urls
from pnp_gui.pnp.mac import find_mac, mac_part
from pnp_gui.pnp.url import literals
from pnp_gui.trouble import Trouble
from pnp_gui.ui.table.columns import COLUMNS
from pnp_gui.ui.words.phone import decision_text
from pnp_gui.ui.words.status import (
    OTHER_MAC,
    display_of,
    other_mac_words,
    plain_words,
    status_words,
)

Only = StatusKind | Decision
"""What all phones have in common that are shown."""

_WORDS = re.compile(r'"([^"]*)"?|“([^”]*)”?|([^\s"“]+)')
"""A phrase in quotes, of which the second may be missing yet; or a word."""


class Filter:
    """Every word and every phrase in quotes has to occur in the phone; a whole MAC address decides
    alone."""

    def __init__(self, text: str = "", only: Only | None = None) -> None:
        self.text = text.strip()
        self.only = only
        self._mac = find_mac(self.text) or ""
        found = [match.groups("") for match in _WORDS.finditer(self.text.casefold())]
        parts = [((one or other or word).strip(), mac_part(word)) for one, other, word in found]
        self._words = [part for part in parts if part[0]]
        self.start = " ".join(word for word, _ in self._words)
        """What a label begins with that comes first; "": none does."""

    def __bool__(self) -> bool:
        return bool(self.text) or self.only is not None

    def matches(self, phone: Phone, searched: str, now: float, bench: Bench) -> bool:
        """Whether the phone is meant; `searched` is its `search_text`."""
        if self.only is not None and self.only not in (phone.decision, status_of(phone, now)):
            return False
        if self._mac and phone.mac == self._mac:
            return True
        kind, status = None, ""
        for word, digits in self._words:
            if word in searched or (digits and digits in searched):
                continue
            if kind is None:
                kind = status_of(phone, now)
                status = _status_text(phone, kind)
            if word in status or _in_status_values(word, phone, now, kind):
                continue
            if not _in_url(word, phone, bench.urls):
                return False
        return True

    def comes_first(self, phone: Phone) -> bool:
        """Whether it comes before the others that are found."""
        return bool(self.start) and phone.label.casefold().startswith(self.start)


def search_text(phone: Phone) -> str:
    """Everything about a phone in which words are looked for, but what time alone changes; valid
    until the phone changes."""
    return "\n".join([info.found_by(phone) for info in COLUMNS.values()]).casefold()


def _in_status_values(word: str, phone: Phone, now: float, kind: StatusKind) -> bool:
    """Whether it occurs in a time or number in the status, which is made anew each time."""
    words = display_of(phone, kind).words
    if not _has_digit(word) or ("{" not in words and "%n" not in words):
        return False
    return word in status_words(phone, now, kind).casefold()


@lru_cache(maxsize=64)
def _has_digit(word: str) -> bool:
    return any(map(str.isdigit, word))


def _in_url(word: str, phone: Phone, urls: Urls) -> bool:
    """Whether it occurs in the URL, as the row shows it."""
    template = urls.template(phone)
    within = _within(urls.with_host(template, phone), word)
    if within is not None:
        return within
    try:
        url = urls.filled_in(template, phone)
    except Trouble:
        url = template
    return word in url.casefold()


@lru_cache(maxsize=1024)
def _within(template: str, word: str) -> bool | None:
    """Whether a word is in what a URL template has beside its values, which are searched anyway;
    None: it may be partly there. To fill in ten thousand URLs takes too long for every word."""
    fixed = literals(template.casefold())
    if any(word in part for part in fixed):
        return True
    lengths = range(1, len(word))
    partly = any(
        part in word or any(word.startswith(part[-n:]) or word.endswith(part[:n]) for n in lengths)
        for part in fixed
    )
    return None if partly else False


def _status_text(phone: Phone, kind: StatusKind) -> str:
    shown = "" if kind in OTHER_MAC else display_of(phone, kind).words
    words = _status_texts(kind, phone.decision, phone.lacks, shown)
    if phone.other_mac is not None:
        words = f"{words} {other_mac_words().casefold()}"
    return f"{words} {phone.code or ''} {phone.reboot_code or ''}"


@lru_cache(maxsize=128)
def _status_texts(kind: StatusKind, decision: Decision, lacks: str, words: str) -> str:
    return f"{decision_text(decision)}\n{plain_words(kind, lacks, words)}".casefold()
