"""Files of a folder for approved phones alone: the whole program, on a real cable."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.end_to_end.capture import Capture
from tests.end_to_end.remote_program import RemoteProgram
from tests.end_to_end.simulated_phones import SimulatedPhones
from tests.namespace import BenchNetwork, wait_until

URL = "http://${host}:8080/${mac}.cfg"
CONTENT = b"account.1.enable = 1\n" * 900


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "served"
    made.mkdir()
    return made


def test_an_approved_phone_gets_its_file_and_no_other_address_a_byte(
    bench: BenchNetwork, tmp_path: Path, folder: Path
) -> None:
    simulated = SimulatedPhones(bench, ["snom", "yealink"])
    approved, stranger = simulated.parts
    lines = simulated.sheet(tmp_path / "all.csv").read_text().splitlines()
    sheet = tmp_path / "sheet.csv"
    sheet.write_text("\n".join((*lines[:-1], "")))
    file = folder / f"{approved.mac.lower()}.cfg"
    file.write_bytes(CONTENT)
    url = f"http://10.13.2.2:8080/{file.name}"

    def curl(address: str, what: str) -> tuple[int, bytes]:
        got = tmp_path / "got"
        got.unlink(missing_ok=True)
        command = ("curl", "-s", "-m", "8", "--interface", address, "-o", str(got), what)
        status = bench.phones.run(*command, check=False).returncode
        return status, got.read_bytes() if got.exists() else b""

    capture = Capture(bench.phones, "ph0", tmp_path / "files.pcap", "udp or icmp or tcp")
    arguments = ("--sheet", str(sheet), "-u", URL, "--serve", str(folder))
    with capture, RemoteProgram(bench.tool, tmp_path, *arguments) as program:
        before = curl(approved.address[0], url)
        assert before[1] == b""
        asking = simulated.start("--seconds", "60", url=url)
        program.until(
            lambda state: state["statuses"].get(approved.key, "").startswith("Accepted"),
            "the phone took its URL",
            60,
        )
        tftp = f"tftp://10.13.2.2/{file.name}"
        for what in (url, tftp):
            assert curl(approved.address[0], what) == (0, CONTENT)
            status, got = curl(stranger.address[0], what)
            assert status != 0
            assert got == b""
        state = program.until(
            lambda state: state["statuses"][approved.key].startswith("Fetched"),
            "the window says that it has its file",
        )
        assert f"Serving {folder}  ·  1 file  ·  http://10.13.2.2:8080/" in state["serving"]
        assert "requests from others not answered" in state["serving"]
        asking.kill()
        asking.communicate()
        assert program.stop() == 0
    theirs = f"ip.dst == {stranger.address[0]}"
    assert capture.count(f"{theirs} && (udp || tcp.len > 0)") == 0
    assert capture.count(f"ip.src == {stranger.address[0]} && tcp.port == 8080") > 0


def test_a_port_that_is_taken_and_a_folder_that_goes_are_said_and_end_by_themselves(
    bench: BenchNetwork, tmp_path: Path, folder: Path
) -> None:
    hold = "import socket,time;s=socket.create_server(('',8080));print(flush=True);time.sleep(99)"
    other = bench.tool.popen(sys.executable, "-c", hold, stdout=-1)
    try:
        assert other.stdout is not None
        other.stdout.readline()
        arguments = ("--serve", str(folder), "--tftp-port", "0")
        with RemoteProgram(bench.tool, tmp_path, *arguments) as program:
            said = program.wait_for_bar("TCP port 8080 is already in use by")
            assert f"(process {other.pid})" in said
            other.kill()
            program.wait_for_no_bar()
            folder.rename(tmp_path / "elsewhere")
            program.wait_for_bar(f"The folder {folder} does not exist")
            (tmp_path / "elsewhere").rename(folder)
            program.wait_for_no_bar()
            wait_until(lambda: program.state()["serving"], 10)
            assert program.stop() == 0
    finally:
        other.kill()
        other.communicate()
