"""The English catalogue is up to date, and knows one and many; sentences are translated whole."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QApplication

from pnp_gui.texts import Plural, Text, english
from pnp_gui.trouble import Trouble
from pnp_gui.ui.words.translate import (
    CORE,
    install_translation,
    sentence,
    translate,
    translated,
)
from tests import translations
from tests.translations import all_messages, is_plural

ENGLISH = translations.CATALOGUES / "pnp_gui_en.ts"
PLURALS = [each for each in all_messages() if is_plural(each)]


@pytest.fixture(scope="module")
def qapp(qapp: QApplication) -> QApplication:
    """In English, as the program starts."""
    install_translation(qapp)
    return qapp


def in_catalogue(file: Path) -> dict[tuple[str, str], list[str]]:
    """The forms of each text."""
    return {
        (context, message.findtext("source") or ""): [
            form.text or "" for form in message.findall("translation/numerusform")
        ]
        for context, message in translations.entries(translations.parse(file))
    }


def test_the_catalogue_is_up_to_date_with_the_sources() -> None:
    forms = in_catalogue(ENGLISH)
    assert set(forms) == {(each.context, each.text) for each in PLURALS}, "-m tests.translations"
    assert translations.unfinished(ENGLISH) == []
    for each in PLURALS:
        one, many = forms[each.context, each.text]
        assert many == each.text
        assert each.context != CORE or one == each.singular


def test_the_program_s_file_is_up_to_date_with_the_catalogue(tmp_path: Path) -> None:
    made = tmp_path / "en.qm"
    translations.qt_tool("lrelease", ENGLISH, "-qm", made)
    assert made.read_bytes() == ENGLISH.with_suffix(".qm").read_bytes(), "-m tests.translations"


def test_english_knows_one_and_many(qapp: QApplication) -> None:
    for context, text, _ in PLURALS:
        assert translate(context, text, 0) == text.replace("%n", "0")
        assert translate(context, text, 2) == text.replace("%n", "2")
        one = translate(context, text, 1)
        assert "%n" not in one
        things = re.search(r"%n (?!of )(?:[a-z]+ ){0,2}?([a-z]{2,}s)\b", text)
        assert not things or things[1] not in one.split(), one


def test_without_qt_too() -> None:
    one_cat = Plural("%n cats of {who}", "1 cat of {who}")
    assert english(one_cat, {"n": 1, "who": "%n"}) == "1 cat of %n"
    assert english(one_cat, {"n": 2, "who": "{n}"}) == "2 cats of {n}"
    assert str(Trouble(one_cat, n=1, who="me")) == "1 cat of me"
    for each in PLURALS:
        assert not each.singular or fields_of(each.singular) <= fields_of(each.text)
        assert each.singular or each.context != CORE, each.text


def test_a_text_is_english_until_it_is_translated() -> None:
    text = Text("“{text}” is no {thing}", text="{thing}", thing="%n")
    assert text == "“{thing}” is no %n"
    assert text.template == "“{text}” is no {thing}"
    assert Text("{who} sleeps") == "{who} sleeps"


def test_a_sentence_is_translated_with_the_texts_in_it(qapp: QApplication) -> None:
    translator = Brackets()
    qapp.installTranslator(translator)
    try:
        inner = Trouble("The URL is empty.")
        text = Text("the request is {method}, not SUBSCRIBE", method="INVITE")
        assert translated(text) == "[the request is INVITE, not SUBSCRIBE]"
        assert sentence("{name}: {reason}", {"name": "x", "reason": inner}) == (
            "[x: [The URL is empty.]]"
        )
        assert translated("what a phone says") == "what a phone says"
        assert str(inner) == "The URL is empty."
    finally:
        qapp.removeTranslator(translator)


def test_a_translation_has_the_fields_of_its_text() -> None:
    for file in translations.CATALOGUES.glob("*.ts"):
        for (_, source), forms in in_catalogue(file).items():
            for form in forms:
                assert fields_of(form) <= fields_of(source), f"{file.name}: {form}"


def fields_of(text: str) -> set[str | None]:
    return {name for _, name, _, _ in string.Formatter().parse(text)} - {None}


class Brackets(QTranslator):
    """Every text in brackets."""

    def translate(
        self, context: str, sourceText: str, disambiguation: str | None = None, n: int = -1
    ) -> str:
        return f"[{sourceText}]"
