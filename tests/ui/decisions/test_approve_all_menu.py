"""The makes to choose from, however many vendors phones make up."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from pnp_gui.bench.phones.counts import MAX_OTHER_MAKES, count_makes
from pnp_gui.pnp.events import SubscribeReceived
from pnp_gui.pnp.makes import MAKES
from pnp_gui.ui.main_window.window import MainWindow
from tests.bench.rig import ask, mac
from tests.ui.hands import press, shown
from tests.ui.stage import Stage

VENDORS = 3_000


def vendors(stage: Stage, number: int = VENDORS) -> None:
    """So many phones, each of a vendor of its own; one of a known make; three of another vendor."""
    makes = [f"Vendor {n}" for n in range(number)] + ["Yealink"] + ["Acme & Sons"] * 3
    now = time.monotonic()
    for n, make in enumerate(makes):
        phone = ask(mac(n), f"10.13.{n % 8}.1", make=make)
        stage.bench.absorb([SubscribeReceived(phone, now, False)])


def titles(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions() if action.text()]


@pytest.mark.parametrize("number", [0, 1, MAX_OTHER_MAKES, 17_000])
def test_known_makes_and_the_most_frequent_others_are_named(stage: Stage, number: int) -> None:
    vendors(stage, number)
    named, further = count_makes(stage.bench.phones.values())
    assert named[0] == ("Acme & Sons", 3)
    assert ("Yealink", 1) in named
    assert len(named) - 1 + further == number + 1
    assert len(named) - 1 == min(number + 1, MAX_OTHER_MAKES)


def test_the_menu_is_made_when_it_is_shown(stage: Stage, qtbot: QtBot) -> None:
    vendors(stage)
    window = shown(stage, qtbot)
    menu = window.approve_all.menu
    assert menu.actions() == [], "nothing before that"
    for _ in range(3):
        menu.popup(window.mapToGlobal(window.rect().center()))
        qtbot.wait(1)  # what went before is deleted in a turn of the loop
        lines = titles(menu)
        assert lines[4:6] == ["Only Acme && Sons (3 here)", "Only Yealink (1 here)"]
        assert lines[-2] == f"{VENDORS + 1 - MAX_OTHER_MAKES} more makes are not listed"
        assert len(menu.actions()) <= len(MAKES) + MAX_OTHER_MAKES + 10
        assert len(menu.findChildren(QMenu)) <= len(MAKES) + MAX_OTHER_MAKES + 1
        menu.close()


def test_its_place_in_the_menu_bar_opens_it_filled(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    phone = stage.ask(1)
    phones = window.menuBar().actions()[1].menu()
    assert isinstance(phones, QMenu)
    phones.popup(window.mapToGlobal(window.rect().topLeft()))
    phones.setActiveAction(window.approve_all.menu.menuAction())
    QTest.keyClick(phones, Qt.Key.Key_Right)
    assert window.approve_all.menu.isVisible()
    assert "Only snom (1 here)" in titles(window.approve_all.menu)
    window.approve_all.menu.close()
    phones.close()
    assert phone in stage.bench.phones


def test_the_rules_offer_the_same_makes(stage: Stage, qtbot: QtBot, tmp_path: Path) -> None:
    vendors(stage)
    window = shown(stage, qtbot)
    press(Qt.Key.Key_F7)
    dialog = window.rules.dialog
    assert dialog is not None
    field = dialog.form.make
    assert [field.itemText(row) for row in range(2)] == ["Acme & Sons", "Yealink"]
    assert field.count() <= len(MAKES) + MAX_OTHER_MAKES
