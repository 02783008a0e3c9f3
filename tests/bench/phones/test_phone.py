from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pnp_gui.bench.phones.key import key_of, show_key
from pnp_gui.bench.phones.row_text import MAX_LABEL, clean_label


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("00:04:13:a2:10:5f", "000413A2105F"),
        (" 0004.13a2.105f ", "000413A2105F"),
        ("MAC:000413A2105F", "000413A2105F"),
        ("ip:10.13.2.37", "ip:10.13.2.37"),
        ("IP: 10.13.2.37", "ip:10.13.2.37"),
        ("ip:10.13.2.300", None),
        ("ip:10.13.2", None),
        ("ip:010.13.2.37", None),
        ("10.13.2.37", None),
        ("000413A2105", None),
        ("", None),
    ],
)
def test_key_of_any_usual_form(text: str, key: str | None) -> None:
    assert key_of(text) == key


@pytest.mark.parametrize("key", ["000413A2105F", "ip:10.13.2.37"])
def test_a_shown_key_is_read_again(key: str) -> None:
    assert key_of(show_key(key)) == key


def test_a_label_is_one_printable_line() -> None:
    assert clean_label("  Room\t12 \r\n west\x00wing ") == "Room 12 west wing"


@given(st.text())
def test_a_clean_label_stays_as_it_is_and_fits_into_utf8(text: str) -> None:
    label = clean_label(text)
    assert clean_label(label) == label
    assert len(label) <= MAX_LABEL
    label.encode("utf-8")
