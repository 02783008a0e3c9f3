"""What may go wrong while files are served; each is said, survived, and over by itself."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import struct
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.namespace import bench_network, wait_until
from tests.net.serving.conftest import APPROVED, Server, server_of
from tests.net.serving.raw import answer, connected, request, until_closed

LARGE = bytes(range(256)) * 400_000
"""102 MB: more than all buffers on the way."""


@pytest.fixture
def half(server: Server) -> Iterator[socket.socket]:
    """A download that has begun, and waits."""
    (server.folder / "large.bin").write_bytes(LARGE)
    with connected(server.port) as sock:
        sock.sendall(request("/large.bin"))
        assert sock.recv(1000).startswith(b"HTTP/1.1 200 OK")
        yield sock


def replace(path: Path) -> None:
    path.with_name("new").write_bytes(LARGE[::-1])
    path.with_name("new").rename(path)


@pytest.mark.parametrize(
    "change",
    [replace, Path.unlink, lambda path: os.truncate(path, 100)],
    ids=["replaced", "removed", "cut"],
)
def test_a_file_that_changes_is_broken_off(
    server: Server, half: socket.socket, change: Callable[[Path], object]
) -> None:
    change(server.folder / "large.bin")
    rest = until_closed(half)
    assert rest in LARGE
    assert len(rest) < len(LARGE) - 1000
    (fetch,) = server.ended()
    assert (fetch["end"], fetch["complete"]) == ("changed", False)


def test_a_phone_that_resets_is_said_and_forgotten(server: Server, half: socket.socket) -> None:
    half.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    half.close()
    (fetch,) = server.ended()
    assert fetch["end"] == "broken"
    assert server.state()["active"] == 0


def test_phones_that_reset_while_they_wait_to_be_accepted(server: Server) -> None:
    """cpython issue 93821: asyncio's Proactor stops listening for good."""
    os.kill(server.pid, signal.SIGSTOP)
    port = int(server_port(server.pid))
    for _ in range(50):
        sock = socket.create_connection(("127.0.0.1", port), 20, (APPROVED, 0))
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        sock.close()
    os.kill(server.pid, signal.SIGCONT)
    with connected(port) as sock:
        sock.sendall(request("/y000000000000.cfg"))
        assert answer(sock)[0] == 200
    assert not [line for line in server.state()["log"] if line.startswith(("WARN", "ERR"))]


def server_port(pid: int) -> str:
    listening = subprocess.run(["ss", "-Hltnp"], capture_output=True, text=True, check=True)
    line = next(line for line in listening.stdout.splitlines() if f"pid={pid}," in line)
    return line.split()[3].rpartition(":")[2]


def test_a_download_is_reported_while_the_phone_takes_nothing(
    server: Server, half: socket.socket
) -> None:
    begun = server.state()["reports"]
    wait_until(lambda: server.state()["reports"] > begun + 1, 20.0, "two more reports")
    (fetch,) = server.fetches()
    assert fetch["ended"] is None


def test_a_stalled_phone_is_given_up(server: Server, half: socket.socket) -> None:
    assert server.let_time_pass_until_ended()["end"] == "slow"
    assert len(until_closed(half)) < len(LARGE)


def test_idle_and_slow_heads_are_closed(server: Server) -> None:
    with connected(server.port) as idle, connected(server.port) as slow:
        slow.sendall(b"GET /y0000")
        server.do("skew", seconds=16)
        assert until_closed(idle) == b""
        assert until_closed(slow) == b""
    assert server.fetches() == []


def test_a_port_that_is_taken_is_said_and_tried_again(folder: Path) -> None:
    with socket.create_server(("", 0)) as other:
        port = other.getsockname()[1]
        with server_of(folder, http=port) as server:
            said = server.until(lambda state: state["troubles"], "it is said")["troubles"]
            assert said.keys() == {"http_port_busy"}
            sentence = said["http_port_busy"]
            assert f"TCP port {port} is already in use by" in sentence
            assert f"(process {os.getpid()})" in sentence
            other.close()
            state = server.until(lambda state: not state["troubles"], "it is over")
            assert state["http_port"] == port
            with connected(port) as sock:
                sock.sendall(request("/y000000000000.cfg"))
                assert answer(sock)[0] == 200


@pytest.mark.root
def test_a_port_that_needs_rights_is_said(tmp_path: Path) -> None:
    with server_of(tmp_path, "--nobody", http=81) as server:
        said = server.until(lambda state: state["troubles"], "the port is not open")["troubles"]
        assert "TCP port 81 needs administrator rights" in said["http_port_forbidden"]


@pytest.mark.root
def test_a_folder_that_may_not_be_read_is_said(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    with server_of(tmp_path, "--nobody") as server:
        said = server.until(lambda state: state["troubles"], "it is said")["troubles"]
        assert f"not allowed to read the folder {tmp_path}" in said["files_folder"]


def test_a_folder_that_goes_and_comes_back(server: Server) -> None:
    away = server.folder.with_name("away")
    server.folder.rename(away)
    said = server.until(lambda state: state["troubles"], "it is said")["troubles"]
    assert f"{server.folder} does not exist" in said["files_folder"]
    with connected(server.port) as sock:
        sock.sendall(request("/y000000000000.cfg"))
        assert answer(sock)[0] == 503  # not 404: the phone comes again
    away.rename(server.folder)
    server.until(lambda state: not state["troubles"], "it is over")
    with connected(server.port) as sock:
        sock.sendall(request("/y000000000000.cfg"))
        assert answer(sock)[0] == 200


def test_a_folder_that_was_never_there(tmp_path: Path) -> None:
    with server_of(tmp_path / "later") as server:
        server.until(lambda state: "files_folder" in state["troubles"], "it is said")
        (tmp_path / "later").mkdir()
        (tmp_path / "later" / "a").write_bytes(b"content")
        server.until(lambda state: state["files"] == 1 and not state["troubles"], "it is served")
        with connected(server.port) as sock:
            sock.sendall(request("/a"))
            assert answer(sock) == (200, b"content")


def test_our_own_data_is_not_served(folder: Path) -> None:
    with server_of(folder, "--private", str(folder)) as server:
        said = server.until(lambda state: state["troubles"], "it is said")["troubles"]
        assert "own data" in said["files_folder"]
        with connected(server.port) as sock:
            sock.sendall(request("/y000000000000.cfg"))
            assert answer(sock) == (503, b"")


@pytest.mark.root
def test_a_stick_that_is_pulled_out(tmp_path: Path) -> None:
    """Unmounted by force while a file is open, with the mount point left empty, then put back."""
    stick = tmp_path / "stick"
    stick.mkdir()
    mount = ["mount", "-t", "tmpfs", "stick", str(stick)]
    subprocess.run(mount, check=True)
    with server_of(stick) as server:
        try:
            (stick / "large.bin").write_bytes(LARGE)
            server.until(lambda state: state["files"] == 1, "it is read")
            with connected(server.port) as sock:
                sock.sendall(request("/large.bin"))
                assert sock.recv(1000)
                inside = f"--target={server.pid}"
                subprocess.run(["nsenter", inside, "-m", "umount", "-l", str(stick)], check=True)
                with connected(server.port) as other:
                    other.sendall(request("/large.bin"))
                    assert answer(other)[0] == 404
                until_closed(sock)
            server.until(lambda state: state["files"] == 0, "it is empty")
        finally:
            subprocess.run(["umount", "-l", str(stick)], check=False, capture_output=True)
        shutil.rmtree(stick)
        server.until(lambda state: state["troubles"], "it is said")
        stick.mkdir()
        (stick / "a").write_bytes(b"new")
        server.until(lambda state: state["files"] == 1 and not state["troubles"], "it is back")


def test_a_folder_that_hangs_stops_nothing_else(tmp_path: Path, folder: Path) -> None:
    """A named pipe in the place of a network drive: threads that read it wait for ever."""
    with server_of(folder, "--hang") as server:
        state = server.until(lambda state: state["files"] == 4, "it is read")
        passes = state["passes"]
        with connected(server.port) as hanging:
            hanging.sendall(request("/hang.cfg"))
            with connected(server.port) as sock:
                sock.sendall(request("/y000000000000.cfg"))
                assert answer(sock)[0] == 200
            server.until(lambda state: state["passes"] > passes + 100, "the loop goes on")
            server.do("skew", seconds=31)
            assert until_closed(hanging) == b""
        assert {one["name"]: one["end"] for one in server.ended(2)} == {
            "hang.cfg": "failed",
            "y000000000000.cfg": "done",
        }
        server.do("start", folder=str(folder), http=0, tftp=0)
        server.until(lambda state: state["http_port"], "it is served")
        with connected(server.port) as sock:
            sock.sendall(request("/y000000000000.cfg"))
            assert answer(sock)[0] == 200


@pytest.mark.root
def test_a_network_port_that_goes_during_a_download(folder: Path) -> None:
    (folder / "large.bin").write_bytes(LARGE)
    with bench_network() as net, server_of(folder, http=8080, inside=net.tool.command()) as server:
        (cable,) = net.cables
        server.do("approve", address=cable.phone_ip)
        server.until(lambda state: state["files"] == 5, "it is read")
        url = f"http://{cable.tool_ip}:8080/"
        with net.phones.popen(
            "curl", "-s", "--limit-rate", "2M", "-o", "/dev/null", url + "large.bin"
        ) as phone:
            wait_until(lambda: any(one["sent"] for one in server.fetches()), 20, "it has begun")
            cable.delete()
            assert server.let_time_pass_until_ended()["end"] in ("slow", "broken")
            phone.kill()
        cable.create()
        get = ("curl", "-sf", "-m", "2", url + "y000000000000.cfg")
        wait_until(
            lambda: net.phones.run(*get, check=False).returncode == 0, 30, "it is served again"
        )


def test_stop_ends_everything_and_start_begins_anew(server: Server, half: socket.socket) -> None:
    port = server.port
    state = server.do("stop")
    assert not state["serving"]
    assert (state["folder"], state["files"], state["http_port"]) == ("", 0, 0)
    assert len(until_closed(half)) < len(LARGE)
    assert server.ended()[0]["end"] == "stopped"
    with pytest.raises(ConnectionRefusedError), connected(port):
        pass
    server.do("start", folder=str(server.folder / "firmware"), http=port, tftp=0)
    server.until(lambda state: state["files"] == 1, "it is served")
    with connected(port) as sock:
        sock.sendall(request("/y000000000000.cfg"))
        assert answer(sock)[0] == 404
        sock.sendall(request("/snom%20D785.bin"))
        assert answer(sock)[0] == 200
