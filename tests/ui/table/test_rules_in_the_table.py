"""Where a row, its tip, the pane and the cards say that a URL comes from."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pnp_gui.bench.urls.rules import checked_rule
from pnp_gui.pnp.url import FACTORY_URL
from pnp_gui.ui.main_window.window import MainWindow
from pnp_gui.ui.table.columns import Column
from pnp_gui.ui.theme import theme
from tests.ui.hands import CTRL, focused, press, shown, wait_rows, write
from tests.ui.stage import Stage
from tests.ui.urls.rules_window import T5, YEALINK, opened

Key = Qt.Key


@pytest.fixture
def window(stage: Stage, qtbot: QtBot) -> MainWindow:
    return shown(stage, qtbot, (1280, 700))


def test_the_preview_is_of_the_phone_that_is_selected(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    stage.bench.set_url_rules([checked_rule("Yealink", "", "http://h/${mac}")])
    keys = [stage.ask_of(number, "yealink", "T54W") for number in (1, 2)]
    own = stage.ask_of(3, "yealink", "T54W")
    stage.bench.set_own_url([own], "http://h/own")
    wait_rows(qtbot, window, 3)
    dialog = opened(window, qtbot)
    window.table.select_keys([keys[1]])
    assert dialog.form.exact.accessibleName() == "http://h/001565000002"
    assert "2 phones in the table get their URL" in dialog.form.who.text()
    assert "1 has its own." in dialog.form.who.text()


def test_where_a_url_comes_from_stands_in_row_tip_and_pane(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    one, two = stage.ask_of(1, "yealink", "T54W"), stage.ask_of(2, "yealink", "T54W")
    snom = stage.ask(3)
    wait_rows(qtbot, window, 3)
    stage.bench.set_url_rules([T5])
    stage.bench.set_own_url([two], "http://h/own")
    model = window.table.phone_model

    def tip(key: str) -> str:
        index = model.index(model.row_of(key), Column.URL)
        text = str(index.data(Qt.ItemDataRole.ToolTipRole))
        assert text in str(index.data(Qt.ItemDataRole.AccessibleTextRole))
        return text

    assert tip(one) == "http://h/t5/\nRule Yealink T5*"
    assert tip(two) == "http://h/own\nIts own URL"
    assert tip(snom).endswith("\nDefault URL")
    for key, words in ((one, "Rule Yealink T5*"), (two, "Its own URL"), (snom, "Default URL")):
        window.table.select_keys([key])
        window.refresh()
        assert window.detail_pane.source.text() == words
    stage.bench.set_url_rules([])
    stage.bench.set_own_url([two], "")
    assert tip(one).endswith(
        "Yealink phones do not fill in {mac}: write ${mac}, which PnP Bench fills in."
    )
    window.table.select_keys([one])
    window.refresh()
    assert "do not fill in {mac}" in window.detail_pane.warning.text()
    assert window.detail_pane.warning.isVisible()


def test_the_row_shows_the_word_and_the_sign(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    """What is painted differs for default, rule and own; the sign is there with a warning."""
    key = stage.ask_of(1, "yealink", "T54W")
    wait_rows(qtbot, window, 1)
    model = window.table.phone_model
    index = model.index(0, Column.URL)

    def picture() -> QImage:
        model.flush()
        box = window.table.visualRect(index)
        return window.table.viewport().grab(box).toImage()

    def has_sign() -> bool:
        image, amber = picture(), theme.tokens().amber.rgb()
        return any(
            image.pixel(x, y) == amber for x in range(image.width()) for y in range(image.height())
        )

    seen = []
    stage.bench.set_default_url("http://h/same")
    seen.append(picture())
    stage.bench.set_url_rules([checked_rule("Yealink", "", "http://h/same")])
    seen.append(picture())
    stage.bench.set_own_url([key], "http://h/same")
    seen.append(picture())
    assert seen[0] != seen[1] != seen[2] != seen[0]
    assert not has_sign()
    stage.bench.set_own_url([key], "http://h/{mac}")
    assert has_sign()


def test_the_default_urls_card_warns_for_the_makes_in_the_table(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    stage.ask_of(1, "Grandstream", "GRP2612")
    under_rule = stage.ask_of(2, "yealink", "T54W")
    stage.bench.set_url_rules([YEALINK])
    wait_rows(qtbot, window, 2)
    press(Key.Key_L, CTRL)
    write("http://h/{mac}")
    card = window.listen_bar.url._card
    assert card is not None
    assert "Grandstream phones append their own file name" in card.warning.text()
    assert "Yealink" not in card.warning.text(), "they get the rule's"
    press(Key.Key_Escape)
    window.table.select_keys([under_rule])
    press(Key.Key_L, CTRL)
    assert "would still get" in card.caption.text()


def test_the_field_in_the_row_says_what_an_empty_one_means(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    key = stage.ask_of(1, "yealink", "T54W")
    other = stage.ask_of(2, "Grandstream", "GRP2612")
    stage.bench.set_url_rules([T5])
    wait_rows(qtbot, window, 2)
    window.table.select_keys([key])
    window.table.setFocus()
    press(Key.Key_F2)
    editor = focused()
    assert editor.placeholderText() == T5.url  # type: ignore[attr-defined]
    caption, url, _, wrong = editor.preview()  # type: ignore[attr-defined]
    assert (url, wrong) == ("http://h/t5/", False)
    assert caption.startswith("By the rule for Yealink T5*")
    press(Key.Key_Escape)
    window.table.select_keys([key, other])
    window.table.setFocus()
    press(Key.Key_F2)
    QTest.keyClicks(focused(), "http://h/x.cfg")
    assert "Grandstream" in focused().preview()[2]  # type: ignore[attr-defined]
    press(Key.Key_Escape)


def test_the_factorys_url_is_said_to_be_snoms_before_another_make_is_approved(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    stage.bench.set_default_url(FACTORY_URL)
    other, snom = stage.ask_of(1, "yealink", "T54W"), stage.ask(2)
    wait_rows(qtbot, window, 2)
    window.table.select_keys([other])
    window.refresh()
    assert window.detail_pane.source.text() == "Default URL, snom's own"
    assert "Yealink phones find nothing on snom's own server" in window.detail_pane.warning.text()
    window.table.select_keys([snom])
    window.refresh()
    assert window.detail_pane.warning.isHidden()
    window.table.select_keys([other, snom])
    window.actions_.approve.trigger()
    assert stage.air.sent == [], "it is asked first"
    press(Key.Key_Return)
    assert "1 has snom's own URL, though it is not a snom phone" in window.status_bar.left.text()
    assert len(stage.air.sent) == 4, "the technician's word counts all the same"
    stage.bench.set_default_url("http://192.0.2.5/all/")
    window.refresh()
    assert window.detail_pane.source.text() == "Default URL"
