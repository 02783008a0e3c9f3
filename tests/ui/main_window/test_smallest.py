"""The smallest window at every size of the font: all of it is there, in the bars or their menus."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenu, QScrollArea, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from pnp_gui.trouble import Trouble
from pnp_gui.ui.main_window.window import MainWindow
from pnp_gui.ui.table.columns import Column
from pnp_gui.ui.theme import theme
from pnp_gui.ui.theme.theme import change_theme
from pnp_gui.ui.widgets.fitted_bar import FittedBar
from pnp_gui.ui.widgets.key_button import Form
from tests.ui.hands import shown, wait_rows
from tests.ui.stage import Stage

SMALLEST = QSize(640, 420)
ZOOMS = [100, 150, 200]


@pytest.fixture
def small(stage: Stage, qtbot: QtBot, request: pytest.FixtureRequest) -> Iterator[MainWindow]:
    """The smallest window with problems, at 100 % with all that may stand above the table."""
    scheme = theme.current._fixed_scheme
    change_theme(scheme, request.param)
    stage.net.start()
    for number in (1, 2, 3, 4):
        stage.ask(number)
    window = shown(stage, qtbot)
    wait_rows(qtbot, window, 4)
    window.table.select_keys([window.table.phone_model.key_at(0)])
    for number in range(6):
        text = (
            f"Something is wrong at place {number}, and a whole sentence says what to do about it."
        )
        window.show_trouble(Trouble(text, code=f"c{number}", action="copy_details"))
    if request.param == 100:
        window.approve_all.start(5)
    window.refresh()
    window.resize(SMALLEST)
    QApplication.processEvents()
    yield window
    change_theme(scheme, 100)


def reachable(bar: FittedBar) -> set[QAction]:
    """What the bar has as a button or in its menu."""
    menu = bar.more.menu()
    assert isinstance(menu, QMenu)
    menu.aboutToShow.emit()
    buttons = [each for each in bar.findChildren(QToolButton) if each is not bar.more]
    in_bar = {each.defaultAction() for each in buttons if each.isVisible()}
    return in_bar | (set(menu.actions()) if bar.more.isVisible() else set())


@pytest.mark.parametrize("small", [100, 150], indirect=True)
def test_it_is_640_by_420(small: MainWindow) -> None:
    assert (small.width(), small.height()) == (640, 420)


@pytest.mark.parametrize("small", ZOOMS, indirect=True)
def test_nothing_is_cut_and_what_has_no_room_is_in_a_menu(small: MainWindow) -> None:
    bars: list[FittedBar] = [small.listen_bar, small.action_bar, small.status_bar.counts]
    for bar in bars:
        for widget in (one for one in bar.findChildren(QWidget) if one.parentWidget() is bar):
            if widget.isVisible():
                assert widget.width() >= widget.minimumSizeHint().width(), widget
                assert widget.geometry().right() < bar.width(), widget
    do = small.actions_
    assert {do.approve, do.deny, do.undecide, do.send_again} <= reachable(small.action_bar)
    assert do.approve_all in reachable(small.action_bar)
    assert {do.listen, do.rules} <= reachable(small.listen_bar)
    for button in (small.status_bar.pane, small.status_bar.log):
        assert button.mapTo(small, button.rect().bottomRight()).x() < small.width()


@pytest.mark.parametrize("small", [100, 150], indirect=True)
def test_a_row_can_be_decided_without_scrolling_to_the_side(small: MainWindow) -> None:
    table = small.table
    assert table.horizontalScrollBar().maximum() <= (0 if theme.current.scale < 1.5 else 640)
    for column in (Column.PHONE, Column.DECISION, Column.STATUS, Column.URL):
        assert not table.isColumnHidden(column)
    assert table.viewport().height() >= theme.row_height()


@pytest.mark.parametrize("small", [100], indirect=True)
def test_with_room_again_everything_is_as_before(small: MainWindow, qtbot: QtBot) -> None:
    assert small.action_bar.undecide.form is not Form.FULL
    small.resize(1700, 800)
    qtbot.waitUntil(lambda: small.action_bar.undecide.form is Form.FULL, timeout=2000)
    assert not small.action_bar.more.isVisible()
    assert small.action_bar.send_again.isVisible()
    assert small.listen_bar.toggle.form is Form.FULL


@pytest.mark.parametrize("small", [150], indirect=True)
def test_a_button_without_its_words_has_them_in_its_tip(small: MainWindow) -> None:
    button = small.listen_bar.toggle
    assert button.form is Form.ICON
    assert button.text() == ""
    assert button.tip().startswith("Stop (F5)\n")
    assert button.accessibleName() == "Stop"


@pytest.mark.parametrize("small", [100], indirect=True)
def test_a_pane_that_gave_way_grows_again_with_the_window(small: MainWindow, qtbot: QtBot) -> None:
    small.resize(1200, 900)
    QApplication.processEvents()
    split = small.splitter
    split.moveSplitter(split.height() - split.handleWidth() - 200, 1)
    small.resize(SMALLEST)
    QApplication.processEvents()
    assert split.sizes()[1] < 100
    kept = split.state()
    small.resize(1200, 900)
    QApplication.processEvents()
    assert split.sizes()[1] == 200
    assert split.state() == kept


def wait_scrolls(qtbot: QtBot, window: MainWindow, *, scrolls: bool) -> None:
    area = window.splitter.pane.currentWidget()
    assert isinstance(area, QScrollArea)
    bar = area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.isVisible() is scrolls, timeout=2000)


def test_the_pane_scrolls_only_where_there_is_something_to_reach(
    stage: Stage, qtbot: QtBot
) -> None:
    stage.net.start()
    key = stage.ask_without_mac(1)
    stage.bench.set_default_url("http://192.0.2.5/${mac}.xml")
    stage.bench.approve([key])
    window = shown(stage, qtbot, (1216, 760))
    wait_rows(qtbot, window, 1)
    window.show_trouble(Trouble("Something is wrong.", code="c"))
    window.refresh()
    assert window.detail_pane.warning.isVisible()
    wait_scrolls(qtbot, window, scrolls=False)
    window.resize(SMALLEST)
    wait_scrolls(qtbot, window, scrolls=True)
    window.table.clearSelection()
    assert window.detail_pane.nothing.isVisible()
    wait_scrolls(qtbot, window, scrolls=False)


def test_keys_and_words_of_the_buttons_give_way_before_the_url_is_cut(
    stage: Stage, qtbot: QtBot
) -> None:
    window = shown(stage, qtbot, (1280, 700))
    bar = window.listen_bar
    url = "http://prov.example/snom/{mac}.xml"
    for width in range(1280, 780, -60):
        window.resize(width, 700)
        QApplication.processEvents()
        room = bar.url.line.width()
        assert room >= bar.url.fontMetrics().horizontalAdvance(url), width
    assert bar.rules.form is Form.WORDS
