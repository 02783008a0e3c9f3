"""What the technician named and is no file is told in one sentence, and nothing waits for it."""

from __future__ import annotations

import os
import socket
from contextlib import suppress
from pathlib import Path

import pytest

from pnp_gui.system.file_reading import read_file
from pnp_gui.system.printable import printable
from pnp_gui.trouble import Trouble
from tests.end_to_end.other_user import as_nobody

MOST = 1 << 20


def test_a_file_is_read_through_links(tmp_path: Path) -> None:
    (tmp_path / "sheet.csv").write_bytes(b"a\r\nb\x00")
    (tmp_path / "link").symlink_to("sheet.csv")
    assert read_file(tmp_path / "link", MOST) == b"a\r\nb\x00"
    (tmp_path / "empty").touch()
    assert read_file(tmp_path / "empty", MOST) == b""
    assert read_file(tmp_path / "sheet.csv", 5) == b"a\r\nb\x00"


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    """A folder with one of everything that is no file."""
    os.mkfifo(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "socket"))
    (tmp_path / "folder").mkdir()
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "gone").symlink_to("nowhere")
    (tmp_path / "link").symlink_to("pipe")
    (tmp_path / "terminal").symlink_to("/dev/tty")
    with suppress(PermissionError):
        os.mknod(tmp_path / "disk", 0o060600, os.makedev(7, 250))
    (tmp_path / "large").write_bytes(bytes(MOST + 1))
    (tmp_path / "file").touch()
    return tmp_path


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("pipe", "is a pipe, not a file"),
        ("link", "is a pipe, not a file"),
        ("socket", "is a socket, not a file"),
        ("folder", "is a folder, not a file"),
        ("terminal", "is a device, not a file"),
        pytest.param("disk", "is a disk, not a file", marks=pytest.mark.root),
        ("loop", "is a link that points to itself"),
        ("gone", "There is no file"),
        ("nowhere", "There is no file"),
        ("file/inside", "There is no file"),
        ("large", "is larger than 1 MiB"),
        ("x" * 300, "cannot be read: File name too long"),
        ("a\0b", "embedded null"),
        ("\ud800", "cannot be read: "),
    ],
)
def test_what_cannot_be_read_is_one_sentence(odd: Path, name: str, says: str) -> None:
    with pytest.raises(Trouble) as caught:
        read_file(odd / name, MOST, code="sheet")
    text = str(caught.value)
    assert says in text
    assert text.isprintable()
    assert caught.value.code == "sheet"
    assert printable(str(odd / name)) in text


def test_what_has_a_size_of_nothing_is_read_to_the_bound_alone() -> None:
    with pytest.raises(Trouble, match="larger than"):
        read_file(Path("/proc/kallsyms"), 1000)


def test_what_may_not_be_read_is_said(tmp_path: Path) -> None:
    path = tmp_path / "sheet.csv"
    path.touch(0o600)
    done = as_nobody(
        path,
        f"read_file(Path({str(path)!r}), 10)",
        imports="from pathlib import Path; from pnp_gui.system.file_reading import read_file",
    )
    assert f"Trouble: You are not allowed to read {path}." in done


def test_what_becomes_a_pipe_at_the_last_moment_does_not_hold_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "sheet.csv"
    path.touch()
    opening = os.open

    def changed(name: Path, flags: int) -> int:
        path.unlink()
        os.mkfifo(path)
        return opening(name, flags)

    monkeypatch.setattr(os, "open", changed)
    with pytest.raises(Trouble, match="is a pipe"):
        read_file(path, MOST)
