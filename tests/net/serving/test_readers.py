"""Threads that read: what nobody waits for any more is let go."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from pnp_gui.files.folder import OpenFile, ServedFolder
from pnp_gui.net.serving.readers import Readers


def descriptors_of(file: Path) -> int:
    """How many descriptors of this process lead to it."""
    found = 0
    for each in Path("/proc/self/fd").iterdir():
        try:
            found += each.readlink() == file
        except FileNotFoundError:
            continue
    return found


def test_a_file_that_is_opened_while_it_ends_is_closed(tmp_path: Path, qtbot: QtBot) -> None:
    file = tmp_path / "a.cfg"
    file.write_bytes(b"a")
    folder = ServedFolder(tmp_path)
    begun, ended = threading.Event(), threading.Event()

    def open_late() -> OpenFile:
        begun.set()
        assert ended.wait(10)
        return folder.open("a.cfg")

    readers = Readers()
    readers.run(open_late, lambda _: pytest.fail("handed back"))
    qtbot.waitUntil(begun.is_set)
    threads = [each for each in threading.enumerate() if each.name.startswith("files-")]
    readers.close()
    ended.set()
    for each in threads:
        each.join(10)
    assert descriptors_of(file) == 0
