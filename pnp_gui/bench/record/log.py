"""What happened, line by line, for the technician: bounded, and a flood cannot push the rest out.

A line keeps its words apart from its values, so that the window can translate it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from pnp_gui.pnp.events import Ignored
from pnp_gui.texts import Text, english

MAX_LINES = 5_000
"""Lines that are kept; the oldest go first."""

IGNORED_LINES_A_SECOND = 20
"""Datagrams that are no phone's and get a line of their own; more than these are only counted."""

MAX_REASONS = 200
"""Different reasons that are counted apart; the rest is counted as `OTHER_REASONS`."""

OTHER_REASONS = Text("other reasons")

_NOTHING: Mapping[str, object] = MappingProxyType({})


class Level(StrEnum):
    """How much a line matters."""

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
    values: Mapping[str, object]
    """The values of the fields; the number for %n is `n`."""
    source: str
    """A phone's key, an address "10.1.2.3:5060", or "" for the program itself."""

    @property
    def text(self) -> str:
        """The line in English."""
        return english(self.template, self.values)


class Log:
    """The newest lines, oldest first, and how often each reason to ignore a datagram came up."""

    added: int
    """Lines written in this run: a view that shows N of them asks `since(N)` for the rest."""
    ignored: dict[str, int]
    """Datagrams without an answer, by reason."""

    def __init__(self) -> None:
        self._lines: deque[LogLine] = deque(maxlen=MAX_LINES)
        self._second = 0
        self._in_second = 0
        self.added = 0
        self.ignored = {}

    def __len__(self) -> int:
        return len(self._lines)

    def __iter__(self) -> Iterator[LogLine]:
        return iter(self._lines)

    def __getitem__(self, index: int) -> LogLine:
        return self._lines[index]

    @property
    def dropped(self) -> int:
        """Lines that are gone."""
        return self.added - len(self._lines)

    def since(self, count: int) -> list[LogLine]:
        """The lines after the first `count` of this run, as far as they are still here."""
        new = min(self.added - count, len(self._lines))
        return [self._lines[i] for i in range(len(self._lines) - new, len(self._lines))]

    def add(
        self,
        at: float,
        level: Level,
        template: str,
        values: Mapping[str, object] = _NOTHING,
        source: str = "",
    ) -> None:
        """Write one line; `at` in unix seconds."""
        self.added += 1
        self._lines.append(_line(LogLine, (at, level, template, values, source)))

    def count_ignored(self, reason: str) -> None:
        """Count a datagram that got no answer, without a line."""
        if reason not in self.ignored and len(self.ignored) >= MAX_REASONS:
            reason = OTHER_REASONS
        self.ignored[reason] = self.ignored.get(reason, 0) + 1

    def ignore(self, event: Ignored, at: float) -> None:
        """Count a datagram that got no answer, and write a line unless there are too many."""
        self.count_ignored(event.reason)
        second = int(event.at)
        if second != self._second:
            self._second, self._in_second = second, 0
        self._in_second += 1
        if self._in_second > IGNORED_LINES_A_SECOND + 1:
            return
        source = f"{event.source[0]}:{event.source[1]}"
        if self._in_second > IGNORED_LINES_A_SECOND:
            self.add(
                at,
                Level.WARNING,
                "More than {limit} datagrams a second are no phone asking: further ones of this "
                "second are only counted.",
                {"limit": IGNORED_LINES_A_SECOND},
                source,
            )
            return
        self.add(
            at,
            Level.WARNING,
            "Ignored {size} bytes on {interface}: {reason} (at byte {offset}).",
            {
                "size": event.size,
                "interface": event.interface,
                "reason": event.reason,
                "offset": event.offset,
            },
            source,
        )


_line = tuple.__new__
"""Makes a NamedTuple in half the time of calling its class; two lines for each served phone."""
