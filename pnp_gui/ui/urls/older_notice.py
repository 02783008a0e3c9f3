"""The line that says how many phones have the old URL, after the default, a rule or an own URL
changed. It counts down while phones are sent the new one."""

from __future__ import annotations

from collections.abc import Callable

from pnp_gui.bench.bench import Bench
from pnp_gui.bench.phones.status import StatusKind
from pnp_gui.texts import Plural
from pnp_gui.trouble import Trouble
from pnp_gui.ui.words.letters import letters

OLDER_URL = "older_url"
"""Code and action of the line: select these phones."""

_HEARD = Plural(
    "%n phones have the old URL; {S} sends them the new one.",
    "1 phone has the old URL; {S} sends it the new one.",
)
_NOT_HEARD = Plural(
    "%n phones have the old URL and get the new one when they ask; {S} sends it now to those "
    "that have asked since the program started.",
    "1 phone has the old URL and gets the new one when it asks.",
)
"""Where any of them has not asked in this run: its port is not known any more."""


class OlderUrlNotice:
    """Says when the line is to be shown, changed or taken away."""

    def __init__(
        self,
        bench: Bench,
        show: Callable[[Trouble], object],
        remove: Callable[[str], object],
        is_shown: Callable[[str], bool],
    ) -> None:
        self._bench = bench
        self._show, self._remove, self._is_shown = show, remove, is_shown
        self._changes = bench.url_changes
        self._said = 0, letters()["S"]

    def refresh(self) -> None:
        """To be called several times a second. Who hides the line sees it again only after the
        next change of a URL."""
        bench = self._bench
        changes, number = bench.url_changes, bench.counts().kinds.get(StatusKind.OLDER_URL, 0)
        said = number, letters()["S"]
        if changes < 0 or (changes, said) == (self._changes, self._said):
            return
        wanted = changes != self._changes or self._is_shown(OLDER_URL)
        self._changes, self._said = changes, said
        if not number:
            self._remove(OLDER_URL)
        elif wanted:
            heard = all(bench.phones[key].asked for key in bench.with_older_url())
            text = _HEARD if heard else _NOT_HEARD
            self._show(Trouble(text, action=OLDER_URL, code=OLDER_URL, n=number, S=said[1]))
