"""Nothing in the window stays English: a made-up language puts every text in brackets."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QMenu,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from pnp_gui import PRODUCT
from pnp_gui.bench.export.report import ReportRow, Result
from pnp_gui.bench.export.report_page import report_page
from pnp_gui.pnp.makes import MAKES
from pnp_gui.system.steps import finished
from pnp_gui.ui.words.translate import translate, translated
from tests import translations
from tests.ui.hands import shown, wait_rows
from tests.ui.others_text import SAID, everything_open, talking_stage
from tests.ui.stage import Stage
from tests.ui.test_others_text import models, said_by

OPEN, CLOSE = "⟦", "⟧"
DATA = re.compile(
    r"(&lt;|<)img\s+src=/none/\w*(\.png)?(&gt;|>)?|&+(amp;)*Q\w*|\w+://\S+|\bsips?:\S+|/\S+|\S+@\S+"
    r"|\b[\w-]+\.(pcap|csv|html|txt|png|xml|json)\b|Ctrl\+(Shift\+)?\w+|\bxx+\b"
    r"|\w+/\w+[=;]\w+|(SIP|Via|From|To|Call-ID|CSeq|Contact|Event)\b.*"
)
"""What phones, files and the technician say in this window, paths, keys, headers."""
NAMES = {
    *MAKES,
    *SAID,
    *PRODUCT.split(),
    *(
        "snomD785",
        "ua-profile",
        "check-sync",
        "reboot",
        "true",
        "http",
        "approved",
    ),  # "approved": a cell of the sheet
    *("Wi-Fi", "Ethernet", "Qt", "PySide6", "Python", "Esc", "Del", "Return", "Ins"),
}
"""Names are the same in every language."""
WORD = re.compile(r"[A-Za-z]*[a-z]{2,}[A-Za-z0-9-]*")


def made_up(folder: Path) -> Path:
    """A .qm with every text in brackets, and its plurals marked."""
    catalogue = folder / "pnp_gui_de.ts"
    translations.merge(catalogue, translations.all_messages())
    tree = translations.parse(catalogue)
    for _, message in translations.entries(tree):
        source = message.findtext("source") or ""
        translation = message.find("translation")
        assert translation is not None
        translation.attrib.pop("type", None)
        forms = translation.findall("numerusform")
        for form, mark in zip(forms, ("one: ", "many: "), strict=False):
            form.text = f"{OPEN}{mark}{source}{CLOSE}"
        if not forms:
            translation.text = f"{OPEN}{source}{CLOSE}"
    translations.write(tree, catalogue)
    translations.qt_tool("lrelease", catalogue, "-qm", catalogue.with_suffix(".qm"))
    return catalogue.with_suffix(".qm")


@pytest.fixture(scope="module")
def language(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_up(tmp_path_factory.mktemp("language"))


@pytest.fixture
def in_brackets(qapp: QApplication, language: Path) -> Iterator[None]:
    """The application speaks it."""
    translator = QTranslator()
    assert translator.load(str(language))
    _forget_texts()
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)
    _forget_texts()


def _forget_texts() -> None:
    """What functions keep (`lru_cache`): the program has one language from its start to its end."""
    for name, module in list(sys.modules.items()):
        if name.startswith("pnp_gui.ui."):
            for each in vars(module).values():
                if hasattr(each, "cache_clear"):
                    each.cache_clear()


def english_in(text: str) -> list[str]:
    """The words outside of the brackets that are nobody's name."""
    before = ""
    while before != text:
        before, text = text, re.sub(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}", "", text, flags=re.DOTALL)
    # Where there is little room a text ends in an ellipsis, and its bracket with it.
    text = re.sub(f"{OPEN}[^{OPEN}{CLOSE}]*…", "", text)
    return [word for word in WORD.findall(DATA.sub("", text)) if word not in NAMES]


def texts_of(widgets: list[QWidget]) -> Iterator[tuple[str, str]]:
    """Where, and what: all that these widgets show or say."""
    for widget in widgets:
        where = f"{type(widget).__name__} {widget.objectName()}"
        named = (widget.windowTitle(), widget.toolTip(), widget.accessibleName())
        for text in (*named, widget.accessibleDescription(), widget.statusTip()):
            yield where, text
        for action in widget.actions():
            yield f"{where} action", action.text()
            yield f"{where} action", action.toolTip()
        match widget:
            case QLabel() | QAbstractButton():
                yield where, widget.text()
            case QMenu() | QGroupBox():
                yield where, widget.title()
            case QLineEdit():
                yield where, widget.placeholderText()
            case QTabBar():
                yield from ((where, widget.tabText(number)) for number in range(widget.count()))
            case QComboBox():
                yield from ((where, widget.itemText(number)) for number in range(widget.count()))
    for model in models(widgets):
        yield from ((type(model).__name__, text) for _, text in said_by(model))


def all_widgets(windows: list[QWidget]) -> list[QWidget]:
    found = {id(one): one for top in windows for one in (top, *top.findChildren(QWidget))}
    return list(found.values())


def english_texts(windows: list[QWidget]) -> list[str]:
    return [
        f"{where}: {text!r}: {words}"
        for where, text in texts_of(all_widgets(windows))
        if (words := english_in(text))
    ]


@pytest.fixture
def windows(in_brackets: None, qtbot: QtBot, tmp_path: Path) -> Iterator[list[QWidget]]:
    """Every window that there is, with something in every part of it."""
    stage = talking_stage(tmp_path / "data")
    yield everything_open(stage, qtbot, tmp_path)
    stage.bench.close()


def test_every_text_of_every_window_is_translated(windows: list[QWidget]) -> None:
    assert len([text for _, text in texts_of(all_widgets(windows)) if OPEN in text]) > 400
    found = sorted(set(english_texts(windows)))
    assert not found, "\n".join(found)


def test_what_the_window_says_is_translated(in_brackets: None, stage: Stage, qtbot: QtBot) -> None:
    """After every key, for one phone and for several."""
    window = shown(stage, qtbot)
    stage.bench.set_default_url("http://192.0.2.5/${mac}.xml")
    keys = [stage.ask(number) for number in range(1, 5)]
    stage.ask(4, address="192.0.2.99", tag="b")
    keys += [stage.ask_of(6, "Yealink", "T54W"), stage.ask_without_mac(7)]
    stage.air.hear(b"INVITE sip:x SIP/2.0\r\n\r\n", ("192.0.2.200", 5060))
    stage.air.hear(b"\r\n", ("192.0.2.200", 5060))
    wait_rows(qtbot, window, len(keys))
    do = window.actions_
    said: set[str] = set()
    for chosen in (keys[:1], keys[3:4], keys[4:5], keys[5:], keys[:3], keys):
        for action in (
            *(do.approve, do.send_again, do.reboot, do.change_address, do.undo, do.deny),
            *(do.undecide, do.copy_rows, do.copy_for_mail, do.copy_for_mail_open, do.forget),
            *(do.undo, do.approve_all, do.approve_all, do.scan_approves, do.notify, do.listen),
        ):
            window.table.select_keys(chosen)
            action.trigger()
            window.refresh()
            said |= set(english_texts([window]))
            assert OPEN in window.status_bar.left.text()
    assert not said, "\n".join(sorted(said))


def test_the_report_is_translated(in_brackets: None) -> None:
    rows = [ReportRow(f"00041300000{n}", result=each) for n, each in enumerate(Result)]
    page = finished(
        report_page(
            rows, program="P", site="S", technician="T", around=(), made_at=0.0, tr=translated
        )
    )
    text = re.sub(r"<style>.*</style>|<[^>]*>", " ", page.html(), flags=re.DOTALL)
    assert not english_in(text)


def test_every_marked_text_has_a_translation(in_brackets: None) -> None:
    """As the program asks for it: none is found in another context than it was marked in."""
    for context, text, _ in translations.all_messages():
        number = 2 if "%n" in text else -1
        assert translate(context, text, number).startswith(OPEN), f"{context}: {text}"
