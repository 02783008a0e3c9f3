"""Real TFTP clients over a cable: curl, tftp-hpa, atftp and busybox."""

from __future__ import annotations

import random
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.end_to_end.capture import Capture
from tests.files.tftp_client import rrq
from tests.namespace import BenchNetwork, bench_network
from tests.net.serving.conftest import Server, server_of
from tests.net.serving.lossy_line import LossyLine
from tests.net.serving.test_tftp import free_port

SIZES = (0, 1, 511, 512, 513, 1428, 100_000)
ROLLS_OVER = 70 * 1024 * 1024
APPROVED, STRANGER = "10.13.2.20", "10.13.2.21"

Command = Callable[[str, int, str, str], list[str]]
CLIENTS: dict[str, Command] = {
    "curl": lambda host, port, name, to: [
        *("curl", "-sS", "-m", "60", "-o", to, f"tftp://{host}:{port}/{name}")
    ],
    "curl, large blocks": lambda host, port, name, to: [
        *("curl", "-sS", "-m", "60", "--tftp-blksize", "1428", "-o", to),
        f"tftp://{host}:{port}/{name}",
    ],
    "curl, no options": lambda host, port, name, to: [
        *("curl", "-sS", "-m", "60", "--tftp-no-options", "-o", to),
        f"tftp://{host}:{port}/{name}",
    ],
    "tftp-hpa": lambda host, port, name, to: [
        *("tftp", "-m", "binary", host, str(port), "-c", "get", name, to)
    ],
    "atftp": lambda host, port, name, to: ["atftp", "-g", "-r", name, "-l", to, host, str(port)],
    "atftp, windows": lambda host, port, name, to: [
        *("atftp", "--option", "windowsize 8", "--option", "blksize 1428", "--option", "tsize 0"),
        *("--option", "timeout 1", "-g", "-r", name, "-l", to, host, str(port)),
    ],
    "busybox": lambda host, port, name, to: [
        *("busybox", "tftp", "-g", "-r", name, "-l", to, host, str(port))
    ],
    "busybox, large blocks": lambda host, port, name, to: [
        *("busybox", "tftp", "-b", "1428", "-g", "-r", name, "-l", to, host, str(port))
    ],
}


@pytest.fixture
def bench() -> Iterator[BenchNetwork]:
    with bench_network() as made:
        yield made


@pytest.fixture
def files(tmp_path: Path) -> Path:
    made = tmp_path / "served"
    made.mkdir()
    for size in SIZES:
        (made / f"{size}.rom").write_bytes(random.Random(size).randbytes(size))
    return made


def fetch(bench: BenchNetwork, client: str, host: str, name: str, to: Path, port: int = 69) -> str:
    """Run a client on the phones' side; what it said."""
    command = CLIENTS[client](host, port, name, str(to))
    done = bench.phones.run(*command, check=False, timeout=120)
    return done.stdout + done.stderr


@pytest.mark.parametrize("client", CLIENTS)
def test_the_right_bytes_come(
    bench: BenchNetwork, files: Path, tmp_path: Path, client: str
) -> None:
    host = bench.cables[0].tool_ip
    with server_of(files, tftp=69, inside=bench.tool.command()) as server:
        server.until(lambda state: state["files"] == len(SIZES), "the folder is read")
        for size in SIZES:
            said = fetch(bench, client, host, f"{size}.rom", tmp_path / "got")
            assert (tmp_path / "got").read_bytes() == (files / f"{size}.rom").read_bytes(), said
            (tmp_path / "got").unlink()
        fetches = server.ended(len(SIZES))
        assert all(each["complete"] for each in fetches)
        assert {each["local"][0] for each in fetches} == {host}
        said = fetch(bench, client, host, "none.rom", tmp_path / "got")
        (missing,) = server.ended(len(SIZES) + 1)[len(SIZES) :]
        assert missing["status"] == 404, said


@pytest.mark.slow
@pytest.mark.parametrize("client", ["curl", "tftp-hpa", "atftp", "busybox", "atftp, windows"])
def test_block_numbers_go_on_after_65535(
    bench: BenchNetwork, files: Path, tmp_path: Path, client: str
) -> None:
    content = random.Random(1).randbytes(ROLLS_OVER)
    (files / "large.rom").write_bytes(content)
    with server_of(files, tftp=69, inside=bench.tool.command()) as server:
        server.until(lambda state: state["files"], "the folder is read")
        said = fetch(bench, client, bench.cables[0].tool_ip, "large.rom", tmp_path / "got")
        assert (tmp_path / "got").read_bytes() == content, said
        assert server.ended()[0]["complete"]


def test_nothing_is_written(bench: BenchNetwork, files: Path, tmp_path: Path) -> None:
    (tmp_path / "new").write_bytes(b"x")
    host = bench.cables[0].tool_ip
    with server_of(files, tftp=69, inside=bench.tool.command()) as server:
        server.until(lambda state: state["files"], "the folder is read")
        for command in (
            ["curl", "-sS", "-m", "20", "-T", str(tmp_path / "new"), f"tftp://{host}/new"],
            ["tftp", "-m", "binary", host, "-c", "put", str(tmp_path / "new"), "new"],
        ):
            done = bench.phones.run(*command, check=False)
            assert "2" in done.stdout + done.stderr or done.returncode
        assert [each["status"] for each in server.ended(2)] == [403, 403]
    assert not (files / "new").exists()


def test_a_stranger_gets_no_packet(bench: BenchNetwork, files: Path, tmp_path: Path) -> None:
    """Captured on the cable, from the first SUBSCRIBE-less request to the last."""
    cable = bench.cables[0]
    bench.phones.remove_address(cable.phone_port, cable.phone_address)
    bench.phones.add_address(cable.phone_port, f"{STRANGER}/24")
    with server_of(files, tftp=69, inside=bench.tool.command()) as server:
        server.until(lambda state: state["files"], "the folder is read")
        with Capture(bench.phones, cable.phone_port, tmp_path / "cable.pcap") as capture:
            clients = [
                bench.phones.popen(
                    *CLIENTS[client](cable.tool_ip, 69, "512.rom", str(tmp_path / client)),
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                )
                for client in CLIENTS
            ]
            server.until(
                lambda state: state["refused"] > len(CLIENTS), "all of them ask, some again"
            )
            for each in clients:
                each.kill()
                each.wait()
        refused = server.state()["refused"]
        assert server.fetches() == []
    assert capture.count(f"ip.dst == {STRANGER}") == 0
    assert capture.count(f"ip.src == {STRANGER} && udp") == refused
    files_got = [path for client in CLIENTS if (path := tmp_path / client).exists()]
    assert not any(path.read_bytes() for path in files_got)


def test_answers_come_from_the_address_that_was_asked(
    bench: BenchNetwork, files: Path, tmp_path: Path
) -> None:
    bench.tool.add_address(bench.cables[0].tool_port, "10.13.2.7/24")
    with server_of(files, tftp=69, inside=bench.tool.command()) as server:
        server.until(lambda state: state["files"], "the folder is read")
        fetch(bench, "atftp", "10.13.2.7", "513.rom", tmp_path / "got")
        assert (tmp_path / "got").read_bytes() == (files / "513.rom").read_bytes()
        assert server.ended()[0]["local"][0] == "10.13.2.7"


def test_each_of_two_ports_in_one_subnet_answers_for_itself(files: Path, tmp_path: Path) -> None:
    with (
        bench_network(cables=2, one_subnet=True) as bench,
        server_of(files, tftp=69, inside=bench.tool.command()) as server,
    ):
        server.until(lambda state: state["files"], "the folder is read")
        second = bench.cables[1]
        with Capture(bench.phones, second.phone_port, tmp_path / "cable.pcap") as capture:
            phone = bench.phones.udp_socket((APPROVED, 0), device=second.phone_port)
            phone.sendto(rrq("513.rom"), (second.tool_ip, 69))
            packet, source = phone.recvfrom(600)
            phone.close()
        assert packet[:4] == b"\0\3\0\1"
        assert source[0] == second.tool_ip
        assert capture.count(f"ip.src == {second.tool_ip}") >= 1


def test_a_request_to_everybody_is_passed_over(
    bench: BenchNetwork, files: Path, tmp_path: Path
) -> None:
    cable = bench.cables[0]
    with server_of(files, tftp=69, inside=bench.tool.command()) as server:
        server.until(lambda state: state["files"], "the folder is read")
        with Capture(bench.phones, cable.phone_port, tmp_path / "cable.pcap") as capture:
            phone = bench.phones.udp_socket((APPROVED, 0))
            phone.setsockopt(1, 6, 1)  # SO_BROADCAST
            phone.sendto(rrq("513.rom"), ("10.13.2.255", 69))
            phone.close()
            fetch(bench, "atftp", cable.tool_ip, "1.rom", tmp_path / "got")
        assert [each["name"] for each in server.ended()] == ["1.rom"]
    assert capture.count("udp && ip.dst == 10.13.2.255") == 1


@pytest.mark.slow
@pytest.mark.parametrize("client", ["tftp-hpa", "atftp", "atftp, windows", "busybox"])
def test_the_right_bytes_come_over_a_bad_line(
    server_on_loopback: Server, files: Path, tmp_path: Path, client: str
) -> None:
    port = server_on_loopback.state()["tftp_port"]
    with LossyLine(("127.0.0.1", port), "127.0.0.2", loss=0.02, seed=5) as line:
        command = CLIENTS[client](*line.address, "100000.rom", str(tmp_path / "got"))
        done = subprocess.run(command, capture_output=True, timeout=120, check=False)
    assert (tmp_path / "got").read_bytes() == (files / "100000.rom").read_bytes(), done
    assert line.lost


@pytest.fixture
def server_on_loopback(files: Path) -> Iterator[Server]:
    with server_of(files, tftp=free_port()) as made:
        made.until(lambda state: state["files"], "the folder is read")
        yield made
