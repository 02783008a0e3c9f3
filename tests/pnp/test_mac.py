"""MAC addresses in every form that people, scanners and phones write."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pnp_gui.pnp.mac import (
    find_mac,
    find_macs,
    is_phone_mac,
    mac_part,
    named_macs,
    parse_mac,
    scanned_macs,
    show_mac,
    written_macs,
)

MAC = "000413A2105F"
PLAIN = st.text("0123456789ABCDEF", min_size=12, max_size=12)
FORMS = [
    *("00:04:13:a2:10:5f", "00:04:13:A2:10:5F", "00-04-13-A2-10-5F", "0004.13a2.105f"),
    *("000413A2105F", "000413a2105f"),
]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("before", ["", " ", "MAC", "mac:", "MAC: ", "MAC=", "Mac - ", "\t"])
@pytest.mark.parametrize("after", ["", " ", "\r\n"])
def test_every_usual_form_is_parsed(before: str, form: str, after: str) -> None:
    assert parse_mac(before + form + after) == MAC


@pytest.mark.parametrize(
    "text",
    [
        *("", "MAC", "000413A2105", "000413A2105F0", "00:04:13:A2:10", "00:04:13:A2:10:5G"),
        *("00:04:13:A2:10:5F:00", "0:4:13:A2:10:5F", "000413 A2105F", "ip:10.13.2.37"),
        *("x000413A2105F", "000413A2105F x", "0004.13a2-105f", "http://h/000413A2105F"),
    ],
)
def test_what_is_no_mac_is_none(text: str) -> None:
    assert parse_mac(text) is None


@given(PLAIN)
@settings(deadline=None, max_examples=50)
def test_a_shown_mac_is_parsed_and_found_again(mac: str) -> None:
    shown = show_mac(mac)
    assert len(shown) == 17
    assert shown.count(":") == 5
    assert parse_mac(shown) == mac
    assert find_mac(f"[{shown}]") == mac


def test_a_shown_mac_reads_as_people_write_it() -> None:
    assert show_mac(MAC) == "00:04:13:A2:10:5F"


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "around",
    [
        *(
            "{}",
            "MAC{}",
            "MAC%3a{}",
            "MAC%3A{}",
            "MAC%3d{}",
            "mac={}",
            "MAC: {}",
            "(MAC={}; SER=1)",
        ),
        *("Yealink SIP-T53W 96.87.0.16 {}", "S/N:12345 MAC:{} HW:1", "{} Yealink", "x;{};y"),
    ],
)
def test_a_mac_is_found_inside_other_text(around: str, form: str) -> None:
    assert find_mac(around.format(form)) == MAC


def test_the_first_of_several_is_found() -> None:
    assert find_mac("000413A2105F 000413A21060") == MAC


@pytest.mark.parametrize(
    "text",
    [
        *("", "MAC", "snom370/8.7.5.48", "000413A2105F00", "ff000413A2105F", "1930770594@10.1.1.1"),
        *("000413A2105Fx", "deadbeef", "4444-5555-6666-7777", "SN12345678901234"),
        "8884c8-25020d0a-13c4-50029-386d4398-3e2bcb8e-386d4398",
    ],
)
def test_other_numbers_are_no_mac(text: str) -> None:
    assert find_mac(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "550e8400-e29b-41d4-a716-446655440000",
        "00:04:13:A2:10:5F:77:88",
        "00-04-13-A2-10-5F-77-88",
        "AA:00:04:13:A2:10:5F",
    ],
    ids=["UUID", "EUI-64", "EUI-64 with dashes", "seven pairs"],
)
def test_a_part_of_a_longer_number_is_no_mac(text: str) -> None:
    assert find_mac(text) is None


@pytest.mark.parametrize(
    "text", ["{blanks}x", "MAC{blanks}x", "{blanks}MAC{blanks}x", "{blanks}MAC{blanks}:{blanks}x"]
)
def test_a_long_text_without_a_mac_is_refused(text: str) -> None:
    """What is pasted into the find field or stands in a sheet may be anything."""
    long = text.format(blanks=" " * 6400)
    assert parse_mac(long) is None
    assert find_mac(long) is None


@pytest.mark.parametrize(
    ("word", "digits"),
    [
        ("A2:10", "a210"),
        ("0413", "0413"),
        ("00-04-13-A2-10-5F", "000413a2105f"),
        ("0413.a2", "0413a2"),
    ],
)
def test_a_typed_word_may_be_a_part_of_a_mac(word: str, digits: str) -> None:
    assert mac_part(word) == digits


@pytest.mark.parametrize("word", ["", "a", "snom", "000413A2105F0", ":", "10.1", "10.13.2.37"])
def test_a_word_that_is_no_part_of_a_mac(word: str) -> None:
    assert mac_part(word) == ""


def test_group_addresses_and_zeros_are_no_phones() -> None:
    assert all(is_phone_mac(f"0{digit}0413A2105F") for digit in "02468ACE")
    assert not any(is_phone_mac(f"0{digit}0413A2105F") for digit in "13579BDF")
    assert not is_phone_mac("01005E000001")
    assert not is_phone_mac("FFFFFFFFFFFF")
    assert not is_phone_mac("000000000000")


def test_the_word_mac_without_a_mac_after_it_leaves_the_others() -> None:
    assert scanned_macs("MAC: see below 000413A1B2C3") == ["000413A1B2C3"]
    assert scanned_macs("MAC: see below, MAC 000413A1B2C3, 000413A1B2C4") == ["000413A1B2C3"]
    assert scanned_macs("MAC: 00Ö04Ö13ÖA1ÖB2ÖC3, 000413A1B2C4") == ["000413A1B2C3"]
    assert scanned_macs("MAC: 00-04-13-A1-B2-C3-00-01") == []


def test_a_scanned_line_has_macs_of_either_form() -> None:
    both = "00Ö04Ö13ÖA2Ö10Ö5F, 000413A21060 | 00Ö04Ö13ÖA2Ö10Ö5F"
    assert scanned_macs(both) == [MAC, "000413A21060"]


@pytest.mark.parametrize(
    "cell",
    [
        *("000413A2105F", "000413a2105f", " 000413A2105F ", "'000413A2105F", '="000413A2105F"'),
        *("00:04:13:A2:10:5F", "00-04-13-a2-10-5f", "00.04.13.A2.10.5F", "00_04_13_A2_10_5F"),
        *("0004.13a2.105f", "0004:13a2:105f", "0004-13a2-105f", "000-413-A21-05F"),
        *(
            "000413-A2105F",
            "000413.a2105f",
            "00 04 13 A2 10 5F",
            "00041 3A210 5F",
            "0:4:13:a2:10:5f",
        ),
        *(
            "00\u201304\u201313\u2013A2\u201310\u20135F",
            "00\u201104\u201113\u2011A2\u201110\u20115F",
        ),
        *("\uff10\uff10:04:13:A2:10:5F", "00:04:13:A2:10:5F\u200b", "\u2019000413A2105F"),
        *("0x000413A2105F", "SEP000413A2105F", "MAC:000413A2105F", "MAC address: 000413A2105F"),
        *("000413A2105F # spare", "000413A2105F (lobby)", "000413A2105F;", "000413A2105F Lobby"),
        *("000413A2105F-A1B2", "0004.13A2.105F:P1", "01:00:04:13:a2:10:5f", "0100.0413.a210.5f"),
        "1:0:4:13:a2:10:5f",
    ],
)
def test_every_form_that_people_write_into_a_list(cell: str) -> None:
    assert written_macs(cell) == [MAC]


@pytest.mark.parametrize(
    "cell",
    [
        *(
            "",
            "-",
            "000413A2105",
            "000413A2105F0",
            "0004-13A2.105F",
            "00:04:13:A2:10",
            "1-2-3-4-5-6",
        ),
        *("000:4:13:A2:10:5F", "00041-3A2105F", "0004 13A2 105"),
        *("00:04:13:A2:10:5F:77", "02:00:04:13:A2:10:5F", "01.0004.13A2.105F", "192.168.100.200"),
        *(
            "2026-11-28 10:00:00",
            "550e8400-e29b-41d4-a716-446655440000",
            "000413A2105Fx",
            "Lobby 12",
        ),
        *("+49 30 1234567", "000413A2105F" + "x" * 200),
    ],
)
def test_what_is_no_mac_in_a_list(cell: str) -> None:
    assert written_macs(cell) == []


def test_a_mac_of_decimal_digits_in_a_list() -> None:
    assert written_macs("000413121055") == written_macs("000-413-121-055") == ["000413121055"]


def test_the_shortest_and_the_longest_cell_with_a_mac() -> None:
    assert written_macs("2:4:1:a:1:5") == ["0204010A0105"]
    assert written_macs(f"{MAC} ".ljust(200, "x")) == [MAC]
    assert written_macs(f"{MAC} ".ljust(201, "x")) == []


@pytest.mark.parametrize(
    ("cell", "second"),
    [
        ("000413A2105F / 000413A21060", "000413A21060"),
        ("00:04:13:A2:10:5F, 00:04:13:A2:10:60", "000413A21060"),
        ("000413A2105F/60", "000413A21060"),
        ("000413A2105F/6a", "000413A2106A"),
    ],
)
def test_a_cell_that_may_mean_two_macs(cell: str, second: str) -> None:
    assert written_macs(cell) == [MAC, second]


def test_all_macs_inside_a_text_each_once() -> None:
    assert find_macs("000413A2105F, SEP000413A21060 and 0004.13a2.105f") == [MAC, "000413A21060"]


@pytest.mark.parametrize(
    "name", ["cfg000413a2105f.xml", "snomD735-000413A2105F.htm", "/cfg/SEP000413A2105F.cnf.xml"]
)
def test_a_mac_in_the_name_of_a_file(name: str) -> None:
    assert find_macs(name) == named_macs(name) == [MAC]


def test_in_a_file_name_a_mac_may_follow_letters() -> None:
    for name in ("ata000413a2105f.txt", "xml000413A2105F", "y000413A2105Fz"):
        assert find_macs(name) == []
        assert named_macs(name) == [MAC]
    assert named_macs("f000413A2105F.xml 000413A2105F0.xml") == []
    assert named_macs("p000413A21060.cfg snom 000413A2105F p000413A21060") == [MAC, "000413A21060"]
