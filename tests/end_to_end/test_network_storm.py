"""The network goes and comes in every way while hundreds of phones ask: all are served, and
nothing is doubled."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.end_to_end.remote_program import RemoteProgram
from tests.namespace import BenchNetwork, bench_network
from tests.net.conftest import pump_in
from tests.net.phone_switch import SWITCH, PhoneSwitch
from tests.net.storm import Storm, mac_of

PHONES = 300


@contextmanager
def stormy(bench: BenchNetwork) -> Iterator[tuple[PhoneSwitch, Storm]]:
    """Phones that ask without pause until the block ends; then they are judged."""
    switch = PhoneSwitch(bench, PHONES)
    storm = Storm(bench.phones, switch.addresses, SWITCH)
    storm.start()
    try:
        yield switch, storm
    finally:
        storm.end(30.0)
    requests = storm.requests
    assert [fault for request in requests for fault in request.faults()] == []
    assert sum(phone.given_up for phone in storm.phones) == 0
    assert [request for request in requests if not request.served] == []
    assert all(phone.requests for phone in storm.phones)


def some_are_served(storm: Storm, state: Callable[[], Any], after: str = "") -> None:
    """Go on when every phone could have been served again, after the fault."""
    before = storm.served
    end = time.monotonic() + 40
    while storm.served < before + PHONES:
        assert time.monotonic() < end, f"{storm.served - before} served after {after}: {state()}"
        time.sleep(0.1)


def every_fault(
    bench: BenchNetwork, switch: PhoneSwitch, said: Callable[[str], Any]
) -> Iterator[str]:
    """One after the other; each is over when the next one is asked for. `said` waits until the
    program tells of a trouble by its code."""
    tool, cable = bench.tool, bench.cables[0]
    port = cable.tool_port
    cable.pull()
    said("interface_down")
    cable.plug()
    yield "cable out and in at the far end"
    tool.link(port, up=False)
    said("interface_down")
    tool.link(port, up=True)
    yield "port off and on at the near end"
    tool.link(port, up=False)
    tool.link(port, up=True)
    yield "off and on between two looks"
    tool.remove_address(port, "10.13.2.2/16")
    said("interface_no_address")
    tool.add_address(port, "10.13.2.3/16")
    yield "another address after a while"
    tool.remove_address(port, "10.13.2.3/16")
    tool.add_address(port, "10.13.2.2/16")
    yield "another address between two looks"
    cable.delete()
    said("interface_missing")
    switch.recreate()
    yield "adapter out and in again"
    cable.delete()
    switch.recreate()
    yield "out and in between two looks"
    tool.add_address(port, "10.99.9.2/24")
    tool.add_address(port, "10.13.2.4/16")
    yield "two more addresses"
    tool.remove_address(port, "10.99.9.2/24")
    tool.remove_address(port, "10.13.2.4/16")
    yield "and gone"


def test_the_whole_program_comes_through_every_fault_of_the_network(tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.csv"
    sheet.write_text("".join(f"{mac_of(number)},approved\n" for number in range(PHONES)))
    with (
        bench_network() as bench,
        RemoteProgram(bench.tool, tmp_path, "-i", "eth0", "--sheet", str(sheet)) as program,
    ):
        before = program.until(lambda state: state["listening"], "it listens")
        assert not before["problems"]
        with stormy(bench) as (switch, storm):
            some_are_served(storm, program.state)

            def said(code: str) -> None:
                program.until(lambda state: code in state["problems"], f"{code} in the bar")

            for fault in every_fault(bench, switch, said):
                some_are_served(storm, program.state, fault)
        after = program.until(lambda state: not state["bar"], "nothing is wrong any more")
        assert not after["problems"]
        assert after["joined"] == before["joined"] == {"eth0": "10.13.2.2"}
        assert after["listen"] == before["listen"]
        assert (len(after["sockets"]), after["notifiers"]) == (1, 1)
        assert after["rows"] == PHONES
        assert f"{PHONES} accepted" in after["counts"]
        # The thread that saves begins with the first phone, and the file's log with the first line.
        after = program.until(lambda state: state["answering"] == 0, "nobody is waited for")
        # The mark of a start under way is closed once the window stands.
        assert after["descriptors"] <= before["descriptors"], "descriptors are left over"
        assert "internal" not in program.log_file


def test_one_shared_socket_comes_through_them_too() -> None:
    """As Windows has it."""
    with bench_network() as bench, pump_in(bench.tool, "--shared") as pump:
        pump.listen(["eth0"])
        with stormy(bench) as (switch, storm):
            some_are_served(storm, pump.state)

            def said(code: str) -> None:
                pump.until(lambda state: code in state["troubles"], code)

            for fault in every_fault(bench, switch, said):
                some_are_served(storm, pump.state, fault)
        state = pump.until(lambda state: not state["troubles"], "nothing is wrong any more")
        assert state["joined"] == {"eth0": "10.13.2.2"}
        assert state["listening"]
