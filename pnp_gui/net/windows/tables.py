"""The tables of Windows' iphlpapi. Elsewhere there are none."""

from __future__ import annotations

import ctypes
import struct
import sys
from collections.abc import Iterator
from typing import Any

_BUFFER_TOO_SMALL = 122


def system_table(function: str, *arguments: int) -> bytes:
    """What a function such as GetIpNetTable fills in, for `rows_of`; empty if it fails.
    `arguments`: those after the memory, its size and whether to sort."""
    if sys.platform != "win32":
        return b""
    ask = getattr(ctypes.WinDLL("iphlpapi"), function)
    size = ctypes.c_uint32(16 * 1024)
    while True:
        memory = ctypes.create_string_buffer(size.value)
        failed = ask(memory, ctypes.byref(size), False, *arguments)
        if failed != _BUFFER_TOO_SMALL:
            return b"" if failed else memory.raw


def rows_of(table: bytes, row: struct.Struct) -> Iterator[tuple[Any, ...]]:
    """The rows, by the count before them; after them there may be unused memory."""
    count = int.from_bytes(table[:4], sys.byteorder)
    room = max(0, len(table) - 4) // row.size
    return row.iter_unpack(table[4 : 4 + min(count, room) * row.size])
