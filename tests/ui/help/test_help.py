"""The manual in a window of the program: every page, its links, and nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from pnp_gui.resources import resource_path
from pnp_gui.ui.help import pages as help_pages
from pnp_gui.ui.help.pages import FOLDERS, LICENCES, MANUAL, Pages
from pnp_gui.ui.help.window import HelpWindow
from pnp_gui.ui.main_window.window import MainWindow
from pnp_gui.ui.theme import theme
from tests.ui.hands import press

Key = Qt.Key
ALL = sorted(
    f"{folder}/{path.name}"
    for folder in FOLDERS
    for path in resource_path(*folder.split("/")).iterdir()
)


class Opener(QObject):
    """In the place of browser and file manager."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[QUrl] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.opened.append(url)


@pytest.fixture
def opener() -> Iterator[Opener]:
    made = Opener()
    for scheme in ("http", "https", "file", "mailto"):
        QDesktopServices.setUrlHandler(scheme, made, "open")  # type: ignore[arg-type]
    yield made
    for scheme in ("http", "https", "file", "mailto"):
        QDesktopServices.unsetUrlHandler(scheme)


@pytest.fixture
def pages(qapp: QApplication, qtbot: QtBot) -> Iterator[Pages]:
    owner = QWidget()
    qtbot.addWidget(owner)
    made = HelpWindow(owner)
    made.show()
    yield made.pages
    made.close()


def links_of(pages: Pages) -> set[str]:
    """Where the links of the page lead."""
    found = set()
    block = pages.document().begin()
    while block.isValid():
        for each in block.textFormats():
            if each.format.isAnchor():
                found.add(each.format.anchorHref())
        block = block.next()
    return found


def opened(window: MainWindow) -> HelpWindow:
    found = window.help.opened
    assert found is not None
    assert found.isVisible()
    return found


def test_f1_opens_the_manual_and_again_the_same_window(window: MainWindow, qtbot: QtBot) -> None:
    press(Key.Key_F1)
    first = opened(window)
    assert first.windowTitle() == "PnP Bench manual"
    window.activateWindow()
    window.actions_.keys.trigger()
    assert opened(window) is first
    assert first.windowTitle() == "Keyboard - PnP Bench"
    first.activateWindow()
    qtbot.waitUntil(first.isActiveWindow, timeout=2000)
    QTest.keyClick(first.pages, Key.Key_Escape)
    qtbot.waitUntil(lambda: window.help.opened is None, timeout=2000)
    window.actions_.licences.trigger()
    assert "LGPL" in opened(window).pages.toPlainText()


@pytest.mark.parametrize("page", ALL)
def test_every_page_is_shown_and_its_links_stay_inside(pages: Pages, page: str) -> None:
    pages.go(page)
    assert pages.source().path() == f"/{page}"
    text = pages.toPlainText()
    assert len(text) > 200
    if page.endswith(".txt"):
        assert text.splitlines() == resource_path(*page.split("/")).read_text().splitlines()
        return
    for link in links_of(pages):
        pages.go(page)
        pages.setSource(QUrl(link))
        goal = pages.source()
        assert goal.path().lstrip("/") in ALL, link
        if "#" in link and not link.startswith("#another"):
            assert pages.source().fragment() == link.partition("#")[2]


def test_a_link_to_a_heading_goes_there_and_back_comes_back(pages: Pages) -> None:
    pages.go("manual/en/index.md")
    pages.setSource(QUrl("phones.md#statuses"))
    assert pages.verticalScrollBar().value() > 200
    pages.backward()
    assert pages.source().path() == "/manual/en/index.md"
    assert pages.toPlainText().startswith("PnP Bench manual")


@pytest.mark.parametrize(
    "link",
    [
        *("https://example.com/", "http://192.0.2.1/", "file:///etc/passwd", "mailto:a@b.example"),
        *("../../pnp-gui.manifest", "../../../etc/passwd", "/icons/approve.svg", "help://h/x.md"),
        *("help:/manual/en/../../../README.md", "nothing.md", "data:text/html,x", "javascript:1"),
    ],
)
def test_no_link_leads_out(pages: Pages, opener: Opener, link: str) -> None:
    pages.go(MANUAL)
    before = pages.toPlainText()
    pages.setSource(QUrl(link))
    assert pages.source().path() == f"/{MANUAL}"
    assert pages.toPlainText() == before
    assert opener.opened == []
    assert pages.loadResource(QTextDocument.ResourceType.ImageResource, QUrl(link)) == ""


def test_words_are_found_from_the_top_again_after_the_last(pages: Pages) -> None:
    window = pages.window()
    assert isinstance(window, HelpWindow)
    pages.go("manual/en/keyboard.md")
    window.words.setText("undo")
    places = set()
    for _ in range(6):
        window.find_next()
        assert pages.textCursor().selectedText().casefold() == "undo"
        places.add(pages.textCursor().position())
    assert 1 < len(places) < 6
    bar = pages.verticalScrollBar()
    bar.setValue(bar.maximum())
    for leave in (partial(window.words.setText, "undo"), partial(pages.go, MANUAL)):
        place = bar.value()
        window.words.setText("no such words")
        window.find_next()
        assert window.words.property("wrong")
        missed = "“no such words” is not on this page. Contents lists the others."
        assert window.missed.text() == window.words.accessibleDescription() == missed
        assert bar.value() == place, "the reader stays where he is"
        leave()
        assert not window.words.property("wrong")
        assert window.missed.text() == ""


def test_colours_of_a_page_follow_the_theme(pages: Pages, qapp: QApplication) -> None:
    pages.go(MANUAL)
    theme.apply_theme(qapp, Qt.ColorScheme.Dark)
    try:
        colours = {
            each.format.foreground().color().name()
            for each in pages.document().findBlockByNumber(2).textFormats()
            if each.format.isAnchor()
        }
        assert colours == {theme.DARK.accent.name()}
    finally:
        theme.apply_theme(qapp, Qt.ColorScheme.Light)


def test_the_logs_folder_opens(window: MainWindow, opener: Opener, tmp_path: Path) -> None:
    window.actions_.open_log_folder.trigger()
    assert [url.toLocalFile() for url in opener.opened] == [str(tmp_path / "data")]
    assert str(tmp_path / "data") in window.status_bar.left.text()


def test_every_licence_text_is_named_and_every_named_one_is_there(pages: Pages) -> None:
    pages.go(LICENCES)
    named = {f"licences/{link}" for link in links_of(pages)}
    assert named == {page for page in ALL if page.startswith("licences/")} - {LICENCES}
    own = Path(__file__).parents[3] / "LICENSE"
    assert resource_path("licences", "pnp-bench.txt").read_text() == own.read_text()
    assert "LESSER GENERAL PUBLIC" in resource_path("licences", "lgpl-3.0.txt").read_text()


def test_pages_are_only_those_of_manual_and_licences(
    pages: Pages, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("manual/en/index.md", "other/secret.md", "secret.md", "manual/en/a/secret.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(f"# {name}")
    monkeypatch.setattr(help_pages, "resource_path", lambda *parts: tmp_path.joinpath(*parts))
    pages.go(MANUAL)
    assert pages.toPlainText() == "manual/en/index.md"
    for link in (
        "../../other/secret.md",
        "../../secret.md",
        "a/secret.md",
        "help:/other/secret.md",
    ):
        pages.setSource(QUrl(link))
        assert pages.toPlainText() == "manual/en/index.md", link
