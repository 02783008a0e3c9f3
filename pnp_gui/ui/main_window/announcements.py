"""What a screen reader says of the phones: which ones ask, and what became of the others.

It is gathered for a moment, so that a switch full of phones makes one sentence and not hundreds.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from pnp_gui.bench.bench import Bench
from pnp_gui.bench.phones.phone import Phone
from pnp_gui.bench.phones.status import StatusKind, status_of
from pnp_gui.ui.widgets.announce import announce, is_heard
from pnp_gui.ui.widgets.elided_label import SEPARATOR
from pnp_gui.ui.words.phone import phone_text
from pnp_gui.ui.words.status import COUNTED, count_words, status_words

GATHER_MS = 1500
"""From the first change to the sentence."""

_SAID_ELSEWHERE = (StatusKind.ASKING, StatusKind.OLDER_URL, StatusKind.DENIED)
_ENDS = [kind for kind in COUNTED if kind not in (*_SAID_ELSEWHERE, StatusKind.FETCHING)]
"""What may become of an approved phone."""


class Announcements(QObject):
    """Follows the phones of the table."""

    def __init__(
        self, bench: Bench, window: QWidget, asking_text: Callable[[list[Phone]], str]
    ) -> None:
        """`asking_text`: who asks, in a sentence."""
        super().__init__(window)
        self._bench = bench
        self._window = window
        self._asking_text = asking_text
        self._kinds: dict[str, StatusKind] = {}
        """As what each phone is known; empty while nobody listens."""
        self._news: dict[str, StatusKind] = {}
        self._gather = QTimer(self, singleShot=True)
        self._gather.timeout.connect(self._announce)

    def phones_changed(self, keys: set[str]) -> None:
        """Phones changed, came or went. A screen reader may start at any time."""
        if not is_heard():
            self._kinds.clear()
            self._news.clear()
            return
        phones, now = self._bench.phones, self._bench.monotonic()
        if not self._kinds:
            others = phones.keys() - keys
            self._kinds = {key: status_of(phones[key], now) for key in others}
        for key in keys:
            phone = phones.get(key)
            if phone is None:
                self._kinds.pop(key, None)
                self._news.pop(key, None)
                continue
            kind = status_of(phone, now)
            if self._kinds.get(key) is not kind:
                self._kinds[key] = kind
                self._news[key] = kind
        if self._news and not self._gather.isActive():
            self._gather.start(GATHER_MS)

    def phones_renamed(self, renamed: dict[str, str]) -> None:
        """Phones have other keys, and are no others for that."""
        for old, new in renamed.items():
            for known in (self._kinds, self._news):
                if old in known:
                    known[new] = known.pop(old)

    def _announce(self) -> None:
        """Say what is so now: a phone that was approved meanwhile asks no more."""
        phones = self._bench.phones
        # Forgotten phones leave the table a moment later than the bench.
        news, self._news = {key: kind for key, kind in self._news.items() if key in phones}, {}
        if asking := [key for key, kind in news.items() if kind is StatusKind.ASKING]:
            announce(self._window, self._asking_text([phones[key] for key in asking]))
        words = [
            self._words(kind, keys)
            for kind in _ENDS
            if (keys := [key for key, now in news.items() if now is kind])
        ]
        if words:
            announce(self._window, SEPARATOR.join(words))

    def _words(self, kind: StatusKind, keys: list[str]) -> str:
        if len(keys) == 1:
            phone = self._bench.phones[keys[0]]
            words = status_words(phone, self._bench.monotonic(), kind)
            return self.tr("{phone}: {status}").format(phone=phone_text(phone), status=words)
        return count_words(kind, len(keys))
