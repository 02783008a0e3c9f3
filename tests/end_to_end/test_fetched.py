"""A phone accepts its URL and fetches its file over the cable: row and history say so. Nobody else
gets a byte."""

from __future__ import annotations

from pathlib import Path

from pnp_gui.bench.phones.status import StatusKind, status_of
from pnp_gui.bench.store.store import Store
from tests.end_to_end.program import Program
from tests.end_to_end.simulated_phones import NAMED, SimulatedPhones
from tests.namespace import BenchNetwork, wait_until

URL = "http://${host}:8080/${mac}.htm"
CONTENT = b"<settings/>" * 2_000


def test_what_a_phone_fetches_is_in_its_row(bench: BenchNetwork, tmp_path: Path) -> None:
    served = tmp_path / "served"
    served.mkdir()
    fetches, misses, never = SimulatedPhones(bench, NAMED[:3]).parts
    (served / f"{fetches.mac.lower()}.htm").write_bytes(CONTENT)
    simulated = SimulatedPhones(bench, NAMED[:3])
    sheet = str(simulated.sheet(tmp_path / "sheet.csv"))

    def curl(address: str, name: str) -> tuple[str, int]:
        """The status that curl shows, and how many bytes it got."""
        target = tmp_path / "got"
        target.unlink(missing_ok=True)
        result = bench.phones.run(
            *("curl", "-s", "--interface", address, "-o", str(target), "-w", "%{http_code}"),
            *("--max-time", "10", f"http://{bench.cables[0].tool_ip}:8080/{name}"),
            check=False,
        )
        return result.stdout, target.stat().st_size if target.exists() else 0

    arguments = ("--sheet", sheet, "-u", URL, "--serve", str(served), "--tftp-port", "0")
    with Program(bench.tool, tmp_path, *arguments) as program:
        reports = simulated.run("--seconds", "3")
        assert all(report.served for report in reports)
        own = f"{fetches.mac.lower()}.htm"
        assert curl(bench.cables[0].phone_ip, own) == ("000", 0), "this address never asked"
        said = (
            f"HTTP: {bench.cables[0].phone_ip} asks for files, but no approved phone has asked for "
            "its URL there since the program started; it got nothing (1 such since the last line)"
        )
        wait_until(lambda: said in program.log)
        assert curl(fetches.address[0], own) == ("200", len(CONTENT))
        assert curl(misses.address[0], f"{misses.mac.lower()}.htm")[0] == "404"
        assert program.stop() == 0
    kept = program.kept()
    kinds = [status_of(kept[each.key], 0.0) for each in (fetches, misses, never)]
    assert kinds == [StatusKind.FETCHED, StatusKind.FILE_MISSING, StatusKind.ACCEPTED]
    files = kept[fetches.key].files
    assert files is not None
    assert (files.name, files.size, files.total) == (own, len(CONTENT), 1)
    store = Store.open(program.data)
    told = [(line.key, line.size) for line in store.history() if line.outcome == "fetched"]
    store.close()
    assert told == [(fetches.key, len(CONTENT))]
