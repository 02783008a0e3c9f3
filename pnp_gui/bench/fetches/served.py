"""What the bench needs to know of the file server."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from pnp_gui.files.fetch import NONE_WITHHELD, Withheld


class Served(Protocol):
    """The folder that is served, as it is now."""

    @property
    def serving(self) -> bool:
        """Whether files are served."""

    def names(self) -> Sequence[str]:
        """The files, as `Fetch.name` says them; () while nothing is served. The same object as long
        as they and `withheld` are the same."""

    @property
    def withheld(self) -> Mapping[str, Withheld]:
        """Files and folders that are there and not served, by their names."""

    def is_ours(self, url: str) -> bool:
        """Whether this URL, filled in, leads to our own server; never while nothing is served."""


class NotServed:
    """As long as there is no server."""

    serving = False
    withheld = NONE_WITHHELD

    def names(self) -> Sequence[str]:
        """There are none."""
        return ()

    def is_ours(self, url: str) -> bool:
        """None is."""
        return False
