"""What is understood of a list, what is asked, and what the technician says to that."""

from __future__ import annotations

import pytest

from pnp_gui.bench.phones.phone import Decision
from pnp_gui.bench.sheet.layout import Choices, Meaning, column_name
from pnp_gui.bench.sheet.reading import read_in_steps, read_rows, read_sheet
from pnp_gui.bench.sheet.records import MAX_CELLS
from pnp_gui.bench.sheet.rows import Row
from pnp_gui.bench.sheet.sheet import SheetLine
from pnp_gui.bench.sheet.text import MAX_LINE, PIECE
from pnp_gui.system.steps import finished
from tests.bench.sheet.read import layout_of, read

A, B = "000413A00001", "000413A00002"


def test_it_says_which_column_means_what() -> None:
    text = (
        f"Phones of Oslo\nName;Serial;MAC;Freigabe;Config URL;Ext\nGreta;1;{A};ja;http://h/x;21\n"
    )
    layout = layout_of(read(text))
    assert layout.header == 2
    assert layout.headings == ("Name", "Serial", "MAC", "Freigabe", "Config URL", "Ext")
    assert [layout.meaning(column) for column in range(6)] == [
        *(Meaning.LABEL, Meaning.NOTHING, Meaning.MAC, Meaning.DECISION, Meaning.URL),
        Meaning.LABEL,
    ]
    assert list(map(str, layout.described())) == [
        *("MAC: column C", "label: column A + F", "decision: column D", "URL: column E"),
        "headings: line 2",
    ]
    assert list(map(str, layout_of(read(A)).described())) == [
        *("MAC: column A", "no labels", "no decisions", "no URLs", "no headings"),
    ]


def test_columns_are_named_as_spreadsheet_programs_do() -> None:
    assert [column_name(column) for column in (0, 25, 26, 701, 702)] == [
        "A",
        "Z",
        "AA",
        "ZZ",
        "AAA",
    ]


def test_rows_of_a_workbook_are_read_as_those_of_a_text() -> None:
    rows = [Row(1, ["Name", "MAC"], "Name MAC"), Row(2, ["Greta", A], f"Greta {A}")]
    reading = finished(read_rows(rows))
    assert reading.good == [SheetLine(2, A, None, None, "Greta")]
    assert layout_of(reading).macs == (1,)


TWO = f"Name,MAC Ethernet,MAC LAN\nGreta,{A},{B}\n"
HEADINGS = ("Name", "MAC Ethernet", "MAC LAN")


def test_where_it_is_not_clear_it_asks_and_reads_no_phone() -> None:
    reading = read(TWO)
    assert reading.good == []
    assert "B (MAC Ethernet), C (MAC LAN)" in str(reading.question)
    assert layout_of(reading).headings == HEADINGS
    assert reading.sample == [["Greta", A, B]]


def test_the_technicians_choice_answers_the_question() -> None:
    reading = read_sheet(TWO.encode(), {HEADINGS: {2: Meaning.MAC}})
    assert reading.question is None
    assert reading.good == [SheetLine(2, B, None, None, "Greta")]


@pytest.mark.parametrize(("cell", "column"), [("Greta", 0), ("4,13103E+11", 0), ("", 1)])
def test_a_column_that_was_chosen_and_has_no_mac_is_asked_about(cell: str, column: int) -> None:
    text = f"Name;MAC Ethernet;MAC LAN\n{cell};;{B}\n"
    reading = read_sheet(text.encode(), {HEADINGS: {column: Meaning.MAC}})
    assert reading.question is not None
    assert (reading.question.code, str(reading.question)) == (
        "sheet_question",
        "There is no MAC in the column that was chosen.",
    )
    assert layout_of(reading).macs == (column,)
    assert reading.sample == [[cell, "", B]]
    assert (reading.good, reading.bad, reading.notes) == ([], [], [])


def test_a_fault_below_a_chosen_column_is_told() -> None:
    chosen: Choices = {("Name", "MAC", "Freigabe"): {1: Meaning.MAC}}
    reading = read_sheet(f"Name,MAC,Freigabe\nGreta,{A},perhaps\n".encode(), chosen)
    assert [one.reason.code for one in reading.bad] == ["sheet_decision"]


def test_the_first_rows_are_shown() -> None:
    rows = [[f"00041300000{number}", "Greta"] for number in range(5)]
    assert read("\n".join(map(";".join, rows))).sample == rows[:3]


@pytest.mark.parametrize(("rows", "pauses"), [(50, 0), (51, 1), (101, 1), (102, 2)])
def test_reading_rows_pauses_after_so_many_cells(rows: int, pauses: int) -> None:
    listed = [Row(number, [A, *"abcdefghi"], A) for number in range(rows)]
    assert sum(1 for _ in read_rows(listed)) == sum(1 for _ in read_rows(listed[:1])) + pauses


def test_some_sentences_between_the_rows_make_it_no_text() -> None:
    reading = read(f"{A};Greta\n{B};Nils\n{A} {B};Ida\nsome text\nmore text\n")
    assert [line.label for line in reading.good] == ["Greta", "Nils"]


def test_values_behind_their_names_are_no_table() -> None:
    reading = read(f'a mac-address={A} comment="Greta"\na mac-address={B} comment="Nils"\n')
    assert (reading.layout, reading.described()) == (None, [])


def test_a_choice_is_for_lists_with_the_same_headings() -> None:
    other = TWO.replace("Name", "Person")
    assert read_sheet(other.encode(), {HEADINGS: {2: Meaning.MAC}}).question is not None


def test_a_meaning_given_to_a_column_is_taken_from_the_one_that_had_it() -> None:
    text = f"MAC,Name,Status,Page\n{A},Greta,yes,http://h/x\n"
    chosen = {1: Meaning.NOTHING, 2: Meaning.DECISION, 3: Meaning.URL}
    reading = read_sheet(text.encode(), {("MAC", "Name", "Status", "Page"): chosen})
    assert reading.good == [SheetLine(2, A, Decision.APPROVED, "http://h/x", None)]
    chosen = {2: Meaning.LABEL}
    reading = read_sheet(text.encode(), {("MAC", "Name", "Status", "Page"): chosen})
    assert reading.good == [SheetLine(2, A, None, None, "yes")]


def test_a_list_without_headings_is_chosen_for_by_its_width() -> None:
    text = f"{A},{B}\n"
    assert read(text).question is not None
    reading = read_sheet(text.encode(), {("", ""): {1: Meaning.MAC}})
    assert [line.mac for line in reading.good] == [B]


@pytest.mark.parametrize(
    ("text", "url"),
    [
        (f"mac,url\n{A},\n", None),
        (f"mac,url\n{A},-\n", ""),
        (f"mac,url,label\n{A},http://h/x,\n", "http://h/x"),
        (f"mac,decision,url,label\n{A},,,Greta\n", None),
        (f"mac,decision,url,label\n{A},,-,Greta\n", ""),
        (f"{A},approved,,Greta\n", None),
        (f"{A},approved,-,Greta\n", ""),
    ],
)
def test_an_empty_url_says_nothing_and_a_dash_takes_it_away(text: str, url: str | None) -> None:
    (line,) = read(text).good
    assert line.url == url


def test_a_line_of_our_own_export_says_all() -> None:
    (line,) = read(f"mac,decision,url,label\n{A},undecided,,\n").good
    assert line == SheetLine(2, A, Decision.UNDECIDED, "", "")


@pytest.mark.parametrize("word", ["1", "0", "x", "yes", "no", "ja", "true", "✓"])
def test_without_a_heading_only_a_full_word_decides(word: str) -> None:
    (line,) = read(f"{A},{word}\n").good
    assert line.decision is None


def test_a_comma_too_many_costs_one_line_and_not_the_decisions_of_the_others() -> None:
    reading = read(f"{A},approved,http://h/a,b,Greta\n{B},approved,,Nils\n000413A00003,denied\n")
    assert [(one.number, one.reason.code) for one in reading.bad] == [(1, "sheet_cells")]
    assert [line.decision for line in reading.good] == [Decision.APPROVED, Decision.DENIED]


@pytest.mark.parametrize("heading", ["Status", "Active", "Enabled", "Approved", "State"])
def test_no_other_heading_decides(heading: str) -> None:
    (line,) = read(f"MAC,{heading}\n{A},approved\n").good
    assert line.decision is None


def test_words_that_decide_nothing_are_said_if_no_line_has_another() -> None:
    reading = read_sheet(b"mac;Entscheidung\n000413000001;kaufen\n000413000002;mieten\n")
    assert reading.good == []
    assert [one.reason.code for one in reading.bad] == ["sheet_decision"] * 2


def test_the_same_phone_again_is_a_note_unless_it_says_otherwise() -> None:
    text = f"MAC,Freigabe\n{A},ja\n{A},ja\n{A},\n{A},nein\n"
    reading = read(text)
    assert [line.number for line in reading.good] == [2]
    assert [one.number for one in reading.notes] == [3, 4]
    assert [(one.number, one.reason.code) for one in reading.bad] == [(5, "sheet_twice")]


def test_a_line_that_decides_about_nobody_is_a_fault() -> None:
    reading = read(f"MAC,Freigabe,Name\n{A},ja,Greta\n,ja,Nils\n,,Lobby\n")
    assert [one.number for one in reading.bad] == [3]
    assert [one.number for one in reading.notes] == [4]


@pytest.mark.parametrize("rest", ["perhaps", "approved,http://h/ü,Greta", "yes,,x,y"])
@pytest.mark.parametrize("head", ["mac,decision,url,label", "MAC,Freigabe,Config URL,Name"])
def test_the_fault_of_the_only_line_is_told_and_its_mac_is_not_taken_alone(
    head: str, rest: str
) -> None:
    reading = read(f"{head}\n{A},{rest}\n")
    assert [one.number for one in reading.bad] == [2]
    assert reading.good == []


@pytest.mark.parametrize(
    ("decision", "url"), [("perhaps", "http://h/y"), ("denied", "http://h/a b")]
)
def test_a_fault_behind_a_name_costs_one_phone_and_not_what_the_others_say(
    decision: str, url: str
) -> None:
    one_thing = '{{"mac":"{}","name":"{}","decision":"{}","url":"{}"}}'
    lines = (A, "Greta", "approved", "http://h/x"), (B, "Nils", decision, url)
    reading = read("".join(f"{one_thing.format(*one)}\n" for one in lines))
    assert reading.good == [SheetLine(1, A, Decision.APPROVED, "http://h/x", "Greta")]
    assert [one.number for one in reading.bad] == [2]


def test_faults_and_notes_are_told_in_the_order_of_the_file() -> None:
    reading = read(f"MAC,Freigabe,Name\n,,Lobby\n,ja,Nils\n{A},ja,Greta\n,,Ida\n")
    assert [one.number for one in reading.bad] == [3]
    assert [one.number for one in reading.remarks()] == [2, 3, 5]


def test_a_list_in_which_all_macs_are_spoilt_says_so_for_each() -> None:
    reading = read("MAC;Name\n4,13103E+11;Greta\n4,13103E+11;Nils\n")
    assert reading.refused is None
    assert [one.number for one in reading.bad] == [2, 3]
    assert "spreadsheet" in str(reading.bad[0].reason)


def test_a_list_with_two_macs_in_each_cell_is_still_a_table() -> None:
    reading = read(f"MAC,Name\n{A} / {B},Greta\n")
    assert [one.number for one in reading.bad] == [2]
    assert layout_of(reading).header == 1


def test_a_mac_behind_other_words_is_a_fault_and_not_passed_over() -> None:
    reading = read(f"MAC,Name\n{A},Greta\nLobby {B},Nils\n")
    assert [(one.number, one.reason.code) for one in reading.bad] == [(3, "sheet_mac")]


def test_macs_that_do_not_stand_below_the_heading_mac_are_asked_about() -> None:
    assert read(f"Name,MAC,Other\nGreta,,{A}\n").question is not None


def test_what_has_no_mac_is_refused() -> None:
    assert "no MAC" in str(read("Name,Ext\nGreta,21\n").refused)
    assert read("").refused is None


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (f"{A},{'x' * MAX_LINE}", "characters"),
        (f"{A}{',x' * MAX_CELLS}", "cells"),
    ],
)
def test_a_line_beyond_the_limits_is_left_out_and_the_others_are_read(line: str, says: str) -> None:
    reading = read(f"MAC,Name\n{line}\n{B},Nils\n")
    assert [row.mac for row in reading.good] == [B]
    ((number, reason),) = [(one.number, one.reason) for one in reading.bad]
    assert number == 2
    assert says in str(reason)


def test_separators_without_cells_are_no_line_however_many() -> None:
    reading = read(f"MAC,Name\n{',' * 1_000_000}\n{A},Greta{',' * 15_000}\n")
    assert [line.number for line in reading.good] == [3]
    assert reading.bad == []


@pytest.mark.parametrize("piece", [b"x,", b"\n", b'a,"b\n', "\u00e9;".encode(), b"{", b"00:"])
def test_reading_pauses_before_much_is_done(piece: bytes) -> None:
    """A pause for at most this many bytes: no piece of work grows with the file."""
    steps = read_steps(piece * (1_000_000 // len(piece)))
    assert steps >= 2 * (1_000_000 // PIECE)


def read_steps(data: bytes) -> int:
    return sum(1 for _ in read_in_steps(data))


def test_a_cell_in_quotation_marks_may_have_a_blank_before_it() -> None:
    (line,) = read(f'Name, MAC, Decision\n"Greta, Nils", "{A}", "approved"\n').good
    assert (line.label, line.mac, line.decision) == ("Greta, Nils", A, Decision.APPROVED)


def test_a_value_behind_its_name_may_have_quotation_marks() -> None:
    reading = read(f'phones:\n- name: "Xenia"\n  mac: "{A}"\n- name: "Felix"\n  mac: "{B}"\n')
    assert [(line.mac, line.label) for line in reading.good] == [(A, "Xenia"), (B, "Felix")]


@pytest.mark.parametrize("blank", ["\u00a0", "\u2003", " ", "\t"])
def test_a_cell_of_blanks_is_empty(blank: str) -> None:
    """Excel and web pages have other blanks than ASCII's."""
    reading = read(f"mac;decision\n{A};approved;{blank}\n")
    assert ([line.mac for line in reading.good], reading.bad) == ([A], [])
