"""A bar code scanner, played at 1,000 characters a second into the real window."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from pnp_gui.bench.phones.phone import Decision
from pnp_gui.pnp.mac import show_mac
from tests.end_to_end.program import Program, kept_in
from tests.namespace import BenchNetwork, wait_until
from tests.screen import window_has_focus, xdotool

SCANS = 50


def approved_in(data: Path) -> int:
    """How many approved phones are on the disk now, while the program runs."""
    with closing(sqlite3.connect(f"file:{data / 'bench.sqlite'}?mode=ro", uri=True)) as store:
        (number,) = store.execute(
            "SELECT count(*) FROM phone WHERE decision = 'approved'"
        ).fetchone()
        return int(number)


def test_fifty_scans_in_one_burst_approve_fifty_phones_and_nothing_else(
    bench: BenchNetwork,
    tmp_path: Path,
    display: str,
) -> None:
    macs = [f"000413DA{number:04X}" for number in range(SCANS)]
    forms = [mac if n % 3 else show_mac(mac) for n, mac in enumerate(macs)]
    forms[20] = f"SN 4711/08 MAC:{macs[20]}"
    codes = [*forms[:30], "4006381333931", *forms[30:]]
    typed = tmp_path / "scans.txt"
    typed.write_text("".join(f"{code}\n" for code in codes), encoding="ascii")
    denied = "000413FF0001"
    sheet = tmp_path / "sheet.csv"
    sheet.write_text(f"{macs[7]},denied,,Room 7\n{denied},denied\n", encoding="utf-8")
    with Program(bench.tool, tmp_path, "--sheet", str(sheet), display=display) as program:
        wait_until(lambda: window_has_focus(display), 30, "the window has the focus")
        # Off: nothing is approved, whatever is scanned into the find field.
        xdotool(display, "key", "ctrl+f")
        xdotool(display, "type", "--delay", "1", f"{macs[7]}\n")
        xdotool(display, "key", "ctrl+b")
        xdotool(display, "type", "--delay", "1", "--file", str(typed))
        wait_until(lambda: approved_in(program.data) >= SCANS, 30, "all are approved")
    kept = kept_in(program.data)
    assert {key for key, phone in kept.items() if phone.decision is Decision.APPROVED} == set(macs)
    assert set(kept) == {*macs, denied}
    assert kept[denied].decision is Decision.DENIED
    assert kept[macs[7]].label == "Room 7"
