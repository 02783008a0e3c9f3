"""The counts at the bottom can all be read, also where there is little room."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pnp_gui.bench.phones.counts import Counts
from pnp_gui.bench.phones.status import StatusKind
from pnp_gui.ui.actions import Actions
from pnp_gui.ui.main_window.status_bar import StatusBar

EVERYTHING = Counts(118, 93, {kind: 11 + (kind is StatusKind.NO_ANSWER) for kind in StatusKind})


def test_counts_are_short_before_any_goes(qapp: QApplication, qtbot: QtBot) -> None:
    bar = StatusBar(Actions(qapp))
    qtbot.addWidget(bar)
    bar.resize(2600, bar.sizeHint().height())
    bar.show()
    bar.show_counts(EVERYTHING)
    QApplication.processEvents()
    words = [button.text() for button in bar.counts.buttons]
    assert "12 without answer" in words
    bar.counts.resize(bar.counts.width_within(2600) - 1, bar.counts.height())
    words = [button.text() for button in bar.counts.buttons if button.isVisible()]
    assert "12 no answer" in words
    assert "11 denied" in words


def test_counts_without_room_are_in_the_menu_of_the_last_button(
    qapp: QApplication, qtbot: QtBot
) -> None:
    bar = StatusBar(Actions(qapp))
    qtbot.addWidget(bar)
    bar.resize(640, bar.sizeHint().height())
    bar.show()
    bar.show_counts(EVERYTHING)
    QApplication.processEvents()
    more = bar.counts.more
    assert more.isVisible()
    menu = more.menu()
    assert menu is not None
    menu.aboutToShow.emit()
    shown = [button.text() for button in bar.counts.buttons if button.isVisible()]
    inside = [action.text() for action in menu.actions()]
    assert len(shown) > 2
    assert shown[0] == "118 phones"
    assert "11 denied" in inside
    assert len(shown) + len(inside) == len(bar.counts.text().split("  \N{MIDDLE DOT}  "))
    bar.resize(2600, bar.height())
    QApplication.processEvents()
    assert not more.isVisible()
