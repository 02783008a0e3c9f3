"""The whole program while its clock is set, and while it stands still."""

from __future__ import annotations

import re
import signal
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.end_to_end.remote_program import URL, RemoteProgram
from tests.namespace import BenchNetwork
from tests.net.phone import Phone

MAC, OTHER = "000413A2105F", "000413A21060"
STANDS = 4.0
"""Seconds. As well for 12 s or an hour: what shows is the difference."""


@pytest.fixture
def phones(bench: BenchNetwork) -> Iterator[tuple[Phone, Phone]]:
    with (
        bench.phones.udp_socket((bench.cables[0].phone_ip, 0), device="ph0") as one,
        bench.phones.udp_socket((bench.cables[0].phone_ip, 0), device="ph0") as two,
    ):
        yield Phone(one, MAC), Phone(two, OTHER)


def left(status: str) -> int:
    """Seconds in "Asking · 28 s left"; these phones also say a MAC that is not the cable's."""
    found = re.fullmatch(r"(?:Asking|MAC mismatch) · (\d+) s left", status)
    assert found, status
    return int(found[1])


def is_set_by(by: int, state: dict[str, Any]) -> bool:
    wall: float = state["wall"]
    return abs(wall - time.time() - by) < 60


def test_a_clock_that_is_set_leaves_the_rows_as_they_are(
    bench: BenchNetwork, tmp_path: Path, phones: tuple[Phone, Phone]
) -> None:
    """libfaketime between the program and the system's clock."""
    (library,) = Path("/usr/lib").glob("*/faketime/libfaketime.so.1")
    clock = tmp_path / "clock"

    def set_clock(by: str) -> None:
        part = tmp_path / "clock.part"
        part.write_text(f"{by}\n")
        part.replace(clock)

    set_clock("+0")
    variables = {
        "LD_PRELOAD": str(library),
        "FAKETIME_TIMESTAMP_FILE": str(clock),
        "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "DONT_FAKE_MONOTONIC": "1",
    }
    with RemoteProgram(bench.tool, tmp_path, **variables) as program:
        phones[0].ask_until(lambda: MAC in program.state()["statuses"], "the phone is in the table")
        for by in (-3600, 3600):
            set_clock(f"{by:+d}")
            program.until(partial(is_set_by, by), "it is set")
            program.do("refresh")
            assert 1 <= left(program.state()["statuses"][MAC]) <= 32
        phones[1].ask_until(lambda: OTHER in program.state()["statuses"], "the other is, too")
        state = program.state()
        assert left(state["statuses"][OTHER]) >= left(state["statuses"][MAC])
        set_clock("-3600")
        program.until(partial(is_set_by, -3600), "it is set back")
        assert list(program.state()["statuses"]) == [OTHER, MAC], "the newest first"
        program.do("press", key="A")
        assert [phone.notify()[0] for phone in phones] == [URL, URL]


def test_a_datagram_that_waited_while_the_program_stood_still_has_the_time_it_came(
    bench: BenchNetwork, tmp_path: Path, phones: tuple[Phone, Phone]
) -> None:
    with RemoteProgram(bench.tool, tmp_path) as program:
        program.process.send_signal(signal.SIGSTOP)
        phones[0].ask()
        time.sleep(STANDS)
        program.process.send_signal(signal.SIGCONT)
        state = program.until(lambda state: MAC in state["statuses"], "the phone is in the table")
        assert left(state["statuses"][MAC]) <= 32 - STANDS + 1
        program.do("press", key="A")
        assert phones[0].notify()[0] == URL
