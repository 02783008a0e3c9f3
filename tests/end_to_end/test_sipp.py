"""Phones played by sipp, a SIP peer that is not ours."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from pnp_gui.pnp.sip_values import GROUP
from tests.end_to_end.program import Program
from tests.namespace import BenchNetwork

SCENARIOS = Path(__file__).with_name("scenarios")
URL = "http://10.13.2.2/sipp/${mac}.cfg"
MACS = {
    "yealink": ["001565a2b001", "001565a2b002", "001565a2b003"],
    "snom": ["000413A2B011", "000413A2B012", "000413A2B013"],
    "unanswered": ["C074ADA2B021", "C074ADA2B022", "C074ADA2B023"],
}
PORTS = {"yealink": 5059, "snom": 3072, "unanswered": 5080}


def sipp(
    bench: BenchNetwork, scenario: str, target: str, folder: Path
) -> subprocess.CompletedProcess[str]:
    """Three calls of a scenario at once."""
    values = folder / "macs.csv"
    values.write_text("SEQUENTIAL\n" + "".join(f"{mac};\n" for mac in MACS[scenario]))
    port = str(PORTS[scenario])
    return bench.phones.run(
        *("sipp", f"{target}:5060", "-sf", str(SCENARIOS / f"{scenario}.xml")),
        *("-inf", str(values), "-i", "10.13.2.20", "-p", port, "-m", "3", "-r", "3", "-l", "3"),
        *("-nostdin", "-timeout", "60", "-timeout_error", "-trace_err", "-trace_msg"),
        *("-error_file", str(folder / "errors.txt"), "-message_file", str(folder / "messages.txt")),
        check=False,
        timeout=90,
        cwd=folder,
        env={"TERM": "dumb", "PATH": "/usr/bin:/bin:/usr/sbin:/sbin"},
    )


@pytest.fixture
def sheet(tmp_path: Path) -> str:
    """Knows and approves the yealink and snom phones alone."""
    path = tmp_path / "sheet.csv"
    macs = [*MACS["yealink"], *MACS["snom"]]
    path.write_text("".join(f"{mac},approved\n" for mac in macs), encoding="utf-8")
    return str(path)


@pytest.mark.parametrize("scenario", list(MACS))
@pytest.mark.parametrize("target", ["10.13.2.2", GROUP])
def test_sipp_is_content(
    bench: BenchNetwork, tmp_path: Path, sheet: str, scenario: str, target: str
) -> None:
    bench.phones.run("ip", "route", "replace", "224.0.0.0/4", "dev", "ph0")
    with Program(bench.tool, tmp_path, "--sheet", sheet, "-u", URL):
        done = sipp(bench, scenario, target, tmp_path)
    errors = tmp_path / "errors.txt"
    said = errors.read_text() if errors.exists() else ""
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr + said
    messages = (tmp_path / "messages.txt").read_text(errors="replace")
    assert messages.count("SUBSCRIBE sip:") >= 3
    # At once; to the phone that thinks first, three times.
    assert messages.count("NOTIFY sip:") == {"yealink": 3, "snom": 9, "unanswered": 0}[scenario]
