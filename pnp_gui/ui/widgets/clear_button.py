"""The button in a field that empties it, with a name: Qt's own has an icon alone."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QToolButton

from pnp_gui.ui.words.translate import translate


def add_clear_button(field: QLineEdit) -> None:
    """Give the field this button; it is there while the field has a text."""
    field.setClearButtonEnabled(True)
    words = translate("ClearButton", "Clear the field")
    for button in field.findChildren(QToolButton):
        if button.defaultAction().objectName() == "_q_qlineeditclearaction":
            button.setAccessibleName(words)
            button.setToolTip(words)
