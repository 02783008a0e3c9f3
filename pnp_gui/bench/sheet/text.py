"""The text of a list: its encoding, and its lines one after the other, however long it is."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Generator, Iterable, Iterator
from typing import NamedTuple, TypeVar

from pnp_gui.bench.sheet.rows import Row
from pnp_gui.bench.sheet.sheet import MAX_BYTES, MAX_LINES, too_large
from pnp_gui.trouble import Trouble

MAX_LINE = 20_000
"""Characters of a line. A longer one is not looked into."""

_MOST_LINES = 3 * MAX_LINES
"""Lines of the text, as a row may have several; what has more costs seconds."""

PIECE = 64 * 1024
"""Bytes that are decoded at a time: 2 ms, also if each is a line."""

_POLISH = re.compile(
    rb"[A-Za-z](?:[A-Za-z][\xb3\xb9\xbf]|[\xb3\xb9\xbf][a-z])|[\xa3\xaf][a-z\xf3]|\x8c[a-tv-z]"
    rb"|[a-z\xf3]\x9f"
)
"""Letters of Windows-1250 that are signs in Windows-1252, ł, ą, ż, Ł, Ż; Ś would be Œ, ź a Ÿ."""

_LINE = re.compile(r"[^\n]+")

_A_STEP, _A_LINE = 20_000, 200
"""Characters between two pauses, and as how many a line counts besides its own."""

_ENDS = {b"[": b"},", b"{": b"},", b"<": b"><"}
"""What is between two objects or elements, by the first character of the text."""
_BEGIN, _LONG = 10, 2000
"""Bytes in which that character is, and of a line that is too long to be looked into."""

_BEGINNING = 4000
"""Characters from which text is told from binary data."""


class Line(NamedTuple):
    """One line that is not blank."""

    number: int
    """In the file, from 1."""
    text: str
    """Without its end; at most one character more than `MAX_LINE`."""


def lines_of(data: bytes) -> Generator[None, None, list[Line]]:
    """The lines that are not blank. Pauses after each `PIECE`. Raises `Trouble` for what is no text
    or too large."""
    if len(data) > MAX_BYTES:
        raise too_large()
    data = _on_lines(data)
    encoding = yield from _encoding(data)
    decoder = io.IncrementalNewlineDecoder(
        codecs.getincrementaldecoder(encoding)("replace"), translate=True
    )
    if _is_binary(data[: _BEGINNING * 2].decode(encoding, "replace")[:_BEGINNING]):
        raise Trouble(
            "This is not a text file. A sheet of phones is a CSV file, as spreadsheet programs "
            "save it.",
            code="sheet_binary",
        )
    lines: list[Line] = []
    number = 1
    carry = ""
    for start in range(0, len(data), PIECE):
        final = start + PIECE >= len(data)
        text = carry + decoder.decode(data[start : start + PIECE], final)
        end = len(text) if final else text.rfind("\n") + 1
        carry = text[end:][: MAX_LINE + 1]
        place = 0
        for match in _LINE.finditer(text, 0, end):
            number += text.count("\n", place, match.start())
            place = match.start()
            if not match[0].isspace():
                lines.append(Line(number, match[0][: MAX_LINE + 1]))
        number += text.count("\n", place)
        if len(lines) > _MOST_LINES:
            raise too_large()
        yield
    return lines


_Text = TypeVar("_Text", Line, Row)


def paced(lines: Iterable[_Text]) -> Iterator[_Text | None]:
    """The lines or rows, and None where it is time for a pause: after 100, or many characters."""
    done = 0
    for line in lines:
        yield line
        done += _A_LINE + len(line.text)
        if done > _A_STEP:
            done = 0
            yield None


def _on_lines(data: bytes) -> bytes:
    """JSON or XML that is one long line, as programs write it for each other, in several."""
    end = _ENDS.get(data[:_BEGIN].lstrip(codecs.BOM_UTF8 + b" \r\n")[:1])
    if end is None or len(data) <= _LONG or b"\n" in data[_BEGIN:_LONG]:
        return data
    return data.replace(end, end[:1] + b"\n" + end[1:])


def _encoding(data: bytes) -> Generator[None, None, str]:
    """Whichever the spreadsheet program used."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    # UTF-16 without a BOM shows in its NULs, as a sheet is mostly ASCII.
    sample = data[:1000]
    for offset, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        zeros = sample[offset::2]
        if zeros.count(0) * 2 > len(zeros):
            return encoding
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(data), PIECE):
            decoder.decode(data[start : start + PIECE], final=start + PIECE >= len(data))
            yield
    except UnicodeDecodeError:
        return "windows-1250" if _POLISH.search(data, 0, 4 * PIECE) else "windows-1252"
    return "utf-8-sig"


def _is_binary(text: str) -> bool:
    """Whether it has too many control characters to be text."""
    return sum(c < " " and c not in "\t\r\n\f" for c in text) * 20 > len(text)
