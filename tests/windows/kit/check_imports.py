"""Whether a Windows bundle brings all DLLs that it needs: check_imports DIST

Every DLL that a file of the bundle imports has to be in it or belong to Windows 10 itself. Asked of
the files and not by starting it, because Wine brings DLLs of its own (msvcp140, ucrtbase …), which
hides the gap.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pefile

PROGRAMS = {".exe", ".dll", ".pyd"}
WINDOWS_OWN = frozenset(
    Path(__file__).with_name("windows_10_dlls.txt").read_text(encoding="utf-8").split()
)
TABLES = ("IMPORT", "DELAY_IMPORT")


def imported(file: Path) -> Iterator[str]:
    """Names of the DLLs that a program file imports, at once or when first used; lower case."""
    with pefile.PE(str(file), fast_load=True) as program:
        program.parse_data_directories(
            [pefile.DIRECTORY_ENTRY[f"IMAGE_DIRECTORY_ENTRY_{table}"] for table in TABLES]
        )
        for table in TABLES:
            for entry in getattr(program, f"DIRECTORY_ENTRY_{table}", []):
                yield entry.dll.decode("ascii").lower()


def of_windows(name: str) -> bool:
    return name.removesuffix(".dll") in WINDOWS_OWN or name.startswith(("api-ms-win-", "ext-ms-"))


def main(dist: Path) -> int:
    """Say what is missing; 1 when something is, or when there is nothing to look at."""
    files = sorted(each for each in dist.rglob("*") if each.suffix.lower() in PROGRAMS)
    inside = {file.name.lower() for file in files}
    missing = [
        f"{file.relative_to(dist)} needs {name}"
        for file in files
        for name in imported(file)
        if name not in inside and not of_windows(name)
    ]
    sys.stdout.write("".join(f"{line}\n" for line in missing))
    sys.stdout.write(f"{len(files)} program files, {len(missing)} missing DLLs\n")
    return 1 if missing or not files else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
