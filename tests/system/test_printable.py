"""What a terminal and a log are given is text alone."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pnp_gui.system.printable import INDENT, printable, printable_lines

NO_TEXT = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def test_every_character_that_is_no_text_is_escaped_and_every_other_stays() -> None:
    for number in range(sys.maxunicode + 1):
        character = chr(number)
        shown = printable(character)
        if unicodedata.category(character) in NO_TEXT:
            assert shown.isascii()
            assert shown.isprintable()
            assert shown.startswith("\\"), hex(number)
        else:
            assert shown == character, hex(number)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b]0;owned\x07", r"\x1b]0;owned\x07"),
        ("\x1b]52;c;cm0gLXJm\x1b\\", r"\x1b]52;c;cm0gLXJm\x1b" + "\\"),
        ("\x9b2J\x7f\x00\x08", r"\x9b2J\x7f\x00\x08"),
        ("a\rb\nc\td\x0be\x85f\u2028g", r"a\rb\nc\td\x0be\x85f\u2028g"),
        ("\u202egpj.exe \u2066\u200b\ufeff", r"\u202egpj.exe \u2066\u200b\ufeff"),
        ("\U000e0041\udc80\ue000", r"\U000e0041\udc80\ue000"),
        ("Zürich 東京 日本\u3000語 à 10\xa0s 📞", "Zürich 東京 日本\u3000語 à 10\xa0s 📞"),
        (r"C:\Users\bob", r"C:\Users\bob"),
    ],
)
def test_how_it_is_shown(text: str, shown: str) -> None:
    assert printable(text) == shown


def test_a_further_line_cannot_pose_as_a_line_of_its_own() -> None:
    forged = "phone\n2026-01-01 12:00:00,000 approved\r\nb\rc\x0bd\u2028e\n"
    assert printable_lines(forged).split("\n") == [
        "phone",
        f"{INDENT}2026-01-01 12:00:00,000 approved",
        rf"{INDENT}b\rc\x0bd\u2028e",
        INDENT,
    ]


@given(st.text())
def test_whatever_it_is_made_of(text: str) -> None:
    first, *others = printable_lines(text).split("\n")
    assert all(line.startswith(INDENT) for line in others)
    for line in (first, *others, printable(text)):
        assert not {unicodedata.category(c) for c in line} & NO_TEXT
        line.encode()
