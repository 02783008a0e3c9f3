from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pnp_gui.bench.phones.files import NONE
from pnp_gui.bench.phones.key import mac_of
from pnp_gui.bench.phones.phone import Decision, Phone
from pnp_gui.bench.phones.row_text import clean_label
from pnp_gui.bench.sheet import reading, sheet, text
from pnp_gui.bench.sheet.reading import Reading, read_sheet
from pnp_gui.bench.sheet.sheet import Remark, SheetLine, lines_text, too_large, write_sheet

MAC = "000413A2105F"
LINE = SheetLine(1, MAC, Decision.APPROVED, "http://h/{mac}", "Room 12")


def read(text: str | bytes) -> Reading:
    return read_sheet(text.encode() if isinstance(text, str) else text)


def good(text: str | bytes) -> list[SheetLine]:
    found = read(text)
    assert found.bad == []
    return found.good


@pytest.mark.parametrize(
    "written",
    [
        "00:04:13:a2:10:5f",
        "00-04-13-A2-10-5F",
        "0004.13a2.105f",
        "000413a2105f",
        "MAC:000413A2105F",
        " 000413A2105F ",
    ],
)
def test_every_form_of_mac(written: str) -> None:
    assert good(f"{written},approved,http://h/{{mac}},Room 12\n") == [LINE]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_every_separator_and_line_end(separator: str, line_end: str) -> None:
    rows = [
        ["mac", "decision", "url", "label"],
        ["00:04:13:A2:10:5F", "yes", "http://h/a,b;c", "Room 12"],
        ["00:04:13:A2:10:60", "no", "", ""],
    ]
    quoted = [[f'"{c}"' if separator in c else c for c in row] for row in rows]
    text = line_end.join(separator.join(row) for row in quoted) + line_end
    assert good(text) == [
        SheetLine(2, MAC, Decision.APPROVED, "http://h/a,b;c", "Room 12"),
        SheetLine(3, "000413A21060", Decision.DENIED, "", ""),
    ]


def test_separators_inside_urls_do_not_mislead() -> None:
    text = "".join(
        f"00:04:13:00:00:{n:02x};approved;http://h/a,b,c?x=1,2;Room, left\n" for n in range(9)
    )
    assert {(line.url, line.label) for line in good(text)} == {
        ("http://h/a,b,c?x=1,2", "Room, left")
    }


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "windows-1252"]
)
def test_every_encoding(encoding: str) -> None:
    text = "mac;decision;url;label\r\n000413A2105F;approved;;Büro Straße 5 €\r\n"
    (line,) = good(text.encode(encoding))
    assert line.label == "Büro Straße 5 €"


def test_columns_stand_in_any_order_and_unknown_ones_are_passed_over() -> None:
    text = "Serial;Label;MAC-Adresse;Decision\n77;Room 12;00-04-13-A2-10-5F;Approved\n"
    assert good(text) == [SheetLine(2, MAC, Decision.APPROVED, None, "Room 12")]


def test_the_name_of_a_column_comes_before_a_word_that_may_mean_it() -> None:
    text = "phone,name,mac,label\nD785,x,000413A2105F,Room 12\n"
    assert good(text) == [SheetLine(2, MAC, None, None, "Room 12")]


def test_a_headings_word_in_a_phones_own_line_makes_no_header() -> None:
    assert good("000413A2105F,approved,,Telefon\n")[0].label == "Telefon"


def test_a_header_is_found_below_blank_lines() -> None:
    assert [line.number for line in good("\n\nlabel,mac\n\nx,000413A2105F\n\n  \n,\n")] == [5]


def test_excels_own_separator_line() -> None:
    assert good("sep=;\r\nmac;label\r\n000413A2105F;a,b\r\n")[0] == SheetLine(
        3, MAC, None, None, "a,b"
    )


def test_what_a_line_leaves_out_it_says_nothing_about() -> None:
    assert good("000413A2105F") == [SheetLine(1, MAC, None, None, None)]
    assert good("000413A2105F,,,") == [SheetLine(1, MAC, None, None, None)]
    assert good("mac,decision\n000413A2105F,undecided") == [
        SheetLine(2, MAC, Decision.UNDECIDED, None, None)
    ]


@pytest.mark.parametrize(
    ("word", "decision"),
    [
        *((w, Decision.APPROVED) for w in ("approved", "Approve", "YES", "ok", "1", "ja")),
        *((w, Decision.DENIED) for w in ("denied", "Deny", "NO", "0", "nein", "gesperrt")),
        *((w, Decision.UNDECIDED) for w in ("undecided", "offen")),
    ],
)
def test_words_for_a_decision(word: str, decision: Decision) -> None:
    assert good(f"mac,decision\n000413A2105F,{word}\n")[0].decision is decision


def test_phones_without_a_mac_are_named_by_their_address() -> None:
    assert good("mac,label\nip:10.13.2.37,x\n")[0].mac == "ip:10.13.2.37"
    assert good("mac,label\nip:1.2.3.4,x\n")[0].mac == "ip:1.2.3.4"


@pytest.mark.parametrize(
    ("line", "code", "says"),
    [
        ("00:04:13:A2:10,approved", "sheet_mac", "00:04:13:A2:10"),
        (",approved,,Room 12", "sheet_mac", "no MAC"),
        ("413102030405.0,approved", "sheet_mac", "number"),
        ("4.13E+11,approved", "sheet_mac", "number"),
        ("000413A21060,perhaps", "sheet_decision", "perhaps"),
        ("000413A21060,approved,gopher://h/", "url", "gopher"),
        ("000413A21060,approved,http://h/ü", "url", "position 10"),
        ("000413A21060,approved,http://h/a,b,Room 12", "sheet_cells", "5 cells"),
        ('000413A21060,approved,,"Room 12', "sheet_quote", "quotation"),
        ('000413A21060,approved,,"Room" 12', "sheet_quote", "quotation"),
        ("000413A2105F,denied", "sheet_twice", "line 2"),
    ],
)
def test_a_bad_line_says_why_and_does_not_take_the_others_along(
    line: str, code: str, says: str
) -> None:
    text = f"mac,decision,url,label\n000413A2105F,approved\n{line}\n000413A2106F,denied\n"
    found = read(text)
    assert [(x.number, x.mac) for x in found.good] == [(2, MAC), (4, "000413A2106F")]
    ((number, shown, reason),) = [(b.number, b.text, b.reason) for b in found.bad]
    assert (number, shown, reason.code) == (3, line, code)
    assert says in str(reason)


def test_a_quoted_cell_may_go_over_lines() -> None:
    text = 'mac,label\n000413A2105F,"Room 12\nwest ""wing"""\n000413A21060,b\n'
    assert [(x.number, x.label) for x in good(text)] == [(2, 'Room 12 west "wing"'), (4, "b")]


def test_an_unclosed_quote_does_not_swallow_the_phones_after_it() -> None:
    text = 'mac,label\n000413A2105F,"Room\n000413A21060,b\n000413A21061,c"\n'
    found = read(text)
    assert [(line.number, line.label) for line in found.good] == [(3, "b"), (4, 'c"')]
    assert [line.number for line in found.bad] == [2]


@pytest.mark.parametrize("start", [b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"])
def test_a_workbook_is_not_a_sheet(start: bytes) -> None:
    refused = read(start + bytes(500)).refused
    assert refused is not None
    assert refused.code == "sheet_workbook"


def test_a_sheet_beyond_the_limits_is_refused_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_LINES", 4)
    full = "mac\n" + "".join(f"0004130000{n:02x}\n,,,\n\n" for n in range(3))
    assert len(good(full)) == 3, "blank lines do not count"
    assert read(f"{full}no MAC\n") == Reading(refused=too_large())
    monkeypatch.setattr(text, "MAX_BYTES", len(full) - 1)
    assert read(full) == Reading(refused=too_large())


def test_as_many_lines_as_may_be_fit_into_as_many_bytes() -> None:
    phone = Phone(
        *(MAC, MAC),
        own_url="http://192.168.100.200/provisioning/snom/{mac}.xml",
        label="Building 3, second floor, room 12, extension 204",
        files=NONE.fetched("a.cfg", 1, 1.8e9, 1.0),
    )
    line = len(write_sheet([phone])) - len(write_sheet([]))
    assert line * sheet.MAX_LINES < sheet.MAX_BYTES


@pytest.mark.parametrize(
    "label",
    [
        *("=1+1", "+49 30 1234", "-5", "@x", "'=1", "''@", "\uff1d1", "'plain"),
        *("=cmd|' /C calc'!A0", "Ru\u0308tli", "\ufa10", "\u037e"),
    ],
)
def test_no_cell_is_a_formula_and_each_comes_back_as_it_was(label: str) -> None:
    data = write_sheet([Phone(MAC, MAC, label=label)])
    cell = data.decode("utf-8-sig").splitlines()[1].split(",", 3)[3].strip('"')
    assert cell[0] not in "=+-@\uff1d\uff0b\uff0d\uff20\t\r"
    assert good(data)[0].label == label


KEYS = st.one_of(
    st.integers(0, 2**48 - 1).map(lambda n: f"{n:012X}"),
    st.ip_addresses(v=4).map(lambda a: f"ip:{a}"),
)
URLS = st.one_of(
    st.just(""),
    st.text(
        st.characters(min_codepoint=0x21, max_codepoint=0x7E, exclude_characters="$"), max_size=40
    ).map(lambda tail: f"http://h/{tail}"),
)
PHONES = st.lists(
    st.builds(
        lambda key, decision, url, label: Phone(
            key, mac_of(key), decision=decision, own_url=url, label=clean_label(label)
        ),
        KEYS,
        st.sampled_from(Decision),
        URLS,
        st.one_of(st.text(max_size=20), st.text("'=+-@,;\" \t\nab", max_size=8)),
    ),
    unique_by=lambda phone: phone.key,
    max_size=12,
)


@given(PHONES, st.sampled_from([",", ";", "\t"]))
def test_what_is_written_is_read_as_the_same(phones: list[Phone], separator: str) -> None:
    assert [
        (line.mac, line.decision, line.url, line.label)
        for line in good(write_sheet(phones, separator))
    ] == [(p.key, p.decision, p.own_url, p.label) for p in phones]


@given(PHONES, st.sampled_from([",", ";", "\t"]), st.sampled_from(["utf-16", "utf-8"]))
def test_so_is_what_a_spreadsheet_program_made_of_it(
    phones: list[Phone], separator: str, encoding: str
) -> None:
    rows = csv.reader(io.StringIO(write_sheet(phones).decode("utf-8-sig"), newline=""))
    saved = io.StringIO()
    csv.writer(saved, delimiter=separator, lineterminator="\r\n").writerows(rows)
    lines = good(saved.getvalue().encode(encoding))
    assert [(line.mac, line.decision, line.url, line.label) for line in lines] == [
        (p.key, p.decision, p.own_url, p.label) for p in phones
    ]


@given(st.one_of(st.binary(), st.text("\"',;\t\n\r=0413aA:-. ép", max_size=80).map(str.encode)))
def test_any_bytes_are_read_without_an_exception(data: bytes) -> None:
    found = read(data)
    lines: list[SheetLine | Remark] = [*found.good, *found.bad, *found.notes]
    for line in lines:
        assert 1 <= line.number <= data.count(b"\n") + data.count(b"\r") + 1
        assert isinstance(line, SheetLine) or str(line.reason)


def test_a_phone_without_a_mac_is_written_by_its_address() -> None:
    found = read(b"10.13.2.37,approved,,lobby\nip:10.13.2.38,denied,,\n10.13.2,approved,,\n")
    assert [line.mac for line in found.good] == ["ip:10.13.2.37", "ip:10.13.2.38"]
    assert [line.number for line in found.bad] == [3]


def test_a_phone_without_a_mac_is_written_by_its_address_alone() -> None:
    (line,) = good(b"10.13.2.37,approved,,lobby\n")
    phone = Phone(line.mac, decision=Decision.APPROVED, label="lobby")
    data = write_sheet([phone])
    assert b"\r\n10.13.2.37,approved,,lobby,\r\n" in data
    assert good(data)[0].mac == line.mac


def test_lines_as_text_say_what_the_lines_do() -> None:
    """`--check-sheet` prints them. A dash is no formula, and is still read as one."""
    text = lines_text(
        [
            LINE,
            SheetLine(2, "ip:10.13.2.37", Decision.UNDECIDED, "", ""),
            SheetLine(3, "000413A21060", None, None, None),
        ]
    )
    assert text == (
        f"{MAC},approved,http://h/{{mac}},Room 12\nip:10.13.2.37,undecided,'-,\n000413A21060,,,\n"
    )
    assert [line.url for line in good(text)] == [LINE.url, "", None]


def test_what_is_no_text_is_no_sheet() -> None:
    picture = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 40
    refused = read(picture).refused
    assert refused is not None
    assert refused.code == "sheet_binary"
    (line,) = good(b"000413A2105F,approved,,Room\0 12 on the left\n")
    assert line.label == "Room 12 on the left"
