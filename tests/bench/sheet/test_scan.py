from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pnp_gui.bench.sheet.scan import is_product_code, read_scan
from pnp_gui.pnp.mac import show_mac
from pnp_gui.trouble import Trouble

MAC = "000413A2105F"


@pytest.mark.parametrize(
    "line",
    [
        "000413A2105F",
        "000413a2105f ",
        "00:04:13:A2:10:5F",
        "00-04-13-a2-10-5f",
        "0004.13a2.105f",
        "00 04 13 A2 10 5F",
        "MAC:000413A2105F",
        "MAC ADDRESS: 00:04:13:A2:10:5F",
        "mac=000413A2105F",
        "SN:00413A2105F77;MAC:000413A2105F;P/N 00004582",
        "P/N 4582 S/N 1A2B3C4D5E 000413A2105F",
        # A scanner for an American keyboard on a German one.
        "00Ö04Ö13ÖA2Ö10Ö5F",
        "00ß04ß13ßa2ß10ß5f",
    ],
)
def test_a_line_with_one_mac_means_that_phone(line: str) -> None:
    assert read_scan(line) == MAC


def test_the_one_that_says_mac_goes_before_a_serial_number_of_the_same_shape() -> None:
    assert read_scan("SN 0A1B2C3D4E5F MAC 000413A2105F") == MAC


NONE = "There is no MAC in the code “{line}”: nothing was changed."
SEVERAL = "There are 2 MACs in the code “{line}”: nothing was changed. Scan them one at a time."
IMPOSSIBLE = (
    "“{line}” cannot be a phone's MAC: nothing was changed. Is there another bar code on the label?"
)
PRODUCT = (
    "“{line}” looks like the product code on a box: nothing was changed. If it is a MAC, type it "
    "with colons."
)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("", NONE),
        ("D785", NONE),
        ("000413A2105", NONE),
        ("000413A2105F0", NONE),
        ("000413A2105F000413A21060", NONE),
        ("00:04:13:FF:FE:A2:10:5F", NONE),
        ("4006381333931", NONE),
        ("550e8400-e29b-41d4-a716-446655440000", NONE),
        ("000413A2105F 000413A21060", SEVERAL),
        ("00:04:13:A2:10:5F 00:04:13:A2:10:60", SEVERAL),
        ("000000000000", IMPOSSIBLE),
        ("01005E000100", IMPOSSIBLE),
        ("FFFFFFFFFFFF", IMPOSSIBLE),
        ("841885102348", PRODUCT),
    ],
)
def test_a_line_that_may_mean_anything_else_is_refused_with_its_reason(
    line: str, says: str
) -> None:
    with pytest.raises(Trouble) as told:
        read_scan(f" {line}\r\n")
    assert (str(told.value), told.value.code) == (says.format(line=line), "scan")


def test_of_a_long_code_the_sentence_shows_the_beginning() -> None:
    with pytest.raises(Trouble) as told:
        read_scan("https://example.com/" * 5)
    assert str(told.value) == NONE.format(line="https://example.com/" * 3)


def test_a_product_code_is_distinguished_from_a_mac_by_its_owner() -> None:
    assert is_product_code("036000291452")
    assert not is_product_code("036000291453")
    assert is_product_code("000413000000")
    assert read_scan("000413000000") == "000413000000"
    assert read_scan("84:18:85:10:23:48") == "841885102348"
    assert read_scan("0A1B2C3D4E5F") == "0A1B2C3D4E5F"


@given(st.text(max_size=60))
def test_any_line_is_a_mac_or_a_trouble(line: str) -> None:
    with suppress(Trouble):
        assert len(read_scan(line)) == 12


@given(st.integers(1, 2**48 - 1).map(lambda n: f"{n & 0xFEFFFFFFFFFF:012X}"))
def test_every_mac_with_colons_is_taken(mac: str) -> None:
    if int(mac, 16):
        assert read_scan(show_mac(mac)) == mac
