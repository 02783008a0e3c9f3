"""The command line in a bare namespace: the self-test, the demo, and what cannot start."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pnp_gui.bench.phones.phone import Decision, Phone, Progress
from pnp_gui.bench.store.settings import SERVE_FOLDER
from pnp_gui.bench.store.store import Store
from tests.end_to_end.program import Program, environment, kept_in, run_program
from tests.end_to_end.remote_program import RemoteProgram
from tests.namespace import BenchNetwork, wait_until


def test_the_self_test_says_ok(bench: BenchNetwork, tmp_path: Path) -> None:
    done = run_program(bench.tool, tmp_path, "--self-test")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.rstrip().endswith("ok")
    assert "10.13.2.2" in done.stdout
    for scheme in ("http", "tftp"):
        assert f"files: the phone fetched {scheme}://127.0.0.1" in done.stdout


def test_the_self_test_takes_other_ports_for_files(bench: BenchNetwork, tmp_path: Path) -> None:
    taken = bench.tool.inside(lambda: socket.create_server(("", 8080)))
    with taken, bench.tool.udp_socket(("0.0.0.0", 69)):
        done = run_program(bench.tool, tmp_path, "--self-test")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "127.0.0.1:8080" not in done.stdout
    assert done.stdout.count("files: the phone fetched") == 2


def test_a_self_test_serves_no_folder_of_ours(bench: BenchNetwork, tmp_path: Path) -> None:
    done = run_program(bench.tool, tmp_path, "--self-test", "--serve", str(tmp_path))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "127.0.0.1:8080" in done.stdout, "the port was free"
    store = Store.open(tmp_path / "data")
    assert store.setting(SERVE_FOLDER) == ""
    store.close()


def test_the_self_test_fails_when_the_port_is_taken(bench: BenchNetwork, tmp_path: Path) -> None:
    with bench.tool.udp_socket(("0.0.0.0", 5060)):
        done = run_program(bench.tool, tmp_path, "--self-test")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "5060" in done.stdout
    assert not done.stdout.rstrip().endswith("ok")


def test_the_demo_shows_all_its_phones_some_accepting_and_some_refusing(
    bench: BenchNetwork, tmp_path: Path
) -> None:
    def heard() -> list[Phone]:
        return [phone for phone in kept_in(program.data).values() if phone.last_seen is not None]

    with Program(bench.tool, tmp_path, "--demo") as program:
        wait_until(lambda: len(heard()) == 12, 60, "twelve phones")
        outcomes = {Progress.ACCEPTED, Progress.REFUSED}
        wait_until(lambda: outcomes <= {phone.progress for phone in heard()}, 60, str(outcomes))
    assert {Decision.UNDECIDED, Decision.DENIED} <= {phone.decision for phone in heard()}
    assert len({phone.make for phone in heard()}) >= 9


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["-u", "not a url"], "url"),
        (["-i", "nosuch0"], "nosuch0"),
        (["--sheet", "/nonexistent/sheet.csv"], "/nonexistent/sheet.csv"),
        (["-p", "70000"], "70000"),
        (["--nonsense"], "--nonsense"),
        # What a script leaves empty whose variable is not set.
        (["--data-dir", ""], "--data-dir"),
        (["--data-dir="], "--data-dir"),
        (["--data-dir", " \t"], "--data-dir"),
        (["--sheet", ""], "--sheet"),
        (["-u", ""], "--url"),
        (["-i", ""], "--interface"),
        (["-i", "lo", "-i", " "], "--interface"),
        (["-p", ""], "--port"),
        (["--demo", ""], "--demo"),
        ([""], "''"),
        # What would command a terminal, or be a line of its own.
        (["--sheet", "/no\x1b[2J\nsheet"], r"/no\x1b[2j\nsheet"),
        (["-i", "no\x1b[2J\r\nport"], r"no\x1b[2j\r\nport"),
        (["--no\x1b[2J\n"], r"--no\x1b[2j\n"),
    ],
)
def test_what_cannot_start_says_so_in_one_line(
    bench: BenchNetwork, tmp_path: Path, arguments: list[str], says: str
) -> None:
    done = run_program(bench.tool, tmp_path, *arguments)
    assert done.returncode == 2, done.stdout + done.stderr
    assert says in done.stderr.lower()
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr


def spoil_folder(data: Path) -> None:
    data.write_text("a file where the folder should be")


def spoil_log(data: Path) -> None:
    (data / "pnp-bench.log").mkdir(parents=True)


@pytest.mark.parametrize("spoil", [spoil_folder, spoil_log])
def test_a_self_test_whose_folder_cannot_be_written_is_not_ok(
    bench: BenchNetwork, tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    data = tmp_path / "data"
    spoil(data)
    done = run_program(bench.tool, tmp_path, "--self-test")
    assert done.returncode == 1, done.stdout + done.stderr
    *lines, last = done.stdout.splitlines()
    assert last.startswith(f"failed: The log file {data}" if data.is_dir() else f"failed: {data}")
    assert ("cannot be written" if data.is_dir() else "is a file") in last
    assert any("confirmed it" in line for line in lines)
    assert done.stderr == ""


def test_a_self_test_without_a_temporary_folder_says_so(
    bench: BenchNetwork, tmp_path: Path
) -> None:
    script = 'for d in /tmp /var/tmp; do mount -t tmpfs -o ro tmpfs $d; done; cd /proc; exec "$@"'
    done = bench.tool.run(
        *("bash", "-c", script, "_", sys.executable, "-m", "pnp_gui", "--self-test"),
        check=False,
        timeout=30,
        env={**environment(tmp_path), "TMPDIR": "/nonexistent"},
    )
    assert (done.returncode, done.stdout) == (2, "")
    [line] = done.stderr.splitlines()
    assert "TMPDIR" in line
    assert "--data-dir" in line


def test_a_folder_whose_name_is_no_text_holds_the_data(bench: BenchNetwork, tmp_path: Path) -> None:
    strange = os.fsdecode(b"bench \xff\x1b[2J\n2")
    with Program(bench.tool, tmp_path / strange) as program:
        assert program.stop() == 0
    assert "Traceback" not in program.log
    assert "\x1b" not in program.log
    assert kept_in(program.data) == {}
    log = (program.data / "pnp-bench.log").read_text(encoding="utf-8")
    assert r"bench \udcff\x1b[2J" in log


def test_a_log_that_cannot_be_written_is_said_in_the_window(
    bench: BenchNetwork, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    spoil_log(data)
    with RemoteProgram(bench.tool, tmp_path) as program:
        program.wait_for_bar(f"The log file {data / 'pnp-bench.log'} cannot be written")
        assert len(program.bar) == 1
