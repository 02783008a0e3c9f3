"""Each action has a key of its own, and does something."""

from __future__ import annotations

from collections import defaultdict

from PySide6.QtCore import SIGNAL, QObject, Qt
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from pnp_gui.ui.actions import Actions
from pnp_gui.ui.main_window.window import MainWindow


def actions_of(actions: Actions) -> dict[str, QAction]:
    return {name: each for name, each in vars(actions).items() if isinstance(each, QAction)}


def test_no_key_belongs_to_two_actions(qtbot: QtBot) -> None:
    """Of two that share a key Qt does neither. A key of one widget alone may be another's, too."""
    owner = QObject()
    owners: dict[str, list[str]] = defaultdict(list)
    for name, action in actions_of(Actions(owner)).items():
        if action.shortcutContext() is not Qt.ShortcutContext.WidgetShortcut:
            for key in action.shortcuts():
                owners[key.toString()].append(name)
    shared = {key: names for key, names in owners.items() if len(names) > 1}
    assert not shared, f"{shared}: Qt would do neither; see manual/en/keyboard.md"


def test_every_action_does_something(window: MainWindow) -> None:
    idle = [
        name
        for name, action in actions_of(window.actions_).items()
        if not any(action.receivers(SIGNAL(f"{how}(bool)")) for how in ("triggered", "toggled"))
    ]
    assert not idle, f"{idle}: connect them in MainWindow._connect_actions"


def test_a_key_that_is_held_down_counts_once(qtbot: QtBot) -> None:
    owner = QObject()
    repeated = {name for name, each in actions_of(Actions(owner)).items() if each.autoRepeat()}
    assert repeated == {"larger", "smaller"}
