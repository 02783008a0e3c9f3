"""One program for each data folder, on the system at hand."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import socket
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from pnp_gui.app import single_instance as running
from pnp_gui.app.single_instance import LOCK_FILE, Claim, OtherInstance
from pnp_gui.system.own_files import NotAFolderError
from pnp_gui.trouble import Trouble
from tests.end_to_end.other_user import as_nobody

HOLD = """
import sys
from pathlib import Path
from pnp_gui.app.single_instance import Claim
claim = Claim(Path(sys.argv[1]))
claim()
print(claim.held, flush=True)
sys.stdin.read()
"""


def claimed(folder: Path) -> Claim:
    """The claim to a folder that nobody has."""
    made = Claim(folder)
    assert made.find_other() is None
    assert made.held
    return made


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that has the folder, and is deaf to all requests."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)],
        cwd=Path(__file__).parents[2],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "True\n"
        yield other
        other.kill()


def test_a_second_one_shows_the_first(tmp_path: Path, qtbot: QtBot) -> None:
    shown: list[bool] = []
    (tmp_path / LOCK_FILE).write_text("1 2 a-longer-line-of-a-crashed-one\n" * 9)
    first = claimed(tmp_path)
    first.on_second_start(lambda: shown.append(True))
    asking = subprocess.Popen(
        [
            *(sys.executable, "-c"),
            "import sys; from pathlib import Path; from pnp_gui.app.single_instance import Claim\n"
            "other = Claim(Path(sys.argv[1])).find_other()\n"
            "print(other.pid); sys.exit(not other.show())",
            str(tmp_path),
        ],
        cwd=Path(__file__).parents[2],
        stdout=subprocess.PIPE,
        text=True,
    )
    with asking:
        qtbot.waitUntil(lambda: asking.poll() is not None, timeout=20_000)
        assert asking.stdout is not None
        assert asking.stdout.read() == f"{os.getpid()}\n"
        assert asking.returncode == 0
    assert shown
    first.close()
    claimed(tmp_path).close()


def test_who_does_not_know_the_secret_shows_nothing(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "SHOW_SECONDS", 0.1)
    shown: list[bool] = []
    first = claimed(tmp_path)
    first.on_second_start(lambda: shown.append(True))
    pid, port, _ = (tmp_path / LOCK_FILE).read_text().split()
    assert not OtherInstance(int(pid), int(port), "guess").show()
    qtbot.wait(50)
    assert not shown
    first.close()


def test_a_flood_at_its_socket_is_not_answered_and_the_next_start_shows_it(
    tmp_path: Path, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    """20,000 datagrams; 364,000 took as little of it: the kernel drops what it has no room for."""
    shown: list[bool] = []
    first = claimed(tmp_path)
    first.on_second_start(lambda: shown.append(True))
    pid, port, secret = (tmp_path / LOCK_FILE).read_text().split()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as flood:
        flood.connect(("127.0.0.1", int(port)))
        junk = (b"", b"show ", b"show " + secret[:-1].encode(), bytes(1500), b"shown")
        for number in range(20_000):
            flood.send(junk[number % len(junk)])
            if number % 100 == 0:
                QCoreApplication.processEvents()
        answered: list[bool] = []
        other = OtherInstance(int(pid), int(port), secret)
        asking = threading.Thread(target=lambda: answered.append(other.show()))
        asking.start()
        qtbot.waitUntil(lambda: bool(answered), timeout=20_000)
        asking.join()
        assert answered == [True]
        assert shown
        flood.setblocking(False)
        with pytest.raises(BlockingIOError):
            flood.recv(64)
    first.close()
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory < 10_000, "KB"
    assert len(caplog.records) <= 5, "and not one line for each"


def test_one_that_does_not_answer_is_found_and_said(
    holder: subprocess.Popen[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "SHOW_SECONDS", 0.1)
    other = Claim(tmp_path).find_other()
    assert isinstance(other, OtherInstance)
    assert other.pid == holder.pid
    assert not other.show()


def test_a_killed_one_leaves_nothing_in_the_way(
    holder: subprocess.Popen[str], tmp_path: Path
) -> None:
    holder.send_signal(signal.SIGKILL)
    holder.wait(timeout=20)
    mine = claimed(tmp_path)
    mine.close()


def test_a_folder_is_made_and_one_that_cannot_be_is_claimed_by_nobody(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(NotAFolderError):
        Claim(tmp_path / "file" / "data")()
    mine = claimed(tmp_path / "not" / "yet")
    assert stat.S_IMODE((tmp_path / "not" / "yet").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "not" / "yet" / LOCK_FILE).stat().st_mode) == 0o600
    mine.close()


@pytest.mark.parametrize("kind", ["pipe", "link", "folder"])
def test_what_is_no_file_is_said_and_neither_followed_nor_waited_for(
    tmp_path: Path, kind: str
) -> None:
    lock = tmp_path / LOCK_FILE
    (tmp_path / "thesis").write_text("years of work")
    {"pipe": os.mkfifo, "folder": os.mkdir, "link": lambda path: path.symlink_to("thesis")}[kind](
        lock
    )
    with pytest.raises(Trouble, match=f"{lock} is a link, a pipe or a folder"):
        Claim(tmp_path)()
    assert (tmp_path / "thesis").read_text() == "years of work"


def test_a_lock_with_another_name_besides_is_claimed_and_not_emptied(tmp_path: Path) -> None:
    (tmp_path / "thesis").write_text("years of work")
    (tmp_path / LOCK_FILE).hardlink_to(tmp_path / "thesis")
    mine = claimed(tmp_path)
    assert (tmp_path / "thesis").read_text() == "years of work"
    mine.close()


def test_another_users_lock_is_said_with_his_name(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    (tmp_path / LOCK_FILE).touch(0o600)
    done = as_nobody(
        tmp_path / LOCK_FILE,
        f"Claim(Path({str(tmp_path)!r}))()",
        imports="from pathlib import Path; from pnp_gui.app.single_instance import Claim",
    )
    assert f"Trouble: {tmp_path} belongs to another user of this computer (root)" in done


def test_where_there_are_no_locks_that_is_said(tmp_path: Path) -> None:
    done = subprocess.run(
        [
            *(sys.executable, "-c"),
            "import sys; from pathlib import Path; from pnp_gui.app.single_instance import Claim\n"
            "from tests.end_to_end.no_locks import forbid_locks\n"
            "forbid_locks(); Claim(Path(sys.argv[1]))()",
            str(tmp_path),
        ],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
    )
    assert f"Trouble: The file system of {tmp_path} has no locks (No locks" in done.stderr


def test_where_there_are_only_the_locks_that_sqlite_uses_one_has_the_folder(
    tmp_path: Path,
) -> None:
    script = (
        "import sys; from pathlib import Path; from pnp_gui.app.single_instance import Claim\n"
        "from tests.end_to_end.no_locks import forbid_locks; forbid_locks(flock_alone=True)\n"
        "claim = Claim(Path(sys.argv[1])); claim.find_other(); print(claim.held, flush=True)\n"
        "sys.stdin.read()"
    )
    found = []
    with ExitStack() as until_end:
        for _ in range(2):
            process = subprocess.Popen(
                [sys.executable, "-c", script, str(tmp_path)],
                cwd=Path(__file__).parents[2],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            until_end.enter_context(process)
            assert process.stdout is not None
            found.append(process.stdout.readline())
    assert found == ["True\n", "False\n"]


def test_a_claim_is_taken_when_the_other_one_has_ended(
    holder: subprocess.Popen[str], tmp_path: Path, qtbot: QtBot
) -> None:
    shown: list[bool] = []
    mine = Claim(tmp_path)
    assert isinstance(mine.find_other(), OtherInstance)
    mine.on_second_start(lambda: shown.append(True))
    with pytest.raises(Trouble, match=f"process {holder.pid}"):
        mine()
    holder.kill()
    holder.wait(timeout=20)
    mine()
    assert mine.held
    other = Claim(tmp_path).find_other()
    assert isinstance(other, OtherInstance)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        asking.sendto(b"show " + other.secret.encode(), ("127.0.0.1", other.port))
        qtbot.waitUntil(lambda: bool(shown), timeout=20_000)
    mine.close()


def test_a_folder_that_was_taken_away_is_claimed_anew(tmp_path: Path) -> None:
    mine = Claim(tmp_path / "data")
    mine()
    written = (tmp_path / "data" / LOCK_FILE).read_text()
    mine()
    assert (tmp_path / "data" / LOCK_FILE).read_text() == written
    shutil.rmtree(tmp_path / "data")
    mine()
    assert (tmp_path / "data" / LOCK_FILE).exists()
    assert isinstance(Claim(tmp_path / "data").find_other(), OtherInstance)
    mine.close()
