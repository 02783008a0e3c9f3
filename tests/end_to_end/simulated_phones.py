"""Simulated phones as a process of their own on the phones' side, by their documented command."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pnp_gui.demo.phone import PhoneReport, SimulatedPhone
from pnp_gui.demo.shapes import SHAPES
from pnp_gui.demo.start import make_roster
from tests.end_to_end.program import ROOT
from tests.namespace import BenchNetwork
from tests.phones import ALL_SHAPES, behaviour_of, sheet_of

NAMED = [name for name, shape in SHAPES.items() if shape.sends_mac]
"""Shapes that say their MAC, so that a sheet can know them."""


@dataclass(frozen=True)
class SimulatedPhones:
    """Phones on one cable, with addresses of their own there."""

    bench: BenchNetwork
    shapes: Sequence[str]
    behaviours: Sequence[str] = ("accept",)
    cable: int = 0
    first: int = 100
    """Last byte of the first phone's address."""

    @property
    def parts(self) -> list[SimulatedPhone]:
        return make_roster(
            len(self.shapes),
            first_address=self.first_address,
            shapes=[ALL_SHAPES[name] for name in self.shapes],
            behaviours=[behaviour_of(words) for words in self.behaviours],
        )

    @property
    def first_address(self) -> str:
        return f"{self.subnet}.{self.first}"

    @property
    def subnet(self) -> str:
        return self.bench.cables[self.cable].phone_ip.rpartition(".")[0]

    def sheet(self, path: Path, decision: str = "approved") -> Path:
        """A sheet with a decision about them all."""
        path.write_text(sheet_of(self.parts, decision), encoding="utf-8")
        return path

    def start(self, *arguments: str, url: str = "") -> subprocess.Popen[str]:
        """Let them ask the group by multicast; `finish` gives what became of them."""
        cable = self.bench.cables[self.cable]
        for part in self.parts:
            try:
                self.bench.phones.add_address(cable.phone_port, f"{part.address[0]}/24")
            except AssertionError as error:
                if not re.search("exists|already assigned", str(error)):
                    raise
        started: subprocess.Popen[Any] = self.bench.phones.popen(
            *(sys.executable, "-m", "tests.phones", "--json"),
            *("--phones", str(len(self.shapes)), "--shapes", ",".join(self.shapes)),
            *("--behaviour", ",".join(self.behaviours)),
            *("--first-address", self.first_address, "--interface-address", cable.phone_ip),
            *("--expect-from", cable.tool_ip),
            *(("--expect-url", url) if url else ()),
            *arguments,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        return started

    def finish(self, started: subprocess.Popen[str], timeout: float = 90.0) -> list[PhoneReport]:
        """Wait for the phones' end."""
        try:
            output, errors = started.communicate(timeout=timeout)
        finally:
            started.kill()
            started.wait()
        assert started.returncode in (0, 1), errors
        return [PhoneReport(**report) for report in json.loads(output)]

    def run(self, *arguments: str, url: str = "") -> list[PhoneReport]:
        """Start and finish."""
        return self.finish(self.start(*arguments, url=url))


def sheet_for(tmp_path: Path, *groups: SimulatedPhones) -> str:
    """One sheet that approves all these phones."""
    whole = tmp_path / "sheet.csv"
    texts = [simulated.sheet(tmp_path / "one.csv").read_text() for simulated in groups]
    whole.write_text(texts[0] + "".join(text.partition("\n")[2] for text in texts[1:]))
    return str(whole)
