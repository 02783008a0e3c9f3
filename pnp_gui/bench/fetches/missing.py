"""Why a phone does not get a file that it asks for: the folder has it under a similar name, or
does not serve it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import accumulate

from pnp_gui.bench.phones.files import MISSING_FILE
from pnp_gui.files.fetch import NONE_WITHHELD, Withheld
from pnp_gui.pnp.mac import named_macs
from pnp_gui.texts import Text
from pnp_gui.trouble import Trouble

MAX_FOUND = 4_000
"""Missing names of which `NameIndex` remembers what is meant: a row asks at each painting."""
MAX_TYPED = 64
"""Characters of a file's name in which a typo is looked for; one of 255 would take 6 ms."""

_DIGITS = str.maketrans({"o": "0", "i": "1", "l": "1"})
"""Letters that are typed for digits: none of them is a hex digit."""
_ALIKE = _DIGITS | dict.fromkeys(map(ord, "-_: "), "")
"""These, and separators of a MAC."""
_LETTERS = "0123456789abcdefghjkmnpqrstuvwxyz."


class Difference(StrEnum):
    """In what the name in the folder differs, the most likely first."""

    CASE = "case"
    """In upper and lower case alone."""
    SPELLING = "spelling"
    """The same without dashes, underscores and blanks, and with O for 0, l for 1."""
    FOLDER = "folder"
    ENDING = "ending"
    TYPO = "typo"
    """In one character, but not in a digit of a MAC: that is another phone's file."""


_WHY: dict[Difference | Withheld, Text] = {
    Difference.CASE: Text("Upper and lower case differ: rename the file."),
    Difference.SPELLING: Text("It is spelled differently: rename the file."),
    Difference.FOLDER: Text("The folder differs: move the file, or change the URL."),
    Difference.ENDING: Text("The extension differs: rename the file, or change the URL."),
    Difference.TYPO: Text("One character differs: rename the file, or change the URL."),
    Withheld.LINK: Text(
        "It is a link, or in a linked folder, and links are not served: put a copy there."
    ),
    Withheld.HIDDEN: Text(
        "It is hidden, or in a hidden folder: unhide it, or remove the dot from its name."
    ),
    Withheld.NAME: Text(
        'Such a name is never served: rename it, without \\ : * ? " < > | or percent codes.'
    ),
}


@dataclass(frozen=True, slots=True)
class MissingFile:
    """A name that the folder does not have or serve, and the one that is probably meant."""

    asked: str
    near: str = ""
    """In the folder; "": it has none like it."""
    difference: Difference | Withheld | None = None

    @property
    def right_name(self) -> str:
        """The name to give the file, to be copied; with its folder if that is what differs."""
        whole = self.difference is None or self.difference is Difference.FOLDER
        return self.asked if whole else self.asked.rpartition("/")[2]

    def asked_for(self) -> Trouble:
        """A phone asked for it."""
        return self._trouble(
            Text("The phone asks for {asked}; the folder has no such file."),
            Text("The phone asks for {asked}; the folder has {near}. {why}"),
            Text("The phone asks for {asked}, which is not served. {why}"),
        )

    def before_sent(self) -> Trouble:
        """A URL names it that no phone has yet."""
        return self._trouble(
            Text("The folder has no {asked}."),
            Text("The folder has no {asked}, but {near}. {why}"),
            Text("{asked} is not served. {why}"),
        )

    def _trouble(self, alone: str, with_near: str, withheld: str) -> Trouble:
        if self.difference is None:
            return Trouble(alone, code=MISSING_FILE, asked=self.asked)
        template, why = with_near if self.near else withheld, _WHY[self.difference]
        return Trouble(template, code=MISSING_FILE, asked=self.asked, near=self.near, why=why)


class NameIndex:
    """The names in a folder, to find one that is like another. It is made once for the names, and
    their likeness when the first is missing: 20,000 take 20 ms."""

    def __init__(
        self, names: Sequence[str], withheld: Mapping[str, Withheld] = NONE_WITHHELD
    ) -> None:
        """`withheld`: files and folders that are there as well, and are not served."""
        self.names = names
        self.withheld = withheld
        self._exact = frozenset(names)
        self._found: dict[tuple[str, bool], MissingFile] = {}

    @cached_property
    def _by_file(self) -> dict[str, list[str]]:
        """The names by their last part, as `_key` writes it."""
        by_file: dict[str, list[str]] = {}
        keys = _key("\n".join(self.names)).split("\n") if self.names else ()  # names are printable
        for name, key in zip(self.names, keys, strict=True):
            by_file.setdefault(key.rpartition("/")[2], []).append(name)
        return by_file

    @cached_property
    def _by_stem(self) -> dict[str, list[str]]:
        """The same, without the ending."""
        by_stem: dict[str, list[str]] = {}
        for file, names in self._by_file.items():
            by_stem.setdefault(file.rpartition(".")[0] or file, []).extend(names)
        return by_stem

    def __contains__(self, name: object) -> bool:
        return name in self._exact

    def same_name(self, name: str) -> str:
        """The name in the folder that differs in upper and lower case at most, or ""."""
        if name in self._exact:
            return name
        folded = name.casefold()
        alike = self._by_file.get(_key(name.rpartition("/")[2]), ())
        return next((each for each in alike if each.casefold() == folded), "")

    def missing(self, asked: str, *, guess: bool = True) -> MissingFile:
        """What the folder has instead of this name, which it does not have. `guess`: also with
        another ending or a typo, which takes 0.3 ms the first time."""
        known = self._found.get((asked, guess))
        if known is None:
            if len(self._found) >= MAX_FOUND:
                self._found.clear()
            known = self._found[asked, guess] = self._missing(asked, guess)
        return known

    def _missing(self, asked: str, guess: bool) -> MissingFile:
        for place in accumulate(filter(None, asked.split("/")), "{}/{}".format):
            if why := self.withheld.get(place):
                return MissingFile(asked, difference=why)
        file = _key(asked.rpartition("/")[2])
        for near in _best_first(asked, self._by_file.get(file, ())):
            return MissingFile(asked, near, _difference(asked, near))
        if not guess:
            return MissingFile(asked)
        stem = file.rpartition(".")[0]
        endings = [
            *(*self._by_stem.get(file, ()), *self._by_stem.get(stem, ())),
            *self._by_file.get(stem, ()),
        ]
        for near in _best_first(asked, endings):
            return MissingFile(asked, near, Difference.ENDING)
        typos = [
            name
            for typed in (_typos(file) if len(file) <= MAX_TYPED else ())
            for name in self._by_file.get(typed, ())
            if _same_macs(asked, name)
        ]
        for near in _best_first(asked, typos):
            return MissingFile(asked, near, Difference.TYPO)
        return MissingFile(asked)


def _key(file: str) -> str:
    return file.casefold().translate(_ALIKE)


def _best_first(asked: str, names: Iterable[str]) -> list[str]:
    """The same folder, then one folder more or less, then any other; what is most alike first."""
    folder, folded = asked.rpartition("/")[0].casefold(), asked.casefold()

    def rank(name: str) -> tuple[bool, bool, bool, int]:
        other = name.casefold()
        return (
            other.rpartition("/")[0] != folder,
            not (other.endswith(f"/{folded}") or folded.endswith(f"/{other}")),
            not other.startswith(folded),
            len(name),
        )

    return sorted(names, key=rank)


def _difference(asked: str, near: str) -> Difference:
    if asked.casefold() == near.casefold():
        return Difference.CASE
    if asked.rpartition("/")[0].casefold() == near.rpartition("/")[0].casefold():
        return Difference.SPELLING
    return Difference.FOLDER


def _typos(file: str) -> Iterator[str]:
    """All names that differ from this one in one character, or in two that changed places."""
    for place in range(len(file) + 1):
        before, after = file[:place], file[place:]
        yield before + after[1:]
        yield before + after[1:2] + after[:1] + after[2:]
        for letter in _LETTERS:
            yield before + letter + after
            yield before + letter + after[1:]


def _same_macs(asked: str, near: str) -> bool:
    """Whether no MAC of one is missing in the other, where both have one. They are looked for
    beside their separators: without the dash, snomD785-000413a2105f has 16 hex digits in a row."""
    macs, others = (named_macs(name.casefold().translate(_DIGITS)) for name in (asked, near))
    return not macs or not others or macs == others
