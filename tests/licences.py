"""Brings the licence texts of our packages up to date: `.venv/bin/python -m tests.licences`.

They are those of the installed packages. python-calamine is compiled from Rust; its list of parts
(SBOM) names the crates inside. The other texts in `resources/licences` are kept by hand. When Qt or
Python is raised, compare `inside.txt` with their lists: "Third-Party Code Used in Qt" (doc.qt.io)
and Python's `Doc/license.rst`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.metadata import PackagePath, files
from pathlib import Path

LICENCES = Path(__file__).parents[1] / "resources" / "licences"
PACKAGES = ("qasync", "psutil", "h11", "python-calamine")

_CRATES = """

Rust crates inside python-calamine
==================================
Where there is a choice, they are used under the MIT licence, whose conditions stand above. The text
of Apache-2.0 is in apache-2.0.txt, that of Zlib in inside.txt (zlib).

"""


def _file(package: str, ending: str) -> str:
    found: list[PackagePath] = [one for one in files(package) or () if one.match(f"*{ending}*")]
    return Path(str(found[0].locate())).read_text(encoding="utf-8")


def crates() -> Iterator[str]:
    """Those in python-calamine: name, licence and authors of each, without versions."""
    for part in json.loads(_file("python-calamine", ".cyclonedx.json"))["components"]:
        if part.get("scope") == "required":
            licences = ", ".join(one["expression"] for one in part["licenses"])
            authors = part.get("author")
            yield f"{part['name']}: {licences}" + (f", © {authors}" if authors else "")


def text_of(package: str) -> str:
    """The licence text of an installed package, and of what is compiled into it."""
    text = _file(package, "LICENSE")
    if package == "python-calamine":
        text += _CRATES + "".join(f"{crate}\n" for crate in crates())
    return text


if __name__ == "__main__":
    for each in PACKAGES:
        (LICENCES / f"{each}.txt").write_text(text_of(each), encoding="utf-8")
