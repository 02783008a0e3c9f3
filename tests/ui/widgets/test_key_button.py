"""A button shows its action, whatever becomes of it, and costs no more with each change."""

from __future__ import annotations

from PySide6.QtCore import SIGNAL, Qt
from PySide6.QtGui import QAction, QIcon
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pnp_gui.ui.theme import icons
from pnp_gui.ui.widgets.key_button import KeyButton


def test_it_shows_its_action_as_it_is_now(qtbot: QtBot) -> None:
    action = QAction("&Send again")
    button = KeyButton(action)
    qtbot.addWidget(button)
    button.show()
    assert button.icon().isNull()
    assert not button.isCheckable()
    action.setIcon(icons.icon("approve"))
    action.setIconText("Send")
    action.setToolTip("to all of them")
    action.setCheckable(True)
    action.setChecked(True)
    assert not button.icon().isNull()
    assert button.toolTip() == "to all of them"
    assert (button.text(), button.accessibleName()) == ("Send", "Send")
    assert button.isChecked()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert not action.isChecked()
    assert not button.isChecked()
    action.setIcon(QIcon())
    assert button.icon().isNull()
    action.setEnabled(False)
    assert not button.isEnabled()
    action.setVisible(False)
    assert not button.isEnabled()


def test_a_change_of_its_action_leaves_nothing_behind(qtbot: QtBot) -> None:
    action = QAction("Send")
    button = KeyButton(action)
    qtbot.addWidget(button)
    changed = SIGNAL("changed()")
    before = action.receivers(changed)
    for number in range(100):
        action.setIconText(f"Send {number}")
    assert action.receivers(changed) == before
