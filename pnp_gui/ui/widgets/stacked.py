"""Widgets below each other, edge to edge."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget


def stacked(parent: QWidget, *widgets: QWidget, tall: QWidget) -> QWidget:
    """The parent, filled with the widgets; `tall` takes the room that is left."""
    layout = QVBoxLayout(parent)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    for widget in widgets:
        layout.addWidget(widget, int(widget is tall))
    return parent
