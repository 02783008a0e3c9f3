"""What the wire's peculiarities come to in rows, log and history."""

from __future__ import annotations

import pytest

from pnp_gui.bench.events.handler import DAY, MAX_LINES
from pnp_gui.bench.phones.phone import Decision
from pnp_gui.bench.phones.status import StatusKind, status_of
from pnp_gui.pnp.events import NoAnswer, SubscribeReceived
from tests.bench.rig import Set, ask, mac

A, B = mac(1), mac(2)


def heard(at: Set, key: str, **said: object) -> None:
    request = ask(key, **said)  # type: ignore[arg-type]
    at.absorb(SubscribeReceived(request, at.clock.monotonic, False))


def status(at: Set, key: str) -> StatusKind:
    return status_of(at.bench.phones[key], at.clock.monotonic)


def test_a_phone_that_takes_no_url_says_so_and_approve_all_leaves_it_alone(at: Set) -> None:
    at.bench.approve_all(5)
    heard(at, A, takes_url=False)
    heard(at, B)
    assert at.decided(A, B) == [Decision.UNDECIDED, Decision.APPROVED]
    assert at.wire.told == [("offer", B)]
    assert status(at, A) is StatusKind.OTHER_CONTENT
    assert at.bench.approve_all(1) == 0
    at.clock.forward(40)
    assert status(at, A) is StatusKind.OTHER_CONTENT
    at.bench.approve([A])
    assert status(at, A) is StatusKind.OTHER_CONTENT
    at.bench.deny([A])
    assert status(at, A) is StatusKind.DENIED


def test_once_it_takes_one_it_is_as_any_other(at: Set) -> None:
    heard(at, A, takes_url=False)
    heard(at, A)
    assert status(at, A) is StatusKind.ASKING
    at.bench.approve([A])
    heard(at, A, takes_url=False)
    assert status(at, A) is StatusKind.OTHER_CONTENT


def test_the_profile_is_known(at: Set) -> None:
    heard(at, A, profile="user")
    assert at.bench.phones[A].profile == "user"
    heard(at, A, profile="device")
    assert at.bench.phones[A].profile == "device"


def test_no_answer_names_the_ports_in_row_and_log(at: Set) -> None:
    heard(at, A)
    at.bench.approve([A])
    at.offered(A)
    at.absorb(NoAnswer(A, at.clock.monotonic, "http://h/a", (5060, 34567)))
    assert at.bench.phones[A].ports == (5060, 34567)
    assert at.bench.log[-1].text == "The phone did not answer for 32 s (UDP 5060, 34567)."
    at.offered(A)
    at.answered(A, 200)
    assert at.bench.phones[A].ports == ()


@pytest.mark.parametrize("ended", [True, False])
def test_no_single_phone_pushes_the_lines_of_others_out(at: Set, ended: bool) -> None:
    heard(at, A)
    heard(at, B)
    at.bench.approve([A, B])
    at.offered(B)
    for _ in range(3 * MAX_LINES):
        at.offered(A)
        if ended:
            at.answered(A, 200)
    at.answered(B, 200)
    of_a = [line for line in at.bench.store.history() if line.key == A and not line.how]
    assert len(of_a) == MAX_LINES
    assert len([line for line in at.bench.store.history() if line.key == B]) == 3
    told = [line.text for line in at.bench.log if line.source == A and "within a day" in line.text]
    assert len(told) == 1
    assert str(MAX_LINES) in told[0]
    assert len([line for line in at.bench.log if line.source == A]) <= MAX_LINES + 4
    at.clock.forward(DAY)
    at.offered(A)
    assert len([line for line in at.bench.store.history() if line.key == A]) == MAX_LINES + 2
