"""Two addresses with one approved MAC on a real cable: the second hears nothing until A."""

from __future__ import annotations

import socket
import time
from pathlib import Path

import pytest

from pnp_gui.demo.check import SentSubscribe, check_notify, check_ok
from pnp_gui.demo.phone import response_to
from pnp_gui.pnp.sip_values import GROUP
from tests.end_to_end.capture import Capture
from tests.end_to_end.program import Program
from tests.end_to_end.simulated_phones import SimulatedPhones
from tests.namespace import BenchNetwork, wait_until
from tests.screen import window_has_focus, xdotool

URL = "http://10.13.2.2/${mac}.xml?i=${ip}"
OURS = ("10.13.2.2", 5060)
OTHER_IP = "10.13.2.77"
LOOKED_AT_SECONDS = 1.5
"""A person has to have seen the conflict: what is pressed in its first second does not count."""


def answers(phone: socket.socket, subscribe: bytes, source: tuple[str, int]) -> bytes:
    """Ask, and check the 200 and the NOTIFY that come of it; the NOTIFY."""
    phone.sendto(subscribe, (GROUP, 5060))
    ok, responder = phone.recvfrom(65535)
    notify, _ = phone.recvfrom(65535)
    asked = SentSubscribe(subscribe, source, OURS)
    assert check_ok(ok, responder, asked) == []
    assert check_notify(notify, responder, asked, ok) == []
    assert notify.endswith(f"?i={source[0]}".encode())
    return notify


def test_a_second_address_gets_no_byte_until_the_technician_says_so(
    bench: BenchNetwork, tmp_path: Path, display: str
) -> None:
    simulated = SimulatedPhones(bench, ["htek"], first=20)
    sheet = str(simulated.sheet(tmp_path / "sheet.csv"))
    bench.phones.run("ip", "address", "replace", f"{OTHER_IP}/24", "dev", "ph0")
    part = simulated.parts[0]
    own, other = part.address, (OTHER_IP, part.shape.port)
    request = part.shape.subscribe(part.mac, own[0], own[1], "real", 1)
    claim = part.shape.subscribe(part.mac, other[0], other[1], "claim", 1)
    capture = Capture(bench.phones, "ph0", tmp_path / "conflict.pcap")
    with (
        Program(bench.tool, tmp_path, "--sheet", sheet, "-u", URL, display=display) as program,
        bench.phones.udp_socket(own, device="ph0") as phone,
        bench.phones.udp_socket(other, device="ph0") as double,
    ):
        with capture:
            notify = answers(phone, request, own)
            # The NOTIFY is on its way again and again while the double does what it can.
            for number in range(3):
                double.sendto(claim, (GROUP, 5060))
                double.sendto(response_to(notify, 481, "No"), OURS)
                again, _ = phone.recvfrom(65535)
                assert again == notify, number
            phone.sendto(response_to(notify, 200, "OK"), OURS)
            double.sendto(claim, OURS)
            double.settimeout(LOOKED_AT_SECONDS)
            with pytest.raises(TimeoutError):
                double.recvfrom(65535)
            # It is served as before, and nothing but the answers to its own request came.
            second = part.shape.subscribe(part.mac, own[0], own[1], "real-2", 2)
            phone.sendto(response_to(answers(phone, second, own), 200, "OK"), OURS)
        assert capture.count(f"ip.src == 10.13.2.2 && ip.dst == {OTHER_IP}") == 0
        wait_until(lambda: window_has_focus(display), 30, "the window has the focus")
        double.sendto(claim, (GROUP, 5060))
        time.sleep(LOOKED_AT_SECONDS)
        xdotool(display, "key", "ctrl+a")
        xdotool(display, "key", "a")
        double.settimeout(20)
        ok, responder = double.recvfrom(65535)
        moved, _ = double.recvfrom(65535)
        asked = SentSubscribe(claim, other, OURS)
        assert check_ok(ok, responder, asked) == []
        assert check_notify(moved, responder, asked, ok) == []
        double.sendto(response_to(moved, 200, "OK"), OURS)
        phone.sendto(second, (GROUP, 5060))
        phone.settimeout(LOOKED_AT_SECONDS)
        with pytest.raises(TimeoutError):
            phone.recvfrom(65535)
        assert program.stop() == 0
    kept = program.kept()[part.key]
    assert kept.address == OTHER_IP
