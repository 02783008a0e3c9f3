"""An approved phone whose URL cannot be filled in is told apart from one that waits to ask."""

from __future__ import annotations

import pytest

from pnp_gui.bench.export.report import Result, report_rows
from pnp_gui.bench.phones.status import StatusKind, status_of
from pnp_gui.bench.sheet.sheet import SheetLine
from pnp_gui.bench.urls.rules import checked_rule
from pnp_gui.pnp.events import SubscribeReceived
from pnp_gui.pnp.send_result import SendResult
from pnp_gui.pnp.url import HOST, OURS
from pnp_gui.system.steps import finished
from tests.bench.rig import Set, ask, mac

A = mac(1)
NAMELESS = "ip:10.13.2.37"
WITH_MAC, FIXED = "http://h/${mac}.xml", "http://h/all.xml"


def status(at: Set, key: str) -> StatusKind:
    return status_of(at.bench.phones[key], at.clock.monotonic)


@pytest.fixture
def waiting(at: Set) -> Set:
    """A phone without a MAC, approved in vain, beside one that is in order."""
    at.bench.set_default_url(WITH_MAC)
    at.heard(A, NAMELESS)
    at.bench.approve([A, NAMELESS])
    return at


@pytest.mark.parametrize("name", OURS)
def test_what_it_lacks_is_what_cannot_be_filled_in(at: Set, name: str) -> None:
    at.bench.set_default_url(f"http://h/${{{name}}}")
    at.heard(A)
    at.absorb(SubscribeReceived(ask(NAMELESS, make="", model=""), at.clock.monotonic, False))
    at.bench.approve([A, NAMELESS])
    for key in (A, NAMELESS):
        known = at.bench.preview(key) or name == HOST
        assert at.bench.phones[key].lacks == ("" if known else name)


def test_it_has_a_status_of_its_own_and_is_counted(waiting: Set) -> None:
    assert status(waiting, NAMELESS) is StatusKind.NO_URL
    assert status(waiting, A) is StatusKind.WAITING
    assert waiting.bench.counts().kinds[StatusKind.NO_URL] == 1
    assert waiting.bench.counts().approved == 2


def test_the_log_says_it_once_for_each_and_in_one_line_for_many(at: Set) -> None:
    at.bench.set_default_url(FIXED)
    keys = [f"ip:10.13.2.{n}" for n in range(1, 6)]
    at.heard(*keys)
    at.bench.approve(keys)
    at.bench.set_default_url(WITH_MAC)
    assert sum("5 approved phones get no URL" in line.text for line in at.bench.log) == 1
    lines = len(at.bench.log)
    for key in keys:
        assert at.bench.url_for(ask(key)) is None
    assert len(at.bench.log) == lines, "it is known already"


@pytest.mark.parametrize("way", ["own", "default", "rule"])
def test_a_corrected_url_frees_it_at_once_and_it_is_served(waiting: Set, way: str) -> None:
    waiting.bench.take_changes()
    waiting.wire.told.clear()
    if way == "own":
        waiting.bench.set_own_url([NAMELESS], FIXED)
    elif way == "default":
        waiting.bench.set_default_url(FIXED)
    else:
        waiting.bench.set_url_rules([checked_rule("snom", "", FIXED)])
    assert status(waiting, NAMELESS) is StatusKind.WAITING
    assert NAMELESS in waiting.bench.take_changes().changed
    assert waiting.wire.told == [("offer", NAMELESS)], "it asked in vain, the other one did not"
    assert waiting.bench.counts().kinds[StatusKind.NO_URL] == 0


def test_one_that_has_its_url_is_not_sent_another_by_that(waiting: Set) -> None:
    waiting.bench.set_own_url([NAMELESS], FIXED)
    waiting.offered(NAMELESS)
    waiting.answered(NAMELESS, 200)
    waiting.bench.set_own_url([NAMELESS], "")
    assert status(waiting, NAMELESS) is StatusKind.OLDER_URL
    waiting.wire.told.clear()
    waiting.bench.set_own_url([NAMELESS], FIXED)
    assert waiting.wire.told == []
    waiting.bench.set_own_url([NAMELESS], "")
    waiting.heard(NAMELESS)
    assert status(waiting, NAMELESS) is StatusKind.NO_URL, "it asks anew"


def test_send_again_and_reboot_say_why_nothing_went_out(waiting: Set) -> None:
    both = {SendResult.OK_AND_NOTIFY: 1, SendResult.NO_URL: 1}
    assert waiting.bench.send_again([A, NAMELESS]) == both
    assert waiting.bench.reboot([A, NAMELESS]) == {SendResult.NOTIFY_ALONE: 1, SendResult.NO_URL: 1}


def test_what_a_phone_says_when_it_asks_is_waited_for_but_not_its_mac(at: Set) -> None:
    at.bench.set_default_url("http://${ip}/${model}")
    at.bench.apply_sheet([SheetLine(1, A, None, None, None)])
    at.bench.approve([A])
    assert status(at, A) is StatusKind.WAITING
    at.bench.set_default_url("http://${ip}/${mac}")
    at.bench.apply_sheet([SheetLine(1, NAMELESS, None, None, None)])
    at.bench.approve([NAMELESS])
    assert status(at, NAMELESS) is StatusKind.NO_URL
    assert status(at, A) is StatusKind.WAITING


def test_what_it_names_in_the_request_counts(at: Set) -> None:
    at.bench.set_default_url("http://h/${model}")
    at.heard(A)
    at.bench.approve([A])
    assert at.bench.url_for(ask(A, model="")) is None
    assert at.bench.phones[A].lacks == "model"
    assert at.bench.url_for(ask(A)) == "http://h/snomD785"
    assert at.bench.phones[A].lacks == ""


def test_denied_or_undecided_it_is_as_any_other(waiting: Set) -> None:
    waiting.bench.deny([NAMELESS])
    assert status(waiting, NAMELESS) is StatusKind.DENIED
    waiting.bench.undecide([NAMELESS])
    assert status(waiting, NAMELESS) is StatusKind.ASKING
    waiting.wire.told.clear()
    waiting.bench.set_default_url(FIXED)
    assert waiting.wire.told == [], "nobody approved it"


def test_undo_frees_it_without_sending(waiting: Set) -> None:
    waiting.bench.set_own_url([NAMELESS], FIXED)
    waiting.bench.set_own_url([NAMELESS], WITH_MAC)
    assert status(waiting, NAMELESS) is StatusKind.NO_URL
    waiting.wire.told.clear()
    waiting.bench.undo()
    assert status(waiting, NAMELESS) is StatusKind.WAITING
    assert waiting.wire.told == []


def test_it_is_known_after_a_restart_and_in_the_report(waiting: Set) -> None:
    again = waiting.next_run()
    assert status(again, NAMELESS) is StatusKind.NO_URL
    results = {row.key: row.result for row in finished(report_rows([], again.bench.phones, 0.0))}
    assert results == {A: Result.NOTHING, NAMELESS: Result.NO_URL}
    again.bench.close()
