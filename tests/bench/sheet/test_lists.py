"""Lists that other systems wrote are read right, in every shape that was seen.

`lists/` has one small file of each shape (the data is invented), `right_answers.txt` what is to be
read of each: the phones as lines of a sheet, in order; the lines that cannot be used ("bad"), those
that are only remarked on ("note"), each with its number and code; "question", where it is not clear
what the list means, and "refused". Comments say what is ambiguous, and what was chosen.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from pnp_gui.bench.sheet.reading import Reading, read_sheet
from pnp_gui.bench.sheet.sheet import lines_text

HERE = Path(__file__).parent
LISTS = HERE / "lists"


def right_answers() -> dict[str, list[str]]:
    """Name of the file → what is read of it."""
    answers = {}
    for block in (HERE / "right_answers.txt").read_text(encoding="utf-8").split("\n\n"):
        lines = [line for line in block.splitlines() if not line.startswith("#")]
        if lines:
            answers[lines[0]] = [line.strip() for line in lines[1:]]
    return answers


RIGHT = right_answers()
DECIDING = {"decisions.csv", "decision_mix.csv", "nohead_full.csv"}
"""The lists that say decisions."""


def read(name: str) -> Reading:
    return read_sheet((LISTS / name).read_bytes())


def as_text(reading: Reading) -> list[str]:
    """As in the right answers."""
    return [
        *lines_text(reading.good).splitlines(),
        *(f"bad {one.number} {one.reason.code}" for one in reading.bad),
        *(f"note {one.number} {one.reason.code}" for one in reading.notes),
        *(["question"] if reading.question else []),
        *(["refused"] if reading.refused else []),
    ]


def test_every_list_has_its_right_answer() -> None:
    assert set(RIGHT) == {path.name for path in LISTS.iterdir()}


@pytest.mark.parametrize("name", RIGHT)
def test_the_list_is_read_right(name: str) -> None:
    assert as_text(read(name)) == RIGHT[name]


@pytest.mark.parametrize("name", sorted(RIGHT.keys() - DECIDING))
def test_nobody_is_decided(name: str) -> None:
    assert {line.decision for line in read(name).good} <= {None}


@pytest.mark.parametrize("name", RIGHT)
def test_what_is_not_clear_gives_no_phone_and_says_why(name: str) -> None:
    reading = read(name)
    why = reading.question or reading.refused
    if why is not None:
        assert reading.good == []
        assert len(str(why)) > 20
    else:
        assert reading.good
