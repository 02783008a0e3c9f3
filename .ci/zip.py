"""Pack the Windows program: py .ci/zip.py [DIST]   (DIST: PyInstaller's, at first "dist")

Makes DIST/pnp-gui-VERSION-windows-x64.zip of DIST/pnp-gui, the same bytes for the same files, and
fails when folder or zip has grown past its limit.
"""

from __future__ import annotations

import re
import sys
import zipfile
from pathlib import Path

import deflate

ROOT = Path(__file__).resolve().parents[1]
MEGABYTE = 1_000_000
FOLDER_LIMIT, ZIP_LIMIT = 60 * MEGABYTE, 24.5 * MEGABYTE
FIRST_DATE = (1980, 1, 1, 0, 0, 0)


def version() -> str:
    """From the one place that knows it, without importing the program."""
    text = (ROOT / "pnp_gui" / "__init__.py").read_text(encoding="utf-8")
    found = re.search(r'^__version__ = "([^"]+)"$', text, re.MULTILINE)
    if not found:
        raise SystemExit("no __version__ in pnp_gui/__init__.py")
    return found[1]


class Compressor:
    """libdeflate at its best in the place of zlib: 0.8 MB less, as with `advzip -z -3`."""

    def __init__(self) -> None:
        self._data = bytearray()

    def compress(self, data: bytes) -> bytes:
        """Keep it until the end."""
        self._data += data
        return b""

    def flush(self) -> bytes:
        """All of it (RFC 1951)."""
        return bytes(deflate.deflate_compress(bytes(self._data), 12))


def pack(folder: Path, target: Path) -> int:
    """Zip `folder` with its own name; how many bytes lie in it."""
    total = 0
    # The only way to another compressor: `zipfile` has none that is public.
    vars(zipfile)["_get_compressor"] = lambda *_: Compressor()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for file in sorted(each for each in folder.rglob("*") if each.is_file()):
            entry = zipfile.ZipInfo(file.relative_to(folder.parent).as_posix(), FIRST_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            data = file.read_bytes()
            packed.writestr(entry, data)
            total += len(data)
    return total


def main(arguments: list[str]) -> int:
    """Pack, then say how large it is; 1 when something is missing or too large."""
    dist = Path(arguments[0] if arguments else "dist").resolve()
    folder = dist / "pnp-gui"
    if not (folder / "pnp-gui.exe").is_file():
        sys.stderr.write(f"{folder} holds no pnp-gui.exe: py -m PyInstaller pnp_gui.spec\n")
        return 1
    target = dist / f"pnp-gui-{version()}-windows-x64.zip"
    unpacked = pack(folder, target)
    packed = target.stat().st_size
    sys.stdout.write(
        f"{target}: {packed / MEGABYTE:.1f} MB, unpacked {unpacked / MEGABYTE:.1f} MB\n"
    )
    if unpacked > FOLDER_LIMIT or packed > ZIP_LIMIT:
        limits = f"{ZIP_LIMIT / MEGABYTE} MB, unpacked {FOLDER_LIMIT / MEGABYTE:.0f} MB"
        sys.stderr.write(f"too large; at most {limits}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
