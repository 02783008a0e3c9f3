"""What is exported on Windows, where the C library is another."""

from __future__ import annotations

from tests.end_to_end.program import ROOT
from tests.namespace import BenchNetwork
from tests.windows.exe import run_windows, windows_path

HEAD = """
import sys
sys.path.insert(0, sys.argv[1])
from pnp_gui.bench.export.report_page import report_page
from pnp_gui.system.steps import finished
head = dict(program="", site="", technician="", around=(), made_at=1e9)
print(finished(report_page([], **head)).above)
"""


def test_the_zone_of_utc_has_a_plus(bench: BenchNetwork, display: str) -> None:
    """ "-0000" means that the zone is not known (RFC 3339, 4.3)."""
    done = run_windows(bench.tool, display, "python", "-c", HEAD, windows_path(ROOT))
    assert "2001-09-09 01:46:40 +0000" in done.stdout, done.stdout
