"""The rules' window, by keys and clicks, and where the rows say that a URL comes from."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from pnp_gui.bench.settings import URL_RULES
from pnp_gui.bench.url_rules import UrlRule, checked_rule
from pnp_gui.pnp.url import FACTORY_URL
from pnp_gui.ui import theme
from pnp_gui.ui.columns import Column
from pnp_gui.ui.rule_form import EXAMPLES
from pnp_gui.ui.rules_dialog import RulesDialog
from pnp_gui.ui.rules_model import RuleColumn, RulesModel
from pnp_gui.ui.window import MainWindow
from tests.ui.hands import CTRL, focused, press, shown, wait_rows, write
from tests.ui.stage import Stage

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton
YEALINK, T5, GS = (
    checked_rule("Yealink", "", "http://h/y/"),
    checked_rule("Yealink", "T5*", "http://h/t5/"),
    checked_rule("Grandstream", "", "http://h/gs/"),
)


@pytest.fixture
def window(stage: Stage, qtbot: QtBot) -> MainWindow:
    return shown(stage, qtbot, (1280, 700))


def opened(window: MainWindow, qtbot: QtBot) -> RulesDialog:
    press(Key.Key_F7)
    dialog = window.rules.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog, timeout=2000)
    return dialog


def rules(stage: Stage) -> list[UrlRule]:
    return list(stage.bench.urls.rules)


def texts(dialog: RulesDialog, column: RuleColumn) -> list[str]:
    model = dialog.model
    return [str(model.index(row, column).data() or "") for row in range(model.rowCount())]


def test_a_rule_by_keys_alone(stage: Stage, window: MainWindow, qtbot: QtBot) -> None:
    key = stage.ask_of(1, "yealink", "SIP-T54W")
    stage.bench.approve([key])
    wait_rows(qtbot, window, 1)
    stage.air.take()
    dialog = opened(window, qtbot)
    assert focused() in (dialog.form.make, dialog.form.make.lineEdit())
    QTest.keyClicks(focused(), "yealink")
    press(Key.Key_Tab)
    QTest.keyClicks(focused(), "T5*")
    press(Key.Key_Tab)
    QTest.keyClicks(focused(), "http://h/${model}/{mac}")
    form = dialog.form
    assert "1 phone in the table gets its URL" in form.who.text()
    assert form.exact.text().replace("\u200b", "") == "http://h/SIP-T54W/{mac}"
    assert "do not fill in {mac}" in form.warning.text()
    assert "$PN" in form.about.text()
    assert rules(stage) == [], "nothing holds before Enter"
    press(Key.Key_Return)
    assert rules(stage) == [checked_rule("Yealink", "T5*", "http://h/${model}/{mac}")]
    assert "nothing is sent" in dialog.said.text()
    assert stage.air.sent == [], "one that has its URL is not sent another by itself"
    assert focused() is dialog.table
    assert stage.bench.preview(key) == "http://h/SIP-T54W/{mac}"
    assert texts(dialog, RuleColumn.MAKE) == ["Yealink", "Every other phone"]
    assert texts(dialog, RuleColumn.PHONES) == ["1", "0"]

    press(Key.Key_Return)
    assert focused() is form.url
    write("http://h/other")
    press(Key.Key_Enter)
    assert [rule.url for rule in rules(stage)] == ["http://h/other"]

    press(Key.Key_Delete)
    assert rules(stage) == []
    press(Key.Key_Z, CTRL)
    press(Key.Key_Z, CTRL)
    assert [rule.url for rule in rules(stage)] == ["http://h/${model}/{mac}"]
    press(Key.Key_Escape)
    assert not dialog.isVisible()
    assert len(stage.bench.setting(URL_RULES)) == 1


def test_the_button_opens_it_and_the_window_goes_on_beside_it(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    QTest.mouseClick(window.listen_bar.rules, LEFT)
    dialog = window.rules.dialog
    assert dialog is not None
    assert dialog.isVisible()
    assert not dialog.isModal()
    stage.ask(1)
    wait_rows(qtbot, window, 1)
    qtbot.waitUntil(lambda: texts(dialog, RuleColumn.PHONES) == ["1"], timeout=2000)
    window.activateWindow()
    QTest.keyClick(window.table, Key.Key_F7)
    assert window.rules.dialog is dialog


@pytest.mark.parametrize("make", EXAMPLES)
def test_one_click_puts_a_ready_example_in(
    stage: Stage, window: MainWindow, qtbot: QtBot, make: str
) -> None:
    dialog = opened(window, qtbot)
    QTest.mouseClick(dialog.form.examples[make], LEFT)
    assert dialog.form.typed == (make, "", stage.bench.urls.example_for(make))
    assert dialog.form.url.text().startswith("http://192.0.2.5/"), "on the default URL's server"
    assert dialog.form.warning.text() == ""
    assert make in dialog.form.about.text()
    assert rules(stage) == []
    press(Key.Key_Return)
    assert [rule.make for rule in rules(stage)] == [make]


def test_an_example_never_overwrites_the_rule_of_another_make(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    stage.bench.set_url_rules([GS, YEALINK])
    dialog = opened(window, qtbot)
    assert dialog.form.rule == GS
    QTest.mouseClick(dialog.form.examples["Panasonic"], LEFT)
    assert dialog.form.rule is None
    press(Key.Key_Return)
    QTest.mouseClick(dialog.form.examples["Yealink"], LEFT)
    assert dialog.form.rule == YEALINK
    press(Key.Key_Return)
    assert [(rule.make, rule.url) for rule in rules(stage)] == [
        ("Grandstream", GS.url),
        ("Panasonic", stage.bench.urls.example_for("Panasonic")),
        ("Yealink", stage.bench.urls.example_for("Yealink")),
    ]


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        (("", "", "http://h/"), "make", "needs a make"),
        (("snom*", "", "http://h/"), "make", "whole name"),
        (("snom", "", "http://h/a b"), "url", "a blank at position 11"),
        (("snom", "", ""), "url", "empty"),
        (("yealink", "t5*", "http://h/"), "model", "Yealink T5* already"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(
    stage: Stage,
    window: MainWindow,
    qtbot: QtBot,
    typed: tuple[str, str, str],
    field: str,
    words: str,
) -> None:
    stage.bench.set_url_rules([T5])
    dialog = opened(window, qtbot)
    press(Key.Key_N, CTRL)
    form = dialog.form
    form.make.setEditText(typed[0])
    form.model.setFocus()
    QTest.keyClicks(form.model, typed[1])
    form.url.setFocus()
    QTest.keyClicks(form.url, typed[2])
    press(Key.Key_Return)
    assert words in form.caption.text()
    wrong = {"make": form.make, "model": form.model, "url": form.url}[field]
    assert wrong.property("wrong")
    assert wrong.hasFocus() or wrong.isAncestorOf(focused())
    assert rules(stage) == [T5]


def test_another_row_or_closing_keeps_what_was_typed_and_esc_takes_it_back(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    stage.bench.set_url_rules([GS, T5, YEALINK])
    dialog = opened(window, qtbot)
    table, form = dialog.table, dialog.form

    def row(number: int) -> QPoint:
        return table.visualRect(dialog.model.index(number, 1)).center()

    form.url.setFocus()
    write("http://h/new/")
    QTest.mouseClick(table.viewport(), LEFT, pos=row(1))
    assert form.rule == T5
    assert rules(stage)[0].url == "http://h/new/"

    form.url.setFocus()
    write("nonsense")
    QTest.mouseClick(table.viewport(), LEFT, pos=row(0))
    qtbot.waitUntil(lambda: table.currentIndex().row() == 1, timeout=2000)
    assert form.typed == ("Yealink", "T5*", "nonsense")
    dialog.close()
    assert dialog.isVisible(), "it cannot be a rule, so it is not lost by closing either"
    press(Key.Key_Escape)
    assert dialog.isVisible()
    assert form.url.text() == T5.url
    write("http://h/last/")
    dialog.close()
    assert not dialog.isVisible()
    assert rules(stage)[1].url == "http://h/last/"


def test_rules_are_in_order_by_themselves_and_the_default_is_last(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    stage.bench.set_url_rules([YEALINK, T5, GS])
    dialog = opened(window, qtbot)
    assert texts(dialog, RuleColumn.MAKE) == [
        *("Grandstream", "Yealink", "Yealink", "Every other phone")
    ]
    assert texts(dialog, RuleColumn.MODEL) == ["every model", "T5*", "every other model", ""]
    assert texts(dialog, RuleColumn.URL)[-1] == stage.bench.default_url
    with qtbot.waitSignal(dialog.default_wanted):
        last = dialog.model.index(3, RuleColumn.URL)
        where = dialog.table.visualRect(last).center()
        QTest.mouseClick(dialog.table.viewport(), LEFT, pos=where)
        QTest.mouseDClick(dialog.table.viewport(), LEFT, pos=where)
    assert dialog.form.rule is None


def test_a_warning_has_a_sign_and_words(stage: Stage, window: MainWindow, qtbot: QtBot) -> None:
    stage.bench.set_url_rules([checked_rule("Grandstream", "", "http://h/x.xml"), YEALINK])
    dialog = opened(window, qtbot)
    bad, good = (dialog.model.index(row, RuleColumn.URL) for row in (0, 1))
    assert bad.data(Qt.ItemDataRole.DecorationRole) is not None
    assert "a folder that ends in" in bad.data(Qt.ItemDataRole.ToolTipRole)
    assert "a folder that ends in" in bad.data(Qt.ItemDataRole.AccessibleTextRole)
    assert good.data(Qt.ItemDataRole.DecorationRole) is None


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
        assert window.pane.source.text() == words
    stage.bench.set_url_rules([])
    stage.bench.set_own_url([two], "")
    assert tip(one).endswith(
        "Yealink phones do not fill in {mac}; write ${mac} to fill it in here."
    )
    window.table.select_keys([one])
    window.refresh()
    assert "do not fill in {mac}" in window.pane.warning.text()
    assert window.pane.warning.isVisible()


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
        image, busy = picture(), theme.tokens().busy.rgb()
        return any(
            image.pixel(x, y) == busy for x in range(image.width()) for y in range(image.height())
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
    assert "is under the rule for Yealink and would still get" in card.caption.text()


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


def test_the_model_keeps_qts_rules(stage: Stage, qtbot: QtBot) -> None:
    model = RulesModel(stage.bench)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    stage.bench.set_url_rules([YEALINK, T5, GS])
    model.refresh()
    stage.ask(1)
    model.refresh()
    assert model.index(3, RuleColumn.PHONES).data() == "1"
    stage.bench.set_url_rules([])
    model.refresh()
    assert model.rowCount() == 1
    QToolTip.hideText()


def test_f8_works_in_the_rules_window_too(stage: Stage, window: MainWindow, qtbot: QtBot) -> None:
    dialog = opened(window, qtbot)
    press(Key.Key_F8)
    assert stage.bench.approving_all is not None
    assert dialog.band.isVisible(), "this window may lie over the other one's band"
    assert window.band.isVisible()
    QTest.mouseClick(dialog.band.button, LEFT)
    assert stage.bench.approving_all is None
    assert not dialog.band.isVisible()
    press(Key.Key_F8)
    press(Key.Key_F8)
    assert stage.bench.approving_all is None


def test_the_programs_end_keeps_a_whole_rule(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    dialog = opened(window, qtbot)
    QTest.mouseClick(dialog.form.examples["snom"], LEFT)
    window.finish()
    assert [rule.make for rule in rules(stage)] == ["snom"]
    assert not dialog.isVisible()


def test_the_factorys_url_is_said_to_be_snoms_before_another_make_is_approved(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    stage.bench.set_default_url(FACTORY_URL)
    other, snom = stage.ask_of(1, "yealink", "T54W"), stage.ask(2)
    wait_rows(qtbot, window, 2)
    window.table.select_keys([other])
    window.refresh()
    assert window.pane.source.text() == "Default URL, snom's own"
    assert "Yealink phones find nothing on snom's own server" in window.pane.warning.text()
    window.table.select_keys([snom])
    window.refresh()
    assert window.pane.warning.isHidden()
    window.table.select_keys([other, snom])
    window.actions_.approve.trigger()
    assert "1 has snom's own URL, though it is no snom" in window.status.left.text()
    assert len(stage.air.sent) == 4, "the technician's word counts all the same"
    stage.bench.set_default_url("http://192.0.2.5/all/")
    window.refresh()
    assert window.pane.source.text() == "Default URL"
