"""Texts of cells that are too narrow for them: what differs from row to row stays."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics

from pnp_gui.ui.table.cell_texts import TIMES

_CUT = "\N{HORIZONTAL ELLIPSIS}"
_LEAST_END = 7
"""Characters at the URL's end for which the host is cut too."""
_LEAST_HOST = 0.4
"""The part of the width that the host then has."""


def elide_url(url: str, metrics: QFontMetrics, width: int) -> str:
    """Host and end: "prov.example/…/00a.xml"."""
    advance = metrics.horizontalAdvance
    _, _, rest = url.partition("://")
    short = rest or url
    if advance(url) <= width or advance(short) <= width:
        return url if advance(url) <= width else short
    authority, slash, path = short.partition("/")
    host = authority.rpartition("@")[2]
    end = path.rpartition("/")[2] or path
    whole = f"{host}{slash}{_CUT}/{end}"
    if advance(whole) <= width:
        return whole
    left = f"{host}{slash}{_CUT}"
    if advance(left) > width - advance(path[-_LEAST_END:]):
        left = metrics.elidedText(host, Qt.TextElideMode.ElideRight, round(width * _LEAST_HOST))
    room = width - advance(left) + advance(_CUT)
    return left + metrics.elidedText(path, Qt.TextElideMode.ElideLeft, room).removeprefix(_CUT)


def elide_address(text: str, metrics: QFontMetrics, width: int) -> str:
    """The end: the phones of a bench share a network."""
    return metrics.elidedText(text, Qt.TextElideMode.ElideLeft, width)


def elide_model(text: str, metrics: QFontMetrics, width: int) -> str:
    """Both ends: "snomD785" and "snomD345" begin alike."""
    return metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, width)


def elide_asked(text: str, metrics: QFontMetrics, width: int) -> str:
    """How often goes first: half of "16 s" or "16 min" says nothing."""
    if metrics.horizontalAdvance(text) <= width:
        return text
    when = text.partition(f"  {TIMES}")[0]
    return metrics.elidedText(when, Qt.TextElideMode.ElideRight, width)
