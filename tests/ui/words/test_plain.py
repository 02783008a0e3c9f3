"""Text of others where no text format of Qt reaches."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence, Qt

from pnp_gui.ui.words.plain import TIP_COLUMNS, TIP_LINES, for_button, for_notice, for_tip


def test_an_ampersand_on_a_button_is_one() -> None:
    assert QKeySequence.mnemonic("AT&T").toString() == "Alt+T"
    assert QKeySequence.mnemonic(for_button("AT&T")).isEmpty()


def test_a_notice_holds_no_markup_and_no_escapes_that_some_desktops_would_show() -> None:
    shown = for_notice("</b><img src=x>&amp;AT&T")
    assert not Qt.mightBeRichText(shown)
    assert not set("<>&") & set(shown)
    assert for_notice("snom D785, „Zürich“ 10.1") == "snom D785, „Zürich“ 10.1"


def test_a_tip_says_what_there_is_to_say_and_fits_the_screen() -> None:
    usual = "Phone: <b>\n  two  blanks\n\nhttp://192.0.2.5/{mac}.xml"
    assert for_tip(usual) == usual
    url = "http://h/" + "x" * 900
    lines = for_tip(f"{url}\nIts own URL").split("\n")
    assert max(map(len, lines)) == TIP_COLUMNS
    assert "".join(lines[:-1]) == url
    assert lines[-1] == "Its own URL"
    for endless in ("x" * 1_000_000, "a word " * 100_000, "line\n" * 100_000):
        lines = for_tip(endless).split("\n")
        assert max(map(len, lines)) <= TIP_COLUMNS
        assert (len(lines), lines[-1]) == (TIP_LINES, "…")
