"""What the technician said about columns is kept for lists with the same headings."""

from __future__ import annotations

import pytest

from pnp_gui.bench.sheet.choices import (
    MAX_COLUMNS,
    MAX_LISTS,
    KeptChoices,
    read_choices,
    with_choice,
    write_choices,
)
from pnp_gui.bench.sheet.layout import Choices, Layout, Meaning
from pnp_gui.bench.sheet.reading import read_pasted, read_sheet
from pnp_gui.system.steps import finished

HEADINGS = ("Name", "MAC 1", "MAC 2", "Room")
OTHER = ("MAC", "Text")


def layout() -> Layout:
    found = read_sheet(f"{','.join(HEADINGS)}\nGreta,000413A00001,000413A00002,5\n".encode()).layout
    assert found is not None
    return found


def test_what_is_written_is_read_back() -> None:
    choices = {HEADINGS: {2: Meaning.MAC, 3: Meaning.LABEL}, OTHER: {199: Meaning.NOTHING}}
    kept = write_choices(choices)
    assert kept[1] == [["MAC", "Text"], {"199": Meaning.NOTHING.value}]
    assert read_choices(kept) == choices
    assert list(read_choices(kept)) == [HEADINGS, OTHER]


def test_what_was_said_counts_for_a_pasted_list_too() -> None:
    text = "Name\tMAC 1\tMAC 2\tRoom\nGreta\t000413A00001\t000413A00002\t5\n"
    choices: Choices = {HEADINGS: {2: Meaning.MAC, 1: Meaning.NOTHING}}
    (line,) = finished(read_pasted(text, choices)).good
    assert line.mac == "000413A00002"


def test_so_many_lists_are_kept_and_the_oldest_go() -> None:
    choices: Choices = {(f"MAC {number}",): {0: Meaning.MAC} for number in range(MAX_LISTS + 1)}
    written = write_choices(choices)
    assert len(written) == MAX_LISTS
    assert list(read_choices(written)) == list(choices)[:MAX_LISTS]
    kept: KeptChoices = [[list(headings), {"0": "mac"}] for headings in choices]
    assert list(read_choices(kept)) == list(choices)[:MAX_LISTS]


def test_a_list_without_headings_and_one_with_too_many_is_not_kept() -> None:
    widest = tuple(f"Column {number}" for number in range(MAX_COLUMNS))
    chosen = {0: Meaning.MAC}
    choices = {(): chosen, ("", ""): chosen, (*widest, "one more"): chosen, widest: chosen}
    assert list(read_choices(write_choices(choices))) == [widest]


@pytest.mark.parametrize(
    "one",
    [
        "text",
        [],
        [["MAC"]],
        [["MAC"], [0]],
        ["MAC", {"0": "mac"}],
        [["MAC", 1], {"0": "mac"}],
    ],
)
def test_what_is_no_choice_is_left_out(one: object) -> None:
    right: object = [["Name"], {"1": "mac", "200": "mac", "-1": "mac", "x": "mac", "2": "nothing!"}]
    assert read_choices([one, right]) == {("Name",): {1: Meaning.MAC}}


def test_a_choice_is_the_newest_and_keeps_the_others() -> None:
    before: Choices = {OTHER: {0: Meaning.MAC}, HEADINGS: {2: Meaning.MAC}}
    after = with_choice(before, layout(), 3, Meaning.LABEL)
    assert after == {HEADINGS: {2: Meaning.MAC, 3: Meaning.LABEL}, OTHER: {0: Meaning.MAC}}
    assert list(after) == [HEADINGS, OTHER]
    assert with_choice({}, layout(), 1, Meaning.MAC) == {HEADINGS: {1: Meaning.MAC}}


@pytest.mark.parametrize("meaning", [Meaning.DECISION, Meaning.URL])
def test_one_column_alone_has_the_decision_and_the_url(meaning: Meaning) -> None:
    before: Choices = {HEADINGS: {0: meaning, 1: Meaning.MAC}}
    assert with_choice(before, layout(), 3, meaning) == {HEADINGS: {1: Meaning.MAC, 3: meaning}}


def test_several_columns_may_be_labels() -> None:
    before: Choices = {HEADINGS: {0: Meaning.LABEL}}
    after = with_choice(before, layout(), 3, Meaning.LABEL)
    assert after == {HEADINGS: {0: Meaning.LABEL, 3: Meaning.LABEL}}


def test_without_a_choice_the_list_is_understood_by_itself_again() -> None:
    before: Choices = {OTHER: {0: Meaning.MAC}, HEADINGS: {2: Meaning.MAC}}
    assert with_choice(before, layout(), 2, None) == {OTHER: {0: Meaning.MAC}}
