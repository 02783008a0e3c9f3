"""What a technician reads about a line, word for word, and by which code the program knows it."""

from __future__ import annotations

import pytest

from pnp_gui.bench.phones.phone import Decision
from pnp_gui.bench.phones.row_text import MAX_LABEL
from pnp_gui.bench.sheet.records import MAX_CELLS
from pnp_gui.bench.sheet.text import MAX_LINE
from tests.bench.sheet.read import read

A, B, C, D = "000413A00001", "000413A00002", "000413A00003", "000413A00004"
HEAD = "mac,decision,url,label"


@pytest.mark.parametrize(
    ("text", "code", "says"),
    [
        (
            f"{HEAD}\n{A},approved\n{A},denied\n",
            "sheet_twice",
            "The phone 00:04:13:A0:00:01 is already in line 2.",
        ),
        (
            f"{HEAD}\n10.13.2.37,approved\n10.13.2.37,denied\n",
            "sheet_twice",
            "The phone 10.13.2.37 is already in line 2.",
        ),
        (
            f"Name,MAC,Other\nGreta,{A},\nNils,,{B}\n",
            "sheet_mac",
            f"The MAC {B} is not in the same column as those of the other lines.",
        ),
        (
            f"mac,decision\n{A},approved,x\n{B},denied\n",
            "sheet_cells",
            "There are 3 cells, but at most 2 columns. A cell that contains the separator needs "
            "quotation marks.",
        ),
        (f"{HEAD}\n,approved\n{A},\n", "sheet_mac", "There is no MAC in this line."),
        (
            f"Name,MAC\nGreta,{A} {B}\nNils,{C}\n",
            "sheet_mac",
            f"“{A} {B}” may be 2 MACs: write one line for each phone.",
        ),
        (
            f"{HEAD}\n4.13E+10,approved\n{A},\n",
            "sheet_mac",
            "“4.13E+10” is not a MAC of 12 digits: a spreadsheet program may have changed it to a "
            "number. Write it with colons, or format the column as text.",
        ),
        (
            f"Name,MAC,URL\nGreta,{A},http://h/x\nNils,,http://h/y\n",
            "sheet_mac",
            "There is no MAC in this line.",
        ),
        (f"{HEAD}\n0004:13,approved\n{A},\n", "sheet_mac", "“0004:13” is not a MAC."),
        *(
            (
                f"Name,MAC\nGreta,{two}\nNils,{C}\n",
                "sheet_mac",
                f"“{two}” may be 2 MACs: write one line for each phone.",
            )
            for two in (f"{A} -> {B}", f"{A} (replaces {B})", f"{A} was 00:04:13:A0:00:02")
        ),
        *(
            (f"Name,MAC\nGreta,{A}\nNils,{typo}\n", "sheet_mac", f"“{typo}” is not a MAC.")
            for typo in ("OO0413A21007", "00:04:13:A2:1O:07", "00-04-13-XX-XX-XX", "000413A2105G")
        ),
        (
            f"{HEAD}\n{A},perhaps\n",
            "sheet_decision",
            "“perhaps” is not a decision: write approved, denied or undecided.",
        ),
        (
            f'{HEAD}\n{A},approved,,"open\n{B},denied\n',
            "sheet_quote",
            "A quotation mark is out of place or never closed.",
        ),
        (
            f"{HEAD}\n{A},denied\n{'x' * (MAX_LINE + 1)}\n",
            "sheet_long",
            "This line has more than 20,000 characters.",
        ),
        (
            f"{HEAD}\n{A},denied\n{',' * MAX_CELLS}x\n",
            "sheet_long",
            f"This line has more than {MAX_CELLS:,} cells.",
        ),
        (
            f"Dear all,\nthe phones are {A} and {B}.\nBye\n",
            "sheet_mac",
            f"“the phones are {A} and {B}.” may be 2 MACs: write one line for each phone.",
        ),
        (
            f"Dear all,\nthis is one: {A}.\n{'x' * 2001} {B}\n",
            "sheet_long",
            "This line has more than 2,000 characters.",
        ),
    ],
)
def test_a_line_that_cannot_be_used(text: str, code: str, says: str) -> None:
    assert [(one.reason.code, str(one.reason)) for one in read(text).bad] == [(code, says)]


@pytest.mark.parametrize(
    ("text", "code", "says"),
    [
        (
            f"Name,MAC\nGreta,{A}\nNils,{A}\n",
            "sheet_twice",
            "The phone 00:04:13:A0:00:01 is already in line 2.",
        ),
        (
            f"Name,MAC\nGreta,{A}\nNils,01:00:5E:00:01:4B\n",
            "sheet_no_phone",
            "Not a phone: 01:00:5E:00:01:4B is a multicast, broadcast or null address.",
        ),
        (f"Name,MAC\nGreta,{A}\nNils,\n", "sheet_no_phone", "Not a phone: the line has no MAC."),
        (
            f"# phones\nRoom,MAC\n101,{A}\n#102,{B}\n# the end\n",
            "sheet_comment",
            "Not a phone: a line that begins with # is a comment.",
        ),
        (
            f"MAC,Port\n{A},Gi1/0/1\n{B},CPU\n",
            "sheet_no_phone",
            "Not a phone: this is the MAC of the switch itself.",
        ),
        (
            f"Name,MAC\nGreta,{A}\nNils,none yet\n",
            "sheet_no_phone",
            "Not a phone: “none yet” is not a MAC.",
        ),
        (
            f"Name,MAC,Config URL\nGreta,{A},none\nNils,{B},http://h/x\n",
            "sheet_no_url",
            "“none” is not a URL, so the phone keeps its own.",
        ),
        (
            f"Name,MAC,IP,URL\nGreta,{A},10.0.0.9,http://10.0.0.9/\n",
            "sheet_no_url",
            "“http://10.0.0.9/” may be the web page of the phone or of its maker, so it is not "
            "used as the phone's URL.",
        ),
        (
            f"Dear all,\nmine is {A}.\nThe number is 441711234567 here.\n",
            "sheet_no_phone",
            "Not a phone: 441711234567 may be any number. If it is a MAC, write it with colons.",
        ),
    ],
)
def test_a_line_without_a_phone_or_with_something_passed_over(
    text: str, code: str, says: str
) -> None:
    reading = read(text)
    assert [(one.reason.code, str(one.reason)) for one in reading.notes] == [(code, says)]
    assert reading.bad == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            f"Name,MAC Ethernet,MAC LAN\nGreta,{A},{B}\n",
            "Several columns contain MACs, but only one can be the phones': B (MAC Ethernet), "
            "C (MAC LAN).",
        ),
        (
            f"Name,MAC,Foo,Bar\nGreta,,{A},{B}\n",
            "Several columns contain MACs, but only one can be the phones': C (Foo), D (Bar).",
        ),
        (
            f"Name,MAC,Foo\nGreta,,{A}\n",
            "These may not be the phones' MACs: column C (Foo).",
        ),
    ],
)
def test_a_question(text: str, says: str) -> None:
    question = read(text).question
    assert question is not None
    assert (question.code, str(question)) == ("sheet_question", says)


@pytest.mark.parametrize(
    ("text", "code", "says"),
    [
        ("Name,Ext\nGreta,21\n", "sheet_mac", "It contains no MAC of a phone."),
        (
            "\x00\x01\x02\x03",
            "sheet_binary",
            "This is not a text file. A sheet of phones is a CSV file, as spreadsheet programs "
            "save it.",
        ),
        (
            "\n".join([A] * 100_001),
            "sheet_size",
            "A sheet can have at most 100,000 lines and 16 MiB. This one has more, so none of "
            "it was read. Split it into several.",
        ),
    ],
)
def test_a_list_that_is_not_read(text: str, code: str, says: str) -> None:
    refused = read(text).refused
    assert refused is not None
    assert (refused.code, str(refused)) == (code, says)


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (f'"{A}\n{B}",,', f"“{A} {B}” may be 2 MACs: write one line for each phone."),
        (f'{A},"yes\n\x1bor no",', "“yes or no” is not a decision: write approved, denied or "),
        (f'{A},,"see\nbelow"', "“see below” is not a URL, so the phone keeps its own."),
        ('"0004\n13",,', "Not a phone: “0004 13” is not a MAC."),
    ],
)
def test_a_cell_of_several_lines_is_quoted_on_one(row: str, says: str) -> None:
    (remark,) = read(f"MAC,Freigabe,Config URL\n{row}\n{C},,http://h/x\n").remarks()
    assert says in str(remark.reason)


def test_each_phone_has_the_line_that_its_mac_is_in() -> None:
    routers = (
        f'# leases\nadd mac-address={A} comment="Greta"\n\nadd mac-address={B} comment="Nils"\n'
    )
    assert [(line.number, line.mac) for line in read(routers).good] == [(2, A), (4, B)]


@pytest.mark.parametrize(
    ("word", "decision"),
    [
        *(("sí", Decision.APPROVED), ("si", Decision.APPROVED), ("Não", Decision.DENIED)),
        *(("fałsz", Decision.DENIED), ("☑\ufe0f", Decision.APPROVED), (" JA ", Decision.APPROVED)),
        *(("n/a", None), ("-", None), ("?", None)),
    ],
)
def test_the_words_of_a_decision(word: str, decision: Decision | None) -> None:
    (line,) = read(f"Name;MAC;Decision\nGreta;{A};{word}\n").good
    assert line.decision is decision


def test_a_heading_that_tells_two_phones_of_a_row_apart_is_cleaned_as_a_label_is() -> None:
    name = "N" * MAX_LABEL
    lines = read(
        "Name;Office;MAC Tel.1;MAC Tel.\t2;MAC Tel.3\n"
        f"Greta;Room 1;{A};{B};\n{name};Room 2;{C};;{D}\n"
    ).good
    assert [line.label for line in lines] == ["Greta Tel.1", "Greta Tel. 2", name, name]
    lines = read(f"Name;MAC (Xen 1);MAC (Xen 2)\nGreta;{A};{D[:-4]}1234\nNils;{B};\n").good
    assert [line.label for line in lines] == ["Greta Xen 1", "Greta Xen 2", "Nils"]
