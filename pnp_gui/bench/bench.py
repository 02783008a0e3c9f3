"""The technician's bench: what he knows of the phones, and what he decides about them.

The order of a decision: on the disk first, then in the row, then to the wire, then to the window.
So nothing is ever shown or sent that a power cut could take back. Where the disk fails the decision
still holds in this run, the problem is told, and saving is tried again by itself.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, TypeVar

from pnp_gui.bench.decisions.approve_all import ApproveAll, Approving
from pnp_gui.bench.decisions.log_lines import log_decisions, log_undone
from pnp_gui.bench.decisions.rows import rows_of, rows_of_sheet, what_is_new
from pnp_gui.bench.decisions.saving import DecisionWriter
from pnp_gui.bench.decisions.sending import Later, Sending, Wire
from pnp_gui.bench.decisions.undo import Undo, Undone, rows_before
from pnp_gui.bench.decisions.unserved import Unserved
from pnp_gui.bench.events.handler import EventHandler
from pnp_gui.bench.events.mac_check import Known, MacCheck
from pnp_gui.bench.phones.phone import APPROVED, Decision, Phone, Progress, clean_label
from pnp_gui.bench.phones.registry import Changes, Counts, PhoneRegistry
from pnp_gui.bench.record.log import Level, Log
from pnp_gui.bench.record.trace import Trace
from pnp_gui.bench.store.settings import Setting
from pnp_gui.bench.store.store import Kept, Store
from pnp_gui.bench.urls.rules import UrlRule
from pnp_gui.bench.urls.urls import Urls
from pnp_gui.pnp.events import Event, Moved, SubscribeReceived
from pnp_gui.pnp.makes import asks_for
from pnp_gui.pnp.send_result import SendResult
from pnp_gui.pnp.subscribe import SubscribeRequest
from pnp_gui.pnp.url import check_url
from pnp_gui.trouble import Trouble

if TYPE_CHECKING:
    from pnp_gui.bench.sheet.sheet import SheetLine

__all__ = ["Bench", "Changes", "Counts", "SendResult", "Wire"]

T = TypeVar("T")


class Bench:
    """The phones, the decisions, the URLs, and everything that is kept of them."""

    trace: Trace
    log: Log
    troubles: dict[str, Trouble]
    """What is wrong with the data now, by code."""
    urls: Urls
    """The default URL and the rules. To be read only."""
    monotonic: Callable[[], float]
    """Seconds for everything that ends, from an unknown start; the wall clock only shows."""
    has_room: Callable[[str], bool]
    """Whether the phone with this key has a row, or would get one if it asked now."""

    def __init__(
        self,
        store: Store,
        *,
        now: Callable[[], float] = time.time,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """`now` gives unix seconds; `monotonic` is the events' clock, which nobody can set."""
        self._store = store
        self._now = now
        self.monotonic = monotonic
        self._sending = Sending()
        self._floor = PhoneRegistry()
        self._known = self._floor.known
        self.has_room = self._floor.has_room
        self._undo = Undo()
        self.trace = Trace()
        self.log = Log()
        self.troubles = {}
        self._hearing = EventHandler(self._floor, store, self.trace, self.log)
        self._macs = MacCheck(self._floor, self.log, self._hearing.asking, now, monotonic)
        tell, withdraw = self._log_trouble, self._sending.withdraw
        self._saving = DecisionWriter(self._floor, store, self.troubles, tell, withdraw, monotonic)
        self._all = ApproveAll(store, self.log, now, monotonic)
        self.urls = Urls(store, self._add_trouble)
        self._no_url = Unserved(self._floor, self.urls, self.log)
        self._no_url.look(self.phones.values(), now())

    # What there is.

    @property
    def phones(self) -> dict[str, Phone]:
        """Every phone by its key. To be read only."""
        return self._floor.phones

    @property
    def store(self) -> Store:
        """The store, for its history and settings."""
        return self._store

    @property
    def default_url(self) -> str:
        """The URL template for every phone that neither has its own nor a rule."""
        return self.urls.default

    @property
    def url_history(self) -> list[str]:
        """Templates used before, the newest first."""
        return self.urls.history

    @property
    def unseen(self) -> frozenset[str]:
        """Phones that began to ask, undecided, and that nobody has looked at since."""
        return frozenset(self._floor.unseen)

    @property
    def to_send(self) -> int:
        """Phones to which a decision has still to be sent."""
        return self._sending.waiting

    def counts(self) -> Counts:
        """How many phones are how far."""
        return self._floor.counts(self.monotonic())

    def take_changes(self) -> Changes:
        """What changed since the last call."""
        return self._floor.take_changes()

    def preview(self, key: str) -> str:
        """The exact URL that would be sent now; "" where there is none: see `why_no_url`."""
        try:
            return self.urls.for_phone(self.phones[key])
        except Trouble:
            return ""

    def why_no_url(self, key: str) -> Trouble | None:
        """Why there is no URL for this phone, or None when there is one."""
        try:
            self.urls.for_phone(self.phones[key])
        except Trouble as trouble:
            return trouble
        return None

    @property
    def approving_all(self) -> Approving | None:
        """What to show of "approve all" now; None: it is off."""
        return self._all.state

    @property
    def approved_by_all(self) -> int:
        """Phones approved by "approve all" while it is on, or was on last."""
        return self._all.approved

    def setting(self, setting: Setting[T]) -> T:
        """A setting as it was kept, or its value at first."""
        return self._store.setting(setting, setting.default)

    def set_setting(self, setting: Setting[T], value: T) -> None:
        """Keep a setting."""
        self._store.set_setting(setting, value)

    # The wire.

    def attach(self, wire: Wire, later: Later | None = None) -> None:
        """From now on decisions go to this wire, those for many phones in slices by `later`."""
        self._sending.wire, self._sending.later = wire, later

    def attach_neighbours(self, look: Callable[[], Known]) -> None:
        """From now on the MACs of phones that ask are compared with what `look` gives."""
        self._macs.look = look

    def url_for(self, request: SubscribeRequest) -> str | None:
        """The exact URL that answers `ask`; None, silence, unless its phone is approved."""
        phone = self._floor.phones.get(request.key)
        if phone is None or phone.decision is not APPROVED:
            return None
        try:
            url = self.urls.for_request(phone, request)
        except Trouble as trouble:
            self._no_url.cannot_serve(phone, trouble, self._now())
            return None
        if phone.lacks:
            self._no_url.can_serve(phone)
        return url

    def absorb(self, events: Sequence[Event]) -> None:
        """Put down what the wire tells. Lean: it runs for every datagram."""
        self._hearing.absorb(events, self._now() - self.monotonic())
        self._sending.move(self._hearing.conflicts.take_to_move())
        if self._all.state is not None:
            keys = (
                event.request.key
                for event in events
                if isinstance(event, SubscribeReceived | Moved)
            )
            now = self.monotonic()  # what was read late, after sleep, is not asking any more
            known = self._known(keys)
            self._approve_by_all(one for one in known if now < one.heard_at + asks_for(one.make))

    # Decisions.

    def approve(self, keys: Iterable[str]) -> None:
        """Approve phones. Those heard in this run get their URL at once, unless they have it, at
        the addresses in their rows: that resolves no conflict of an approved one."""
        known = self._known(keys)
        again = [
            phone
            for phone in known
            if phone.decision is Decision.APPROVED
            and phone.progress not in (Progress.SENT, Progress.ACCEPTED)
        ]
        self._decide(known, Decision.APPROVED)
        self._sending.offer(again)

    def deny(self, keys: Iterable[str]) -> None:
        """Deny phones: nothing more goes to them."""
        self._decide(self._known(keys), Decision.DENIED)

    def undecide(self, keys: Iterable[str]) -> None:
        """Take the decision back: nothing more goes to them. What was sent stays sent."""
        self._decide(self._known(keys), Decision.UNDECIDED)

    def send_again(self, keys: Iterable[str]) -> dict[SendResult, int]:
        """Offer the approved ones their URL again, at the addresses in their rows; how many phones
        had which outcome. A conflict is settled by that until the other address asks again."""
        known = self._known(keys)
        self._floor.settle(known)
        return self._sending.offer(known)

    def change_address(self, keys: Iterable[str]) -> dict[SendResult, int]:
        """Phones in conflict are at their other address from now on, where approved ones are
        offered their URL; how many phones had which outcome."""
        known = [phone for phone in self._known(keys) if phone.conflict is not None]
        self._sending.move(phone.key for phone in known)
        self.look_at(phone.key for phone in known)
        return self._sending.offer(known)

    def reboot(self, keys: Iterable[str]) -> dict[SendResult, int]:
        """Ask the approved ones to reboot; how many phones had which outcome. See `Phone.reboot`
        for what they answer."""
        return self._sending.reboot(self._known(keys))

    def look_at(self, keys: Iterable[str]) -> None:
        """The technician looked at these phones."""
        for phone in self._known(keys):
            self._floor.look_at(phone)

    def approve_all(self, minutes: int, make: str = "") -> int:
        """Approve every undecided phone that asks within these minutes (of this make alone), and
        at once those whose request still waits; how many those are."""
        self._all.begin(minutes, make)
        return self._approve_by_all(self._floor.asking(self.monotonic()))

    def end_approve_all(self) -> None:
        """Approve nobody any more who is not approved by name."""
        self._all.end()

    def resume_approve_all(self) -> None:
        """Go on with it after a restart, until its time is over. Only to be called by whoever shows
        `approving_all` from then on: it must not be on without being seen."""
        self._all.resume()

    def set_own_url(self, keys: Iterable[str], url: str) -> None:
        """Give phones a URL template of their own; "": none. A bad one raises Trouble."""
        url = url.strip()
        if url:
            check_url(url)
        self._keep(Kept(phone.key, phone.decision, url, phone.label) for phone in self._known(keys))

    def set_label(self, keys: Iterable[str], label: str) -> None:
        """Give phones a label."""
        label = clean_label(label)
        known = self._known(keys)
        self._keep(Kept(phone.key, phone.decision, phone.own_url, label) for phone in known)

    def set_default_url(self, url: str) -> None:
        """Set the URL template of all phones that neither have their own nor a rule. Raises
        Trouble for a bad one."""
        self.urls.set_default(url.strip())
        self.troubles.pop("default_url", None)
        self._urls_changed()

    def set_url_rules(self, rules: Iterable[UrlRule]) -> None:
        """Set the URLs by make and model. Only approved phones that asked in vain are sent
        something by that."""
        self.urls.set_rules(rules)
        self._urls_changed()

    def apply_sheet(self, lines: Iterable[SheetLine]) -> int:
        """Do what the lines of a sheet say, all of it in one step; how many lines that were.

        What a line leaves out stays as it is. Phones that are not known are added.
        """
        lines = list(lines)
        self._keep(rows_of_sheet(lines, self.phones))
        return len(lines)

    def forget(self, keys: Iterable[str]) -> None:
        """Take phones out with all that was decided. One that asks again is a new one."""
        known = self._known(keys)
        self._undo.note_forgotten(self.monotonic(), known)
        self._take_out([phone.key for phone in known])

    def use_again(self, aside: str) -> None:
        """Go on with a data file that was set aside; this run's decisions stay."""
        self._saving.use_again(aside)
        self.urls.read(self._add_trouble)
        self._urls_changed()

    def undo(self) -> Undone | None:
        """Take the last decision back, on the disk too; None: there is none. Nothing is sent by
        that, also not to phones that are approved again: they get their URL when they ask."""
        step = self._undo.take()
        if step is None:
            return None
        rows, out, undone = rows_before(step, self.phones)
        self._keep(rows, step.forgotten, undoing=True)
        if out:
            self._take_out(out)
        log_undone(self.log, self._now(), undone)
        return undone

    # Time.

    def tick(self) -> None:
        """To be called at least once a second: writes what is waiting, and follows the clock."""
        self._hearing.close_windows(self.monotonic())
        self._macs.tick()
        self.trace.trim()
        self._all.tick()
        self._saving.tick()

    def save(self) -> None:
        """Write what is waiting, now."""
        self._saving.write()

    def close(self) -> None:
        """Write what is waiting and close the store."""
        self.save()
        self._store.close()

    # How it is done.

    def _decide(self, known: list[Phone], decision: Decision) -> None:
        self._keep(rows_of(known, decision))

    def _approve_by_all(self, phones: Iterable[Phone]) -> int:
        """All of them in one step, so that a crowd costs one write to the disk."""
        wanted = self._macs.trusted(phone for phone in phones if self._all.wants(phone))
        self._all.approved += len(wanted)
        self._keep(rows_of(wanted, Decision.APPROVED), by_all=True)
        return len(wanted)

    def _urls_changed(self) -> None:
        """Only those that asked in vain are sent something by that."""
        theirs = [one for one in self.phones.values() if not one.own_url]
        self._floor.changed.update(one.key for one in theirs)
        self._sending.offer(self._no_url.look(theirs, self._now()))

    def _keep(
        self,
        rows: Iterable[Kept],
        back: Iterable[Phone] = (),
        *,
        undoing: bool = False,
        by_all: bool = False,
    ) -> None:
        """Disk, then rows, then wire. Rows that change nothing are left out.

        `back`: phones whose rows are to be taken in again. Undoing approves without sending.
        """
        phones = self.phones
        rows = what_is_new(rows, phones)
        if not rows:
            return
        if by_all:
            self._all.step = self._undo.note(self.monotonic(), phones, rows, self._all.step)
        elif not undoing:
            self._undo.note(self.monotonic(), phones, rows)
        self._saving.save(rows)
        floor = self._floor
        for phone in floor.take_back(back):
            self._store.note(phone)
        approved: list[Phone] = []
        taken_back: list[Phone] = []
        for key, decision, own_url, label in rows:
            phone = phones.get(key) or floor.add(key)
            if phone.decision is not decision:
                floor.decide(phone, decision)
                (approved if decision is Decision.APPROVED else taken_back).append(phone)
            phone.own_url = own_url
            phone.label = label
            floor.changed.add(key)
        log_decisions(self.log, self._now(), approved + taken_back, by_all=by_all)
        freed = self._no_url.look((phones[row.key] for row in rows), self._now())
        self._all.spare(one.key for one in taken_back if one.decision is Decision.UNDECIDED)
        if not undoing:
            self._sending.offer(approved + freed)
        self._sending.withdraw(taken_back)
        self._macs.look_for(phone.key for phone in approved if phone.heard)

    def _take_out(self, keys: list[str]) -> None:
        self._saving.forget(keys)
        for key in keys:
            self._floor.remove(key)
            self.trace.forget(key)
            self._sending.forget(key)

    def _add_trouble(self, trouble: Trouble) -> None:
        self.troubles[trouble.code] = trouble
        self._log_trouble(trouble)

    def _log_trouble(self, trouble: Trouble, source: str = "") -> None:
        self.log.add(self._now(), Level.ERROR, trouble.template, trouble.values, source)
