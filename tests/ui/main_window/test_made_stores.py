"""Any value of any type in the data file: the window shows all rows of it, and stays a window."""

from __future__ import annotations

import base64
import struct
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from pnp_gui.bench.bench import Bench
from pnp_gui.bench.store.settings import HEADER_STATE, SPLITTER_STATE, WINDOW_GEOMETRY, Setting
from pnp_gui.bench.store.store import Store
from pnp_gui.ui.main_window.window import MainWindow
from pnp_gui.ui.serving import Serving
from pnp_gui.ui.table.columns import Column
from tests.bench.store.made_stores import CORES, LINES, PHONES, SETTINGS, Value, write_store
from tests.ui.stage import Net, Stage

Rows = list[tuple[Value, ...]]


@settings(max_examples=25, deadline=None, phases=[Phase.generate])
@given(
    phones=st.lists(PHONES, min_size=2, max_size=12),
    lines=st.lists(LINES, max_size=4),
    kept=st.lists(SETTINGS, max_size=6),
    core=CORES,
)
@pytest.mark.usefixtures("qapp")
def test_the_window_paints_whatever_is_stored(
    phones: Rows, lines: Rows, kept: Rows, core: tuple[str, str, str]
) -> None:
    with TemporaryDirectory() as name:
        whole = (*core, "", *phones[0][4:])
        write_store(Path(name), [*phones, whole], lines, kept)
        bench = Bench(Store.open(Path(name)))
        bench.load()
        window = MainWindow(bench, Net(), Serving())
        try:
            window.show()
            QApplication.processEvents()
            walk(window)
            window.exports.open_history()
            QApplication.processEvents()
            history = window.exports.history
            assert history is not None
            assert not history.grab().isNull()
        finally:
            window.finish()
            window.deleteLater()
            QApplication.sendPostedEvents(None, 0)
            bench.close()


def walk(window: MainWindow) -> None:
    """Sort by every column, select every row, ask for every role, and paint."""
    table, model = window.table, window.table.phone_model
    assert model.rowCount() == len(window._bench.phones) > 0
    for column in Column:
        table.sortByColumn(column, Qt.SortOrder.AscendingOrder)
        assert not window.grab().isNull()
    for row in range(model.rowCount()):
        table.select_keys([model.key_at(row)])
        window.refresh()
        for column in Column:
            for role in Qt.ItemDataRole:
                model.data(model.index(row, column, QModelIndex()), role)
    assert not window.grab().isNull()


def geometry(x: int, y: int, width: int, height: int, *, full: bool = False) -> str:
    """What QWidget.saveGeometry would have said (its format version 3)."""
    frame = struct.pack(">iiii", x, y, x + width - 1, y + height - 1)
    rest = struct.pack(">iBBi", 0, 0, full, 800)
    state = struct.pack(">IHH", 0x1D9D0CB, 3, 0) + frame + frame + rest + frame
    return base64.b64encode(state).decode()


def splitter(sizes: tuple[int, int], handle: int, way: int) -> str:
    """What QSplitter.saveState would have said."""
    state = struct.pack(">iiiii", 0xFF, 1, 2, *sizes) + struct.pack(">BiBi", 1, handle, 1, way)
    return base64.b64encode(state + b"\1").decode()


def header(json: str) -> str:
    return base64.b64encode(json.encode()).decode()


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        (WINDOW_GEOMETRY, geometry(-50_000, -50_000, 800, 600)),
        (WINDOW_GEOMETRY, geometry(795, 795, 300, 200)),
        (WINDOW_GEOMETRY, geometry(0, 0, 100_000, 100_000)),
        (WINDOW_GEOMETRY, geometry(10, 10, 0, 0)),
        (WINDOW_GEOMETRY, geometry(0, 0, 500, 500, full=True)),
        (WINDOW_GEOMETRY, "AdnQywADAAA"),
        (WINDOW_GEOMETRY, "\N{SNOWMAN}" * 100),
        (SPLITTER_STATE, splitter((0, 0), 100_000, 1)),
        (SPLITTER_STATE, f"{splitter((-5, 10**9), -5, 77)} {splitter((0, 0), 9999, 2)} nowhere"),
        (SPLITTER_STATE, " " * 1000),
        (HEADER_STATE, header("[" * 20_000)),
        (HEADER_STATE, header('{"order": [1e999], "widths": {"phone": Infinity}}')),
        (HEADER_STATE, header('{"order": [[]], "widths": {}, "hidden": [], "sort": 1}')),
        (HEADER_STATE, base64.b64encode(b"\xff\xfe").decode()),
    ],
)
def test_the_window_stays_in_sight_whatever_is_kept_of_it(
    stage: Stage, setting: Setting[str], value: str
) -> None:
    stage.bench.set_setting(setting, value)
    stage.ask(1)
    window = stage.window()
    window.show()
    QApplication.processEvents()
    screen = QGuiApplication.primaryScreen().availableGeometry()
    frame = window.geometry()
    assert screen.contains(frame.center().x(), frame.top() + 40)
    assert frame.width() >= 300
    assert frame.height() >= 200
    assert not window.isFullScreen()
    assert window.table.height() > 50
    assert window.splitter.orientation() == Qt.Orientation.Vertical
    assert window.splitter.handleWidth() < 20
    assert window.table.width() > 200
    window.finish()
    window.deleteLater()
