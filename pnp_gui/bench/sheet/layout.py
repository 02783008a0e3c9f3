"""What was understood of a list: which column means what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from pnp_gui.texts import Text


class Meaning(StrEnum):
    """What a column means for the phones."""

    __hash__ = str.__hash__

    NOTHING = ""
    MAC = "mac"
    DECISION = "decision"
    URL = "url"
    LABEL = "label"


Chosen = Mapping[int, Meaning]
"""Columns, from 0, to which the technician gave a meaning."""
Choices = Mapping[tuple[str, ...], Chosen]
"""What the technician chose, by the headings of the list."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of a list, numbered from 0."""

    header: int
    """The line of the header row, from 1; 0: there is none."""
    headings: tuple[str, ...]
    """As they are in the file; without a header row one "" for each column."""
    macs: tuple[int, ...] = ()
    """Several: phones of one person, or of one place."""
    decision: int | None = None
    url: int | None = None
    labels: tuple[int, ...] = ()
    """In the order in which they make the label."""
    instead: tuple[int, ...] = ()
    """Where the names among `labels` are empty, the first of these that is not."""
    extension: int | None = None
    """The one of `labels` that adds a number to the name."""
    exact: bool = False
    """The columns are those of a sheet, so that their cells are taken as they are."""
    by_address: bool = False
    """A phone without a MAC is named by its IP address."""

    @property
    def key(self) -> tuple[str, ...]:
        """What lists of the same shape have in common: see `Choices`."""
        width = len(self.headings)
        while self.header and width and not self.headings[width - 1]:
            width -= 1
        return self.headings[:width]

    @property
    def own(self) -> bool:
        """Under our own heading: a line that has a decision says all about its phone, as it was
        exported."""
        return self.exact and self.header > 0

    def meaning(self, column: int) -> Meaning:
        """What this column means."""
        if column in self.macs:
            return Meaning.MAC
        if column == self.decision:
            return Meaning.DECISION
        if column == self.url:
            return Meaning.URL
        return Meaning.LABEL if column in self.labels else Meaning.NOTHING

    def described(self) -> list[Text]:
        """What was understood, one phrase for each thing: "MAC: column C"."""
        phrases = [_phrase(_MACS, self.macs)]
        phrases.append(_phrase(_LABELS, self.labels) if self.labels else Text("no labels"))
        if self.decision is None:
            phrases.append(Text("no decisions"))
        else:
            phrases.append(_phrase(_DECISIONS, (self.decision,)))
        phrases.append(Text("no URLs") if self.url is None else _phrase(_URLS, (self.url,)))
        if self.header:
            phrases.append(Text("headings: line {line}", line=self.header))
        else:
            phrases.append(Text("no headings"))
        return phrases


_MACS, _LABELS = Text("MAC: column {columns}"), Text("label: column {columns}")
_DECISIONS, _URLS = Text("decision: column {columns}"), Text("URL: column {columns}")


def _phrase(template: Text, columns: Iterable[int]) -> Text:
    return Text(template, columns=" + ".join(map(column_name, columns)))


def column_name(column: int) -> str:
    """As spreadsheet programs name it: 0 is A, 26 is AA."""
    name = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        name = chr(ord("A") + letter) + name
    return name
