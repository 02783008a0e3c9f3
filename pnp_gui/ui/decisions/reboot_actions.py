"""Asks phones to reboot, and says what they answered.

One sentence when they are asked; then progress, at most once a second; and one at the end.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from pnp_gui.bench.bench import Bench, SendResult
from pnp_gui.bench.phones.phone import Phone, Reboot
from pnp_gui.ui.listening import Listening
from pnp_gui.ui.words.outcomes import name

SAY_EVERY_MS = 1000
"""Milliseconds between two sentences on progress."""

CHECK_MS = 100
"""Milliseconds between two checks whether very many phones have all been asked."""


class RebootActions(QObject):
    """What the key R does."""

    said = Signal(str)
    """A sentence for the status bar."""

    def __init__(self, bench: Bench, listening: Listening, parent: QObject) -> None:
        super().__init__(parent)
        self._bench = bench
        self._listening = listening
        self._asked: dict[str, Reboot] = {}
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(SAY_EVERY_MS)
        self._pause.timeout.connect(self._say_progress)

    def ask(self, phones: list[Phone]) -> None:
        """Ask those of these phones that are approved."""
        if phones and not self._listening.listening:
            self.said.emit(
                self.tr("Not listening, so no phone was asked to reboot. F5 starts listening.")
            )
        elif phones:
            self._asking_now(phones, self._bench.reboot([phone.key for phone in phones]))

    def _asking_now(self, phones: list[Phone], sent: Mapping[SendResult, int]) -> None:
        """Say so when the last of very many phones has had its turn."""
        if self._bench.to_send:
            QTimer.singleShot(CHECK_MS, self, partial(self._asking_now, phones, sent))
            return
        self._pause.stop()
        # With those of an earlier request that have not all answered yet.
        self._asked |= {phone.key: Reboot.ASKED for phone in phones if phone.reboot is Reboot.ASKED}
        self.said.emit(self._one_asked(phones[0], sent) if len(phones) == 1 else self._asking(sent))

    def phones_changed(self, keys: set[str]) -> None:
        """Phones changed, came or went; some of them may have been asked."""
        answered = False
        for key in keys & self._asked.keys():
            phone = self._bench.phones.get(key)
            now = Reboot.NONE if phone is None else phone.reboot
            if self._asked[key] is Reboot.ASKED and now is not Reboot.ASKED:
                self._asked[key] = now
                answered = True
        if not answered:
            return
        if Reboot.ASKED not in self._asked.values():
            self._pause.stop()
            self._say_progress()
        elif not self._pause.isActive():
            self._pause.start()

    def _say_progress(self) -> None:
        """Say how many answered; after the last one, forget the phones."""
        if len(self._asked) == 1:
            (key,) = self._asked
            phone = self._bench.phones.get(key)
            text = "" if phone is None else self._one_answered(phone, self._asked[key])
        else:
            text = self._answered(Counter(self._asked.values()))
        if Reboot.ASKED not in self._asked.values():
            self._asked = {}
        if text:
            self.said.emit(text)

    # One phone.

    def _one_asked(self, phone: Phone, sent: Mapping[SendResult, int]) -> str:
        if SendResult.NOTIFY_ALONE in sent:
            text = self.tr("{phone} was asked to reboot, waiting for its answer.")
        elif SendResult.UNDER_WAY in sent:
            text = self.tr("{phone} is being asked to reboot already, waiting for its answer.")
        elif SendResult.NOT_APPROVED in sent:
            text = self.tr("{phone} is not approved, so it was not asked to reboot. A approves it.")
        elif SendResult.NO_URL in sent:
            text = self.tr(
                "{phone} has no URL, so it was not asked to reboot. F2 gives it one of its own."
            )
        else:
            text = self.tr(
                "{phone} cannot be asked to reboot before it asks for its URL. Boot it by hand."
            )
        return text.format(phone=name(phone))

    def _one_answered(self, phone: Phone, reboot: Reboot) -> str:
        match reboot:
            case Reboot.REBOOTING:
                text = self.tr("{phone} is rebooting: it answered {answer}.")
            case Reboot.PASSWORD:
                text = self.tr("{phone} wants a password to reboot ({answer}). Reboot it by hand.")
            case Reboot.REFUSED:
                text = self.tr("{phone} refused to reboot: {answer}.")
            case Reboot.NO_ANSWER:
                text = self.tr("{phone} did not answer the request to reboot for 32 s.")
            case _:
                return ""
        answer = f"{phone.reboot_code} {phone.reboot_reason}".rstrip()
        return text.format(phone=name(phone), answer=answer)

    # Several phones.

    def _asking(self, sent: Mapping[SendResult, int]) -> str:
        waiting = sent.get(SendResult.NOTIFY_ALONE, 0) + sent.get(SendResult.UNDER_WAY, 0)
        silent, far = sent.get(SendResult.NOT_APPROVED, 0), sent.get(SendResult.NEVER_ASKED, 0)
        without = sent.get(SendResult.NO_URL, 0)
        return _sentences(
            (
                waiting,
                self.tr("%n phones were asked to reboot, waiting for their answers.", "", waiting),
            ),
            (silent, self.tr("%n are not approved and were not asked.", "", silent)),
            (without, self.tr("%n have no URL and were not asked.", "", without)),
            (far, self.tr("%n cannot be asked before they ask for their URL.", "", far)),
        )

    def _answered(self, how_many: Counter[Reboot]) -> str:
        good, password = how_many[Reboot.REBOOTING], how_many[Reboot.PASSWORD]
        refused, silent = how_many[Reboot.REFUSED], how_many[Reboot.NO_ANSWER]
        waiting = how_many[Reboot.ASKED]
        return _sentences(
            (good, self.tr("%n phones are rebooting.", "", good)),
            (password, self.tr("%n want a password.", "", password)),
            (refused, self.tr("%n refused.", "", refused)),
            (silent, self.tr("%n did not answer for 32 s.", "", silent)),
            (waiting, self.tr("%n have not answered yet.", "", waiting)),
        )


def _sentences(*counted: tuple[int, str]) -> str:
    """The sentences that are about any phones."""
    return " ".join(sentence for number, sentence in counted if number)
