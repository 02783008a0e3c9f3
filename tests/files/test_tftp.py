"""A transfer by TFTP against a client that does what the RFCs say, on a line that may lose packets;
the clock is turned by hand."""

from __future__ import annotations

import random
import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pnp_gui.files.fetch import FetchEnd
from pnp_gui.files.limits import READ_SECONDS, SEND_SECONDS
from pnp_gui.files.tftp import CHUNK, MAX_SENDINGS, MAX_WINDOW, Transfer
from tests.files.tftp_client import Phone, ack, feed, rrq, run, started, transfer_of

SIZES = [0, 1, 511, 512, 513, 1024, CHUNK - 1, CHUNK, CHUNK + 1, 100_000]


def content_of(size: int) -> bytes:
    return random.Random(size).randbytes(size)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("options", [(), ("blksize", 1400), ("tsize", 0, "windowsize", 8)])
def test_the_right_bytes_come(size: int, options: tuple[object, ...]) -> None:
    content, phone = content_of(size), Phone()
    transfer = started(content, *options)
    run(transfer, content, phone)
    fetch = transfer.fetch
    assert (bytes(phone.content), phone.done) == (content, True)
    assert (fetch.status, fetch.size, fetch.sent) == (200, size, size)
    assert (fetch.end, fetch.complete) == (FetchEnd.DONE, True)


@settings(max_examples=60, deadline=None)
@given(
    size=st.integers(0, 40_000),
    block=st.integers(8, 1468),
    window=st.integers(1, 40),
    seed=st.integers(0, 1 << 30),
)
def test_the_right_bytes_come_over_a_bad_line(
    size: int, block: int, window: int, seed: int
) -> None:
    content, phone = content_of(size), Phone()
    transfer = started(content, "blksize", block, "windowsize", window)
    run(transfer, content, phone, loss=0.05, seed=seed)
    # The last ACK may be lost again and again: the phone has its file all the same.
    assert bytes(phone.content) == content
    assert transfer.fetch.end is FetchEnd.DONE or phone.done


@pytest.mark.parametrize("window", [1, 16])
def test_block_numbers_count_on_beyond_65535(window: int) -> None:
    content, phone = bytes(8 * 140_000 + 3), Phone()
    transfer = started(content, "blksize", 8, "windowsize", window)
    run(transfer, content, phone)
    assert bytes(phone.content) == content
    assert phone.last == 140_001
    assert transfer.fetch.complete


def test_an_ack_that_comes_twice_is_answered_once() -> None:
    transfer = started(content_of(5000))
    assert len(transfer.datagrams()) == 1
    transfer.receive(ack(1), 100.1)
    assert [packet[:4] for packet in transfer.datagrams()] == [b"\0\3\0\2"]
    transfer.receive(ack(1), 100.2)
    transfer.receive(ack(0), 100.2)
    assert transfer.datagrams() == []


def test_a_gap_in_a_window_is_sent_again_once() -> None:
    transfer = started(content_of(20_000), "windowsize", 4)
    transfer.datagrams()
    transfer.receive(ack(0), 100.1)
    assert numbers(transfer) == [1, 2, 3, 4]
    transfer.receive(ack(2), 100.2)
    assert numbers(transfer) == [3, 4, 5, 6]
    transfer.receive(ack(2), 100.2)
    transfer.receive(ack(2), 100.2)
    assert numbers(transfer) == []
    transfer.receive(ack(6), 100.3)
    assert numbers(transfer) == [7, 8, 9, 10]
    # The window's first block was lost: told by the same ACK once more.
    for _ in range(3):
        transfer.receive(ack(6), 100.4)
    assert numbers(transfer) == [7, 8, 9, 10]


def test_what_is_not_acknowledged_is_sent_again_later_and_later_and_given_up() -> None:
    transfer = started(b"x")
    (first,) = transfer.datagrams()
    sent_at, now = [100.0], 100.0
    while transfer.fetch.ended is None:
        due = transfer.deadline()
        assert due is not None
        transfer.expire(due - 0.001)
        assert transfer.datagrams() == []
        now = due
        transfer.expire(now)
        if transfer.fetch.ended is None:
            assert transfer.datagrams() == [first]
            sent_at.append(now)
    assert sent_at == [100, 101, 103, 107, 115, 123]
    assert len(sent_at) == MAX_SENDINGS
    assert transfer.datagrams() == []
    assert transfer.fetch.end is FetchEnd.BROKEN
    assert transfer.fetch.ended == 131
    assert not transfer.fetch.complete
    assert transfer.deadline() is None


def test_the_timeout_that_the_phone_asks_for_is_kept() -> None:
    transfer = started(b"x", "timeout", 5)
    assert transfer.datagrams() == [b"\0\6timeout\0005\0"]
    transfer.expire(104.9)
    assert transfer.datagrams() == []
    for now in (105.0, 110.0):
        assert transfer.deadline() == now
        transfer.expire(now)
        assert len(transfer.datagrams()) == 1


def test_a_phone_that_acknowledges_for_an_hour_is_told_that_it_is_too_slow() -> None:
    content, transfer = bytes(512 * 100_000), started(bytes(512 * 100_000))
    now, number = 100.0, 0
    while transfer.fetch.ended is None:
        transfer.datagrams()
        now += 0.9
        number += 1
        transfer.receive(ack(number), now)
        feed(transfer, content, now)
        if now >= 100 + SEND_SECONDS:
            transfer.expire(now)
    assert transfer.fetch.end is FetchEnd.SLOW
    assert transfer.datagrams()[-1][:4] == b"\0\5\0\0"
    assert transfer.fetch.sent == number * 512


@pytest.mark.parametrize(
    ("asked", "acknowledged"),
    [
        (("blksize", 1024), {"blksize": "1024"}),
        (("BlkSize", 65464), {"blksize": "1468"}),
        (("blksize", 70000), {"blksize": "1468"}),
        (("blksize", 7), {}),
        (("blksize", -1), {}),
        (("blksize", "1e3"), {}),
        (("blksize", "9" * 500), {}),
        (("blksize", "²"), {}),
        (("blksize", 100, "blksize", 200), {"blksize": "100"}),
        (("tsize", 0), {"tsize": "5000"}),
        (("tsize", "x"), {}),
        (("timeout", 0), {}),
        (("timeout", 3), {"timeout": "3"}),
        (("timeout", 255), {}),
        (("windowsize", 0), {}),
        (("windowsize", 65535), {"windowsize": str(MAX_WINDOW)}),
        (("windowsize", 4, "tsize", 0), {"windowsize": "4", "tsize": "5000"}),
        (("multicast", "", "rollover", 1), {}),
        (("blksize",), {}),
        (("", "", "tsize", 0), {"tsize": "5000"}),
    ],
)
def test_options_are_acknowledged_within_their_limits(
    asked: tuple[object, ...], acknowledged: dict[str, str]
) -> None:
    content, phone = content_of(5000), Phone()
    transfer = started(content, *asked)
    (first,) = transfer.datagrams()
    assert transfer.fetch.answer == (first if acknowledged else first[:4])
    for packet in phone.receive(first):
        transfer.receive(packet, 100.0)
    assert phone.options == acknowledged
    if "windowsize" not in acknowledged:
        run(transfer, content, phone)
        assert bytes(phone.content) == content


def test_of_an_empty_file_no_size_is_acknowledged() -> None:
    """curl takes 0 for a fault."""
    assert started(b"", "tsize", 0).datagrams() == [b"\0\3\0\1"]
    assert started(b"", "tsize", 0, "blksize", 512).datagrams() == [b"\0\6blksize\x00512\0"]


def test_a_block_is_never_longer_than_what_reaches_the_phone_in_one_piece() -> None:
    transfer = started(content_of(5000), "blksize", 1468, largest_block=1368)
    assert transfer.datagrams() == [b"\0\6blksize\x001368\0"]


def test_netascii_has_its_own_ends_of_lines() -> None:
    content, phone = b"a\nb\r\nc\rd" * 3000, Phone()
    transfer = started(content, "tsize", 0, mode="NetASCII")
    run(transfer, content, phone)
    assert bytes(phone.content) == b"a\r\nb\r\0\r\nc\r\0d" * 3000
    assert phone.options == {}
    assert (transfer.fetch.size, transfer.fetch.sent) == (len(content), len(content))


@pytest.mark.parametrize(
    ("packet", "status", "code"),
    [
        (b"\0\2f.cfg\0octet\0", 405, 2),
        (b"\0\1f.cfg\0mail\0", 500, 4),
        (b"\0\1f.cfg\0binary\0", 500, 4),
    ],
)
def test_what_cannot_be_is_refused(packet: bytes, status: int, code: int) -> None:
    transfer = transfer_of(packet)
    assert not transfer.wants_file
    assert transfer.fetch.status == status
    assert transfer.fetch.ended is not None
    (sent,) = transfer.datagrams()
    assert struct.unpack("!HH", sent[:4]) == (5, code)
    assert transfer.fetch.answer == sent


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (FileNotFoundError("secret/place"), 404, 1),
        (PermissionError("secret/place"), 403, 2),
        (OSError(5, "secret/place"), 500, 0),
    ],
)
def test_a_file_that_cannot_be_opened(error: OSError, status: int, code: int) -> None:
    transfer = transfer_of(rrq("f.cfg", "tsize", 0))
    transfer.not_opened(error, 100.5)
    (sent,) = transfer.datagrams()
    assert struct.unpack("!HH", sent[:4]) == (5, code)
    assert b"secret" not in sent
    assert (transfer.fetch.status, transfer.fetch.ended) == (status, 100.5)
    assert not transfer.fetch.complete
    transfer.opened(5, 101)  # too late
    assert transfer.datagrams() == []


@pytest.mark.parametrize("end", [FetchEnd.CHANGED, FetchEnd.FAILED])
def test_a_file_that_cannot_be_read_any_more_ends_with_an_error(end: FetchEnd) -> None:
    content = content_of(CHUNK * 3)
    transfer = transfer_of(rrq("f.cfg"))
    transfer.opened(len(content), 100)
    assert transfer.wanted() == (0, CHUNK)
    transfer.read(content[:CHUNK], 100)
    transfer.datagrams()
    transfer.receive(ack(1), 100)
    assert transfer.wanted() == (CHUNK, CHUNK)
    assert transfer.wanted() is None
    transfer.not_read(end, 101)
    assert transfer.datagrams()[-1][:4] == b"\0\5\0\0"
    assert (transfer.fetch.end, transfer.fetch.ended, transfer.fetch.sent) == (end, 101, 512)


def test_a_disk_that_does_not_answer_ends_it() -> None:
    transfer = transfer_of(rrq("f.cfg"))
    assert transfer.deadline() == 100 + READ_SECONDS
    transfer.expire(100 + READ_SECONDS)
    assert [packet[:4] for packet in transfer.datagrams()] == [b"\0\5\0\0"]
    assert (transfer.fetch.status, transfer.fetch.complete) == (500, False)

    content = content_of(CHUNK * 3)
    transfer = transfer_of(rrq("f.cfg"))
    transfer.opened(len(content), 100)
    transfer.wanted()
    transfer.read(content[:CHUNK], 110)
    for number in range(1, CHUNK // 512 + 1):
        transfer.datagrams()
        transfer.receive(ack(number), 120)
    assert transfer.deadline() == 120 + READ_SECONDS
    transfer.expire(120 + READ_SECONDS)
    assert [packet[:4] for packet in transfer.datagrams()] == [b"\0\5\0\0"]
    assert (transfer.fetch.end, transfer.fetch.sent) == (FetchEnd.FAILED, CHUNK)


def test_an_error_of_the_phone_ends_it_without_an_answer() -> None:
    transfer = started(content_of(2000), "tsize", 0)
    transfer.datagrams()
    transfer.receive(b"\0\5\0\0User aborted\0", 100.2)
    assert transfer.datagrams() == []
    assert (transfer.fetch.end, transfer.fetch.ended) == (FetchEnd.BROKEN, 100.2)
    transfer.receive(ack(0), 100.3)
    transfer.expire(500)
    assert transfer.datagrams() == []


@pytest.mark.parametrize(
    "packet", [b"", b"\0", b"\0\4", b"\0\4\0", b"\0\7\0\1", b"\xff\xff\0\1", ack(2), ack(60_000)]
)
def test_what_is_no_ack_of_what_was_sent_is_passed_over(packet: bytes) -> None:
    transfer = started(content_of(2000))
    transfer.datagrams()
    transfer.receive(packet, 100.2)
    assert transfer.datagrams() == []
    assert transfer.fetch.ended is None
    assert transfer.deadline() == 101


def test_a_phone_that_sends_a_file_is_told_that_it_may_not() -> None:
    transfer = started(content_of(2000))
    transfer.datagrams()
    transfer.receive(b"\0\3\0\1abc", 100.2)
    assert [packet[:4] for packet in transfer.datagrams()] == [b"\0\5\0\4"]
    assert transfer.fetch.end is FetchEnd.BROKEN


@pytest.mark.parametrize("silent", [True, False])
def test_it_can_be_stopped(silent: bool) -> None:
    transfer = started(content_of(2000))
    if silent:
        transfer.withdraw(100.2)
    else:
        transfer.stop(100.2)
    assert [packet[:4] for packet in transfer.datagrams()] == [b"\0\5\0\0"] * (not silent)
    assert transfer.fetch.end is FetchEnd.STOPPED
    transfer.receive(ack(1), 100.3)
    assert transfer.datagrams() == []


def test_no_more_is_held_than_two_pieces_and_a_window() -> None:
    content = bytes(10_000_000)
    transfer = started(content, "blksize", 1468, "windowsize", 16)
    phone, most = Phone(), 0
    while transfer.fetch.ended is None:
        for packet in transfer.datagrams():
            for each in phone.receive(packet):
                transfer.receive(each, 100)
        feed(transfer, content, 100)
        most = max(most, len(transfer._content) + sum(map(len, transfer._blocks)))
    assert len(phone.content) == len(content)
    assert most <= 3 * CHUNK + 16 * 1472


def numbers(transfer: Transfer) -> list[int]:
    return [struct.unpack("!HH", packet[:4])[1] for packet in transfer.datagrams()]
