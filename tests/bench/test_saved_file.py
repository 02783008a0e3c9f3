from __future__ import annotations

import stat
from pathlib import Path

import pytest

from pnp_gui.bench.saved_file import save_file
from pnp_gui.trouble import Trouble


def names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def test_it_is_there_whole_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a.pcap"
    save_file(path, b"one")
    save_file(path, b"two")
    assert path.read_bytes() == b"two"
    assert names(tmp_path) == ["a.pcap"]
    ordinary = tmp_path / "ordinary"
    ordinary.touch()
    assert stat.S_IMODE(path.stat().st_mode) == stat.S_IMODE(ordinary.stat().st_mode)


def test_where_it_fails_the_old_file_stays_and_the_sentence_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.pcap"
    save_file(path, b"old")

    def open_elsewhere(self: Path, target: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "replace", open_elsewhere)
    with pytest.raises(Trouble, match="open in another program"):
        save_file(path, b"new")
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["a.pcap"]


def test_a_full_disk_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Path, mode: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "chmod", full)
    with pytest.raises(Trouble, match="No space left on device"):
        save_file(tmp_path / "a.pcap", b"1")
    assert names(tmp_path) == []


def test_no_folder_and_a_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="There is no folder"):
        save_file(tmp_path / "none" / "a.pcap", b"1")
    with pytest.raises(Trouble, match="is a folder"):
        save_file(tmp_path, b"1")
