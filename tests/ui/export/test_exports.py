"""Saving and copying what was seen, by the keys of the real window."""

from __future__ import annotations

import csv
import io
import re
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from pnp_gui.bench.store.settings import SAVE_FOLDER
from pnp_gui.ui.export import report_dialog
from pnp_gui.ui.export.report_dialog import ReportDialog
from pnp_gui.ui.export.save_dialog import SaveDialog
from pnp_gui.ui.log.model import LogFilter
from pnp_gui.ui.main_window.window import MainWindow
from tests.bench.export.captured import complaints, rows
from tests.ui.hands import CTRL, press, shown
from tests.ui.history.served import back, history, serve
from tests.ui.stage import Stage

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
URL = "http://bob:secret@192.0.2.5/{mac}.xml"


@pytest.fixture
def stage(stage: Stage) -> Stage:
    stage.bench.set_default_url(URL)
    return stage


@pytest.fixture
def out(tmp_path: Path, stage: Stage) -> Path:
    """The folder into which something was saved last."""
    folder = tmp_path / "out"
    folder.mkdir()
    stage.bench.set_setting(SAVE_FOLDER, str(folder))
    return folder


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """What would have been opened in the browser."""
    paths: list[Path] = []
    monkeypatch.setattr(report_dialog, "open_path", paths.append)
    return paths


@pytest.fixture
def window(stage: Stage, out: Path, opened: list[Path], qtbot: QtBot) -> MainWindow:
    return shown(stage, qtbot)


def panel_of(parent: QWidget, qtbot: QtBot) -> SaveDialog:
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), SaveDialog), timeout=2000)
    panel = QApplication.activeModalWidget()
    assert isinstance(panel, SaveDialog)
    assert panel.parentWidget() is parent
    panel.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is panel.path, timeout=2000)
    return panel


def saved(out: Path) -> Path:
    """The file, once the dialog has closed."""
    for _ in range(500):
        if not isinstance(QApplication.activeModalWidget(), SaveDialog):
            break
        QTest.qWait(10)
    (path,) = out.iterdir()
    return path


def test_ctrl_t_saves_the_selected_phones_messages_masked(
    stage: Stage, window: MainWindow, out: Path, qtbot: QtBot
) -> None:
    first, _ = serve(stage, window, qtbot, 1, 2)
    window.table.select_keys([first])
    press(Key.Key_T, CTRL)
    panel = panel_of(window, qtbot)
    assert not panel.secrets.isChecked()
    press(Key.Key_Return)
    path = saved(out)
    assert path.name.startswith("pnp-bench-000413000001-")
    assert path.suffix == ".pcap"
    assert complaints(path) == []
    read = rows(path, "ip.src", "ip.dst", "sip.Method", wanted="sip")
    assert read == [
        ["192.0.2.101", "192.0.2.5", "SUBSCRIBE"],
        ["192.0.2.5", "192.0.2.101", ""],
        ["192.0.2.5", "192.0.2.101", "NOTIFY"],
        ["192.0.2.101", "192.0.2.5", ""],
    ]
    assert b"secret" not in path.read_bytes()
    assert window.status_bar.left.text() == (
        f"4 messages. Saved as {path}, with user names and passwords in URLs masked."
    )


def test_the_tick_for_user_and_password_is_off_each_time(
    stage: Stage, window: MainWindow, out: Path, qtbot: QtBot
) -> None:
    serve(stage, window, qtbot, 1, 2)
    press(Key.Key_T, CTRL | SHIFT)
    panel = panel_of(window, qtbot)
    panel.path.selectAll()
    QTest.keyClicks(panel.path, "open.pcap")
    panel.secrets.setFocus()
    press(Key.Key_Space)
    QTest.mouseClick(panel.save_button, Qt.MouseButton.LeftButton)
    path = out / "open.pcap"
    said = "with user names and passwords in URLs."
    qtbot.waitUntil(lambda: said in window.status_bar.left.text(), timeout=10_000)
    assert b"http://bob:secret@192.0.2.5/{mac}.xml" in path.read_bytes()
    assert len(rows(path, "frame.number", wanted="sip")) == 8
    back(window, qtbot)
    press(Key.Key_T, CTRL | SHIFT)
    assert not panel_of(window, qtbot).secrets.isChecked()
    press(Key.Key_Escape)


def test_what_is_there_is_replaced_only_after_a_second_word(
    stage: Stage, window: MainWindow, out: Path, qtbot: QtBot
) -> None:
    serve(stage, window, qtbot, 1)
    (out / "a.pcap").write_bytes(b"old")
    press(Key.Key_T, CTRL | SHIFT)
    panel = panel_of(window, qtbot)
    panel.path.setText(str(out / "a"))
    press(Key.Key_Return)
    assert (out / "a.pcap").read_bytes() == b"old"
    assert panel.isVisible()
    assert "a.pcap already exists" in panel.problem.text()
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
    assert rows(out / "a.pcap", "frame.number")


def test_what_cannot_be_saved_is_said_and_the_panel_stays(
    stage: Stage, window: MainWindow, out: Path, qtbot: QtBot
) -> None:
    serve(stage, window, qtbot, 1)
    press(Key.Key_T, CTRL | SHIFT)
    panel = panel_of(window, qtbot)
    panel.path.setText(str(out / "none" / "a.pcap"))
    press(Key.Key_Return)
    assert panel.isVisible()
    assert "There is no folder" in panel.problem.text()
    panel.path.clear()
    press(Key.Key_Return)
    assert panel.problem.text() == "Type a file name."
    press(Key.Key_Escape)
    assert list(out.iterdir()) == []


def test_without_messages_nothing_opens_and_a_sentence_says_why(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    press(Key.Key_T, CTRL)
    assert "No phone is selected" in window.status_bar.left.text()
    press(Key.Key_T, CTRL | SHIFT)
    assert "There are no messages to save" in window.status_bar.left.text()
    press(Key.Key_C, CTRL | SHIFT)
    assert "No phone is selected" in window.status_bar.left.text()
    assert QApplication.activeModalWidget() is None


def test_the_text_for_a_mail_has_facts_versions_state_and_messages(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    stage.net.start()
    key, other = serve(stage, window, qtbot, 1, 2)
    stage.ask(1, tag="b", to="224.0.1.75")
    stage.bench.set_label([key], "Lobby")
    window.table.select_keys([key])
    press(Key.Key_C, CTRL | SHIFT)
    text = QGuiApplication.clipboard().text()
    for part in (
        *("PnP Bench 1.", "Qt 6.", "Python 3.", "Listening on UDP 5060: Ethernet 192.0.2.5"),
        *("Phone: 00:04:13:00:00:01", "Label: Lobby", "Model: snomD785", "Decision: Approved"),
        *("SUBSCRIBE sip:MAC%3a000413000001", "192.0.2.101:5060 -> 192.0.2.5:5060"),
        "192.0.2.101:5060 -> 224.0.1.75:5060",
        *("Last URL sent: http://xxx:xxxxxx@192.0.2.5", "\nhttp://xxx:xxxxxx@192.0.2.5/{mac}.xml"),
    ):
        assert part in text, part
    times = re.findall(r"^(?:---|Written:|First asked:) (\S+ \S+)(?:  |$)", text, re.MULTILINE)
    assert len(times) > 3
    assert all(datetime.fromisoformat(time).tzinfo for time in times)
    assert "secret" not in text
    assert other not in text
    assert "User names and passwords are masked" in window.status_bar.left.text()
    window.actions_.copy_for_mail_open.trigger()
    assert QGuiApplication.clipboard().text().count("bob:secret@") == 5
    assert "It contains user names and passwords" in window.status_bar.left.text()


def test_log_key_page_and_saving(stage: Stage, window: MainWindow, out: Path, qtbot: QtBot) -> None:
    (key,) = serve(stage, window, qtbot, 1)
    press(Key.Key_F9)
    assert window.log_page.isVisible()
    assert not window.detail_pane.isVisible()
    assert window.actions_.log.isChecked()
    assert not window.actions_.details.isChecked()
    window.log_page.level.setCurrentIndex(window.log_page.level.findData(LogFilter.MESSAGES.value))
    window.actions_.save_log.trigger()
    panel_of(window, qtbot)
    press(Key.Key_Return)
    lines = saved(out).read_text(encoding="utf-8").splitlines()
    assert any("The phone accepted the URL (200 OK)." in line for line in lines)
    assert all(datetime.fromisoformat(line.partition("  ")[0]).tzinfo for line in lines)
    assert any("Message  00:04:13:00:00:01  ← from 192.0.2.101:5060: SUBSCRIBE" in x for x in lines)

    back(window, qtbot)
    window.log_page.phone_wanted.emit(key)
    assert window.detail_pane.isVisible()
    assert window.detail_pane.key == key
    press(Key.Key_F9)
    press(Key.Key_F9)
    assert not window.splitter.pane.isVisible()
    press(Key.Key_F4)
    assert window.detail_pane.isVisible()


def test_history_as_csv_and_report_as_page(
    stage: Stage, window: MainWindow, out: Path, opened: list[Path], qtbot: QtBot
) -> None:
    serve(stage, window, qtbot, 1, 2)
    stage.bench.set_label(["000413000001"], "=1+2")
    made = history(stage, window, qtbot)
    press(Key.Key_E, CTRL)
    panel = panel_of(made, qtbot)
    assert not isinstance(panel, ReportDialog)
    press(Key.Key_Return)
    path = saved(out)
    table = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    assert len(table) == 7
    assert "'=1+2" in table[2] + table[1]
    assert "secret" not in path.read_text(encoding="utf-8-sig")
    path.unlink()

    made.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None, timeout=2000)
    made.view.setFocus()
    press(Key.Key_P, CTRL)
    panel = panel_of(made, qtbot)
    assert isinstance(panel, ReportDialog)
    press(Key.Key_Return)
    path = saved(out)
    page = path.read_text(encoding="utf-8")
    assert opened == [path]
    assert "00:04:13:00:00:01" in page
    assert "secret" not in page
    assert "=1+2" in page
    assert "2 phones." in made.said.text()


@pytest.mark.parametrize(
    ("words", "number"),
    [("undecided", 1), ("nothing offered", 1), ("older", 2), ("refused", 0), ("secret", 0)],
)
def test_the_report_has_the_phones_whose_line_in_it_contains_the_words(
    stage: Stage, window: MainWindow, out: Path, qtbot: QtBot, words: str, number: int
) -> None:
    serve(stage, window, qtbot, 1, 2)
    stage.ask(3)
    stage.bench.set_default_url("http://192.0.2.9/{mac}.xml")
    made = history(stage, window, qtbot)
    made.words.setText(words)
    window.exports.save_report()
    panel_of(made, qtbot)
    press(Key.Key_Return)
    page = saved(out).read_text(encoding="utf-8")
    assert f"<b>{number}</b> in total" in page
    assert ("No such phone." in page) == (not number)


def test_words_typed_a_moment_ago_count_for_what_is_saved(
    stage: Stage, window: MainWindow, out: Path, qtbot: QtBot
) -> None:
    serve(stage, window, qtbot, 1, 2)
    made = history(stage, window, qtbot)
    made.words.setText("00:04:13:00:00:02")
    window.exports.save_report()
    panel_of(made, qtbot)
    press(Key.Key_Return)
    page = saved(out).read_text(encoding="utf-8")
    assert "Only those with" in page
    assert "<b>1</b> in total" in page
    saved(out).unlink()

    made.words.clear()
    window.exports.save_history()
    panel_of(made, qtbot)
    press(Key.Key_Return)
    assert saved(out).read_text(encoding="utf-8-sig").count("00:04:13:00:00:01") == 3
    saved(out).unlink()

    back(window, qtbot)
    window.log_page.words.setText("00:00:02")
    window.exports.save_log()
    panel_of(window, qtbot)
    press(Key.Key_Return)
    assert "00:04:13:00:00:01" not in saved(out).read_text(encoding="utf-8")


def test_the_folder_of_last_time_and_the_documents_at_first(
    stage: Stage, window: MainWindow, out: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    serve(stage, window, qtbot, 1)
    other = tmp_path / "other"
    other.mkdir()
    press(Key.Key_T, CTRL | SHIFT)
    panel = panel_of(window, qtbot)
    assert Path(panel.path.text()).parent == out
    panel.path.setText(str(other / "a.pcap"))
    press(Key.Key_Return)
    back(window, qtbot)
    press(Key.Key_T, CTRL | SHIFT)
    panel = panel_of(window, qtbot)
    assert Path(panel.path.text()).parent == other
    press(Key.Key_Escape)
    stage.bench.set_setting(SAVE_FOLDER, str(tmp_path / "gone"))
    back(window, qtbot)
    press(Key.Key_T, CTRL | SHIFT)
    panel = panel_of(window, qtbot)
    place = QStandardPaths.StandardLocation.DocumentsLocation
    documents = Path(QStandardPaths.writableLocation(place))
    assert Path(panel.path.text()).parent in (documents, Path.home())
    press(Key.Key_Escape)
