"""What the technician said about the columns of lists, kept for the next one with the same
headings."""

from __future__ import annotations

from pnp_gui.bench.sheet.layout import Choices, Chosen, Layout, Meaning

MAX_LISTS = 50
"""Lists that are kept, the newest first."""
MAX_COLUMNS = 200
"""Columns that can be given a meaning."""
_COLUMNS = {str(index) for index in range(MAX_COLUMNS)}

KeptChoices = list[object]
"""[[heading, …], {"column from 0": meaning}] for each list: the setting `SHEET_MEANINGS`."""


def read_choices(kept: KeptChoices) -> dict[tuple[str, ...], Chosen]:
    """By the headings of the lists. What is no choice is left out."""
    found: dict[tuple[str, ...], Chosen] = {}
    for one in kept[:MAX_LISTS]:
        match one:
            case [list(headings), dict(meanings)] if all(isinstance(at, str) for at in headings):
                found[tuple(headings)] = {
                    int(column): Meaning(meaning)
                    for column, meaning in meanings.items()
                    if column in _COLUMNS and meaning in list(Meaning)
                }
    return found


def write_choices(choices: Choices) -> KeptChoices:
    """As they are kept: those of lists that have headings."""
    kept: KeptChoices = []
    for headings, chosen in choices.items():
        if any(headings) and len(headings) <= MAX_COLUMNS and len(kept) < MAX_LISTS:
            meanings = {str(column): meaning.value for column, meaning in chosen.items()}
            kept.append([list(headings), meanings])
    return kept


def with_choice(
    choices: Choices, layout: Layout, column: int, meaning: Meaning | None
) -> dict[tuple[str, ...], Chosen]:
    """The choices with this one, which is the newest. None: the list is understood by itself
    again."""
    key = layout.key
    others = {headings: chosen for headings, chosen in choices.items() if headings != key}
    if meaning is None:
        return others
    chosen = dict(choices.get(key, {}))
    if meaning in (Meaning.DECISION, Meaning.URL):  # one column alone has it
        chosen = {index: one for index, one in chosen.items() if one is not meaning}
    return {key: {**chosen, column: meaning}, **others}
