"""The find field's question: which phones does a typed or scanned text mean?"""

from __future__ import annotations

from functools import lru_cache

from pnp_gui.bench.phones.phone import Decision, Phone
from pnp_gui.bench.phones.status import StatusKind, status_of
from pnp_gui.pnp.mac import find_mac, mac_part, show_mac
from pnp_gui.ui.words.phone import decision_text
from pnp_gui.ui.words.status import other_mac_words, plain_words


class Filter:
    """One question. Every word has to occur somewhere in the phone; a whole MAC decides alone."""

    def __init__(self, text: str = "") -> None:
        self.text = text.strip()
        self._mac = find_mac(self.text) or ""
        self._words = [(word, mac_part(word)) for word in self.text.casefold().split()]

    def __bool__(self) -> bool:
        return bool(self.text)

    def matches(self, phone: Phone, hay: str, now: float) -> bool:
        """Whether the phone is meant; `hay` is what `haystack` gave for it."""
        if self._mac and phone.mac == self._mac:
            return True
        status = ""
        for word, digits in self._words:
            if word in hay or (digits and digits in hay):
                continue
            if not status:
                status = _state(phone, now)
            if word not in status:
                return False
        return True


def haystack(phone: Phone) -> str:
    """Everything fixed about a phone in which a word is looked for; keep it while it holds."""
    return "\n".join(
        (
            phone.mac,
            show_mac(phone.mac) if phone.mac else "",
            phone.make,
            phone.model,
            phone.version,
            phone.address,
            phone.conflict.address if phone.conflict else "",
            phone.label,
            phone.own_url,
        )
    ).casefold()


def _state(phone: Phone, now: float) -> str:
    words = _state_words(status_of(phone, now), phone.decision, phone.lacks)
    if phone.other_mac is not None:
        words = f"{words} {other_mac_words().casefold()}"
    return f"{words} {phone.code or ''} {phone.reboot_code or ''}"


@lru_cache(maxsize=64)
def _state_words(kind: StatusKind, decision: Decision, lacks: str) -> str:
    return f"{decision_text(decision)}\n{plain_words(kind, lacks)}".casefold()
