from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pnp_gui.ui.main_window.window import MainWindow
from pnp_gui.ui.table.model import PhoneModel
from pnp_gui.ui.table.view import PhoneTable
from pnp_gui.ui.theme.theme import apply_theme
from pnp_gui.ui.widgets import typing_pace
from pnp_gui.ui.words.letters import show_letters
from pnp_gui.ui.words.translate import install_translation
from tests.bench.rig import Set, start
from tests.ui.hands import Keyboard, shown
from tests.ui.scanner import Ears
from tests.ui.stage import Stage
from tests.ui.watched_model import watched


@pytest.fixture(scope="session")
def qapp(qapp: QApplication) -> QApplication:
    """The application in our look and language."""
    apply_theme(qapp, Qt.ColorScheme.Light)
    install_translation(qapp)
    return qapp


@pytest.fixture(autouse=True)
def _letters() -> Iterator[None]:
    """Letters are commands, also after a test that switched them off."""
    yield
    show_letters(True)


@pytest.fixture
def at(tmp_path: Path) -> Iterator[Set]:
    """A bench on a new store, with a wire and clocks that go by hand."""
    made = start(tmp_path / "data")
    yield made
    made.bench.close()


@pytest.fixture
def model(qapp: QApplication, at: Set) -> Iterator[PhoneModel]:
    """The table's model on that bench, under Qt's tester."""
    made = watched(at)
    yield made
    made.deleteLater()


@pytest.fixture
def table(qapp: QApplication, qtbot: QtBot, at: Set) -> PhoneTable:
    """The table of that bench, shown at 1280 pixels, with the keyboard in it."""
    made = PhoneTable(at.bench, monotonic=lambda: at.clock.monotonic)
    qtbot.addWidget(made)
    made.resize(1280, 500)
    made.show()
    qtbot.waitExposed(made)
    made.setFocus()
    return made


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    """A bench on a new store, with the real responder and a wire."""
    made = Stage(tmp_path / "data")
    yield made
    made.bench.close()


@pytest.fixture
def window(stage: Stage, qtbot: QtBot) -> MainWindow:
    """The whole window on that stage, with the keyboard in its table."""
    return shown(stage, qtbot)


@pytest.fixture
def ears(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> Ears:
    """A scanner is connected: its clock is the window's, and its sounds are remembered."""
    monkeypatch.setattr(typing_pace, "_time_of", lambda event: Keyboard.ms)
    made = Ears()
    window.scan_mode.sounds = made  # type: ignore[assignment]
    return made
