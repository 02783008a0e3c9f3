"""The Status column, cell by cell."""

from __future__ import annotations

from itertools import product

import pytest

from pnp_gui.bench.phones.files import IDLE, NONE, Files
from pnp_gui.bench.phones.phone import Decision, Phone, Progress
from pnp_gui.bench.phones.status import StatusKind, status_of
from tests.bench.rig import ask

NOW = 1000.0

U, A, D = Decision.UNDECIDED, Decision.APPROVED, Decision.DENIED


@pytest.mark.parametrize(
    ("decision", "progress", "first_seen", "asking_until", "status"),
    [
        (U, Progress.NONE, None, 0.0, StatusKind.NEVER),
        (U, Progress.NONE, 900.0, 0.0, StatusKind.QUIET),
        (U, Progress.ASKING, 990.0, 1022.0, StatusKind.ASKING),
        (U, Progress.ASKING, 900.0, 932.0, StatusKind.QUIET),
        (U, Progress.ASKING, 968.0, 1000.0, StatusKind.QUIET),
        (U, Progress.ACCEPTED, 900.0, 932.0, StatusKind.ACCEPTED),
        (U, Progress.REFUSED, 900.0, 932.0, StatusKind.REFUSED),
        (U, Progress.NO_ANSWER, 900.0, 932.0, StatusKind.NO_ANSWER),
        (U, Progress.NOT_SENT, 900.0, 932.0, StatusKind.NOT_SENT),
        (A, Progress.NOT_SENT, 990.0, 1022.0, StatusKind.NOT_SENT),
        (A, Progress.NONE, None, 0.0, StatusKind.WAITING),
        (A, Progress.NONE, 900.0, 0.0, StatusKind.WAITING),
        (A, Progress.ASKING, 990.0, 1022.0, StatusKind.WAITING),
        (A, Progress.SENT, 990.0, 1022.0, StatusKind.SENT),
        (A, Progress.ACCEPTED, 990.0, 1022.0, StatusKind.ACCEPTED),
        (A, Progress.REFUSED, 990.0, 1022.0, StatusKind.REFUSED),
        (A, Progress.NO_ANSWER, 900.0, 932.0, StatusKind.NO_ANSWER),
        *((D, progress, 990.0, 1022.0, StatusKind.DENIED) for progress in Progress),
    ],
)
def test_status_of_decision_and_progress(
    decision: Decision,
    progress: Progress,
    first_seen: float | None,
    asking_until: float,
    status: StatusKind,
) -> None:
    phone = Phone(
        "000413A2105F",
        decision=decision,
        progress=progress,
        first_seen=first_seen,
        asking_until=asking_until,
    )
    assert status_of(phone, NOW) is status


def test_every_decision_and_progress_has_a_status() -> None:
    for decision, progress in product(Decision, Progress):
        status_of(Phone("000413A2105F", decision=decision, progress=progress), NOW)


HAS = NONE.fetched("a.cfg", 5, 950.0, 950.0)


@pytest.mark.parametrize(
    ("files", "accepted", "no_answer"),
    [
        (NONE, StatusKind.ACCEPTED, StatusKind.NO_ANSWER),
        (IDLE, StatusKind.NOTHING_FETCHED, StatusKind.NO_ANSWER),
        (HAS, StatusKind.FETCHED, StatusKind.FETCHED),
        (HAS.missed("b.cfg", 960.0), StatusKind.FILE_MISSING, StatusKind.FILE_MISSING),
        (
            HAS.missed("b.cfg", 960.0)._replace(broken_off="c.rom"),
            *(StatusKind.BROKEN_OFF, StatusKind.BROKEN_OFF),
        ),
        (HAS._replace(broken_off="c.rom", percent=0), StatusKind.FETCHING, StatusKind.FETCHING),
    ],
)
def test_what_its_files_say(files: Files, accepted: StatusKind, no_answer: StatusKind) -> None:
    """Only what came to an end otherwise says nothing of them."""
    status = {Progress.ACCEPTED: accepted, Progress.NO_ANSWER: no_answer}
    for progress in (Progress.ACCEPTED, Progress.NO_ANSWER, Progress.REFUSED, Progress.SENT):
        phone = Phone("000413A2105F", "000413A2105F", decision=A, progress=progress, files=files)
        assert status_of(phone, NOW) is status.get(progress, StatusKind[progress.name])


def test_other_content_a_missing_value_and_an_older_url() -> None:
    phone = Phone("000413A2105F", "000413A2105F", decision=A)
    phone.lacking("model")
    assert status_of(phone, NOW) is StatusKind.NO_URL
    phone.subscribed(ask("000413A2105F", takes_url=False), 900.0, 900.0)
    assert status_of(phone, NOW) is StatusKind.OTHER_CONTENT
    phone.answered(Progress.ACCEPTED, 900.0)
    assert status_of(phone, NOW) is StatusKind.ACCEPTED
    phone.outdated(True)
    assert status_of(phone, NOW) is StatusKind.OLDER_URL
    phone.decided(U)
    assert status_of(phone, NOW) is StatusKind.ACCEPTED
    phone.answered(Progress.NO_ANSWER, 900.0)
    phone.decided(A)
    assert status_of(phone, NOW) is StatusKind.NO_ANSWER
