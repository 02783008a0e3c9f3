"""What goes to a spreadsheet contains no formula, whichever separator is used to read it."""

from __future__ import annotations

import csv
import io
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pnp_gui.bench.export.history_csv import history_csv
from pnp_gui.bench.phones.phone import Decision, Phone
from pnp_gui.bench.phones.row_text import clean_label
from pnp_gui.bench.sheet.cells import as_meant, csv_text, harmless
from pnp_gui.bench.sheet.reading import read_sheet
from pnp_gui.bench.sheet.sheet import write_sheet
from pnp_gui.bench.store.store import HistoryLine
from pnp_gui.system.steps import finished
from tests.bench.rig import UNIX, mac

SEPARATORS = (",", ";", "\t")
UNSEEN = (
    "\u200b\u2060\ufeff\xad\u202e\u034f\u115f\u1160\u17b4\u180b\u2800\u3164\ufe0f\uffa0\U000e0100"
)
"""Characters that take no room: invisible, and some of them even letters to Python."""
SIGNS = "=+-@|\uff1d\uff0b\uff0d\uff20\ufe66\ufe63\u207c"
HOSTILE = st.text(st.sampled_from(SIGNS + ",;\t\r\n '\"" + UNSEEN + "ab"), max_size=12)


def begins_a_formula(cell: str) -> bool:
    """Judged by Unicode's own tables: the first character that is seen, in its plain form."""
    seen = (
        c
        for c in cell
        if not c.isspace() and c not in UNSEEN and unicodedata.category(c) not in ("Cf", "Cc", "Mn")
    )
    return unicodedata.normalize("NFKC", next(seen, "")).startswith(("=", "+", "-", "@", "|"))


def formulas(text: str) -> list[str]:
    """The cells that a program would run, whichever separator it reads the file with."""
    return [
        cell
        for separator in SEPARATORS
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        for cell in row
        if begins_a_formula(cell)
    ]


def test_the_judge_finds_one_behind_each_separator() -> None:
    for text in ("x;=1", 'a,"x;=1"', "x,=1", "x\t=1", "x\n=1", 'm,"x;""=1"', "x;\u200b\uff1d1"):
        assert formulas(text)
    assert not formulas("a,'=1;b=c\tx")


def test_every_form_of_a_sign_is_known() -> None:
    for c in map(chr, range(0x110000)):
        if c.isprintable() and begins_a_formula(c):
            assert harmless(c) == f"'{c}"


@pytest.mark.parametrize("written", SEPARATORS)
def test_a_phones_vendor_is_no_formula_in_the_history_either(written: str) -> None:
    """The one that was found: unquoted in a comma file, run where the semicolon separates."""
    make = "x;=cmd|'/c calc'!A0"
    phones = {mac(1): Phone(mac(1), mac(1), make=make)}
    line = HistoryLine(UNIX, mac(1), mac(1), "http://h/a", "eth0", "10.13.2.37", "offered", 0)
    data = finished(history_csv([line], phones, masked=True, separator=written)).decode("utf-8-sig")
    assert formulas(data) == []
    assert "x;'=cmd|'/c calc'!A0" in data


@given(st.lists(st.lists(HOSTILE, min_size=1, max_size=4), max_size=4), st.sampled_from(SEPARATORS))
def test_no_reader_finds_a_formula(rows: list[list[str]], written: str) -> None:
    text = csv_text(rows, written, "\r\n")
    assert formulas(text) == []
    read = list(csv.reader(io.StringIO(text, newline=""), delimiter=written))
    assert [len(row) for row in read] == [len(row) for row in rows]


@given(HOSTILE)
def test_the_cell_comes_back_as_it_was_on_one_line(text: str) -> None:
    cell = harmless(text)
    assert cell.isprintable()
    assert as_meant(cell) == " ".join("".join(c if c.isprintable() else " " for c in text).split())
    assert harmless(as_meant(cell)) == cell


@given(
    st.lists(st.tuples(HOSTILE, st.text(st.sampled_from("=+-@|;,'\"a"), max_size=8)), max_size=5),
    st.sampled_from(SEPARATORS),
)
def test_a_sheet_is_the_same_after_import_and_export(
    said: list[tuple[str, str]], written: str
) -> None:
    phones = [
        Phone(
            mac(number),
            mac(number),
            decision=Decision.APPROVED,
            own_url=f"http://h/{tail}",
            label=clean_label(label),
        )
        for number, (label, tail) in enumerate(said)
    ]
    data = write_sheet(phones, written)
    assert formulas(data.decode("utf-8-sig")) == []
    read = read_sheet(data)
    lines = read.good
    assert read.bad == []
    assert [(line.url, line.label) for line in lines] == [(p.own_url, p.label) for p in phones]
    again = [
        Phone(
            line.mac,
            line.mac,
            decision=line.decision or Decision.UNDECIDED,
            own_url=line.url or "",
            label=line.label or "",
        )
        for line in lines
    ]
    assert write_sheet(again, written) == data
