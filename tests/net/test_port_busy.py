"""Another program has the UDP port: which one is said, and trying again works."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tests.namespace import Namespace, bench_network
from tests.net.conftest import pump_in
from tests.net.phone import Phone

SOFTPHONE = """
import socket, sys
sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
if sys.argv[3:]:
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, sys.argv[3].encode())
sock.bind((sys.argv[1], int(sys.argv[2])))
print("bound", flush=True)
sys.stdin.read()
"""


@contextmanager
def softphone(
    namespace: Namespace, address: str = "", port: int = 5060, device: str = ""
) -> Iterator[int]:
    """A program that has the port; its process id."""
    arguments = [address, str(port), *([device] if device else [])]
    with namespace.popen(
        *(sys.executable, "-c", SOFTPHONE, *arguments),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "bound\n"
        try:
            yield process.pid
        finally:
            process.communicate("")


def test_a_busy_port_names_the_program_and_try_again_works(options: list[str]) -> None:
    with bench_network() as bench, pump_in(bench.tool, *options) as pump:
        with softphone(bench.tool) as pid:
            state = pump.listen(None)
            assert not state["listening"]
            assert not state["joined"]
            said = state["troubles"]["port_busy"]
            assert "UDP port 5060 is already used by python" in said
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
            assert "5060 is already used" in state["troubles"]["port_busy"]
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
