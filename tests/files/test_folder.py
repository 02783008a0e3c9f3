"""Which names are files of the folder, what is never opened, and files that change."""

from __future__ import annotations

import os
import shutil
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from pnp_gui.files import folder as folder_module
from pnp_gui.files.fetch import Withheld
from pnp_gui.files.folder import (
    FileChangedError,
    FolderGoneError,
    ServedFolder,
)
from pnp_gui.files.opening import open_inside
from pnp_gui.trouble import Trouble
from tests.files.conftest import SECRET
from tests.files.ways_out import FORBIDDEN, NOT_THERE
from tests.namespace import wait_until


def names(folder: ServedFolder) -> list[str]:
    """Once the first scan is done."""
    folder.names()
    wait_until(lambda: folder._scan_again, 10, "the folder is read")
    return list(folder.names())


@pytest.mark.parametrize(
    ("target", "name"),
    [
        ("/cfg000413aabbcc.xml", "cfg000413aabbcc.xml"),
        ("/firmware/snom%20D785.bin", "firmware/snom D785.bin"),
        ("/provisioning.cfg?mac=000413AABBCC&x=../..", "provisioning.cfg"),
        ("/y000000000000.boot#top", "y000000000000.boot"),
        ("//y000000000000.cfg", "y000000000000.cfg"),
        ("http://10.0.0.2:8080/a.cfg", "a.cfg"),
        ("HTTPS://bench/sub//a.cfg?x", "sub/a.cfg"),
        ("/Gr%C3%B6%C3%9Fe.xml", "Größe.xml"),
        ("/100%.cfg", "100%.cfg"),
        ("/a~1.xml", "a~1.xml"),
        ("/console.cfg", "console.cfg"),
        ("/com10.cfg", "com10.cfg"),
        ("/a+b&c=d;e@f!(1)'$.cfg", "a+b&c=d;e@f!(1)'$.cfg"),
    ],
)
def test_a_target_is_read_as_a_name(target: str, name: str) -> None:
    assert ServedFolder.name_of(target) == name


def test_a_name_of_tftp_is_not_percent_encoded() -> None:
    assert ServedFolder.name_of("/sub/a?b.cfg", encoded=False) == ""
    assert ServedFolder.name_of("a#b.cfg", encoded=False) == "a#b.cfg"
    assert ServedFolder.name_of("a%2fb", encoded=False) == ""
    assert ServedFolder.name_of("../a", encoded=False) == ""


@pytest.mark.parametrize("target", FORBIDDEN)
def test_what_leads_out_is_no_name(target: str, furnished: Path) -> None:
    assert ServedFolder.name_of(target) == ""
    folder = ServedFolder(furnished)
    for name in (target, target.lstrip("/")):
        with pytest.raises(FileNotFoundError):
            folder.open(name)


@pytest.mark.parametrize("target", NOT_THERE)
def test_what_is_no_file_of_the_folder_is_not_opened(target: str, furnished: Path) -> None:
    name = ServedFolder.name_of(target)
    assert name
    with pytest.raises(FileNotFoundError):
        ServedFolder(furnished).open(name)


def test_files_are_opened_and_listed(furnished: Path) -> None:
    folder = ServedFolder(furnished)
    assert names(folder) == ["Größe 5.xml", "inside.txt", "sub/deep.txt"]
    assert folder.names() is folder.names()
    for name in folder.names():
        file = folder.open(name)
        assert file.read(0, 100) == (furnished / name).read_bytes()
        assert (file.name, file.size) == (name, (furnished / name).stat().st_size)
        file.close()
        file.close()


def test_links_and_what_is_hidden_are_named_with_the_reason(
    furnished: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder_module, "SCAN_SECONDS", 0.01)
    folder = ServedFolder(furnished)
    listed = names(folder)
    links = ("link-out.txt", "link-in.txt", "folder-out", "folder-in")
    hidden = dict.fromkeys((".hidden", ".git"), Withheld.HIDDEN)
    assert folder.withheld == hidden | dict.fromkeys(links, Withheld.LINK)
    (furnished / "a:b.cfg").write_bytes(b"")
    (furnished / "con").mkdir()
    first = folder.names()
    (furnished / "sub" / ".later").write_bytes(b"")
    wait_until(lambda: folder.names() is not first, 10, "another object")
    assert list(folder.names()) == listed
    assert folder.withheld["sub/.later"] is Withheld.HIDDEN
    assert folder.withheld["a:b.cfg"] is folder.withheld["con"] is Withheld.NAME


def test_the_list_is_bounded(furnished: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder_module, "MAX_NAMES", 2)
    assert len(names(ServedFolder(furnished))) == 2
    monkeypatch.setattr(folder_module, "MAX_ENTRIES", 0)
    assert names(ServedFolder(furnished)) == []


def test_the_list_is_read_again_when_something_changed(
    furnished: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder_module, "SCAN_SECONDS", 0.01)
    folder = ServedFolder(furnished)
    assert "new.cfg" not in names(folder)
    (furnished / "new.cfg").write_bytes(b"")
    wait_until(lambda: "new.cfg" in folder.names(), 10, "it is listed")
    shutil.rmtree(furnished)
    wait_until(lambda: folder.names() == (), 10, "nothing is listed")


def test_the_programs_own_data_is_not_served(furnished: Path) -> None:
    private = furnished / "data"
    folder = ServedFolder(furnished, private=private)  # there is none yet
    (private / "deeper").mkdir(parents=True)
    (private / "store.db").write_bytes(SECRET)
    (private / "deeper" / "log.txt").write_bytes(SECRET)
    for name in ("data/store.db", "data/deeper/log.txt"):
        with pytest.raises(FileNotFoundError):
            folder.open(name)
    assert not [name for name in names(folder) if name.startswith("data")]
    (furnished.parent / "alias").symlink_to(private)
    for root in (private, private / "deeper", furnished.parent / "alias"):
        with pytest.raises(Trouble, match="own data") as caught:
            ServedFolder(root, private=private)
        assert str(root) in str(caught.value)


def test_a_folder_that_is_none_is_said(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="does not exist"):
        ServedFolder(tmp_path / "none")
    file = tmp_path / "file"
    file.write_bytes(b"")
    with pytest.raises(Trouble, match="is a file"):
        ServedFolder(file)
    folder = ServedFolder(tmp_path)
    (tmp_path / "a").write_bytes(b"")
    shutil.rmtree(tmp_path)
    with pytest.raises(Trouble, match="does not exist"):
        folder.check()
    with pytest.raises(FolderGoneError):
        folder.open("a")


def test_a_folder_that_becomes_a_link_while_files_are_opened_leads_nowhere(furnished: Path) -> None:
    """Somebody swaps it all the time; what is opened is the file inside, or nothing."""
    folder = ServedFolder(furnished)
    sub, kept = furnished / "sub", furnished / "kept"
    (sub / "secret.txt").write_bytes(b"inside")
    over = threading.Event()

    def swap() -> None:
        while not over.is_set():
            sub.rename(kept)
            sub.symlink_to(furnished.parent / "other")
            sub.unlink()
            kept.rename(sub)

    swapping = threading.Thread(target=swap)
    swapping.start()
    tries = opened = 0
    try:
        while tries < 20_000 or opened < 100:
            tries += 1
            try:
                file = folder.open("sub/secret.txt")
            except FileNotFoundError:
                continue
            opened += 1
            assert file.size == len(b"inside")
            file.close()
    finally:
        over.set()
        swapping.join()


@pytest.mark.parametrize("becomes", ["link", "pipe"])
def test_a_file_that_becomes_a_link_or_pipe_once_it_was_looked_at_is_not_opened(
    furnished: Path, monkeypatch: pytest.MonkeyPatch, becomes: str
) -> None:
    real = os.stat
    path = furnished / "inside.txt"

    def looked_at(name: str, **options: Any) -> os.stat_result:
        found = real(name, **options)
        path.unlink()
        if becomes == "link":
            path.symlink_to(furnished.parent / "secret.txt")
        else:
            os.mkfifo(path)
        return found

    monkeypatch.setattr(os, "stat", looked_at)
    with pytest.raises(FileNotFoundError):
        open_inside(furnished, ["inside.txt"], None)
    monkeypatch.undo()


def test_a_file_that_changes_is_not_read_on(furnished: Path) -> None:
    path = furnished / "inside.txt"

    def opened() -> folder_module.OpenFile:
        path.write_bytes(b"first content")
        file = ServedFolder(furnished).open("inside.txt")
        assert file.read(0, 5) == b"first"
        return file

    file = opened()
    path.write_bytes(b"other content")
    with pytest.raises(FileChangedError):
        file.read(6, 7)
    file = opened()
    os.truncate(path, 3)
    with pytest.raises(FileChangedError):
        file.read(6, 7)
    file = opened()
    path.unlink()
    with pytest.raises(FileChangedError):
        file.read(6, 7)
    file = opened()
    (furnished / "new").write_bytes(b"first content")
    (furnished / "new").rename(path)
    with pytest.raises(FileChangedError):
        file.read(6, 7)
    file = opened()
    before = path.stat()
    path.write_bytes(b"FIRST CONTENT")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    with pytest.raises(FileChangedError):
        file.read(6, 7)


def test_the_tag_tells_contents_apart(furnished: Path) -> None:
    folder, path = ServedFolder(furnished), furnished / "inside.txt"
    fresh = folder.open("inside.txt").etag
    assert fresh.startswith('W/"')
    os.utime(path, ns=(0, 10**18))
    first = folder.open("inside.txt").etag
    assert first == folder.open("inside.txt").etag
    assert first.startswith('"')
    os.utime(path, ns=(0, 10**18 + 1))
    assert folder.open("inside.txt").etag != first
    (furnished / "new").write_bytes(b"INSIDE")
    os.utime(furnished / "new", ns=(0, 10**18))
    (furnished / "new").rename(path)
    assert folder.open("inside.txt").etag != first


def test_descriptors_are_closed(furnished: Path) -> None:
    assert sys.platform == "linux"
    folder = ServedFolder(furnished)
    before = len(os.listdir("/proc/self/fd"))  # noqa: PTH208
    for name in ("inside.txt", "sub/deep.txt", "sub/none", "pipe", "link-out.txt", "sub"):
        for _ in range(50):
            try:
                folder.open(name)  # dropped without being closed
            except FileNotFoundError:
                continue
    assert len(os.listdir("/proc/self/fd")) <= before + 1  # noqa: PTH208
