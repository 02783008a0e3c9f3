"""What each make asks for in its URL, and which of these files need not be there. The table is
`resources/make-files.toml`, with its sources."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


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
    """A phone book, a dial plan, a ring tone …"""


@dataclass(frozen=True, slots=True)
class ExpectedFile:
    """One file that a phone asks for."""

    name: str
    """As it asks for it, from the URL's folder on: "y000000000028.cfg"."""
    url: str
    """The full URL that it asks for."""
    kind: FileKind

    @property
    def normal(self) -> bool:
        """Whether it is normal that this file is not there."""
        return self.kind is not FileKind.OWN


def is_known(make: str) -> bool:
    """Whether the table knows what this make asks for."""
    return False


def expected(make: str, model: str, mac: str, url: str) -> tuple[ExpectedFile, ...]:
    """What a phone asks for when it has this URL, in its order. `mac`: twelve upper-case hex digits
    or ""; `url`: filled in by us, not by the phone. Empty: not known."""
    return ()


def is_normal(make: str, model: str, mac: str, name: str) -> bool:
    """Whether it is normal that the file that this phone asked for is not there. `name`: see
    `Fetch.name`; upper and lower case are the same."""
    return False
