"""Times as a person says them, in the window's language."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import pytest

from pnp_gui.ui.words.times import clock_time, exact_time

OCTOBER = 1_760_964_000.0
"""In 2025."""


def test_another_day_is_named_by_its_english_month() -> None:
    assert clock_time(OCTOBER, short=True) == "20 Oct"
    assert clock_time(OCTOBER).startswith("20 Oct ")
    assert clock_time(time.time()).count(":") == 2


@pytest.mark.parametrize("system", ["de_DE.UTF-8", "ar_EG.UTF-8", "C"])
def test_so_it_is_on_a_system_of_another_language(system: str) -> None:
    program = (
        "from PySide6.QtCore import QLocale\n"
        "from pnp_gui.ui.words.times import clock_time\n"
        f"print(QLocale().name(), clock_time({OCTOBER}, short=True))"
    )
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG"))}
    environment |= {"LC_ALL": system, "TZ": "UTC", "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=environment, capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    assert done.stdout.split() == [system.partition(".")[0], "20", "Oct"]


def test_a_time_with_milliseconds_is_rounded_as_a_whole() -> None:
    assert exact_time(1_800_000_000.9996) == exact_time(1_800_000_001)
    assert exact_time(1_800_000_000.9994).endswith("00.999")
    assert exact_time(1_800_000_000.25, date=True).endswith("00.250")
