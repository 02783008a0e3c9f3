"""Serving files from the window: the menu, its line, the ports, and the URLs that it offers."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from pnp_gui.bench.urls.rules import UrlRule
from pnp_gui.pnp.url import FACTORY_URL
from pnp_gui.trouble import Trouble
from pnp_gui.ui.files.ports_dialog import PortsDialog
from pnp_gui.ui.main_window.window import MainWindow
from pnp_gui.ui.words.plain import for_tip
from tests.ui.hands import press, shown, wait_rows
from tests.ui.stage import Stage

Key = Qt.Key
HTTP, TFTP, PBX = "http://${host}:8080/", "tftp://${host}/", "http://pbx/"


@pytest.fixture
def files(stage: Stage) -> Stage:
    """Two interfaces are listened on, and the bench knows what is served, as in the program."""
    stage.net.start()
    stage.files.changed.connect(lambda: stage.bench.serve_at(stage.files.bases))
    return stage


@pytest.fixture
def window(files: Stage, qtbot: QtBot) -> MainWindow:
    return shown(files, qtbot)


def line(window: MainWindow) -> str:
    return window.files.bar.sentence.text() if window.files.bar.isVisible() else ""


def problems(window: MainWindow) -> list[str]:
    window.refresh()
    return [each.sentence.text() for each in window.problem_bar.lines]


def test_f12_asks_for_a_folder_at_first_and_serves_it_then(
    files: Stage, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    assert line(window) == ""
    press(Key.Key_F12)
    (chooser,) = window.findChildren(QFileDialog)
    assert chooser.fileMode() is QFileDialog.FileMode.Directory
    chooser.fileSelected.emit(str(tmp_path))
    chooser.reject()
    assert files.files.folder == tmp_path
    assert window.status_bar.left.text() == f"Approved phones now get the files in {tmp_path}."
    window.table.setFocus()
    press(Key.Key_F12)
    assert not files.files.serving
    assert line(window) == ""
    press(Key.Key_F12)
    assert files.files.serving
    assert window.actions_.serve.text() == "&Stop serving"


def test_the_line_has_folder_number_and_urls(
    files: Stage, window: MainWindow, tmp_path: Path
) -> None:
    files.files.files = 3
    files.files.start(tmp_path)
    urls = (
        "http://192.0.2.5:8080/, http://198.51.100.7:8080/, tftp://192.0.2.5/, tftp://198.51.100.7/"
    )
    assert window.files.bar.accessibleDescription() == f"Serving {tmp_path}  ·  3 files  ·  {urls}"
    assert urls in line(window)
    files.files.refused = 1
    files.files.set_ports(80, 0)
    assert line(window).endswith(
        "http://192.0.2.5:80/, http://198.51.100.7:80/  ·  1 request from others not answered"
    )
    files.net.stop()
    assert "3 files  ·  http://${host}:80/  ·  1 request" in line(window), "it goes on"
    window.files.bar.button.click()
    assert line(window) == ""


def test_the_keyboard_goes_to_the_table_when_the_line_goes(
    files: Stage, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    """Not to the next button: that approves."""
    files.files.start(tmp_path)
    window.files.bar.button.setFocus()
    qtbot.waitUntil(window.files.bar.button.hasFocus, timeout=2000)
    press(Key.Key_Space)
    assert not files.files.serving
    qtbot.waitUntil(window.table.hasFocus, timeout=2000)


@pytest.mark.parametrize(("words", "found"), [("198.51.100", 1), ("100.7:80", 1), ("pbx", 2)])
def test_phones_are_found_by_our_address_in_their_url(
    files: Stage, window: MainWindow, qtbot: QtBot, words: str, found: int
) -> None:
    keys = {1: files.ask(1), 2: files.ask(2)}
    files.bench.set_own_url([keys[2]], "http://pbx/")
    files.bench.attach_ports(lambda *_: False, lambda *_: "198.51.100.7")
    files.bench.set_default_url(f"{HTTP}${{mac}}.cfg")
    wait_rows(qtbot, window, 2)
    window.action_bar.find_field.setText(words)
    wait_rows(qtbot, window, 1)
    assert window.table.phone_model.key_at(0) == keys[found]


def test_a_long_folder_is_cut_but_its_tip_and_a_screen_reader_have_it(
    files: Stage, window: MainWindow
) -> None:
    folder = Path("/srv") / ("x" * 200)
    files.files.start(folder)
    assert str(folder) not in line(window)
    assert window.files.bar.sentence.toolTip() == for_tip(str(folder))
    assert str(folder) in window.files.bar.accessibleDescription()


def test_troubles_stand_in_the_problem_bar_with_a_button_that_helps(
    files: Stage, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    files.files.troubles = {
        "http_port_busy": Trouble("Port 8080 is taken.", action="serve_ports", code="a"),
        "files_folder": Trouble("The folder is gone.", action="serve_folder", code="b"),
    }
    files.files.start(tmp_path)
    window.refresh()
    assert problems(window) == ["Port 8080 is taken.", "The folder is gone."]
    ports, folder = (each.button for each in window.problem_bar.lines)
    assert (ports.text(), folder.text()) == ("Change the ports", "Choose a folder")
    ports.click()
    (dialog,) = window.findChildren(PortsDialog)
    dialog.tftp.setText("0")
    for text in ("", "0", "65536", "80a"):
        dialog.http.setText(text)
        assert not dialog.save_button.isEnabled()
    dialog.http.setText("8081")
    dialog.save_button.click()
    assert (files.files.http_port, files.files.tftp_port) == (8081, 0)
    folder.click()
    (chooser,) = window.findChildren(QFileDialog)
    chooser.reject()


def test_instead_of_snoms_url_ours_is_offered_once_in_one_line(
    files: Stage, window: MainWindow, tmp_path: Path
) -> None:
    files.ask_of(1, "Fanvil", "X4U")
    files.bench.set_default_url(FACTORY_URL)
    files.files.start(tmp_path)
    (said,) = problems(window)
    url = f"{HTTP}$mac.cfg"
    assert url in said
    (offer,) = window.problem_bar.lines
    assert offer.dismiss is not None
    offer.dismiss.click()
    window.refresh()
    assert problems(window) == []
    files.files.stop()
    window.refresh()
    files.files.start(tmp_path)
    window.refresh()
    (offer,) = window.problem_bar.lines
    offer.button.click()
    assert files.bench.urls.default == url == window.listen_bar.url.currentText()
    window.refresh()
    assert problems(window) == []
    assert window.status_bar.left.text() == (
        f"Phones with neither their own URL nor a rule now get {url}"
    )


def test_the_line_goes_with_serving_and_with_another_url(
    files: Stage, window: MainWindow, tmp_path: Path
) -> None:
    files.bench.set_default_url(FACTORY_URL)
    files.files.start(tmp_path)
    assert len(problems(window)) == 1
    files.files.stop()
    assert problems(window) == []
    files.files.start(tmp_path)
    files.bench.set_default_url(PBX)
    window.refresh()
    assert problems(window) == []


def test_a_url_that_leads_here_while_nothing_is_served_is_said(
    files: Stage, window: MainWindow, tmp_path: Path
) -> None:
    files.files.folder = tmp_path
    for default, rules in ((PBX, [UrlRule("Yealink", "", TFTP)]), (HTTP, [])):
        files.bench.set_url_rules(rules)
        files.bench.set_default_url(default)
        window.refresh()
        (line,) = window.problem_bar.lines
        leads = f"Phones get {TFTP if rules else HTTP}, which points to this computer, but no files"
        assert line.sentence.text().startswith(leads)
    line.button.click()
    assert files.files.serving
    window.refresh()
    assert problems(window) == []
    press(Key.Key_F12)
    assert len(problems(window)) == 1
    files.bench.set_default_url(PBX)
    window.refresh()
    assert problems(window) == []


@pytest.mark.parametrize(
    ("url", "http_port", "tftp_port"),
    [
        ("http://${host}:8080/${mac}.xml", 8081, 69),
        ("http://${host}/", 8080, 69),
        ("https://${host}:8080/", 8080, 69),
        (TFTP, 8080, 0),
        (TFTP, 8080, 6969),
    ],
)
def test_a_url_that_leads_to_another_port_than_that_of_the_files_is_said(
    files: Stage, window: MainWindow, tmp_path: Path, url: str, http_port: int, tftp_port: int
) -> None:
    files.bench.set_default_url(url)
    files.files.set_ports(http_port, tftp_port)
    files.files.start(tmp_path)
    (said,) = problems(window)
    assert said.startswith(
        f"Phones get {url}, but files are served at http://${{host}}:{http_port}/"
    )
    window.problem_bar.lines[0].button.click()
    (dialog,) = window.findChildren(PortsDialog)
    dialog.reject()
    files.files.set_ports(http_port + 1, tftp_port)
    (said,) = problems(window)
    assert f"served at http://${{host}}:{http_port + 1}/" in said
    scheme = url.partition(":")[0]
    files.bench.set_default_url(files.files.bases[-1 if scheme == "tftp" else 0])
    assert problems(window) == []


def test_it_is_said_at_the_start_too(files: Stage, qtbot: QtBot) -> None:
    files.bench.set_default_url(HTTP)
    window = shown(files, qtbot)
    assert len(problems(window)) == 1
    assert "no files are served here" in problems(window)[0]


def test_ready_urls_stand_in_the_list_under_what_they_are_for(
    files: Stage, window: MainWindow, tmp_path: Path
) -> None:
    files.ask(1)
    files.ask_of(2, "Yealink", "T54W")
    field = window.listen_bar.url
    before = [field.itemText(row) for row in range(field.count())]
    files.files.start(tmp_path)
    window.refresh()
    assert [field.itemText(row) for row in range(field.count())] == [
        *("Files on this computer, for Yealink, other makes:", HTTP, TFTP),
        *("Files on this computer, for snom:", f"{HTTP}{{mac}}.xml", f"{TFTP}{{mac}}.xml"),
        *("Used before:", *before),
    ]
    enabled = [
        bool(field.model().flags(field.model().index(row, 0)) & Qt.ItemFlag.ItemIsEnabled)
        for row in range(field.count())
    ]
    assert [row for row, on in enumerate(enabled) if not on] == [0, 3, 6]
    field.setCurrentIndex(4)
    field.activated.emit(4)
    assert files.bench.urls.default == f"{HTTP}{{mac}}.xml"
    files.files.stop()
    window.refresh()
    assert field.itemText(0) == f"{HTTP}{{mac}}.xml"


def test_the_rules_form_puts_them_in_for_the_make_that_is_typed(
    files: Stage, window: MainWindow, tmp_path: Path
) -> None:
    window.rules.open()
    dialog = window.rules.dialog
    assert dialog is not None
    form = dialog.form
    assert not any(each.isVisible() for each in form.ready)
    files.files.start(tmp_path)
    form.make.setEditText("panasonic")
    assert [each.text() for each in form.ready] == [f"{HTTP}{{mac}}.cfg", f"{TFTP}{{mac}}.cfg"]
    assert all(each.isVisible() for each in form.ready)
    form.ready[1].click()
    assert form.typed == ("panasonic", "", f"{TFTP}{{mac}}.cfg")
    form.make.setEditText("Grandstream")
    assert [each.text() for each in form.ready] == [HTTP, TFTP]
    form.set_rule(None)
    dialog.reject()
    QApplication.processEvents()
