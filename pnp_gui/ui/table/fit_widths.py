"""Shares the table's room among its columns, in whole pixels. Nothing here knows a widget.

While there is room everybody has what looks well. Then, in this order: slack goes, until the URL
can be read; status and decision take their short forms; the URL shrinks; those that give way are
cut; and only then they hide, one by one. What the technician set himself is touched last.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from pnp_gui.ui.table.columns import GIVE_WAY, Column


class Width(NamedTuple):
    """What a column may be given, from the widest on."""

    ease: int
    """Looks well."""
    need: int
    """Nothing that it shows is cut."""
    tight: int
    """The same in short forms."""
    least: int
    """It is still worth showing."""


class Stretch(NamedTuple):
    """What the column that takes the rest is worth to the others."""

    whole: int
    """Its texts are not cut: for that the others give their slack."""
    fair: int
    """Enough of them can be read: for that the others take their short forms."""
    least: int


def fit_widths(
    widths: Mapping[Column, Width],
    stretch: Stretch,
    room: int,
    give_way: Sequence[Column] = GIVE_WAY,
    by_hand: Collection[Column] = (),
) -> dict[Column, int]:
    """Widths of the columns that are shown in `room` pixels, without the one that stretches; who is
    missing has to hide. `by_hand`: widths and columns that the technician chose himself."""
    shown = dict(widths)
    leaving = [column for column in give_way if column in shown and column not in by_hand]
    leaving += [column for column in give_way if column in shown and column in by_hand]
    while True:
        fitted = _shrunk(shown, stretch, room, leaving, by_hand)
        if sum(fitted.values()) <= room - stretch.least or not leaving:
            return fitted
        del shown[leaving.pop(0)]


def _shrunk(
    shown: Mapping[Column, Width],
    stretch: Stretch,
    room: int,
    give_way: Sequence[Column],
    by_hand: Collection[Column],
) -> dict[Column, int]:
    fitted = {column: width.ease for column, width in shown.items()}
    free = [column for column in shown if column not in by_hand]
    first = [column for column in give_way if column in free]

    def shrink(columns: Sequence[Column], to: Mapping[Column, int], left: int) -> None:
        for column in columns:
            lacking = sum(fitted.values()) - (room - left)
            if lacking > 0:
                fitted[column] -= max(0, min(lacking, fitted[column] - to[column]))

    everybody = [*first, *(column for column in free if column not in first)]
    shrink(everybody, {c: shown[c].need for c in everybody}, stretch.whole)
    shrink(everybody, {c: shown[c].tight for c in everybody}, stretch.fair)
    shrink(first, {c: shown[c].least for c in first}, stretch.least)
    return fitted
