"""Run by the kit's Python on Windows: what `ServedFolder` opens there, as JSON.

served_folder.py PROJECT FOLDER
"""

from __future__ import annotations

import ctypes
import ctypes.wintypes
import json
import sys
from pathlib import Path

SECRET = b"the secret"


def short_name(kernel: ctypes.CDLL, path: Path) -> str:
    """What Windows calls the file beside its name, such as `GR~1.LON`.

    Of the file alone: `GetShortPathName` looks up the folders above by their short names, and under
    Wine two folders (`pytest-2920` and `pytest-2080`) can have the same one.
    """
    entry = ctypes.wintypes.WIN32_FIND_DATAW()
    kernel.FindFirstFileW.restype = ctypes.wintypes.HANDLE
    found = ctypes.wintypes.HANDLE(kernel.FindFirstFileW(str(path), ctypes.byref(entry)))
    kernel.FindClose(found)
    return entry.cAlternateFileName


def main() -> None:
    sys.path.insert(0, sys.argv[1])
    from pnp_gui.files.folder import FileChangedError, FolderGoneError, ServedFolder
    from tests.files.ways_out import FORBIDDEN, NOT_THERE

    if sys.platform != "win32":
        return
    kernel = ctypes.WinDLL("kernel32")
    place = Path(sys.argv[2])
    root = place / "served"
    (root / "sub").mkdir(parents=True)
    (root / "data").mkdir()
    (place / "secret.txt").write_bytes(SECRET)
    (root / "data" / "store.db").write_bytes(SECRET)
    contents = {"inside.txt": b"inside", "sub/deep.txt": b"deep", "Größe 5.long name": b"named"}
    for name, content in {**contents, "hidden.txt": SECRET}.items():
        (root / name).write_bytes(content)
    kernel.SetFileAttributesW(str(root / "hidden.txt"), 2)
    short = short_name(kernel, root / "Größe 5.long name")
    (root / "link.txt").symlink_to(place / "secret.txt")
    folder = ServedFolder(root, private=root / "data")

    opened = {}
    for name in contents:
        file = folder.open(name)
        opened[name] = file.read(0, 100) == contents[name]
        file.close()
    asked = [*FORBIDDEN, *map(ServedFolder.name_of, NOT_THERE)]
    asked += ["INSIDE.TXT", "SUB/deep.txt", "hidden.txt", "data/store.db", "link.txt", "sub"]
    asked.append(short)
    wrong = []
    for name in asked:
        try:
            folder.open(name).close()
            wrong.append(name)
        except FileNotFoundError:
            continue
        except OSError as error:
            wrong.append(f"{name}: {error!r}")
    file = folder.open("sub/deep.txt")
    (root / "sub" / "deep.txt").write_bytes(b"DEEPER")  # nobody is kept from writing
    try:
        file.read(0, 4)
        change = "not seen"
    except FileChangedError:
        change = "seen"
    file.close()
    share_nothing = 0
    handle = kernel.CreateFileW(
        str(root / "inside.txt"), 0xC0000000, share_nothing, None, 3, 0, None
    )
    try:
        folder.open("inside.txt")
        locked = "opened"
    except PermissionError:
        locked = "refused"
    kernel.CloseHandle(ctypes.c_void_p(handle))
    root.rename(place / "away")
    try:
        folder.open("inside.txt")
        gone = "opened"
    except FolderGoneError:
        gone = "said"
    found = {"short": short, "opened": opened, "wrong": wrong, "change": change}
    print(json.dumps({**found, "locked": locked, "gone": gone}))  # noqa: T201


if __name__ == "__main__":
    main()
