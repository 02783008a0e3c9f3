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
from pnp_gui.bench.decisions.rows import rows_with, what_is_new, with_mac
from pnp_gui.bench.decisions.saving import DecisionWriter
from pnp_gui.bench.decisions.sending import Sending
from pnp_gui.bench.decisions.undo import Undo, Undone, rows_before
from pnp_gui.bench.decisions.unserved import Unserved
from pnp_gui.bench.events.mac_check import MacCheck
from pnp_gui.bench.phones.phone import Decision, Phone, Progress
from pnp_gui.bench.phones.registry import PhoneRegistry
from pnp_gui.bench.record.log import Level, Log
from pnp_gui.bench.record.trace import Trace
from pnp_gui.bench.store.store import Kept, Store
from pnp_gui.pnp.mac import show_mac
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
        already are offered their URL too, unless they have it, at the addresses in their rows."""
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

    def keep(
        self,
        rows: Iterable[Kept],
        back: Iterable[Phone] = (),
        *,
        undoing: bool = False,
        by_all: bool = False,
    ) -> Counter[SendResult]:
        """Keep what the rows say; how many phones that were approved by it had which outcome.

        Rows that change nothing are left out. `back`: removed phones whose rows are to come back.
        Undoing approves without sending.
        """
        sent: Counter[SendResult] = Counter()
        registry, phones = self._registry, self._registry.phones
        rows = what_is_new(rows, phones)
        if not rows:
            return sent
        if by_all:
            step = self._approve_all.step
            self._approve_all.step = self._undo.note(self._monotonic(), phones, rows, step)
        elif not undoing:
            self._undo.note(self._monotonic(), phones, rows)
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
        if not undoing:
            self._sending.offer(approved + freed, sent)
        self._sending.withdraw(others)
        self._macs.watch(phone.key for phone in approved if phone.asked)
        return sent

    def rename(self, phone: Phone, mac: str) -> Phone | None:
        """The phone, known by its address so far, is this MAC: its row from now on. None: the MAC
        asked from another address, and nothing changed."""
        registry, key = self._registry, phone.key
        address = key.removeprefix("ip:")
        known = registry.phones.get(mac)
        if known is not None and known.asked and known.address != address:
            return None
        named = with_mac(phone, mac, known)
        self._writer.save([Kept(mac, named.decision, named.own_url, named.label)])
        self._writer.forget([key])
        self._undo.rename(key, mac)
        self._trace.rename(key, mac)
        if known is not None:
            registry.remove(mac)
        registry.remove(key)
        registry.add(named)
        registry.renamed[key] = mac
        if named.unseen:
            registry.unseen.add(mac)
        self._store.note(named)
        self._sending.rename(key, mac)
        self._log.add(
            self._now(),
            Level.INFO,
            "The phone at {address} names no MAC. The network knows it as {mac}.",
            {"address": address, "mac": show_mac(mac)},
            mac,
        )
        self._unserved.check([named], self._now())
        return named

    def found(self, phone: Phone, mac: str) -> None:
        """The phone asked before its MAC was known. If that is approved, it gets its URL."""
        named = self.rename(phone, mac)
        if named is not None and named.progress in (Progress.NONE, Progress.ASKING):
            self._sending.offer([named])

    def forget(self, phones: list[Phone]) -> None:
        """Take phones out with all that was decided."""
        self._undo.note_forgotten(self._monotonic(), phones)
        self._take_out([phone.key for phone in phones])

    def undo(self) -> Undone | None:
        """Take the last decision back; None: there is none."""
        step = self._undo.take()
        if step is None:
            return None
        rows, out, undone = rows_before(step, self._registry.phones)
        self.keep(rows, step.forgotten, undoing=True)
        if out:
            self._take_out(out)
        log_undone(self._log, self._now(), undone)
        return undone

    def _take_out(self, keys: list[str]) -> None:
        self._writer.forget(keys)
        for key in keys:
            self._registry.remove(key)
            self._trace.forget(key)
            self._sending.forget(key)
