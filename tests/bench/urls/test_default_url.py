"""The default URL and a phone's own: which one applies, and what is not valid."""

from __future__ import annotations

import pytest

from pnp_gui.bench.store.settings import APPROVE_ALL_MINUTES, DEFAULT_URL, MAX_URL_HISTORY
from pnp_gui.pnp.url import FACTORY_URL
from pnp_gui.trouble import Trouble
from tests.bench.rig import Set, ask, mac

A, B = mac(1), mac(2)


def test_own_url_before_default(at: Set) -> None:
    at.heard(A, B)
    at.bench.approve([A, B])
    at.bench.set_own_url([A], "  http://h/${mac}/${ip}?m=${model}&s={mac}\n")
    at.bench.set_default_url("http://d/${MAC:-}")
    own = "http://h/000413000001/10.13.2.37?m=snomD785&s={mac}"
    assert at.bench.url_for(ask(A)) == at.bench.preview(A) == own
    assert at.bench.url_for(ask(B)) == at.bench.preview(B) == "http://d/00-04-13-00-00-02"
    at.bench.set_own_url([A], "")
    assert at.bench.url_for(ask(A)) == "http://d/00-04-13-00-00-01"


def test_a_bad_url_changes_nothing(at: Set) -> None:
    at.heard(A)
    at.bench.set_own_url([A], "http://h/a")
    with pytest.raises(Trouble):
        at.bench.set_own_url([A], "http://h/a b")
    with pytest.raises(Trouble):
        at.bench.set_default_url("")
    assert at.bench.phones[A].own_url == "http://h/a"
    assert at.bench.urls.default == FACTORY_URL
    assert at.bench.urls.history == []


def test_a_phone_for_which_the_url_cannot_be_filled_in_gets_silence_and_a_line(at: Set) -> None:
    at.bench.set_default_url("http://h/${mac}")
    key = "ip:10.13.2.37"
    at.heard(key)
    at.bench.approve([key])
    for _ in range(5):
        assert at.bench.url_for(ask(key)) is None
    assert [line.source for line in at.bench.log if "${mac}" in line.text] == [key]
    assert at.bench.preview(key) == ""
    assert "${mac}" in str(at.bench.why_no_url(key))
    at.bench.set_own_url([key], "http://h/fixed")
    assert at.bench.url_for(ask(key)) == "http://h/fixed"
    assert at.bench.why_no_url(key) is None


def test_default_url_and_its_history_are_kept(at: Set) -> None:
    for number in range(MAX_URL_HISTORY + 5):
        at.bench.set_default_url(f"http://h/{number}")
    at.bench.set_default_url("http://h/20")
    assert at.bench.urls.history[:3] == ["http://h/20", "http://h/24", "http://h/23"]
    again = at.next_run()
    assert again.bench.urls.default == "http://h/20"
    assert again.bench.urls.history == at.bench.urls.history
    assert len(set(again.bench.urls.history)) == MAX_URL_HISTORY
    again.bench.store.close()


def test_a_default_url_that_cannot_be_used_is_said_and_the_first_one_stands_in(at: Set) -> None:
    at.bench.set_setting(DEFAULT_URL, "gopher://h/\x1b[2J")
    at.bench.set_setting(APPROVE_ALL_MINUTES, 15)
    again = at.next_run()
    assert again.bench.urls.default == FACTORY_URL
    assert list(again.bench.troubles) == ["default_url"]
    said = str(again.bench.troubles["default_url"])
    assert "“gopher://h/\\x1b[2J” cannot be used" in said
    assert "has the character '\\x1b' at position 12" in said
    assert again.bench.setting(APPROVE_ALL_MINUTES) == 15
    again.bench.set_default_url("http://h/")
    assert again.bench.troubles == {}
    again.bench.store.close()
