"""Where we listen, and the default URL."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from pnp_gui.trouble import MAX_NAMED, Trouble
from pnp_gui.ui.actions import Actions
from pnp_gui.ui.listening import InterfaceInfo
from pnp_gui.ui.main_window.listen_bar import MAX_MISSING, ListenBar, PortMenu
from pnp_gui.ui.widgets.url_card import UrlCard
from pnp_gui.ui.words.empty_text import empty_text
from tests.ui.stage import Stage

Key = Qt.Key


@pytest.fixture
def bar(qapp: QApplication, stage: Stage, qtbot: QtBot) -> ListenBar:
    window = QMainWindow()
    qtbot.addWidget(window)
    bar = ListenBar(stage.bench, stage.net, Actions(window), window)
    bar.window_ = window  # type: ignore[attr-defined]
    window.setCentralWidget(bar)
    window.resize(1000, 300)
    window.show()
    window.activateWindow()
    qtbot.waitActive(window)
    return bar


def card(bar: ListenBar) -> UrlCard:
    found = bar.window().findChild(UrlCard)
    assert isinstance(found, UrlCard)
    return found


def port_action(ports: PortMenu, name: str) -> QAction:
    return next(each for each in ports.actions() if each.text().startswith(f"{name} "))


def type_url(bar: ListenBar, qtbot: QtBot, text: str) -> None:
    line = bar.url.lineEdit()
    assert line is not None
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, text)


class TestState:
    def test_says_where_it_listens(self, stage: Stage, bar: ListenBar) -> None:
        assert bar.state.text() == "Not listening"
        assert bar.toggle.text() == "Start"
        stage.net.start()
        assert bar.state.text() == "Listening on 2 interfaces"
        assert bar.toggle.text() == "Stop"
        stage.net.choose(["Wi-Fi"])
        assert bar.state.text() == "Listening on Wi-Fi · 198.51.100.7"
        stage.net.joined = []
        stage.net.changed.emit()
        assert bar.state.text() == "Listening on no interface"

    def test_a_fault_is_no_quiet_stop(self, stage: Stage, bar: ListenBar) -> None:
        assert bar.state.tone == "dim"
        stage.net.troubles["port_busy"] = Trouble("Taken.", action="try_again", code="port_busy")
        stage.net.changed.emit()
        assert bar.state.tone == "bad"

    def test_a_long_name_does_not_push_the_rest_away(self, stage: Stage, bar: ListenBar) -> None:
        stage.net.start()
        name = "Ethernet 7 (Realtek PCIe GbE Family Controller #2) " * 2
        stage.net.joined = [InterfaceInfo(name, "192.0.2.5")]
        stage.net.changed.emit()
        assert bar.state.sizeHint().width() < 420
        assert "Controller #2" in bar.state.accessibleName()


class TestPorts:
    def test_ticks_show_what_is_chosen(self, stage: Stage, bar: ListenBar) -> None:
        ports = bar.ports
        assert ports.every.isChecked()
        ticks = {
            name: port_action(ports, name).isChecked() for name in ("Ethernet", "Wi-Fi", "USB")
        }
        assert ticks == {"Ethernet": True, "Wi-Fi": True, "USB": False}

    def test_space_ticks_and_leaves_the_menu_open(
        self, stage: Stage, bar: ListenBar, qtbot: QtBot
    ) -> None:
        bar.open_ports()
        ports = bar.ports
        qtbot.waitUntil(ports.isVisible, timeout=2000)
        ports.setActiveAction(port_action(ports, "Wi-Fi"))
        QTest.keyClick(ports, Key.Key_Space)
        assert stage.net.chosen == ["Ethernet"]
        assert ports.isVisible()
        assert not ports.every.isChecked()
        at = ports.actionGeometry(port_action(ports, "USB")).center()
        QTest.mouseClick(ports, Qt.MouseButton.LeftButton, pos=at)
        assert stage.net.chosen == ["Ethernet", "USB"]
        assert ports.isVisible()
        ports.close()

    def test_the_last_tick_stays(self, stage: Stage, bar: ListenBar, qtbot: QtBot) -> None:
        stage.net.choose(["Wi-Fi"])
        with qtbot.waitSignal(bar.ports.refused):
            port_action(bar.ports, "Wi-Fi").trigger()
        assert stage.net.chosen == ["Wi-Fi"]
        assert port_action(bar.ports, "Wi-Fi").isChecked()

    def test_every_port_and_back(self, stage: Stage, bar: ListenBar) -> None:
        stage.net.choose(["Wi-Fi"])
        bar.ports.every.trigger()
        assert stage.net.chosen is None
        bar.ports.every.trigger()
        assert stage.net.chosen == ["Ethernet", "Wi-Fi"]

    def test_a_chosen_port_that_is_gone_can_still_be_taken_off(
        self, stage: Stage, bar: ListenBar
    ) -> None:
        stage.net.choose(["Ethernet", "Dock"])
        assert port_action(bar.ports, "Dock").text() == "Dock (not present)"
        port_action(bar.ports, "Dock").trigger()
        assert stage.net.chosen == ["Ethernet"]

    def test_very_many_chosen_ports_that_are_gone_are_counted(
        self, stage: Stage, bar: ListenBar
    ) -> None:
        stage.net.choose(["Ethernet", *(f"Dock {number}" for number in range(300))])
        texts = [action.text() for action in bar.ports.actions()]
        assert sum("not present" in text for text in texts) == MAX_MISSING + 1
        assert texts[-1] == f"and {300 - MAX_MISSING} more that are not present"
        port_action(bar.ports, "Dock 3").trigger()
        assert stage.net.chosen is not None
        assert len(stage.net.chosen) == 300, "those without an entry stay chosen"


class TestUrl:
    def test_enter_makes_it_the_default_and_it_is_in_the_list(
        self, stage: Stage, bar: ListenBar, qtbot: QtBot
    ) -> None:
        type_url(bar, qtbot, "https://192.0.2.8/a")
        with qtbot.waitSignals([bar.url.committed, bar.url.left]):
            QTest.keyClick(bar.url, Key.Key_Return)
        assert stage.bench.urls.default == "https://192.0.2.8/a"
        bar.url.refresh()
        assert [bar.url.itemText(i) for i in range(bar.url.count())] == stage.bench.urls.history
        assert bar.url.itemText(0) == "https://192.0.2.8/a"

    def test_leaving_the_field_takes_a_sound_text_over(
        self, stage: Stage, bar: ListenBar, qtbot: QtBot
    ) -> None:
        type_url(bar, qtbot, "https://192.0.2.8/b")
        bar.toggle.setFocus()
        assert stage.bench.urls.default == "https://192.0.2.8/b"

    def test_an_unsound_text_never_becomes_the_default(
        self, stage: Stage, bar: ListenBar, qtbot: QtBot
    ) -> None:
        before = stage.bench.urls.default
        type_url(bar, qtbot, "gopher://x")
        assert bar.url.is_wrong()
        assert "gopher" in card(bar).caption.text()
        with qtbot.waitSignal(bar.url.refused):
            bar.toggle.setFocus()
        assert stage.bench.urls.default == before
        bar.url.refresh()
        assert bar.url.currentText() == "gopher://x"
        bar.url.revert()
        assert bar.url.currentText() == before
        assert not bar.url.is_wrong()

    def test_the_card_shows_what_the_selected_phone_would_get(
        self, stage: Stage, bar: ListenBar, qtbot: QtBot
    ) -> None:
        key = stage.ask(1)
        bar.url.set_phone(stage.bench.phones[key])
        type_url(bar, qtbot, "http://192.0.2.8/${mac:-}/$mac")
        shown = card(bar)
        assert shown.isVisible()
        assert shown.caption.text() == "00:04:13:00:00:01 would get:"
        url = shown.url.text().replace("\u200b", "")
        assert url == "http://192.0.2.8/00-04-13-00-00-01/$mac"
        assert "do not fill in $mac" in shown.warning.text()
        bar.toggle.setFocus()
        assert not shown.isVisible()

    def test_the_card_says_when_the_phone_has_its_own(
        self, stage: Stage, bar: ListenBar, qtbot: QtBot
    ) -> None:
        key = stage.ask(1)
        stage.bench.set_own_url([key], "http://192.0.2.8/own")
        bar.url.set_phone(stage.bench.phones[key])
        type_url(bar, qtbot, "http://192.0.2.8/x")
        assert "its own URL" in card(bar).caption.text()
        assert card(bar).url.text().replace("\u200b", "") == "http://192.0.2.8/own"

    def test_neither_arrows_nor_the_wheel_change_it_in_passing(
        self, stage: Stage, bar: ListenBar, qtbot: QtBot
    ) -> None:
        stage.bench.set_default_url("http://192.0.2.8/new")
        bar.url.refresh()
        at = QPointF(bar.url.rect().center())
        down = QPoint(0, -120)
        wheel = QWheelEvent(
            at,
            QPointF(bar.url.mapToGlobal(at.toPoint())),
            down,
            down,
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(bar.url, wheel)
        assert stage.bench.urls.default == "http://192.0.2.8/new"
        bar.url.setFocus()
        QTest.keyClick(bar.url, Key.Key_Down)
        qtbot.waitUntil(bar.url.view().isVisible, timeout=2000)
        assert stage.bench.urls.default == "http://192.0.2.8/new"
        bar.url.hidePopup()


def test_an_empty_table_names_no_more_ports_than_can_be_read(stage: Stage) -> None:
    stage.net.listening = True
    stage.net.joined = [InterfaceInfo(f"port{n}", "192.0.2.5") for n in range(300)]
    _, detail = empty_text(stage.net, "http://h/")
    assert f"port{MAX_NAMED - 1} 192.0.2.5 \N{HORIZONTAL ELLIPSIS} +{300 - MAX_NAMED}." in detail
    assert len(detail) < 400
