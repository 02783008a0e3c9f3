"""Troubles in the whole window: they show, go by themselves, and can be put away and copied."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pnp_gui.trouble import Trouble
from pnp_gui.ui.main_window.window import MainWindow
from tests.ui.stage import Stage

Key = Qt.Key


def test_troubles_of_bench_and_network_show_and_go_by_themselves(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    stage.net.troubles["port_busy"] = Trouble(
        "UDP port {port} is taken.", action="try_again", code="port_busy", port=5060
    )
    stage.net.changed.emit()
    line = window.problem_bar.line_for("port_busy")
    assert line is not None
    assert line.sentence.text() == "UDP port 5060 is taken."
    assert line.action is not None
    stage.net.troubles.clear()
    QTest.mouseClick(line.action, Qt.MouseButton.LeftButton)
    assert stage.net.starts == 1
    assert window.problem_bar.isHidden()

    stage.bench.troubles["disk"] = Trouble("The disk is full.", code="disk")
    qtbot.waitUntil(lambda: window.problem_bar.line_for("disk") is not None, timeout=2000)
    del stage.bench.troubles["disk"]
    qtbot.waitUntil(window.problem_bar.isHidden, timeout=2000)


def test_a_trouble_put_away_comes_back_only_with_other_words(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    stage.bench.troubles["disk"] = Trouble("{n} MB are left.", code="disk", n=3)
    window.refresh()
    line = window.problem_bar.line_for("disk")
    assert line is not None
    assert line.dismiss is not None
    QTest.mouseClick(line.dismiss, Qt.MouseButton.LeftButton)
    window.refresh()
    assert window.problem_bar.isHidden()
    stage.bench.troubles["disk"] = Trouble("{n} MB are left.", code="disk", n=2)
    window.refresh()
    assert window.problem_bar.line_for("disk") is not None
    stage.bench.troubles.clear()


def test_details_go_to_the_clipboard(window: MainWindow, qtbot: QtBot) -> None:
    window.show_trouble(
        Trouble("It broke.", code="internal", action="copy_details", details="Traceback …")
    )
    line = window.problem_bar.line_for("internal")
    assert line is not None
    assert line.action is not None
    QTest.mouseClick(line.action, Qt.MouseButton.LeftButton)
    text = QGuiApplication.clipboard().text()
    assert "It broke." in text
    assert "Traceback …" in text
    window.problems.remove("internal")
    assert window.problem_bar.isHidden()
