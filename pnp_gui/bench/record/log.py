"""What happened, line by line, for the technician. Bounded; a flood cannot push other lines out."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from pnp_gui.pnp.events import Ignored
from pnp_gui.texts import Text, english
from pnp_gui.trouble import Trouble

MAX_LINES = 5_000
"""Lines that are kept; the oldest go first."""

IGNORED_LINES_A_SECOND = 20
"""Ignored datagrams that get a line of their own; further ones are only counted."""

MAX_REASONS = 200
"""Different reasons that are counted separately; the rest is counted as `OTHER_REASONS`."""

OTHER_REASONS = Text("other reasons")

Values = Mapping[str, object]
_NOTHING: Values = MappingProxyType({})


class Level(StrEnum):
    """How serious a line is."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class LogLine(NamedTuple):
    """One thing that happened."""

    at: float
    """Unix seconds."""
    level: Level
    template: str
    """A whole English sentence with {named} fields, and %n; also the key of its translation."""
    values: Values
    """The values of the fields; the number for %n is `n`."""
    source: str
    """A phone's key, an address "10.1.2.3:5060", or "" for the program itself."""

    @property
    def text(self) -> str:
        """The line in English."""
        return english(self.template, self.values)


class Log(deque[LogLine]):
    """The newest lines, oldest first, and the number of ignored datagrams by reason."""

    def __init__(self, now: Callable[[], float] = time.time) -> None:
        """`now` gives unix seconds."""
        super().__init__(maxlen=MAX_LINES)
        self.now = now
        self._second = 0
        self._in_second = 0
        self.added = 0
        """Lines of this run so far. A view that has N of them gets the rest from `since(N)`."""
        self.ignored: dict[str, int] = {}
        """Ignored datagrams by reason."""

    @property
    def dropped(self) -> int:
        """Lines that are no longer kept."""
        return self.added - len(self)

    def since(self, count: int) -> list[LogLine]:
        """The lines after the first `count` of this run that are still kept."""
        return [self[i] for i in range(max(0, count - self.dropped), len(self))]

    def add(
        self,
        at: float,
        level: Level,
        template: str,
        values: Values = _NOTHING,
        source: str = "",
    ) -> None:
        """Add a line. `at`: unix seconds."""
        self.added += 1
        self.append(LogLine(at, level, template, values, source))

    def note(
        self, level: Level, template: str, values: Values = _NOTHING, source: str = ""
    ) -> None:
        """Add a line of this moment."""
        self.add(self.now(), level, template, values, source)

    def trouble(self, trouble: Trouble, source: str = "") -> None:
        """Add what is wrong now."""
        self.note(Level.ERROR, trouble.template, trouble.values, source)

    def count_ignored(self, reason: str) -> None:
        """Count an ignored datagram, without a line."""
        if reason not in self.ignored and len(self.ignored) >= MAX_REASONS:
            reason = OTHER_REASONS
        self.ignored[reason] = self.ignored.get(reason, 0) + 1

    def ignore(self, event: Ignored, at: float) -> None:
        """Count an ignored datagram, and add a line unless there are too many."""
        self.count_ignored(event.reason)
        second = int(event.at)
        if second != self._second:
            self._second, self._in_second = second, 0
        self._in_second += 1
        if self._in_second > IGNORED_LINES_A_SECOND + 1:
            return
        values = {
            "size": event.size,
            "interface": event.interface,
            "reason": event.reason,
            "offset": event.offset,
            "limit": IGNORED_LINES_A_SECOND,
        }
        self.add(
            at,
            Level.WARNING,
            "Ignored {size} bytes on {interface}: {reason} (at byte {offset})."
            if self._in_second <= IGNORED_LINES_A_SECOND
            else "More than {limit} datagrams were ignored within a second: further ones in "
            "this second are only counted.",
            values,
            f"{event.source[0]}:{event.source[1]}",
        )
