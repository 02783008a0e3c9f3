"""Saves and restores the window's size, columns and panes."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow, QSplitter

from pnp_gui.bench.bench import Bench
from pnp_gui.bench.store import settings
from pnp_gui.ui.main_window.window_parts import WindowParts

_TITLE = 40
"""Pixels below the window's top at which it must be on a screen, so that it can be moved."""


def save(bench: Bench, window: WindowParts) -> None:
    bench.set_setting(settings.WINDOW_GEOMETRY, _to_text(window.saveGeometry()))
    bench.set_setting(settings.HEADER_STATE, _to_text(QByteArray(window.table.save_state())))
    sizes = window.splitter.state(), window.detail_pane.splitter.saveState()
    parts = (*map(_to_text, sizes), window.splitter.shown)
    bench.set_setting(settings.SPLITTER_STATE, " ".join(parts))


def restore(bench: Bench, window: WindowParts) -> None:
    """Restore from the settings; what cannot be read stays as it is."""
    geometry = _from_text(bench.setting(settings.WINDOW_GEOMETRY))
    if geometry.isEmpty() or not window.restoreGeometry(geometry):
        window.resize(window.sizeHint())
    elif not _can_be_held(window):
        window.setWindowState(Qt.WindowState.WindowNoState)
        window.resize(window.sizeHint())
        window.move(window.screen().availableGeometry().topLeft())
    header = _from_text(bench.setting(settings.HEADER_STATE))
    if not header.isEmpty():
        window.table.restore_state(bytes(header.data()))
    *sizes, shown = bench.setting(settings.SPLITTER_STATE).split(" ")
    for splitter, size in zip((window.splitter, window.detail_pane.splitter), sizes, strict=False):
        _restore_sizes(splitter, _from_text(size))
    window.splitter.start(shown)


def _can_be_held(window: QMainWindow) -> bool:
    """Whether the place below its title is on a screen. A full screen has no title."""
    width = window.size().expandedTo(window.minimumSizeHint()).width()
    held = window.geometry().topLeft() + QPoint(width // 2, _TITLE)
    full = window.windowState() & Qt.WindowState.WindowFullScreen
    return not full and QGuiApplication.screenAt(held) is not None


def _restore_sizes(splitter: QSplitter, state: QByteArray) -> None:
    """Restore the sizes alone: Qt's state also has the orientation and the handle's width."""
    lies, handle = splitter.orientation(), splitter.handleWidth()
    collapses, opaque = splitter.childrenCollapsible(), splitter.opaqueResize()
    splitter.restoreState(state)
    splitter.setOrientation(lies)
    splitter.setHandleWidth(handle)
    splitter.setChildrenCollapsible(collapses)
    splitter.setOpaqueResize(opaque)


def _to_text(data: QByteArray) -> str:
    return bytes(data.toBase64().data()).decode("ascii")


def _from_text(text: str) -> QByteArray:
    return QByteArray.fromBase64(text.encode("ascii", "replace"))
