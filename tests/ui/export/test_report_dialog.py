"""The report's dialog: what it asks for and keeps, and a PDF while phones ask."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from pnp_gui.bench.store.settings import REPORT_SITE, SAVE_FOLDER
from pnp_gui.ui.export import report_dialog
from pnp_gui.ui.export.report_dialog import ReportDialog
from pnp_gui.ui.main_window.window import MainWindow
from tests.ui.export.pdf_text import pdf_pages
from tests.ui.hands import shown
from tests.ui.history.served import serve
from tests.ui.stage import Stage


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """What would have been opened."""
    paths: list[Path] = []
    monkeypatch.setattr(report_dialog, "open_path", paths.append)
    return paths


@pytest.fixture
def window(stage: Stage, tmp_path: Path, opened: list[Path], qtbot: QtBot) -> MainWindow:
    stage.bench.set_setting(SAVE_FOLDER, str(tmp_path))
    return shown(stage, qtbot)


def asked(window: MainWindow) -> ReportDialog:
    dialog = window.exports.save_report()
    assert isinstance(dialog, ReportDialog)
    return dialog


def gone(dialog: QWidget, qtbot: QtBot) -> None:
    with qtbot.waitSignal(dialog.destroyed, timeout=20_000):
        pass


def test_site_technician_and_kind_are_asked_once(
    stage: Stage, window: MainWindow, tmp_path: Path, opened: list[Path], qtbot: QtBot
) -> None:
    serve(stage, window, qtbot, 1)
    dialog = asked(window)
    assert dialog.path.text().endswith(".html")
    dialog.site.setText(" Müller <GmbH> ")
    dialog.technician.setText("Jörg")
    path = tmp_path / "a.PDF"
    dialog.path.setText(str(path))
    dialog.save_button.click()
    gone(dialog, qtbot)
    assert opened == [path]
    (text,) = pdf_pages(path)
    assert "Site: Müller <GmbH>\n" in text
    assert "00:04:13:00:00:01" in text
    assert path.stat().st_mode & 0o077 == 0
    again = asked(window)
    assert (again.site.text(), again.technician.text()) == ("Müller <GmbH>", "Jörg")
    assert again.path.text().endswith(".pdf")
    again.path.setText(str(tmp_path / "b.html"))
    again.open_after.setChecked(False)
    again.save_button.click()
    assert '<p class="">Technician: Jörg</p>' in (tmp_path / "b.html").read_text("utf-8")
    assert opened == [path]


def test_phones_are_answered_while_a_pdf_is_written(
    stage: Stage, window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    stage.bench.approve([stage.ask(number) for number in range(1, 120)])
    stage.air.take()
    dialog = asked(window)
    path = tmp_path / "many.pdf"
    dialog.path.setText(str(path))
    dialog.save_button.click()
    meanwhile: list[bool] = []

    def serve_another() -> None:
        stage.bench.approve([stage.ask(130)])
        sent = any(one.data.startswith(b"NOTIFY") for one in stage.air.take())
        meanwhile.append(sent and "The file is being written" in dialog.problem.text())

    QTimer.singleShot(0, serve_another)
    gone(dialog, qtbot)
    assert meanwhile == [True]
    assert len(pdf_pages(path)) > 3


def test_a_pdf_that_is_cancelled_leaves_no_file(
    stage: Stage, window: MainWindow, tmp_path: Path, opened: list[Path], qtbot: QtBot
) -> None:
    stage.bench.approve([stage.ask(number) for number in range(1, 120)])
    dialog = asked(window)
    dialog.path.setText(str(tmp_path / "many.pdf"))
    dialog.save_button.click()
    assert not dialog.save_button.isEnabled()
    dialog.reject()
    gone(dialog, qtbot)
    assert list(tmp_path.glob("*.pdf")) == []
    assert opened == []


def test_a_pdf_that_cannot_be_saved_is_said_and_can_be_saved_elsewhere(
    stage: Stage, window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    serve(stage, window, qtbot, 1)
    dialog = asked(window)
    dialog.path.setText(str(tmp_path / "none" / "a.pdf"))
    dialog.save_button.click()
    qtbot.waitUntil(lambda: "There is no folder" in dialog.problem.text())
    dialog.path.setText(str(tmp_path / "a.pdf"))
    dialog.save_button.click()
    gone(dialog, qtbot)
    assert pdf_pages(tmp_path / "a.pdf")


def test_the_kind_that_is_chosen_while_browsing_gives_the_ending(
    stage: Stage, window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    dialog = asked(window)
    dialog.path.setText(str(tmp_path / "a.html"))
    dialog.browse.click()
    (chooser,) = dialog.findChildren(QFileDialog)
    assert chooser.selectedNameFilter() == "Web page (*.html)"
    chooser.filterSelected.emit("PDF (*.pdf)")
    chooser.accept()
    assert Path(dialog.path.text()) == tmp_path / "a.pdf"


def test_a_head_from_the_store_stands_in_the_dialog(stage: Stage, window: MainWindow) -> None:
    stage.bench.set_setting(REPORT_SITE, "x" * 500)
    assert len(asked(window).site.text()) == report_dialog.MAX_HEAD
