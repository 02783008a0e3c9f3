"""What a phone fetched from the folder that we serve, since its URL was sent last."""

from __future__ import annotations

from typing import NamedTuple, Self

MISSING_FILE = "missing_file"
"""The code of the troubles that say why a file is missing."""
MAX_MISSING = 16
"""Names of missing files that are remembered of a phone."""
MAX_NAME = 255
"""Characters of a name; what is longer is cut."""
SAME_OFFER = 5.0
"""Seconds after a file: a phone may ask for several profiles at once, and fetch as soon as it has
the URL for the first of them."""


class Files(NamedTuple):
    """One for each phone that fetches, or should, to be replaced as a whole. Names of files have
    at most `MAX_NAME` characters, on a line."""

    at: float | None = None
    """Unix seconds at which it had its last file; None: it has none."""
    name: str = ""
    """That file."""
    size: int = 0
    """Its bytes; of a part that was asked for (HTTP's Range), those of the part."""
    total: int = 0
    """How many it fetched; the same one several times in a row counts once."""
    missing: tuple[str, ...] = ()
    """Files that it asked for and that are not there, although they should; the last one last."""
    broken_off: str = ""
    """The last file that it did not get as a whole, and has not fetched since."""
    percent: int | None = None
    """How much it has of what it is fetching now; None: nothing that takes longer than a second."""
    other_mac: str = ""
    """Another phone's MAC that it asked with last."""
    now: float = 0.0
    """On the bench's clock, when it fetched or missed something last; 0.0: not in this run."""
    idle: bool = False
    """It accepted a URL that leads to our folder, and did not fetch its first file in time."""

    def fetched(self, name: str, size: int, at: float, now: float) -> Self:
        """It has this file."""
        return self._replace(
            at=at,
            name=name,
            size=size,
            total=self.total + (name != self.name),
            missing=tuple(each for each in self.missing if each != name),
            broken_off="" if self.broken_off == name else self.broken_off,
            now=now,
            idle=False,
        )

    def missed(self, name: str, now: float) -> Self:
        """This file is not there."""
        others = (each for each in self.missing if each != name)
        return self._replace(missing=(*others, name)[-MAX_MISSING:], now=now)

    def of_earlier_run(self) -> Self | None:
        """What is still true after a restart; None: nothing."""
        known = self._replace(percent=None, other_mac="", now=0.0, idle=False)
        return known if known != NONE else None

    def lasts(self, now: float) -> bool:
        """Whether an offer of the same URL now is the same once more: see `SAME_OFFER`."""
        return now < self.now + SAME_OFFER


NONE = Files()
"""It has fetched nothing, and asked for nothing that should be there."""
IDLE = Files(idle=True)
"""The one of all phones that did not fetch anything in time."""
