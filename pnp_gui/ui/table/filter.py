"""Which phones a text in the find field, typed or scanned, means."""

from __future__ import annotations

from functools import lru_cache

from pnp_gui.bench.phones.phone import Decision, Phone
from pnp_gui.bench.phones.status import StatusKind, status_of
from pnp_gui.pnp.mac import find_mac, mac_part
from pnp_gui.ui.table.columns import COLUMNS
from pnp_gui.ui.words.phone import decision_text
from pnp_gui.ui.words.status import other_mac_words, plain_words


class Filter:
    """Every word of the text has to occur in the phone; a whole MAC address decides alone."""

    def __init__(self, text: str = "") -> None:
        self.text = text.strip()
        self._mac = find_mac(self.text) or ""
        self._words = [(word, mac_part(word)) for word in self.text.casefold().split()]

    def __bool__(self) -> bool:
        return bool(self.text)

    def matches(self, phone: Phone, searched: str, now: float) -> bool:
        """Whether the phone is meant; `searched` is its `search_text`."""
        if self._mac and phone.mac == self._mac:
            return True
        status = ""
        for word, digits in self._words:
            if word in searched or (digits and digits in searched):
                continue
            if not status:
                status = _status_text(phone, now)
            if word not in status:
                return False
        return True


def search_text(phone: Phone) -> str:
    """Everything about a phone in which words are looked for, but what time alone changes; valid
    until the phone changes."""
    return "\n".join(info.found_by(phone) for info in COLUMNS.values()).casefold()


def _status_text(phone: Phone, now: float) -> str:
    words = _status_texts(status_of(phone, now), phone.decision, phone.lacks, phone.code)
    if phone.other_mac is not None:
        words = f"{words} {other_mac_words().casefold()}"
    return f"{words} {phone.code or ''} {phone.reboot_code or ''}"


@lru_cache(maxsize=64)
def _status_texts(kind: StatusKind, decision: Decision, lacks: str, code: int) -> str:
    return f"{decision_text(decision)}\n{plain_words(kind, lacks, code)}".casefold()
