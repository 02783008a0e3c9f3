"""Applies decisions in the one order that holds: disk, rows, wire; the window follows the rows.

So nothing is ever shown or sent that a power cut could take back. Where the disk fails the decision
still holds in this run, the trouble is shown, and saving is tried again by itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from pnp_gui.bench.decisions.approve_all import ApproveAll
from pnp_gui.bench.decisions.log_lines import log_decisions, log_undone
from pnp_gui.bench.decisions.rows import rows_with, what_is_new
from pnp_gui.bench.decisions.saving import DecisionWriter
from pnp_gui.bench.decisions.sending import Sending
from pnp_gui.bench.decisions.undo import Undo, Undone, rows_before
from pnp_gui.bench.decisions.unserved import Unserved
from pnp_gui.bench.events.mac_check import MacCheck
from pnp_gui.bench.phones.phone import Decision, Phone
from pnp_gui.bench.phones.registry import PhoneRegistry
from pnp_gui.bench.record.log import Log
from pnp_gui.bench.record.trace import Trace
from pnp_gui.bench.store.store import Kept, Store
from pnp_gui.pnp.send_result import SendResult


class AddressChange(NamedTuple):
    """What became of phones that were to be at the addresses in conflict."""

    moved: list[Phone]
    stayed: list[Phone]
    """What the other address asked was not kept any more: nothing was sent to these."""
    sent: Counter[SendResult]
    """How many of those that moved had which outcome; counted as long as any phone waits."""


@dataclass(slots=True)
class Decisions:
    """Knows every part that a decision concerns."""

    _registry: PhoneRegistry
    _store: Store
    _writer: DecisionWriter
    _sending: Sending
    _unserved: Unserved
    _approve_all: ApproveAll
    _macs: MacCheck
    _trace: Trace
    _log: Log
    _now: Callable[[], float]
    """Unix seconds, for the log."""
    _monotonic: Callable[[], float]
    """The bench's clock."""
    _undo: Undo = field(default_factory=Undo)

    def decide(self, phones: list[Phone], decision: Decision) -> Counter[SendResult]:
        """Decide about phones; how many approved ones had which outcome. Those that are approved
        already are offered their URL too, unless they have it, at the addresses in their rows; the
        conflicts of those that are denied already are settled."""
        if decision is Decision.DENIED:
            self._registry.settle(phone for phone in phones if phone.decision is decision)
        again = [
            phone
            for phone in phones
            if phone.decision is decision is Decision.APPROVED and not phone.has_url
        ]
        return self._sending.offer(again, self.keep(rows_with(phones, decision)))

    def approve_by_all(self, phones: Iterable[Phone]) -> int:
        """Approve those that "approve all" wants; how many those are. All in one step, so that a
        crowd costs one write to the disk."""
        wanted = self._macs.trusted(phone for phone in phones if self._approve_all.wants(phone))
        self._approve_all.approved += len(wanted)
        self.keep(rows_with(wanted, Decision.APPROVED), by_all=True)
        return len(wanted)

    def change_address(self, phones: Iterable[Phone]) -> AddressChange:
        """Phones in conflict are at their other address from now on, where approved ones are
        offered their URL."""
        disputed = [phone for phone in phones if phone.conflict is not None]
        keys = self._sending.move(phone.key for phone in disputed)
        for phone in disputed:
            self._registry.mark_seen(phone)
        moved = [phone for phone in disputed if phone.key in keys]
        stayed = [phone for phone in disputed if phone.key not in keys]
        self._registry.settle(stayed)
        return AddressChange(moved, stayed, self._sending.offer(moved))

    def keep(self, rows: Iterable[Kept], *, by_all: bool = False) -> Counter[SendResult]:
        """Keep what the rows say; how many phones that were approved by it had which outcome.

        Rows that change nothing are left out.
        """
        phones = self._registry.phones
        rows = what_is_new(rows, phones)
        if not rows:
            return Counter()
        into = self._approve_all.step if by_all else None
        step = self._undo.note(self._monotonic(), phones, rows, into)
        if by_all:
            self._approve_all.step = step
        return self._carry_out(rows, by_all=by_all)

    def _carry_out(
        self,
        rows: list[Kept],
        back: Iterable[Phone] = (),
        *,
        send: bool = True,
        by_all: bool = False,
    ) -> Counter[SendResult]:
        """`back`: removed phones whose rows are to come back. `send`: to those that are approved by
        it."""
        sent: Counter[SendResult] = Counter()
        registry, phones = self._registry, self._registry.phones
        self._writer.save(rows)
        for phone in registry.restore(back):
            self._store.note(phone)
        approved: list[Phone] = []
        others: list[Phone] = []
        for key, decision, own_url, label in rows:
            phone = phones.get(key) or registry.new(key)
            if phone.decision is not decision:
                registry.decide(phone, decision)
                (approved if decision is Decision.APPROVED else others).append(phone)
            if phone.own_url != own_url or phone.label != label:
                phone.edited(own_url, label)
            registry.changed.add(key)
        log_decisions(self._log, self._now(), approved + others, by_all=by_all)
        freed = self._unserved.check((phones[row.key] for row in rows), self._now())
        self._approve_all.spare(one.key for one in others if one.decision is Decision.UNDECIDED)
        if send:
            self._sending.offer(approved + freed, sent)
        self._sending.withdraw(others)
        self._macs.watch(phone.key for phone in approved if phone.asked)
        return sent

    def forget(self, phones: list[Phone]) -> None:
        """Take phones out with all that was decided."""
        self._undo.note_forgotten(self._monotonic(), phones)
        self._take_out([phone.key for phone in phones])

    def undo(self, *, redo: bool = False) -> Undone | None:
        """Take the last decision back, or the last undo: that sends, as the decision did. None:
        there is none."""
        step = self._undo.take(redo=redo)
        if step is None:
            return None
        phones = self._registry.phones
        rows, out, undone = rows_before(step, phones, redo=redo)
        rows = what_is_new(rows, phones)
        if rows or out:
            self._undo.note_taken(self._monotonic(), phones, rows, out, redo=redo)
        if rows:
            undone.offered = self._carry_out(rows, step.forgotten, send=redo)
        if out:
            self._take_out(out)
        log_undone(self._log, self._now(), undone, redo=redo)
        return undone

    def _take_out(self, keys: list[str]) -> None:
        self._writer.forget(keys)
        for key in keys:
            self._registry.remove(key)
            self._trace.forget(key)
            self._sending.forget(key)
