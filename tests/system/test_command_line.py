"""The command line in a bare namespace: the self-test, the demo, and what cannot start."""

from __future__ import annotations

from pathlib import Path

import pytest

from pnp_gui.bench.phone import Decision, Phone, Progress
from tests.namespace import BenchNetwork, wait_until
from tests.system.program import Program, kept_in, run_program


def test_the_self_test_says_ok(bench: BenchNetwork, tmp_path: Path) -> None:
    done = run_program(bench.tool, tmp_path, "--self-test")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.rstrip().endswith("ok")
    assert "10.13.2.2" in done.stdout


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
    ],
)
def test_what_cannot_start_says_so_in_one_line(
    bench: BenchNetwork, tmp_path: Path, arguments: list[str], says: str
) -> None:
    done = run_program(bench.tool, tmp_path, *arguments)
    assert done.returncode == 2, done.stdout + done.stderr
    assert says in done.stderr.lower()
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
