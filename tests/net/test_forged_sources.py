"""Datagrams with a source that can be no phone's draw nothing."""

from __future__ import annotations

import socket
import struct
from functools import partial

import pytest

from tests.namespace import bench_network
from tests.net.conftest import pump_in
from tests.net.phone import subscribe

TOOL = "10.13.2.2"


def forge(source: str, port: int) -> None:
    """A SUBSCRIBE to the tool, as if from there."""
    data = subscribe("000413000001", source, port)
    udp = struct.pack("!HHHH", port, 5060, 8 + len(data), 0) + data
    head = struct.pack(
        "!BBHHHBBH4s4s",
        *(0x45, 0, 20 + len(udp), 0, 0, 64, socket.IPPROTO_UDP, 0),
        *(socket.inet_aton(source), socket.inet_aton(TOOL)),
    )
    with socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW) as raw:
        raw.sendto(head + udp, (TOOL, 0))


@pytest.mark.parametrize(
    ("source", "port", "local"),
    [
        ("10.13.2.255", 5060, False),
        (TOOL, 5060, True),
        ("127.0.0.5", 5059, True),
    ],
)
def test_a_forged_source_is_passed_over(
    options: list[str], source: str, port: int, local: bool
) -> None:
    with bench_network() as bench, pump_in(bench.tool, *options) as pump:
        pump.listen(None)
        side = bench.tool if local else bench.phones
        side.inside(partial(forge, source, port))
        state = pump.until(lambda state: state["elsewhere"] == 1, "it was passed over")
        assert (state["heard"], state["sent"]) == (0, 0)
        assert not state["troubles"]
        # One of this computer, at another port, may be a softphone.
        bench.tool.inside(partial(forge, TOOL, 5059))
        pump.until(lambda state: state["heard"] == 1, "it was heard")
