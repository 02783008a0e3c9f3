"""The program's own files: private, and nothing else in their place is followed or emptied."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from pnp_gui.system.crash_log import CRASH_FILE, CrashLog
from pnp_gui.system.own_files import NotAFileError, check_own, make_folder, open_own, read_own
from tests.end_to_end.other_user import as_nobody


def mode(path: Path) -> int:
    return stat.S_IMODE(path.lstat().st_mode)


def pipe(path: Path) -> None:
    os.mkfifo(path)


def link(path: Path) -> None:
    (path.parent / "thesis").write_text("years of work")
    path.symlink_to("thesis")


def dangling_link(path: Path) -> None:
    path.symlink_to("made by nobody")


def device(path: Path) -> None:
    os.mknod(path, 0o020600, os.makedev(1, 3))


DEVICE = pytest.param(device, marks=pytest.mark.root)


@pytest.mark.parametrize("other", [pipe, link, dangling_link, DEVICE, Path.mkdir])
def test_nothing_else_is_opened_in_the_place_of_ours(
    tmp_path: Path, other: Callable[[Path], None]
) -> None:
    path = tmp_path / "ours"
    other(path)
    before = sorted(each.name for each in tmp_path.iterdir())
    for use in (
        lambda: open_own(path, os.O_RDWR),
        lambda: open_own(path, os.O_WRONLY | os.O_APPEND, alone=True),
        lambda: read_own(path, 10),
        lambda: check_own(path),
    ):
        with pytest.raises(NotAFileError) as caught:
            use()
        assert caught.value.path == path
    assert sorted(each.name for each in tmp_path.iterdir()) == before
    if other is link:
        assert (tmp_path / "thesis").read_text() == "years of work"


def test_ours_is_made_private_and_one_that_was_open_becomes_so(tmp_path: Path) -> None:
    os.close(open_own(tmp_path / "new", os.O_RDWR))
    assert mode(tmp_path / "new") == 0o600
    for name, was, then in (("old", 0o644, 0o600), ("fixed", 0o444, 0o400)):
        (tmp_path / name).touch()
        (tmp_path / name).chmod(was)
        os.close(open_own(tmp_path / name, os.O_RDONLY))
        assert mode(tmp_path / name) == then


@pytest.mark.root
def test_another_users_file_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "theirs"
    path.touch()
    path.chmod(0o664)
    os.chown(path, 65534, 65534)
    check_own(path)
    assert mode(path) == 0o664


def test_a_file_with_another_name_besides_is_left_to_it(tmp_path: Path) -> None:
    (tmp_path / "thesis").write_text("years of work")
    (tmp_path / "log").hardlink_to(tmp_path / "thesis")
    number = open_own(tmp_path / "log", os.O_WRONLY | os.O_APPEND, alone=True)
    os.write(number, b"log")
    os.close(number)
    assert (tmp_path / "thesis").read_text() == "years of work"
    assert (tmp_path / "log").read_text() == "log"


def test_the_folder_is_made_private_and_a_shared_one_stays_as_it_is(tmp_path: Path) -> None:
    make_folder(tmp_path / "a" / "new")
    assert mode(tmp_path / "a" / "new") == 0o700
    (tmp_path / "old").mkdir(0o755)
    make_folder(tmp_path / "old")
    assert mode(tmp_path / "old") == 0o755
    make_folder(tmp_path / "old", ours=True)
    assert mode(tmp_path / "old") == 0o700


def test_another_user_can_use_a_shared_folder(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o1777)
    os.close(open_own(shared / "mine", os.O_RDWR))
    done = as_nobody(
        shared,
        f"shared = Path({str(shared)!r})\n"
        "make_folder(shared, ours=True)\n"
        "os.close(open_own(shared / 'theirs', os.O_RDWR))\n"
        "open_own(shared / 'mine', os.O_RDWR)",
        imports="import os; from pathlib import Path\n"
        "from pnp_gui.system.own_files import make_folder, open_own",
    )
    assert "PermissionError" in done.splitlines()[-1]
    assert mode(shared) == 0o1777
    assert mode(shared / "theirs") == 0o600


@pytest.mark.parametrize("other", [pipe, link, dangling_link, DEVICE, Path.mkdir])
def test_no_crash_can_be_noted_there_and_that_is_said(
    tmp_path: Path, other: Callable[[Path], None]
) -> None:
    other(tmp_path / CRASH_FILE)
    crash = CrashLog(tmp_path)
    assert crash.trouble is not None
    assert str(tmp_path / CRASH_FILE) in str(crash.trouble)
    crash.close()
    assert not stat.S_ISREG((tmp_path / CRASH_FILE).lstat().st_mode)
    if other is link:
        assert (tmp_path / "thesis").read_text() == "years of work"


def test_a_crash_file_with_another_name_besides_is_not_emptied(tmp_path: Path) -> None:
    (tmp_path / "thesis").write_text("years of work")
    (tmp_path / CRASH_FILE).hardlink_to(tmp_path / "thesis")
    crash = CrashLog(tmp_path)
    assert mode(tmp_path / CRASH_FILE) == 0o600
    assert not (tmp_path / CRASH_FILE).samefile(tmp_path / "thesis")
    crash.close()
    assert (tmp_path / "thesis").read_text() == "years of work"
    assert not (tmp_path / CRASH_FILE).exists()
