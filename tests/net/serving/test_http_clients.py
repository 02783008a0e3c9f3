"""Real clients fetch from a real server: whole files, parts, refusals; strangers get nothing."""

from __future__ import annotations

import http.client
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.files.conftest import SECRET, furnish
from tests.files.ways_out import FORBIDDEN, NOT_THERE
from tests.namespace import wait_until
from tests.net.serving.conftest import APPROVED, STRANGER, Server, server_of
from tests.net.serving.raw import answer, connected, request, until_closed


def run(*command: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(command, capture_output=True, timeout=60, check=False)


def curl(server: Server, name: str, *options: str, source: str = APPROVED) -> bytes:
    done = run("curl", "-sS", "--fail", "--interface", source, *options, server.url(name))
    assert done.returncode == 0, done.stderr
    return done.stdout


NAMES = ("cfg000413aabbcc.xml", "y000000000000.cfg", "empty.cfg", "firmware/snom%20D785.bin")


@pytest.mark.parametrize("name", NAMES)
def test_curl_wget_and_busybox_get_the_file(server: Server, tmp_path: Path, name: str) -> None:
    content = (server.folder / name.replace("%20", " ")).read_bytes()
    assert curl(server, name) == content
    assert curl(server, name, "--http1.0") == content
    assert curl(server, name, "--compressed", "-H", "Accept-Encoding: br") == content
    into = tmp_path / "wget"
    run("wget", "-q", f"--bind-address={APPROVED}", "-O", str(into), server.url(name))
    assert into.read_bytes() == content
    into = tmp_path / "busybox"
    server.do("approve", address="127.0.0.1")  # it cannot choose its own
    run("busybox", "wget", "-q", "-O", str(into), server.url(name))
    assert into.read_bytes() == content
    fetches = server.ended(5)
    assert all(fetch["complete"] and fetch["sent"] == len(content) for fetch in fetches)
    assert {fetch["agent"].split("/")[0] for fetch in fetches} == {"curl", "Wget"}


def test_many_files_on_one_connection(server: Server) -> None:
    connection = http.client.HTTPConnection(
        "127.0.0.1", server.port, source_address=(APPROVED, 0), timeout=20
    )
    sockets = set()
    for name in (*NAMES, "none.cfg", *NAMES):
        connection.request("GET", f"/{name}")
        sockets.add(connection.sock)
        response = connection.getresponse()
        path = server.folder / name.replace("%20", " ")
        assert response.read() == (path.read_bytes() if path.exists() else b"")
        assert response.status == (200 if path.exists() else 404)
    assert len(sockets) == 1
    connection.close()


def test_an_interrupted_download_is_resumed(server: Server, tmp_path: Path) -> None:
    content = (server.folder / "firmware" / "snom D785.bin").read_bytes()
    into = tmp_path / "part"
    into.write_bytes(content[:1_000_000])
    curl(server, NAMES[3], "-C", "-", "-o", str(into))
    assert into.read_bytes() == content
    into.write_bytes(content[:1_000_001])
    run("wget", "-q", "-c", f"--bind-address={APPROVED}", "-O", str(into), server.url(NAMES[3]))
    assert into.read_bytes() == content
    assert [fetch["status"] for fetch in server.ended(2)] == [206, 206]


def test_curl_asks_only_for_what_is_new(server: Server, tmp_path: Path) -> None:
    tag = tmp_path / "tag"
    assert curl(server, NAMES[0], "--etag-save", str(tag))
    assert curl(server, NAMES[0], "--etag-compare", str(tag)) == b""
    assert [fetch["status"] for fetch in server.ended(2)] == [200, 304]
    assert server.fetches()[1]["complete"]


def test_the_same_bytes_as_the_standard_librarys_server(server: Server) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    beside = subprocess.Popen(
        [sys.executable, "-m", "http.server", str(port), "--directory", str(server.folder)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    with beside:
        try:
            wait_until(
                lambda: run("curl", "-s", f"127.0.0.1:{port}").returncode == 0, 20, "it runs"
            )
            for name in NAMES:
                with urlopen(f"http://127.0.0.1:{port}/{name}", timeout=20) as response:
                    assert curl(server, name) == response.read()
                    theirs = response.headers
                ours = curl(server, name, "-I").decode().lower()
                for field in ("content-length", "last-modified"):
                    assert f"{field}: {theirs[field]}".lower() in ours
        finally:
            beside.kill()


def test_only_get_and_head(server: Server) -> None:
    for method in ("POST", "PUT", "DELETE", "OPTIONS", "PROPFIND"):
        with connected(server.port) as sock:
            sock.sendall(request("/new.cfg", "Content-Length: 4", method=method) + b"evil")
            assert until_closed(sock).startswith(b"HTTP/1.1 405 ")
    assert not (server.folder / "new.cfg").exists()


@pytest.fixture
def furnished_server(tmp_path: Path) -> Iterator[Server]:
    with server_of(furnish(tmp_path)) as made:
        made.until(lambda state: state["files"] == 3, "the folder is read")
        yield made


def test_nothing_leads_out_of_the_folder(furnished_server: Server) -> None:
    targets = [*FORBIDDEN, *NOT_THERE]
    assert len(targets) > 60
    for target in targets:
        with connected(furnished_server.port) as sock:
            sock.sendall(request(target, "Connection: close"))
            got = until_closed(sock)
        assert got.startswith((b"HTTP/1.1 404 ", b"HTTP/1.1 400 ")), target
        assert got.endswith(b"\r\n\r\n")
        assert SECRET not in got
    with connected(furnished_server.port) as sock:
        sock.sendall(request("/inside.txt"))
        assert answer(sock) == (200, b"inside")


def test_a_stranger_gets_not_one_byte(server: Server) -> None:
    name = NAMES[0]
    for client in (
        ("curl", "-sS", "--interface", STRANGER, server.url(name)),
        ("wget", "-q", "-t", "1", f"--bind-address={STRANGER}", "-O", "-", server.url(name)),
        ("busybox", "wget", "-q", "-O", "-", server.url(name)),  # from 127.0.0.1
    ):
        done = run(*client)
        assert done.returncode != 0
        assert done.stdout == b""
    for data in (b"", b"\x16\x03", request(f"/{name}")):
        with suppress(ConnectionResetError), connected(server.port, STRANGER) as sock:
            sock.sendall(data)
            assert until_closed(sock) == b""
    state = server.until(lambda state: state["refused"] == 6, "all are counted")
    assert len([line for line in state["log"] if "approved" in line]) == 1
    assert server.fetches() == []


def test_a_phone_that_is_not_approved_any_more_gets_nothing_more(server: Server) -> None:
    (server.folder / "huge.bin").write_bytes(bytes(50_000_000))
    with connected(server.port) as idle, connected(server.port) as sock:
        sock.sendall(request("/huge.bin"))
        assert sock.recv(1000).startswith(b"HTTP/1.1 200 OK")
        server.do("withdraw", address=APPROVED)
        (fetch,) = server.ended()  # at once, though the phone takes nothing
        assert until_closed(idle) == b""
        assert len(until_closed(sock)) < 49_000_000
    assert fetch["end"] == "stopped"
    assert fetch["sent"] < fetch["size"]
    assert server.state()["active"] == 0
    # It may be reset before it is known to be there.
    with suppress(ConnectionResetError), connected(server.port) as sock:
        assert until_closed(sock) == b""


@pytest.mark.parametrize("connection", ["close", "keep-alive"])
@pytest.mark.parametrize(
    ("command", "whole"), [("withdraw", False), ("stop", True)], ids=["denied", "stopped"]
)
def test_what_the_system_still_holds_of_a_whole_answer(
    server: Server, connection: str, command: str, whole: bool
) -> None:
    (server.folder / "small.bin").write_bytes(bytes(60_000))
    with socket.socket() as sock:
        sock.settimeout(20)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        sock.bind((APPROVED, 0))
        sock.connect(("127.0.0.1", server.port))
        sock.sendall(request("/small.bin", f"Connection: {connection}"))
        (fetch,) = server.ended()
        assert (fetch["end"], fetch["sent"]) == ("done", 60_000)
        server.do(command, address=APPROVED)
        assert (len(until_closed(sock)) > 60_000) is whole
