"""One phone's messages and requests for files as the rungs of a ladder, by what is read in them.
Retransmissions that directly follow each other are one rung.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from pnp_gui.bench.record.fetch_entry import FetchEntry
from pnp_gui.bench.record.trace import TraceEntry
from pnp_gui.files.fetch import FetchEnd
from pnp_gui.pnp.message import Malformed, Request, Response
from pnp_gui.pnp.parser import parse
from pnp_gui.pnp.subscribe import shown
from pnp_gui.system.printable import one_line

MAX_DETAIL = 300
"""Characters of a URL or a reason on a rung."""

URL_TYPE = "application/url"


class RungKind(Enum):
    """What a message is, as far as its colour needs it."""

    REQUEST = auto()
    PROVISIONAL = auto()
    """1xx; of a request for a file: not there, as is normal."""
    SUCCESS = auto()
    """2xx."""
    FAILURE = auto()
    """3xx to 6xx."""
    UNREADABLE = auto()


_KINDS = {1: RungKind.PROVISIONAL, 2: RungKind.SUCCESS}
"""By the first digit of the status."""


@dataclass(frozen=True, slots=True)
class LadderReading:
    """A message in a few words."""

    kind: RungKind
    title: str
    """The method, or code and reason: "NOTIFY", "200 OK"."""
    detail: str
    """What a request is about: an event or a URL."""
    identity: tuple[str, ...]
    """Equal for a message and its retransmissions."""


@dataclass(frozen=True, slots=True)
class Rung:
    """One message, or several retransmissions of one."""

    entries: tuple[TraceEntry | FetchEntry, ...]
    """Oldest first, never empty."""
    reading: LadderReading
    again: bool
    """These are retransmissions: the message itself is an earlier rung, or no longer kept."""

    @property
    def first(self) -> TraceEntry | FetchEntry:
        """The message that stands for the rung."""
        return self.entries[0]


class Ladder:
    """Makes rungs, and reads each message only once while it is kept."""

    def __init__(self) -> None:
        self._known: dict[bytes, LadderReading] = {}

    def rungs(self, entries: Sequence[TraceEntry | FetchEntry]) -> list[Rung]:
        """The rungs of these messages and requests of one phone, oldest first."""
        messages = [each.data for each in entries if isinstance(each, TraceEntry)]
        known = {data: self._known.get(data) or read_message(data) for data in messages}
        self._known = known
        before: set[tuple[object, ...]] = set()
        rungs: list[Rung] = []
        last: tuple[object, ...] = ()
        for entry in entries:
            if isinstance(entry, FetchEntry):
                rungs.append(Rung((entry,), read_fetch(entry), False))
                last = ()
                continue
            reading = known[entry.data]
            # The same bytes from another address are another phone's: see events/handler.py.
            identity = (entry.outgoing, entry.remote[0], *reading.identity)
            again = identity in before
            before.add(identity)
            if again and rungs and rungs[-1].again and identity == last:
                rungs[-1] = Rung((*rungs[-1].entries, entry), rungs[-1].reading, True)
            else:
                rungs.append(Rung((entry,), reading, again))
            last = identity
        return rungs


def read_message(data: bytes) -> LadderReading:
    """Any bytes as a message in a few words."""
    message = parse(data)
    if isinstance(message, Malformed):
        return LadderReading(RungKind.UNREADABLE, "", message.reason, (data.decode("latin-1"),))
    if isinstance(message, Response):
        title = f"{message.status} {_shown(shown(message.reason))}".rstrip()
        kind = _KINDS.get(message.status // 100, RungKind.FAILURE)
        return LadderReading(kind, title, "", (title, *_transaction(message)))
    identity = (message.method, message.uri, *_transaction(message), message.body)
    return LadderReading(RungKind.REQUEST, message.method, _detail(message), identity)


def read_fetch(entry: FetchEntry) -> LadderReading:
    """A request for a file in a few words."""
    fetch, kind = entry.fetch, RungKind.REQUEST
    if entry.normal:
        kind = RungKind.PROVISIONAL
    elif fetch.status >= 400 or (fetch.ended is not None and fetch.end is not FetchEnd.DONE):
        kind = RungKind.FAILURE
    elif fetch.ended is not None:
        kind = RungKind.SUCCESS
    return LadderReading(kind, fetch.method, _shown(fetch.target), ())


def _transaction(message: Request | Response) -> tuple[str, ...]:
    """What is equal in one transaction (RFC 3261 section 17.2.3, for phones without a branch)."""
    headers = message.headers
    return tuple(_first(headers, name) for name in ("via", "from", "call-id", "cseq"))


def _detail(request: Request) -> str:
    """The URL in a NOTIFY; of other requests their event."""
    if _first(request.headers, "content-type").partition(";")[0].strip().lower() == URL_TYPE:
        return _shown(request.body)
    event = _first(request.headers, "event")
    package, _, parameters = event.partition(";")
    # The table shows the parameters that a phone sends; ours (reboot=true) are what we say.
    return _shown(event if request.method == "NOTIFY" and parameters else package)


def _first(headers: dict[str, list[str]], name: str) -> str:
    return headers.get(name, [""])[0]


def _shown(text: str) -> str:
    return one_line(text[:MAX_DETAIL])
