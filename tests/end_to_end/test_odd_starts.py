"""Started where something is missing: standard streams, a home, a locale, file descriptors."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.end_to_end.program import ROOT, environment
from tests.namespace import BenchNetwork, wait_until
from tests.net.phone import Phone

MAC = "000413A2105F"
URL = "http://10.13.2.2/settings.xml"

STARTS = {
    "no standard streams": 'exec "$@" <&- >&- 2>&-',
    "no home": 'unset HOME XDG_RUNTIME_DIR; exec "$@"',
    "the plainest locale": 'export LC_ALL=C LANG=C; exec "$@"',
    "twenty file descriptors": 'ulimit -n 20; exec "$@"',
}


@pytest.mark.parametrize("start", STARTS)
def test_it_serves_a_phone_and_ends_in_order(
    bench: BenchNetwork, tmp_path: Path, start: str
) -> None:
    data, sheet = tmp_path / "data", tmp_path / "sheet.csv"
    sheet.write_text(f"mac,decision\n{MAC},approved\n")
    program = [sys.executable, "-m", "pnp_gui", "--data-dir", str(data)]
    program += ["--sheet", str(sheet), "-u", URL]
    with (
        bench.phones.udp_socket((bench.cables[0].phone_ip, 0), device="ph0") as sock,
        (tmp_path / "said").open("wb") as said,
        bench.tool.popen(
            *("bash", "-c", STARTS[start], "bash", *program),
            env=environment(tmp_path),
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
        ) as process,
    ):
        try:
            phone = Phone(sock, MAC)

            def served() -> bool:
                assert process.poll() is None, (tmp_path / "said").read_text()
                phone.ask()
                heard = phone.receive(1.0)
                return heard is not None and heard[0].startswith((b"SIP/2.0 200", b"NOTIFY"))

            wait_until(served, 30, "the phone is served")
            process.send_signal(signal.SIGTERM)
            assert process.wait(timeout=30) == 0
        finally:
            process.kill()
    assert "Traceback" not in (tmp_path / "said").read_text()
    log = data / "pnp-bench.log"
    assert not log.exists() or "Traceback" not in log.read_text()
