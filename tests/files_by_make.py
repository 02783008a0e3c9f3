"""Writes the manual's page of what each make asks for: `python -m tests.files_by_make`.

A test compares it with `resources/make-files.toml`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from textwrap import fill

from pnp_gui.bench.fetches.make_files import Family, FileKind, FilePattern, families
from pnp_gui.pnp.makes import MAKES

PAGE = Path(__file__).parents[1] / "resources" / "manual" / "en" / "files-by-make.md"
TOP = """\
# What each make asks for

Some URLs name a file, others a folder. If the URL ends in `/`, or has nothing after the host, the
phone appends its own file names: these, in this order. *What files will it request?* in a row's
menu fills them in for that phone, and shows which of them are in the folder.

- `<mac>` is the phone's MAC in lower case, `<MAC>` in upper case, `<model>` its model,
  `<model:lower>` the same in lower case, `<code>` what the maker calls the model in file names,
  `<stem>` and `<ending>` the name and the extension of the file in the URL. Names are
  case-sensitive, as on most servers.
- *required*: the phone gets its settings from this file, and is not provisioned without it, unless
  one of the common files contains them all.
- *optional*: the phone asks for this file, and continues without it.
- *reported*: the name is not from the maker's documents, but from the field or from other
  provisioning systems.
"""
END = """\
## Other makes

It is not known what {others} request from a folder. Give them a URL that names a file, for
example `http://${{host}}:8080/${{mac}}.cfg`. The messages of a phone show what it really requested.
"""
KINDS = {
    FileKind.OWN: "settings for this phone",
    FileKind.COMMON: "settings for all phones, or for a model",
    FileKind.BOOT: "list of files to fetch",
    FileKind.FIRMWARE: "firmware",
    FileKind.OTHER: "other",
}


def page() -> str:
    """The whole page, from the table."""
    known = list(dict.fromkeys(family.make for family in families()))
    others = [make for make in MAKES if make not in known]
    parts = [TOP]
    for make in known:
        parts.append(f"## {make}\n")
        of_make = [family for family in families() if family.make == make]
        for family in of_make:
            if len(of_make) > 1:
                models = ", ".join(f"`{each}`" for each in family.models)
                parts.append(f"### {make} {models or 'otherwise'}\n")
            parts += _family(family)
    return "\n".join((*parts, END.format(others=" and ".join(others))))


def _family(family: Family) -> Iterator[str]:
    if family.folder:
        yield _table("In a folder", family.folder)
    else:
        yield "What they request from a folder is not known: give them a URL that names a file.\n"
    if family.file:
        yield _table("Besides the file that the URL names", family.file)
    if family.codes:
        codes = ", ".join(f"`{model}` {code}" for model, code in family.codes.items())
        yield fill(f"`<code>` by model, the first that fits: {codes}.", 112, break_on_hyphens=False)
        yield ""
    if family.fills:
        fills = ", ".join(f"`{text}` as `{slot}`" for text, slot in family.fills.items())
        yield f"They fill in {fills} themselves.\n"
    also = f"; `<code>`: {family.codes_source}" if family.codes_source else ""
    yield fill(f"Source: {family.source}{also}.", 112, break_on_hyphens=False)
    yield ""


def _table(heading: str, files: tuple[FilePattern, ...]) -> str:
    rows = [f"| {heading} | Contents | Notes |", "|---|---|---|"]
    for each in files:
        notes = ["optional" if each.normal else "required"]
        notes += ["reported"] if not each.verified else []
        kind = KINDS[each.kind] + ("; upper or lower case" if each.any_case else "")
        rows.append(f"| `{each.name}` | {kind} | {', '.join(notes)} |")
    return "\n".join(rows) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
