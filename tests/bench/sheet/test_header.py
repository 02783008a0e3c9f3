"""Which row is the header, and how far above the first MAC it may be."""

from __future__ import annotations

import pytest

from pnp_gui.bench.sheet.header import find_header
from pnp_gui.bench.sheet.rows import Row

A = "000413A00001"
PHONE = [A, "Greta"]
NUMBERS = ["1", "2"]


def find(*rows: list[str]) -> int | None:
    return find_header([Row(at, cells, " ".join(cells)) for at, cells in enumerate(rows, 1)])


@pytest.mark.parametrize(
    "above",
    [
        *(["MAC", "Name"], ["Name", "Zimmer"], ["Name", "Anything"], ["MAC", "x" * 80], ["MAC"]),
        # In a language that is not known.
        *(["Nimi", "Huone"], ["Nimi", "#"], ["*Nimi", "N1", "Laite"]),
    ],
)
def test_headings_just_above_the_first_phone(above: list[str]) -> None:
    assert find(above, [A, *above[1:]]) == 0
    assert find(NUMBERS, above, [A, *above[1:]]) == 1


@pytest.mark.parametrize(
    "above",
    [
        *(NUMBERS, ["Phones"], ["Phones of Oslo", ""], ["MAC", "x" * 81]),
        *(["Nimi", "12"], ["Nimi", "Nimi"], ["Nimi", "(Huone)"], ["Nimi", "000413A00002"]),
        ["MAC", "of the first: 00:04:13:A0:00:02"],
    ],
)
def test_what_is_no_header(above: list[str]) -> None:
    assert find(above, [A, *above[1:]]) is None


def test_a_title_is_none_and_words_above_a_wider_row_neither() -> None:
    assert find(["MAC"], PHONE) is None
    assert find(["Nimi", "Huone"], [*PHONE, "7"]) == 0
    assert find(["Nimi", "Huone"], [*PHONE, "7", "8"]) is None


@pytest.mark.parametrize(
    ("above", "is_header"),
    [
        (["MAC", "Huone", "Laite"], True),
        (["Name", "Huone"], True),
        (["Name", "Huone", "Laite"], False),
        (["Nimi", "Huone"], False),
    ],
)
def test_headings_further_above_are_known_ones(above: list[str], is_header: bool) -> None:
    assert find(above, NUMBERS, PHONE) == (0 if is_header else None)


def test_of_several_it_is_that_with_a_mac_then_with_the_most_then_the_nearest() -> None:
    assert find(["MAC", "Huone"], ["Name", "Zimmer"], PHONE) == 0
    assert find(["Name", "Zimmer", "Ext"], ["Name", "Room"], [*PHONE, "7"]) == 0
    assert find(["Name", "Zimmer"], ["Name", "Room"], PHONE) == 1
    assert find(["Name", "Zimmer"], ["Nimi", "Huone"], PHONE) == 0
    unknown = ["Name", "Ext", "Nimi", "Huone", "Laite"]
    assert find(["Name", "Nimi"], unknown, [*PHONE, "21", "7", "8"]) == 0


def test_without_a_mac_only_a_heading_that_says_it_makes_a_header() -> None:
    assert find(["Name", "Ext"], ["Greta", "21"]) is None
    assert find(["Name", "MAC"], ["Greta", ""]) == 0


def test_it_is_among_so_many_rows_and_cells() -> None:
    """All else would take seconds in a large list without a header."""
    header = ["MAC", "Name"]
    assert find(header, *[["1"]] * 59, PHONE) == 0
    assert find(header, *[["1"]] * 60, PHONE) is None
    assert find(header, *[["1"] * 500] * 2, PHONE) == 0
    assert find(header, *[["1"] * 500] * 3, PHONE) is None
    assert find(*[["1"] * 500] * 3, header, PHONE) == 3


def test_the_first_phone_is_among_so_many_cells() -> None:
    """Else the header is looked for where most lists have it."""
    above = [["MAC", "Name"], *[["1"]] * 59]
    wide = ["1"] * 99
    assert find(*above, *[wide] * 98, [A, *["1"] * 77]) is None
    assert find(*above, *[wide] * 98, [A, *["1"] * 78]) == 0
    assert find(*above, *[wide] * 99, PHONE) == 0
