"""Another program takes the port while listening is stopped: the window says which, by and by."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.end_to_end.remote_program import RemoteProgram
from tests.namespace import BenchNetwork
from tests.net.phone import Phone
from tests.net.softphone import softphone

MAC = "000413A2105F"


@pytest.mark.parametrize("by", ["mouse", "keyboard", "itself"])
def test_a_port_taken_while_stopped_is_told_and_had_again(
    bench: BenchNetwork, tmp_path: Path, by: str
) -> None:
    sheet = tmp_path / "sheet.csv"
    sheet.write_text(f"{MAC},approved\n")
    with RemoteProgram(bench.tool, tmp_path, "--sheet", str(sheet)) as program:
        listening = program.until(lambda state: state["listening"], "it listens")
        stopped = program.do("toggle")
        assert not stopped["listening"]
        assert not stopped["sockets"]
        with softphone(bench.tool) as pid:
            program.do("toggle")
            state = program.until(lambda state: "port_busy" in state["problems"], "it is said")
            assert not state["listening"]
            assert re.search(
                rf"in use by python\S* \(process {pid}\)", state["problems"]["port_busy"]
            )
            assert state["actions"]["port_busy"] == "Try again"
            if by != "itself":
                # Too early: it says so still, and one line is enough.
                again = program.do("act", code="port_busy", by=by)
                assert again["problems"].keys() == {"port_busy"}
                assert f"(process {pid})" in again["problems"]["port_busy"]
        if by != "itself":
            program.do("act", code="port_busy", by=by)
        state = program.until(lambda state: not state["bar"], "nothing is wrong any more")
        assert state["listen"] == listening["listen"]
        assert len(state["sockets"]) == 1
        with bench.phones.udp_socket((bench.cables[0].phone_ip, 0), device="ph0") as sock:
            assert Phone(sock, MAC).served() == "10.13.2.2"
