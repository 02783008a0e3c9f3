"""Reading a datagram: what is taken, what is refused, and at which byte."""

from __future__ import annotations

import pytest

from pnp_gui.pnp.message import Malformed, Request, Response
from pnp_gui.pnp.parser import MAX_DATAGRAM, MAX_HEADERS, parse


def request(data: bytes) -> Request:
    message = parse(data)
    assert isinstance(message, Request), message
    return message


def refused(data: bytes) -> Malformed:
    message = parse(data)
    assert isinstance(message, Malformed), message
    assert message.reason
    assert 0 <= message.offset <= len(data)
    return message


def test_a_request_line_headers_and_body() -> None:
    message = request(
        b"SUBSCRIBE sip:a@b SIP/2.0\r\nVia: one\r\nvia: two\r\nContent-Length: 3\r\n\r\nurl, more"
    )
    assert message == Request(
        "SUBSCRIBE", "sip:a@b", {"via": ["one", "two"], "content-length": ["3"]}, "url"
    )


@pytest.mark.parametrize("end", [b"\r\n", b"\n"])
@pytest.mark.parametrize("before", [b"", b"\r\n", b"\r\n\r\n", b"\n"])
def test_either_line_end_and_line_ends_before_the_message(before: bytes, end: bytes) -> None:
    message = request(before + end.join([b"A sip:b SIP/2.0", b"To: c", b"", b"body"]))
    assert message == Request("A", "sip:b", {"to": ["c"]}, "body")


@pytest.mark.parametrize("empty_line", [b"\r\n\r\n", b"\n\n", b"\n\r\n", b"\r\n\n"])
def test_the_head_ends_at_the_first_empty_line_of_any_kind(empty_line: bytes) -> None:
    message = request(b"A sip:b SIP/2.0\r\nTo: c" + empty_line + b"x\r\n\r\ny\n\nz")
    assert message.headers == {"to": ["c"]}
    assert message.body == "x\r\n\r\ny\n\nz"


@pytest.mark.parametrize("end", [b"\r\n", b"\n"])
def test_a_missing_empty_line_is_accepted_when_the_last_line_is_whole(end: bytes) -> None:
    message = request(b"A sip:b SIP/2.0" + end + b"To: c" + end)
    assert message == Request("A", "sip:b", {"to": ["c"]}, "")


def test_a_datagram_cut_off_inside_a_line_is_refused_at_its_end() -> None:
    data = b"A sip:b SIP/2.0\r\nTo: c"
    assert refused(data).offset == len(data)


@pytest.mark.parametrize("data", [b"", b"\r\n", b"\r\n\r\n", b"\n\n\n"])
def test_keep_alives_are_told_as_such(data: bytes) -> None:
    assert "keep-alive" in refused(data).reason


def test_the_largest_datagram_and_one_byte_more() -> None:
    head = b"A sip:b SIP/2.0\r\n\r\n"
    assert len(request(head + b"x" * (MAX_DATAGRAM - len(head))).body) == MAX_DATAGRAM - len(head)
    assert refused(head + b"x" * (MAX_DATAGRAM - len(head) + 1)).offset == MAX_DATAGRAM


def test_the_most_header_lines_and_one_more() -> None:
    lines = b"A sip:b SIP/2.0\r\n" + b"X: y\r\n" * MAX_HEADERS
    assert len(request(lines + b"\r\n").headers["x"]) == MAX_HEADERS
    refusal = refused(b"\r\n" + lines + b"X: y\r\n\r\n")
    assert (refusal.reason, refusal.offset) == ("more than 128 header lines", 2)


def test_folded_headers_count_once_each() -> None:
    lines = b"A sip:b SIP/2.0\r\n" + b"X: y\r\n z\r\n" * MAX_HEADERS
    assert request(lines + b"\r\n").headers == {"x": ["y z"] * MAX_HEADERS}
    assert "header lines" in refused(lines + b"X: y\r\n z\r\n\r\n").reason


@pytest.mark.parametrize(
    ("written", "name"),
    [
        *((b"v", "via"), (b"f", "from"), (b"t", "to"), (b"i", "call-id"), (b"m", "contact")),
        *((b"o", "event"), (b"c", "content-type"), (b"u", "allow-events"), (b"k", "supported")),
        *((b"e", "content-encoding"), (b"s", "subject"), (b"V", "via"), (b"O", "event")),
        *((b"VIA", "via"), (b"cALL-id", "call-id"), (b"User-Agent", "user-agent")),
        *((b"X-!%*_+`'~.", "x-!%*_+`'~."), (b"q", "q")),
    ],
)
@pytest.mark.parametrize("blanks", [b"", b" ", b" \t "])
def test_header_names_compact_in_any_case_with_blanks_before_the_colon(
    written: bytes, name: str, blanks: bytes
) -> None:
    message = request(b"A sip:b SIP/2.0\r\n" + written + blanks + b":\t x : y \t\r\n\r\n")
    assert message.headers == {name: ["x : y"]}


@pytest.mark.parametrize("fold", [b"\r\n ", b"\r\n\t", b"\n \t ", b"\r\n    "])
def test_a_folded_header_is_one_line_with_one_blank(fold: bytes) -> None:
    message = request(b"A sip:b SIP/2.0\r\nTo: c;" + fold + b"d" + fold + b"e\r\nX: y\r\n\r\n")
    assert message.headers == {"to": ["c; d e"], "x": ["y"]}


@pytest.mark.parametrize("end", [b"", b" ", b"\t "])
def test_only_blanks_around_a_value_are_no_part_of_it(end: bytes) -> None:
    """A no-break space is one to Python, and a byte of "\u00e0" in UTF-8."""
    value = b"\xc3\xa0 x X\xc3\xa0"
    lines = [b"A sip:b SIP/2.0", b"X: " + value + end, b"X:" + end + value, b"Y: X" + end]
    folded = [b"Z: X" + end, b" " + value + end, b" " + b"X"]
    message = request(b"\r\n".join([*lines, *folded, b"Y:X", b"", b""]))
    text = value.decode("latin-1")
    assert message.headers == {"x": [text, text], "y": ["X", "X"], "z": [f"X {text} X"]}


def test_a_folded_request_line_is_refused() -> None:
    refused(b"A sip:b SIP/2.0\r\n x\r\n\r\n")


def test_every_byte_above_ascii_is_one_character_as_it_was() -> None:
    high = bytes(range(0x80, 0x100))
    message = request(b"A sip:b SIP/2.0\r\nX: <" + high + b">\r\n\r\n")
    assert message.headers["x"][0].encode("latin-1") == b"<" + high + b">"


@pytest.mark.parametrize("control", [*range(9), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F])
def test_a_control_character_in_the_head_is_refused_where_it_stands(control: int) -> None:
    before = b"\r\nA sip:b SIP/2.0\r\nX: y"
    assert refused(before + bytes([control]) + b"\r\n\r\n").offset == len(before)


@pytest.mark.parametrize("after", [b"z\r\n\r\n", b"\r\n\r\n", b"\r\n", b"\r\r\n\r\n"])
def test_a_carriage_return_alone_is_refused(after: bytes) -> None:
    before = b"A sip:b SIP/2.0\r\nX: y"
    assert refused(before + b"\r" + after).offset == len(before)


def test_control_characters_in_the_body_are_its_own_business() -> None:
    assert request(b"A sip:b SIP/2.0\r\nX: y\r\n\r\n\0\r\x01").body == "\0\r\x01"


@pytest.mark.parametrize(
    "line", [b"UPDATE", b": no name", b"two words: x", b"\xe4: x", b":", b"To\xa0: d"]
)
def test_a_line_that_is_no_header_is_passed_over(line: bytes) -> None:
    message = request(b"A sip:b SIP/2.0\r\nX: y\r\n" + line + b"\r\nTo: c\r\n\r\nbody")
    assert message == Request("A", "sip:b", {"x": ["y"], "to": ["c"]}, "body")


@pytest.mark.parametrize(
    "value",
    [
        b"",
        b"x",
        b"-1",
        b"1 ",
        b"1x",
        b"0x1",
        b"\xb2",
        b"1, 1",
        b"9" * 30,
        b"9" * 5000,
        b"1000000000",
    ],
)
def test_content_length_is_one_number_or_the_message_is_refused(value: bytes) -> None:
    data = b"A sip:b SIP/2.0\r\nContent-Length: " + value + b"\r\n\r\n1"
    if value == b"1 ":
        assert request(data).body == "1"
    else:
        refused(data)


@pytest.mark.parametrize("name", [b"Content-Length", b"l", b"CONTENT-LENGTH "])
def test_the_offset_of_a_bad_content_length_is_in_its_line(name: bytes) -> None:
    before = b"A sip:b SIP/2.0\r\nX-Strength: 1\r\n"
    line = name + b": many"
    assert len(before) <= refused(before + line + b"\r\n\r\n").offset < len(before + line)


def test_two_content_lengths_are_refused_even_when_they_agree() -> None:
    refused(b"A sip:b SIP/2.0\r\nContent-Length: 0\r\nl: 0\r\n\r\n")


def test_content_length_above_the_bytes_that_follow_is_refused_where_the_body_begins() -> None:
    head = b"A sip:b SIP/2.0\r\nl: 5\r\n\r\n"
    assert request(head + b"12345").body == "12345"
    bad = refused(head + b"1234")
    assert bad.offset == len(head)
    assert "5" in bad.reason
    assert "4" in bad.reason


def test_content_length_counts_bytes() -> None:
    body = "für".encode()
    data = b"A sip:b SIP/2.0\r\nl: 4\r\n\r\n" + body + b"."
    assert request(data).body.encode("latin-1") == body


@pytest.mark.parametrize(
    "line",
    [
        *(b"SUBSCRIBE sip:a", b"SUBSCRIBE sip:a SIP/1.0", b"SUBSCRIBE  sip:a SIP/2.0"),
        *(b"SUBSCRIBE <sip:a> SIP/2.0", b"SUBSCRIBE sip:a SIP/2.0 ", b" SUBSCRIBE sip:a SIP/2.0"),
        *(b"SUBSCRIBE sip:a b SIP/2.0", b"SUB(SCRIBE sip:a SIP/2.0", b"SIP/2.0 99 Low"),
        *(b"SIP/2.0 700 High", b"SIP/2.0 2000 Long", b"SIP/3.0 200 OK", b"SIP/2.0 200OK"),
        *(b"NOTIFY * HTTP/1.1", b"hello", b"SIP/2.0"),
    ],
)
def test_a_first_line_that_is_no_sip_is_refused_where_it_begins(line: bytes) -> None:
    assert refused(b"\r\n" + line + b"\r\nX: y\r\n\r\n").offset == 2


def test_the_version_is_taken_in_any_case() -> None:
    assert request(b"A sip:b sip/2.0\r\n\r\n").method == "A"


@pytest.mark.parametrize(
    ("line", "status", "reason"),
    [
        (b"SIP/2.0 200 OK", 200, "OK"),
        (b"SIP/2.0 481 Subscription does not exist", 481, "Subscription does not exist"),
        (b"SIP/2.0 100 ", 100, ""),
        (b"sip/2.0 603", 603, ""),
    ],
)
def test_responses_with_and_without_a_reason(line: bytes, status: int, reason: str) -> None:
    message = parse(line + b"\r\nv: x\r\n\r\nbody")
    assert message == Response(status, reason, {"via": ["x"]}, "body")


@pytest.mark.parametrize(
    ("data", "says", "offset"),
    [
        (b"x" * (MAX_DATAGRAM + 1), "larger than any phone's message", MAX_DATAGRAM),
        (b"\r\n\r\n", "empty, or only line breaks (a keep-alive)", 0),
        (b"SUBSCRIBE sip:x SIP/2.0", "cut off inside a header line", 23),
        (b"SUBSCRIBE sip:x SIP/2.0\r\nTo: \x01\r\n\r\n", "a control character in a header", 29),
        (b"hello\r\n\r\n", "the first line is neither a SIP request nor a response", 0),
        (b"\r\nhello\r\n\r\n", "the first line is neither a SIP request nor a response", 2),
        (
            b"SUBSCRIBE sip:x SIP/2.0\r\nl: x\r\n\r\n",
            *("Content-Length is not one number", 25),
        ),
        (
            b"SUBSCRIBE sip:x SIP/2.0\r\nl: 5\r\n\r\nfour",
            *("Content-Length is 5, 4 bytes follow", 33),
        ),
    ],
)
def test_what_the_reason_says(data: bytes, says: str, offset: int) -> None:
    refusal = refused(data)
    assert (refusal.reason, refusal.offset) == (says, offset)
