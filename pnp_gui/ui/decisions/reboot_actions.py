"""Asks phones to reboot, and says what they answered.

One sentence when they are asked; then progress, at most once a second; and one at the end.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from PySide6.QtCore import QObject, QTimer, Signal

from pnp_gui.bench.bench import Bench, SendResult
from pnp_gui.bench.phones.phone import Phone, Reboot
from pnp_gui.texts import Plural
from pnp_gui.trouble import Trouble
from pnp_gui.ui.decisions.phone_actions import can_be_sent, when_sent
from pnp_gui.ui.decisions.question import QUESTION, Question
from pnp_gui.ui.listening import Listening
from pnp_gui.ui.words.letters import letters
from pnp_gui.ui.words.outcomes import name

SAY_EVERY_MS = 1000
"""Milliseconds between two sentences on progress."""


class RebootActions(QObject):
    """What the key R does."""

    said = Signal(str)
    """A sentence for the status bar."""
    missing = Signal(str)
    """A sentence that is true only as long as something is missing, so that nothing was done."""
    asks = Signal(Question)
    """It is asked first."""

    def __init__(self, bench: Bench, listening: Listening, parent: QObject) -> None:
        super().__init__(parent)
        self._bench = bench
        self._listening = listening
        self._asked: dict[str, Reboot] = {}
        self._pause = QTimer(self, singleShot=True, interval=SAY_EVERY_MS)
        self._pause.timeout.connect(self._say_progress)

    def ask(self, phones: list[Phone]) -> None:
        """Ask those of these phones that are approved; if they are several, ask the technician
        first."""
        keys = [phone.key for phone in phones]
        number = sum(map(can_be_sent, phones))
        if phones and not self._listening.listening:
            self.missing.emit(
                self.tr("Not listening, so no phone was asked to reboot. F5 starts listening.")
            )
        elif number > 1:
            text = Plural("Ask %n phones to reboot?", "Ask 1 phone to reboot?")
            question = Trouble(text, action="reboot", code=QUESTION, n=number)
            self.asks.emit(Question(lambda: question, lambda: self._ask(keys)))
        elif phones:
            self._ask(keys)

    def _ask(self, keys: list[str]) -> None:
        known = self._bench.phones
        phones = [known[key] for key in keys if key in known]
        sent = self._bench.reboot(keys)
        when_sent(self._bench, self, lambda: self._asked_now(phones, sent))

    def _asked_now(self, phones: list[Phone], sent: Mapping[SendResult, int]) -> None:
        self._pause.stop()
        # Those in the table: some may have other keys since. With those of an earlier request that
        # have not all answered yet.
        known = self._bench.phones.items()
        self._asked |= {key: Reboot.ASKED for key, one in known if one.reboot is Reboot.ASKED}
        self.said.emit(self._one_asked(phones[0], sent) if len(phones) == 1 else self._asking(sent))

    def phones_changed(self, keys: set[str]) -> None:
        """Phones changed, came or went; some of them may have been asked."""
        if not self._asked:
            return
        before = self._waiting()
        for key in keys:
            phone = self._bench.phones.get(key)
            if phone is None:
                self._asked.pop(key, None)
            elif phone.reboot is Reboot.ASKED:
                self._asked[key] = Reboot.ASKED  # it may have this key since a moment
            elif self._asked.get(key) is Reboot.ASKED:
                self._asked[key] = phone.reboot
        waiting = self._waiting()
        if not waiting:
            self._pause.stop()
            self._say_progress()
        elif waiting < before and not self._pause.isActive():
            self._pause.start()

    def _waiting(self) -> int:
        """How many have not answered yet."""
        return sum(reboot is Reboot.ASKED for reboot in self._asked.values())

    def _say_progress(self) -> None:
        """Say how many answered; after the last one, forget the phones."""
        if len(self._asked) == 1:
            (key,) = self._asked
            phone = self._bench.phones.get(key)
            text = "" if phone is None else self._one_answered(phone, self._asked[key])
        else:
            text = self._answered(Counter(self._asked.values()))
        if not self._waiting():
            self._asked = {}
        if text:
            self.said.emit(text)

    # One phone.

    def _one_asked(self, phone: Phone, sent: Mapping[SendResult, int]) -> str:
        texts = {
            SendResult.NOTIFY_ALONE: self.tr(
                "{phone} was asked to reboot, waiting for its answer."
            ),
            SendResult.UNDER_WAY: self.tr(
                "{phone} has already been asked to reboot, waiting for its answer."
            ),
            SendResult.NOT_SENT: self.tr(
                "This computer could not ask {phone} to reboot. It tries again for 32 s."
            ),
            SendResult.NOT_APPROVED: self.tr(
                "{phone} is not approved, so it was not asked to reboot. {A} approves it."
            ),
            SendResult.OTHER_CONTENT: self.tr(
                "{phone} was not asked to reboot: it does not accept a URL (Accept header). "
                "Reboot it by hand."
            ),
            SendResult.NO_URL: self.tr(
                "{phone} has no URL, so it was not asked to reboot. F2 gives it one."
            ),
            SendResult.NEVER_ASKED: self.tr(
                "{phone} cannot be asked to reboot before it asks for its URL. Reboot it by hand."
            ),
        }
        text = texts[next(iter(sent), SendResult.NEVER_ASKED)]
        return text.format(phone=name(phone), **letters())

    def _one_answered(self, phone: Phone, reboot: Reboot) -> str:
        texts = {
            Reboot.REBOOTING: self.tr("{phone} is rebooting: it answered {answer}."),
            Reboot.PASSWORD: self.tr(
                "{phone} requires a password to reboot ({answer}). Reboot it by hand."
            ),
            Reboot.REFUSED: self.tr("{phone} refused to reboot: {answer}."),
            Reboot.NO_ANSWER: self.tr("{phone} did not answer the reboot request for 32 s."),
        }
        answer = f"{phone.reboot_code} {phone.reboot_reason}".rstrip()
        return texts.get(reboot, "").format(phone=name(phone), answer=answer)

    # Several phones.

    def _asking(self, sent: Mapping[SendResult, int]) -> str:
        number = Counter(sent)
        waiting = number[SendResult.NOTIFY_ALONE] + number[SendResult.UNDER_WAY]
        silent, far = number[SendResult.NOT_APPROVED], number[SendResult.NEVER_ASKED]
        without, other = number[SendResult.NO_URL], number[SendResult.OTHER_CONTENT]
        unsent = number[SendResult.NOT_SENT]
        return _sentences(
            (
                waiting,
                self.tr("%n phones were asked to reboot, waiting for their answers.", "", waiting),
            ),
            (
                unsent,
                self.tr(
                    "%n could not be asked by this computer, which tries again for 32 s.",
                    "",
                    unsent,
                ),
            ),
            (silent, self.tr("%n are not approved and were not asked.", "", silent)),
            (without, self.tr("%n have no URL and were not asked.", "", without)),
            (
                other,
                self.tr("%n do not accept a URL and were not asked.", "", other),
            ),
            (far, self.tr("%n cannot be asked before they ask for their URL.", "", far)),
        )

    def _answered(self, number: Counter[Reboot]) -> str:
        good, password = number[Reboot.REBOOTING], number[Reboot.PASSWORD]
        refused, silent = number[Reboot.REFUSED], number[Reboot.NO_ANSWER]
        waiting = number[Reboot.ASKED]
        return _sentences(
            (good, self.tr("%n phones are rebooting.", "", good)),
            (password, self.tr("%n require a password.", "", password)),
            (refused, self.tr("%n refused.", "", refused)),
            (silent, self.tr("%n did not answer for 32 s.", "", silent)),
            (waiting, self.tr("%n have not answered yet.", "", waiting)),
        )


def _sentences(*counted: tuple[int, str]) -> str:
    """The sentences that are about any phones."""
    return " ".join(sentence for number, sentence in counted if number)
