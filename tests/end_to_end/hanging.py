"""A disk that hangs, for a program that is started with its `environment`."""

from __future__ import annotations

import subprocess
from pathlib import Path

SOURCE = Path(__file__).with_name("hanging_disk.c")


class HangingDisk:
    """It works until `hang` is called."""

    def __init__(self, folder: Path, files: str, calls: str) -> None:
        """`files`: part of the paths that hang; `calls`: of "open", "write", "fsync" those that
        do."""
        library = folder / "hanging_disk.so"
        command = ("gcc", "-shared", "-fPIC", "-o", str(library), str(SOURCE), "-ldl")
        subprocess.run(command, check=True, timeout=60)
        self._from = folder / "hangs"
        self.environment = {
            "LD_PRELOAD": str(library),
            "HANG_PATH": files,
            "HANG_CALLS": calls,
            "HANG_FROM": str(self._from),
        }

    def hang(self) -> None:
        """From now on."""
        self._from.touch()
