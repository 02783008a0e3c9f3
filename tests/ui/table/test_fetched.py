"""What the table says of a phone's files: words, tip, find and counts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication

from pnp_gui.bench.phones.status import StatusKind
from pnp_gui.files.fetch import FetchEnd
from pnp_gui.ui.find.count_buttons import CountButtons
from pnp_gui.ui.table.cell_texts import status_tip
from pnp_gui.ui.table.filter import Filter, search_text
from pnp_gui.ui.words.status import status_words
from pnp_gui.ui.words.times import clock_time, date_and_time
from tests.bench.fetches.shelf import Shelf
from tests.bench.rig import Set, mac

A = mac(1)
S = StatusKind


@pytest.fixture
def shelf(at: Set, qapp: QApplication) -> Shelf:
    made = Shelf(at)
    made.accepts(A)
    return made


def fetched(shelf: Shelf) -> None:
    shelf.fetches("a.cfg")


def fetching(shelf: Shelf) -> None:
    going = shelf.begins("firmware.bin", 50_000)
    shelf.wait(1)
    shelf.goes_on(going, 20_000)


def missing(shelf: Shelf) -> None:
    shelf.fetches("a.cfg")
    shelf.misses("b.cfg")


def two_missing(shelf: Shelf) -> None:
    missing(shelf)
    shelf.misses("c.cfg")


def missing_alone(shelf: Shelf) -> None:
    shelf.misses("b.cfg")


def broken_off(shelf: Shelf) -> None:
    shelf.ends(shelf.begins("firmware.bin"), FetchEnd.BROKEN)


def idle(shelf: Shelf) -> None:
    shelf.wait(60)


CASES = [
    (fetched, S.FETCHED, "Fetched {time}", "Fetched {time}"),
    (fetching, S.FETCHING, "Fetching… 40%", "Fetching 40%"),
    (missing, S.FILE_MISSING, "Fetched, 1 file missing", "1 file missing"),
    (two_missing, S.FILE_MISSING, "Fetched, 2 files missing", "2 files missing"),
    (missing_alone, S.FILE_MISSING, "Nothing fetched, 1 file missing", "1 file missing"),
    (broken_off, S.BROKEN_OFF, "Fetch interrupted", "Fetch interrupted"),
    (idle, S.NOTHING_FETCHED, "Accepted, has fetched nothing", "Nothing fetched"),
]
case = pytest.mark.parametrize(
    ("happens", "kind", "words", "short"), CASES, ids=[each[0].__name__ for each in CASES]
)
Happens = Callable[[Shelf], None]


@case
def test_the_words(shelf: Shelf, happens: Happens, kind: S, words: str, short: str) -> None:
    happens(shelf)
    phone, now = shelf.bench.phones[A], shelf.at.clock.monotonic
    assert shelf.status(A) is kind
    at = shelf.at.clock.unix
    assert status_words(phone, now) == words.format(time=clock_time(at))
    assert status_words(phone, now, short=True) == short.format(time=clock_time(at, short=True))


@case
def test_it_is_found_by_each_of_them(
    shelf: Shelf, happens: Happens, kind: S, words: str, short: str
) -> None:
    happens(shelf)
    phone, now = shelf.bench.phones[A], shelf.at.clock.monotonic
    phrases = [] if "{" in words else [words, f'"{words}"']
    words = words.format(time=clock_time(shelf.at.clock.unix)[-len("08:00") :])

    def finds(question: str) -> bool:
        return Filter(question).matches(phone, search_text(phone), now, shelf.bench)

    for question in (*phrases, *words.split()):
        assert finds(question), question
    assert not finds("asking")
    assert not finds("9 files")
    others = (each for each in CASES if each[1] is not kind and each[2].startswith("Fetch"))
    assert not any(finds(f'"{other}"') for _, _, other, _ in others)


@case
def test_it_is_counted_and_the_count_shows_it(
    shelf: Shelf, happens: Happens, kind: S, words: str, short: str
) -> None:
    happens(shelf)
    buttons = CountButtons()
    buttons.show_counts(shelf.bench.counts())
    assert buttons.number(kind) == 1
    assert buttons.of[kind].isVisible()
    phone, now = shelf.bench.phones[A], shelf.at.clock.monotonic
    assert Filter(only=kind).matches(phone, "", now, shelf.bench)
    assert not Filter(only=S.ACCEPTED).matches(phone, "", now, shelf.bench)


def tip(shelf: Shelf) -> list[str]:
    lines = status_tip(shelf.bench.phones[A], shelf.at.clock.monotonic, shelf.bench).split("\n")
    return lines[1:]


def test_the_tip_names_the_last_file_its_size_and_when_it_accepted(shelf: Shelf) -> None:
    accepted = date_and_time(shelf.at.clock.unix)
    shelf.fetches("a.cfg")
    shelf.wait(10)
    shelf.fetches("b.cfg", 18_432)
    assert tip(shelf) == [
        f"Last fetched: b.cfg, 18 kB, {date_and_time(shelf.at.clock.unix)}",
        "Files fetched: 2",
        f"Accepted: {accepted}",
    ]


def test_one_that_lacks_a_file_may_have_others_and_may_not_need_it(shelf: Shelf) -> None:
    missing(shelf)
    buttons = CountButtons()
    buttons.show_counts(shelf.bench.counts())
    assert buttons.of[S.FILE_MISSING].text() == "1 missing a file"
    said = status_tip(shelf.bench.phones[A], shelf.at.clock.monotonic, shelf.bench)
    assert said.startswith(
        "The phone requested files that were not in the folder or could not be read."
    )


def test_the_tip_says_what_the_folder_has_instead(shelf: Shelf) -> None:
    shelf.folder.listed = ("cfgA.xml", "x.cfg")
    for name in ("1.cfg", "2.cfg", "cfga.xml", "x.cfg", "firmware-of-the-phone.bin"):
        shelf.misses(name)
    assert tip(shelf)[:4] == [
        "The phone asks for firmware-of-the-phone.bin; the folder has no such file.",
        "Missing or unreadable when the phone asked: x.cfg",
        "The phone asks for cfga.xml; the folder has cfgA.xml. Upper and lower case differ: "
        "rename the file.",
        "… and 2 more",
    ]


def test_the_tip_says_whose_mac_it_asked_with(shelf: Shelf) -> None:
    shelf.accepts(mac(2), address="10.13.2.99")
    broken_off(shelf)
    shelf.fetches(f"cfg{mac(2)}.xml")
    lines = tip(shelf)
    assert lines[:2] == [
        "The phone asked with another phone's MAC: 00:04:13:00:00:02.",
        "Incomplete: firmware.bin",
    ]


def test_one_that_fetched_nothing_says_what_else_it_may_obey(shelf: Shelf) -> None:
    shelf.at.heard(A, make="Yealink")
    shelf.accepts(A)
    assert len(tip(shelf)) == 2
    before = tip(shelf)[0]
    idle(shelf)
    assert before in tip(shelf)


def test_one_that_asked_only_for_what_is_not_needed_is_not_said_to_have_stayed_away(
    shelf: Shelf,
) -> None:
    shelf.misses("snomD785.htm")
    idle(shelf)
    assert shelf.status(A) is S.NOTHING_FETCHED
    said = status_tip(shelf.bench.phones[A], shelf.at.clock.monotonic, shelf.bench)
    assert "but fetched nothing within a minute. If it requested nothing either (F4)" in said


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("<b>x</b>.cfg", "<b>x</b>.cfg"),
        ("{left} %n %s.cfg", "{left} %n %s.cfg"),
        ("x\n\u202ey.cfg", "x y.cfg"),
    ],
)
def test_a_name_is_text_on_one_line(shelf: Shelf, name: str, said: str) -> None:
    shelf.fetches(name)
    shelf.misses(name + name)
    assert f"Last fetched: {said}, 18 kB" in tip(shelf)[1]
