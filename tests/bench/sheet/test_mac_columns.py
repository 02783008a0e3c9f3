"""Which columns have the phones' MACs, and where it is asked."""

from __future__ import annotations

import pytest

from tests.bench.sheet.read import read

A, B, C, D = "000413A00001", "000413A00002", "000413A00003", "000413A00004"
NOBODYS = "0A1B2C3D4E5F", "0A1B2C3D4E60", "0A1B2C3D4E61"
"""Of no known maker."""


def columns(text: str) -> tuple[int, ...]:
    """Those with MACs; none: it is asked."""
    reading = read(text)
    assert reading.layout is not None
    assert (reading.question is None) is bool(reading.layout.macs)
    return reading.layout.macs


def colons(mac: str) -> str:
    return ":".join(mac[at : at + 2] for at in range(0, 12, 2))


def test_a_mac_in_a_third_of_the_cells_makes_a_column_of_macs() -> None:
    assert columns(f"{A};x\n{B};y\n{C};z\n{D};{D[:-1]}5\n") == (0,)
    assert columns(f"{A};x\n{B};y\n{C};{D}\n") == ()


def test_below_a_heading_that_says_mac_one_is_enough() -> None:
    assert columns(f"Name;MAC\nGreta;no\nNils;no\nIda;no\nOle;{A}\n") == (1,)
    assert columns(f"Name;MAC LAN;MAC Ethernet\nGreta;{A};no\nNils;{B};no\n") == (1,)


@pytest.mark.parametrize("macs", [(A, B, C), tuple(map(colons, NOBODYS))])
def test_macs_of_a_maker_and_those_with_colons_are_sure(macs: tuple[str, ...]) -> None:
    assert columns("Foo;Bar\n" + "".join(f"x{at};{mac}\n" for at, mac in enumerate(macs))) == (1,)


def test_other_hex_digits_are_asked_about_below_a_heading_and_decimal_ones_always() -> None:
    hexadecimal = "\n".join(NOBODYS)
    assert columns(f"{hexadecimal}\n") == (0,)
    assert columns(f"{hexadecimal}\n021522334455\n") == (0,)
    assert columns("Foo;Bar\n" + "".join(f"x;{mac}\n" for mac in NOBODYS)) == ()
    assert read("021522334455\n021522334456\n").good == []


def test_a_column_that_repeats_another_ones_macs_is_passed_over() -> None:
    assert columns(f"{A};Greta;{A}\n{B};Nils;{B}\n") == (0,)
    assert columns(f"{A};Greta;{A}\n;Nils;{B}\n") == (2,)


@pytest.mark.parametrize(
    ("other", "are_two"),
    [
        *(("000413A00008", False), ("000413A00009", True), ("000413B00001", True)),
        ("805EC0A00002", True),
    ],
)
def test_numbered_columns_of_macs_are_two_phones_unless_near_each_other(
    other: str, are_two: bool
) -> None:
    """The MACs of one device's interfaces differ by a little."""
    reading = read(f"Name,MAC 1,MAC 2\nGreta,{A},{other}\n")
    assert (reading.question is None) is are_two
    assert [line.mac for line in reading.good] == ([A, other] if are_two else [])


@pytest.mark.parametrize(
    "remark", ["(SN: 3146C1900701)", "serial 3146C1900701", "ext. 441711234567"]
)
def test_a_number_in_a_macs_remark_is_no_second_mac(remark: str) -> None:
    assert [line.mac for line in read(f"MAC;Name\n{A} {remark};Greta\n").good] == [A]
