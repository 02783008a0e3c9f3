"""What the documents promise: their length, their links, every key and every option."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from pytestqt.qtbot import QtBot

from pnp_gui.resources import resource_path
from pnp_gui.ui.actions import Actions

ROOT = Path(__file__).parents[1]
MANUAL = ROOT / "resources" / "manual" / "en"
PAGES = sorted(MANUAL.glob("*.md"))
SHORT = [ROOT / "README.md", ROOT / "ARCHITECTURE.md"]
CONTRIBUTING = ROOT / ".github" / "CONTRIBUTING.md"
GENERATED = (".venv/", "dist/")
MAX_LINES = 120
MAX_PROSE, MAX_ROW = 112, 160
"""Characters of a line, and of a row of a table."""

_CODE = re.compile(r"^```.*?^```$|`[^`\n]*`", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\[[^\]]+\]\(([^)\s]+)\)")
_PATH = re.compile(r"[\w.-]+(/[\w.-]+)*(/|\.(py|md|svg|spec|toml|yaml|yml))|\w+(/[\w.-]+)+")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def without_code(text: str) -> str:
    return _CODE.sub("", text)


def anchors(page: Path) -> set[str]:
    """The names by which a link goes to a heading, as GitHub makes them."""
    headings = _HEADING.findall(re.sub(r"^```.*?^```$", "", text_of(page), flags=re.M | re.S))
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def named_paths(page: Path) -> set[str]:
    """Files and folders in backticks: "pnp_gui/net/", "ui/actions.py", "rows.py"."""
    code = re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```$", "", text_of(page), flags=re.M | re.S))
    words = (word for each in code for word in each.split())
    return {word for word in words if _PATH.fullmatch(word) and not word.startswith(GENERATED)}


def links(page: Path) -> list[str]:
    return [each for each in _LINK.findall(without_code(text_of(page))) if "://" not in each]


def target(page: Path, link: str) -> tuple[Path, str]:
    """The file and the heading ("": the whole file) that a link on this page goes to."""
    name, _, heading = link.partition("#")
    return (page.parent / name).resolve() if name else page, heading


@pytest.mark.parametrize("page", SHORT, ids=lambda page: page.name)
def test_readme_and_architecture_stay_short(page: Path) -> None:
    lines = text_of(page).splitlines()
    assert len(lines) <= MAX_LINES
    for number, line in enumerate(lines, 1):
        most = MAX_ROW if line.startswith("|") else MAX_PROSE
        assert len(line) <= most, f"{page.name}, line {number}"


@pytest.mark.parametrize("page", [CONTRIBUTING, *SHORT, *PAGES], ids=lambda page: page.name)
def test_every_link_goes_to_a_file_and_heading_that_exist(page: Path) -> None:
    for link in links(page):
        file, heading = target(page, link)
        assert file.is_file(), link
        assert not heading or heading in anchors(file), link


@pytest.mark.parametrize("page", [CONTRIBUTING, *SHORT], ids=lambda page: page.name)
def test_every_path_that_is_named_exists(page: Path) -> None:
    """From the root, or the end of a path below `pnp_gui/`."""
    named = named_paths(page)
    assert named
    assert not {
        path
        for path in named
        if not (ROOT / path).exists() and not any((ROOT / "pnp_gui").rglob(path.rstrip("/")))
    }


def test_every_page_is_reached_from_the_first_one_and_the_readme_names_it() -> None:
    first = MANUAL / "index.md"
    named = {target(first, link)[0] for link in links(first)}
    assert named == set(PAGES) - {first}
    assert first in {target(SHORT[0], link)[0] for link in links(SHORT[0])}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_manual_can_be_shown_by_the_program(page: Path) -> None:
    """It is shipped alone: no link leads out of it. It is plain Markdown without HTML."""
    assert resource_path("manual", "en", page.name).is_file()
    assert text_of(page).startswith("# ")
    assert not re.search(r"</?[a-zA-Z!]", without_code(text_of(page)))
    for link in links(page):
        assert target(page, link)[0].parent == MANUAL, link


def test_every_key_stands_in_the_manual(qtbot: QtBot) -> None:
    rows = re.findall(r"^\| ([^|]+) \|", text_of(MANUAL / "keyboard.md"), re.MULTILINE)
    written = {key.strip() for row in rows for key in row.split("·")}
    owner = QObject()
    Actions(owner)
    keys = {
        key.toString(QKeySequence.SequenceFormat.PortableText)
        for action in owner.findChildren(QAction)
        for key in action.shortcuts()
    }
    assert len(keys) > 30
    assert keys <= written, f"not in the manual: {sorted(keys - written)}"


def test_every_option_stands_in_the_manual() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pnp_gui", "--help"],
        cwd=ROOT,
        env={**os.environ, "COLUMNS": "200"},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    options = set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", done.stdout))
    written = set(re.findall(r"`(--?[a-z][a-z-]*)", text_of(MANUAL / "command-line.md")))
    assert {"-u", "--url", "--sheet"} <= options
    assert options == written
