"""A system whose file systems know no locks, as some network shares do not.

``python -m tests.end_to_end.no_locks COMMAND ARGUMENTS`` runs a command so: the kernel itself
refuses every lock of this process with ENOLCK (seccomp), whoever asks for it.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct
import sys

_NUMBERS = {"x86_64": (73, 72), "aarch64": (32, 25)}
"""Of the system calls flock and fcntl."""
_SETLK, _SETLKW, _OFD_SETLK = 6, 7, 37
_LOAD, _IF_EQUAL, _RETURN = 0x20, 0x15, 0x06
_NUMBER_AT, _SECOND_ARGUMENT_AT = 0, 24
_ALLOW, _ERROR = 0x7FFF0000, 0x00050000
_NO_NEW_PRIVILEGES, _SECCOMP, _FILTER = 38, 22, 2


def forbid_locks(*, flock_alone: bool = False) -> None:
    """From now on, for this process and those that it starts."""
    flock, fcntl = _NUMBERS[platform.machine()]
    if flock_alone:
        fcntl = flock
    code = [
        (_LOAD, 0, 0, _NUMBER_AT),
        (_IF_EQUAL, 6, 0, flock),
        (_IF_EQUAL, 0, 4, fcntl),
        (_LOAD, 0, 0, _SECOND_ARGUMENT_AT),
        (_IF_EQUAL, 3, 0, _SETLK),
        (_IF_EQUAL, 2, 0, _SETLKW),
        (_IF_EQUAL, 1, 0, _OFD_SETLK),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _ERROR | errno.ENOLCK),
    ]
    packed = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *line) for line in code))
    program = struct.pack("HxxxxxxP", len(code), ctypes.addressof(packed))
    libc = ctypes.CDLL(None, use_errno=True)
    for request in (
        (_NO_NEW_PRIVILEGES, 1, 0, 0, 0),
        (_SECCOMP, _FILTER, ctypes.create_string_buffer(program), 0, 0),
    ):
        if libc.prctl(*request):
            raise OSError(ctypes.get_errno(), "prctl")


if __name__ == "__main__":
    forbid_locks()
    os.execvp(sys.argv[1], sys.argv[1:])
