"""A list understood: its header row, and what each of its columns means."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from pnp_gui.bench.sheet.decision_words import FULL_WORDS
from pnp_gui.bench.sheet.header import find_header
from pnp_gui.bench.sheet.headings import Heading, heading_of, is_mac_heading
from pnp_gui.bench.sheet.keys import ip_address, names_phone
from pnp_gui.bench.sheet.labels import label_columns
from pnp_gui.bench.sheet.layout import Chosen, Layout, Meaning
from pnp_gui.bench.sheet.mac_columns import mac_columns
from pnp_gui.bench.sheet.rows import Row
from pnp_gui.bench.sheet.sheet import SHEET_COLUMNS
from pnp_gui.trouble import Trouble

Choices = Mapping[tuple[str, ...], Chosen]
"""What the technician chose, by the headings of the list."""

_MOST_ROWS = 2000
_MOST_CELLS = 5000
"""Of a list, from which it is understood: 20 ms."""
_URL = re.compile(r"[A-Za-z]{3,5}://.*")


def understand(
    rows: Sequence[Row], choices: Choices
) -> Generator[None, None, tuple[Layout, int, Trouble | None]]:
    """The columns; the index of the first row below the header; and a question if it is not clear
    which column has the MACs. Pauses."""
    header = find_header(rows)
    yield
    headings = tuple(rows[header].cells) if header is not None else ()
    first = header + 1 if header is not None else 0
    sample = _sample(rows[first:], headings)
    own_order = not headings and _is_own_order(sample)
    macs, question = ((0,), None) if own_order else mac_columns(headings, sample)
    yield
    if not macs and not question:  # no MAC at all: the lines say what stands there instead
        macs = tuple(index for index, one in enumerate(headings) if is_mac_heading(one))[:1]
    # A row below a header may be longer than it; its further cells have no meaning but a MAC.
    width = max(macs, default=-1) + 1 if headings else max(map(len, sample), default=0)
    own = set(SHEET_COLUMNS) <= {heading.lower() for heading in headings}
    layout = Layout(
        header=rows[header].number if header is not None else 0,
        headings=headings + ("",) * (width - len(headings)),
        macs=macs,
        exact=own or own_order,
        by_address=own
        or own_order
        or (bool(macs) and headings[macs[0] :][:1] == SHEET_COLUMNS[:1]),
    )
    if own:
        at = [heading.lower() for heading in headings].index
        mac, decision, url, label = map(at, SHEET_COLUMNS)
        layout = replace(layout, macs=(mac,), decision=decision, url=url, labels=(label,))
        question = None
    elif own_order:
        layout = replace(layout, decision=1, url=2, labels=(3,))
    chosen = choices.get(headings, {}) if headings else choices.get(layout.headings, {})
    if Meaning.MAC in chosen.values():
        question = None
    return _labelled(_chosen(_by_heading(layout), chosen), sample, chosen), first, question


def _by_heading(layout: Layout) -> Layout:
    """With the columns that decide and that have URLs."""
    if layout.exact:
        return layout
    at: dict[Heading, int] = {}
    for index, heading in enumerate(layout.headings):
        if index not in layout.macs:
            at.setdefault(heading_of(heading), index)
    url = at.get(Heading.PROVISIONING, at.get(Heading.URL))
    return replace(layout, decision=at.get(Heading.DECISION), url=url)


def _chosen(layout: Layout, chosen: Chosen) -> Layout:
    """With the meanings that the technician gave. A meaning given to one column is taken from those
    that were found by themselves."""
    if not chosen:
        return layout
    found = {index: layout.meaning(index) for index in range(len(layout.headings))}
    given = set(chosen.values())
    meanings = {index: one for index, one in found.items() if one not in given} | dict(chosen)
    macs = tuple(index for index in sorted(meanings) if meanings[index] is Meaning.MAC)
    first = {one: index for index, one in reversed(sorted(meanings.items()))}
    return replace(
        layout,
        macs=macs,
        decision=first.get(Meaning.DECISION),
        url=first.get(Meaning.URL),
        labels=tuple(index for index in sorted(meanings) if meanings[index] is Meaning.LABEL),
        exact=False,
    )


def _labelled(layout: Layout, sample: Sequence[Sequence[str]], chosen: Chosen) -> Layout:
    """With the columns of the label, unless they are known."""
    if layout.labels or layout.exact or not layout.macs:
        return layout
    rows = [
        cells
        for cells in sample
        if any(index < len(cells) and names_phone(cells[index]) for index in layout.macs)
    ]
    taken = {index for index in range(len(layout.headings)) if layout.meaning(index)} | {*chosen}
    names, extension, instead = label_columns(layout.headings, rows, taken)
    numbers = () if extension is None else (extension,)
    return replace(layout, labels=names + numbers, extension=extension, instead=instead)


def _sample(rows: Iterable[Row], headings: tuple[str, ...]) -> list[Sequence[str]]:
    """Cells of the first rows, without comments and repeated headings."""
    cells = 0
    found = []
    for row in islice(rows, _MOST_ROWS):
        if row.fault or row.is_comment or tuple(row.cells) == headings:
            continue
        found.append(row.cells)
        cells += len(row.cells)
        if cells > _MOST_CELLS:
            break
    return found


def _is_own_order(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the rows are mac,decision,url,label without a header: most that stands in the place
    of the decision is one in full words, and in the place of the URL there are URLs."""
    if max(map(len, rows), default=0) > len(SHEET_COLUMNS):
        return False
    keys = [names_phone(cells[0]) or ip_address(cells[0]) is not None for cells in rows]
    decisions = [cells[1].lower() in FULL_WORDS for cells in rows if len(cells) > 1 and cells[1]]
    urls = [bool(_URL.match(cells[2])) for cells in rows if len(cells) > 2 and cells[2]]
    kinds = [kind for kind in (decisions, urls) if kind]
    return bool(kinds) and all(sum(kind) * 2 >= len(kind) for kind in (keys, *kinds))
