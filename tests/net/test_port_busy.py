"""Another program has the UDP port: which one is said, and trying again works."""

from __future__ import annotations

import sys

from tests.namespace import bench_network
from tests.net.conftest import pump_in
from tests.net.phone import Phone
from tests.net.softphone import SOFTPHONE, softphone


def test_a_busy_port_names_the_program_and_try_again_works(options: list[str]) -> None:
    with bench_network() as bench, pump_in(bench.tool, *options) as pump:
        with softphone(bench.tool) as pid:
            state = pump.listen(None)
            assert not state["listening"]
            assert not state["joined"]
            said = state["troubles"]["port_busy"]
            assert "UDP port 5060 is already in use by python" in said
            assert f"(process {pid})" in said
            assert state["actions"]["port_busy"] == "try_again"
        state = pump.listen(None)
        assert state["listening"]
        assert not state["troubles"]


def test_a_softphone_on_one_address_is_noticed_and_not_shared_with(options: list[str]) -> None:
    with bench_network() as bench, pump_in(bench.tool, *options) as pump:
        with softphone(bench.tool, "10.13.2.2") as pid:
            state = pump.listen(None)
            assert not state["listening"]
            assert f"(process {pid})" in state["troubles"]["port_busy"]
        # Nobody has to press anything once it is gone.
        pump.until(lambda state: state["listening"], "listening by itself")
        with bench.phones.udp_socket((bench.cables[0].phone_ip, 0), device="ph0") as sock:
            assert Phone(sock, "000413000000").served() == "10.13.2.2"


def test_a_port_that_is_busy_on_one_cable_is_heard_on_the_other() -> None:
    with bench_network(2) as bench, pump_in(bench.tool) as pump:
        with softphone(bench.tool, device="eth0"):
            state = pump.listen(None)
            assert state["listening"]
            assert list(state["joined"]) == ["eth1"]
            assert "5060 is already in use" in state["troubles"]["port_busy"]
        pump.until(lambda state: len(state["joined"]) == 2, "both are joined")


def test_nobody_can_take_the_port_from_us(options: list[str]) -> None:
    with bench_network() as bench, pump_in(bench.tool, *options) as pump:
        assert pump.listen(None)["listening"]
        arguments = (sys.executable, "-c", SOFTPHONE, "", "5060")
        assert "Address already in use" in bench.tool.run(*arguments, check=False).stderr


def test_another_port_works_beside_it(options: list[str]) -> None:
    with bench_network() as bench, pump_in(bench.tool, *options) as pump, softphone(bench.tool):
        state = pump.listen(None, 5070)
        assert state["listening"]
        assert state["port"] == 5070
        with bench.phones.udp_socket((bench.cables[0].phone_ip, 0), device="ph0") as sock:
            assert Phone(sock, "000413000000").served(port=5070) == "10.13.2.2"
