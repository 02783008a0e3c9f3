"""Who may import whom. Every arrow goes one way: between the rooms, inside `ui/` and `bench/`, and
between files. Where a room needs what is above it, it gets it as an argument: see `app/session.py`.
"""

from __future__ import annotations

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "pnp_gui"
LEAVES = {
    *("pnp_gui.trouble", "pnp_gui.texts", "pnp_gui.resources"),
    *("pnp_gui.__version__", "pnp_gui.PRODUCT"),
}
"""What every room may import: no room of their own, and they import none."""
UI_OF_PNP = {f"pnp_gui.pnp.{name}" for name in ("mac", "makes", "url", "send_result")}
"""What the window needs of the protocol: spellings, and what an offer did; never a message."""
WITHOUT_QT = {
    f"pnp_gui.system.{name}"
    for name in ("file_reading", "iso_time", "mask", "output", "own_files", "printable", "steps")
}
"""Of `system/`, what a room without Qt may import."""
SHARED_WITH_JUDGE = {"pnp_gui.pnp.sip_values", "pnp_gui.pnp.datagram.Address"}
"""What the simulated phones have in common with what they judge: values and a type, no code."""
FETCHES_OF_FILES = {"pnp_gui.files.fetch", "pnp_gui.files.tftp_packets"}
"""What the bench needs of `files/`: what a request is, and its text; never a file."""
MAY = {
    "app": {"pnp_gui", "PySide6", "qasync"},
    "system": {"pnp_gui.system", "PySide6.QtCore", "PySide6.QtGui"},
    "pnp": {"pnp_gui.pnp"},
    "files": {"pnp_gui.files", "pnp_gui.pnp", "h11", *WITHOUT_QT},
    "net": {"pnp_gui.net", "pnp_gui.pnp", "pnp_gui.files", "PySide6.QtCore"},
    "bench": {"pnp_gui.bench", "pnp_gui.pnp", *FETCHES_OF_FILES, *WITHOUT_QT},
    "ui": {"pnp_gui.ui", "pnp_gui.bench", "pnp_gui.system", "PySide6", *UI_OF_PNP},
    "demo": {"pnp_gui.demo", *SHARED_WITH_JUDGE, *WITHOUT_QT},
}
"""Rooms, and what is not the standard library's, that each room may import."""
FLOORS = {
    "ui": (
        *("main_window", "help", "find", "files", "urls", "sheet", "export", "decisions", "table"),
        *("trace", "log", "history", "actions", "widgets", "words", "theme"),
        *("listening", "serving"),
    ),
    "bench": (
        *("bench", "decisions", "export", "sheet", "fetches", "events", "urls", "store", "record"),
        "phones",
    ),
}
"""Rooms and loose files from the top: each imports only what stands behind it."""
LOOSE = {"": 4, "ui": 6, "bench": 4}
"""Files without a room that a folder may have."""
WATCHED = ("pnp_gui", "PySide6", "qasync", "h11")
IMPURE = {"socket", "time", "datetime", "random", "secrets", "uuid", "pathlib", "os", "io"}
IMPURE |= {"logging", "asyncio", "threading", "subprocess", "select", "selectors", "sqlite3", "sys"}
MAY_NOT = {"pnp": IMPURE, "ui": {"socket", "select", "selectors"}}
MAY_NOT |= {"bench": {"socket"}, "files": {"socket", "select", "selectors", "asyncio"}}
"""Of the standard library: pnp has no clock, file, socket or chance; ui and bench no socket."""
ADVICE = "take it as an argument, or move it down (ARCHITECTURE.md, rooms)"


def imports(path: Path) -> set[str]:
    """Everything the file imports, also for type checking alone, as "module.name"."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import"
            found |= {f"{node.module}.{name.name}" for name in node.names}
    return found


def within(name: str, allowed: set[str]) -> bool:
    return any(name == room or name.startswith(room + ".") for room in allowed)


@pytest.mark.parametrize("room", MAY)
def test_a_room_imports_only_what_it_may(room: str) -> None:
    files = list((PACKAGE / room).rglob("*.py"))
    assert files
    for path in files:
        for name in imports(path):
            if name.split(".")[0] in WATCHED:
                assert within(name, MAY[room] | LEAVES), f"{path.name} imports {name}: {ADVICE}"
            forbidden = name.split(".")[0] in MAY_NOT.get(room, ())
            assert not forbidden, f"{path.name} imports {name}: {ADVICE}"


@pytest.mark.parametrize("top", FLOORS)
def test_inside_a_room_every_arrow_goes_down(top: str) -> None:
    floors = FLOORS[top]
    for path in (PACKAGE / top).rglob("*.py"):
        inside = path.relative_to(PACKAGE / top).with_suffix("").parts
        if inside == ("__init__",):
            continue
        for name in imports(path):
            parts = name.split(".")
            if parts[:2] == ["pnp_gui", top] and parts[2] != inside[0]:
                place, other = floors.index(inside[0]), floors.index(parts[2])
                file = path.relative_to(PACKAGE)
                assert place < other, f"{file} imports {name}, which is above it: {ADVICE}"


def test_no_circle_of_files() -> None:
    modules = {
        ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts): path
        for path in PACKAGE.rglob("*.py")
        if path.name != "__init__.py"
    }
    arrows = {
        module: {
            other
            for name in imports(path)
            for other in (name, name.rpartition(".")[0])
            if other in modules and other != module
        }
        for module, path in modules.items()
    }
    try:
        TopologicalSorter(arrows).prepare()
    except CycleError as error:
        pytest.fail(f"a circle: {' ← '.join(error.args[1])}. Move what both need into a third file")


@pytest.mark.parametrize("folder", LOOSE)
def test_files_have_a_room(folder: str) -> None:
    entries = {"__init__.py", "__main__.py"}
    loose = [path.name for path in (PACKAGE / folder).glob("*.py") if path.name not in entries]
    assert len(loose) <= LOOSE[folder], loose


def test_the_leaves_import_no_room_and_no_qt() -> None:
    for name in ("trouble", "texts", "resources", "__init__"):
        for found in imports(PACKAGE / f"{name}.py"):
            assert found.split(".")[0] not in WATCHED or within(found, LEAVES), found


def test_every_folder_is_a_room_and_one_file_imports_qasync() -> None:
    folders = {path.name for path in PACKAGE.iterdir() if (path / "__init__.py").is_file()}
    assert folders == set(MAY)
    users = [path.name for path in PACKAGE.rglob("*.py") if within("qasync", imports(path))]
    assert users == ["running.py"]
