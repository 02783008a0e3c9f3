"""The rules' window, by keys and clicks."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from pnp_gui.bench.store.settings import URL_RULES
from pnp_gui.bench.urls.rules import checked_rule
from pnp_gui.ui.main_window.window import MainWindow
from pnp_gui.ui.urls.rule_form import EXAMPLES
from pnp_gui.ui.urls.rules_model import RuleColumn, RulesModel
from pnp_gui.ui.widgets.key_button import KeyButton
from tests.ui.hands import CTRL, focused, press, shown, wait_rows, write
from tests.ui.stage import Stage
from tests.ui.urls.rules_window import GS, T5, YEALINK, opened, rules, texts

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def window(stage: Stage, qtbot: QtBot) -> MainWindow:
    return shown(stage, qtbot, (1280, 700))


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
def test_one_click_fills_in_an_example(
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
        (("snom", "", "http://h/a b"), "url", "a space at position 11"),
        (("snom", "", ""), "url", "empty"),
        (("yealink", "t5*", "http://h/"), "model", "already a rule for Yealink T5*"),
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


def test_another_row_or_closing_keeps_what_was_typed_and_esc_asks(
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
    form.url.setFocus()
    press(Key.Key_Escape)
    assert dialog.question.isVisible()
    save = next(
        one for one in dialog.findChildren(KeyButton) if one.defaultAction() is dialog.save_action
    )
    assert not save.isEnabled(), "Enter would not save now"
    press(Key.Key_Escape)
    assert save.isEnabled()
    assert not dialog.question.isVisible()
    assert focused() is form.url
    assert form.typed == ("Yealink", "T5*", "nonsense"), "Esc to the question keeps it"
    press(Key.Key_Escape)
    press(Key.Key_Return)
    assert dialog.isVisible()
    assert not dialog.question.isVisible()
    assert form.url.text() == T5.url
    assert "discarded" in dialog.said.text()
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
    assert texts(dialog, RuleColumn.URL)[-1] == stage.bench.urls.default
    with qtbot.waitSignal(dialog.default_wanted):
        last = dialog.model.index(3, RuleColumn.URL)
        where = dialog.table.visualRect(last).center()
        QTest.mouseClick(dialog.table.viewport(), LEFT, pos=where)
        QTest.mouseDClick(dialog.table.viewport(), LEFT, pos=where)
    assert dialog.form.rule is None


def test_a_make_in_two_spellings_is_one_make(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    two = [checked_rule("acme", "", "http://h/a/"), checked_rule("Acme", "X*", "http://h/x/")]
    stage.bench.set_url_rules(two)
    dialog = opened(window, qtbot)
    assert texts(dialog, RuleColumn.MODEL) == ["X*", "every other model", ""]


def test_tab_goes_from_top_to_bottom(window: MainWindow, qtbot: QtBot) -> None:
    dialog = opened(window, qtbot)
    first = next(each for each in dialog.findChildren(KeyButton) if each.text() == "New rule")
    first.setFocus(Qt.FocusReason.TabFocusReason)
    visited: list[QWidget] = []
    while focused() not in visited:
        visited.append(focused())
        press(Key.Key_Tab)
    heights = [each.mapTo(dialog, QPoint(0, each.height())).y() for each in visited]
    form = dialog.form
    assert {dialog.table, form.url, form.examples["snom"]} <= {*visited}
    assert heights == sorted(heights), visited


def test_a_warning_has_a_sign_and_words(stage: Stage, window: MainWindow, qtbot: QtBot) -> None:
    stage.bench.set_url_rules([checked_rule("Grandstream", "", "http://h/x.xml"), YEALINK])
    dialog = opened(window, qtbot)
    bad, good = (dialog.model.index(row, RuleColumn.URL) for row in (0, 1))
    assert bad.data(Qt.ItemDataRole.DecorationRole) is not None
    assert "a folder, which ends in" in bad.data(Qt.ItemDataRole.ToolTipRole)
    assert "a folder, which ends in" in bad.data(Qt.ItemDataRole.AccessibleTextRole)
    assert good.data(Qt.ItemDataRole.DecorationRole) is None


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
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window, timeout=2000)
    press(Key.Key_Return)
    assert stage.bench.approving_all is not None
    dialog.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog, timeout=2000)
    assert dialog.banner.isVisible(), "this window may lie over the other one's banner"
    assert window.approve_all_banner.isVisible()
    QTest.mouseClick(dialog.banner.button, LEFT)
    assert stage.bench.approving_all is None
    assert not dialog.banner.isVisible()
    stage.bench.approve_all(5)
    press(Key.Key_F8)
    assert stage.bench.approving_all is None


def test_redo_beside_undo(stage: Stage, window: MainWindow, qtbot: QtBot) -> None:
    stage.bench.set_url_rules([GS, T5])
    dialog = opened(window, qtbot)
    press(Key.Key_Delete)
    press(Key.Key_Delete)
    assert rules(stage) == []
    for _ in range(3):
        press(Key.Key_Z, CTRL)
    assert rules(stage) == [GS, T5]
    for _ in range(3):
        press(Key.Key_Y, CTRL)
    assert rules(stage) == []
    press(Key.Key_Z, CTRL)
    dialog.form.url.setFocus()
    write("http://h/typed/")
    dialog.table.setFocus()
    press(Key.Key_Y, CTRL)
    assert [rule.url for rule in rules(stage)] == ["http://h/typed/"], "a new change, no redo"
    press(Key.Key_Z, CTRL)
    assert rules(stage) == [T5]


def test_typing_goes_on_without_the_question(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    stage.bench.set_url_rules([T5])
    dialog = opened(window, qtbot)
    dialog.form.url.setFocus()
    write("http://h/n")
    press(Key.Key_Escape)
    dialog.form.url.setFocus()
    assert not dialog.question.isVisible(), "who goes on has answered"
    dialog.form.url.setText("http://h/new")
    press(Key.Key_Return)
    assert [rule.url for rule in rules(stage)] == ["http://h/new"]


def test_the_programs_end_keeps_a_whole_rule(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    dialog = opened(window, qtbot)
    QTest.mouseClick(dialog.form.examples["snom"], LEFT)
    window.finish()
    assert [rule.make for rule in rules(stage)] == ["snom"]
    assert not dialog.isVisible()


def test_a_rule_that_is_not_valid_yet_keeps_nothing_alive_and_hidden_it_costs_nothing(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    one, two = stage.ask(1), stage.ask(2)
    wait_rows(qtbot, window, 2)
    dialog = opened(window, qtbot)
    assert dialog.form.draft.fault is not None
    assert dialog.form.draft.fault.__traceback__ is None
    press(Key.Key_Escape)
    qtbot.waitUntil(lambda: not dialog.isVisible())
    window.table.select_keys([one])
    draft = dialog.form.draft
    window.table.select_keys([two])
    assert dialog.form.draft is draft
