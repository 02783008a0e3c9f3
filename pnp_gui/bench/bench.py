"""The technician's bench: the phones, and what they decide about them.

Every action of the window is a method here; `decisions/apply.py` says in which order one happens.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

from pnp_gui.bench.decisions.apply import AddressChange, Decisions
from pnp_gui.bench.decisions.approve_all import Approving, is_for_all
from pnp_gui.bench.decisions.sending import Later, Wire
from pnp_gui.bench.decisions.undo import Undone
from pnp_gui.bench.events.handler import EventHandler
from pnp_gui.bench.events.mac_check import MacCheck, Neighbours
from pnp_gui.bench.fetches.fetches import Fetches
from pnp_gui.bench.fetches.served import Served
from pnp_gui.bench.fetches.talk import Talk
from pnp_gui.bench.phones.counts import Counts
from pnp_gui.bench.phones.files import NONE
from pnp_gui.bench.phones.phone import APPROVED, Decision, Phone
from pnp_gui.bench.phones.registry import Changes, PhoneRegistry
from pnp_gui.bench.phones.row_text import clean_label
from pnp_gui.bench.phones.status import StatusKind, status_of
from pnp_gui.bench.record.log import Log
from pnp_gui.bench.record.trace import Trace
from pnp_gui.bench.store.rows import How
from pnp_gui.bench.store.settings import Setting
from pnp_gui.bench.store.store import Kept, Store
from pnp_gui.bench.urls.rules import UrlRule
from pnp_gui.bench.urls.urls import Urls
from pnp_gui.files.fetch import Fetch
from pnp_gui.pnp.events import Event, Moved, SubscribeReceived
from pnp_gui.pnp.makes import asks_for
from pnp_gui.pnp.send_result import SendResult
from pnp_gui.pnp.subscribe import SubscribeRequest
from pnp_gui.pnp.url import check_url
from pnp_gui.trouble import Trouble

if TYPE_CHECKING:
    from pnp_gui.bench.fetches.folder_check import CheckedFile
    from pnp_gui.bench.fetches.missing import MissingFile
    from pnp_gui.bench.sheet.sheet import SheetLine

__all__ = ["Bench", "Changes", "Counts", "SendResult", "Wire"]

T = TypeVar("T")


class Bench:
    """The phones, the decisions, the URLs, and everything that is kept of them."""

    def __init__(
        self,
        store: Store,
        *,
        now: Callable[[], float] = time.time,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """`now` gives unix seconds, which are only shown; `monotonic` is the events' clock, by
        which everything ends and which nobody can set."""
        self.store = store
        self._now = now
        self.monotonic = monotonic
        self.trace = Trace()
        self.log = Log(now)
        self.troubles: dict[str, Trouble] = {}
        """What is wrong with the data now, by code."""
        self._registry = registry = PhoneRegistry()
        self._known = registry.known
        self.phones = registry.phones
        """Every phone by its key. To be read only."""
        self._events = EventHandler(registry, store, self.trace, self.log)
        self.has_room = self._events.has_room
        """Whether the phone with this key has a row, or would get one: `has_room(key, address,
        now)`."""
        self._macs = MacCheck(registry, self.log, self._events.waiting, monotonic)
        self._fetches = Fetches(registry, store, self.log, self._events)
        kept, folder = self._fetches.kept, lambda: self._fetches.folder
        self.talk = Talk(self.trace, kept, folder, registry.phones, lambda: now() - monotonic())
        """What went between each phone and us."""
        self.urls = Urls(store, self._add_trouble)
        """The default URL and the rules. To be read only."""
        self.urls.missing_file = self._fetches.trouble
        parts = registry, store, self.urls, self._macs, self.trace, self._fetches, self.log
        self._decisions = Decisions(*parts, self.troubles, monotonic)

    def load(self) -> None:
        """Read the phones that the store knows, before any is heard or decided about."""
        self._decisions.load()
        self._macs.remember(self.phones.values())

    # What there is.

    @property
    def unseen(self) -> frozenset[str]:
        """Phones that started to ask, undecided, and that nobody has looked at since."""
        return frozenset(self._registry.unseen)

    @property
    def to_send(self) -> int:
        """Phones to which a decision has still to be sent."""
        return self._decisions.sending.waiting

    @property
    def url_changes(self) -> int:
        """How often a default, rule or own URL changed in this run, once it is known to which
        phones that makes theirs an older one."""
        older = self._decisions.older
        return -1 if older.checking or self._registry.is_behind else older.changes

    def with_older_url(self) -> list[str]:
        """Keys of the phones that accepted another URL than they would get now."""
        now = self.monotonic()
        phones = self.phones.values()
        return [one.key for one in phones if status_of(one, now) is StatusKind.OLDER_URL]

    def counts(self) -> Counts:
        """How many phones have which status."""
        return self._registry.counts(self.monotonic())

    def take_changes(self, most: int = sys.maxsize) -> Changes:
        """What changed since the last call; see `PhoneRegistry.take_changes`."""
        return self._registry.take_changes(most)

    def preview(self, key: str) -> str:
        """The exact URL that would be sent now; "" where there is none: see `why_no_url`."""
        with suppress(Trouble):
            return self.urls.for_phone(self.phones[key])
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
        return self._decisions.approve_all.check()

    @property
    def approved_by_all(self) -> int:
        """Phones approved by "approve all" while it is on, or was on last."""
        return self._decisions.approve_all.approved

    def setting(self, setting: Setting[T]) -> T:
        """A setting as it was kept, or its default."""
        return self.store.setting(setting)

    def set_setting(self, setting: Setting[T], value: T) -> None:
        """Keep a setting."""
        self.store.set_setting(setting, value)

    # The wire.

    def attach(self, wire: Wire, later: Later | None = None) -> None:
        """From now on decisions go to this wire, those for many phones in slices by `later`."""
        sending = self._decisions.sending
        sending.wire, sending.later = wire, later
        self._decisions.older.later = later

    def attach_neighbours(self, neighbours: Callable[[], Neighbours]) -> None:
        """From now on the MACs of phones that ask are compared with what this gives."""
        self._macs.neighbours = neighbours

    def attach_ports(
        self, is_outside: Callable[[str, str], bool], host_for: Callable[[str, str], str]
    ) -> None:
        """From now on phones are warned of that `is_outside(port, address)` of their networks, and
        `${host}` is `host_for(port, address)`: see `Urls.host_for`."""
        self.urls.is_outside, self.urls.host_for = is_outside, host_for

    def serve_at(self, bases: Sequence[str]) -> None:
        """Files are served at these URLs now: see `Urls.ours`."""
        self.urls.ours = tuple(bases)

    def hosts_changed(self) -> None:
        """Our own addresses changed, and so did the URLs that contain one."""
        phones = self.phones.values()
        with_host = [one for one in phones if self.urls.has_host(self.urls.template(one))]
        if with_host:
            self._decisions.urls_changed(with_host)

    def url_for(self, request: SubscribeRequest) -> str | None:
        """The exact URL that answers `request`; None, silence, unless its phone is approved."""
        phone = self._registry.phones.get(request.key)
        if phone is None or phone.decision is not APPROVED:
            return None
        try:
            url = self.urls.for_request(phone, request)
        except Trouble as trouble:
            self._decisions.unserved.cannot_serve(phone, trouble)
            return None
        if phone.lacks:
            self._decisions.unserved.can_serve(phone)
        return url

    def resolve_mac(self, interface: str, address: str) -> str:
        """The MAC by which the network knows the phone that asks from there and sends none; "": it
        is not known. The row of the address is that MAC's from then on, unless the MAC asked from
        elsewhere: then it is a conflict, or stays what the technician decided about the address."""
        mac = self._macs.mac_at(interface, address)
        row = self.phones.get(f"ip:{address}")
        if not mac or row is None or self._decisions.rename([(row, mac)]):
            return mac
        return mac if row.decision is Decision.UNDECIDED else ""

    def attach_files(self, served: Served, withdraw: Callable[[str], None]) -> None:
        """From now on files are served. `withdraw` is called with an address to which nothing may
        go any more, as soon as that is so."""
        self._fetches.attach(served, withdraw)

    @property
    def served(self) -> Served:
        """The folder that is served."""
        return self._fetches.served

    def may_fetch(self, address: str) -> bool:
        """Whether the phone that asked last from this address, in this run, is approved."""
        return self._registry.askers.is_approved(address)

    def fetched(self, fetch: Fetch) -> None:
        """Record that a request for a file began, went on or ended."""
        now = self.monotonic()
        self._fetches.report(fetch, now, self._now() - now)

    def expected_files(self, key: str) -> list[CheckedFile]:
        """What the phone will ask for at its URL, in its order, and what of it the folder has.
        Empty: nobody knows, or it has no URL."""
        phone = self._registry.phones[key]
        try:
            return self._fetches.folder.files(phone, self.urls.for_phone(phone))
        except Trouble:
            return []

    def missing_files(self, key: str) -> list[MissingFile]:
        """What the phone asked for in vain and will not do without, oldest first, as far as it is
        not there by now. Else what it will not find when it asks."""
        asked = (self._registry.phones[key].files or NONE).missing
        explained = list(filter(None, map(self._fetches.folder.explained, asked)))
        expected = self.expected_files(key) if not explained else ()
        return explained or [one.missing for one in expected if one.missing and not one.file.normal]

    def fetches_of(self, key: str) -> Sequence[Fetch]:
        """The kept requests of a phone for files, oldest first."""
        return self._fetches.kept.of(key)

    def absorb(self, events: Sequence[Event]) -> None:
        """Record what the wire reports. It runs for every datagram."""
        self._events.absorb(events, self._now() - self.monotonic())
        self._decisions.sending.move(self._events.take_to_move())
        if self.approving_all is not None:
            asked = [each for each in events if isinstance(each, SubscribeReceived | Moved)]
            known = self._known(each.request.key for each in asked)
            now = self.monotonic()  # what was read late, after sleep, is not asking any more
            self._decisions.approve_by_all(
                phone for phone in known if now < phone.asked_at + asks_for(phone.make)
            )

    # Decisions.

    def approve(self, keys: Iterable[str], how: How = How.HAND) -> Mapping[SendResult, int]:
        """Approve phones. Those that asked in this run get their URL at once, unless they have it,
        at the addresses in their rows; how many had which outcome, counted until `to_send` is 0."""
        return self._decisions.decide(self._known(keys), Decision.APPROVED, how)

    def deny(self, keys: Iterable[str]) -> None:
        """Deny phones: nothing more goes to them. The conflicts of those that are denied already
        are settled until another address asks again."""
        self._decisions.decide(self._known(keys), Decision.DENIED)

    def undecide(self, keys: Iterable[str]) -> None:
        """Take the decision back: nothing more goes to them. What was sent stays sent."""
        self._decisions.decide(self._known(keys), Decision.UNDECIDED)

    def send_again(self, keys: Iterable[str]) -> Mapping[SendResult, int]:
        """Offer the approved ones their URL again, at the addresses in their rows; how many phones
        had which outcome. A conflict is settled by that until the other address asks again."""
        return self._decisions.send_again(self._known(keys))

    def change_address(self, keys: Iterable[str]) -> AddressChange:
        """Phones in conflict are at their other address from now on, where approved ones are
        offered their URL; settled where the other request is not kept any more."""
        return self._decisions.change_address(self._known(keys))

    def reboot(self, keys: Iterable[str]) -> Mapping[SendResult, int]:
        """Ask the approved ones to reboot; how many phones had which outcome. See `Phone.reboot`
        for what they answer."""
        return self._decisions.reboot(self._known(keys))

    def mark_seen(self, keys: Iterable[str]) -> None:
        """The technician looked at these phones."""
        self._registry.mark_seen(self._known(self._registry.unseen.intersection(keys)))

    def approve_all(self, minutes: int, make: str = "") -> int:
        """Approve every undecided phone that asks within these minutes (of this make alone), and
        at once those whose request can still be answered; how many those are."""
        self._decisions.approve_all.start(minutes, make)
        return self._decisions.approve_by_all(self._registry.asking(self.monotonic()))

    def asking_for_all(self) -> list[Phone]:
        """The phones that `approve_all` would approve at once if it started now."""
        asking = self._registry.asking(self.monotonic())
        return self._macs.trusted(phone for phone in asking if is_for_all(phone))

    def end_approve_all(self) -> None:
        """Approve nobody any more who is not approved by name."""
        self._decisions.approve_all.stop()

    def set_own_url(self, keys: Iterable[str], url: str) -> None:
        """Give phones a URL template of their own; "": none. A bad one raises Trouble."""
        url = url.strip()
        if url:
            check_url(url)
        self._decisions.keep(Kept.of(phone)._replace(own_url=url) for phone in self._known(keys))

    def set_label(self, keys: Iterable[str], label: str) -> None:
        """Give phones a label."""
        label = clean_label(label)
        self._decisions.keep(Kept.of(phone)._replace(label=label) for phone in self._known(keys))

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

    def apply_sheet(self, lines: Iterable[SheetLine], how: How = How.SHEET) -> None:
        """Do what the lines of a sheet say, all of it in one step. What a line leaves out stays as
        it is. Phones that are not known are added. Raises `Trouble` for too many."""
        self._decisions.apply_sheet(lines, how)

    def forget(self, keys: Iterable[str]) -> None:
        """Take phones out with all that was decided. One that asks again is a new one."""
        self._decisions.forget(self._known(keys))

    def use_again(self, aside: str) -> None:
        """Go on with a data file that was set aside; this run's decisions stay."""
        self._decisions.writer.use_again(aside)

    def can_undo(self, *, redo: bool = False) -> bool:
        return self._decisions.can_undo(redo=redo)

    def undo(self) -> Undone | None:
        """Take the last decision back, on the disk too; None: there is none. Nothing is sent by
        that, also not to phones that are approved again: they get their URL when they ask."""
        return self._decisions.undo()

    def redo(self) -> Undone | None:
        """Take the last undo back; None: there is none, or something was decided since. Phones that
        are approved by that are offered their URL, as by `approve`; those that changed since the
        undo are left as they are."""
        return self._decisions.undo(redo=True)

    # Time.

    def tick(self) -> None:
        """To be called at least once a second: writes what is waiting, and follows the clock."""
        self._events.expire(self.monotonic())
        self._decisions.found(self._macs.tick())
        self._decisions.sending.withdraw(self._macs.take_replaced())
        self.trace.trim()
        self._decisions.approve_all.check()
        self._fetches.tick(self.monotonic())
        self._decisions.writer.tick()

    def save(self) -> None:
        """Write what is waiting, now."""
        self._decisions.writer.write(self.store.flush)

    def close(self) -> None:
        """Write what is waiting and close the store."""
        self.save()
        self.store.close()

    def _urls_changed(self) -> None:
        self._decisions.urls_changed(phone for phone in self.phones.values() if not phone.own_url)

    def _add_trouble(self, trouble: Trouble) -> None:
        self.troubles[trouble.code] = trouble
        self.log.trouble(trouble)
