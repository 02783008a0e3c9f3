"""The lines of a text: its encoding, their numbers however long it is, and what is no text."""

from __future__ import annotations

import pytest

from pnp_gui.bench.sheet import text as module
from pnp_gui.bench.sheet.sheet import MAX_BYTES, too_large
from pnp_gui.bench.sheet.text import MAX_LINE, PIECE, Line, lines_of, paced
from pnp_gui.system.steps import finished
from pnp_gui.trouble import Trouble


def lines(data: bytes) -> list[Line]:
    return finished(lines_of(data))


def texts(data: bytes) -> list[str]:
    return [line.text for line in lines(data)]


def test_lines_keep_their_numbers_where_the_text_is_decoded_in_pieces() -> None:
    written = [f"{number} é{'x' * (number % 97)}" for number in range(1, 9001)]
    for at in (3, 4, 4000, 8998):
        written[at] = ""
    data = "\n".join(written).encode()
    assert len(data) > 4 * PIECE
    assert lines(data) == [Line(at, text) for at, text in enumerate(written, 1) if text]
    assert lines(data + b"\n\n") == lines(data)


@pytest.mark.parametrize("extra", [-1, 0, 1])
def test_a_line_that_ends_with_a_piece_ends_there(extra: int) -> None:
    first = "x" * 9 + "\n"
    data = first * (PIECE // 10) + "y" * (PIECE % 10 + extra - 1) + "\nlast"
    assert lines(data.encode())[-1] == Line(PIECE // 10 + 2, "last")
    assert len(texts(b"a\n" * (PIECE // 2 - 1) + b"zz")) == PIECE // 2


def test_of_a_line_that_is_too_long_the_beginning_is_kept() -> None:
    assert len(texts(b"a\n" * ((PIECE - MAX_LINE) // 2) + b"x" * MAX_LINE + b"\nb")[-2]) == MAX_LINE
    for length in (MAX_LINE, MAX_LINE + 1, MAX_LINE + 2, PIECE * 3):
        found = lines(b"a\n" + b"x" * length + b"\nb")
        assert [line.number for line in found] == [1, 2, 3]
        assert len(found[1].text) == min(length, MAX_LINE + 1)


def test_a_character_of_several_bytes_is_read_across_pieces() -> None:
    for shift in range(3):
        text = "x" * shift + "€" * (PIECE // 2)
        assert texts(f"{text}\n".encode()) == [text[: MAX_LINE + 1]]
        text = "\n".join(["x" * shift, *["€€"] * PIECE][:20_000])
        assert texts(text.encode()) == list(filter(None, text.split("\n")))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", ["a1", "Büro €\nŚlęża", "MAC;Büro\n00;7"])
def test_each_encoding_that_spreadsheet_programs_use(encoding: str, text: str) -> None:
    assert texts(text.encode(encoding)) == text.split("\n")


def test_utf_16_of_the_other_byte_order_is_known_by_its_mark() -> None:
    text = "会議室\n三階"
    assert texts(b"\xfe\xff" + text.encode("utf-16-be")) == text.split("\n")
    assert texts(b"\xff\xfe" + text.encode("utf-16-le")) == text.split("\n")


def test_utf_16_without_a_mark_may_have_letters_of_other_scripts() -> None:
    text = "000413;会議室"
    assert texts(text.encode("utf-16-le")) == [text]
    assert texts(text.encode("utf-16-be")) == [text]


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("Büro Süd €".encode("windows-1252"), "Büro Süd €"),
        ("Piątek".encode("windows-1250"), "Piątek"),
        ("Śląsk".encode("windows-1250"), "Śląsk"),
        *((word.encode("windows-1250"), word) for word in ("Łódź", "Łóś", "Żółty", "Wąs", "Góźdź")),
        ("Œuf L'HAŸ ¿Qué? 3 m³ £5".encode("windows-1252"), "Œuf L'HAŸ ¿Qué? 3 m³ £5"),
        (b"x" * (PIECE + 1) + b"\nB\xfcro", "Büro"),
        (b"B\xfc", "Bü"),
        (b"x" * (PIECE - 3) + b"\nB\xfc", "Bü"),
        (b"x\xfc", "xü"),
        (b"B\xc3", "BÃ"),
        (b"5 m\xb9 \xfc", "5 m¹ ü"),
    ],
)
def test_what_is_not_utf_8_is_of_windows(data: bytes, text: str) -> None:
    assert texts(data)[-1] == text


def test_of_a_long_text_the_beginning_says_whether_it_is_polish() -> None:
    before = b"x;\xfc\n"
    for pieces, text in ((3, "Książka"), (4, "Ksi¹¿ka")):
        data = before * (PIECE * pieces // len(before)) + b"Ksi\xb9\xbfka"
        assert texts(data)[-1] == text


def test_what_cannot_be_decoded_is_marked_and_the_rest_is_read() -> None:
    assert texts("a\nb".encode("utf-16") + b"\0") == ["a", "b�"]


def test_one_in_twenty_control_characters_is_no_text() -> None:
    assert texts(b"x" * 19 + b"\x01") == ["x" * 19 + "\x01"]
    with pytest.raises(Trouble) as told:
        lines(b"x" * 18 + b"\x01")
    assert (told.value.code, str(told.value)) == (
        "sheet_binary",
        "This is not a text file. A sheet of phones is a CSV file, as spreadsheet programs "
        "save it.",
    )


def test_blank_lines_of_tabs_and_page_breaks_are_text() -> None:
    assert texts(b"\t\t\r\n\f\r\n\t\t\t\nMAC\n") == ["MAC"]


def test_the_limits_are_those_of_a_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_BYTES", 100)
    monkeypatch.setattr(module, "_MOST_LINES", 10)
    assert texts(b"x" * 100) == ["x" * 100]
    assert texts(b"x\n" * 10) == ["x"] * 10
    for data in (b"x" * 101, b"x\n" * 11):
        with pytest.raises(Trouble) as told:
            lines(data)
        assert told.value == too_large()
    assert MAX_BYTES > 100


LONG = '"x":"%s"' % ("y" * 2000)


@pytest.mark.parametrize("before", ["", "\ufeff", " \r\n"])
def test_objects_on_one_long_line_are_on_lines_of_their_own(before: str) -> None:
    text = f'{before}[{{{LONG}}},{{"a":"b"}},{{"c":"d"}}]'
    assert texts(text.encode()) == [f"[{{{LONG}}}", ',{"a":"b"}', ',{"c":"d"}]']
    text = f'{before}{{"x":{{{LONG}}},"y":{{"a":"b"}}}}'
    assert texts(text.encode()) == [f'{{"x":{{{LONG}}}', ',"y":{"a":"b"}}']
    text = f"{before}<x>{'y' * 2000}</x><z>"
    assert texts(text.encode()) == [f"<x>{'y' * 2000}</x>", "<z>"]


@pytest.mark.parametrize(
    "text",
    [
        '[{"a":"b"},{"c":"d"}]',
        f'[\n{{{LONG}}},{{"a":"b"}}]'.replace("\n", "\n" + " " * 10 + "\n"),
        f"Name;{{{LONG}}},x",
        f"{LONG}}},x",
        f"X{{{LONG}}},x",
    ],
)
def test_other_text_keeps_its_lines(text: str) -> None:
    assert texts(text.encode()) == [line for line in text.split("\n") if line.strip()]


@pytest.mark.parametrize(("length", "count"), [(0, 100), (200, 50), (19_800, 1), (19_801, 0)])
def test_it_pauses_after_many_lines_or_characters(length: int, count: int) -> None:
    """Of lines with so many characters, it goes on without a pause after `count`."""
    line = Line(1, "x" * length)
    assert list(paced([line] * count)) == [line] * count
    assert list(paced([line] * (count + 1))) == [*[line] * (count + 1), None]
    assert list(paced([line] * (count + 1) * 2)).count(None) == 2
