"""Copying from rows, and opening a phone's page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication
from pytestqt.qtbot import QtBot

from pnp_gui.ui.main_window.window import MainWindow
from pnp_gui.ui.widgets.desktop import open_page_of
from tests.ui.hands import wait_rows
from tests.ui.stage import Stage


class Browser(QObject):
    """In the place of the system's: no test starts one."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.opened.append(url.toString())


@pytest.fixture
def browser() -> Iterator[Browser]:
    made = Browser()
    QDesktopServices.setUrlHandler("http", made, "open")  # type: ignore[arg-type]
    yield made
    QDesktopServices.unsetUrlHandler("http")


def test_macs_and_addresses_of_all_selected_phones(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    for number in (1, 2):
        stage.ask(number)
    stage.ask_without_mac(9)
    wait_rows(qtbot, window, 3)
    window.table.sortByColumn(0, window.table.horizontalHeader().sortIndicatorOrder())
    window.table.selectAll()
    window.actions_.copy_macs.trigger()
    copied = QGuiApplication.clipboard().text().splitlines()
    assert sorted(copied) == ["00:04:13:00:00:01", "00:04:13:00:00:02"]
    assert window.status_bar.left.text() == "2 MAC addresses are on the clipboard."
    window.actions_.copy_addresses.trigger()
    copied = QGuiApplication.clipboard().text().splitlines()
    assert sorted(copied) == ["192.0.2.101", "192.0.2.102", "192.0.2.109"]


def test_what_there_is_not_is_said_and_the_clipboard_stays(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    key = stage.ask_without_mac(9)
    wait_rows(qtbot, window, 1)
    QGuiApplication.clipboard().setText("mine")
    window.table.select_keys([key])
    window.actions_.copy_macs.trigger()
    assert "has a known MAC" in window.status_bar.left.text()
    window.table.clearSelection()
    window.actions_.copy_addresses.trigger()
    assert "No phone is selected" in window.status_bar.left.text()
    assert QGuiApplication.clipboard().text() == "mine"


def test_one_phones_page_opens_in_the_browser(
    stage: Stage, window: MainWindow, browser: Browser, qtbot: QtBot
) -> None:
    key = stage.ask(1)
    stage.ask(2)
    wait_rows(qtbot, window, 2)
    assert browser.opened == []
    window.table.select_keys([key])
    window.actions_.open_page.trigger()
    assert browser.opened == ["http://192.0.2.101/"]
    assert window.status_bar.left.text() == "Opening http://192.0.2.101/ in your browser."
    window.table.selectAll()
    window.actions_.open_page.trigger()
    assert len(browser.opened) == 1
    assert "Select a single phone" in window.status_bar.left.text()


@pytest.mark.parametrize(
    "text",
    [
        *("", "phone.example", "192.0.2.1/x", "192.0.2.1:80", "user@192.0.2.1", "192.0.2.1 "),
        *("file:///etc/passwd", "192.0.2", "0.0.0.0", "224.0.1.75", "255.255.255.255", "::1"),
        *("192.0.2.1\n", "192.0.2.1#a", "192.0.2.0x1", "3221225985"),
    ],
)
def test_nothing_but_an_address_is_opened(qapp: object, browser: Browser, text: str) -> None:
    assert not open_page_of(text)
    assert browser.opened == []
