"""Workbooks are read as other programs wrote them; what cannot be read costs one sentence."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from pnp_gui.bench.sheet import READ_WORKBOOK
from pnp_gui.bench.sheet import workbook as module
from pnp_gui.bench.sheet.layout import Meaning
from pnp_gui.bench.sheet.reading import Reading, read_in_steps, read_sheet
from pnp_gui.bench.sheet.sheet import lines_text
from pnp_gui.bench.sheet.workbook import (
    Worksheet,
    mac_of_number,
    open_workbook,
    worksheet_rows,
)
from pnp_gui.system.steps import finished
from tests.bench.sheet.made_workbook import table, text, workbook

WORKBOOKS = Path(__file__).parent / "workbooks"
KINDS = ["xlsx", "xls", "ods"]


def read(name: str) -> Reading:
    return read_sheet((WORKBOOKS / name).read_bytes())


def phones(reading: Reading) -> list[str]:
    return lines_text(reading.good).splitlines()


def refused(data: bytes) -> str:
    reading = read_sheet(data)
    assert (reading.good, reading.bad) == ([], [])
    return str(reading.refused)


@pytest.mark.parametrize("kind", KINDS)
def test_the_first_worksheet_with_phones_is_read_and_the_others_are_named(kind: str) -> None:
    reading = read(f"three_sheets.{kind}")
    assert phones(reading) == [
        "000413A2105F,,,Greta Holm 201",
        "000413103123,,,Nils Lund 202",
        "0015651A2B3C,,,Pia Sand 205",
    ]
    assert reading.described() == [
        "worksheet: Telefone",
        "MAC: column D",
        "label: column B + C",
        "no decisions",
        "no URLs",
        "headings: line 3",
        "other worksheets with phones: Lager",
    ]
    assert [one.worksheet for one in reading.worksheets] == ["Telefone", "Lager"]
    assert phones(reading.worksheets[1]) == [
        "001565AA0001,,,Reserve 1",
        "001565AA0002,,,Reserve 2",
    ]
    assert [line.number for line in reading.good] == [4, 5, 8]
    # Digits are lost in the text of line 6, and in the number of line 7; line 9 is the total.
    assert [(one.number, one.reason.code) for one in reading.bad] == [
        (6, "sheet_mac"),
        (7, "sheet_mac"),
    ]
    assert "“4,13103E+11” is not a MAC of 12 digits" in str(reading.bad[0].reason)


@pytest.mark.parametrize("kind", KINDS)
def test_numbers_get_their_zeros_again_where_nothing_was_lost(kind: str) -> None:
    reading = read(f"numbers.{kind}")
    assert [line.mac for line in reading.good] == ["001565123456", "001565123457", "805123456789"]
    assert [one.number for one in reading.bad] == [5]
    assert "“4.131E+25” is not a MAC" in str(reading.bad[0].reason)


@pytest.mark.parametrize(
    ("number", "cell"),
    [
        (413103123, "000413103123"),
        (1565123456, "001565123456"),
        (805123456789, "805123456789"),
        (413103000000, "4.13103E+11"),
        (413100000, "4.131E+08"),  # 000413 1E0005 becomes this, too
        (4.131e25, "4.131E+25"),
        (413103.5, "413104"),
        (12345, "12345"),
        (1234567891, "1234567891"),  # nobody's prefix: digits may be missing behind as well
        (-5, "-5"),
        ("4,13103E+11", "4,13103E+11"),
    ],
)
def test_a_number_is_a_mac_only_if_no_digit_can_be_missing(
    number: str | int | float, cell: str
) -> None:
    assert mac_of_number(number) == cell


def test_a_number_is_padded_below_no_other_heading() -> None:
    rows: list[list[object]] = [
        ["Phone", "MAC"],
        [413103123, "000413A2105F"],
        [413103124, 1565123457],
    ]
    reading = read_sheet(workbook(table(rows)))
    assert [line.mac for line in reading.good] == ["000413A2105F", "001565123457"]


def test_a_number_is_padded_in_a_column_that_was_chosen() -> None:
    names = ("Seriennummer", "Name", "MAC")
    rows = [names, (413103123, "Greta", "001565000001"), (413103124, "Nils", "001565000002")]
    data = workbook(table(rows))
    assert phones(read_sheet(data)) == ["001565000001,,,Greta", "001565000002,,,Nils"]
    reading = finished(read_in_steps(data, {names: {0: Meaning.MAC}}))
    assert phones(reading) == ["000413103123,,,Greta", "000413103124,,,Nils"]


@pytest.mark.parametrize("headings", [[("Name", "Kennnr.")], []])
def test_numbers_that_may_be_macs_are_asked_about(headings: list[tuple[str, ...]]) -> None:
    data = workbook(table([*headings, ("Greta", 413103123), ("Nils", 413103124)]))
    reading = read_sheet(data)
    assert (reading.good, reading.bad) == ([], [])
    assert "These may not be the phones' MACs: column B" in str(reading.question)
    assert list(reading.sample[0]) == ["Greta", "000413103123"]
    assert reading.layout is not None
    reading = finished(read_in_steps(data, {reading.layout.key: {1: Meaning.MAC}}))
    assert phones(reading) == ["000413103123,,,Greta", "000413103124,,,Nils"]


def test_other_numbers_are_not_asked_about() -> None:
    rows = [("Artikel", "Preis", "PLZ", "Telefon"), ("Kabel", 19.9, 40213, 491761234567)]
    assert "It contains no MAC of a phone" in refused(workbook(table(rows)))


def test_what_stands_in_merged_cells_is_said_of_each_row() -> None:
    rows = [("Raum", "MAC"), ("A", "000413000001"), ("", "000413000002"), ("", "000413000003")]
    reading = read_sheet(workbook(table(rows), merged=["A2:A3"]))
    assert phones(reading) == ["000413000001,,,A", "000413000002,,,A", "000413000003,,,"]


def test_columns_have_the_letters_of_the_workbook() -> None:
    rows = f"<row>{text('Name', 'C1')}{text('MAC', 'D1')}</row>"
    rows += f"<row>{text('Greta', 'C2')}{text('000413000001', 'D2')}</row>"
    reading = read_sheet(workbook(rows))
    assert phones(reading) == ["000413000001,,,Greta"]
    assert reading.described()[1:3] == ["MAC: column D", "label: column C"]


def test_numbers_without_a_heading_are_macs_below_macs() -> None:
    reading = read_sheet(workbook(table([["0004131A2B3C", "Greta"], [413103123, "Nils"]])))
    assert [line.mac for line in reading.good] == ["0004131A2B3C", "000413103123"]


def test_a_hidden_worksheet_comes_last() -> None:
    first, second = ([["MAC"], [f"00041300000{n}"]] for n in (1, 2))
    data = workbook(table(first), state="hidden", second=table(second))
    reading = read_sheet(data)
    assert [one.worksheet for one in reading.worksheets] == ["Sheet 2", "Sheet 1"]
    assert [line.mac for line in reading.good] == ["000413000002"]


def test_a_worksheet_without_a_table_is_read_as_a_text() -> None:
    rows = [["Bitte diese Telefone:"], ["das von Greta: 00:04:13:A2:10:5F, danke"]]
    assert phones(read_sheet(workbook(table(rows)))) == ["000413A2105F,,,"]


def test_a_workbook_without_a_mac_says_so() -> None:
    data = workbook(table([["Name", "Room"], ["Greta", "5"]]))
    assert refused(data) == "It contains no MAC of a phone."


def test_an_unclear_workbook_asks() -> None:
    reading = read("question.xlsx")
    assert reading.good == []
    assert "A (MAC), B (MAC 2nd)" in str(reading.question)
    assert list(reading.sample[0]) == ["0004133D2B01", "0015653D2B01", "Carla Stein"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_password_is_said(kind: str) -> None:
    assert "protected by a password" in refused((WORKBOOKS / f"password.{kind}").read_bytes())


def test_formulas_without_a_value_are_said() -> None:
    data = (WORKBOOKS / "formulas_without_values.xlsx").read_bytes()
    assert refused(data).startswith("1 cell has a formula without a value.")


def test_formulas_without_a_value_beside_phones_are_a_note() -> None:
    head = text("MAC") + text("Name")
    good = text("000413A2105F") + '<c><f>A1&amp;"x"</f></c>'
    empty = '<c t="str"><f>""</f><v></v></c>'  # worked out: it is an empty text
    reading = read_sheet(workbook(f"<row>{head}</row><row>{good}</row><row>{empty}</row>"))
    assert phones(reading) == ["000413A2105F,,,"]
    assert [(one.number, one.text, one.reason.code) for one in reading.notes] == [
        (1, "", "sheet_formula")
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_damage_is_said(kind: str) -> None:
    data = (WORKBOOKS / f"three_sheets.{kind}").read_bytes()
    for damaged in (data[: len(data) // 2], data[:8]):
        assert "damaged or too large" in refused(damaged)


@pytest.mark.parametrize("row", [3_700, 1_048_576])  # 1.9 and 550 GB for the library
def test_a_cell_far_away_ends_only_the_process_that_reads(row: int) -> None:
    far = f"<row>{text('MAC')}</row><row>{text('000413A2105F')}</row>"
    far += f'<row r="{row}">{text("x", f"XFD{row}")}</row>'
    assert "damaged or too large" in refused(workbook(far))


def test_a_bomb_is_not_unpacked() -> None:
    bomb = workbook("<row/>" * 40_000_000)  # 240 MB in 240 KB
    assert len(bomb) < 1_000_000
    assert "at most 100,000 lines" in refused(bomb)


def test_more_lines_than_a_list_may_have_are_refused() -> None:
    assert "at most 100,000 lines" in refused(workbook(table([["000413A2105F"]] * 100_001)))


def test_what_is_no_workbook_but_begins_as_one_is_said() -> None:
    assert "damaged or too large" in refused(b"PK\x03\x04rest")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (
            (WORKBOOKS / "password.xlsx").read_bytes(),
            "This workbook is protected by a password. Save it without one, or as CSV, and import "
            "that.",
        ),
        (
            b"PK\x03\x04rest",
            "This workbook is damaged or too large. Open it in a spreadsheet program, save its "
            "list of phones as CSV, and import that.",
        ),
    ],
)
def test_what_to_do_about_a_workbook_that_cannot_be_read(data: bytes, says: str) -> None:
    trouble = read_sheet(data).refused
    assert trouble is not None
    assert (trouble.code, str(trouble)) == ("sheet_workbook", says)


@pytest.mark.parametrize("frozen", [False, True])
def test_where_no_process_can_be_started_it_is_said(
    frozen: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands: list[list[str]] = []

    def refuse(command: list[str], *, creationflags: int, **_: object) -> None:
        assert creationflags == 8
        commands.append(command)
        raise OSError("No room")

    monkeypatch.setattr(subprocess, "Popen", refuse)
    monkeypatch.setattr(subprocess, "CREATE_NO_WINDOW", 8, raising=False)
    if frozen:
        monkeypatch.setattr(sys, "frozen", True, raising=False)
    trouble = read_sheet(b"PK\x03\x04rest").refused
    assert trouble is not None
    assert (trouble.code, str(trouble)) == (
        "sheet_workbook",
        "Workbooks cannot be read here (No room). Save this one as CSV in the spreadsheet "
        "program and import that.",
    )
    assert [one[1] for one in commands] == [READ_WORKBOOK if frozen else "-I"]


def test_many_rows_of_a_workbook_are_taken_with_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_WAIT", 60)  # so that there are no others
    data = workbook(table([["000413A2105F"]] * 601))
    assert sum(1 for _ in open_workbook(data)) == 4


@pytest.mark.parametrize(("rows", "pauses"), [(199, 1), (200, 2), (401, 5)])
def test_rows_of_a_worksheet_are_made_with_pauses(rows: int, pauses: int) -> None:
    worksheet = Worksheet("Phones", [(number, ["000413A2105F"]) for number in range(1, rows + 1)])
    assert sum(1 for _ in worksheet_rows(worksheet, {})) == pauses


def test_no_process_is_left_when_the_reading_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[bytes]] = []
    popen = subprocess.Popen

    def watched(*args: object, **options: object) -> subprocess.Popen[bytes]:
        # Instead of the reader, a program that does not end by itself.
        code = "import sys, time; sys.stdin.read(); time.sleep(600)"
        started.append(popen([sys.executable, "-c", code], **options))  # type: ignore[call-overload]
        return started[-1]

    monkeypatch.setattr(subprocess, "Popen", watched)
    steps = read_in_steps(workbook(table([["000413A2105F"]])))
    while not started:
        next(steps)
    steps.close()
    assert started[0].wait(10) != 0


def test_the_library_is_not_in_this_process() -> None:
    code = (
        "import json, sys; import pnp_gui.ui.sheet.controller\n"
        "names = ('python_calamine', 'subprocess', 'zipfile')\n"
        "print(json.dumps([name for name in names if name in sys.modules]))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert "python_calamine" not in json.loads(done.stdout)
