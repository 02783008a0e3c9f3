"""Every text that is shown is marked for translation, and whole."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.translations import PACKAGE, all_messages, found_in

ENGLISH_FILES = (
    *("app/arguments.py", "app/self_test.py", "demo/"),
    *("app/fatal.py", "system/shutdown.py", "system/output.py", "system/uncaught.py"),
    "files/tftp.py",
)
"""The command line, the log file, what phones are told, and the program's last words."""
ENGLISH_CALLS = {
    *("debug", "info", "warning", "error", "exception", "critical"),
    *("print_line", "print_error", "best_effort", "ArgumentTypeError", "getLogger"),
}
"""What is written there from other files."""
NO_LANGUAGE_CALLS = {"setStyleSheet", "execute", "executemany", "compile", "match", "search"}
NO_LANGUAGE = re.compile(
    r"\s*(SELECT|INSERT|DELETE|UPDATE|PRAGMA|CREATE|ALTER|BEGIN|FROM|ON CONFLICT|id <) "  # SQL
    r"|[^{]*\{+ ?[a-z-]+: |\s*:root|.*\d+px;? |; border: "  # style sheets
    r"|<[a-z!]|.*\r\n|\s*SUBSCRIBE |From: <"  # HTML, SIP
    r"|(netsh |sudo |code )|\W* (dir|profile)=|\W+netsh ",
    re.DOTALL,
)
ALLOWED = {
    "app/demo_files.py": {"_settings"},  # a simulated phone's file
    "app/demo_mode.py": {"_decide"},  # a simulated phone's label
    "app/running.py": {"run"},  # last words
    "bench/export/pcap.py": {"NOTE_MADE", "NOTE_MASKED"},  # in a capture, for support
    "bench/export/report.py": {"NO_ANSWER"},  # as the store keeps it
    "bench/store/rows.py": {"KNOWN_BY_MAC", "REBOOT_OUTCOMES", "OFFER_OUTCOMES"},  # likewise
    "bench/sheet/decision_words.py": {"_FULL", "_SHORT"},  # words of a list, in eight languages
    "bench/sheet/headings.py": {"_WORDS"},  # likewise
    "files/http_answer.py": {"_TYPES"},  # endings of names
    "bench/store/reading.py": {"read_settings", "read_phones"},  # details, for support
    "ui/history/window.py": {"samples"},  # to measure a column's width
    "ui/table/columns.py": {"COLUMNS"},  # likewise
    "system/log_file.py": {"__init__"},  # a thread's name
    "system/screen.py": {"opening_screen", "_no_screen"},  # Qt's own words, looked for
}
"""What is no text of the window, by the name of the function or constant that holds it."""
READS = re.compile(r"[^\W\d_]{2,}[^\w\s]* [^\w\s]*[a-z{]|\} [a-z]{2,}|[A-Z][a-z]+\.$")
"""More than one word of a language, or a sentence of one."""
SHOWN_BY = {
    *("setText", "setToolTip", "setStatusTip", "setWindowTitle", "setPlaceholderText", "setTitle"),
    *("setAccessibleName", "setAccessibleDescription", "setInformativeText", "setWhatsThis"),
    *("addItem", "addTab", "addMenu", "addSection", "showMessage", "emit", "QAction", "QLabel"),
    *("QPushButton", "QToolButton", "QCheckBox", "QRadioButton", "QGroupBox", "setLabelText"),
}
"""Calls that show their text."""
WORD = re.compile(r"[^\W\d_]{2,}")

SOURCES = sorted(PACKAGE.rglob("*.py"))


def parents_of(tree: ast.Module) -> dict[ast.AST, ast.AST]:
    return {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}


def called(node: ast.AST) -> str:
    """The name of what is called; "" where it is no call."""
    if not isinstance(node, ast.Call):
        return ""
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def unmarked(file: Path) -> Iterator[ast.Constant]:
    """Constants that read as language and nobody would translate."""
    name = file.relative_to(PACKAGE).as_posix()
    tree = ast.parse(file.read_text(encoding="utf-8"))
    marked = found_in(tree).literals
    parents = parents_of(tree)
    if name.startswith(ENGLISH_FILES):
        return
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str) or node in marked:
            continue
        if not READS.search(node.value) or NO_LANGUAGE.match(node.value):
            continue
        if not holders(node, parents) & ALLOWED.get(name, set()) and not is_no_text(node, parents):
            yield node


def holders(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> set[str]:
    """The functions it stands in, and the constants that it is assigned to."""
    names = set()
    while node := parents.get(node):  # type: ignore[assignment]
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            names.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            names |= {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}
    return names


def is_no_text(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> bool:
    """Whether nobody reads it in the window: a docstring, a name in an enum, a line of the log."""
    above = parents[node]
    if isinstance(above, ast.Expr):
        return True
    while not isinstance(above, ast.stmt):
        name = called(above)
        if name in ENGLISH_CALLS | NO_LANGUAGE_CALLS or name.endswith("Error"):
            return True
        above = parents[above]
    owner = parents[above]
    if isinstance(above, ast.Assign) and isinstance(owner, ast.ClassDef):
        return any("Enum" in ast.unparse(base) for base in owner.bases)
    return False


def test_a_text_is_marked_where_it_is_written() -> None:
    found = [f"{file}:{node.lineno}: {node.value!r}" for file in SOURCES for node in unmarked(file)]
    assert not found, "\n".join(found)


def test_no_word_is_shown_that_is_not_marked() -> None:
    """Single words, which `READS` lets through, straight in a call that shows them."""
    found = [
        f"{file}:{each.lineno}: {each.value!r}"
        for file in SOURCES
        for tree in [ast.parse(file.read_text(encoding="utf-8"))]
        for marked in [found_in(tree).literals]
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and called(call) in SHOWN_BY
        for argument in call.args
        for each in pieces_of(argument)
        if each not in marked and WORD.search(str(each.value)) and "://" not in str(each.value)
    ]
    assert not found, "\n".join(found)


def pieces_of(node: ast.AST) -> list[ast.Constant]:
    """The literal pieces of a string."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node]
    values = node.values if isinstance(node, ast.JoinedStr) else []
    return [each for each in values if isinstance(each, ast.Constant)]


def test_no_sentence_is_glued_from_pieces() -> None:
    """Around translated texts stands no word: they are whole."""
    found = [
        f"{file}:{node.lineno}: {ast.unparse(node)}"
        for file in SOURCES
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.JoinedStr | ast.BinOp) and is_glued(node)
    ]
    assert not found, "\n".join(found)


def is_glued(node: ast.JoinedStr | ast.BinOp) -> bool:
    if isinstance(node, ast.JoinedStr):
        inside = [each.value for each in node.values if isinstance(each, ast.FormattedValue)]
        between = [str(each.value) for each in pieces_of(node)]
        return any(map(is_translated, inside)) and any(map(WORD.search, between))
    if not isinstance(node.op, ast.Add | ast.Mod):
        return False
    sides = (node.left, node.right)
    if not any(map(is_translated, sides)):
        return False
    signs = [each for each in sides if isinstance(each, ast.Constant | ast.JoinedStr)]
    pieces = [piece for each in signs for piece in pieces_of(each)]
    return not signs or any(WORD.search(str(each.value)) for each in pieces)


def is_translated(node: ast.AST) -> bool:
    """A call that gives a translated text, with or without its values."""
    if called(node) == "format" and isinstance(node.func, ast.Attribute):  # type: ignore[attr-defined]
        return is_translated(node.func.value)  # type: ignore[attr-defined]
    return called(node) in {"tr", "translate", "translated", "trouble_text", "sentence", "Text"}


def test_every_text_has_a_context() -> None:
    """`tr` stands in a class, and `translate` has both strings as literals."""
    assert not [each.text for each in all_messages() if not each.context.isidentifier()]


COUNTED = re.compile(r"\{(n|count|total|number|minutes|days)\} ([a-z]+ )?[a-z]{3,}s\b")
FIXED = {  # more than one by what they say
    *(
        "{count} approved phones get no URL",
        "There are {count} ",
        "{count} codes were not accepted",
    ),
    *("{count} phones are undecided", "Forget {n} phones", "For the {n} selected phones"),
}


def test_a_number_of_things_chooses_singular_or_plural() -> None:
    """It is %n there: other languages have more forms than two."""
    texts = [each.text for each in all_messages() if COUNTED.search(each.text)]
    assert not [text for text in texts if not text.startswith(tuple(FIXED))]
