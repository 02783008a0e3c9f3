"""A file that is saved for somebody else: whole or not at all."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from pnp_gui.trouble import Trouble


def save_file(path: Path, data: bytes) -> None:
    """Write `data` to `path`, in place of what is there. Where that fails, what was there stays
    as it was, and Trouble says why.
    """
    if path.is_dir():
        raise Trouble("{path} is a folder. Give a file name.", code="save", path=path)
    if not path.parent.is_dir():
        raise Trouble(
            "There is no folder {folder}. Choose another one.", code="save", folder=path.parent
        )
    try:
        number, name = tempfile.mkstemp(prefix=f".{path.name[:40]}-", dir=path.parent)
    except OSError as error:
        raise _trouble(path, error) from error
    temporary = Path(name)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(data)
        # mkstemp lets nobody else read it; a saved file is as readable as any other.
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(path)
    except OSError as error:
        with suppress(OSError):
            temporary.unlink()
        raise _trouble(path, error) from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _trouble(path: Path, error: OSError) -> Trouble:
    if isinstance(error, PermissionError):
        return Trouble(
            "{path} cannot be written: it is protected, or open in another program. Close it "
            "there, or choose another folder or name.",
            code="save",
            path=path,
        )
    return Trouble(
        "{path} cannot be written: {error}. Choose another folder or name.",
        code="save",
        path=path,
        error=error.strerror or str(error),
    )
