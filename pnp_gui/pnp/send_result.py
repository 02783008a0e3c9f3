"""What came of an attempt to send a phone something."""

from __future__ import annotations

from enum import Enum, auto


class SendResult(Enum):
    """What an offer did."""

    NEVER_ASKED = auto()
    """The phone has not asked in this run."""
    NOT_APPROVED = auto()
    """`url_for` gave no URL."""
    OK_AND_NOTIFY = auto()
    """In answer to the phone's request: 200 and NOTIFY."""
    NOTIFY_ALONE = auto()
    """The request was answered before or is over; some phones accept it, some answer 481.
    Also for a reboot that was asked for."""
    UNDER_WAY = auto()
    """A reboot was asked for already and its response is awaited: nothing was sent."""
    NO_URL = auto()
    """Approved, but its URL cannot be filled in (from the bench; `url_for` just gives none)."""
    OTHER_CONTENT = auto()
    """Its Accept does not allow a URL: nothing was sent."""
    HELD_BACK = auto()
    """Too many phones at its address have not answered yet: it is sent when one does, or when it
    asks again."""
    NOT_SENT = auto()
    """This computer cannot send to the phone now (from the pump): it is tried again for 32 s."""
