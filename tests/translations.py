"""Brings the translations up to date with the sources: `.venv/bin/python -m tests.translations`.

Finds all texts, merges them into `resources/translations/*.ts` (Qt's lupdate), fills in the English
singulars that the sources give (`Plural`), and compiles each to the `.qm` that is shipped
(lrelease). A language's code begins its catalogue: `.venv/bin/python -m tests.translations de`.

`pnp_gui_en.ts` holds only texts with a number, since these alone differ in English. What it lacks
is named, and written into the file by hand or with Qt Linguist.
"""

from __future__ import annotations

import ast
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from pnp_gui.ui.words.translate import CORE

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "pnp_gui"
CATALOGUES = ROOT / "resources" / "translations"


class Message(NamedTuple):
    """A text that is marked for translation."""

    context: str
    text: str
    singular: str = ""
    """The English for one, where a room without Qt gives it."""


class Found(NamedTuple):
    """What one file holds."""

    messages: list[Message]
    literals: set[ast.AST]
    """The string constants that are marked."""


def found_in(tree: ast.Module) -> Found:
    """All marked texts of a module."""
    messages: list[Message] = []
    literals: set[ast.AST] = set()

    def visit(node: ast.AST, owner: str) -> None:
        if isinstance(node, ast.ClassDef):
            owner = node.name
        if isinstance(node, ast.Call):
            context, text, singular = _marked(node, owner)
            for each in _literals(text):
                messages.append(Message(_value(context), _value(each), _value(singular)))
                literals.update(one for one in (each, context, singular) if one is not None)
        for child in ast.iter_child_nodes(node):
            visit(child, owner)

    visit(tree, "")
    return Found(messages, literals)


def _marked(call: ast.Call, owner: str) -> tuple[ast.expr, ast.expr | None, ast.expr | None]:
    """Context, text and English singular, as far as this call marks any."""
    core = ast.Constant(CORE)
    match call:
        case ast.Call(func=ast.Attribute(attr="tr"), args=[text, *_]):
            return ast.Constant(owner), text, None
        case ast.Call(func=ast.Name("translate" | "QT_TRANSLATE_NOOP"), args=[context, text, *_]):
            return context, text, None
        case ast.Call(func=ast.Name("Plural"), args=[text, singular]):
            return core, text, singular
        case ast.Call(func=ast.Name("Trouble" | "Text"), args=[text, *_]):
            return core, text, None
        case ast.Call(func=ast.Attribute(log, "add"), args=[_, _, text, *_]) if (
            _is_log(log) or owner == "Log"
        ):
            return core, text, None
        case ast.Call(func=ast.Attribute(log, "note"), args=[_, text, *_]) if _is_log(log):
            return core, text, None
    return core, None, None


def _is_log(node: ast.expr) -> bool:
    name = node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
    return name.strip("_") == "log"


def _literals(node: ast.expr | None) -> Iterator[ast.Constant]:
    if isinstance(node, ast.IfExp):
        yield from _literals(node.body)
        yield from _literals(node.orelse)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node


def _value(node: ast.expr | None) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def all_messages() -> list[Message]:
    """All texts of the program."""
    files = sorted(PACKAGE.rglob("*.py"))
    each = (found_in(ast.parse(file.read_text(encoding="utf-8"))).messages for file in files)
    return sorted({message for messages in each for message in messages})


def is_plural(message: Message) -> bool:
    """Whether the text differs with a number."""
    return "%n" in message.text


def merge(catalogue: Path, messages: Iterable[Message]) -> None:
    """Make the catalogue hold just these texts; translations of those that stay are kept."""
    with tempfile.TemporaryDirectory() as folder:
        calls = Path(folder) / "texts.py"
        calls.write_text("".join(map(_call, messages)), encoding="utf-8")
        options = ["-no-obsolete", "-locations", "none", "-source-language", "en"]
        language = catalogue.stem.rpartition("_")[2]
        qt_tool("lupdate", *options, "-target-language", language, calls, "-ts", catalogue)


def _call(message: Message) -> str:
    """The text as lupdate knows it: of Qt's translate() it sees no numbers in Python."""
    number = ', "", n' if is_plural(message) else ""
    return f"class {message.context}:\n    self.tr({_quoted(message.text)}{number})\n"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def fill_singulars(catalogue: Path, messages: Iterable[Message]) -> None:
    """Write the English that the sources give themselves."""
    given = {(each.context, each.text): each.singular for each in messages if each.singular}
    tree = parse(catalogue)
    for context, message in entries(tree):
        source = message.findtext("source") or ""
        singular = given.get((context, source))
        if singular:
            forms = message.findall("translation/numerusform")
            for form, text in zip(forms, (singular, source), strict=True):
                form.text = text
            message.find("translation").attrib.pop("type", None)  # type: ignore[union-attr]
    write(tree, catalogue)


def entries(
    tree: ElementTree.ElementTree[ElementTree.Element],
) -> Iterator[tuple[str, ElementTree.Element]]:
    """Context and message element of each text."""
    for context in tree.iter("context"):
        for message in context.iter("message"):
            yield context.findtext("name") or "", message


def parse(catalogue: Path) -> ElementTree.ElementTree[ElementTree.Element]:
    """The catalogue's XML."""
    return ElementTree.parse(catalogue)


def write(tree: ElementTree.ElementTree[ElementTree.Element], catalogue: Path) -> None:
    """As lupdate writes it."""
    ElementTree.indent(tree, "    ")
    body = ElementTree.tostring(tree.getroot(), "unicode")
    head = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'
    catalogue.write_text(f"{head}{body}\n", encoding="utf-8")


def unfinished(catalogue: Path) -> list[str]:
    """The texts that have no translation."""
    return [
        f"{context}: {message.findtext('source')}"
        for context, message in entries(parse(catalogue))
        if (translation := message.find("translation")) is None
        or translation.get("type") == "unfinished"
        or not all(
            "".join(part.itertext())
            for part in (translation.findall("numerusform") or [translation])
        )
    ]


def qt_tool(name: str, *arguments: str | Path) -> None:
    """Run one of Qt's tools as PySide6 ships it."""
    command = [Path(sys.executable).with_name(f"pyside6-{name}"), *arguments]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def update(language: str) -> list[str]:
    """Bring a language's catalogue up to date and compile it; the texts that it lacks."""
    catalogue = CATALOGUES / f"pnp_gui_{language}.ts"
    messages = [each for each in all_messages() if language != "en" or is_plural(each)]
    merge(catalogue, messages)
    if language == "en":
        fill_singulars(catalogue, messages)
    qt_tool("lrelease", catalogue, "-qm", catalogue.with_suffix(".qm"))
    return unfinished(catalogue)


def main() -> int:
    """Update the named languages, or all there are; 1 where English lacks something."""
    CATALOGUES.mkdir(exist_ok=True)
    known = [path.stem.rpartition("_")[2] for path in sorted(CATALOGUES.glob("*.ts"))]
    missing = {language: update(language) for language in sys.argv[1:] or known or ["en"]}
    for language, texts in missing.items():
        sys.stdout.write(f"{language}: {len(texts)} texts without a translation\n")
        sys.stdout.writelines(f"  {text}\n" for text in texts if language == "en")
    return 1 if missing.get("en") else 0


if __name__ == "__main__":
    sys.exit(main())
