"""The status of a phone: its decision and its progress in one word, as a table."""

from __future__ import annotations

from enum import StrEnum

from pnp_gui.bench.phones.files import Files
from pnp_gui.bench.phones.phone import Decision, Phone, Progress, Reboot


class StatusKind(StrEnum):
    """Every status a row can have, in the order of the column: what may need attention comes first.

    How each is shown and counted stands in `ui/words/status.py`.
    """

    __hash__ = str.__hash__

    CONFLICT = "conflict"
    """Not denied, and asked for from a second address."""
    ASKING = "asking"
    """Undecided, and an answer now would be in time."""
    SENT = "sent"
    FETCHING = "fetching"
    """It is fetching a file, for more than a second."""
    REBOOT_ASKED = "reboot asked"
    REBOOT_NO_ANSWER = "reboot no answer"
    REBOOT_PASSWORD = "reboot wants a password"
    REBOOT_REFUSED = "reboot refused"
    NO_ANSWER = "no answer"
    NOT_SENT = "not sent"
    REFUSED = "refused"
    OTHER_CONTENT = "other content"
    """It accepts no URL, so nothing is sent to it, approved or not."""
    NO_URL = "no url"
    """Approved, but its URL cannot be filled in: see `Phone.lacks`."""
    OLDER_URL = "older url"
    """Approved, and has accepted a URL, but would get another one now."""
    BROKEN_OFF = "broken off"
    """It did not get a file as a whole."""
    NOTHING_FETCHED = "nothing fetched"
    """Accepted our own URL a while ago, and has fetched nothing."""
    FILE_MISSING = "file missing"
    """It asked for files that are not there, although they should."""
    QUIET = "quiet"
    """Undecided; it asked once, but its window is over."""
    WAITING = "waiting"
    """Approved, and served as soon as it asks."""
    REBOOTING = "rebooting"
    """It said yes to a reboot; until it asks again."""
    ACCEPTED = "accepted"
    FETCHED = "fetched"
    DENIED = "denied"
    NEVER = "never"
    """Undecided, and never asked: known from a sheet."""


RANK = {kind: place for place, kind in enumerate(StatusKind)}
"""Each status's place in that order."""


# What was sent stays sent: a phone that goes back to undecided still shows what it answered, until
# it asks again. None: it depends on when the phone asked.
_STATUS: dict[Decision, dict[Progress, StatusKind | None]] = {
    Decision.UNDECIDED: {
        Progress.NONE: None,
        Progress.ASKING: None,
        Progress.SENT: StatusKind.SENT,
        Progress.ACCEPTED: StatusKind.ACCEPTED,
        Progress.REFUSED: StatusKind.REFUSED,
        Progress.NO_ANSWER: StatusKind.NO_ANSWER,
        Progress.NOT_SENT: StatusKind.NOT_SENT,
    },
    Decision.APPROVED: {
        Progress.NONE: StatusKind.WAITING,
        Progress.ASKING: StatusKind.WAITING,
        Progress.SENT: StatusKind.SENT,
        Progress.ACCEPTED: StatusKind.ACCEPTED,
        Progress.REFUSED: StatusKind.REFUSED,
        Progress.NO_ANSWER: StatusKind.NO_ANSWER,
        Progress.NOT_SENT: StatusKind.NOT_SENT,
    },
    Decision.DENIED: dict.fromkeys(Progress, StatusKind.DENIED),
}


# The newest wins: a phone that asks, is sent its URL or is decided about goes back to NONE.
_REBOOTS = {
    Reboot.ASKED: StatusKind.REBOOT_ASKED,
    Reboot.REBOOTING: StatusKind.REBOOTING,
    Reboot.PASSWORD: StatusKind.REBOOT_PASSWORD,
    Reboot.REFUSED: StatusKind.REBOOT_REFUSED,
    Reboot.NO_ANSWER: StatusKind.REBOOT_NO_ANSWER,
}


_MAY_HAVE_FILES = (StatusKind.ACCEPTED, StatusKind.NO_ANSWER)


def has_older_url(phone: Phone) -> bool:
    """Whether it accepted another URL than it would get now. One that is not approved gets none."""
    approved = phone.decision is Decision.APPROVED
    return phone.older and approved and phone.progress is Progress.ACCEPTED


def _of_files(files: Files, status: StatusKind) -> StatusKind:
    """What its files say of a phone that was sent its URL. That it has them is known, whatever it
    answered or did not."""
    if files.percent is not None:
        return StatusKind.FETCHING
    if files.broken_off:
        return StatusKind.BROKEN_OFF
    if files.missing:
        return StatusKind.FILE_MISSING
    if files.at is not None:
        return StatusKind.FETCHED
    idle = files.idle and status is StatusKind.ACCEPTED
    return StatusKind.NOTHING_FETCHED if idle else status


def status_of(phone: Phone, now: float) -> StatusKind:
    """The status of `phone` at `now`, on the bench's clock."""
    if phone.conflict is not None and phone.decision is not Decision.DENIED:
        return StatusKind.CONFLICT
    if phone.reboot is not Reboot.NONE:
        return _REBOOTS[phone.reboot]
    status = _STATUS[phone.decision][phone.progress]
    if not phone.takes_url and status in (None, StatusKind.WAITING):
        return StatusKind.OTHER_CONTENT
    if status is StatusKind.WAITING and phone.lacks:
        return StatusKind.NO_URL
    if status is StatusKind.ACCEPTED and has_older_url(phone):
        return StatusKind.OLDER_URL
    if phone.files is not None and status in _MAY_HAVE_FILES:
        return _of_files(phone.files, status)
    if status is not None:
        return status
    if phone.first_seen is None:
        return StatusKind.NEVER
    return StatusKind.ASKING if now < phone.asking_until else StatusKind.QUIET
