"""HTTP/1.0 and 1.1: requests, refusals, keep-alive, pipelining, and what is reported."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pnp_gui.files.fetch import FetchEnd
from pnp_gui.files.limits import BODY_BYTES, CHUNK_BYTES, HEAD_BYTES
from tests.files.exchange import LOCAL, REMOTE, Exchange, exchange_with, replies

LARGE = bytes(range(256)) * 4096 * 2
"""2 MiB."""


@pytest.fixture
def talk(tmp_path: Path) -> Exchange:
    (tmp_path / "a.cfg").write_bytes(b"content")
    (tmp_path / "empty.xml").write_bytes(b"")
    (tmp_path / "large.bin").write_bytes(LARGE)
    for path in tmp_path.iterdir():
        os.utime(path, (784111777, 784111777))
    return exchange_with(tmp_path)


def test_a_file_with_its_headers(talk: Exchange) -> None:
    reply = talk.get("/a.cfg?mac=1", "User-Agent: Yealink SIP-T46U")
    etag = reply.headers.pop("etag")
    assert etag.startswith('"')
    assert reply.status == 200
    assert reply.body == b"content"
    assert reply.headers == {
        "date": "Fri, 15 Jan 2027 08:00:00 GMT",
        "content-type": "text/plain",
        "x-content-type-options": "nosniff",
        "accept-ranges": "bytes",
        "last-modified": "Sun, 06 Nov 1994 08:49:37 GMT",
        "content-length": "7",
    }
    (fetch,) = talk.fetches
    assert (fetch.scheme, fetch.remote, fetch.local) == ("http", REMOTE, LOCAL)
    assert (fetch.method, fetch.target, fetch.name) == ("GET", "/a.cfg?mac=1", "a.cfg")
    assert (fetch.agent, fetch.status, fetch.size, fetch.sent) == ("Yealink SIP-T46U", 200, 7, 7)
    assert (fetch.at, fetch.ended, fetch.end) == (100.0, 100.0, FetchEnd.DONE)
    assert fetch.request.startswith(b"GET /a.cfg?mac=1 HTTP/1.1\r\n")
    assert fetch.request.endswith(b"\r\n\r\n")
    assert talk.sent == fetch.answer + b"content"
    assert fetch.complete


@pytest.mark.parametrize("name", ["a.cfg", "empty.xml", "large.bin"])
def test_head_is_the_answer_without_the_file(talk: Exchange, name: str) -> None:
    whole, head = talk.get(f"/{name}"), talk.get(f"/{name}", method="HEAD")
    assert head.headers == whole.headers
    assert head.body == b""
    assert not talk.fetches[-1].complete


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.xml", "application/xml"),
        ("A.XML", "application/xml"),
        ("a.cfg", "text/plain"),
        ("a.htm", "text/html"),
        ("a.json", "application/json"),
        ("a.bin", "application/octet-stream"),
        ("a.rom", "application/octet-stream"),
        ("xml", "application/xml"),
        ("000413aabbcc", "application/octet-stream"),
    ],
)
def test_the_type_follows_from_the_ending(tmp_path: Path, name: str, kind: str) -> None:
    (tmp_path / name).write_bytes(b"<html>")
    assert exchange_with(tmp_path).get(f"/{name}").headers["content-type"] == kind


def test_what_is_not_there_keeps_the_connection(talk: Exchange) -> None:
    for target in ("/none.cfg", "/../a.cfg", "/A.cfg", "/"):
        reply = talk.get(target)
        assert (reply.status, reply.body) == (404, b"")
        assert set(reply.headers) == {"date", "content-length"}
    assert [fetch.name for fetch in talk.fetches] == ["none.cfg", "", "A.cfg", ""]
    assert talk.get("/a.cfg").status == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "BREW"])
def test_only_get_and_head(talk: Exchange, method: str) -> None:
    reply = talk.get("/a.cfg", "Content-Length: 7", method=method)
    assert (reply.status, reply.headers["allow"]) == (405, "GET, HEAD")
    assert reply.headers["connection"] == "close"
    assert talk.http.shut
    assert talk.fetches[0].method == method


def test_connect_is_no_tunnel(talk: Exchange) -> None:
    talk.say(b"CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n")
    assert replies(talk.sent, ["CONNECT"])[0].status == 405
    assert talk.http.shut


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (b"GET /a.cfg\r\n\r\n", 400),
        (b"\x16\x03\x01\x02\x00\x01\x00", 400),
        (b"GET  /a.cfg HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        (b"GET /a.cfg HTTP/1.1\r\n\r\n", 400),
        (b"GET /a.cfg HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400),
        (b"GET /a.cfg HTTP/1.1\r\nHost : a\r\n\r\n", 400),
        (b"GET /a.cfg HTTP/1.1\r\nHost: a\r\nContent-Length: 1, 2\r\n\r\n", 400),
        (b"GET /a.cfg HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n", 501),
        (b"GET /\xe4.cfg HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        (b"GET /a.cfg HTTP/2.0\r\n\r\n", 505),
        (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505),
        (b"GET /a.cfg HTTP/0.9\r\n\r\n", 505),
        (b"GET /" + b"a" * HEAD_BYTES + b" HTTP/1.1\r\nHost: a\r\n\r\n", 431),
        (b"GET /a.cfg HTTP/1.1\r\nHost: a\r\nX: " + b"a" * 2 * HEAD_BYTES, 431),
        (b"GET /a.cfg HTTP/1.1\r\nHost: a\r\n" + b"X: a\r\n" * HEAD_BYTES + b"\r\n", 431),
    ],
)
def test_bad_requests_are_refused_without_an_echo(
    talk: Exchange, request_: bytes, status: int
) -> None:
    talk.say(request_)
    (reply,) = replies(talk.sent, ["GET"])
    assert (reply.status, reply.body) == (status, b"")
    assert set(reply.headers) == {"date", "content-length", "connection"}
    assert talk.http.shut
    (fetch,) = talk.fetches
    assert (fetch.status, fetch.complete) == (status, False)
    assert len(fetch.request) <= HEAD_BYTES
    talk.say(b"GET /a.cfg HTTP/1.1\r\nHost: a\r\n\r\n")  # what follows is not answered
    assert len(replies(talk.sent, ["GET"])) == 1


def test_a_body_is_read_and_dropped(talk: Exchange) -> None:
    body = b"x" * 100
    assert talk.get("/a.cfg", "Content-Length: 0").status == 200
    asked = b"GET /a.cfg HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n"
    chunked = b"GET /a.cfg HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
    talk.sent = b""
    talk.say(asked + body[:50])
    assert talk.sent == b""
    talk.say(body[50:] + chunked + b"64\r\n" + body + b"\r\n0\r\n\r\n")
    assert [reply.status for reply in replies(talk.sent, ["GET"] * 2)] == [200, 200]


@pytest.mark.parametrize("head", [b"Content-Length: 99999999", b"Transfer-Encoding: chunked"])
def test_a_large_body_is_refused(talk: Exchange, head: bytes) -> None:
    talk.say(b"GET /a.cfg HTTP/1.1\r\nHost: a\r\n" + head + b"\r\n\r\n")
    while not talk.sent:
        talk.say(b"1;" + b"x" * 1000 + b"\r\nx\r\n")
    assert replies(talk.sent, ["GET"])[0].status == 413
    assert len(talk.http._received) < BODY_BYTES


def test_expectations_are_met(talk: Exchange) -> None:
    talk.say(b"GET /a.cfg HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nExpect: 100-continue\r\n\r\n")
    assert talk.sent.startswith(b"HTTP/1.1 100 ")
    talk.sent = b""
    talk.say(b"x")
    assert replies(talk.sent, ["GET"])[0].body == b"content"


def test_http_1_0_closes(talk: Exchange) -> None:
    talk.say(b"GET /a.cfg HTTP/1.0\r\n\r\n")
    (reply,) = replies(talk.sent, ["GET"])
    assert (reply.status, reply.body, reply.headers["connection"]) == (200, b"content", "close")
    assert talk.http.shut
    talk.say(b"")
    assert talk.http.closed
    assert not talk.http.must_reset


def test_close_is_obeyed(talk: Exchange) -> None:
    assert talk.get("/a.cfg", "Connection: close").headers["connection"] == "close"
    assert talk.http.shut
    talk.say(b"")
    assert talk.http.closed


@pytest.mark.parametrize("piece", [1, 7, 100_000])
def test_pipelined_requests_are_answered_in_order(talk: Exchange, piece: int) -> None:
    asked = b"".join(
        b"%s %s HTTP/1.1\r\nHost: a\r\n\r\n" % pair
        for pair in (
            (b"GET", b"/large.bin"),
            (b"HEAD", b"/a.cfg"),
            (b"GET", b"/none"),
            (b"GET", b"/a.cfg"),
            (b"GET", b"/empty.xml"),
        )
    )
    rest = asked
    while rest:
        assert talk.http.wants_data
        talk.say(rest[:piece])
        rest = rest[piece:]
    found = replies(talk.sent, ["GET", "HEAD", "GET", "GET", "GET"])
    assert [reply.status for reply in found] == [200, 200, 404, 200, 200]
    assert [reply.body for reply in found] == [LARGE, b"", b"", b"content", b""]


def test_empty_lines_before_a_request_are_passed_over(talk: Exchange) -> None:
    talk.say(b"\r\n")
    asked = b"\r\nGET /a.cfg HTTP/1.1\r\nHost: a\r\n\r\n"
    talk.say(asked)
    talk.say(asked + asked)
    assert [reply.status for reply in replies(talk.sent, ["GET"] * 3)] == [200] * 3


def test_a_large_file_goes_in_pieces_that_are_not_held(talk: Exchange) -> None:
    talk.takes = 1000
    talk.http.receive(b"GET /large.bin HTTP/1.1\r\nHost: a\r\n\r\n", talk.now)
    while talk.load() or talk.send():
        assert len(talk.http.to_send) + len(talk.http.content.piece) <= 2 * CHUNK_BYTES + HEAD_BYTES
        assert not talk.http.wants_data or talk.fetches[0].ended
    assert replies(talk.sent, ["GET"])[0].body == LARGE
    assert talk.fetches[0].sent == len(LARGE)


def test_a_long_one_is_reported_every_second(talk: Exchange) -> None:
    talk.takes = CHUNK_BYTES
    talk.http.receive(b"GET /large.bin HTTP/1.1\r\nHost: a\r\n\r\n", talk.now)
    progress = []
    while talk.load() or talk.send():
        talk.now += 0.25
        talk.http.report(talk.now)
        progress.append(talk.reports)
    (fetch,) = talk.fetches
    assert fetch.ended is not None
    assert talk.reports == pytest.approx((fetch.ended - fetch.at) + 1, abs=2)


def test_text_of_a_phone_is_printable(talk: Exchange) -> None:
    talk.get("/a.cfg", "User-Agent: a\x1b[31mred")
    assert talk.fetches[0].agent == r"a\x1b[31mred"
