"""Carries decisions about phones to the bench, and says in words what they did."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from pnp_gui.bench.bench import Bench
from pnp_gui.bench.phones.phone import Decision, Phone
from pnp_gui.texts import Plural
from pnp_gui.trouble import Trouble
from pnp_gui.ui.decisions.question import QUESTION, Question
from pnp_gui.ui.words import conflict, outcomes
from pnp_gui.ui.words.conflict import in_conflict, is_new
from pnp_gui.ui.words.outcomes import joined
from pnp_gui.ui.words.undone import redone_words, undone_words

CHECK_MS = 100
"""Between two checks whether the URLs for very many phones have gone out."""


def when_sent(bench: Bench, owner: QObject, do: Callable[[], object]) -> None:
    """Do it at once, or when the last of very many phones has had its turn."""
    if bench.to_send:
        QTimer.singleShot(CHECK_MS, owner, lambda: when_sent(bench, owner, do))
    else:
        do()


def can_be_sent(phone: Phone) -> bool:
    """Whether S or R would send it anything."""
    asked = phone.decision is Decision.APPROVED and phone.asked > 0
    return asked and phone.takes_url and not phone.lacks


class PhoneActions(QObject):
    """What the keys A, D, U, S, X and Delete do to phones given by their keys."""

    said = Signal(str)
    """A sentence about what was done, or why nothing was."""
    missing = Signal(str)
    """A sentence that is true only as long as something is missing, so that nothing was done."""
    asks = Signal(Question)
    """It is asked first."""

    def __init__(self, bench: Bench, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self.all_hidden = False
        """Whether a filter hides every phone; the window sets it."""
        self._url_asked = False
        self._sentences: list[Callable[[], str]] = []

    def approve(self, keys: list[str]) -> None:
        """Approve these phones. If all of them are approved and in conflict, it is for their other
        addresses. Among others such phones are left alone, and so are denied ones, since nobody
        looked at each."""
        phones, notes = self._readable(self.known(keys))
        disputed = [phone for phone in phones if in_conflict(phone)]
        denied = [phone for phone in phones if phone.decision is Decision.DENIED]
        if len(disputed) == len(phones):
            self._change_address(disputed, notes)
            return
        left = ""
        if len(denied) < len(phones):
            left = joined(outcomes.stay_denied(len(denied)), conflict.left_alone(len(disputed)))
            keep = {phone.key for phone in (*disputed, *denied)}
            phones = [phone for phone in phones if phone.key not in keep]
        if not phones:
            self.said.emit(joined(left, *notes))
        elif not self._asks_for_url(phones, lambda: self.approve(keys)):
            self._approve(phones, left, *notes)

    def _approve(self, phones: list[Phone], left: str = "", *notes: str) -> None:
        notes = (conflict.served_at(phones), *notes)
        new = sum(phone.decision is not Decision.APPROVED for phone in phones)
        sent = self._bench.approve([phone.key for phone in phones])
        foreign = self._bench.urls.for_snom_alone(phones)
        approved = outcomes.approved
        self._say_when_sent(lambda: joined(approved(phones, new, sent, foreign, left), *notes))

    def _asks_for_url(self, phones: list[Phone], do: Callable[[], None]) -> bool:
        """Whether it is asked first if they are to get snom's own URL, though they are not snom
        phones: once, before the first of them."""
        if self._url_asked:
            return False
        foreign = self._bench.urls.for_snom_alone(
            phone for phone in phones if phone.decision is not Decision.APPROVED
        )
        if not foreign:
            return False
        self._url_asked = True
        question = Trouble(
            Plural(
                "%n phones are not snom phones, but the URL at the top is still snom's own. Type"
                " yours there first (Ctrl+L), or approve them with snom's URL.",
                "1 phone is not a snom phone, but the URL at the top is still snom's own. Type"
                " yours there first (Ctrl+L), or approve it with snom's URL.",
            ),
            action="approve",
            code=QUESTION,
            n=foreign,
        )
        self.asks.emit(Question(lambda: question, do))
        return True

    def serve(self, key: str, address: str) -> None:
        """A phone in conflict is at this one of its two addresses, and approved; "": it is denied,
        so that neither gets anything."""
        if not address:
            self.deny([key])
            return
        phones, notes = self._readable(self.known([key]))
        if not phones:
            self.said.emit(joined(*notes))
            return
        [phone] = phones
        other = "" if phone.conflict is None else phone.conflict.address
        if address not in (phone.address, other):
            self.said.emit(conflict.no_conflict(phones))
        elif phone.decision is Decision.APPROVED:
            self.send_again([key]) if address == phone.address else self.change_address([key])
        elif not self._asks_for_url(phones, lambda: self.serve(key, address)):
            if address == other:
                change = self._bench.change_address([key])
                if not change.moved:
                    self.said.emit(joined(*conflict.address_changed(change)))
                    return
            self._approve(phones)

    def change_address(self, keys: list[str]) -> None:
        known = self.known(keys)
        phones, notes = self._readable([phone for phone in known if phone.conflict is not None])
        if known and not phones and not notes:
            self.said.emit(conflict.no_conflict(known))
        self._change_address(phones, notes)

    def deny(self, keys: list[str]) -> None:
        self._apply(self._bench.deny, keys, Decision.DENIED)

    def undecide(self, keys: list[str]) -> None:
        self._apply(self._bench.undecide, keys, Decision.UNDECIDED)

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

    def forget(self, keys: list[str]) -> None:
        """Forgetting loses the messages, so it is asked first."""
        phones = self.known(keys)
        if not phones:
            return
        question = Trouble(
            "Forget {phone} with its decision, URL and label? Ctrl+Z brings it back, but not its"
            " messages."
            if len(phones) == 1
            else "Forget {n} phones with their decisions, URLs and labels? Ctrl+Z brings them back,"
            " but not their messages.",
            action="forget",
            code=QUESTION,
            phone=outcomes.name(phones[0]),
            n=len(phones),
        )

        self.asks.emit(Question(lambda: question, lambda: self._forget(keys)))

    def _forget(self, keys: list[str]) -> None:
        keys = [key for key in keys if key in self._bench.phones]
        self._bench.forget(keys)
        self.said.emit(outcomes.forgotten(len(keys)))

    def undo(self) -> None:
        undone = self._bench.undo()
        if undone is None:
            self.said.emit(self.tr("There is nothing to undo."))
        else:
            self.said.emit(undone_words(undone, self._bench.phones.get(undone.key)))

    def redo(self) -> None:
        redone = self._bench.redo()
        if redone is None:
            self.said.emit(self.tr("There is nothing to redo."))
            return
        phone = self._bench.phones.get(redone.key)
        self._say_when_sent(lambda: redone_words(redone, phone))

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
            self.said.emit(self.tr("The URLs of %n phones are being sent.", "", number))
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
            text = self.tr(
                "No phone is selected: select one with the arrow keys, or all with Ctrl+A."
            )
            if not known:
                text = self.tr("There are no phones yet: a phone appears when it boots and asks.")
            elif self.all_hidden:
                text = self.tr("No phone is shown: Esc shows all again.")
            self.missing.emit(text)
        return phones

    def _apply(
        self,
        do: Callable[[list[str]], None],
        keys: list[str],
        decision: Decision,
    ) -> None:
        phones = self.known(keys)
        if phones:
            changed = sum(phone.decision is not decision for phone in phones)
            do(keys)
            self.said.emit(outcomes.decided(phones, decision, changed))
