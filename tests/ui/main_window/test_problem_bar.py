"""The lines of the problem bar."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QObject, Qt, QTranslator
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pnp_gui.trouble import Trouble
from pnp_gui.ui.main_window.problem_bar import MAX_LINES, MOST_OF_WINDOW, ProblemBar
from pnp_gui.ui.main_window.problems import ProblemController
from pnp_gui.ui.words.translate import CORE, trouble_text
from tests.ui.stage import Stage

BUSY = Trouble("UDP port {port} is taken.", action="try_again", code="port_busy", port=5060)
LOST = Trouble("{name} is gone.", action="show_interfaces", code="gone", name="Wi-Fi")
DISK = Trouble("The disk is full.", code="disk")


@pytest.fixture
def bar(qapp: QApplication, qtbot: QtBot) -> ProblemBar:
    bar = ProblemBar()
    qtbot.addWidget(bar)
    bar.resize(900, 100)
    return bar


def sentences(bar: ProblemBar) -> list[str]:
    return [line.sentence.text() for line in bar.lines]


def test_without_troubles_it_takes_no_room(bar: ProblemBar) -> None:
    bar.set_troubles([])
    assert bar.isHidden()
    bar.set_troubles([DISK])
    assert not bar.isHidden()
    bar.set_troubles([])
    assert bar.isHidden()


def test_what_keeps_phones_from_being_heard_comes_first_and_cannot_be_put_away(
    bar: ProblemBar,
) -> None:
    bar.set_troubles([DISK, LOST, BUSY])
    assert sentences(bar) == ["UDP port 5060 is taken.", "The disk is full.", "Wi-Fi is gone."]
    assert [line.dismiss is None for line in bar.lines] == [True, False, False]
    assert [line.action.text() if line.action else "" for line in bar.lines] == [
        "Try again",
        "",
        "Show network interfaces",
    ]


def test_three_lines_at_most_and_then_how_many_more(bar: ProblemBar, qtbot: QtBot) -> None:
    troubles = [Trouble("Trouble no. {n}.", code=f"t{n}", n=n) for n in range(6)]
    bar.set_troubles(troubles)
    bar.show()
    assert len(bar.lines) == MAX_LINES
    assert bar.more.text() == "and 3 more"
    QTest.mouseClick(bar.more, Qt.MouseButton.LeftButton)
    assert len(bar.lines) == 6
    QTest.mouseClick(bar.more, Qt.MouseButton.LeftButton)
    assert len(bar.lines) == MAX_LINES
    bar.set_troubles(troubles[:4])
    assert bar.more.text() == "and 1 more"
    bar.set_troubles(troubles[:3])
    assert not bar.more.isVisible()


def test_an_unchanged_line_keeps_the_keyboard(bar: ProblemBar, qtbot: QtBot) -> None:
    bar.set_troubles([LOST])
    bar.show()
    qtbot.waitExposed(bar)
    line = bar.lines[0]
    bar.set_troubles([LOST])
    assert bar.lines[0] is line


def test_a_line_that_goes_hands_the_keyboard_back(bar: ProblemBar, qtbot: QtBot) -> None:
    bar.set_troubles([LOST])
    bar.show()
    bar.activateWindow()
    action = bar.lines[0].action
    assert action is not None
    action.setFocus()
    qtbot.waitUntil(action.hasFocus, timeout=2000)
    with qtbot.waitSignal(bar.focus_lost, timeout=1000):
        bar.set_troubles([])


def test_action_and_dismissal_tell_which_trouble(bar: ProblemBar, qtbot: QtBot) -> None:
    bar.set_troubles([LOST])
    bar.show()
    action, dismiss = bar.lines[0].action, bar.lines[0].dismiss
    assert action is not None
    assert dismiss is not None
    with qtbot.waitSignal(bar.acted, check_params_cb=lambda trouble: trouble is LOST):
        QTest.keyClick(action, Qt.Key.Key_Space)
    with qtbot.waitSignal(bar.dismissed, check_params_cb=lambda trouble: trouble is LOST):
        QTest.keyClick(bar.lines[0], Qt.Key.Key_Escape)


def test_a_long_sentence_wraps_instead_of_being_cut(bar: ProblemBar, qtbot: QtBot) -> None:
    bar.set_troubles([Trouble("word " * 120, code="long", action="copy_details")])
    bar.resize(600, bar.sizeHint().height())
    bar.show()
    qtbot.waitExposed(bar)
    line = bar.lines[0]
    assert line.heightForWidth(600) > 4 * line.fontMetrics().height()


def test_the_whole_template_is_the_key_of_the_translation(qapp: QApplication) -> None:
    class German(QTranslator):
        def translate(
            self, context: str, text: str, disambiguation: str | None = None, n: int = -1
        ) -> str:
            del disambiguation, n
            if (context, text) == (CORE, LOST.template):
                return "{name} ist weg."
            return text

        def isEmpty(self) -> bool:
            return False

    german: QObject = German()
    assert isinstance(german, QTranslator)
    QCoreApplication.installTranslator(german)
    try:
        assert trouble_text(LOST) == "Wi-Fi ist weg."
    finally:
        QCoreApplication.removeTranslator(german)


class TestProblems:
    def test_one_line_for_each_code_and_the_windows_own_wins(
        self, stage: Stage, bar: ProblemBar
    ) -> None:
        problems = ProblemController(stage.bench, stage.net, stage.files, bar)
        stage.bench.troubles["disk"] = DISK
        stage.net.troubles["gone"] = LOST
        problems.add(Trouble("The disk is nearly full.", code="disk"))
        assert sentences(bar) == ["The disk is nearly full.", "Wi-Fi is gone."]
        assert problems.remove("disk")
        assert not problems.remove("disk")
        assert sentences(bar) == ["The disk is full.", "Wi-Fi is gone."]

    def test_put_away_until_it_is_over(self, stage: Stage, bar: ProblemBar) -> None:
        problems = ProblemController(stage.bench, stage.net, stage.files, bar)
        stage.bench.troubles["disk"] = DISK
        problems.refresh()
        bar.dismissed.emit(DISK)
        assert sentences(bar) == []
        stage.bench.troubles.clear()
        problems.refresh()
        stage.bench.troubles["disk"] = DISK
        problems.refresh()
        assert sentences(bar) == ["The disk is full."]

    def test_told_again_it_shows_again(self, stage: Stage, bar: ProblemBar) -> None:
        problems = ProblemController(stage.bench, stage.net, stage.files, bar)
        problems.add(DISK)
        bar.dismissed.emit(DISK)
        assert sentences(bar) == []
        problems.add(DISK)
        assert sentences(bar) == ["The disk is full."]


@pytest.mark.parametrize("size", [(1600, 1000), (1216, 760), (640, 420)])
def test_a_line_that_is_there_from_the_start_can_be_read(
    stage: Stage, qtbot: QtBot, size: tuple[int, int]
) -> None:
    text = "Another program uses the folder: nothing is saved there until that one ends."
    stage.bench.troubles["folder"] = Trouble(text, code="folder")
    window = stage.window()
    qtbot.addWidget(window)
    window.resize(*size)
    window.show()
    qtbot.waitExposed(window)
    QApplication.processEvents()
    bar = window.problem_bar
    [line] = bar.lines
    assert line.height() == line.heightForWidth(line.width())
    assert bar.viewport().height() == min(line.height(), window.height() // MOST_OF_WINDOW)
