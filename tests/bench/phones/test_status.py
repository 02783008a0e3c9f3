"""The Status column, cell by cell."""

from __future__ import annotations

from itertools import product

import pytest

from pnp_gui.bench.phones.phone import Decision, Phone, Progress
from pnp_gui.bench.phones.status import StatusKind, status_of

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
