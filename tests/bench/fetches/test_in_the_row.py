"""What the row says of a phone's files."""

from __future__ import annotations

from dataclasses import fields

import pytest

from pnp_gui.bench.phones.files import IDLE, SAME_OFFER
from pnp_gui.bench.phones.phone import Phone
from pnp_gui.bench.phones.status import StatusKind
from pnp_gui.files.fetch import FetchEnd
from tests.bench.fetches.shelf import ELSEWHERE, URL, Shelf
from tests.bench.rig import mac

A, B = mac(1), mac(2)
S = StatusKind


def test_a_phone_that_fetches_what_it_accepted(shelf: Shelf) -> None:
    shelf.accepts(A)
    assert shelf.status(A) is S.ACCEPTED
    shelf.at.clock.forward(2)
    shelf.changed()
    shelf.fetches("000413A2105F.htm", 18_432)
    assert shelf.status(A) is S.FETCHED
    files = shelf.files(A)
    assert (files.at, files.name, files.size, files.total) == (
        *(shelf.at.clock.unix, "000413A2105F.htm", 18_432, 1),
    )
    assert shelf.changed() == {A}


def test_nobody_else_has_an_object_for_it(shelf: Shelf) -> None:
    shelf.accepts(A, B, url=ELSEWHERE)
    shelf.at.heard(B)
    shelf.wait(100)
    assert [phone.files for phone in shelf.bench.phones.values()] == [None, None]
    assert [one.default for one in fields(Phone) if one.name == "files"] == [None]


def test_a_file_within_a_second_is_not_shown_as_going_on(shelf: Shelf) -> None:
    shelf.accepts(A)
    fetch = shelf.begins("a.cfg")
    assert shelf.status(A) is S.ACCEPTED
    shelf.ends(fetch)
    assert shelf.status(A) is S.FETCHED


def test_long_ones_show_how_much_was_sent(shelf: Shelf) -> None:
    shelf.accepts(A)
    fetch, other = shelf.begins("firmware.bin", 60_000), shelf.begins("ring.wav", 40_000)
    shelf.wait(1)
    shelf.goes_on(fetch, 30_000)
    assert (shelf.status(A), shelf.files(A).percent) == (S.FETCHING, 30)
    shelf.goes_on(other, 10_000)
    assert shelf.files(A).percent == 40
    shelf.ends(other)
    assert (shelf.status(A), shelf.files(A).percent) == (S.FETCHING, 50)
    shelf.ends(fetch)
    assert (shelf.status(A), shelf.files(A).percent) == (S.FETCHED, None)
    assert (shelf.files(A).name, shelf.files(A).total) == ("firmware.bin", 2)


@pytest.mark.parametrize("end", [end for end in FetchEnd if end is not FetchEnd.DONE])
def test_a_file_that_was_broken_off_is_said_until_it_is_fetched(
    shelf: Shelf, end: FetchEnd
) -> None:
    shelf.accepts(A)
    shelf.fetches("a.cfg")
    shelf.ends(shelf.begins("firmware.bin", 60_000), end, 30_000)
    assert (shelf.status(A), shelf.files(A).broken_off) == (S.BROKEN_OFF, "firmware.bin")
    shelf.fetches("a.cfg")
    assert shelf.status(A) is S.BROKEN_OFF
    shelf.fetches("firmware.bin")
    assert shelf.status(A) is S.FETCHED


def test_a_file_that_we_could_not_read_was_not_fetched(shelf: Shelf) -> None:
    shelf.accepts(A)
    shelf.ends(shelf.begins("a.cfg", 0, status=500))
    assert shelf.status(A) is S.BROKEN_OFF


def test_missing_files_are_counted_until_they_are_there(shelf: Shelf) -> None:
    shelf.accepts(A)
    for name in ("a.cfg", "b.cfg", "a.cfg"):
        shelf.misses(name)
    shelf.fetches("c.cfg")
    assert (shelf.status(A), shelf.files(A).missing) == (S.FILE_MISSING, ("b.cfg", "a.cfg"))
    shelf.fetches("a.cfg")
    assert (shelf.status(A), shelf.files(A).missing) == (S.FILE_MISSING, ("b.cfg",))
    shelf.fetches("b.cfg")
    assert shelf.status(A) is S.FETCHED


def test_one_that_need_not_be_there_is_not_missing(shelf: Shelf) -> None:
    shelf.accepts(A)
    shelf.misses("snomD785.htm")
    assert (shelf.status(A), shelf.bench.phones[A].files) == (S.ACCEPTED, None)
    assert shelf.history() == []
    assert shelf.log()[-1] == (
        "The phone asked for snomD785.htm, which does not exist. For snom, this file is optional."
    )


def test_the_log_says_what_the_folder_has_instead(shelf: Shelf) -> None:
    shelf.folder.listed = ("cfgA.xml",)
    shelf.accepts(A)
    shelf.misses("cfga.xml")
    assert shelf.log()[-1] == (
        "The phone asks for cfga.xml; the folder has cfgA.xml. Upper and lower case differ: "
        "rename the file."
    )


def test_one_that_is_there_in_another_case_was_meant(shelf: Shelf) -> None:
    shelf.folder.listed = ("SnomD785.htm", f"common-{A}.txt")
    shelf.accepts(A)
    shelf.misses(f"common-{A}.xml")  # what snom makes of a URL that names common.xml
    assert shelf.status(A) is S.ACCEPTED
    shelf.misses("snomD785.htm")
    assert shelf.files(A).missing == ("snomD785.htm",)


def test_one_that_the_url_names_is_missed(shelf: Shelf) -> None:
    """Even if its name is one that need not be there."""
    shelf.accepts(A, url=f"http://192.0.2.5:8080/prov/common-{A}.xml?v=1")
    shelf.misses(f"common-{A}.xml")
    assert shelf.status(A) is S.ACCEPTED
    shelf.misses(f"prov/common-{A}.xml")
    assert shelf.files(A).missing == (f"prov/common-{A}.xml",)


@pytest.mark.parametrize(
    ("method", "status", "kind"),
    [
        ("GET", 206, S.FETCHED),
        ("GET", 304, S.FETCHED),
        ("RRQ", 200, S.FETCHED),
        ("HEAD", 200, S.ACCEPTED),
        ("HEAD", 404, S.FILE_MISSING),
        ("RRQ", 404, S.FILE_MISSING),
        ("RRQ", 403, S.FILE_MISSING),
        ("GET", 405, S.ACCEPTED),
        ("WRQ", 405, S.ACCEPTED),
        ("GET", 416, S.ACCEPTED),
    ],
)
def test_only_a_whole_answer_is_a_fetch(
    shelf: Shelf, method: str, status: int, kind: StatusKind
) -> None:
    shelf.accepts(A)
    shelf.ends(shelf.begins("a.cfg", method=method, status=status))
    assert shelf.status(A) is kind


@pytest.mark.parametrize("end", [FetchEnd.DONE, FetchEnd.SLOW])
def test_what_it_fetches_of_an_older_url_does_not_count(shelf: Shelf, end: FetchEnd) -> None:
    shelf.accepts(A)
    older = shelf.begins("old/firmware.bin", 60_000)
    shelf.wait(2)
    shelf.goes_on(older, 30_000)
    assert shelf.status(A) is S.FETCHING
    shelf.accepts(A, url=f"{URL}new/")
    shelf.goes_on(older, 40_000)
    assert (shelf.status(A), shelf.bench.phones[A].files) == (S.ACCEPTED, None)
    shelf.ends(older, end, 60_000)
    assert (shelf.status(A), shelf.bench.phones[A].files) == (S.ACCEPTED, None)
    assert len(shelf.history()) == 1, "it happened nevertheless"
    shelf.wait(60)
    assert shelf.status(A) is S.NOTHING_FETCHED
    shelf.fetches("new/a.cfg")
    assert (shelf.status(A), shelf.files(A).name) == (S.FETCHED, "new/a.cfg")


def test_what_it_fetches_of_the_url_that_it_is_sent_again_counts(shelf: Shelf) -> None:
    shelf.accepts(A)
    long = shelf.begins("firmware.bin", 60_000)
    shelf.wait(20)
    shelf.accepts(A)
    shelf.ends(long)
    assert (shelf.status(A), shelf.files(A).name) == (S.FETCHED, "firmware.bin")


# When it is "has fetched nothing".


def test_a_phone_that_never_comes(shelf: Shelf) -> None:
    shelf.accepts(A)
    shelf.wait(59)
    assert shelf.status(A) is S.ACCEPTED
    shelf.changed()
    shelf.wait(1)
    assert (shelf.status(A), shelf.changed()) == (S.NOTHING_FETCHED, {A})
    assert shelf.files(A) is IDLE
    shelf.fetches("a.cfg")
    assert (shelf.status(A), shelf.files(A).idle) == (S.FETCHED, False)


def test_each_has_its_own_time(shelf: Shelf) -> None:
    shelf.accepts(A)
    shelf.wait(10)
    shelf.accepts(B)
    shelf.wait(40)
    shelf.accepts(A)
    shelf.wait(20)
    assert (shelf.status(A), shelf.status(B)) == (S.ACCEPTED, S.NOTHING_FETCHED)
    shelf.wait(40)
    assert shelf.status(A) is S.NOTHING_FETCHED


def test_the_time_counts_from_the_last_answer(shelf: Shelf) -> None:
    shelf.accepts(A)
    shelf.wait(50)
    shelf.accepts(A)
    shelf.wait(50)
    assert shelf.status(A) is S.ACCEPTED
    shelf.wait(10)
    assert shelf.status(A) is S.NOTHING_FETCHED


def test_a_url_that_leads_elsewhere_says_nothing(shelf: Shelf) -> None:
    shelf.accepts(A, url=ELSEWHERE)
    shelf.wait(100)
    assert shelf.status(A) is S.ACCEPTED


def test_nobody_knows_while_nothing_is_served(shelf: Shelf) -> None:
    shelf.folder.serving = False
    shelf.wait(1)
    shelf.accepts(A)
    shelf.wait(100)
    assert shelf.status(A) is S.ACCEPTED
    shelf.folder.serving = True
    shelf.wait(60)
    assert shelf.status(A) is S.ACCEPTED
    shelf.wait(1)
    assert shelf.status(A) is S.NOTHING_FETCHED
    shelf.changed()
    shelf.folder.serving = False
    shelf.wait(1)
    assert (shelf.status(A), shelf.changed()) == (S.ACCEPTED, {A})


@pytest.mark.parametrize("what", ["deny", "forget", "reboot"])
def test_what_comes_in_between_is_not_lost(shelf: Shelf, what: str) -> None:
    shelf.accepts(A)
    shelf.fetches("a.cfg")
    getattr(shelf.bench, what)([A])
    shelf.wait(100)
    shelf.bench.undo() if what == "forget" else shelf.bench.approve([A])
    assert shelf.status(A) is S.FETCHED


def test_a_phone_that_asks_again_is_waited_for_anew(shelf: Shelf) -> None:
    shelf.accepts(A)
    shelf.wait(70)
    shelf.at.heard(A)
    assert shelf.status(A) is S.WAITING
    shelf.at.offered(A, URL)
    shelf.at.answered(A, 200, "OK", URL)
    assert shelf.status(A) is S.ACCEPTED


# What was fetched since.


def test_a_new_offer_begins_anew(shelf: Shelf) -> None:
    shelf.accepts(A)
    shelf.misses("a.cfg")
    shelf.fetches("b.cfg")
    shelf.wait(20)
    shelf.accepts(A)
    assert shelf.status(A) is S.ACCEPTED
    shelf.fetches("a.cfg")
    assert (shelf.status(A), shelf.files(A).total) == (S.FETCHED, 1)
    assert shelf.history() == ["missing", "fetched", "fetched"]


def test_a_fetch_before_its_answer_counts(shelf: Shelf) -> None:
    shelf.at.heard(A)
    shelf.bench.approve([A])
    shelf.at.offered(A, URL)
    shelf.fetches("a.cfg")
    assert shelf.status(A) is S.SENT
    shelf.at.answered(A, 200, "OK", URL)
    assert shelf.status(A) is S.FETCHED


def test_it_is_known_to_have_it_without_an_answer(shelf: Shelf) -> None:
    shelf.at.heard(A)
    shelf.bench.approve([A])
    shelf.at.offered(A, URL)
    shelf.fetches("a.cfg")
    shelf.at.no_answer(A, URL)
    assert shelf.status(A) is S.FETCHED


def test_the_same_url_for_its_next_profile_does_not_begin_anew(shelf: Shelf) -> None:
    shelf.accepts(A)
    shelf.fetches("a.cfg")
    shelf.at.clock.forward(SAME_OFFER - 0.1)
    shelf.accepts(A)
    assert shelf.status(A) is S.FETCHED
    shelf.accepts(A, url=f"{URL}other/")
    assert shelf.status(A) is S.ACCEPTED


def test_what_broke_off_before_the_phone_booted_again_is_noticed_late_and_does_not_count(
    shelf: Shelf,
) -> None:
    shelf.accepts(A)
    left = shelf.begins("firmware.bin", 60_000)
    shelf.wait(int(SAME_OFFER) + 1)
    shelf.accepts(A)
    shelf.fetches("firmware.bin")
    shelf.ends(left, FetchEnd.SLOW, 20_000)
    assert shelf.status(A) is S.FETCHED
    assert shelf.history()[-1] == "broken off"


def test_a_fetch_without_asking_is_the_newest(shelf: Shelf) -> None:
    shelf.accepts(A)
    shelf.fetches("a.cfg")
    shelf.wait(3_600)
    shelf.fetches("a.cfg")
    assert (shelf.files(A).at, shelf.files(A).total) == (shelf.at.clock.unix, 1)


def test_an_older_url_is_said_before_what_was_fetched_by_it(shelf: Shelf) -> None:
    shelf.bench.set_default_url(URL)
    shelf.accepts(A)
    shelf.fetches("a.cfg")
    shelf.bench.set_default_url(f"{URL}new/")
    assert shelf.status(A) is S.OLDER_URL


def test_it_survives_a_restart(shelf: Shelf) -> None:
    shelf.accepts(A, B)
    shelf.accepts(mac(3), address="10.13.2.39")
    shelf.misses("a.cfg", "10.13.2.39")
    shelf.accepts(B, address="10.13.2.38")
    shelf.wait(60)
    shelf.at.heard(A)
    shelf.accepts(A)
    shelf.misses("a.cfg")
    shelf.misses("Büro\t1.cfg")
    shelf.ends(shelf.begins("firmware.bin"), FetchEnd.BROKEN)
    shelf.fetches("b.cfg")
    files = shelf.files(A)
    again = Shelf(shelf.at.next_run())
    assert again.files(A) == files._replace(now=0.0)
    assert again.files(A).missing == ("a.cfg", "Büro 1.cfg")
    assert again.status(A) is S.BROKEN_OFF
    assert again.bench.phones[B].files is None
    assert again.status(mac(3)) is S.FILE_MISSING
    again.wait(100)
    assert again.status(B) is S.ACCEPTED, "what it did meanwhile, nobody knows"


def test_what_is_fetched_without_asking_survives_a_restart_too(shelf: Shelf) -> None:
    shelf.accepts(A)
    shelf.bench.save()
    shelf.fetches("a.cfg")
    assert Shelf(shelf.at.next_run()).files(A).name == "a.cfg"
