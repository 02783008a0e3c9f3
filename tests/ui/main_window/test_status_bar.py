"""The counts at the bottom can all be read, also where there is little room."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pnp_gui.bench.phones.counts import Counts
from pnp_gui.bench.phones.status import StatusKind
from pnp_gui.ui.actions import Actions
from pnp_gui.ui.main_window.status_bar import StatusBar

EVERYTHING = Counts(118, 93, {kind: 11 + (kind is StatusKind.NO_ANSWER) for kind in StatusKind})


@pytest.mark.parametrize(("width", "words"), [(1280, "12 without answer"), (1024, "12 no answer")])
def test_every_count_can_be_read(qapp: QApplication, qtbot: QtBot, width: int, words: str) -> None:
    bar = StatusBar(Actions(qapp))
    qtbot.addWidget(bar)
    bar.resize(1600, bar.sizeHint().height())
    bar.show()
    bar.show_counts(EVERYTHING)
    bar.resize(width, bar.height())
    QApplication.processEvents()
    text = bar.left.text()
    assert words in text
    assert text.endswith("11 denied")
    assert bar.left.fontMetrics().horizontalAdvance(text) <= bar.left.contentsRect().width()
    bar.resize(1600, bar.height())
    QApplication.processEvents()
    assert "12 without answer" in bar.left.text()
