"""Puts what the file server reports into rows, history and log. A request is that of the phone at
its address: who else could have asked for it in that phone's name is said."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from pnp_gui.bench.events.handler import EventHandler
from pnp_gui.bench.fetches.kept import KeptFetches
from pnp_gui.bench.fetches.served import NotServed, Served
from pnp_gui.bench.phones.files import IDLE, MAX_NAME, NONE, SAME_OFFER, Files
from pnp_gui.bench.phones.phone import Phone, Progress
from pnp_gui.bench.phones.registry import PhoneRegistry
from pnp_gui.bench.record.log import Level, Log
from pnp_gui.bench.store.rows import FetchOutcome, HistoryLine
from pnp_gui.bench.store.store import Store
from pnp_gui.bench.urls.urls import known_make
from pnp_gui.files.fetch import Fetch, FetchEnd
from pnp_gui.pnp.mac import named_macs, show_mac
from pnp_gui.pnp.makes import make_of
from pnp_gui.pnp.url import USUAL_PORTS
from pnp_gui.system.printable import one_line
from pnp_gui.texts import Text
from pnp_gui.trouble import Trouble

if TYPE_CHECKING:
    from pnp_gui.bench.fetches.folder_check import FolderCheck

FETCHES_WITHIN = 60.0
"""Seconds after *Accepted* in which a phone should have fetched its first file, if its URL leads to
our folder."""
LONG = 1.0
"""Seconds from which on the row shows how much of a file was sent."""
MOST_AT_ONCE = 1_000
"""Phones that are looked at in a tick: some 5 ms."""

UNREADABLE = 403
"""The file is there, and this program may not read it."""
NOT_THERE = (404, 410)
"""The file is not there (RFC 9110 section 15.5)."""
MAX_URL = 1_000
"""Characters of a URL in the history: a phone may ask for anything."""
FAULT = 500
"""From this status on the fault is ours (RFC 9110 section 15.6)."""


class Fetches:
    """What the phones fetch."""

    def __init__(
        self, registry: PhoneRegistry, store: Store, log: Log, events: EventHandler
    ) -> None:
        self._registry = registry
        self._store = store
        self._log = log
        self._events = events
        self.served: Served = NotServed()
        self.kept = KeptFetches()

    @cached_property
    def folder(self) -> FolderCheck:
        """What the folder has of what phones ask for."""
        # 3 ms of every start that only those need who serve files.
        from pnp_gui.bench.fetches.folder_check import FolderCheck

        return FolderCheck(lambda: self.served)

    def attach(self, served: Served, withdraw: Callable[[str], None]) -> None:
        """See `Bench.attach_files`."""
        self.served = served
        self._registry.askers.stop = withdraw

    def report(self, fetch: Fetch, now: float, clock_offset: float) -> None:
        """See `Bench.fetched`. `now`: the bench's clock; `clock_offset`: unix time minus that."""
        key = self.kept.key_of(fetch)
        if key is None:
            phone = self._registry.askers.phone_at(fetch.remote[0])
        else:
            phone = self._registry.phones.get(key)
        if phone is None:  # it was forgotten meanwhile
            return
        self.kept.note(phone.key, fetch, phone.sent_url)
        before = phone.files or NONE
        files = before
        if key is None:
            files = self._with_other_mac(phone, fetch, files, fetch.at + clock_offset)
        if fetch.ended is not None:
            ended = self._ended(phone, fetch, files, clock_offset)
            files = files if self._is_of_older_url(phone, fetch) else ended
        if files.percent is not None or (fetch.ended is None and now >= fetch.at + LONG):
            files = files._replace(percent=self._percent(phone, now))
        if files != before:
            self._set(phone, files)
            self._store.note(phone)

    def tick(self, now: float) -> None:
        """Find the phones that accepted a URL of ours and fetch nothing."""
        events = self._events
        if self.served.serving is not (events.accepted is not None):
            events.accepted = self._begin(now) if self.served.serving else None
            if not self.served.serving:
                self._end()
        due = events.accepted or {}
        for _ in range(MOST_AT_ONCE):
            key = next(iter(due), None)
            if key is None or now < due[key] + FETCHES_WITHIN:
                return
            del due[key]
            phone = self._registry.phones.get(key)
            if phone is not None and _lacks_files(phone):
                ours = self.served.is_ours(phone.accepted_url)
                self._set(phone, IDLE if ours else NONE)

    def trouble(self, phone: Phone, url: str) -> Trouble | None:
        """What the phone asked for last in vain; else what it will not find at this URL of ours.
        None: it finds its settings, or nobody knows."""
        if not self.served.serving:
            return None
        for name in reversed((phone.files or NONE).missing):
            why = self.folder.explained(name)
            if why is not None:
                return why.asked_for()
        return self.folder.trouble(phone, url)

    def forget(self, key: str) -> None:
        """Keep nothing of this phone."""
        self.kept.forget(key)

    def rename(self, keys: Mapping[str, str]) -> None:
        """The requests of these phones are those of other keys."""
        for key, new in keys.items():
            self.kept.rename(key, new)
        accepted = self._events.accepted
        if accepted is not None:
            self._events.accepted = {keys.get(key, key): at for key, at in accepted.items()}

    def _begin(self, now: float) -> dict[str, float]:
        """Files are served from now on. Phones that accepted before, in this run, have as much time
        as the others."""
        phones = self._registry.phones.values()
        return {one.key: now for one in phones if one.offered_at and _lacks_files(one)}

    def _end(self) -> None:
        """No more: nobody can say who should have fetched anything."""
        for phone in self._registry.phones.values():
            if phone.files is not None and phone.files.idle:
                self._set(phone, phone.files._replace(idle=False))

    def _set(self, phone: Phone, files: Files) -> None:
        phone.fetched(files if files != NONE else None)
        self._registry.changed.add(phone.key)

    def _is_of_older_url(self, phone: Phone, fetch: Fetch) -> bool:
        """Whether it began before the phone was sent the URL that it has now: the row says nothing
        of it."""
        return fetch.at < phone.offered_at and self.kept.url_of(fetch) != phone.sent_url

    def _percent(self, phone: Phone, now: float) -> int | None:
        """How much was sent of what takes long."""
        going = [
            one
            for one in self.kept.of(phone.key)
            if one.ended is None and now >= one.at + LONG and not self._is_of_older_url(phone, one)
        ]
        size = sum(one.size for one in going)
        return 100 * sum(one.sent for one in going) // size if size else None

    def _with_other_mac(self, phone: Phone, fetch: Fetch, files: Files, at: float) -> Files:
        """Say whether it asks with another phone's MAC. A number of twelve digits is none yet."""
        phones = self._registry.phones
        for mac in named_macs(f"{fetch.target} {fetch.name} {fetch.agent}"):
            if mac in (phone.mac, files.other_mac) or not (mac in phones or make_of("", mac, "")):
                continue
            if self._events.may_note(phone.key, fetch.at, at):
                self._note(phone, fetch, at, FetchOutcome.OTHER_MAC)
                values = {"name": _name(fetch), "mac": show_mac(mac)}
                self._log.add(at, Level.WARNING, _OTHER_MAC, values, phone.key)
            return files._replace(other_mac=mac)
        return files

    def _ended(self, phone: Phone, fetch: Fetch, files: Files, clock_offset: float) -> Files:
        assert fetch.ended is not None
        now, at, name = fetch.ended, fetch.ended + clock_offset, _name(fetch)
        outcome, level, template = self._outcome(phone, fetch)
        if self._events.may_note(phone.key, now, at):
            if outcome is not None:
                self._note(phone, fetch, at, outcome)
            values: dict[str, object] = {"name": name, "make": known_make(phone)}
            values |= {"status": fetch.status, "size": fetch.size, "sent": fetch.sent}
            why = self.folder.explained(fetch.name or name) if template is _MISSING else None
            if why is not None:
                trouble = why.asked_for()
                template, values = trouble.template, trouble.values
            self._log.add(at, level, template, values, phone.key)
        if outcome is FetchOutcome.FETCHED:
            return files.fetched(name, fetch.size, at, now)
        if outcome is FetchOutcome.MISSING:
            return files.missed(name, now)
        # A phone that was unplugged and has its URL again since lost nothing: that is noticed late.
        if outcome is FetchOutcome.BROKEN_OFF and fetch.at >= phone.offered_at - SAME_OFFER:
            return files._replace(broken_off=name, now=now)
        return files

    def _outcome(self, phone: Phone, fetch: Fetch) -> tuple[FetchOutcome | None, Level, str]:
        """What became of a request; None: nothing of that kind. The log's line about it."""
        if fetch.complete:
            return FetchOutcome.FETCHED, Level.INFO, _SAME if fetch.status == 304 else _FETCHED
        if fetch.status == UNREADABLE:
            return FetchOutcome.MISSING, Level.WARNING, _UNREADABLE
        if fetch.status in NOT_THERE:
            if self.folder.is_normal(phone, fetch.name):
                return None, Level.INFO, _NORMAL
            return FetchOutcome.MISSING, Level.WARNING, _MISSING
        if fetch.end is not FetchEnd.DONE or fetch.status >= FAULT:
            return FetchOutcome.BROKEN_OFF, Level.WARNING, _BROKEN_OFF[fetch.end]
        if not fetch.method:
            return None, Level.WARNING, _NO_REQUEST
        return None, Level.INFO, _HEAD if fetch.status < 400 else _REFUSED

    def _note(self, phone: Phone, fetch: Fetch, at: float, outcome: FetchOutcome) -> None:
        whole = outcome is FetchOutcome.FETCHED
        line = HistoryLine(
            *(at, phone.key, phone.mac, _url(fetch), phone.interface, fetch.remote[0], outcome),
            code=0 if fetch.status == 200 else fetch.status,
            how="" if fetch.end is FetchEnd.DONE else fetch.end,
            size=fetch.size if whole else fetch.sent,
        )
        self._store.note_history(line)


def _lacks_files(phone: Phone) -> bool:
    return phone.progress is Progress.ACCEPTED and phone.files is None


def _name(fetch: Fetch) -> str:
    """Its name for rows and lines, without a query, which may have passwords; of a long one, the
    end. "/": it has none."""
    name = fetch.name or fetch.target.partition("?")[0]
    return (name if name.isprintable() else one_line(name))[-MAX_NAME:] or "/"


def _url(fetch: Fetch) -> str:
    host, port = fetch.local
    server = host if port == USUAL_PORTS[fetch.scheme] else f"{host}:{port}"
    return f"{fetch.scheme}://{server}/{fetch.target.lstrip('/')}"[:MAX_URL]


_OTHER_MAC = Text("The phone asked for {name} with another phone's MAC: {mac}.")
_FETCHED = Text("The phone fetched {name} ({size:,} bytes).")
_SAME = Text("The phone asked for {name}, which it already has (304).")
_MISSING = Text("The phone asked for {name}, which does not exist.")
_UNREADABLE = Text(
    "The phone asked for {name}, which cannot be read (403): another program has it open, or "
    "its permissions do not allow it."
)
_NORMAL = Text(
    "The phone asked for {name}, which does not exist. For {make}, this file is optional."
)
_HEAD = Text("The phone asked whether {name} exists ({size:,} bytes).")
_NO_REQUEST = Text(
    "What the phone sent is not an HTTP request ({status}). Perhaps its URL begins with "
    "https://, which PnP Bench does not serve."
)
_REFUSED = Text("The phone's request for {name} was refused ({status}).")
_BROKEN_OFF = {
    FetchEnd.DONE: Text("{name} could not be sent ({status})."),
    FetchEnd.BROKEN: Text("The phone stopped fetching {name} after {sent:,} of {size:,} bytes."),
    FetchEnd.SLOW: Text(
        "The phone took too long to fetch {name}: it has {sent:,} of {size:,} bytes."
    ),
    FetchEnd.CHANGED: Text(
        "{name} was changed or removed while it was being sent: the phone has {sent:,} of "
        "{size:,} bytes."
    ),
    FetchEnd.FAILED: Text(
        "{name} could no longer be read: the phone has {sent:,} of {size:,} bytes."
    ),
    FetchEnd.STOPPED: Text("Sending {name} was stopped after {sent:,} of {size:,} bytes."),
}
"""The log's lines."""
