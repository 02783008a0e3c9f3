"""A folder with what is served, and with all that must not be."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

SECRET = b"the secret"


def furnish(place: Path) -> Path:
    """A folder "served" in `place`, which holds secrets beside it."""
    root = place / "served"
    (root / "sub").mkdir(parents=True)
    (root / "inside.txt").write_bytes(b"inside")
    (root / "sub" / "deep.txt").write_bytes(b"deep")
    (root / "Größe 5.xml").write_bytes(b"named")
    (place / "secret.txt").write_bytes(SECRET)
    (place / "other").mkdir()
    (place / "other" / "secret.txt").write_bytes(SECRET)
    (root / ".hidden").write_bytes(SECRET)
    (root / ".git").mkdir()
    (root / ".git" / "config").write_bytes(SECRET)
    (root / "link-out.txt").symlink_to(place / "secret.txt")
    (root / "link-in.txt").symlink_to("inside.txt")
    (root / "folder-out").symlink_to(place / "other")
    (root / "folder-in").symlink_to("sub")
    os.mkfifo(root / "pipe")
    return root


@pytest.fixture
def furnished(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    root = furnish(tmp_path)
    monkeypatch.chdir(root)  # the name of a Unix socket has room for 107 characters
    with socket.socket(socket.AF_UNIX) as sock:
        sock.bind("socket")
        yield root
