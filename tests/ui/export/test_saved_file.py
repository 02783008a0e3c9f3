from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from pnp_gui.trouble import Trouble
from pnp_gui.ui.export.saved_file import save_file
from tests.end_to_end.hanging import HangingDisk
from tests.end_to_end.other_user import ROOT, as_nobody


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_it_is_there_whole_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a.pcap"
    save_file(path, b"one")
    save_file(path, b"two")
    assert path.read_bytes() == b"two"
    assert names(tmp_path) == ["a.pcap"]


def test_a_new_file_is_private_and_one_that_is_there_keeps_its_mode(tmp_path: Path) -> None:
    save_file(tmp_path / "new", b"1")
    assert mode(tmp_path / "new") == 0o600
    for was in (0o600, 0o640, 0o644, 0o666):
        path = tmp_path / f"{was:o}"
        path.write_bytes(b"old")
        path.chmod(was)
        save_file(path, b"new")
        assert (path.read_bytes(), mode(path)) == (b"new", was)


def test_a_link_stays_and_its_target_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "share").mkdir()
    target = tmp_path / "share" / "target.csv"
    (tmp_path / "one.csv").symlink_to("two.csv")
    (tmp_path / "two.csv").symlink_to(target)
    for text in (b"first", b"second"):  # at first it leads nowhere yet
        save_file(tmp_path / "one.csv", text)
        assert target.read_bytes() == text
    assert (tmp_path / "one.csv").is_symlink()
    assert (tmp_path / "two.csv").is_symlink()
    assert names(tmp_path / "share") == ["target.csv"]


def test_where_no_second_file_may_be_made_it_is_written_in_place(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    path = tmp_path / "a.csv"
    path.write_bytes(b"old and longer")
    path.chmod(0o666)
    as_nobody(tmp_path, f"save_file(Path({str(path)!r}), b'new')", imports=IMPORTS)
    assert path.read_bytes() == b"new"


IMPORTS = "from pathlib import Path; from pnp_gui.ui.export.saved_file import save_file"


def test_what_may_not_be_written_is_named_and_stays(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    path = tmp_path / "a.csv"
    path.write_bytes(b"old")
    path.chmod(0o644)
    done = as_nobody(tmp_path, f"save_file(Path({str(path)!r}), b'new')", imports=IMPORTS)
    assert f"Trouble: {path} cannot be written: " in done
    assert "choose another folder or name" in done
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["a.csv"]


@pytest.mark.root
def test_a_full_disk_is_named_and_what_was_there_stays(tmp_path: Path) -> None:
    script = f"""{IMPORTS}
path = Path({str(tmp_path)!r}, "a.pcap")
save_file(path, b"old")
try:
    save_file(path, bytes(4 << 20))
except Exception as error:
    print(error)
print(path.read_bytes(), [each.name for each in path.parent.iterdir()])
"""
    mounted = 'mount -t tmpfs -o size=1m tmpfs "$1" && exec "$2" -c "$3"'
    done = subprocess.run(
        ["unshare", "-m", "sh", "-c", mounted, "sh", str(tmp_path), sys.executable, script],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert "a.pcap cannot be written: No space left on device." in done.stdout, done.stderr
    assert done.stdout.endswith("b'old' ['a.pcap']\n")


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("none/a.pcap", "There is no folder .*none"),
        ("folder", "is a folder"),
        ("pipe", "is a pipe"),
        ("loop", "points to itself"),
        ("file/a.pcap", "cannot be written: Not a directory"),
        ("x" * 300, "cannot be written: File name too long"),
        ("a\0b", r"a\\x00b cannot be written"),
    ],
)
def test_what_cannot_be_a_file_is_named(tmp_path: Path, name: str, says: str) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "file").touch()
    before = names(tmp_path)
    with pytest.raises(Trouble, match=says) as caught:
        save_file(tmp_path / name, b"1", code="mine")
    assert caught.value.code == "mine"
    assert names(tmp_path) == before
    assert stat.S_ISFIFO((tmp_path / "pipe").lstat().st_mode)


def test_a_device_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "a.csv").symlink_to("/dev/null")
    with pytest.raises(Trouble, match="is a device"):
        save_file(tmp_path / "a.csv", b"1")
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


@pytest.mark.root
@pytest.mark.parametrize("hangs", [False, True])
def test_the_end_of_the_program_waits_for_a_file_but_for_no_disk_that_hangs(
    tmp_path: Path, hangs: bool
) -> None:
    path = tmp_path / "server" / "a.pcap"
    path.parent.mkdir()
    disk = HangingDisk(tmp_path, str(path.parent), "write,fsync")
    if hangs:
        disk.hang()
    script = f"""
from pathlib import Path
from pnp_gui.ui.export import saved_file
saved_file.END_SECONDS = {1.0 if hangs else 60.0}
steps = saved_file.save_in_steps(Path({str(path)!r}), bytes(30_000_000))
next(steps)
"""
    command = (sys.executable, "-c", script)
    names = {**os.environ, **disk.environment}
    done = subprocess.run(command, cwd=ROOT, env=names, timeout=60, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert path.exists() is not hangs
