"""The real program with somebody before its window: what he reads there, the keys he presses."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.end_to_end.program import Program
from tests.end_to_end.watched import SEEN, WISH, write
from tests.namespace import BenchNetwork, wait_until

URL = "http://10.13.2.2/{mac}.xml"


class Run(Program):
    """A program with somebody before its window."""

    def __init__(
        self, bench: BenchNetwork, folder: Path, *arguments: str, before: Sequence[str] = ()
    ) -> None:
        """`before`: a command that runs another one, with its arguments."""
        super().__init__(
            bench.tool,
            folder,
            "-u",
            URL,
            *arguments,
            module="tests.end_to_end.watched",
            before=before,
        )
        self._home = folder / "home"
        self._wishes = 0
        for name in (SEEN, WISH):
            (self._home / name).unlink(missing_ok=True)

    @property
    def bar(self) -> list[str]:
        """The sentences of the problem bar."""
        return list(self._seen()["bar"])

    @property
    def decisions(self) -> dict[str, str]:
        """The words in the Decision column."""
        return dict(self._seen()["decisions"])

    def press(self, keys: list[str], letter: str) -> None:
        """Press a key on these rows, once they are there."""
        wait_until(lambda: self.decisions.keys() >= set(keys), 30, "the table is filled")
        self._wishes += 1
        wish = {"number": self._wishes, "keys": keys, "press": letter}
        write(self._home / WISH, wish)
        wait_until(lambda: self._seen()["done"] == self._wishes, what="the key was pressed")

    def wait_for_bar(self, words: str) -> str:
        """The sentence with these words."""
        wait_until(lambda: any(words in one for one in self.bar), what=f"the bar says {words}")
        return next(one for one in self.bar if words in one)

    def wait_for_no_bar(self) -> None:
        wait_until(lambda: not self.bar, 60, "the bar is empty")

    def _seen(self) -> dict[str, Any]:
        file = self._home / SEEN
        wait_until(file.exists, 30, "the window is shown")
        seen: dict[str, Any] = json.loads(file.read_text())
        return seen
