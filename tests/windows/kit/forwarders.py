"""The exports of python3.dll, from those of python311.dll: forwarders PYTHON311.DLL > python3.def

PySide6's wheels are linked with the stable ABI, python3.dll, which only forwards each name.
"""

from __future__ import annotations

import sys

import pefile


def main(path: str) -> None:
    exported = pefile.PE(path).DIRECTORY_ENTRY_EXPORT.symbols
    names = [symbol.name.decode("ascii") for symbol in exported if symbol.name]
    lines = ["LIBRARY python3.dll", "EXPORTS", *(f"  {name} = python311.{name}" for name in names)]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
