"""A process of its own that reads a workbook: the file comes from standard input, and its cells go
to standard output, as one line of JSON each: a worksheet's name; a row's number and cells; at the
end how many formulas have no value, or why the workbook was not read.

The library may want any amount of memory for a file of 2 KB, and then ends its process (issue 693
of tafia/calamine), as it may for a damaged file. Imports nothing of ours: it runs by itself.
"""

from __future__ import annotations

import io
import json
import os
import re
import struct
import sys
import zipfile
from collections.abc import Iterator
from typing import Any

from python_calamine import (
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

MAX_MEMORY = 1 << 30
"""Bytes, which are 30 million cells."""
MAX_SECONDS = 20
"""Of processor time; a workbook of 100,000 rows takes two."""
MAX_UNPACKED = 200 * 1000 * 1000
"""Bytes of the files in a workbook, which is a zip."""

_XLSX_PASSWORD = "EncryptedPackage".encode("utf-16-le")
"""With a password it is a compound file with this stream ([MS-OFFCRYPTO] section 2.3.4.4)."""
_ODS_PASSWORD = b"encryption-data"
"""OpenDocument 1.2 part 3, section 4.4."""
_XLS_BEGIN, _FILE_PASS, _MOST_BEFORE = b"\x09\x08\x10\x00\x00\x06\x05\x00", 0x2F, 5

_FORMULA = re.compile(
    rb"<c\b([^>]*)>\s*<f\b(?:[^>]*/>|[^>]*>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>"
)
"""ECMA-376 part 1, section 18.3.1.4; a text may be empty, a number may not."""
_ODS_FORMULA = re.compile(rb'<table:table-cell\b(?![^>]*office:value-type)[^>]*table:formula="')
"""OpenDocument 1.2 part 1, section 19.642: the attribute of a cell."""

Value = str | int | float


def read_workbook(data: bytes, most_rows: int, most_characters: int) -> Iterator[object]:
    """The lines of the output. Whatever else is wrong with the workbook raises."""
    if fault := _fault(data):
        yield {"fault": fault}
        return
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    sheets = [one for one in book.sheets_metadata if one.typ is SheetTypeEnum.WorkSheet]
    sheets.sort(key=lambda one: one.visible is not SheetVisibleEnum.Visible)
    rows = characters = 0
    for sheet in sheets:
        yield sheet.name
        for number, cells in _rows(book.get_sheet_by_name(sheet.name)):
            yield [number, cells]
            rows += 1
            characters += sum(len(cell) if isinstance(cell, str) else 1 for cell in cells)
            if rows > most_rows or characters > most_characters:
                yield {"fault": "large"}
                return
    yield {"formulas": _formulas_without_value(data)}


def _fault(data: bytes) -> str:
    """Why it cannot be read, as far as that is known beforehand."""
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            if sum(part.file_size for part in parts.infolist()) > MAX_UNPACKED:
                return "large"
            manifest = "META-INF/manifest.xml"
            has_password = manifest in parts.namelist() and _ODS_PASSWORD in parts.read(manifest)
    else:
        has_password = _XLSX_PASSWORD in data or _has_file_pass(data)
    return "password" if has_password else ""


def _has_file_pass(data: bytes) -> bool:
    """Whether one of the first records of an .xls is FilePass ([MS-XLS] section 2.4.117)."""
    at = data.find(_XLS_BEGIN)
    for _ in range(_MOST_BEFORE if at >= 0 else 0):
        kind, size = struct.unpack_from("<HH", data, at)
        if kind == _FILE_PASS:
            return True
        at += 4 + size
    return False


def _rows(sheet: CalamineSheet) -> Iterator[tuple[int, list[Value]]]:
    """The rows that are not empty, with their numbers from 1; without empty cells at the end."""
    before: list[Value] = [""] * (sheet.start or (0, 0))[1]
    merged: dict[int, list[tuple[int, int]]] = {}  # by the first row: columns and last rows
    for (first, column), (last, _) in sheet.merged_cell_ranges or ():
        if last > first:
            merged.setdefault(first + 1, []).append((column, last + 1))
    above: dict[int, tuple[int, Value]] = {}  # by column: the last row, and the cell of all
    for number, row in enumerate(sheet.iter_rows(), 1):
        cells = [*before, *map(_value, row)]
        while cells and cells[-1] == "":
            cells.pop()
        if not cells:
            continue
        for column, (last, cell) in above.items():
            if number <= last and column < len(cells) and cells[column] == "":
                cells[column] = cell
        for column, last in merged.get(number, ()):
            above[column] = last, cells[column] if column < len(cells) else ""
        yield number, cells


def _value(cell: object) -> Value:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1 << 53:
        return int(cell)
    if isinstance(cell, int | float):
        return cell
    return str(cell).strip()


def _formulas_without_value(data: bytes) -> int:
    """How many cells have a formula that no program has worked out: they are empty. An .xls has a
    value for each."""
    if not data.startswith(b"PK"):
        return 0
    count = 0
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        for name in parts.namelist():
            if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                cells = _FORMULA.findall(parts.read(name))
                count += sum(b't="str"' not in attributes for attributes in cells)
            elif name == "content.xml":
                count += len(_ODS_FORMULA.findall(parts.read(name)))
    return count


def limit_memory() -> None:
    """Let this process have at most `MAX_MEMORY` and `MAX_SECONDS`, and end without a core file or
    a box."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (MAX_SECONDS, MAX_SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    else:
        _limit_on_windows()


def _limit_on_windows() -> None:
    """Put this process into a job object (JOBOBJECT_EXTENDED_LIMIT_INFORMATION)."""
    import ctypes
    from ctypes import c_int64, c_size_t, c_uint32, c_uint64, c_void_p

    time, memory, die_on_unhandled_exception = 0x2, 0x100, 0x400
    extended_limits = 9

    class Limits(ctypes.Structure):
        _fields_ = (
            ("times", c_int64 * 2),
            ("flags", c_uint32),
            ("working_set", c_size_t * 2),
            ("processes", c_uint32),
            ("affinity", c_size_t),
            ("classes", c_uint32 * 2),
            ("io", c_uint64 * 6),
            ("process_memory", c_size_t),
            ("others", c_size_t * 3),
        )

    limits = Limits(
        times=(MAX_SECONDS * 10_000_000, 0),
        flags=time | memory | die_on_unhandled_exception,
        process_memory=MAX_MEMORY,
    )
    kernel: Any = ctypes.WinDLL("kernel32")  # type: ignore[attr-defined, unused-ignore]
    kernel.CreateJobObjectW.restype = kernel.GetCurrentProcess.restype = c_void_p
    job = c_void_p(kernel.CreateJobObjectW(None, None))
    size = ctypes.sizeof(limits)
    kernel.SetInformationJobObject(job, extended_limits, ctypes.byref(limits), size)
    kernel.AssignProcessToJobObject(job, c_void_p(kernel.GetCurrentProcess()))


def main(most_rows: str, most_characters: str) -> int:
    """Read standard input, write standard output; the exit status."""
    limit_memory()
    # Not sys.stdin: a program without a console has none.
    with os.fdopen(0, "rb", closefd=False) as source:
        data = source.read()
    with os.fdopen(1, "wb", closefd=False) as target:
        for line in read_workbook(data, int(most_rows), int(most_characters)):
            target.write(json.dumps(line).encode() + b"\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
