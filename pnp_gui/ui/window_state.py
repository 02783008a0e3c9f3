"""The window's size, columns and panes, kept from one run to the next."""

from __future__ import annotations

from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QMainWindow, QSplitter

from pnp_gui.bench import settings
from pnp_gui.bench.bench import Bench
from pnp_gui.ui.phone_table import PhoneTable


def save(
    bench: Bench,
    window: QMainWindow,
    table: PhoneTable,
    splitters: tuple[QByteArray, QByteArray],
    *,
    pane: str,
) -> None:
    """Put it into the settings. `splitters`: what their `saveState` gave; `pane`: the page."""
    bench.set_setting(settings.WINDOW_GEOMETRY, _to_text(window.saveGeometry()))
    bench.set_setting(settings.HEADER_STATE, _to_text(QByteArray(table.save_state())))
    parts = [_to_text(state) for state in splitters]
    parts.append(pane)
    bench.set_setting(settings.SPLITTER_STATE, " ".join(parts))


def restore(
    bench: Bench,
    window: QMainWindow,
    table: PhoneTable,
    splitters: tuple[QSplitter, QSplitter],
) -> str:
    """Take it from there; what cannot be read stays as it is. Gives the pane's page."""
    geometry = _from_text(bench.setting(settings.WINDOW_GEOMETRY))
    if geometry.isEmpty() or not window.restoreGeometry(geometry):
        window.resize(window.sizeHint())
    header = _from_text(bench.setting(settings.HEADER_STATE))
    if not header.isEmpty():
        table.restore_state(bytes(header.data()))
    *sizes, shown = bench.setting(settings.SPLITTER_STATE).split(" ")
    for splitter, size in zip(splitters, sizes, strict=False):
        splitter.restoreState(_from_text(size))
    return shown


def _to_text(data: QByteArray) -> str:
    return bytes(data.toBase64().data()).decode("ascii")


def _from_text(text: str) -> QByteArray:
    return QByteArray.fromBase64(text.encode("ascii", "replace"))
