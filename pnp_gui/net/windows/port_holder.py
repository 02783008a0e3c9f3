"""Which programs have a port on Windows, those of other users too. Needs no administrator
rights. Elsewhere it finds nothing.
"""

from __future__ import annotations

import ctypes
import socket
import struct
import sys

from pnp_gui.net.windows.tables import rows_of, system_table

_FAMILIES = ((2, struct.Struct("=4xHxxI")), (23, struct.Struct("=16x4xHxxI")))
"""AF_INET, AF_INET6 with their rows for UDP: address, (scope,) port in network order, process."""
_TCP_FAMILIES = ((2, struct.Struct("=4x4xHxx8xI")), (23, struct.Struct("=16x4xHxx16x8x4xI")))
"""For TCP: (state,) address, (scope,) port, remote address, (scope,) port, (state,) process."""
_TABLES = {
    "UDP": ("GetExtendedUdpTable", 1, _FAMILIES),
    "TCP": ("GetExtendedTcpTable", 3, _TCP_FAMILIES),
}
"""The function; UDP_TABLE_OWNER_PID, TCP_TABLE_OWNER_PID_LISTENER; the rows."""
_SNAP_PROCESSES = 0x2


class _Process(ctypes.Structure):
    """PROCESSENTRY32W."""

    _fields_ = (
        ("size", ctypes.c_uint32),
        ("usage", ctypes.c_uint32),
        ("pid", ctypes.c_uint32),
        ("heap", ctypes.c_size_t),
        ("module", ctypes.c_uint32),
        ("threads", ctypes.c_uint32),
        ("parent", ctypes.c_uint32),
        ("priority", ctypes.c_int32),
        ("flags", ctypes.c_uint32),
        ("file", ctypes.c_wchar * 260),
    )


def processes_on(port: int, protocol: str = "UDP") -> list[int]:
    """Numbers of the processes that have `port` of "UDP", or listen on it of "TCP"; IPv4 first."""
    function, owners, families = _TABLES[protocol]
    return [
        pid
        for family, row in families
        for pid in owners_in(system_table(function, family, owners, 0), row, port)
    ]


def owners_in(table: bytes, row: struct.Struct, port: int) -> list[int]:
    """The processes that have a port, of a table."""
    return [pid for number, pid in rows_of(table, row) if socket.ntohs(number) == port]


def program_name(pid: int) -> str:
    """The file name of a running process, "zoiper5.exe"; "" when it is not there."""
    if sys.platform != "win32":
        return ""
    kernel = ctypes.WinDLL("kernel32")
    kernel.CreateToolhelp32Snapshot.restype = ctypes.c_void_p
    snapshot = ctypes.c_void_p(kernel.CreateToolhelp32Snapshot(_SNAP_PROCESSES, 0))
    entry = _Process(size=ctypes.sizeof(_Process))
    try:
        more = kernel.Process32FirstW(snapshot, ctypes.byref(entry))
        while more:
            if entry.pid == pid:
                return str(entry.file)
            more = kernel.Process32NextW(snapshot, ctypes.byref(entry))
    finally:
        kernel.CloseHandle(snapshot)
    return ""
