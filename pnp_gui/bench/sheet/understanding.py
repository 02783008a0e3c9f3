"""A list understood: its header row, and what each of its columns means."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Sequence
from dataclasses import replace
from itertools import islice

from pnp_gui.bench.sheet.decision_words import FULL_WORDS
from pnp_gui.bench.sheet.header import find_header
from pnp_gui.bench.sheet.headings import Heading, heading_of, is_mac_heading
from pnp_gui.bench.sheet.keys import ip_address, keys_in, names_phone
from pnp_gui.bench.sheet.labels import label_columns
from pnp_gui.bench.sheet.layout import Choices, Chosen, Layout, Meaning
from pnp_gui.bench.sheet.mac_columns import mac_columns
from pnp_gui.bench.sheet.rows import Row, cell_at
from pnp_gui.bench.sheet.sheet import NO_URL, SHEET_COLUMNS
from pnp_gui.trouble import Trouble

Cells = Sequence[Sequence[str]]

_MOST_ROWS = 2000
_MOST_CELLS = 5000
"""Of a list, from which it is understood: 20 ms."""


def understand(
    rows: Sequence[Row], choices: Choices
) -> Generator[None, None, tuple[Layout, int, Trouble | None]]:
    """The columns; the index of the first row below the header; and a question if it is not clear
    which column has the MACs. Pauses."""
    header = find_header(rows)
    yield
    line = rows[header].number if header is not None else 0
    headings = tuple(rows[header].cells) if header is not None else ()
    first = header + 1 if header is not None else 0
    sample = _sample(rows[first:], headings)
    question = None
    layout = _as_sheet(line, headings, sample)
    if layout is None:
        macs, question = mac_columns(headings, sample)
        layout = _as_list(line, headings, macs, sample)
    yield
    chosen = choices.get(layout.key, {})
    if Meaning.MAC in chosen.values():
        question = None
    return _labelled(_chosen(layout, chosen), sample, chosen), first, question


def _as_sheet(line: int, headings: tuple[str, ...], sample: Cells) -> Layout | None:
    """The layout of a sheet: under our own headings, each once, or in their order without any."""
    names = [heading.lower() for heading in headings]
    if all(names.count(column) == 1 for column in SHEET_COLUMNS):
        mac, decision, url, label = map(names.index, SHEET_COLUMNS)
    elif not headings and _is_own_order(sample):
        headings = ("",) * len(SHEET_COLUMNS)
        mac, decision, url, label = range(4)
    else:
        return None
    return Layout(line, headings, (mac,), decision, url, (label,), exact=True, by_address=True)


def _as_list(line: int, headings: tuple[str, ...], macs: tuple[int, ...], sample: Cells) -> Layout:
    """The layout of any other list, but for the columns of its labels."""
    if not macs:  # the lines say what stands there instead
        macs = tuple(index for index, one in enumerate(headings) if is_mac_heading(one))
    # A row below a header may be longer than it; its further cells have no meaning but a MAC.
    widths = [index + 1 for index in macs] if headings else map(len, sample)
    headings += ("",) * (max(widths, default=0) - len(headings))
    at: dict[Heading, list[int]] = {}
    for index, heading in enumerate(headings):
        if index not in macs:
            at.setdefault(heading_of(heading), []).append(index)
    decisions = at.get(Heading.DECISION, [])
    urls = at.get(Heading.PROVISIONING, []) + at.get(Heading.URL, [])
    return Layout(
        line,
        headings,
        macs,
        decision=decisions[0] if len(decisions) == 1 else None,  # two may contradict each other
        url=next((index for index in urls if _has_urls(index, sample)), None),
        by_address=bool(macs) and headings[macs[0]] == SHEET_COLUMNS[0],
    )


def _has_urls(index: int, sample: Cells) -> bool:
    cells = {cell_at(cells, index) for cells in sample}
    return any("://" in cell for cell in cells) or cells <= {"", NO_URL}


def _chosen(layout: Layout, chosen: Chosen) -> Layout:
    """With the meanings that the technician gave. A meaning given to one column is taken from those
    that were found by themselves."""
    if not chosen:
        return layout
    headings = layout.headings + ("",) * (max(chosen) + 1 - len(layout.headings))
    found = {index: layout.meaning(index) for index in range(len(headings))}
    given = set(chosen.values())
    meanings = {index: one for index, one in found.items() if one not in given} | dict(chosen)
    macs = tuple(index for index in sorted(meanings) if meanings[index] is Meaning.MAC)
    first = {one: index for index, one in reversed(sorted(meanings.items()))}
    return replace(
        layout,
        headings=headings,
        macs=macs,
        decision=first.get(Meaning.DECISION),
        url=first.get(Meaning.URL),
        labels=tuple(index for index in sorted(meanings) if meanings[index] is Meaning.LABEL),
        exact=False,
    )


def _labelled(layout: Layout, sample: Cells, chosen: Chosen) -> Layout:
    """With the columns of the label, unless they are known."""
    if layout.labels or not layout.macs:
        return layout
    rows: dict[str, Sequence[str]] = {}  # by the first phone that they name
    for cells in sample:
        keys = (key for index in layout.macs for key in keys_in(cell_at(cells, index)))
        if key := next(keys, None):
            rows.setdefault(key, cells)
    taken = {index for index in range(len(layout.headings)) if layout.meaning(index)} | {*chosen}
    names, extension, instead = label_columns(layout.headings, [*rows.values()], taken)
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


def _is_own_order(rows: Cells) -> bool:
    """Whether the rows are mac,decision,url,label without a header: most that stands in the place
    of the decision is one in full words, and in the place of the URL there are URLs."""
    short = [len(cells) <= len(SHEET_COLUMNS) for cells in rows]
    keys = [names_phone(cells[0]) or ip_address(cells[0]) is not None for cells in rows]
    decisions = [word.lower() in FULL_WORDS for cells in rows if (word := cell_at(cells, 1))]
    urls = [url == NO_URL or "://" in url for cells in rows if (url := cell_at(cells, 2))]
    kinds = [kind for kind in (decisions, urls) if kind]
    return bool(kinds) and all(sum(kind) * 2 >= len(kind) for kind in (short, keys, *kinds))
