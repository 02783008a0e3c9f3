"""Applies decisions in the one order that holds: disk, rows, wire; the window follows the rows. So
nothing is ever shown or sent that a power cut could take back.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from pnp_gui.bench.decisions.approve_all import ApproveAll
from pnp_gui.bench.decisions.older_urls import OlderUrls
from pnp_gui.bench.decisions.saving import DecisionWriter
from pnp_gui.bench.decisions.sending import Sending
from pnp_gui.bench.decisions.undo import MAX_STEPS, Step, Undone, rows_before
from pnp_gui.bench.decisions.unserved import Unserved
from pnp_gui.bench.events.mac_check import MacCheck
from pnp_gui.bench.fetches.fetches import Fetches
from pnp_gui.bench.phones.phone import Decision, Phone, Progress
from pnp_gui.bench.phones.registry import PhoneRegistry
from pnp_gui.bench.phones.row_text import clean_label
from pnp_gui.bench.record.log import Level, Log
from pnp_gui.bench.record.trace import Trace
from pnp_gui.bench.store.rows import FORGOTTEN, KNOWN_BY_MAC, HistoryLine, How
from pnp_gui.bench.store.store import Kept, Store
from pnp_gui.bench.urls.urls import Urls
from pnp_gui.pnp.mac import show_mac
from pnp_gui.pnp.send_result import SendResult
from pnp_gui.texts import Plural
from pnp_gui.trouble import Trouble

if TYPE_CHECKING:
    from pnp_gui.bench.sheet.sheet import SheetLine

_BY_NAME = {
    Decision.APPROVED: Plural("%n phones approved.", "Approved."),
    Decision.DENIED: Plural("%n phones denied.", "Denied."),
    Decision.UNDECIDED: Plural("%n phones undecided again.", "Undecided again."),
}
_BY_ALL = Plural("%n phones approved by Approve all.", "Approved by Approve all.")


MAX_IMPORTED = 150_000
"""Phones in all that an import may lead to. The data file is read with 200,000 at most; others that
ask come on top."""


class AddressChange(NamedTuple):
    """What became of phones that were to be at the addresses in conflict."""

    moved: list[Phone]
    stayed: list[Phone]
    """What the other address asked was not kept any more: nothing was sent to these."""
    sent: Counter[SendResult]
    """How many of those that moved had which outcome; counted as long as any phone waits."""


class Decisions:
    """Knows every part that a decision concerns."""

    def __init__(
        self,
        registry: PhoneRegistry,
        store: Store,
        urls: Urls,
        macs: MacCheck,
        trace: Trace,
        fetches: Fetches,
        log: Log,
        troubles: dict[str, Trouble],
        monotonic: Callable[[], float],
    ) -> None:
        """`troubles`: by code, what is wrong with the data; `monotonic`: the bench's clock."""
        self._registry = registry
        self._store = store
        self._urls = urls
        self._macs = macs
        self._trace = trace
        self._fetches = fetches
        self._log = log
        self._monotonic = monotonic
        self.older = OlderUrls(registry, urls)
        self._steps: deque[Step] = deque(maxlen=MAX_STEPS)
        """What can be undone, the newest last."""
        self._redo: list[Step] = []
        """What undoes the undone ones since the last decision."""
        self.sending = Sending()
        self.approve_all = ApproveAll(log, monotonic)
        self.writer = DecisionWriter(registry, store, troubles, log, self._file_changed, monotonic)
        self.unserved = Unserved(registry, urls, log)

    def load(self) -> None:
        """See `Bench.load`."""
        self.writer.load()
        phones = self._registry.phones.values()
        self.unserved.check(phones)
        self.older.check(phones)

    def decide(
        self, phones: list[Phone], decision: Decision, how: How = How.HAND
    ) -> Counter[SendResult]:
        """See `Bench.approve`, `Bench.deny`, `Bench.undecide`."""
        if decision is Decision.DENIED:
            self._registry.settle(phone for phone in phones if phone.decision is decision)
        again = [
            phone
            for phone in phones
            if phone.decision is decision is Decision.APPROVED and not phone.has_url
        ]
        return self.sending.offer(again, self.keep(_with(phones, decision), how))

    def approve_by_all(self, phones: Iterable[Phone]) -> int:
        """Approve those that "approve all" wants; how many those are. All in one step, so that a
        crowd costs one write to the disk."""
        wanted = self._macs.trusted(self.approve_all.wants(phones))
        self.approve_all.approved += len(wanted)
        self.keep(_with(wanted, Decision.APPROVED), How.ALL)
        return len(wanted)

    def send_again(self, phones: list[Phone]) -> Counter[SendResult]:
        """See `Bench.send_again`."""
        self._registry.settle(phone for phone in phones if phone.decision is Decision.APPROVED)
        return self.sending.offer(phones)

    def reboot(self, phones: list[Phone]) -> Counter[SendResult]:
        """See `Bench.reboot`. Nothing of it is kept, so it is no step to undo."""
        return self.sending.reboot(phones)

    def change_address(self, phones: Iterable[Phone]) -> AddressChange:
        """See `Bench.change_address`."""
        disputed = [phone for phone in phones if phone.conflict is not None]
        keys = self.sending.move(phone.key for phone in disputed)
        self._registry.mark_seen(disputed)
        moved = [phone for phone in disputed if phone.key in keys]
        stayed = [phone for phone in disputed if phone.key not in keys]
        self._registry.settle(stayed)
        return AddressChange(moved, stayed, self.sending.offer(moved))

    def apply_sheet(self, lines: Iterable[SheetLine], how: How = How.SHEET) -> None:
        """Do what the lines say of phones, known or not. What a line leaves out stays as it is; of
        two lines about one phone the later one wins. Raises `Trouble` for too many phones; then
        nothing is done."""
        rows: dict[str, Kept] = {}
        for line in lines:
            key = line.mac
            was = rows.get(key) or Kept.of(self._registry.phones.get(key) or Phone(key))
            rows[key] = Kept(
                key,
                was.decision if line.decision is None else line.decision,
                was.own_url if line.url is None else line.url,
                was.label if line.label is None else clean_label(line.label),
            )
        new = len(rows.keys() - self._registry.phones.keys())
        phones = len(self._registry.phones) + new
        if new and how is How.SHEET and phones > MAX_IMPORTED:
            raise Trouble(
                "With this sheet there would be {phones:,} phones; at most {most:,} can be kept. "
                "Forget phones that you no longer need, or split the sheet.",
                code="too_many_phones",
                phones=phones,
                most=MAX_IMPORTED,
            )
        self.keep(rows.values(), how)

    def keep(self, rows: Iterable[Kept], how: How = How.HAND) -> Counter[SendResult]:
        """Keep what the rows say that is new; how many that were approved by it had which
        outcome."""
        rows = self._news(rows)
        if not rows:
            return Counter()
        # Phones that are approved as they come are one decision, as long as it is the newest.
        by_all = how is How.ALL
        newest = self._steps[-1] if self._steps else None
        if not by_all or newest is None or newest is not self.approve_all.step:
            newest = Step(self._monotonic())
            self._steps.append(newest)
        newest.note(rows, self._registry.phones)
        self._redo.clear()
        if by_all:
            self.approve_all.step = newest
        return self._carry_out(rows, how)

    def _news(self, rows: Iterable[Kept]) -> list[Kept]:
        """Without those rows whose phones are so already."""
        phones = self._registry.phones
        return [
            row
            for row in rows
            if (known := phones.get(row.key)) is None
            or (known.decision, known.own_url, known.label) != row[1:]
        ]

    def _carry_out(
        self, rows: list[Kept], how: How, back: Iterable[Phone] = ()
    ) -> Counter[SendResult]:
        """`back`: removed phones whose rows are to come back. Undoing approves without sending."""
        sent: Counter[SendResult] = Counter()
        registry, phones = self._registry, self._registry.phones
        self.writer.save(rows)
        restored = registry.restore(back)
        for phone in restored:
            self._store.note(phone)
        approved: list[Phone] = []
        others: list[Phone] = []
        with_url: list[Phone] = []
        for key, decision, own_url, label in rows:
            phone = phones.get(key) or registry.new(key)
            if phone.decision is not decision:
                registry.decide(phone, decision)
                (approved if decision is Decision.APPROVED else others).append(phone)
            if phone.own_url != own_url:
                with_url.append(phone)
            if phone.own_url != own_url or phone.label != label:
                phone.edited(own_url, label)
            registry.changed.add(key)
        self._log_decisions(approved + others, by_all=how is How.ALL)
        self._add_to_history(restored + approved + others, how)
        self.older.check([*with_url, *restored])
        self.older.changes += bool(with_url)
        freed = self.unserved.check(phones[row.key] for row in rows)
        self.approve_all.spare(one.key for one in others if one.decision is Decision.UNDECIDED)
        if how is not How.UNDO:
            self.sending.offer(approved + freed, sent)
        self.sending.withdraw(others)
        self._macs.watch(phone.key for phone in approved if phone.asked)
        return sent

    def rename(self, found: Iterable[tuple[Phone, str]]) -> list[Phone]:
        """These phones, known by their addresses so far, are these MACs: their rows from now on.
        Nothing changes where the MAC asked from another address. All in one step, since a crowd
        would cost as many writes to the disk."""
        registry, renamed = self._registry, dict[str, Phone]()
        rows = dict[str, Phone]()
        for phone, mac in found:
            known = rows.get(mac) or registry.phones.get(mac)
            if known is None or not known.asked or known.address == phone.key.removeprefix("ip:"):
                rows[mac] = renamed[phone.key] = _named(phone, mac, known or Phone(mac))
        if not renamed:
            return []
        keys = {key: phone.key for key, phone in renamed.items()}
        self.writer.save([Kept.of(phone) for phone in rows.values()])
        self.writer.forget(list(keys))
        self._trace.rename(keys)
        self._fetches.rename(keys)
        self.approve_all.rename(keys)
        for key, phone in renamed.items():
            row = registry.phones.get(phone.key)
            kept = None if row is None else Kept.of(row)
            for step in (*self._steps, *self._redo):
                step.rename(key, phone.key, kept)
            registry.rename(key, phone)
            self._store.note(phone)
            self._add_to_history([phone], what=KNOWN_BY_MAC)
            self._log.note(
                Level.INFO,
                "The phone at {address} sends no MAC. According to ARP, its MAC is {mac}.",
                {"address": key.removeprefix("ip:"), "mac": show_mac(phone.mac)},
                phone.key,
            )
        self._macs.renamed(rows.values())
        self.sending.rename(renamed)
        self.sending.withdraw(one for one in rows.values() if one.decision is Decision.DENIED)
        self.unserved.check(rows.values())
        self.older.check(rows.values())
        return list(rows.values())

    def found(self, found: Iterable[tuple[Phone, str]]) -> None:
        """These asked before their MACs were known. Those that are approved get their URL."""
        asking = (Progress.NONE, Progress.ASKING)
        self.sending.offer(phone for phone in self.rename(found) if phone.progress in asking)

    def forget(self, phones: list[Phone]) -> None:
        """Take phones out with all that was decided."""
        if phones:
            self._steps.append(Step(self._monotonic(), forgotten=phones))
            self._redo.clear()
        self._take_out(phones, How.HAND)

    def can_undo(self, *, redo: bool = False) -> bool:
        """Whether there is a decision to take back, or with `redo` an undo."""
        return bool(self._redo if redo else self._steps)

    def undo(self, *, redo: bool = False) -> Undone | None:
        """Take the last decision back, or the last undo: that sends, as the decision did. None:
        there is none."""
        steps, others = (self._redo, self._steps) if redo else (self._steps, self._redo)
        if not steps:
            return None
        how = How.REDO if redo else How.UNDO
        phones, step = self._registry.phones, steps.pop()
        rows, out, undone = rows_before(step, phones, redo=redo)
        rows = self._news(rows)
        if rows or out:
            back = Step(self._monotonic(), forgotten=[phones[key] for key in out])
            back.note(rows, phones)
            if not redo:
                back.note_places(phones)
            others.append(back)
        if rows:
            undone.offered = self._carry_out(rows, how, step.forgotten)
        if out:
            self._take_out(self._registry.known(out), how)
        self._log.note(
            Level.INFO,
            Plural(
                "Redone: %n phones are as they were before the last undo.",
                "Redone: this phone is as it was before the last undo.",
            )
            if redo
            else Plural(
                "Undone: %n phones are as they were before the last decision.",
                "Undone: this phone is as it was before the last decision.",
            ),
            {"n": undone.total},
            undone.key if undone.total == 1 else "",
        )
        return undone

    def urls_changed(self, phones: Iterable[Phone]) -> None:
        """Phones have other URLs now. Only those that asked in vain are sent something by that."""
        phones = list(phones)
        self._registry.changed.update(phone.key for phone in phones)
        self.sending.offer(self.unserved.check(phones))
        self.older.check(phones)
        self.older.changes += 1

    def _file_changed(self, no_more: Iterable[Phone]) -> None:
        """The data file was opened again. `no_more`: approved here until now."""
        self.sending.withdraw(no_more)
        self._urls.read()
        self.urls_changed(self._registry.phones.values())

    def _log_decisions(self, phones: Sequence[Phone], *, by_all: bool) -> None:
        """One line for each kind of decision, however many phones it was about."""
        for decision, count in Counter(phone.decision for phone in phones).items():
            key = next(phone.key for phone in phones if phone.decision is decision)
            template = _BY_ALL if by_all else _BY_NAME[decision]
            self._log.note(Level.INFO, template, {"n": count}, key if count == 1 else "")

    def _add_to_history(self, phones: Iterable[Phone], how: str = "", what: str = "") -> None:
        """`what`: other than what is decided of them."""
        now, note, forgotten = self._log.now(), self._store.note_history, what == FORGOTTEN
        for one in phones:
            where, said = (one.interface, one.address), what or one.decision.value
            label = one.label if forgotten else ""
            note(HistoryLine(now, one.key, one.mac, "", *where, said, how=how, label=label))

    def _take_out(self, phones: list[Phone], how: How) -> None:
        keys = [phone.key for phone in phones]
        self.writer.forget(keys)
        self._add_to_history(phones, how, FORGOTTEN)
        for key in keys:
            self._registry.remove(key)
            self._trace.forget(key)
            self._fetches.forget(key)
            self.sending.forget(key)


def _named(phone: Phone, mac: str, known: Phone) -> Phone:
    """The phone, which sends no MAC, as the row of this one. `known`: that row so far; what was
    decided about the MAC holds before what was decided about the address."""
    kept = Kept.of(known).over(Kept.of(phone))
    newer, other = (known, phone) if known.asked_at > phone.asked_at else (phone, known)
    return replace(
        newer,
        **kept._asdict(),
        mac=mac,
        mac_by_arp=True,
        first_seen=known.first_seen or phone.first_seen,
        accepted_url=newer.accepted_url or other.accepted_url,
        accepted_at=newer.accepted_at or other.accepted_at,
        unseen=newer.unseen and kept.decision is Decision.UNDECIDED,
    )


def _with(phones: Iterable[Phone], decision: Decision) -> list[Kept]:
    """These phones with this decision."""
    return [Kept(phone.key, decision, phone.own_url, phone.label) for phone in phones]
