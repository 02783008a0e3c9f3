"""A log-off: Windows asks every program, tells it, and ends it without another word."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from pnp_gui.bench.store.settings import WINDOW_GEOMETRY
from pnp_gui.bench.store.store import Store
from tests.namespace import BenchNetwork, wait_until
from tests.net.phone import Phone
from tests.windows.conftest import Start
from tests.windows.exe import KIT, windows_path, wine_environment

MAC = "000413A0B0C0"
LOG_OFF = """
import ctypes, os, sys, time
from ctypes import wintypes
user, kernel = ctypes.WinDLL("user32"), ctypes.WinDLL("kernel32")
user.SendMessageW.argtypes = [wintypes.HWND, ctypes.c_uint, ctypes.c_size_t, ctypes.c_ssize_t]
window = user.FindWindowW(None, "PnP Bench")
number = wintypes.DWORD()
user.GetWindowThreadProcessId(window, ctypes.byref(number))
program = kernel.OpenProcess(1, 0, number.value)
ENDSESSION_LOGOFF = -(1 << 31)
message, wish = {"query": (0x11, 0), "end": (0x16, 1)}[sys.argv[1]]
print("ready", flush=True)
while not os.path.exists(sys.argv[2]):
    time.sleep(0.005)
user.SendMessageW(window, message, wish, ENDSESSION_LOGOFF)
kernel.TerminateProcess(program, 9)
"""


@pytest.mark.parametrize("message", ["query", "end"])
def test_a_log_off_finds_all_saved(
    bench: BenchNetwork, display: str, start: Start, tmp_path: Path, message: str
) -> None:
    script, now = tmp_path / "log_off.py", tmp_path / "now"
    script.write_text(LOG_OFF)
    command = [str(KIT / "run"), "python", windows_path(script)]
    command += [message, windows_path(now)]
    data = tmp_path / "Daten"
    made = bench.phones.udp_socket(("10.13.2.20", 5060), device="ph0")
    with made, start(bench.tool, data=data) as exe:
        exe.listens("eth0")
        with bench.tool.popen(
            *command, stdout=subprocess.PIPE, text=True, env=wine_environment(display)
        ) as windows:
            assert windows.stdout is not None
            assert windows.stdout.readline().strip() == "ready"
            Phone(made, MAC).ask()
            wait_until(lambda: exe.wrote(MAC), what="it was heard")
            now.touch()
            windows.wait(timeout=60)
        wait_until(lambda: not exe.is_running, what="it is over")
        assert not exe.wrote("PnP Bench ends")
    store = Store.open(data)
    try:
        assert [phone.last_seen is not None for phone in store.load()] == [True]
        if message == "query":
            assert store.setting(WINDOW_GEOMETRY)
    finally:
        store.close()
