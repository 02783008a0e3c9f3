"""A list that nobody looks at first: it is read, or refused in one sentence that names the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from pnp_gui.bench.sheet.checked import checked_sheet
from pnp_gui.bench.sheet.layout import Meaning
from pnp_gui.bench.sheet.sheet import MAX_BYTES
from pnp_gui.trouble import Trouble

A, B = "000413A00001", "000413A00002"
HEADINGS = ("Name", "MAC Ethernet", "MAC LAN")
TWO = f"{','.join(HEADINGS)}\nGreta,{A},{B}\n"


def written(folder: Path, text: str) -> Path:
    path = folder / "phones.csv"
    path.write_text(text)
    return path


def refused(path: Path) -> str:
    with pytest.raises(Trouble) as caught:
        checked_sheet(path)
    assert caught.value.code == "sheet"
    return str(caught.value)


def test_a_list_is_read(tmp_path: Path) -> None:
    reading = checked_sheet(written(tmp_path, f"{A},approved\nno phone\n"))
    assert [line.mac for line in reading.good] == [A]


def test_what_was_chosen_before_is_known(tmp_path: Path) -> None:
    reading = checked_sheet(written(tmp_path, TWO), {HEADINGS: {2: Meaning.MAC}})
    assert [line.mac for line in reading.good] == [B]


def test_a_question_that_nobody_can_answer(tmp_path: Path) -> None:
    path = written(tmp_path, TWO)
    said = refused(path)
    assert said.startswith(f"The columns of {path} are ambiguous, so nothing was applied. ")
    assert "B (MAC Ethernet), C (MAC LAN)" in said
    assert said.endswith("choose the column there, or delete the columns that you do not need.")


def test_no_text(tmp_path: Path) -> None:
    path = written(tmp_path, "\x01\x02\x03\x04")
    assert refused(path).startswith(f"{path}: This is not a text file.")


def test_no_phone(tmp_path: Path) -> None:
    path = written(tmp_path, "mac,label\n\n,Greta\n")
    why = "Not a phone: the line has no MAC."
    assert refused(path) == f"There is no phone in {path}. Line 3: {why}"
    assert refused(written(tmp_path, "mac,label\n")) == f"There is no phone in {path}."


def test_lines_that_are_wrong_are_the_readers_own_matter(tmp_path: Path) -> None:
    reading = checked_sheet(written(tmp_path, f"mac,decision\n{A},maybe\n"))
    assert (reading.good, len(reading.bad)) == ([], 1)


def test_too_large_and_not_there(tmp_path: Path) -> None:
    path = tmp_path / "phones.csv"
    assert str(path) in refused(path)
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    assert "16 MiB" in refused(path)
