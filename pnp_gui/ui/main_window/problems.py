"""Which troubles there are to show: the bench's, the network's and the window's own, by code."""

from __future__ import annotations

from collections.abc import Mapping

from pnp_gui.trouble import Trouble


class Problems:
    """Gathers them, and remembers which ones the technician put away."""

    def __init__(self) -> None:
        self._own: dict[str, Trouble] = {}
        self._put_away: dict[str, Trouble] = {}

    def add(self, trouble: Trouble) -> None:
        """Show this one, in the place of any other of its code, even if that was put away."""
        code = code_of(trouble)
        self._own[code] = trouble
        self._put_away.pop(code, None)

    def remove(self, code: str) -> bool:
        """Show it no longer. True when it was shown by `add`."""
        return self._own.pop(code, None) is not None

    def has(self, code: str) -> bool:
        """Whether it was added and not removed."""
        return code in self._own

    def put_away(self, trouble: Trouble) -> None:
        """Hide it until it is over, or says something else."""
        code = code_of(trouble)
        if not self.remove(code):
            self._put_away[code] = trouble

    def to_show(self, *present: Mapping[str, Trouble]) -> list[Trouble]:
        """Everything to show now, when `present` is what bench and network have."""
        troubles = {
            code_of(trouble): trouble
            for source in (*present, self._own)
            for trouble in source.values()
        }
        self._put_away = {
            code: trouble
            for code, trouble in self._put_away.items()
            if troubles.get(code) == trouble
        }
        return [trouble for code, trouble in troubles.items() if code not in self._put_away]


def code_of(trouble: Trouble) -> str:
    """What tells one trouble from another."""
    return trouble.code or trouble.template
