"""The counts at the bottom can all be read, also where there is little room."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from pnp_gui.bench.phones.counts import Counts
from pnp_gui.bench.phones.status import StatusKind
from pnp_gui.ui.actions import Actions
from pnp_gui.ui.main_window.status_bar import StatusBar

EVERYTHING = Counts(118, 93, {kind: 11 + (kind is StatusKind.NO_ANSWER) for kind in StatusKind})


@pytest.mark.parametrize(("width", "words"), [(1600, "12 without answer"), (900, "12 no answer")])
def test_counts_are_short_where_it_is_narrow(
    qapp: QApplication, qtbot: QtBot, width: int, words: str
) -> None:
    bar = StatusBar(Actions(qapp))
    qtbot.addWidget(bar)
    bar.resize(1600, bar.sizeHint().height())
    bar.show()
    bar.show_counts(EVERYTHING)
    bar.resize(width, bar.height())
    assert words in bar.counts.text()
    bar.resize(1600, bar.height())
    assert "12 without answer" in bar.counts.text()


def test_counts_without_room_are_in_the_menu_of_the_last_button(
    qapp: QApplication, qtbot: QtBot
) -> None:
    bar = StatusBar(Actions(qapp))
    qtbot.addWidget(bar)
    bar.resize(640, bar.sizeHint().height())
    bar.show()
    bar.show_counts(EVERYTHING)
    QApplication.processEvents()
    more = bar.counts.findChild(QToolButton, "qt_toolbar_ext_button")
    assert isinstance(more, QToolButton)
    qtbot.waitUntil(more.isVisible, timeout=2000)
    menu = more.menu()
    assert menu is not None
    shown = [
        button.text()
        for button in bar.counts.findChildren(QToolButton)
        if button.isVisible() and button is not more
    ]
    inside = [action.text() for action in menu.actions()]
    assert " ".join([*shown, *inside]) == bar.counts.text().replace("  ·  ", " ")
    assert shown
    assert "11 denied" in inside
