"""What came of a wish to send a phone something."""

from __future__ import annotations

from enum import Enum, auto


class SendResult(Enum):
    """What an offer did."""

    NOT_HEARD = auto()
    """The phone has not asked in this run."""
    NOT_APPROVED = auto()
    """`url_for` gave no URL."""
    OK_AND_NOTIFY = auto()
    """Inside the phone's own request: 200 and NOTIFY."""
    NOTIFY_ALONE = auto()
    """The request was answered before or is over; some phones take it, some answer 481.
    Of a reboot: it was asked for."""
    UNDER_WAY = auto()
    """Of a reboot: it was asked for already, the answer is waited for, and nothing was sent."""
    NO_URL = auto()
    """Approved, but its URL cannot be filled in: the bench says so, `url_for` just gives none."""
    HELD_BACK = auto()
    """Too many phones at its address have not answered yet: it gets its turn when one does, or when
    it asks again."""
