"""A list of phones: as a file, as what is pasted, and as the rows of a worksheet.

A workbook's own bytes are read by a process of its own (`workbook_process.py`), so not here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

from pnp_gui.bench.phones.phone import Decision
from pnp_gui.bench.phones.row_text import clean_label
from pnp_gui.bench.sheet.layout import Meaning
from pnp_gui.bench.sheet.reading import Reading, read_pasted, read_rows, read_sheet
from pnp_gui.bench.sheet.rows import Row
from pnp_gui.bench.sheet.sheet import SHEET_COLUMNS, lines_text
from pnp_gui.bench.sheet.text import Line, lines_of
from pnp_gui.bench.sheet.workbook import is_workbook
from pnp_gui.pnp.url import check_url
from pnp_gui.system.steps import finished
from pnp_gui.trouble import Trouble
from tests.hostile.guided import Wrong

LARGEST = 3000
LISTS = Path(__file__).resolve().parents[2] / "bench" / "sheet" / "lists"
SEEDS = [file.read_bytes()[:1500] for file in sorted(LISTS.iterdir()) if file.is_file()]
WORDS = (
    *(b"000413A00001", b"00:04:13:a0:00:02", b"0004.13a0.0003", b"MAC", b"mac,decision,url,label"),
    *(
        b"approved",
        b"denied",
        b"http://h/x",
        b"ip:10.13.2.37",
        b"Name",
        b"Extension",
        b"\xef\xbb\xbf",
    ),
    *(b"\xff\xfe", b"\xfe\xff", b'"', b'""', b";", b"\t", b"|", b"\r\n", b"\n", b"#", b"=", b"-"),
    *(b"4.13E+09", "\uff10".encode(), "\u200b".encode(), b"0x", b"SEP", b"/21", b"\0", b"\x0c"),
)
_KEY = re.compile(r"[0-9A-F]{12}|ip:\d{1,3}(?:\.\d{1,3}){3}")
_NO_HEX = re.compile(r"[^0-9A-F]")


def opened(_: Path) -> Callable[[bytes], None]:
    return try_all


def try_all(data: bytes) -> None:
    if is_workbook(data):
        return
    reading = read_sheet(data)
    _judge(reading)
    if reading.refused is None or reading.bad:
        _found_there(reading, finished(lines_of(data)))
    _judge(finished(read_pasted(data.decode("latin-1"))))
    rows = [
        Row(number, [cell.strip() for cell in line.split("\t")], line)
        for number, line in enumerate(data.decode("utf-8", "replace").split("\n"), 1)
        if line.strip()
    ]
    _judge(finished(read_rows(rows)))
    if reading.layout is not None and reading.layout.headings:
        meaning = list(Meaning)[len(data) % len(Meaning)]
        _judge(read_sheet(data, {reading.layout.headings: {0: meaning}}))
    _read_back(reading)


def _judge(reading: Reading) -> None:
    """All that it says can be shown, and every line names a phone."""
    if (reading.refused or reading.question) and reading.good:
        raise Wrong("lines, although it was not read")
    for trouble in (reading.refused, reading.question):
        str(trouble)
    for phrase in reading.described():
        str(phrase)
    for remark in reading.remarks():
        str(remark.reason)
    for line in reading.good:
        if not _KEY.fullmatch(line.mac) or line.decision not in (None, *Decision):
            raise Wrong(repr(line))
        if line.url:
            _check(line.url)
        if line.label is not None and line.label != clean_label(line.label):
            raise Wrong(repr(line))


def _check(url: str) -> None:
    try:
        check_url(url)
    except Trouble as trouble:
        raise Wrong(f"the URL {url!r} was taken: {trouble}") from trouble


def _found_there(reading: Reading, lines: list[Line]) -> None:
    """No MAC of a line whose digits are not in the file."""
    # Decomposed: the reader takes a digit before an accent that stands apart for a digit.
    text = unicodedata.normalize("NFKD", "".join(line.text for line in lines))
    digits = _NO_HEX.sub("", text.upper())
    for line in reading.good:
        if not line.mac.startswith("ip:") and not _may_be_of(line.mac, digits):
            raise Wrong(f"{line.mac} is not in it")


def _may_be_of(mac: str, digits: str) -> bool:
    """The digits in their order; leading zeros of its pairs may be left out."""
    pairs = [mac[place : place + 2] for place in range(0, 12, 2)]
    form = "".join(f"0?{pair[1]}" if pair[0] == "0" else pair for pair in pairs)
    return re.search(form, digits) is not None


def _read_back(reading: Reading) -> None:
    """What was read is the same when it was written as a sheet of ours."""
    if not reading.good:
        return
    heading = ",".join(SHEET_COLUMNS).encode()
    again = read_sheet(heading + b"\n" + lines_text(reading.good).encode())
    first, second = map(_said, (reading, again))
    if first != second:
        raise Wrong(f"{first} was read back as {second}")


def _said(reading: Reading) -> list[tuple[object, ...]]:
    """Without what an empty cell leaves open."""
    return [(line.mac, line.decision, line.url or "", line.label or "") for line in reading.good]
