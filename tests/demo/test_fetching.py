"""The simulated phones' clients against the file server, and against servers that do it wrong."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from pnp_gui.demo.fetching import BLOCK, KEPT, fetch
from tests.net.serving.conftest import APPROVED, STRANGER, Server, server_of
from tests.net.serving.test_tftp import free_port

SIZES = (0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 3 * KEPT)
GOOD = b"HTTP/1.1 200 OK\r\nDate: x\r\nContent-Length: 5\r\n\r\n"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("served")
    for size in SIZES:
        (folder / f"{size} b.cfg").write_bytes(
            bytes(range(256)) * (size // 256) + b"x" * (size % 256)
        )
    with server_of(folder, tftp=free_port()) as made:
        made.until(lambda state: state["files"] == len(SIZES), "the folder is read")
        yield made


def base(server: Server, scheme: str) -> str:
    return f"{scheme}://127.0.0.1:{server.state()[f'{scheme}_port']}/"


@pytest.mark.parametrize("scheme", ["http", "tftp"])
def test_a_file_comes_whole(server: Server, scheme: str) -> None:
    for size in SIZES:
        content = (server.folder / f"{size} b.cfg").read_bytes()
        fetched = fetch(f"{base(server, scheme)}{size}%20b.cfg", APPROVED, "phone")
        assert (fetched.status, fetched.size) == (200, size)
        assert fetched.content == content[:KEPT]


@pytest.mark.parametrize(("scheme", "status"), [("http", 404), ("tftp", 1001)])
def test_a_file_that_is_not_there(server: Server, scheme: str, status: int) -> None:
    assert fetch(f"{base(server, scheme)}none.cfg?x=1", APPROVED, "phone").status == status


def test_a_stranger_learns_nothing(server: Server) -> None:
    with pytest.raises((ValueError, OSError)):
        fetch(f"{base(server, 'http')}1%20b.cfg", STRANGER, "phone")


def test_it_can_be_stopped(server: Server) -> None:
    stop = threading.Event()
    stop.set()
    fetched = fetch(f"{base(server, 'http')}{SIZES[-1]}%20b.cfg", APPROVED, "x", stop=stop, pace=1)
    assert fetched.status == 0
    assert fetched.size < SIZES[-1]


@contextmanager
def answering(answer: bytes) -> Iterator[str]:
    """A server that gives one connection this answer."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            with listener.accept()[0] as sock:
                sock.recv(4096)
                sock.sendall(answer)

        thread = threading.Thread(target=serve)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/"
        thread.join()


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (b"", "no head"),
        (b"x" * 2 * KEPT, "no head"),
        (GOOD + b"1234", "4 bytes of 5"),
        (GOOD + b"123456", "6 bytes of 5"),
        (GOOD.replace(b"Date: x\r\n", b""), "with date and length"),
        (GOOD.replace(b"Content-Length: 5", b"Transfer-Encoding: chunked"), "with date and length"),
        (GOOD.replace(b"HTTP/1.1", b"HTTP/0.9"), "with date and length"),
    ],
)
def test_an_answer_that_is_wrong_is_noticed(answer: bytes, says: str) -> None:
    with answering(answer) as url, pytest.raises(ValueError, match=says):
        fetch(url, "127.0.0.1", "phone")


def test_an_answer_that_is_right_is_not() -> None:
    with answering(GOOD + b"12345") as url:
        assert fetch(url, "127.0.0.1", "phone").content == b"12345"
