"""A phone is changed by its verbs alone, and the table of these says all that each changes."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from pnp_gui.bench.phones import phone as module
from pnp_gui.bench.phones.others import OtherAddress
from pnp_gui.bench.phones.phone import Phone, Progress, Reboot
from tests.bench.rig import ask, mac

ROOT = Path(__file__).parents[3]
OWNER = Path(module.__file__)
ROOMS = ("pnp_gui/app", "pnp_gui/bench", "pnp_gui/ui", "tests")
"""No other room of the program may import a phone: see tests/test_layers.py."""
NO_PHONES = ("tests/demo", "tests/net", "tests/pnp")
OTHERS = {
    "tests/app/test_serving_controller.py": "session",
    "pnp_gui/bench/export/report.py": "row",
    "tests/benchmarks/phone_load.py": "phone",
    "tests/ui/files/test_serving.py": "files.files",
}
"""Names under which a file assigns to something else that has fields like these."""
FIELDS = {field.name for kind in (Phone, OtherAddress) for field in fields(kind)} - {"key"}


def assigned(tree: ast.AST) -> Iterator[ast.Attribute]:
    """Everything of the form `x.y` that is assigned to, in whatever way."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and not isinstance(node.ctx, ast.Load):
            yield node


def changed(path: Path) -> list[str]:
    """Where the file assigns to a field of something that is not its own."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    name = path.relative_to(ROOT).as_posix()
    found = [
        f"{name}:{node.lineno}: {ast.unparse(node)}"
        for node in assigned(tree)
        if node.attr in FIELDS and ast.unparse(node.value) not in ("self", OTHERS.get(name))
    ]
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("__setattr__"):
            found.append(f"{name}:{node.lineno}: {ast.unparse(node)}")
    return found


def test_nothing_else_assigns_to_a_phone() -> None:
    files = [path for room in ROOMS for path in (ROOT / room).rglob("*.py") if path != OWNER]
    found = [
        line
        for path in files
        if not any(path.is_relative_to(ROOT / room) for room in NO_PHONES)
        for line in changed(path)
    ]
    assert len(files) > 200
    assert found == []


@pytest.mark.parametrize("code", ["phone.label = 'x'", "a.conflict.asked += 1", "del one.mac"])
def test_an_assignment_is_found(code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "file.py"
    path.write_text(code)
    monkeypatch.setattr(f"{__name__}.ROOT", tmp_path)
    assert len(changed(path)) == 1


def table() -> dict[str, set[str]]:
    """The table at the top of the file: the fields by verb."""
    text = (module.__doc__ or "").split("-----\n", 1)[1]
    found: dict[str, set[str]] = {}
    verb = ""
    for line in text.splitlines():
        if not line.strip():
            break
        verb = line[4:20].strip() or verb
        words = re.sub(r"; a new request also:", ",", line[20:])
        found.setdefault(verb, set()).update(filter(None, re.split(r"[,\s]+", words)))
    return found


def test_the_table_says_what_the_verbs_change() -> None:
    tree = ast.parse(inspect.getsource(module))
    [phone] = [
        node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == "Phone"
    ]
    methods = {
        node.name: node
        for node in phone.body
        if isinstance(node, ast.FunctionDef) and not node.decorator_list  # a property is no verb
    }

    def changes(method: str) -> set[str]:
        own = {node.attr for node in assigned(methods[method]) if ast.unparse(node.value) == "self"}
        called = {
            node.func.attr
            for node in ast.walk(methods[method])
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and ast.unparse(node.func.value) == "self"
        }
        return own.union(*map(changes, called))

    assert table() == {name: changes(name) for name in methods if not name.startswith("_")}


def test_a_forgotten_phone_is_as_after_a_restart() -> None:
    phone = Phone(mac(1), mac(1))
    phone.subscribed(ask(mac(1)), 100.0, 10.0)
    phone.conflicted(ask(mac(1), "10.13.9.9"), ask(mac(1), "10.13.9.9"), 101.0, 11.0)
    phone.offered("http://h/a", 102.0, 12.0)
    phone.reboot_changed(Reboot.ASKED, 103.0)
    phone.forgotten()
    assert (phone.asked, phone.asking_until, phone.progress) == (0, 0.0, Progress.NONE)
    assert phone.asked_at == 0.0
    assert (phone.reboot, phone.conflict, phone.unseen) == (Reboot.NONE, None, False)
    assert (phone.last_seen, phone.sent_url) == (100.0, "http://h/a")


@pytest.mark.parametrize("outcome", [Progress.ACCEPTED, Progress.REFUSED, Progress.NO_ANSWER])
def test_what_a_forgotten_phone_answered_stays(outcome: Progress) -> None:
    phone = Phone(mac(1), mac(1))
    phone.subscribed(ask(mac(1)), 100.0, 10.0)
    phone.offered("http://h/a", 102.0, 12.0)
    phone.answered(outcome, 103.0)
    phone.forgotten()
    assert phone.progress is outcome


def test_a_request_from_elsewhere_that_is_no_conflict_ends_the_one_in_the_row() -> None:
    """The wire has forgotten both addresses: the one in conflict could not be moved to."""
    phone = Phone(mac(1), mac(1))
    other = ask(mac(1), "10.13.9.9")
    phone.subscribed(ask(mac(1)), 100.0, 10.0)
    assert phone.conflicted(other, other, 101.0, 11.0)
    phone.subscribed(other, 200.0, 110.0)
    assert (phone.address, phone.conflict) == ("10.13.9.9", None)
