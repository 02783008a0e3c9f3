"""The licence texts name everything that the program is shipped with."""

from __future__ import annotations

import re
import tomllib

import pytest

from tests.licences import LICENCES, PACKAGES, crates

INDEX = (LICENCES / "index.md").read_text(encoding="utf-8")


def test_every_package_that_the_program_needs_is_there() -> None:
    project = tomllib.loads((LICENCES.parents[1] / "pyproject.toml").read_text(encoding="utf-8"))
    needed = {re.match(r"[\w-]+", each)[0] for each in project["project"]["dependencies"]}  # type: ignore[index]
    assert needed - {"PySide6-Essentials"} == {*PACKAGES}


@pytest.mark.parametrize("package", PACKAGES)
def test_every_package_is_named_with_its_text(package: str) -> None:
    assert f"({package}.txt)" in INDEX
    assert "opyright" in (LICENCES / f"{package}.txt").read_text(encoding="utf-8")


def test_crates_that_python_calamine_contains_are_named() -> None:
    text = (LICENCES / "python-calamine.txt").read_text(encoding="utf-8")
    missing = [crate for crate in crates() if f"\n{crate.partition(':')[0]}:" not in text]
    assert missing == [], "run: .venv/bin/python -m tests.licences"


def test_every_text_can_be_reached() -> None:
    texts = "".join(path.read_text(encoding="utf-8") for path in LICENCES.iterdir())
    for path in LICENCES.glob("*.txt"):
        assert path.name in texts
