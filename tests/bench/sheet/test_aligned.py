"""Columns that are aligned by blanks, as consoles print them: where each begins."""

from __future__ import annotations

from pathlib import Path

import pytest

from pnp_gui.bench.sheet.reading import read_sheet
from tests.bench.sheet.read import read

LISTS = Path(__file__).parent / "lists"
A, B = "000413A00001", "000413A00002"


def phones(text: str) -> list[tuple[str, str | None]]:
    """The phones and their labels."""
    reading = read(text)
    assert reading.bad == []
    return [(line.mac, line.label) for line in reading.good]


def test_a_cell_may_be_empty() -> None:
    assert phones(f"Name   MAC\nGreta  {A}\n       {B}\n") == [(A, "Greta"), (B, None)]


def test_of_two_lines_with_a_heading_it_is_the_one_with_most() -> None:
    assert phones(
        "Zone Oslo  MAC list\n"
        f"Room  MAC           Name\n7     {A}  Greta\n      {B}  Nils\n"
        "Addresses  MAC\n"
    ) == [(A, "Greta"), (B, "Nils")]


@pytest.mark.parametrize("name", ["Greta Ho", "TELEX Ho"])
def test_where_cells_stand_across_the_headings_they_are_counted(name: str) -> None:
    text = f"Who  MAC  Room\n{name}  {A}\nNils Lun  {B}\n"
    assert phones(text) == [(A, name), (B, "Nils Lun")]


def test_a_heading_alone_aligns_nothing() -> None:
    assert phones(f"MAC\n{A}  Greta\n{B}  Nils\n") == [(A, "Greta"), (B, "Nils")]


def test_a_line_that_does_not_keep_to_the_columns_is_cut_into_words_for_its_mac() -> None:
    reading = read(
        f"Name        MAC              Room\nXaver Holm  {A}     7\nHohenbergen {B}     8\n"
        f"Hohenzollern {B[:-1]}3    9\n"
    )
    assert reading.sample == [
        ["Xaver Holm", A, "7"],
        ["Hohenbergen", B, "8"],
        ["Hohenzollern", f"{B[:-1]}3", "9"],
    ]


def test_a_sentence_below_the_rows_is_one_cell() -> None:
    reading = read(f"Name   MAC           Room\nGreta  {A}  7\nTotal of all phones: 1\n")
    assert [str(one.reason) for one in reading.notes] == ["Not a phone: the line has no MAC."]


def test_a_bar_between_columns_belongs_to_no_cell() -> None:
    reading = read_sheet((LISTS / "hp_lldp.txt").read_bytes())
    assert reading.sample[0] == ["11", "10.7.0.15", "00 04 13 b2 00 2d", "LAN", "desk-holm"]
