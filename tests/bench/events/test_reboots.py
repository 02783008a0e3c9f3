"""What phones answer to the wish to reboot: in the row, the log, the history."""

from __future__ import annotations

import pytest

from pnp_gui.bench.phones.phone import Decision, Progress, Reboot
from pnp_gui.bench.phones.status import StatusKind, status_of
from pnp_gui.bench.sheet.sheet import SheetLine
from pnp_gui.pnp.events import RebootAnswered, RebootAsked
from pnp_gui.pnp.send_result import SendResult
from tests.bench.rig import Set, mac

A, B, C = mac(1), mac(2), mac(3)


def asked(at: Set, key: str) -> None:
    at.absorb(RebootAsked(key, at.clock.monotonic, "check-sync"))


def answered(at: Set, key: str, status: int, reason: str = "") -> None:
    at.absorb(RebootAnswered(key, at.clock.monotonic, status, reason))


def kind(at: Set, key: str) -> StatusKind:
    return status_of(at.bench.phones[key], at.clock.monotonic)


def accepted(at: Set, *keys: str) -> None:
    at.heard(*keys)
    at.bench.approve(keys)
    for key in keys:
        at.offered(key)
        at.answered(key, 200, "OK")
    at.wire.told.clear()


def test_only_approved_phones_that_were_heard_are_asked(at: Set) -> None:
    at.bench.apply_sheet([SheetLine(1, C, Decision.APPROVED, None, None)])
    accepted(at, A)
    at.heard(B)
    assert at.bench.reboot([A, B, C, "000000000000"]) == {
        SendResult.NOTIFY_ALONE: 1,
        SendResult.NOT_APPROVED: 1,
        SendResult.NEVER_ASKED: 1,
    }
    at.bench.deny([B])
    at.bench.reboot([B])
    assert at.wire.told == [("reboot", A), ("withdraw", B)]


@pytest.mark.parametrize(
    ("status", "kind_of_it", "word"),
    [
        (200, StatusKind.REBOOTING, "rebooting"),
        (202, StatusKind.REBOOTING, "rebooting"),
        (401, StatusKind.REBOOT_PASSWORD, "reboot: wants a password"),
        (407, StatusKind.REBOOT_PASSWORD, "reboot: wants a password"),
        (302, StatusKind.REBOOT_REFUSED, "reboot: refused"),
        (481, StatusKind.REBOOT_REFUSED, "reboot: refused"),
        (0, StatusKind.REBOOT_NO_ANSWER, "reboot: no answer"),
    ],
)
def test_the_row_log_and_history_say_what_it_answered(
    at: Set, status: int, kind_of_it: StatusKind, word: str
) -> None:
    accepted(at, A)
    asked(at, A)
    assert kind(at, A) is StatusKind.REBOOT_ASKED
    at.bench.take_changes()
    at.clock.forward(3)
    answered(at, A, status, "Reason")
    assert kind(at, A) is kind_of_it
    assert at.bench.take_changes().changed == {A}
    phone = at.bench.phones[A]
    assert (phone.reboot_code, phone.reboot_at) == (status, at.clock.unix)
    history = at.bench.store.history(2)
    assert [(line.outcome, line.code, line.key) for line in history] == [
        (word, status, A),
        ("asked to reboot", 0, A),
    ]
    assert str(status) in at.bench.log[-1].text or not status
    assert at.bench.log[-1].source == A
    assert "check-sync" in at.bench.log[-2].text
    assert phone.progress is Progress.ACCEPTED, "the URL's own fate stays as it is"


def test_a_phone_that_asks_again_has_its_usual_status_back(at: Set) -> None:
    accepted(at, A)
    asked(at, A)
    answered(at, A, 200)
    at.heard(A, again=True)
    assert kind(at, A) is StatusKind.REBOOTING, "a late copy of its old request says nothing"
    at.heard(A)
    assert kind(at, A) is StatusKind.WAITING
    at.offered(A)
    assert kind(at, A) is StatusKind.SENT


def test_a_url_sent_since_is_the_newer_thing_to_show(at: Set) -> None:
    accepted(at, A)
    asked(at, A)
    answered(at, A, 401)
    at.offered(A)
    assert kind(at, A) is StatusKind.SENT


@pytest.mark.parametrize("decision", ["deny", "undecide"])
def test_a_decision_ends_it(at: Set, decision: str) -> None:
    accepted(at, A)
    asked(at, A)
    getattr(at.bench, decision)([A])
    assert at.bench.phones[A].reboot is Reboot.NONE
    assert ("withdraw", A) in at.wire.told


def test_it_is_of_this_run_alone_but_in_the_history_for_good(at: Set) -> None:
    accepted(at, A)
    asked(at, A)
    answered(at, A, 200)
    at.bench.set_default_url("http://h/a")
    later = at.next_run()
    assert kind(later, A) is StatusKind.ACCEPTED
    assert later.bench.store.history(1)[0].outcome == "rebooting"
    later.bench.close()


def test_what_is_told_of_a_forgotten_phone_makes_no_row(at: Set) -> None:
    accepted(at, A)
    asked(at, A)
    at.bench.forget([A])
    asked(at, A)
    answered(at, A, 200)
    assert at.bench.phones == {}
