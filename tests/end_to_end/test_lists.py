"""Lists of other systems on the command line: what would be read, and what is not clear."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pnp_gui.bench.phones.phone import Decision
from pnp_gui.bench.sheet.choices import write_choices
from pnp_gui.bench.sheet.layout import Choices, Meaning
from pnp_gui.bench.store.settings import SHEET_MEANINGS
from pnp_gui.bench.store.store import Store
from pnp_gui.system.output import FLUSH_SECONDS
from tests.end_to_end.program import ROOT, Program, environment, kept_in, run_program
from tests.namespace import BenchNetwork

LISTS = ROOT / "tests" / "bench" / "sheet" / "lists"


def check(folder: Path, sheet: Path, *others: str) -> subprocess.CompletedProcess[str]:
    """Run --check-sheet without any screen."""
    variables = environment(folder)
    del variables["QT_QPA_PLATFORM"]
    return subprocess.run(
        [sys.executable, "-m", "pnp_gui", "--check-sheet", str(sheet), *others],
        capture_output=True,
        text=True,
        timeout=30,
        env=variables,
        cwd=ROOT,
    )


def test_check_sheet_prints_the_phones_and_touches_nothing(tmp_path: Path) -> None:
    sheet = tmp_path / "list.csv"
    sheet.write_text(
        "Telefon;MAC-Adresse;Name;Freigabe;Config URL\n"
        "21;00:04:13:1A:30:02;Anna;ja;-\n"
        "22;00:04:13:1A:30:03;=1+1;;http://h/{mac}\n"
        ";;Summe: 2;;\n"
        "23;00:04:13:1A:30;Clara;;\n"
    )
    done = check(tmp_path, sheet)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "0004131A3002,approved,'-,Anna 21",  # no formula
        "0004131A3003,,http://h/{mac},'=1+1 22",
    ]
    understood, note, bad = done.stderr.splitlines()
    assert "MAC: column B, label: column C + A, decision: column D, URL: column E" in understood
    assert "line 4: Not a phone" in note
    assert "line 5: “00:04:13:1A:30” is not a MAC" in bad
    assert {path.name for path in tmp_path.rglob("*")} == {"home", "list.csv"}


def test_check_sheet_waits_for_a_pager_that_pauses(tmp_path: Path) -> None:
    sheet = tmp_path / "list.csv"
    sheet.write_text("mac,label\n" + "".join(f"0004130{n:05x},Room {n}\n" for n in range(500)))
    reading, writing = os.pipe()
    fcntl.fcntl(writing, fcntl.F_SETPIPE_SZ, 4096)
    with (
        os.fdopen(reading, "rb") as output,
        subprocess.Popen(
            [sys.executable, "-m", "pnp_gui", "--check-sheet", str(sheet)],
            stdout=writing,
            stderr=writing,
            env=environment(tmp_path),
            cwd=ROOT,
        ) as program,
    ):
        os.close(writing)
        first = output.readline()
        time.sleep(2 * FLUSH_SECONDS)  # what waits no longer than that is lost
        lines = [first, *output]
    assert program.returncode == 0
    assert len(lines) == 501
    assert lines[-1] == b"0004130001F3,,,Room 499\n"


def test_check_sheet_says_that_the_disk_is_full_and_nothing_of_a_pager_that_ended(
    tmp_path: Path,
) -> None:
    sheet = tmp_path / "list.csv"
    sheet.write_text("mac,label\n000413000001,Room 1\n")
    program = f"{sys.executable} -m pnp_gui --check-sheet {sheet}"
    for output, status, said in (
        ("> /dev/full", 2, "cannot be written to standard output: No space left on device."),
        ("| true; exit ${PIPESTATUS[0]}", 0, ""),
    ):
        done = subprocess.run(
            ["bash", "-c", f"{program} {output}"],
            capture_output=True,
            text=True,
            timeout=30,
            env=environment(tmp_path),
            cwd=ROOT,
        )
        assert done.returncode == status
        (_, *more) = done.stderr.splitlines()  # what the columns mean
        assert [said in line for line in more] == [True] * bool(said)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("two_mac_unclear.csv", "B (MAC Ethernet), C (MAC LAN)"),
        ("nohead_ip_only.csv", "no MAC"),
        ("missing.csv", "There is no file"),
        ("empty.csv", "There is no phone in"),
    ],
)
def test_what_is_not_clear_is_said_in_one_line(tmp_path: Path, name: str, says: str) -> None:
    (tmp_path / "empty.csv").touch()
    done = check(tmp_path, tmp_path / name if name == "empty.csv" else LISTS / name)
    assert (done.returncode, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    assert name in line
    assert says in line


def test_what_was_chosen_in_the_window_counts_for_check_sheet(tmp_path: Path) -> None:
    sheet = LISTS / "two_mac_unclear.csv"
    chosen: Choices = {("Name", "MAC Ethernet", "MAC LAN"): {2: Meaning.MAC}}
    store = Store.open(tmp_path / "data")
    store.set_setting(SHEET_MEANINGS, write_choices(chosen))
    data = ("--data-dir", str(tmp_path / "data"))
    while_it_runs = check(tmp_path, sheet, *data)
    store.close()
    before = {path: path.read_bytes() for path in (tmp_path / "data").iterdir()}
    done = check(tmp_path, sheet, *data)
    assert done.stdout.splitlines() == ["000413C00109,,,A", "000413C0010A,,,B"], done.stderr
    assert while_it_runs.stdout == done.stdout
    assert {path: path.read_bytes() for path in (tmp_path / "data").iterdir()} == before


def test_a_sheet_that_is_not_clear_is_not_applied(bench: BenchNetwork, tmp_path: Path) -> None:
    done = run_program(bench.tool, tmp_path, "--sheet", str(LISTS / "two_mac_unclear.csv"))
    assert done.returncode == 2, done.stderr
    (line,) = done.stderr.splitlines()
    assert "nothing was applied" in line
    assert kept_in(tmp_path / "data") == {}


def test_a_list_of_another_system_is_applied_and_decides_nothing(
    bench: BenchNetwork, tmp_path: Path
) -> None:
    with Program(bench.tool, tmp_path, "--sheet", str(LISTS / "several_phones.csv")) as program:
        pass
    assert {key: phone.label for key, phone in kept_in(program.data).items()} == {
        "000413B20040": "Greta Holm Tel.1",
        "000413B20041": "Greta Holm Tel.2",
        "805EC0B20042": "Nils Lund Tel.1",
        "805EC0B20043": "Nils Lund Tel.3",
    }
    assert {phone.decision for phone in kept_in(program.data).values()} == {Decision.UNDECIDED}


def test_a_list_without_any_phone_is_said_and_what_is_passed_over_too(tmp_path: Path) -> None:
    sheet = tmp_path / "list.csv"
    sheet.write_text("MAC,Name\nn/a,Anna\n")
    done = check(tmp_path, sheet)
    assert done.returncode == 2
    assert "There is no phone in" in done.stderr
    assert "Line 2: Not a phone: “n/a” is not a MAC." in done.stderr
