"""Which make a phone is shown as, and what is known of it."""

from __future__ import annotations

import re

import pytest

from pnp_gui.pnp.mac_prefixes import PREFIXES
from pnp_gui.pnp.makes import MAKES, Make, asks_for, make_of, make_without_mac, owner_of
from pnp_gui.pnp.sip_values import LIFETIME
from pnp_gui.pnp.url import check_url, warnings_for
from tests.mac_prefixes import MODULE, module


@pytest.mark.parametrize(
    ("vendor", "mac", "agent", "make"),
    [
        ("snom", "", "", "snom"),
        ("Snom", "000B82000000", "Yealink", "snom"),
        ("yealink", "", "", "Yealink"),
        ("Grandstream Networks", "", "", "Grandstream"),
        ("PLANET", "", "", "PLANET"),
        ("audc", "", "", "AudioCodes"),
        ("Polycom", "", "", "Poly"),
        ("Aastra", "", "", "Mitel"),
        ("Escene", "000413000000", "Yealink", "Escene"),
        ("OEM", "000413000000", "", "snom"),
        ("OEM", "1C7126000000", "", "snom"),
        ("oem", "7C2F80000000", "", "Gigaset"),
        ("", "1CCAE3700000", "", "DoorBird"),
        ("", "1CCAE3800000", "", ""),
        ("", "0050C229C000", "", "2N"),
        ("", "0050C229D000", "", ""),
        ("OEM", "123456000000", "", "OEM"),
        ("", "123456000000", "", ""),
        ("", "", "", ""),
        ("", "", "AUDC-IPPhone/1.2.1_build_6", "AudioCodes"),
        ("", "000413000000", "Yealink SIP-T21P", "Yealink"),
        ("OEM", "", "Grandstream GRP2612W 1.0.5.67", "Grandstream"),
        ("", "0080F0000000", "something", "Panasonic"),
    ],
)
def test_the_vendor_counts_first_then_the_agent_then_the_owner_of_the_mac(
    vendor: str, mac: str, agent: str, make: str
) -> None:
    assert make_of(vendor, mac, agent) == make


def test_how_long_each_make_waits_for_an_answer() -> None:
    assert asks_for("AudioCodes") == asks_for("Panasonic") == 5.0
    assert asks_for("snom") == asks_for("nobody") == asks_for("") == LIFETIME


def test_the_table_holds_each_make_once_and_its_names_in_lower_case() -> None:
    for name, make in MAKES.items():
        assert make.name == name
        for start in (*make.vendors, *make.agents):
            assert start == start.lower()


@pytest.mark.parametrize("known", MAKES.values(), ids=list(MAKES))
def test_every_make_is_known_by_its_own_name_and_prefixes(known: Make) -> None:
    assert make_of(known.name, "", "") == known.name
    assert make_of("", "", f"{known.name} 1.0") == known.name
    prefixes = PREFIXES[known.name].split()
    assert prefixes
    for prefix in prefixes:
        assert owner_of(prefix.ljust(12, "F")) == known.name


def test_no_prefix_belongs_to_two_makes() -> None:
    prefixes = [prefix for ours in PREFIXES.values() for prefix in ours.split()]
    assert len(prefixes) == len(set(prefixes))
    for prefix in prefixes:
        assert re.fullmatch("([0-9A-F]{6}|[0-9A-F]{7}|[0-9A-F]{9})", prefix)


def test_the_prefixes_are_those_of_the_registry() -> None:
    """If this fails: python -m tests.mac_prefixes"""
    assert MODULE.read_text(encoding="utf-8") == module()


@pytest.mark.parametrize("name", [name for name, make in MAKES.items() if make.example_url])
def test_every_example_url_is_one_the_make_takes(name: str) -> None:
    check_url(MAKES[name].example_url)
    assert warnings_for(MAKES[name].example_url, name) == []


def test_the_make_of_a_mac_whose_phones_do_not_name_it() -> None:
    assert make_without_mac("00908F000000") == "AudioCodes"
    assert make_without_mac("000413000000") == ""
    assert make_without_mac("123456000000") == owner_of("123456000000") == ""
