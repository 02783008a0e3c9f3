"""Rows and columns of widgets. All lengths are pixels at 100 %."""

from __future__ import annotations

from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from pnp_gui.ui.theme import theme

Part = QWidget | QLayout | tuple[QWidget, int] | None
"""A widget, also with its stretch factor; a layout; None for the free space."""
Edges = tuple[int, int, int, int]
"""Left, top, right, bottom."""


def row(
    *parts: Part, on: QWidget | None = None, edges: Edges = (0,) * 4, gap: int = 8
) -> QBoxLayout:
    """These side by side. `on`: the widget that they fill."""
    return _filled(QHBoxLayout(), parts, on, edges, gap)


def column(
    *parts: Part, on: QWidget | None = None, edges: Edges = (0,) * 4, gap: int = 0
) -> QBoxLayout:
    """These below each other. `on`: the widget that they fill."""
    return _filled(QVBoxLayout(), parts, on, edges, gap)


def _filled(
    layout: QBoxLayout, parts: tuple[Part, ...], on: QWidget | None, edges: Edges, gap: int
) -> QBoxLayout:
    if on is not None:
        on.setLayout(layout)
    layout.setContentsMargins(*map(theme.spacing, edges))
    layout.setSpacing(theme.spacing(gap))
    for part in parts:
        if part is None:
            layout.addStretch(1)
        elif isinstance(part, tuple):
            layout.addWidget(*part)
        elif isinstance(part, QLayout):
            layout.addLayout(part)
        else:
            layout.addWidget(part)
    return layout
