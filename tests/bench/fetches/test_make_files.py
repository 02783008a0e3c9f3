"""What each make asks for: the table as a whole, and what a phone of each make asks for."""

from __future__ import annotations

import re

import pytest

from pnp_gui.bench.fetches.make_files import (
    ExpectedFile,
    FileKind,
    expected,
    families,
    family_of,
    is_normal,
)
from pnp_gui.pnp.makes import MAKES
from pnp_gui.pnp.url import check_url, warnings_for

MACS = {"snom": "000413A2105F", "Grandstream": "C074AD12AB34", "Yealink": "805EC012AB34"}


def names(make: str, model: str, url: str) -> list[str]:
    return [each.name for each in asked(make, model, url)]


def asked(make: str, model: str, url: str) -> tuple[ExpectedFile, ...]:
    return expected(make, model, MACS.get(make, "0011A012AB34"), url)


def test_the_table_is_of_our_makes_and_every_row_has_its_source() -> None:
    for family in families():
        assert family.make in MAKES
        assert family.source
        assert set(family.fills) <= set(MAKES[family.make].expands)
        for each in (*family.folder, *family.file):
            assert re.fullmatch(r"[\w./<>:-]+", each.name)
            slots = re.findall("<(.*?)>", each.name)
            assert set(slots) <= {
                *("mac", "MAC", "model", "model:lower"),
                *("code", "stem", "ending"),
            }
            assert "code" not in slots or family.codes


def test_the_general_row_of_a_make_comes_last() -> None:
    """The first that fits applies: one behind it would never apply."""
    makes = [family.make for family in families()]
    for make in set(makes):
        rows = [family for family in families() if family.make == make]
        assert all(family.models for family in rows[:-1])


@pytest.mark.parametrize("make", sorted({one.make for one in families() if one.folder}))
def test_what_a_phone_asks_for_in_a_folder_are_urls_in_it(make: str) -> None:
    for each in asked(make, "", "http://h/x/"):
        assert each.url in ("", f"http://h/x/{each.name}")
        if each.url:
            check_url(each.url)


@pytest.mark.parametrize(
    ("make", "model", "url", "right"),
    [
        ("snom", "snomD785", "http://h", ["snomD785.htm", "snomD785-000413A2105F.htm"]),
        ("snom", "OEM", "http://h/", ["<model>.htm", "<model>-000413A2105F.htm"]),
        ("snom", "snomM700", "http://h/", []),
        ("snom", "snomD785", "http://h/s/{mac}.xml", ["000413A2105F.xml"]),
        ("snom", "snomD785", "http://h/a.xml", ["a.xml", "a-000413A2105F.xml"]),
        ("snom", "snomD785", "http://h/a.php?mac={mac}", ["a.php"]),
        ("Yealink", "SIP-T54W", "http://h/$PN/", [
            "805ec012ab34.boot", "y000000000000.boot", "y000000000096.cfg", "805ec012ab34.cfg",
            "805ec012ab34-local.cfg", "805ec012ab34-contact.xml", "805ec012ab34-calllog.xml",
        ]),
        ("Yealink", "T58W Pro", "http://h/a.boot", ["a.boot"]),
        ("Grandstream", "GRP2612W", "http://h/gs", [
            "cfgc074ad12ab34", "cfgc074ad12ab34.bin", "cfgc074ad12ab34.xml", "cfggrp2612w.xml",
            "cfg.xml",
        ]),
        ("Fanvil", "X6", "tftp://h/", ["F0V00X600000.cfg", "0011a012ab34.cfg"]),
        ("Fanvil", "X6", "tftp://h/$mac.cfg", ["0011a012ab34.cfg"]),
        ("PLANET", "VIP-2140PT", "http://h/$mac.cfg", ["0011a012ab34.cfg"]),
        ("PLANET", "VIP-2140PT", "http://h/", []),
        ("Panasonic", "KX-UTG200B", "http://h/", ["KX-UTG200B.cfg"]),
        ("Panasonic", "KX-HDV130", "http://h/", []),
        ("Panasonic", "KX-HDV130", "http://h/{MODEL}-{MAC}", ["KX-HDV130-0011A012AB34"]),
        ("Gigaset", "Maxwell 3", "http://h/", ["provisioning.xml", "0011A012AB34.xml"]),
        ("Gigaset", "N510 IP PRO", "http://h/device/", ["42/2/master.bin"]),
        ("AudioCodes", "420HD", "tftp://h", ["420HD.img", "0011a012ab34.cfg"]),
        ("Htek", "UC924E", "http://h/", [
            "cfg0012.xml", "cfg0011a012ab34", "cfg0011a012ab34.xml",
        ]),
        ("VTech", "VSP726", "http://h/", ["VSP726.cfg", "VSP726_0011A012AB34.cfg"]),
        ("Poly", "VVX 450", "http://h/x.cfg", ["x.cfg", "0011a012ab34.cfg", "000000000000.cfg"]),
        ("Mitel", "6869i", "http://h/", [
            "6869i.st", "startup.cfg", "6869i.cfg", "0011A012AB34.cfg", "startup.tuz",
            "6869i.tuz", "0011A012AB34.tuz",
        ]),
        ("Akuvox", "R20K", "http://h/", []),
        ("Cisco", "CP-8841", "http://h/", []),
        ("Algo", "8180", "http://h/a/b.cfg", ["b.cfg"]),
        ("Algo", "8180", "http://[h/", []),
    ],
)  # fmt: skip
def test_what_a_phone_asks_for(make: str, model: str, url: str, right: list[str]) -> None:
    assert names(make, model, url) == right


def test_a_model_with_another_code_is_not_taken_for_a_known_one() -> None:
    common = next(each for each in asked("Yealink", "T88W", "http://h/") if "<code>" in each.name)
    assert (common.name, common.url) == ("y000000000<code>.cfg", "")


def test_a_name_with_a_blank_is_encoded_in_its_url() -> None:
    [*_, common, _] = [each for each in asked("Grandstream", "HT 801", "http://h/")]
    assert (common.name, common.url) == ("cfght 801.xml", "http://h/cfght%20801.xml")


def test_what_the_phone_does_not_fill_in_is_no_url() -> None:
    for make, url in (
        ("Yealink", "http://h/{mac}.cfg"),
        ("", "http://h/$mac"),
        ("", "http://h/%MACD"),
    ):
        [named, *_] = asked(make, "", url)
        assert named.url == ""


@pytest.mark.parametrize(
    ("make", "name", "normal"),
    [
        ("Yealink", "y000000000000.boot", True),
        ("Yealink", "prov/805EC012AB34.boot", True),
        ("Yealink", "y000000000096.cfg", True),
        ("Yealink", "805ec012ab34.cfg", False),
        ("Yealink", "805ec0ffffff.boot", False),  # another phone's
        ("Yealink", "xy000000000000.boot", False),
        ("Grandstream", "cfgc074ad12ab34", True),
        ("Grandstream", "cfgc074ad12ab34.xml", False),
        ("Grandstream", "cfg.xml", True),
        ("snom", "snomD785.htm", True),
        ("snom", "000413a2105f-000413A2105F.xml", True),
        ("snom", "snomD785-000413A2105F.htm", False),
        ("Akuvox", "r000000000000.cfg", False),
        ("", "y000000000000.boot", False),
    ],
)
def test_which_absence_is_normal(make: str, name: str, normal: bool) -> None:
    model = {"Yealink": "T54W", "Grandstream": "GRP2612W", "snom": "snomD785"}.get(make, "")
    mac = MACS.get(make, "0011A012AB34")
    assert is_normal(make, model, mac, name) is normal


def test_without_a_model_any_common_file_may_be_absent() -> None:
    assert is_normal("Yealink", "", MACS["Yealink"], "y000000000123.cfg")
    assert is_normal("snom", "OEM", MACS["snom"], "snom370.htm")


def test_without_a_mac_any_own_boot_file_may_be_absent() -> None:
    assert is_normal("Yealink", "T54W", "", "805ec0ffffff.boot")
    assert not is_normal("Yealink", "T54W", "", "805ec0ffffff.cfg")


def test_no_make_wants_a_folder_of_which_nothing_is_known() -> None:
    for make in MAKES.values():
        if make.wants_folder:
            family = family_of(make.name, "")
            assert family is not None
            assert any(each.kind is FileKind.OWN for each in family.folder)
        if make.example_url.endswith("/"):
            assert not warnings_for(make.example_url, make.name)
            assert names(make.name, "", make.example_url)
