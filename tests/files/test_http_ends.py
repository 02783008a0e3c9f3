"""How an answer ends early, and when a connection does: files that change, a failing disk, a phone
that stalls, a byte a second, resets. Never wrong bytes with a right length."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from pnp_gui.files import folder as folder_module
from pnp_gui.files.fetch import FetchEnd
from pnp_gui.files.limits import (
    CHUNK_BYTES,
    HEAD_SECONDS,
    IDLE_ENOUGH,
    IDLE_SECONDS,
    LINGER_BYTES,
    LINGER_SECONDS,
    PACE_BYTES,
    PACE_SECONDS,
    READ_SECONDS,
    SEND_SECONDS,
    STALL_ENOUGH,
)
from tests.files.exchange import Exchange, exchange_with, replies

LARGE = bytes(range(256)) * 8192
GET = b"GET /large.bin HTTP/1.1\r\nHost: a\r\n\r\n"


@pytest.fixture
def talk(tmp_path: Path) -> Exchange:
    (tmp_path / "large.bin").write_bytes(LARGE)
    (tmp_path / "a.cfg").write_bytes(b"content")
    return exchange_with(tmp_path)


def begin(talk: Exchange) -> None:
    """Half a download."""
    talk.takes = CHUNK_BYTES
    talk.http.receive(GET, talk.now)
    while len(talk.sent) < len(LARGE) // 2:
        assert talk.load() or talk.send()


def replace(path: Path) -> None:
    path.with_name("new").write_bytes(LARGE[::-1])
    path.with_name("new").rename(path)


def overwrite(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(len(LARGE) - 1)
        file.write(b"!")


@pytest.mark.parametrize(
    "change",
    [replace, overwrite, Path.unlink, lambda path: os.truncate(path, 100)],
    ids=["replaced", "overwritten", "removed", "cut"],
)
def test_a_file_that_changes_breaks_the_download_off(
    talk: Exchange, tmp_path: Path, change: Callable[[Path], object]
) -> None:
    begin(talk)
    change(tmp_path / "large.bin")
    talk.go_on()
    (fetch,) = talk.fetches
    assert (fetch.end, fetch.ended, fetch.complete) == (FetchEnd.CHANGED, talk.now, False)
    assert talk.http.closed
    assert talk.http.must_reset
    head, _, body = talk.sent.partition(b"\r\n\r\n")
    assert f"Content-Length: {len(LARGE)}".encode() in head
    assert len(body) < len(LARGE)
    assert LARGE.startswith(body)


def test_a_disk_error_breaks_the_download_off(
    talk: Exchange, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(talk)

    def fail(*_: object) -> bytes:
        raise OSError(errno.EIO, "the disk")

    monkeypatch.setattr(os, "pread", fail)
    talk.go_on()
    assert talk.fetches[0].end is FetchEnd.FAILED
    assert talk.http.must_reset
    assert len(talk.sent) < len(LARGE)
    again = Exchange(talk.folder)
    assert again.get("/a.cfg").status == 500
    assert again.fetches[0].end is FetchEnd.FAILED
    assert not again.fetches[0].complete


def test_a_file_that_never_stands_still_is_not_answered_in_part(
    talk: Exchange, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = os.pread

    def growing(descriptor: int, count: int, offset: int) -> bytes:
        with (talk.folder.root / "a.cfg").open("ab") as file:
            file.write(b"!")
        return read(descriptor, count, offset)

    monkeypatch.setattr(os, "pread", growing)
    assert talk.get("/a.cfg").status == 503
    assert talk.fetches[0].end is FetchEnd.CHANGED


def test_a_file_that_may_not_be_read(talk: Exchange, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(errno.EACCES, "locked")

    monkeypatch.setattr(folder_module, "open_inside", refuse)
    assert talk.get("/a.cfg").status == 403
    assert not talk.fetches[0].complete


def test_a_folder_that_is_gone_is_no_missing_file(talk: Exchange, tmp_path: Path) -> None:
    tmp_path.rename(tmp_path.with_name("elsewhere"))
    assert talk.get("/a.cfg").status == 503
    tmp_path.with_name("elsewhere").rename(tmp_path)
    assert talk.get("/a.cfg").status == 200


def test_a_phone_that_takes_nothing_is_slow(talk: Exchange) -> None:
    begin(talk)
    talk.now += PACE_SECONDS - 1
    talk.http.expire(talk.now)
    assert not talk.http.closed
    talk.now += 1
    # The last window saw half a file; the next one sees nothing.
    talk.http.expire(talk.now)
    talk.now = talk.http.deadline
    talk.http.expire(talk.now)
    talk.take_reports()
    assert talk.fetches[0].end is FetchEnd.SLOW
    assert talk.http.must_reset


def test_a_byte_a_second_is_slow_and_a_pause_for_flash_is_not(talk: Exchange) -> None:
    begin(talk)
    talk.takes = 1
    while not talk.http.closed:
        talk.now += 1
        talk.send()
        talk.http.expire(talk.now)
    talk.take_reports()
    assert talk.fetches[0].end is FetchEnd.SLOW
    paused = Exchange(talk.folder)
    begin(paused)
    for _ in range(3):
        paused.now += PACE_SECONDS - 1
        paused.takes = PACE_BYTES
        paused.send()
        paused.http.expire(paused.now)
    assert not paused.http.closed


def test_an_answer_takes_no_longer_than_it_may(talk: Exchange) -> None:
    begin(talk)
    talk.takes = 1
    end = talk.now + SEND_SECONDS
    while talk.now < end:
        assert not talk.http.closed
        talk.http._paced = PACE_BYTES  # takes just enough
        talk.now = talk.http.deadline
        talk.http.expire(talk.now)
    talk.take_reports()
    assert talk.http.closed
    assert talk.fetches[0].end is FetchEnd.SLOW


def test_a_disk_that_hangs_is_given_up(talk: Exchange) -> None:
    talk.http.receive(GET, talk.now)
    assert talk.http.content.next_load() is not None  # and never comes back
    talk.now += READ_SECONDS
    talk.http.expire(talk.now)
    talk.take_reports()
    assert (talk.fetches[0].end, talk.fetches[0].status) == (FetchEnd.FAILED, 0)
    assert talk.http.closed


def test_what_the_disk_delivers_too_late_is_closed(talk: Exchange) -> None:
    talk.http.receive(GET, talk.now)
    load = talk.http.content.next_load()
    assert load is not None
    talk.http.end(FetchEnd.STOPPED, talk.now)
    loaded = load.run(talk.folder)
    assert loaded.file.is_open
    talk.http.loaded(loaded, talk.now)
    talk.take_reports()
    assert not loaded.file.is_open


def test_a_reset_and_a_stop_end_the_fetch(talk: Exchange) -> None:
    for end in (FetchEnd.BROKEN, FetchEnd.STOPPED, FetchEnd.FAILED):
        one = Exchange(talk.folder)
        begin(one)
        one.http.end(end, one.now)
        one.take_reports()
        assert one.fetches[0].end is end
        assert one.http.closed
        assert not one.http.to_send
        assert not one.load()


def test_a_connection_that_asks_nothing_ends(talk: Exchange) -> None:
    assert talk.http.deadline == talk.now + IDLE_SECONDS
    talk.now += IDLE_SECONDS
    talk.http.expire(talk.now)
    assert talk.http.closed
    assert talk.fetches == []


def test_a_head_that_comes_a_byte_at_a_time_ends(talk: Exchange) -> None:
    for byte in GET:
        talk.now += 0.9
        if talk.http.closed:
            break
        talk.say(bytes([byte]))
        talk.http.expire(talk.now)
    assert talk.http.closed
    assert talk.now - 100.0 == pytest.approx(HEAD_SECONDS, abs=3)


def test_what_may_close_for_another(talk: Exchange) -> None:
    assert talk.http.spare_for(talk.now) == 0  # its request is on the way
    talk.say(b"GET")
    assert talk.http.spare_for(talk.now + IDLE_ENOUGH) == IDLE_ENOUGH
    begin(one := Exchange(talk.folder))
    assert one.http.spare_for(one.now + IDLE_ENOUGH) == 0
    assert one.http.spare_for(one.now + STALL_ENOUGH) == STALL_ENOUGH
    one.http.close(FetchEnd.SLOW, one.now)
    one.take_reports()
    assert one.http.closed
    assert one.http.must_reset
    assert one.fetches[0].end is FetchEnd.SLOW
    asked = Exchange(talk.folder)
    asked.http.receive(GET, asked.now)
    assert asked.http.spare_for(asked.now + STALL_ENOUGH) == 0  # the disk is slow, not the phone


def test_lingering_has_an_end(talk: Exchange) -> None:
    for last, seconds in ((b"", 0.0), (b"x" * LINGER_BYTES, 0.0), (b"x", LINGER_SECONDS)):
        one = Exchange(talk.folder)
        one.say(b"nonsense\r\n\r\n")
        assert replies(one.sent, ["GET"])[0].status == 400
        assert one.http.shut
        one.say(b"more")
        assert one.http.shut
        one.say(last)
        one.http.expire(one.now + seconds)
        assert one.http.closed
        assert not one.http.must_reset


def test_a_phone_that_closes_early_gets_its_answer_or_none(talk: Exchange) -> None:
    talk.say(b"GET /a.cfg")
    talk.say(b"")
    assert talk.http.closed
    assert talk.sent == b""
