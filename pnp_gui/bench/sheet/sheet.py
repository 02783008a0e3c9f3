"""The technician's sheet: `mac,decision,url,label` as CSV.

Reading never raises: a line that cannot be used is a `BadLine` with its number and the reason.
Under a header the columns may be in any order. Comma, semicolon and tab are accepted as separators,
UTF-8, UTF-16 and Windows-1252 as encodings. What `write_sheet` writes is read back unchanged.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import IPv4Address

from pnp_gui.bench.phones.key import key_of, show_key
from pnp_gui.bench.phones.phone import Decision, Phone, clean_label
from pnp_gui.bench.sheet.cells import as_meant, csv_bytes
from pnp_gui.pnp.url import check_url
from pnp_gui.texts import Text
from pnp_gui.trouble import Trouble

MAX_LINES = 100_000
"""Lines of a sheet, without blank ones."""

MAX_BYTES = 16 * 1024 * 1024
"""Bytes of a sheet, 160 for each line. A larger one is refused as a whole."""

MAX_CELL_LINES = 20
"""Lines of one quoted cell. A quote that is never closed costs only its own line."""

MAX_SHOWN = 200
"""Characters of a bad line that are shown."""

LINES_A_STEP = 100
"""Lines between two pauses of `read_in_steps`: about 2 ms."""

_SAMPLE = 100
"""Lines from which the separator is found."""

SHEET_CELLS: dict[str, Callable[[Phone], str]] = {
    "mac": lambda phone: show_key(phone.key).removeprefix("ip:"),
    "decision": lambda phone: phone.decision.value,
    "url": lambda phone: phone.own_url,
    "label": lambda phone: phone.label,
}
"""A sheet's columns by their headings, and what they say about a phone, in every language: what is
exported and what is copied can be read back."""
SHEET_COLUMNS = tuple(SHEET_CELLS)
"""The columns, in the order of a sheet without a header."""

_BEGINNING = 4000
"""Characters from which text is told from binary data."""

_HEADINGS = {
    "mac": "mac macaddress macadresse macaddr phonemac phone telefon",
    "decision": "decision entscheidung freigabe",
    "url": "url ownurl provisioningurl settingsurl adresse",
    "label": "label name room raum extension nebenstelle bezeichnung description beschreibung",
}
_COLUMN_OF = {word: column for column, words in _HEADINGS.items() for word in words.split()}

_WORDS = {
    Decision.APPROVED: "approved approve accept yes y ok true 1 x genehmigt freigegeben ja j",
    Decision.DENIED: "denied deny no n false 0 abgelehnt gesperrt nein",
    Decision.UNDECIDED: "undecided open offen unentschieden",
}
_DECISION_OF = {word: decision for decision, words in _WORDS.items() for word in words.split()}

_QUOTE = Text("A quotation mark is out of place or never closed.")

_LINE_END = re.compile(r"\r\n|\r|\n")
_SEPARATORS = (",", ";", "\t")


@dataclass(frozen=True, slots=True)
class SheetLine:
    """What one line says about one phone; None: nothing."""

    number: int
    """The line in the file, from 1."""
    mac: str
    """The phone's key: 12 upper-case hex digits, or "ip:10.13.2.37" for a phone without a MAC."""
    decision: Decision | None
    url: str | None
    """A URL template; "": the phone has none of its own."""
    label: str | None


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that cannot be used."""

    number: int
    """The line in the file, from 1; 0: the file as a whole."""
    text: str
    """The line as it is in the file, cut if it is long."""
    reason: Trouble


Read = tuple[list[SheetLine], list[BadLine]]
"""The good and the bad lines, each in the order of the file."""


def read_sheet(data: bytes) -> Read:
    """The good and the bad lines of a sheet, each in the order of the file."""
    steps = read_in_steps(data)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            read: Read = end.value
            return read


def read_in_steps(data: bytes) -> Generator[None, None, Read]:
    """As `read_sheet`, with a pause after every `LINES_A_STEP` lines, to answer phones."""
    whole = _no_sheet(data)
    if whole is not None:
        return [], [BadLine(0, "", whole)]
    text = _decode(data)
    if _is_binary(text[:_BEGINNING]):
        no_text = Trouble(
            "This is not a text file. A sheet of phones is a CSV file, as spreadsheet programs "
            "save it.",
            code="sheet_binary",
        )
        return [], [BadLine(0, "", no_text)]
    lines = _LINE_END.split(text)
    separator, first = _separator(lines)
    good: list[SheetLine] = []
    bad: list[BadLine] = []
    columns: tuple[str, ...] | None = None
    number_of: dict[str, int] = {}
    for count, (number, text, cells) in enumerate(_records(lines, separator, first), 1):
        if count % LINES_A_STEP == 0:
            yield
        if len(good) + len(bad) >= MAX_LINES and (isinstance(cells, Trouble) or any(cells)):
            return [], [BadLine(0, "", too_large())]
        if isinstance(cells, Trouble):
            bad.append(BadLine(number, text[:MAX_SHOWN], cells))
            continue
        if not any(cells):
            continue
        if columns is None:
            columns = _header(cells)
            if columns is not None:
                continue
            columns = SHEET_COLUMNS
        try:
            line = _line(number, columns, cells)
            if line.mac in number_of:
                raise Trouble(
                    "The phone {mac} is already in line {first}.",
                    code="sheet_twice",
                    mac=show_key(line.mac).removeprefix("ip:"),
                    first=number_of[line.mac],
                )
        except Trouble as trouble:
            bad.append(BadLine(number, text[:MAX_SHOWN], trouble))
        else:
            number_of[line.mac] = number
            good.append(line)
    return good, bad


def too_large() -> Trouble:
    """The sentence for a sheet beyond `MAX_LINES` or `MAX_BYTES`."""
    return Trouble(
        "A sheet has at most {lines:,} lines and {size} MiB, and this one has more: none of it was "
        "read. Split it into several.",
        code="sheet_size",
        lines=MAX_LINES,
        size=MAX_BYTES >> 20,
    )


def write_sheet(phones: Iterable[Phone], separator: str = ",") -> bytes:
    """The phones as a sheet: UTF-8 with BOM, which Excel needs.

    `separator`: comma, semicolon or tab. Excel expects the one of its country, which is the
    semicolon where numbers have a decimal comma.
    """
    rows = ([cell(phone) for cell in SHEET_CELLS.values()] for phone in phones)
    return csv_bytes(SHEET_COLUMNS, rows, separator)


def _no_sheet(data: bytes) -> Trouble | None:
    """Why the data as a whole is not a sheet, or None."""
    if data.startswith(b"PK\x03\x04") or data.startswith(b"\xd0\xcf\x11\xe0"):
        return Trouble(
            "This is a workbook, not a text file. Save it as CSV in the spreadsheet program and "
            "import that.",
            code="sheet_workbook",
        )
    if len(data) > MAX_BYTES:
        return too_large()
    return None


def _decode(data: bytes) -> str:
    """The text, in whichever encoding the spreadsheet program used."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    # UTF-16 without a BOM shows in its NULs, as a sheet is mostly ASCII.
    sample = data[:1000]
    for offset, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        zeros = sample[offset::2]
        if len(sample) > 1 and zeros.count(0) * 2 > len(zeros):
            return data.decode(encoding, "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("windows-1252", "replace")


def _is_binary(text: str) -> bool:
    """Whether it has too many control characters to be text."""
    return sum(c < " " and c not in "\t\r\n\f" for c in text) * 20 > len(text)


def _separator(lines: list[str]) -> tuple[str, int]:
    """The separator, and the index of the first line after Excel's "sep=;"."""
    if lines and re.fullmatch(r"\"?sep=[,;\t]\"?", lines[0].strip(" "), re.IGNORECASE):
        return lines[0].strip(' "')[4], 1
    sample = [line for line in lines[:_SAMPLE] if line.strip()]
    # With the right one, most lines have a MAC in a cell of its own. max() takes the first of
    # equals, the comma.
    return max(_SEPARATORS, key=lambda separator: _understood(sample, separator)), 0


def _understood(sample: list[str], separator: str) -> int:
    count = 0
    for line in sample:
        cells = [cell.strip().strip('"') for cell in line.split(separator)]
        if len(cells) > 1:
            count += any(key_of(cell) is not None for cell in cells)
            count += _header(cells) is not None
    return count


def _records(
    lines: list[str], separator: str, first: int
) -> Iterator[tuple[int, str, list[str] | Trouble]]:
    """Number, text and cells of every record that is not blank."""
    index = first
    while index < len(lines):
        text = lines[index]
        used = 1
        if text.strip():
            found = _record(lines, index, separator)
            if found is None:
                yield index + 1, text, Trouble(_QUOTE, code="sheet_quote")
            else:
                used, cells = found
                yield index + 1, "\n".join(lines[index : index + used]), cells
        index += used


def _record(lines: list[str], index: int, separator: str) -> tuple[int, list[str]] | None:
    """How many lines the record at `index` has, and its cells; None: a quote is never closed."""
    record = lines[index]
    for used in range(1, MAX_CELL_LINES + 1):
        cells = _cells(record, separator)
        if cells is not None:
            return used, cells
        if index + used >= len(lines):
            break
        following = lines[index + used]
        if key_of(following.partition(separator)[0].strip(' "')) is not None:
            break  # the line of another phone: an unclosed quote must not swallow it
        record += "\n" + following
    return None


def _cells(text: str, separator: str) -> list[str] | None:
    """The cells of one record, or None if its quotation marks do not match."""
    try:
        source = io.StringIO(text, newline="")
        rows = list(csv.reader(source, delimiter=separator, strict=True, skipinitialspace=True))
    except csv.Error:
        return None
    if len(rows) != 1:
        return None
    return [cell.strip() for cell in rows[0]]


def _header(cells: list[str]) -> tuple[str, ...] | None:
    """The column of each cell ("": not ours), or None if this is not a header."""
    words = [re.sub(r"[^a-z]", "", cell.lower()) for cell in cells]
    if "mac" not in map(_COLUMN_OF.get, words) or any(map(key_of, cells)):
        return None
    heads = [""] * len(cells)
    for column in SHEET_COLUMNS:
        # Our own name for a column goes before a synonym.
        for index in sorted(range(len(words)), key=lambda i: words[i] != column):
            if _COLUMN_OF.get(words[index]) == column and not heads[index]:
                heads[index] = column
                break
    return tuple(heads)


def _line(number: int, columns: tuple[str, ...], cells: list[str]) -> SheetLine:
    """The line from its cells; raises Trouble."""
    if any(cells[len(columns) :]):
        raise Trouble(
            "There are {count} cells, but at most {most} columns. A cell that contains the "
            "separator needs quotation marks.",
            code="sheet_cells",
            count=len(cells),
            most=len(columns),
        )
    row = dict(zip(columns, map(as_meant, cells), strict=False))
    return SheetLine(number, _mac(row.get("mac", "")), _decision(row), _url(row), _label(row))


def _mac(text: str) -> str:
    key = key_of(text)
    if key is not None:
        return key
    with suppress(ValueError):  # a phone that names no MAC, by its address
        return f"ip:{IPv4Address(text)}"
    if not text:
        raise Trouble("There is no MAC in this line.", code="sheet_mac")
    if re.fullmatch(r"[0-9]+([.,][0-9]+)?(E\+?[0-9]+)?", text, re.IGNORECASE):
        raise Trouble(
            "“{text}” is not a MAC of 12 digits: a spreadsheet program may have changed it to a "
            "number. Write it with colons, or format the column as text.",
            code="sheet_mac",
            text=text[:MAX_SHOWN],
        )
    raise Trouble("“{text}” is not a MAC.", code="sheet_mac", text=text[:MAX_SHOWN])


def _decision(row: dict[str, str]) -> Decision | None:
    text = row.get("decision", "")
    if not text:
        return None
    decision = _DECISION_OF.get(text.lower())
    if decision is None:
        raise Trouble(
            "“{text}” is not a decision: write approved, denied or undecided.",
            code="sheet_decision",
            text=text[:MAX_SHOWN],
        )
    return decision


def _url(row: dict[str, str]) -> str | None:
    url = row.get("url")
    if url:
        check_url(url)
    return url


def _label(row: dict[str, str]) -> str | None:
    label = row.get("label")
    return None if label is None else clean_label(label)
