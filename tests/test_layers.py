"""Who may import whom: app -> everything, ui -> bench -> pnp <- net, demo -> pnp and net; ui and
bench open their files by way of files."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "pnp_gui"
LEAVES = {
    "pnp_gui.trouble",
    "pnp_gui.resources",
    "pnp_gui.__version__",
    "pnp_gui.PRODUCT",
    "pnp_gui.system.printable",
}
"""What every room may import: no room of their own, and they import none."""
UI_OF_PNP = {f"pnp_gui.pnp.{name}" for name in ("mac", "makes", "url", "sent")}
"""What the window needs of the protocol: spellings, and what an offer did; never a message."""
SYSTEM_LOOSE = {"pnp_gui.system.console", "pnp_gui.system.log_file", "pnp_gui.system.repeats"}
"""Of the room `system`, though their files lie above it."""
MAY = {
    "pnp": {"pnp_gui.pnp"},
    "net": {"pnp_gui.net", "pnp_gui.pnp", "PySide6.QtCore", "PySide6.QtNetwork"},
    "files": {"pnp_gui.files"},
    "bench": {"pnp_gui.bench", "pnp_gui.files", "pnp_gui.pnp"},
    "ui": {"pnp_gui.ui", "pnp_gui.bench", "pnp_gui.files", "PySide6", *UI_OF_PNP},
    "ui/words": {"pnp_gui.ui.words"},
    "demo": {"pnp_gui.demo", "pnp_gui.pnp", "pnp_gui.net"},
    "system": {"pnp_gui.system", "PySide6.QtCore", "pnp_gui.system.mask", *SYSTEM_LOOSE},
}
"""Rooms, and what is not the standard library's, that each room may import."""
WATCHED = ("pnp_gui", "PySide6", "qasync")
IMPURE = {
    "socket",
    "time",
    "datetime",
    "random",
    "secrets",
    "uuid",
    "pathlib",
    "os",
    "io",
    "logging",
}
IMPURE |= {"asyncio", "threading", "subprocess", "select", "selectors", "sqlite3", "sys"}
MAY_NOT = {"pnp": IMPURE, "ui": {"socket", "select", "selectors"}, "bench": {"socket"}}
"""Of the standard library: pnp has no clock, file, socket or chance; ui and bench no socket."""


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
                assert within(name, MAY[room] | LEAVES), f"{path.name} imports {name}"
            assert name.split(".")[0] not in MAY_NOT.get(room, ()), f"{path.name} imports {name}"


def test_the_leaves_import_no_room_and_no_qt() -> None:
    for name in ("trouble", "resources", "__init__", "system/printable"):
        assert not [n for n in imports(PACKAGE / f"{name}.py") if n.split(".")[0] in WATCHED]


def test_every_folder_is_a_room_and_app_alone_imports_qasync() -> None:
    places = (path.relative_to(PACKAGE).parts for path in PACKAGE.rglob("*.py"))
    assert {place[0] for place in places if len(place) > 1} == {room.split("/")[0] for room in MAY}
    users = [path.name for path in PACKAGE.rglob("*.py") if within("qasync", imports(path))]
    assert users == ["app.py"]
