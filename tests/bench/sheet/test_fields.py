"""Text in which each value stands behind its name, as rows: where one thing ends."""

from __future__ import annotations

import pytest

from pnp_gui.bench.sheet.fields import rows_of_fields
from pnp_gui.bench.sheet.text import lines_of
from pnp_gui.system.steps import finished

A, B = "000413A00001", "000413A00002"
QUOTED = {"mac": A, "name": "Holm: Greta", "x": "Hans'"}


def rows(text: str) -> list[tuple[int, dict[str, str]]]:
    """The line of each thing, and its values by their names."""
    found = finished(rows_of_fields(finished(lines_of(text.encode()))))
    if not found:
        return []
    names = found[0].cells
    assert (found[0].number, found[0].text) == (0, " ".join(names))
    for row in found[1:]:
        assert row.text.split() == " ".join(filter(None, row.cells)).split()
    return [
        (row.number, {name: cell for name, cell in zip(names, row.cells, strict=True) if cell})
        for row in found[1:]
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # A line with several values is a thing of its own, and so is what a brace ends.
        (f"mac-address={A} x=1\ny=2 z=3\n", [(1, {"mac-address": A, "x": "1"})]),
        (
            f"hardware ethernet {A}; }}\nx: 1\n",
            [(1, {"hardware ethernet": A})],
        ),
        (f"mac-address: {A}\nx: 1\n", [(1, {"mac-address": A, "x": "1"})]),
        # One value in a line begins a new thing where its name comes again.
        (f"x=1\nmac={A}\nx=2\nmac={B}\n", [(2, {"x": "1", "mac": A}), (4, {"x": "2", "mac": B})]),
        # YAML has two quotation marks.
        (f"mac: '{A}'\nname: 'Holm: Greta'\nx: Hans'\ny: \"\"\n", [(1, QUOTED)]),
        # What stands above: the name of a thing, or its MAC.
        (f"desk-holm:\n  mac: {A}\n", [(2, {"host": "desk-holm", "mac": A})]),
        (f"{A}:\n  name: Greta\n  x: 1\n", [(1, {"mac": A, "name": "Greta", "x": "1"})]),
        (f"phones:\n  - mac: {A}\n    x: 1\n", [(2, {"mac": A, "x": "1"})]),
        (f"x: 1\ndesk:\n  mac: {A}\n", [(3, {"x": "1", "mac": A})]),
        (f"desk:\n  mac: {A}\n  mac: {B}\n", [(2, {"host": "desk", "mac": A}), (3, {"mac": B})]),
        (f"set mac={A} x=1;\n", [(1, {"mac": A, "x": "1;"})]),
        (f"mac: {A}\nname: x=Greta\n", [(1, {"mac": A, "name": "x=Greta"})]),
        # What JSON and XML write otherwise.
        (
            rf'{{"mac": "{A}", "name": "M\u00fcller \"7\"", "url": "http:\/\/h\/x"}}',
            [(1, {"mac": A, "name": 'Müller "7"', "url": "http://h/x"})],
        ),
        (f'"mac": "{A}",\n"name": "\\ud83d\\x", \n', [(1, {"mac": A, "name": "\\ud83d\\x"})]),
        (f'"mac": "{A}",\n"name": "\\ud83dx"\n', [(1, {"mac": A, "name": "?x"})]),
        (
            f'<a mac="{A}" name="M&#252;ller"/>\n<mac>{B}</mac><name>Holm &amp; Lund</name>\n',
            [(1, {"mac": A, "name": "Müller"}), (2, {"mac": B, "name": "Holm & Lund"})],
        ),
        (f'mac={A} name="R&amp;D"\n', [(1, {"mac": A, "name": "R&amp;D"})]),
        ("x: 1\ny: 2\n", []),
        ("", []),
        (f"{'x' * 2001}\nmac={A}\n", [(2, {"mac": A})]),
        (f"x={'y' * 1998}\nmac={A}\n", [(2, {"x": "y" * 1998, "mac": A})]),
        ("x: 1\n" * 300 + f"mac: {A}\n", [(301, {"x": "1", "mac": A})]),
        (f"X: 1\nmac: {A}\nname: X X\n", [(2, {"X": "1", "mac": A, "name": "X X"})]),
    ],
)
def test_the_values_of_each_thing(text: str, found: list[tuple[int, dict[str, str]]]) -> None:
    assert rows(text) == found
