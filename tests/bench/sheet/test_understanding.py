"""What is understood of a list whose columns are not those of our own sheet."""

from __future__ import annotations

import pytest

from pnp_gui.bench.phones.phone import Decision
from pnp_gui.bench.sheet.labels import label_of
from pnp_gui.bench.sheet.layout import Choices, Meaning
from pnp_gui.bench.sheet.reading import read_sheet
from pnp_gui.bench.sheet.rows import Row
from pnp_gui.bench.sheet.sheet import SheetLine
from pnp_gui.bench.sheet.understanding import understand
from pnp_gui.system.steps import finished
from tests.bench.sheet.read import layout_of, read

A, B = "000413A00001", "000413A00002"


@pytest.mark.parametrize("cells", [("", ""), ("-", "-"), ("-", ""), ("", "http://h/x")])
def test_a_column_of_urls_may_have_empty_cells_and_dashes(cells: tuple[str, str]) -> None:
    head = "MAC,URL\n"
    text = f"{head}{A},{cells[0]}\n{head}{B},{cells[1]}\n"
    assert layout_of(read(text)).url == 1


def test_of_two_columns_for_decisions_none_counts_until_one_is_chosen() -> None:
    text = f"MAC,Freigabe,Entscheidung\n{A},ja,nein\n{B},nein,ja\n"
    key = ("MAC", "Freigabe", "Entscheidung")
    assert [line.decision for line in read(text).good] == [None, None]
    reading = read_sheet(text.encode(), {key: {2: Meaning.DECISION}})
    assert [line.decision for line in reading.good] == [Decision.DENIED, Decision.APPROVED]


def test_two_sheets_beside_each_other_are_asked_about() -> None:
    head = "mac,decision,url,label"
    reading = read(f"{head},{head}\n{A},approved,,Greta,{B},denied,,Nils\n")
    assert (reading.good, reading.question is not None) == ([], True)
    reading = read(f"{head},decision\n{A},approved,,Greta,denied\n")
    assert [line.decision for line in reading.good] == [None]


def test_a_sheet_without_headings_has_none() -> None:
    assert layout_of(read(f"{A},approved,-,Greta\n")).headings == ("",) * 4


@pytest.mark.parametrize(
    ("rows", "is_sheet"),
    [
        ([",approved", ",,"], True),
        ([",,http://h/x,Greta", ",,,Nils"], True),
        ([",approved,Greta,7", ",denied,Nils,8"], False),
        ([",approved", ",x", ",y"], False),
        ([",approved", ",x"], True),
    ],
)
def test_without_headings_half_of_what_stands_there_has_to_be_a_sheets(
    rows: list[str], is_sheet: bool
) -> None:
    lines = [f"{A[:-1]}{number}{row}\n" for number, row in enumerate(rows)]
    assert layout_of(read("".join(lines))).exact is is_sheet


def test_macs_may_stand_beyond_the_headings() -> None:
    reading = read(f"Name,Room\nGreta,7,{A}\nNils,8,{B}\n")
    assert [(line.mac, line.label) for line in reading.good] == [(A, "Greta"), (B, "Nils")]
    assert layout_of(reading).headings == ("Name", "Room", "")


def test_a_meaning_may_be_given_to_a_column_beyond_the_headings() -> None:
    chosen: Choices = {("MAC", "Name"): {3: Meaning.LABEL}}
    reading = read_sheet(f"MAC,Name\n{A},Greta,x,Lobby\n".encode(), chosen)
    assert reading.good == [SheetLine(2, A, None, None, "Lobby")]
    assert layout_of(reading).headings == ("MAC", "Name", "", "")


@pytest.mark.parametrize("cells", ["4,13103E+11;", ";4,13103E+11"])
def test_of_several_headings_for_macs_each_is_looked_at_for_what_spoilt_them(cells: str) -> None:
    reading = read(f"Name;MAC 1;MAC 2\nGreta;{cells}\n")
    assert ["spreadsheet" in str(one.reason) for one in reading.bad] == [True]


@pytest.mark.parametrize(("heading", "keys"), [("mac", [A, "ip:10.13.2.37"]), ("MAC-ID", [A])])
def test_only_below_our_own_heading_an_address_is_a_phone(heading: str, keys: list[str]) -> None:
    reading = read(f"{heading},Name\n{A},Greta\n10.13.2.37,Lobby\n")
    assert [line.mac for line in reading.good] == keys


def test_where_a_name_is_empty_another_one_stands_before_the_number() -> None:
    reading = read(f"Name;Room;Ext;MAC\nGreta;Lobby;21;{A}\n;Hall;22;{B}\n")
    assert [line.label for line in reading.good] == ["Greta 21", "Hall 22"]


def test_the_name_instead_is_the_first_that_says_something() -> None:
    reading = read(
        f"Name;Raum;Hostname;MAC\nGreta;Lobby;desk-holm;{A}\nNils;Hall;desk-lund;{B}\n"
        f";?;desk-moe;{A[:-1]}3\nIda;;;{A[:-1]}4\n"
    )
    assert [line.label for line in reading.good] == ["Greta", "Nils", "desk-moe", "Ida"]


@pytest.mark.parametrize(
    "error", ["#N/A", "#NV", "#REF!", "#DIV/0!", "#NAME?", "#BEZUG!", "#¡VALOR!", "#N/D", "#NOM?"]
)
def test_where_a_formula_found_nothing_there_is_no_name_and_no_comment(error: str) -> None:
    reading = read(f"Name;MAC;Raum\n{error};{A};Lobby\nNils;{B};Hall\n#Ida;{A[:-1]}3;x\n")
    assert [(line.mac, line.label) for line in reading.good] == [(A, "Lobby"), (B, "Nils")]


@pytest.mark.parametrize("words", [("Ja", "Nein"), ("approved", "pending"), ("OK", "gesperrt")])
def test_a_column_of_decisions_without_a_heading_is_no_name(words: tuple[str, str]) -> None:
    reading = read(f"{A};Lobby;{words[0]}\n{B};Hall;{words[1]}\n")
    assert [(line.label, line.decision) for line in reading.good] == [
        ("Lobby", None),
        ("Hall", None),
    ]


@pytest.mark.parametrize(
    ("rows", "label"),
    [
        (f"1;{A};Greta;201\n2;{B};Nils;202\n", "Greta 201"),
        (f"01;{A};Greta\n03;{B};Nils\n", "Greta"),
        (f"1;{A};201\n2;{B};202\n", "201"),
        (f"1;{A}\n2;{B}\n", "1"),
        (f"2;{A};Greta\n1;{B};Nils\n", "Greta 2"),
        (f"201;{A};Greta\n202;{B};Nils\n", "Greta 201"),
        (f"{A};Greta;1\n{B};Nils;2\n", "Greta 1"),
    ],
)
def test_the_number_of_a_row_is_no_extension(rows: str, label: str) -> None:
    assert read(rows).good[0].label == label


@pytest.mark.parametrize(
    ("words", "label"),
    [
        (("Greta", "Blume"), "Greta"),
        (("geheim123", "Greta"), "Greta"),
        (("desk1", "201"), "desk1 201"),
        (("Raum12b", ""), "Raum12b"),
        (("OG1Flur", ""), "OG1Flur"),
        (("Haus3Raum2", ""), "Haus3Raum2"),
        (("Xk29fmQ1", ""), ""),
        (("aB3dE5fG7h", ""), ""),
    ],
)
def test_without_a_heading_one_column_of_words_is_the_name(
    words: tuple[str, str], label: str
) -> None:
    assert (read(f"{A};{words[0]};{words[1]}\n").good[0].label or "") == label


@pytest.mark.parametrize(
    "heading",
    ["Previous Name", "Alter Name", "Ancien nom", "Nombre anterior", "Old Label", "Vorige naam"],
)
def test_what_was_is_no_name(heading: str) -> None:
    assert read(f"MAC;{heading};Name\n{A};Hall;Lobby\n").good[0].label == "Lobby"
    assert read(f"MAC;{heading}\n{A};Hall\n").good[0].label is None


def test_what_was_is_no_url_and_no_decision() -> None:
    text = f"MAC;Old provisioning URL;Former decision\n{A};http://old/;approved\n"
    assert read(text).good == [SheetLine(2, A, None, None, None)]


def test_with_a_choice_our_own_sheet_is_a_list_like_others() -> None:
    text = f"mac,decision,url,label\n{A},approved,none,Greta\n"
    assert [one.reason.code for one in read(text).bad] == ["url"]
    chosen: Choices = {("mac", "decision", "url", "label"): {3: Meaning.LABEL}}
    reading = read_sheet(text.encode(), chosen)
    assert reading.good == [SheetLine(2, A, Decision.APPROVED, None, "Greta")]
    assert [one.reason.code for one in reading.notes] == ["sheet_no_url"]


def test_a_comment_says_nothing_about_the_columns() -> None:
    reading = read(f"{A};Greta\n# {B};Nils;Room 7;8\n{B};Nils\n")
    assert layout_of(reading).headings == ("", "")


@pytest.mark.parametrize(
    ("rows", "cells", "is_seen"),
    [(1999, 1, True), (2000, 1, False), (1000, 5, True), (1001, 5, False)],
)
def test_a_list_is_understood_by_so_many_rows_and_cells(
    rows: int, cells: int, is_seen: bool
) -> None:
    """20 ms, however long it is."""
    listed = [Row(number, [A] * cells, A) for number in range(rows)]
    steps = understand([*listed, Row(rows, [A] * 9, A)], {})
    layout, _, _ = finished(steps)
    assert len(layout.headings) == (9 if is_seen else cells)


@pytest.mark.parametrize(
    ("cells", "label"),
    [
        (("Greta Stein", "STEIN", "201", "201"), "Greta Stein 201"),
        (("SN:3146C1900701", "Greta"), "Greta"),
        (("Greta: 1st floor", "-"), "Greta: 1st floor"),
    ],
)
def test_a_label_says_each_thing_once_and_no_serial_number(
    cells: tuple[str, ...], label: str
) -> None:
    assert label_of(cells) == label


def test_an_empty_label_says_nothing_except_in_an_export() -> None:
    assert read(f"MAC,Freigabe,Name\n{A},ja,\n{B},,Nils\n").good == [
        SheetLine(2, A, Decision.APPROVED, None, None),
        SheetLine(3, B, None, None, "Nils"),
    ]
    assert read(f"mac,decision,url,label\n{A},,,\n{B},denied,,\n").good == [
        SheetLine(2, A, None, None, None),
        SheetLine(3, B, Decision.DENIED, "", ""),
    ]
