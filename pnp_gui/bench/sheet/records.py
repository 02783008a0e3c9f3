"""Text lines as rows of cells: the separator, and cells in quotation marks."""

from __future__ import annotations

import csv
import re
from collections.abc import Generator, Iterator, Sequence
from itertools import pairwise

from pnp_gui.bench.sheet.headings import is_mac_heading
from pnp_gui.bench.sheet.keys import keys_in, names_phone
from pnp_gui.bench.sheet.rows import Row
from pnp_gui.bench.sheet.text import MAX_LINE, Line, paced
from pnp_gui.pnp.mac import find_mac, parse_mac
from pnp_gui.texts import Text
from pnp_gui.trouble import Trouble

MAX_CELLS = 1000
"""Cells of a row."""

MAX_CELL_LINES = 20
"""Lines of one quoted cell. A quote that is never closed costs only its own line."""

_SAMPLE, _SAMPLE_CHARACTERS = 100, MAX_LINE
"""Lines and characters from which the separator is found."""

_SEPARATORS = (",", ";", "\t", "|")
_BLANKS = "  "
"""The separator of columns that are aligned by blanks: two and more of them, or a tab."""
_DASHED = " -"
"""The separator of `netsh dhcp server`, also before a cell, or after it: "-D-  desk-holm"."""
_SPACED = " - "
"""The separator of a MAC and the name behind or before it, as people write them: "… - Reception
desk"; behind it also a colon or "="."""
_WORDS = " "
"""The separator of words: each line has as many."""
_SEPARATOR = re.compile(r"[,;\t|]")
_COLUMNS = re.compile(r"\s+\|\s+|\s{2,}|\t")
_LEADING_MAC = re.compile(r"^([0-9A-Fa-f][0-9A-Fa-f:.-]{10,15}[0-9A-Fa-f])\s*[:=]\s+")
_BULLETS = " \t-*\u2022"
# A run of blanks is looked at once: from each of 19,000 blanks it would take a second.
_DASH = re.compile(r"(?<!\s)\s++-\s*|-\s{2,}")
_SPACED_DASH = re.compile(r"(?<!\s)\s++[-\u2013\u2014]\s+")
_BLANK = " \t\n\v\f\x1c\x1d\x1e\x1f"
_RULER = re.compile(r"[\s|+]*[-=]+(?:[\s|+]+[-=]+)+[\s|+]*")
_DASHES = re.compile(r"[-=]+")
_ALIGNED_CELL = re.compile(r"[^\s|+]+(?: [^\s|+]+)*")
_MOST_ALIGNED = 500
"""Characters of a line in aligned columns."""
_SEP_LINE = re.compile(r" *\"?sep=([,;\t|])\"? *", re.IGNORECASE)
_AS_TEXT = re.compile(r'="([^"]*)"')
"""How programs tell Excel that digits are text: ="0101"."""
_WIKI_HEADINGS = re.compile(r"\|\|[^|]+(?:\|\|[^|]+)+(?:\|\|)?")

_QUOTE = Text("A quotation mark is out of place or never closed.")
_LONG = Text("This line has more than {most:,} characters.")
_CELLS = Text("This line has more than {most:,} cells.")


def rows_of(lines: Sequence[Line]) -> Generator[None, None, list[Row]]:
    """The rows of a text. Pauses."""
    separator, first = yield from _separator(lines)
    rows = []
    starts = _column_starts(lines) if separator == _BLANKS else ()
    for row in paced(_rows(lines, separator, first, starts)):
        if row is None:
            yield
        else:
            rows.append(row)
    return rows


def _separator(lines: Sequence[Line]) -> Generator[None, None, tuple[str, int]]:
    """The separator, and the index of the first line after Excel's "sep=;". Pauses."""
    if lines and (told := _SEP_LINE.fullmatch(lines[0].text)):
        return told[1], 1
    sample = "\n".join(line.text for line in lines[:_SAMPLE])[:_SAMPLE_CHARACTERS].split("\n")
    # With the right one, most lines have a MAC in a cell of its own. Of equals it is the first.
    best, most = _SEPARATORS[0], 0.0
    for separator in (*_SEPARATORS, _DASHED, _SPACED, _BLANKS, _WORDS):
        understood = _understood(sample, separator)
        if understood > most:
            best, most = separator, understood
        yield
    return best, 0


def _understood(sample: Sequence[str], separator: str) -> float:
    rows = [_split(line, separator) for line in sample]
    if separator == _WORDS and (len(rows) == 1 or not _are_columns(rows)):
        return 0
    if separator == _DASHED and not any(len(row) > 3 and _has_mac_heading(row) for row in rows):
        return 0
    if separator == _SPACED and not _are_pairs(sample, rows):
        return 0
    count = 0.0
    for cells in rows:
        if len(cells) > 1:
            count += any(map(_is_one_phone, cells))
            count += _has_mac_heading(cells)
    return count - (separator == _WORDS) * 0.5 - (separator == _BLANKS) * 0.25


def _are_columns(rows: Sequence[Sequence[str]]) -> bool:
    """Whether all rows are as long, and their MACs stand below each other; but not each in a line
    of its own behind its name, "MAC: 000413A2105F"."""
    if any(len(row) == 2 and is_mac_heading(row[0]) and _is_one_phone(row[1]) for row in rows):
        return False
    places = [{at for at, cell in enumerate(row) if _is_one_phone(cell)} for row in rows]
    with_macs = list(filter(None, places))
    return len({len(row) for row in rows}) == 1 and bool(with_macs and set.intersection(*with_macs))


def _are_pairs(sample: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether each MAC is a cell alone: always the first, or always the last; but not behind its
    name, "MAC - 000413A2105F"."""
    named = [row for line, row in zip(sample, rows, strict=True) if find_mac(line)]
    return bool(named) and any(
        all(parse_mac(row[place]) and not _has_mac_heading(row) for row in named)
        for place in (0, -1)
    )


def _has_mac_heading(cells: Sequence[str]) -> bool:
    return any(map(is_mac_heading, cells))


def _is_one_phone(cell: str) -> bool:
    return not _SEPARATOR.search(cell) and len(keys_in(cell.strip('" '))) == 1


def _split(line: str, separator: str) -> list[str]:
    """The cells of a line without quotation marks."""
    if separator == _DASHED:
        return _DASH.split(line.strip())
    if separator == _SPACED:
        return _SPACED_DASH.split(_LEADING_MAC.sub(r"\1 - ", line.strip(_BULLETS), count=1))
    if separator == _BLANKS:
        return _COLUMNS.split(line.strip())
    if separator == _WORDS:
        return line.split()
    if separator == "|" and _WIKI_HEADINGS.fullmatch(line):
        line = line.replace("||", "|")
    return line.split(separator)


def _column_starts(lines: Sequence[Line]) -> Sequence[int]:
    """Where the columns begin: by a line of dashes ("----  -------"), else by the most headings.
    Empty if there are neither, or cells stand across."""
    sample = [line.text for line in lines[:_SAMPLE] if len(line.text) <= _MOST_ALIGNED]
    rows = [text for text in sample if any(map(names_phone, _COLUMNS.split(text.strip())))]
    rulers = [text for text in sample if _RULER.fullmatch(text)]
    heads = [text for text in sample if any(map(is_mac_heading, _COLUMNS.split(text.strip())))]
    candidates = [(_DASHES, text) for text in rulers[:1]]
    heads = [text for text in heads if text not in rows]
    heads.sort(key=lambda text: -len(_ALIGNED_CELL.findall(text)))
    candidates += [(_ALIGNED_CELL, text) for text in heads[:1]]
    for cell, line in candidates:
        starts = [match.start() for match in cell.finditer(line)]
        before = (text[start - 1 : start] for text in rows for start in starts[1:])
        if len(starts) > 1 and not any(map(str.strip, before)):
            return starts
    return ()


def _aligned(line: str, starts: Sequence[int]) -> list[str]:
    """The cells of a line in aligned columns. One that does not keep to them has as many cells, or
    is cut into words where one of these is a MAC; else it is a sentence, and one cell."""
    if any(line[start - 1 : start].strip() for start in starts[1:]):
        cells = _ALIGNED_CELL.findall(line)
        if len(cells) == len(starts):
            return cells
        words = line.split()
        return words if any(map(names_phone, words)) else [line]
    spans = pairwise([0, *starts[1:], len(line)])
    return [line[start:end].strip(" |+\t") for start, end in spans]


def _rows(
    lines: Sequence[Line], separator: str, index: int, starts: Sequence[int]
) -> Iterator[Row]:
    blank = f"{separator} \t"
    while index < len(lines):
        number, text = lines[index]
        used = 1
        if not text.strip(blank):
            pass
        elif len(text) > MAX_LINE:
            yield Row(number, (), text, Trouble(_LONG, code="sheet_long", most=MAX_LINE))
        elif starts:
            yield _row(number, _aligned(text, starts), text)
        elif '"' not in text or separator in (_WORDS, _BLANKS, _DASHED, _SPACED):
            yield _row(number, _split(text.rstrip(blank), separator), text)
        else:
            used, row = _quoted(lines, index, separator)
            yield row
        index += used


def _row(number: int, cells: list[str], text: str) -> Row:
    if len(cells) > MAX_CELLS:
        return Row(number, (), text, Trouble(_CELLS, code="sheet_long", most=MAX_CELLS))
    if not text.isascii() or any(map(text.__contains__, _BLANK)):  # else it saves half the time
        cells = [cell.strip() for cell in cells]
    if '="' in text:
        cells = [told[1] if (told := _AS_TEXT.fullmatch(cell)) else cell for cell in cells]
    while cells and not cells[-1]:
        cells.pop()
    return Row(number, cells, text)


def _quoted(lines: Sequence[Line], index: int, separator: str) -> tuple[int, Row]:
    """The record at `index`, and how many lines it has."""
    used = 0

    def following() -> Iterator[str]:
        nonlocal used
        for line in lines[index : index + MAX_CELL_LINES]:
            # The line of another phone: an unclosed quote must not swallow it.
            if used and (len(line.text) > MAX_LINE or _names_phone(line.text, separator)):
                return
            used += 1
            yield f"{line.text}\n"

    number, text = lines[index]
    reader = csv.reader(following(), delimiter=separator, strict=True, skipinitialspace=True)
    try:
        cells = next(reader)
    except csv.Error:
        return 1, Row(number, (), text, Trouble(_QUOTE, code="sheet_quote"))
    text = "\n".join(line.text for line in lines[index : index + used])
    return used, _row(number, cells, text)


def _names_phone(line: str, separator: str) -> bool:
    """Whether it begins with a MAC, but not with the last one of an open cell."""
    cell = line[:100].partition(separator)[0].strip()
    return names_phone(cell) and (cell.startswith('"') or not cell.endswith('"'))
