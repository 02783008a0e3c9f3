"""Which phone a request belongs to, and whatever a request may say."""

from __future__ import annotations

import pytest

from pnp_gui.bench.phones.files import MAX_MISSING, MAX_NAME
from pnp_gui.bench.phones.status import StatusKind
from pnp_gui.files.fetch import FetchEnd
from tests.bench.fetches.shelf import HOME, Shelf
from tests.bench.rig import mac

A, B = mac(1), mac(2)
S = StatusKind


def test_a_request_belongs_to_the_phone_that_asked_last_from_there(shelf: Shelf) -> None:
    shelf.accepts(A)
    shelf.accepts(B)
    shelf.fetches("a.cfg")
    assert (shelf.status(A), shelf.status(B)) == (S.ACCEPTED, S.FETCHED)


def test_a_download_stays_its_phones_whoever_asks_from_there_meanwhile(shelf: Shelf) -> None:
    shelf.accepts(A)
    fetch = shelf.begins("a.cfg")
    shelf.at.heard(B)
    assert shelf.folder.stopped == [HOME]
    shelf.ends(fetch, FetchEnd.STOPPED, 0)
    assert shelf.status(A) is S.BROKEN_OFF
    assert shelf.bench.phones[B].files is None


def test_what_a_forgotten_phone_still_does_is_nobodys(shelf: Shelf) -> None:
    shelf.accepts(A)
    fetch = shelf.begins("a.cfg")
    shelf.bench.forget([A])
    shelf.ends(fetch, FetchEnd.STOPPED, 0)
    assert (shelf.bench.phones, shelf.history()) == ({}, ["forgotten"])


@pytest.mark.parametrize(
    ("target", "agent"),
    [
        (f"/cfg{B.lower()}.xml", "x"),
        (f"/settings.php?mac={B}", "x"),
        ("/a.cfg", "Yealink SIP-T46U 108.86 00:04:13:00:00:02"),
        ("/ata00085d112233.cfg", "x"),
    ],
)
def test_another_phones_mac_is_said(shelf: Shelf, target: str, agent: str) -> None:
    shelf.accepts(B, address="10.13.2.99")
    shelf.accepts(A)
    other = "00085D112233" if "ata" in target else B
    name = target.partition("?")[0][1:]
    for _ in range(2):
        shelf.ends(shelf.begins(name, target=target, agent=agent))
    assert shelf.files(A).other_mac == other
    assert shelf.history() == ["another phone's file", "fetched", "fetched"]
    shown = ":".join(other[i : i + 2] for i in range(0, 12, 2))
    assert f"The phone asked for {name} with another phone's MAC: {shown}." in shelf.log()


@pytest.mark.parametrize("name", [f"{A}.htm", "000000000000.cfg", "202611290101.bin", "x.cfg"])
def test_no_other_number_is_one(shelf: Shelf, name: str) -> None:
    shelf.accepts(A)
    shelf.fetches(name)
    assert (shelf.files(A).other_mac, shelf.history()) == ("", ["fetched"])


def test_long_and_many_names_are_cut(shelf: Shelf) -> None:
    shelf.accepts(A)
    for number in range(100):
        shelf.misses(f"{'x' * 500}{number}.cfg")
    missing = shelf.files(A).missing
    assert (len(missing), {len(name) for name in missing}) == (MAX_MISSING, {MAX_NAME})
    assert missing[-1].endswith("xxx99.cfg")


def test_a_name_that_cannot_be_one_is_said_as_it_was_asked_for(shelf: Shelf) -> None:
    shelf.accepts(A)
    shelf.ends(shelf.begins("", status=404, target="/../../etc/passwd?password=hush"))
    assert shelf.files(A).missing == ("/../../etc/passwd",)
    shelf.ends(shelf.begins("", status=404, target="?password=hush"))
    assert shelf.files(A).missing[-1] == "/"


def test_a_name_keeps_its_blanks_so_that_it_is_known_when_it_comes(shelf: Shelf) -> None:
    shelf.accepts(A)
    shelf.misses("two  blanks.cfg")
    assert shelf.files(A).missing == ("two  blanks.cfg",)
    shelf.fetches("two  blanks.cfg")
    assert shelf.files(A).missing == ()
