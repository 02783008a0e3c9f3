"""What each make asks for in its URL, and which of these files need not be there. The table is
`resources/make-files.toml`, with its sources; it is read when it is first asked."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fnmatch import fnmatchcase
from functools import lru_cache, partial
from typing import Any
from urllib.parse import quote, urlsplit

from pnp_gui.pnp.makes import MAKES
from pnp_gui.resources import resource_path

_SLOT = re.compile(r"<(mac|MAC|model:lower|model|code|stem|ending)>")
_NOT_FILLED_IN = re.compile(r"[{}<>$]|%(?![0-9A-Fa-f]{2})")
"""What no URL contains that a phone asks for: {mac}, $mac, %MACD, and our own <model>."""
_SAYS_NO_MODEL = ("", "OEM")
"""Models, upper case, that name none: older snom and Gigaset phones say OEM."""
_ANY = {"mac": "[0-9a-f]{12}", "MAC": "[0-9A-F]{12}", "code": r"(?:\d{3,4}|[fF]0[\w.]+)"}
"""What a slot may be while that is not known; a code is a number, or Fanvil's F0V00X600000."""


class FileKind(StrEnum):
    """What a file is to the phone that asks for it."""

    OWN = "own"
    """The settings of this phone."""
    COMMON = "common"
    """Settings for all phones, or for all of a model."""
    BOOT = "boot"
    """The list of the files to fetch."""
    FIRMWARE = "firmware"
    OTHER = "other"
    """A phone book, a licence, what the phone itself has stored …"""


@dataclass(frozen=True, slots=True)
class ExpectedFile:
    """One file that a phone asks for."""

    name: str
    """As it asks for it, from the URL's folder on: "y000000000028.cfg". <model>, <code> or <mac>
    stay in it while they are not known."""
    url: str
    """The full URL that it asks for; "": not known."""
    kind: FileKind
    normal: bool
    """Whether it is normal that this file is not there."""
    any_case: bool = False
    """Whether it may ask in upper or lower case, or nobody knows in which."""

    @property
    def has_settings(self) -> bool:
        """Whether a phone that finds this one file is provisioned."""
        return self.kind in (FileKind.OWN, FileKind.COMMON, FileKind.BOOT)


@dataclass(frozen=True, slots=True)
class FilePattern:
    """One file of a family; see the table for the slots of its name."""

    name: str
    kind: FileKind
    normal: bool
    any_case: bool = False
    verified: bool = True
    """Whether the maker's documents name it."""


@dataclass(frozen=True, slots=True)
class Family:
    """A make, or some of its models."""

    make: str
    models: tuple[str, ...]
    """Patterns; (): all."""
    source: str
    strip: str = ""
    fills: Mapping[str, str] = field(default_factory=dict)
    folder: tuple[FilePattern, ...] = ()
    """What it asks for in a URL that is a folder; (): not known."""
    file: tuple[FilePattern, ...] = ()
    """What it asks for after the file that its URL names."""
    codes: Mapping[str, str] = field(default_factory=dict)
    """What <code> is, by patterns of models."""
    codes_source: str = ""

    def values(self, model: str, mac: str) -> dict[str, str]:
        """What the slots of a name become; those that are not known are absent."""
        known = {"mac": mac.lower(), "MAC": mac.upper()} if mac else {}
        if model.upper() not in _SAYS_NO_MODEL:
            model = model.removeprefix(self.strip)
            known |= {"model": model, "model:lower": model.lower()}
            for pattern, code in self.codes.items():
                if fnmatchcase(model.upper(), pattern.upper()):
                    return known | {"code": code}
        return known


@lru_cache(1)
def families() -> tuple[Family, ...]:
    """The whole table, in its order."""
    import tomllib  # 7 ms at every start

    text = resource_path("make-files.toml").read_text(encoding="utf-8")
    return tuple(map(_family, tomllib.loads(text)["family"]))


def family_of(make: str, model: str) -> Family | None:
    """The first family that fits; None: nothing is known of this make."""
    for family in families():
        if family.make == make and (
            not family.models
            or any(fnmatchcase(model.upper(), pattern.upper()) for pattern in family.models)
        ):
            return family
    return None


def folder_names(make: str) -> list[str]:
    """The names that a make asks for first in a folder, with their slots; []: not known."""
    family = family_of(make, "")
    folder = family.folder if family is not None else ()
    return [each.name for each in folder if each.kind is not FileKind.OTHER]


@lru_cache(512)
def expected(make: str, model: str, mac: str, url: str) -> tuple[ExpectedFile, ...]:
    """What a phone asks for when it has this URL, in its order. `mac`: twelve upper-case hex digits
    or ""; `url`: filled in by us, not by the phone. Empty: not known."""
    family = family_of(make, model) or Family(make, (), "")
    values = family.values(model, mac)
    has_mac = "{mac}" in url
    for text, slotted in family.fills.items():
        url = url.replace(text, _fill(slotted, values))
    try:
        parts = urlsplit(url)
    except ValueError:
        return ()  # a bracket in its host (RFC 3986 section 3.2.2); phones fail with it as well
    root = f"{parts.scheme}://{parts.netloc}"
    folder, _, file = parts.path.rpartition("/")
    known_make = MAKES.get(make)
    if known_make is not None and known_make.wants_folder and not parts.query and file:
        folder, file = parts.path, ""
    base = f"{root}{folder}/"
    if not file and not parts.query:
        return tuple(_asked(each, values, base) for each in family.folder)
    named = ExpectedFile(file, "" if _NOT_FILLED_IN.search(url) else url, FileKind.OWN, False)
    stem, dot, ending = file.rpartition(".")
    values |= {"stem": stem, "ending": dot + ending} if dot else {"stem": file, "ending": ""}
    further = [_asked(each, values, base) for each in family.file if not has_mac]
    return (named, *(each for each in further if each.name != file))


@lru_cache(1024)
def is_normal(make: str, model: str, mac: str, name: str) -> bool:
    """Whether it is normal that the file that this phone asked for is not there. `name`: see
    `Fetch.name`; upper and lower case are the same."""
    family = family_of(make, model)
    if family is None:
        return False
    values = family.values(model, mac)
    fitting = [each for each in (*family.folder, *family.file) if _fits(each.name, values, name)]
    return bool(fitting) and all(each.normal for each in fitting)


def like(name: str, *, any_case: bool) -> re.Pattern[str]:
    """What matches the names that `name` may be, of which slots are not known yet."""
    return _pattern(name, re.IGNORECASE if any_case else re.NOFLAG)


def _fits(slotted: str, values: Mapping[str, str], name: str) -> bool:
    """Whether the last parts of `name` are this file; upper and lower case are the same."""
    file = _fill(slotted, values)
    if "<" not in file:
        return f"/{name.lower()}".endswith(f"/{file.lower()}")
    last = "/".join(name.split("/")[-1 - file.count("/") :])
    return _pattern(file, re.IGNORECASE).fullmatch(last) is not None


@lru_cache(256)
def _pattern(slotted: str, flags: re.RegexFlag) -> re.Pattern[str]:
    literals = _SLOT.split(slotted)
    parts = [re.escape(literals[0])]
    for slot, literal in zip(literals[1::2], literals[2::2], strict=True):
        parts += _ANY.get(slot, "[^/]+"), re.escape(literal)
    return re.compile("".join(parts), flags)


def _family(row: dict[str, Any]) -> Family:
    def patterns(key: str) -> tuple[FilePattern, ...]:
        return tuple(
            FilePattern(**{"normal": each["kind"] != "own", **each, "kind": FileKind(each["kind"])})
            for each in row.pop(key, ())
        )

    return Family(
        models=tuple(row.pop("models", ())),
        folder=patterns("folder"),
        file=patterns("file"),
        **row,
    )


def _asked(pattern: FilePattern, values: Mapping[str, str], base: str) -> ExpectedFile:
    name = _fill(pattern.name, values)
    url = base + _fill(pattern.name, values, partial(quote, safe=""))
    return ExpectedFile(
        name,
        "" if _NOT_FILLED_IN.search(url) else url,
        pattern.kind,
        pattern.normal,
        pattern.any_case,
    )


def _fill(
    slotted: str, values: Mapping[str, str], change: Callable[[str], str] = lambda text: text
) -> str:
    """Fill in the slots that are known; the others stay."""

    def value(slot: re.Match[str]) -> str:
        return change(values[slot[1]]) if slot[1] in values else slot[0]

    return _SLOT.sub(value, slotted)
