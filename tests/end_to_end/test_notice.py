"""The notice as it reaches a real desktop's bus: nothing in it is markup, whatever a phone says."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Any

from pnp_gui.ui.main_window.notifications import GATHER_MS
from pnp_gui.ui.words.plain import for_notice
from tests.end_to_end.desktop import OTHER
from tests.end_to_end.program import ROOT, Program, environment
from tests.namespace import BenchNetwork, wait_until
from tests.net.phone import Phone
from tests.screen import window_has_focus

APPROVED = "000413A2105F"
SAID, MODEL = "</b><a href='http://10.0.0.9/'>AT&T", "<b>D785"


class Desktop:
    """Tray and notices on a bus of their own."""

    def __init__(self, address: str, told: Path, process: subprocess.Popen[bytes]) -> None:
        self.address = address
        self._told = told
        self.process = process

    @property
    def told(self) -> list[dict[str, Any]]:
        """What it was sent so far."""
        return [json.loads(line) for line in self._told.read_text().splitlines()]

    def notices(self) -> list[dict[str, Any]]:
        return [one for one in self.told if "body" in one]

    def tips(self) -> str:
        """The tips of the icons, as a tray asks them for it."""
        said = ""
        for icon in (one["icon"] for one in self.told if "icon" in one):
            ask = ["dbus-send", f"--bus={self.address}", "--print-reply=literal", f"--dest={icon}"]
            ask += ["/StatusNotifierItem", "org.freedesktop.DBus.Properties.Get"]
            ask += ["string:org.kde.StatusNotifierItem", "string:ToolTip"]
            said += subprocess.run(ask, capture_output=True, text=True, check=True).stdout
        return said


@contextmanager
def desktop(folder: Path, display: str) -> Iterator[Desktop]:
    address, told = f"unix:path={folder}/bus", folder / "told.txt"
    daemon = ["dbus-daemon", "--session", "--nofork", "--nopidfile", f"--address={address}"]
    variables = {**environment(folder, display), "DBUS_SESSION_BUS_ADDRESS": address}
    with ExitStack() as until_end, told.open("w") as out:
        bus = until_end.enter_context(subprocess.Popen(daemon, stderr=subprocess.DEVNULL))
        until_end.callback(bus.terminate)
        wait_until((folder / "bus").exists, 30, "the bus")
        command = [sys.executable, "-m", "tests.end_to_end.desktop"]
        shell = until_end.enter_context(
            subprocess.Popen(command, stdout=out, cwd=ROOT, env=variables)
        )
        until_end.callback(shell.terminate)
        made = Desktop(address, told, shell)
        wait_until(lambda: made.told, 30, "the desktop")
        yield made


def test_a_notice_and_the_tip_of_the_icon_hold_no_markup(
    bench: BenchNetwork, tmp_path: Path, display: str
) -> None:
    with (
        desktop(tmp_path, display) as shell,
        Program(
            bench.tool,
            tmp_path,
            display=display,
            variables={"DBUS_SESSION_BUS_ADDRESS": shell.address},
        ),
        bench.phones.udp_socket((bench.cables[0].phone_ip, 0), device="ph0") as sock,
    ):
        numbers = count(1)

        def noticed() -> bool:
            """One more phone asks, in case ours still had the keys when the last one did."""
            phone = Phone(sock, f"0004130000{next(numbers):02X}")
            phone.said = f'vendor="{SAID}";model="{MODEL}"'
            window_has_focus(display, OTHER)
            phone.ask()
            with suppress(AssertionError):
                wait_until(shell.notices, 4)
            return bool(shell.notices())

        wait_until(noticed, 30, "the notice")
        notice, tips = shell.notices()[0], shell.tips()
    assert notice["program"] == "PnP Bench"
    assert for_notice(SAID) in notice["body"]
    assert notice["body"] in tips
    assert not set("<>&") & set(notice["summary"] + notice["body"] + tips)


def test_a_tray_that_hangs_keeps_no_phone_waiting(
    bench: BenchNetwork, tmp_path: Path, display: str
) -> None:
    (tmp_path / "sheet.csv").write_text(f"mac,decision\n{APPROVED},approved\n")
    with (
        desktop(tmp_path, display) as shell,
        Program(
            bench.tool,
            tmp_path,
            *("--sheet", str(tmp_path / "sheet.csv")),
            display=display,
            variables={"DBUS_SESSION_BUS_ADDRESS": shell.address},
        ),
        bench.phones.udp_socket((bench.cables[0].phone_ip, 0), device="ph0") as sock,
        bench.phones.udp_socket((bench.cables[0].phone_ip, 0), device="ph0") as other,
    ):
        wait_until(lambda: window_has_focus(display, OTHER), 30, "another window is in front")
        shell.process.send_signal(signal.SIGSTOP)
        try:
            Phone(sock, "000413000001").ask()
            time.sleep(2 * GATHER_MS / 1000)  # the notice is due
            assert Phone(other, APPROVED).served() == "10.13.2.2"
        finally:
            shell.process.send_signal(signal.SIGCONT)
        wait_until(shell.notices, 30, "the notice comes late")
