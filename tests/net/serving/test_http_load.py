"""Many connections at once: slow ones, idle ones, greedy ones. The event loop, on which phones wait
for their URL, goes on, and a phone that fetches properly gets its file."""

from __future__ import annotations

import resource
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from pnp_gui.files.limits import CONNECTIONS, CONNECTIONS_OF_ADDRESS, STALL_ENOUGH
from tests.namespace import wait_until
from tests.net.serving.conftest import Server
from tests.net.serving.raw import answer, connected, request, until_closed

OTHERS = 40
"""Descriptors of the server that are no connections, at most."""


def phones(count: int) -> list[str]:
    """Approved addresses."""
    return [f"127.1.{number // 100}.{2 * (number % 100) + 2}" for number in range(count)]


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    """For sockets, more than the usual limit; a server that was started before has that."""
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(4096, before[1]), before[1]))
    with ExitStack() as made:
        yield made
    resource.setrlimit(resource.RLIMIT_NOFILE, before)


def descriptors(server: Server) -> int:
    return len(list(Path(f"/proc/{server.pid}/fd").iterdir()))


def fetches_a_file(server: Server) -> None:
    with connected(server.port) as sock:
        sock.sendall(request("/cfg000413aabbcc.xml"))
        assert answer(sock) == (200, (server.folder / "cfg000413aabbcc.xml").read_bytes())


def goes_on(server: Server) -> None:
    """The event loop turns, and the server is not busy with nothing."""
    passes = server.state()["passes"]
    server.until(lambda state: state["passes"] > passes + 50, "the loop goes on")


def test_300_phones_that_send_a_byte_now_and_then(server: Server, stack: ExitStack) -> None:
    slow = [stack.enter_context(connected(server.port, phone)) for phone in phones(300)]
    for byte in b"GET /cfg":
        for sock in slow:
            try:
                sock.send(bytes([byte]))
            except OSError:
                continue  # it had to make room
        fetches_a_file(server)
        goes_on(server)
    assert descriptors(server) <= CONNECTIONS + OTHERS
    server.do("skew", seconds=11)
    for sock in slow:
        assert until_closed(sock) == b""
    wait_until(lambda: descriptors(server) <= OTHERS, 20, "all are closed")


def test_300_phones_that_take_nothing(server: Server, stack: ExitStack) -> None:
    (server.folder / "large.bin").write_bytes(bytes(20_000_000))
    for phone in phones(300):
        sock = stack.enter_context(connected(server.port, phone))
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        sock.sendall(request("/large.bin"))
    server.until(lambda state: state["active"] == CONNECTIONS, "they are served")
    before = server.do("memory")["kilobytes"]
    goes_on(server)
    server.do("skew", seconds=STALL_ENOUGH)
    for _ in range(5):
        fetches_a_file(server)
    assert server.do("memory")["kilobytes"] < before + 20_000
    assert before < 250_000
    assert descriptors(server) <= 2 * CONNECTIONS + OTHERS
    assert {one["end"] for one in server.fetches() if one["ended"]} == {"slow", "done"}


@pytest.mark.slow
def test_1000_connections(server: Server, stack: ExitStack) -> None:
    for phone in phones(1000):
        stack.enter_context(connected(server.port, phone))
    goes_on(server)
    server.do("skew", seconds=2)
    fetches_a_file(server)
    assert descriptors(server) <= CONNECTIONS + OTHERS
    server.do("skew", seconds=20)
    wait_until(lambda: descriptors(server) <= OTHERS, 60, "all are closed")
    fetches_a_file(server)


def test_one_address_cannot_take_all(server: Server, stack: ExitStack) -> None:
    (greedy,) = phones(1)
    taken: list[socket.socket] = []
    refused = 0
    for _ in range(CONNECTIONS_OF_ADDRESS + 10):
        try:
            taken.append(stack.enter_context(connected(server.port, greedy)))
        except ConnectionResetError:
            refused += 1
    for sock in taken:
        sock.setblocking(False)
    wait_until(lambda: refused + sum(map(_is_closed, taken)) == 10, 20, "ten are refused")
    fetches_a_file(server)
    assert refused + sum(map(_is_closed, taken)) == 10


def _is_closed(sock: socket.socket) -> bool:
    try:
        return sock.recv(1) == b""
    except BlockingIOError:
        return False
    except ConnectionResetError:
        return True


def test_500_phones_with_four_files_each_at_once(server: Server, stack: ExitStack) -> None:
    names = ("cfg000413aabbcc.xml", "y000000000000.cfg", "empty.cfg", "none.cfg")
    asked = []
    for phone in phones(500):
        for name in names:
            sock = stack.enter_context(connected(server.port, phone))
            sock.sendall(request(f"/{name}", "Connection: close"))
            asked.append((name, sock))
    for name, sock in asked:
        path = server.folder / name
        wanted = (200, path.read_bytes()) if path.exists() else (404, b"")
        assert answer(sock) == wanted
    assert len(server.ended(2000)) == 2000
