"""A bar code scanner, played at 1,000 characters a second into the real window."""

from __future__ import annotations

import sqlite3
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from pnp_gui.bench.phones.phone import Decision
from pnp_gui.pnp.mac import show_mac
from pnp_gui.ui.widgets.typing_pace import FAST_MS
from tests.end_to_end.program import Program, kept_in
from tests.namespace import BenchNetwork, wait_until
from tests.screen import window_has_focus, xdotool

SCANS = 50


def decisions_in(data: Path) -> Counter[str]:
    """How many phones with each decision are on the disk now, while the program runs."""
    with closing(sqlite3.connect(f"file:{data / 'bench.sqlite'}?mode=ro", uri=True)) as store:
        return Counter(decision for (decision,) in store.execute("SELECT decision FROM phone"))


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
        wait_until(lambda: decisions_in(program.data)["approved"] >= SCANS, 30, "all are approved")
    kept = kept_in(program.data)
    assert {key for key, phone in kept.items() if phone.decision is Decision.APPROVED} == set(macs)
    assert set(kept) == {*macs, denied}
    assert kept[denied].decision is Decision.DENIED
    assert kept[macs[7]].label == "Room 7"


@pytest.mark.parametrize(
    "code", ["ad0413dad000", "da:00:04:13:00:01", "sn 4711 rxu", "ra", "AD0413DA"]
)
def test_a_scan_into_the_table_is_no_command_but_the_same_letter_by_hand_is_one(
    bench: BenchNetwork, tmp_path: Path, display: str, code: str
) -> None:
    sheet = tmp_path / "sheet.csv"
    sheet.write_text("000413000001,undecided\n000413000002,undecided\n", encoding="utf-8")
    with Program(bench.tool, tmp_path, "--sheet", str(sheet), display=display) as program:
        wait_until(lambda: window_has_focus(display), 30, "the window has the focus")

        def press(key: str, decision: str) -> None:
            xdotool(display, "key", key)
            wait_until(lambda: decisions_in(program.data) == {decision: 2}, 30, decision)

        xdotool(display, "key", "ctrl+a")
        xdotool(display, "type", "--delay", "1", f"{code}\n")
        time.sleep(10 * FAST_MS / 1000)  # from here on by hand
        press("d", "denied")
        press("a", "approved")
        # Below these two there is no decision of the scan.
        press("ctrl+z", "denied")
        press("ctrl+z", "undecided")
