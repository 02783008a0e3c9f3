"""Carries decisions about phones to the bench, and says in words what they did."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from pnp_gui.bench.bench import Bench
from pnp_gui.bench.phones.phone import Decision, Phone
from pnp_gui.trouble import Trouble
from pnp_gui.ui.words import conflict, outcomes
from pnp_gui.ui.words.conflict import in_conflict, is_new
from pnp_gui.ui.words.outcomes import joined
from pnp_gui.ui.words.undone import undone_words

CHECK_MS = 100
"""Between two checks whether the URLs for very many phones have gone out."""

FORGET = "forget"
"""Code and action of the question whether to forget phones."""


def when_sent(bench: Bench, owner: QObject, do: Callable[[], object]) -> None:
    """Do it at once, or when the last of very many phones has had its turn."""
    if bench.to_send:
        QTimer.singleShot(CHECK_MS, owner, lambda: when_sent(bench, owner, do))
    else:
        do()


class PhoneActions(QObject):
    """What the keys A, D, U, S, X and Delete do to phones given by their keys."""

    said = Signal(str)
    """A sentence about what was done, or why nothing was."""

    def __init__(self, bench: Bench, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._to_forget: list[str] = []
        self._sentences: list[Callable[[], str]] = []

    def approve(self, keys: list[str]) -> None:
        """Approve these phones. If all of them are approved and in conflict, it is for their other
        addresses; among others such phones are left alone, since nobody looked at each."""
        phones, notes = self._readable(self.known(keys))
        disputed = [phone for phone in phones if in_conflict(phone)]
        if len(disputed) == len(phones):
            self._change_address(disputed, notes)
            return
        if disputed:
            notes.insert(0, conflict.left_alone(len(disputed)))
            phones = [phone for phone in phones if not in_conflict(phone)]
        notes.insert(0, conflict.served_at(phones))
        sent = self._bench.approve([phone.key for phone in phones])
        foreign = self._bench.urls.is_for_snom_alone
        self._say_when_sent(
            lambda: joined(outcomes.approved(phones, sent, sum(map(foreign, phones))), *notes)
        )

    def change_address(self, keys: list[str]) -> None:
        known = self.known(keys)
        phones, notes = self._readable([phone for phone in known if phone.conflict is not None])
        if known and not phones and not notes:
            self.said.emit(conflict.no_conflict(known))
        self._change_address(phones, notes)

    def deny(self, keys: list[str]) -> None:
        self._apply(self._bench.deny, keys, outcomes.denied)

    def undecide(self, keys: list[str]) -> None:
        self._apply(self._bench.undecide, keys, outcomes.undecided)

    def decide(self, keys: list[str], decision: Decision) -> None:
        verbs = {Decision.APPROVED: self.approve, Decision.DENIED: self.deny}
        verbs.get(decision, self.undecide)(keys)

    def send_again(self, keys: list[str]) -> None:
        """Send the approved ones among these phones their URL again."""
        phones = self.known(keys)
        if phones:
            note = conflict.served_at([phone for phone in phones if in_conflict(phone)])
            sent = self._bench.send_again(keys)
            self._say_when_sent(lambda: joined(outcomes.sent_again(phones, sent), note))

    def question_to_forget(self, keys: list[str]) -> Trouble | None:
        """Forgetting loses the messages, so it is asked first, as a line for the problem bar."""
        phones = self.known(keys)
        self._to_forget = [phone.key for phone in phones]
        if not phones:
            return None
        return Trouble(
            "Forget {phone} with its decision, URL and label? Ctrl+Z brings it back, but not its"
            " messages."
            if len(phones) == 1
            else "Forget {n} phones with their decisions, URLs and labels? Ctrl+Z brings them back,"
            " but not their messages.",
            action=FORGET,
            code=FORGET,
            phone=outcomes.name(phones[0]),
            n=len(phones),
        )

    def forget(self) -> None:
        """Forget the phones that the question was about."""
        keys = [key for key in self._to_forget if key in self._bench.phones]
        self._to_forget = []
        self._bench.forget(keys)
        self.said.emit(outcomes.forgotten(len(keys)))

    def undo(self) -> None:
        undone = self._bench.undo()
        if undone is None:
            self.said.emit(self.tr("There is nothing to undo."))
        else:
            self.said.emit(undone_words(undone, self._bench.phones.get(undone.key)))

    def _readable(self, phones: list[Phone]) -> tuple[list[Phone], list[str]]:
        """Without those whose conflict is too new to have been read, and what to say of these."""
        now = self._bench.monotonic()
        readable = [phone for phone in phones if not is_new(phone, now)]
        new = len(phones) - len(readable)
        return readable, [conflict.too_soon(new)] if new else []

    def _change_address(self, phones: list[Phone], notes: list[str]) -> None:
        if not phones:
            if notes:
                self.said.emit(joined(*notes))
            return
        change = self._bench.change_address([phone.key for phone in phones])
        changed = conflict.address_changed
        self._say_when_sent(lambda: joined(*changed(change), *notes))

    def _say_when_sent(self, sentence: Callable[[], str]) -> None:
        """Say what was done: at once, or when the last of very many phones has had its turn, and
        then for each decision made meanwhile."""
        self._sentences.append(sentence)
        if number := self._bench.to_send:
            self.said.emit(self.tr("The URLs of %n phones go out now.", "", number))
        if len(self._sentences) == 1:
            when_sent(self._bench, self, self._say)

    def _say(self) -> None:
        sentences, self._sentences = self._sentences, []
        self.said.emit(joined(*(sentence() for sentence in sentences)))

    def known(self, keys: list[str]) -> list[Phone]:
        """The phones of these keys; says what to do when there are none."""
        known = self._bench.phones
        phones = [known[key] for key in keys if key in known]
        if not phones:
            if known:
                text = self.tr("No phone is selected: choose one with the arrow keys, or Ctrl+A.")
            else:
                text = self.tr("There is no phone yet: one appears when it boots and asks.")
            self.said.emit(text)
        return phones

    def _apply(
        self,
        do: Callable[[list[str]], None],
        keys: list[str],
        sentence: Callable[[list[Phone]], str],
    ) -> None:
        phones = self.known(keys)
        if phones:
            do(keys)
            self.said.emit(sentence(phones))
