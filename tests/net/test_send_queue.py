"""Sending in order through a send buffer that is full now and then."""

from __future__ import annotations

import errno
import socket
from typing import cast

import pytest

from pnp_gui.net import send_queue as module
from pnp_gui.net.send_queue import SendQueue

PHONE, OTHER = ("10.13.2.20", 5060), ("10.13.2.21", 5060)


class FakeSocket:
    """Refuses while `errors` lasts; None in it means that one gets through."""

    def __init__(self) -> None:
        self.errors: list[int | None] = []
        self.left: list[bytes] = []
        self.aimed: list[int] = []

    def setsockopt(self, level: int, option: int, value: bytes) -> None:
        self.aimed.append(int.from_bytes(value, "big"))

    def sendto(self, data: bytes, remote: tuple[str, int]) -> int:
        number = self.errors.pop(0) if self.errors else None
        if number is not None:
            raise OSError(number, "refused")
        self.left.append(data)
        return len(data)


@pytest.fixture
def wire() -> FakeSocket:
    return FakeSocket()


@pytest.fixture
def queue(wire: FakeSocket) -> SendQueue:
    return SendQueue(cast(socket.socket, wire))


@pytest.mark.parametrize("number", [errno.EAGAIN, errno.ENOBUFS, 10035, 10055])
def test_what_a_full_buffer_refuses_leaves_later_in_order(
    wire: FakeSocket, queue: SendQueue, number: int
) -> None:
    wire.errors = [None, number]
    assert queue.send(b"1", PHONE)
    assert not queue.send(b"2", PHONE)
    # The buffer has room again, but 2 was first.
    assert not queue.send(b"3", PHONE)
    assert wire.left == [b"1"]
    wire.errors = [None, number]
    assert queue.resume() == ([b"2"], [])
    assert wire.left == [b"1", b"2"]
    assert queue.resume() == ([b"3"], [])
    assert queue.send(b"4", PHONE)
    assert wire.left == [b"1", b"2", b"3", b"4"]


def test_an_equal_datagram_that_still_waits_is_not_doubled(
    wire: FakeSocket, queue: SendQueue
) -> None:
    wire.errors = [errno.EAGAIN]
    queue.send(b"same", PHONE)
    queue.send(b"same", PHONE)
    queue.send(b"same", ("10.13.2.21", 5060))
    assert queue.resume() == ([b"same", b"same"], [])
    assert wire.left == [b"same", b"same"]
    # Once it has left, a retransmission is one again.
    assert queue.send(b"same", PHONE)


def test_the_queue_is_bounded(
    wire: FakeSocket, queue: SendQueue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "WAITING_LIMIT", 3)
    wire.errors = [errno.EAGAIN]
    for number in range(5):
        queue.send(b"%d" % number, PHONE)
    assert len(queue) == 3
    queue.resume()
    assert wire.left == [b"0", b"1", b"2"]


def test_what_waiting_cannot_mend_is_raised_or_told(wire: FakeSocket, queue: SendQueue) -> None:
    wire.errors = [errno.ENETUNREACH] * 2
    with pytest.raises(OSError, match="refused"):
        queue.send(b"0", PHONE)
    wire.errors = [errno.EAGAIN]
    for data in (b"1", b"2", b"3"):
        queue.send(data, PHONE)
    wire.errors = [None, errno.EPERM, errno.EPERM]
    left, failed = queue.resume()
    assert left == [b"1", b"3"]
    assert [(error.errno, remote) for error, remote in failed] == [(errno.EPERM, PHONE)]
    assert wire.left == [b"1", b"3"]


def test_without_room_for_one_address_the_others_are_served(
    wire: FakeSocket, queue: SendQueue
) -> None:
    wire.errors = [errno.ENOBUFS]
    assert not queue.send(b"1", PHONE)
    assert queue.send(b"2", OTHER)
    assert not queue.send(b"3", PHONE), "in order"
    wire.errors = [errno.ENOBUFS]
    assert queue.resume() == ([], [])
    assert queue.send(b"4", OTHER)
    assert queue.resume() == ([b"1", b"3"], [])
    assert wire.left == [b"2", b"4", b"1", b"3"]
    assert queue.send(b"5", PHONE)


def test_room_that_is_missed_behind_a_full_buffer_delays_no_others(
    wire: FakeSocket, queue: SendQueue
) -> None:
    wire.errors = [errno.EAGAIN]
    for data, phone in ((b"1", PHONE), (b"2", OTHER), (b"3", PHONE)):
        assert not queue.send(data, phone)
    wire.errors = [errno.ENOBUFS, errno.ENOBUFS]
    assert queue.resume() == ([], [])
    assert queue.resume() == ([b"2", b"1", b"3"], [])


def test_what_finds_no_room_for_long_is_given_up(wire: FakeSocket, queue: SendQueue) -> None:
    wire.errors = [errno.ENOBUFS] * (module.PATIENCE + 2)
    queue.send(b"1", PHONE)
    queue.send(b"2", PHONE)
    for _ in range(module.PATIENCE):
        assert queue.resume() == ([], [])
    left, failed = queue.resume()
    assert not left
    assert [(error.errno, to) for error, to in failed] == [(errno.ENOBUFS, PHONE)] * 2
    assert not queue
    assert queue.send(b"3", PHONE)


def test_the_error_of_an_earlier_datagram_is_no_fault_of_the_next(
    wire: FakeSocket, queue: SendQueue
) -> None:
    """Linux reports "no route to host" for a phone that has gone to whoever sends next."""
    wire.errors = [errno.EHOSTUNREACH]
    assert queue.send(b"1", OTHER)
    wire.errors = [errno.EHOSTUNREACH]
    assert queue.send(b"2", OTHER, 7)
    assert wire.left == [b"1", b"2"]
    assert wire.aimed == [7], "and leaves by the right port"


@pytest.mark.parametrize("number", [errno.ECONNREFUSED, 10054])
def test_the_closed_port_of_an_earlier_phone_delays_the_next_only_if_there_is_another(
    wire: FakeSocket, queue: SendQueue, number: int
) -> None:
    wire.errors = [number]
    assert queue.send(b"1", PHONE)
    wire.errors = [number, number]
    assert not queue.send(b"2", PHONE, 7)
    assert not queue.send(b"3", PHONE, 7), "in order"
    wire.errors = [number]
    assert queue.resume() == ([b"2", b"3"], [])
    assert wire.aimed == [7], "and by the right port"


def test_a_shared_socket_is_aimed_once_for_each_change(wire: FakeSocket, queue: SendQueue) -> None:
    for by in (7, 7, 8, 8, 0):
        queue.send(b"x", PHONE, by)
    assert wire.aimed == [7, 8, 0]
    # What waited is aimed as well.
    wire.errors = [errno.EAGAIN]
    queue.send(b"1", PHONE, 7)
    queue.send(b"2", PHONE, 8)
    queue.resume()
    assert wire.aimed == [7, 8, 0, 7, 8]


def test_an_aim_that_fails_gives_way_to_the_route(wire: FakeSocket, queue: SendQueue) -> None:
    wire.errors = [errno.EINVAL] * 2
    assert queue.send(b"1", PHONE, 7)
    assert wire.aimed == [7, 0]
    wire.errors = [errno.EINVAL, errno.EINVAL, errno.ENETUNREACH]
    with pytest.raises(OSError, match="refused"):
        queue.send(b"2", PHONE, 7)
    assert wire.left == [b"1"]
