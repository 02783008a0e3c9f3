"""A text as rows of cells: by which separator, and what a cell is."""

from __future__ import annotations

import pytest

from pnp_gui.bench.sheet.records import MAX_CELLS, rows_of
from pnp_gui.bench.sheet.text import MAX_LINE, lines_of
from pnp_gui.system.steps import finished
from tests.bench.sheet.read import read

A, B = "000413A00001", "000413A00002"


def cells_of(text: str) -> list[list[str]]:
    return [list(row.cells) for row in finished(rows_of(finished(lines_of(text.encode()))))]


def labels(text: str) -> list[tuple[str, str | None]]:
    return [(line.mac, line.label) for line in read(text).good]


@pytest.mark.parametrize("told", ["sep=;", '"sep=;"', "SEP=; "])
def test_the_separator_that_excel_tells(told: str) -> None:
    assert cells_of(f"{told}\n{A},x;Greta\n{B},x;Nils\n") == [
        [f"{A},x", "Greta"],
        [f"{B},x", "Nils"],
    ]


def test_the_separator_is_found_in_a_list_of_any_length() -> None:
    lines = [f"{A[:-3]}{number:03};Greta, {number}" for number in range(300)]
    assert cells_of("\n".join(lines)) == [line.split(";") for line in lines]


def test_one_line_more_decides_for_words() -> None:
    assert labels(f"{A} Greta\n{B}  Nils\n") == [(A, "Greta"), (B, "Nils")]


def test_text_for_excel_is_what_it_says() -> None:
    told = f'="MAC";="Name";="Ext";Freigabe\n="{A}";="Greta";="0101";="ja"\n'
    assert labels(told) == [(A, "Greta 0101")]
    quoted = f'{told}{B};"=""Nils""";\'="7"\n'
    assert cells_of(quoted)[1:] == [[A, "Greta", "0101", "ja"], [B, "Nils", '\'="7"']]


def test_a_name_and_its_value_are_no_columns() -> None:
    text = f"Name: Greta\nIP: 10.0.0.1\nMAC: {A}\n\nName: Nils\nIP: 10.0.0.2\nMAC: {B}\n"
    assert labels(text) == [(A, "Greta"), (B, "Nils")]
    assert read(text).remarks() == []
    assert labels(f"Greta: {A}\nNils: {B}\n") == [(A, "Greta:"), (B, "Nils:")]


@pytest.mark.parametrize(
    ("text", "split"),
    [
        (f"{A} - Reception desk\n", True),
        (f"Reception desk - {A}\n", True),
        (f"MAC - Name\n{A} - Reception desk\n", True),
        (f"{A} = Reception desk\n", True),
        (f"The phone {A} - please - is mine\n", False),
        (f"MAC - {A}\n", False),
        (f"{A} - Reception desk\nKitchen - {A}\n", False),
    ],
)
def test_a_dash_separates_a_mac_from_its_name(text: str, split: bool) -> None:
    assert any(len(cells) == 2 and A in cells for cells in cells_of(text)) is split


def test_two_bars_are_one_only_between_the_headings_of_a_wiki() -> None:
    assert cells_of(f"||Name||MAC||\n|Greta|{A}|\n") == [["", "Name", "MAC"], ["", "Greta", A]]
    text = f"Name|Room|MAC\nGreta|7|{A}\n||{B}\nNils||{B[:-1]}3\n"
    assert cells_of(text)[2:] == [["", "", B], ["Nils", "", f"{B[:-1]}3"]]
    assert labels(f"MAC,Name\n{A},Greta || Nils\n") == [(A, "Greta || Nils")]


def test_a_line_may_be_as_long_as_the_limit_and_have_as_many_cells() -> None:
    reading = read(f"MAC,Name\n{A},{'x' * (MAX_LINE - len(A) - 1)}\n{B}{',x' * (MAX_CELLS - 1)}\n")
    assert [line.mac for line in reading.good] == [A, B]


def test_cells_have_no_blanks_around_them_in_any_script() -> None:
    assert cells_of(f"{A} ; Greta Holm \n") == [[A, "Greta Holm"]]
    assert cells_of(f"{A};\u00a0Süd\u00a0;x\n") == [[A, "Süd", "x"]]


def test_a_row_over_several_lines_is_shown_as_it_is() -> None:
    row = f'{A},perhaps,,"Room\nwest"'
    reading = read(f"mac,decision,url,label\n{row}\n{B},denied\n")
    assert [(one.number, one.text) for one in reading.bad] == [(2, row)]


def test_a_cell_with_a_mac_in_each_of_its_lines_is_refused_as_one() -> None:
    other = f"{A[:-1]}3"
    for row, following in (
        (f'"{A}\n{B}";Room', f"{other};Hall"),
        (f'Room;"{A}\n{B}"', f"Hall;{other}"),
    ):
        reading = read(f"{row}\n{following}\n")
        assert [line.mac for line in reading.good] == [other]
        assert [(one.number, one.text) for one in reading.bad] == [(1, row)]
        assert "may be 2 MACs" in str(reading.bad[0].reason)


@pytest.mark.parametrize("following", [f'"{B}","x","y"', f"{B},x,y", f' "{B}",x,y'])
def test_an_open_quotation_mark_ends_before_the_next_phone(following: str) -> None:
    reading = read(f'mac,label\n{A},"Room\n{following}\n')
    assert [one.number for one in reading.bad] == [2]
    assert [(line.number, line.mac) for line in reading.good] == [(3, B)]
    reading = read(f'mac,label\n{A},"Room\n{B}\nwest",7\n')
    assert [(line.number, line.mac) for line in reading.good] == [(3, B)]


@pytest.mark.parametrize(
    ("head", "row", "is_split"),
    [
        ("Mask - IP - MAC - Name", f"m - 10.0.0.1 - {A} - desk holm", True),
        ("Mask - IP - Foo - Name", f"m - 10.0.0.1 - {A} - desk holm", False),
        ("IP - MAC - Name", f"10.0.0.1 - {A} - desk holm", False),
    ],
)
def test_dashes_separate_only_the_columns_of_netsh(head: str, row: str, is_split: bool) -> None:
    assert cells_of(f"{head}\n{row}\n")[1] == (row.split(" - ") if is_split else [row])
