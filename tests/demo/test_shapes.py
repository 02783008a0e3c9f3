"""The shapes keep the oddities that they are there for."""

from __future__ import annotations

import pytest

from pnp_gui.demo.message import read_subscribe, uri_of
from pnp_gui.demo.shape import Shape, Timing
from pnp_gui.demo.shapes import SHAPES

MAC = "000413A2105F"


def text_of(name: str) -> str:
    shape = SHAPES[name]
    return shape.subscribe(MAC, "10.1.2.3", shape.port, "123456789", shape.cseq).decode("latin-1")


def test_nine_makes_at_least() -> None:
    assert len({shape.make for shape in SHAPES.values()}) >= 9


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_every_shape_is_a_subscribe_for_ua_profile(shape: Shape) -> None:
    message = read_subscribe(shape.subscribe(MAC, "10.1.2.3", shape.port, "1", shape.cseq))
    assert message.start.startswith("SUBSCRIBE sip:")
    assert message.value("event").lower().startswith("ua-profile")
    assert message.value("cseq").split() == [str(shape.cseq), "SUBSCRIBE"]
    assert uri_of(message.value("contact")).startswith("sip:")
    assert shape.model in message.value("event")
    assert shape.version in message.value("event")


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_each_subscribe_is_a_new_one(shape: Shape) -> None:
    first, second = (
        read_subscribe(shape.subscribe(MAC, "10.1.2.3", 5060, number, 1)) for number in "12"
    )
    assert first.value("call-id") != second.value("call-id")


@pytest.mark.parametrize("name", ["snom", "snom-old", "snom-oem"])
def test_snom_sends_neither_branch_nor_max_forwards(name: str) -> None:
    text = text_of(name)
    assert "branch" not in text
    assert "Max-Forwards" not in text
    assert f"SUBSCRIBE sip:MAC%3a{MAC}@" in text


def test_snom_dect_has_no_mac_in_from_and_no_port_in_contact() -> None:
    text = text_of("snom-dect")
    assert "From: <sip:512@10.1.2.3>" in text
    assert "Contact: <sip:512@10.1.2.3>\r\n" in text
    assert "\r\n INFO" in text


def test_yealink_glues_a_lower_case_mac_to_the_word_and_uses_5059() -> None:
    text = text_of("yealink")
    assert "SUBSCRIBE sip:MAC000413a2105f@" in text
    assert "10.1.2.3:5059;branch=z9hG4bK123456789\r\n" in text
    assert "rport" not in text
    assert "User-Agent: Yealink SIP-T21P" in text
    assert 'model="T21D"' in text


def test_grandstream_uses_5080_and_asks_five_times() -> None:
    assert "CSeq: 20000 SUBSCRIBE" in text_of("grandstream")
    assert SHAPES["grandstream"].port == 5080
    assert len(list(SHAPES["grandstream"].timing.retransmissions())) == 4


@pytest.mark.parametrize("name", ["fanvil", "planet"])
def test_fanvil_firmware_has_no_from_tag_and_no_blank_before_the_event(name: str) -> None:
    text = text_of(name)
    assert "From: <sip:MAC=000413a2105f@224.0.1.75>\r\n" in text
    assert "\r\nEvent:ua-profile" in text
    assert SHAPES[name].timing.every > 0


def test_audiocodes_names_its_mac_nowhere_and_gives_up_after_5_seconds() -> None:
    text = text_of("audiocodes")
    assert MAC not in text.upper()
    assert "vendor" not in text
    assert 'profile-type="application"' in text
    assert SHAPES["audiocodes"].key_of(MAC, "10.1.2.3") == "ip:10.1.2.3"
    assert max(SHAPES["audiocodes"].timing.retransmissions()) < 5


def test_panasonic_writes_vender_and_waits_5_seconds() -> None:
    assert 'vender="Panasonic"' in text_of("panasonic")
    assert SHAPES["panasonic"].timing.window == 5


def test_old_yealink_writes_compact_names_and_bare_line_feeds() -> None:
    text = text_of("yealink-old")
    assert "\r" not in text
    assert text.count("\nv: ") == 2
    assert "\no: UA-Profile ; " in text


def test_a_phone_that_keeps_to_the_rfc_retransmits_ten_times_in_32_seconds() -> None:
    times = list(Timing().retransmissions())
    assert times == [0.5, 1.5, 3.5, 7.5, 11.5, 15.5, 19.5, 23.5, 27.5, 31.5]


def test_macs_have_the_makes_prefix_and_differ() -> None:
    macs = {SHAPES["htek"].mac_of(number) for number in range(5000)}
    assert len(macs) == 5000
    assert all(mac.startswith("001FC1") and len(mac) == 12 for mac in macs)
