"""A folder of files that the bench takes for the one that is served at http://192.0.2.5:8080/."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from pnp_gui.files.fetch import Withheld
from pnp_gui.files.folder import ServedFolder
from tests.namespace import wait_until

OURS = ("http://192.0.2.5:8080", "tftp://192.0.2.5")


class Folder:
    """A real folder; only the server is not there."""

    serving = True

    def __init__(self, root: Path, *names: str) -> None:
        self._root = root
        for name in names:
            self.add(name)
        self._folder = ServedFolder(root)
        if names:
            wait_until(lambda: len(self._folder.names()) == len(names))

    def add(self, name: str) -> None:
        path = self._root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"settings")

    def names(self) -> Sequence[str]:
        return self._folder.names()

    @property
    def withheld(self) -> Mapping[str, Withheld]:
        return self._folder.withheld

    def is_ours(self, url: str) -> bool:
        return url.startswith(OURS)
