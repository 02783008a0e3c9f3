"""Compares what a phone will ask for, or asked for, with the folder that is served."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from pnp_gui.bench.fetches.make_files import ExpectedFile, expected, is_normal, like
from pnp_gui.bench.fetches.missing import Difference, MissingFile, NameIndex
from pnp_gui.bench.fetches.served import Served
from pnp_gui.bench.phones.files import MISSING_FILE
from pnp_gui.bench.phones.phone import Phone
from pnp_gui.bench.urls.urls import known_make
from pnp_gui.files.fetch import MAX_NAMES, Withheld
from pnp_gui.trouble import Trouble, listed

_THERE = (Difference.CASE, Difference.SPELLING, *Withheld)
"""The folder has the file itself; the phone does not get it."""
MAX_LIKE = 1_000
"""Names of which `FolderCheck` remembers whether there is one, and why they are missing."""


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file that a phone will ask for, and whether the folder has it."""

    file: ExpectedFile
    there: bool | None
    """None: the URL does not lead to us, or the folder is not known."""
    missing: MissingFile | None = None
    """Where it is not there, and is no name that is not known as a whole."""


class FolderCheck:
    """Cheap enough to be asked for each row that is painted."""

    def __init__(self, served: Callable[[], Served]) -> None:
        self._served = served
        self._index = NameIndex(())
        self._like: dict[str, bool] = {}
        """Whether there is a file whose name is known in part, by that."""

    @property
    def index(self) -> NameIndex:
        """The names in the folder now."""
        served = self._served()
        names, withheld = served.names(), served.withheld
        if names is not self._index.names or withheld is not self._index.withheld:
            self._index = NameIndex(names, withheld)
            self._like = {}
        return self._index

    def explained(self, name: str) -> MissingFile | None:
        """Why the folder does not have `name`, see `Fetch.name`; None: it has it by now, or nobody
        knows."""
        return None if not self._is_known() or name in self.index else self.index.missing(name)

    def is_normal(self, phone: Phone, name: str) -> bool:
        """Whether nobody misses this `Fetch.name`. One that the phone's URL itself names is missed;
        of one that is there in another spelling, the other was meant."""
        facts = known_make(phone), phone.model, phone.mac
        asked = expected(*facts, phone.sent_url)
        needed = {_name_of(each.url) for each in asked if each.url and not each.normal}
        if name in needed or not is_normal(*facts, name):
            return False
        why = self.explained(name)
        return why is None or why.difference not in _THERE

    def files(self, phone: Phone, url: str) -> list[CheckedFile]:
        """What the phone asks for when it has this URL, which is filled in by us. Empty: nobody
        knows."""
        asked = expected(known_make(phone), phone.model, phone.mac, url)
        if not self._leads_here(url):
            return [CheckedFile(each, None) for each in asked]
        return [self._checked(each, _folder_of(url)) for each in asked]

    def trouble(self, phone: Phone, url: str) -> Trouble | None:
        """What the phone will not find at this URL of ours, which is filled in by us; None: it will
        find its settings, or nobody knows."""
        if not self._leads_here(url):
            return None
        files = [each for each in self.files(phone, url) if each.file.has_settings]
        found = any(each.there is not False for each in files)
        for own in (each.missing for each in files if each.missing and not each.file.normal):
            # Beside other settings, such as Yealink's <mac>.boot, another ending means nothing.
            if own.difference is not None and not (found and own.difference is Difference.ENDING):
                return own.before_sent()
        if found or not files:
            return None
        if len(files) == 1 and files[0].missing is not None:
            return files[0].missing.before_sent()
        names = [_name_of(each.file.url) or each.file.name for each in files]
        return Trouble(
            "The folder has none of the files that {make} phones ask for: {names}.",
            code=MISSING_FILE,
            make=known_make(phone),
            names=listed(names),
        )

    def _leads_here(self, url: str) -> bool:
        return self._is_known() and self._served().is_ours(url)

    def _is_known(self) -> bool:
        """Whether all names are: while the folder is read the first time there are none, and of a
        very large one the rest is not listed."""
        index = self.index
        return len(index.names) < MAX_NAMES and bool(index.names or index.withheld)

    def _checked(self, file: ExpectedFile, folder: str) -> CheckedFile:
        index = self.index
        if not file.url:
            return CheckedFile(file, self._has_like(folder + file.name, file.any_case))
        name = _name_of(file.url)
        if name in index or (file.any_case and index.same_name(name)):
            return CheckedFile(file, True)
        return CheckedFile(file, False, index.missing(name, guess=not file.normal))

    def _has_like(self, name: str, any_case: bool) -> bool:
        """Whether the folder has a file whose name this may be, as far as it is known."""
        known = self._like.get(name)
        if known is None:
            if len(self._like) >= MAX_LIKE:
                self._like.clear()
            matches, names = like(name, any_case=any_case).fullmatch, self.index.names
            known = self._like[name] = any(map(matches, names))
        return known


def _name_of(url: str) -> str:
    """The name in the folder that a URL of ours asks for, as the server reads it."""
    return "/".join(part for part in unquote(urlsplit(url).path).split("/") if part)


def _folder_of(url: str) -> str:
    """The folder that it is in, with "/" at its end, or ""."""
    folder = _name_of(url.rpartition("/")[0] + "/")
    return f"{folder}/" if folder else ""
