"""Ranges and conditions (RFC 9110 sections 13 and 14)."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pnp_gui.files.http_date import http_date, seconds_of
from tests.files.exchange import WALL, Exchange, exchange_with

CONTENT = bytes(range(256)) * 1024
SIZE = len(CONTENT)
MODIFIED = 1_700_000_000
BEFORE, AFTER = http_date(MODIFIED - 1), http_date(MODIFIED + 1)
SAME = http_date(MODIFIED)


@pytest.fixture
def talk(tmp_path: Path) -> Exchange:
    path = tmp_path / "a.bin"
    path.write_bytes(CONTENT)
    os.utime(path, (MODIFIED, MODIFIED))
    (tmp_path / "empty").write_bytes(b"")
    (tmp_path / "fresh").write_bytes(b"new")
    return exchange_with(tmp_path)


@pytest.mark.parametrize(
    ("field", "first", "end"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=0-99", 0, 100),
        ("bytes=100-", 100, SIZE),
        ("bytes=131000-132000", 131_000, 132_001),
        ("bytes=-1", SIZE - 1, SIZE),
        (f"bytes=-{SIZE}", 0, SIZE),
        (f"bytes=-{SIZE * 2}", 0, SIZE),
        (f"bytes=0-{SIZE - 1}", 0, SIZE),
        (f"bytes=5-{10**17}", 5, SIZE),
        ("BYTES = 3 - 4", 3, 5),
    ],
)
def test_a_part(talk: Exchange, field: str, first: int, end: int) -> None:
    reply = talk.get("/a.bin", f"Range: {field}")
    assert reply.status == 206
    assert reply.body == CONTENT[first:end]
    assert reply.headers["content-range"] == f"bytes {first}-{end - 1}/{SIZE}"
    assert talk.fetches[-1].complete
    assert talk.fetches[-1].size == end - first


@pytest.mark.parametrize("field", [f"bytes={SIZE}-", f"bytes={SIZE}-{SIZE + 9}", "bytes=-0"])
def test_a_part_that_is_not_there(talk: Exchange, field: str) -> None:
    reply = talk.get("/a.bin", f"Range: {field}")
    assert (reply.status, reply.body) == (416, b"")
    assert reply.headers["content-range"] == f"bytes */{SIZE}"
    assert talk.get("/empty", "Range: bytes=0-").status == 416


@pytest.mark.parametrize(
    "field",
    [
        *("bytes=5-4", "bytes=-", "bytes", "bytes=", "bytes=a-b", "items=0-5", "bytes=1-2-3"),
        *("bytes=0-1,5-6", "bytes=0-1, -5", f"bytes={'9' * 5000}-", "bytes=٣-"),
    ],
)
def test_a_wrong_or_manifold_range_gets_the_whole(talk: Exchange, field: str) -> None:
    talk.sent = b""
    request = b"GET /a.bin HTTP/1.1\r\nHost: a\r\nRange: %s\r\n\r\n" % field.encode()
    talk.say(request)
    assert talk.sent.startswith(b"HTTP/1.1 200 ")
    assert talk.sent.endswith(CONTENT)


def test_head_has_no_part(talk: Exchange) -> None:
    assert talk.get("/a.bin", "Range: bytes=0-1", method="HEAD").status == 200


def test_two_range_fields_are_one_with_two_ranges(talk: Exchange) -> None:
    assert talk.get("/a.bin", "Range: bytes=0-1", "Range: bytes=3-4").status == 200


def test_if_range(talk: Exchange) -> None:
    etag = talk.get("/a.bin").headers["etag"]
    for value, status in (
        (etag, 206),
        (SAME, 206),
        (f"W/{etag}", 200),
        ('"other"', 200),
        (BEFORE, 200),
        (AFTER, 200),
        ("nonsense", 200),
    ):
        reply = talk.get("/a.bin", "Range: bytes=0-4", f"If-Range: {value}")
        assert reply.status == status, value
        assert reply.body == CONTENT[: 5 if status == 206 else SIZE]


def test_a_fresh_file_gives_no_part_on_a_weak_tag(talk: Exchange, tmp_path: Path) -> None:
    etag = talk.get("/fresh").headers["etag"]
    assert etag.startswith("W/")
    assert talk.get("/fresh", "Range: bytes=0-1", f"If-Range: {etag}").status == 200
    assert talk.get("/fresh", f"If-None-Match: {etag}").status == 304
    assert talk.get("/fresh", f"If-Match: {etag}").status == 412


def test_conditions(talk: Exchange) -> None:
    etag = talk.get("/a.bin").headers["etag"]
    for fields, status in (
        ([f"If-None-Match: {etag}"], 304),
        ([f"If-None-Match: W/{etag}"], 304),
        ([f'If-None-Match: "x", {etag}, "y"'], 304),
        (['If-None-Match: "x"', f"If-None-Match: {etag}"], 304),
        (["If-None-Match: *"], 304),
        (['If-None-Match: "x"'], 200),
        (['If-None-Match: "x"', f"If-Modified-Since: {AFTER}"], 200),
        ([f"If-Modified-Since: {SAME}"], 304),
        ([f"If-Modified-Since: {AFTER}"], 304),
        ([f"If-Modified-Since: {BEFORE}"], 200),
        (["If-Modified-Since: yesterday"], 200),
        ([f"If-Match: {etag}"], 200),
        (["If-Match: *"], 200),
        (['If-Match: "x"'], 412),
        ([f"If-Match: W/{etag}"], 412),
        ([f"If-Unmodified-Since: {SAME}"], 200),
        ([f"If-Unmodified-Since: {BEFORE}"], 412),
        ([f"If-Match: {etag}", f"If-Unmodified-Since: {BEFORE}"], 200),
        ([f"If-None-Match: {etag}", "Range: bytes=0-1"], 304),
    ):
        reply = talk.get("/a.bin", *fields)
        assert reply.status == status, fields
        assert reply.body == (CONTENT if status == 200 else b"")
        if status == 304:
            assert set(reply.headers) == {"date", "etag", "last-modified"}
            assert talk.fetches[-1].complete


def test_a_time_to_come_is_not_told(talk: Exchange, tmp_path: Path) -> None:
    os.utime(tmp_path / "a.bin", (WALL + 9999, WALL + 9999))
    assert talk.get("/a.bin").headers["last-modified"] == http_date(int(WALL))


def test_dates_of_all_forms() -> None:
    for text in (
        "Sun, 06 Nov 1994 08:49:37 GMT",
        "Sunday, 06-Nov-94 08:49:37 GMT",
        "Sun Nov  6 08:49:37 1994",
    ):
        assert seconds_of(text, WALL) == 784111777
    assert http_date(784111777) == "Sun, 06 Nov 1994 08:49:37 GMT"
    assert http_date(-5) == "Thu, 01 Jan 1970 00:00:00 GMT"
    assert http_date(10**15) == "Fri, 31 Dec 9999 23:59:59 GMT"


@pytest.mark.parametrize(
    "text",
    [
        *("", "0", "Sun, 06 Nov 1994 08:49:37", "Sun, 6 Nov 1994 08:49:37 GMT", "x" * 9999),
        *("Sun, 31 Feb 1994 08:49:37 GMT", "Sun, 06 Nov 0000 08:49:37 GMT"),
        *("Sun, 06 Nov 1994 24:49:37 GMT", "Sun, 06 Nov 1994 08:60:37 GMT"),
        "Sun, ٠٦ Nov 1994 08:49:37 GMT",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert seconds_of(text, WALL) is None
