"""A phone's status as it is shown: words, sign and colour, from one table.

The sign says the same as the colour, so that nobody needs the colour.
"""

from __future__ import annotations

from dataclasses import dataclass

from pnp_gui.bench.phones.phone import Phone
from pnp_gui.bench.phones.status import StatusKind, status_of
from pnp_gui.ui.words.times import clock_time, seconds_left
from pnp_gui.ui.words.translate import QT_TRANSLATE_NOOP, translate


@dataclass(frozen=True, slots=True)
class StatusLook:
    """How one kind of status is painted."""

    words: str
    """English words, key of the translation; {left}, {when} and {code} are filled in."""
    icon: str
    """Name in icons.py."""
    ink: str
    """Token of the text."""
    ground: str
    """Token of the pill."""
    explanation: str
    """What it means and what comes next: the tooltip."""
    short: str = ""
    """The words where there is little room; "": the same."""


LOOKS: dict[StatusKind, StatusLook] = {
    StatusKind.ASKING: StatusLook(
        QT_TRANSLATE_NOOP("Status", "Asking · {left} s left"),
        "listen",
        "accent",
        "selected",
        QT_TRANSLATE_NOOP(
            "Status", "It is asking now and waits: approve it, and it takes its URL at once."
        ),
    ),
    StatusKind.QUIET: StatusLook(
        QT_TRANSLATE_NOOP("Status", "Asked, now quiet"),
        "quiet",
        "dim",
        "quiet_bg",
        QT_TRANSLATE_NOOP(
            "Status",
            "It asked and gave up waiting. Approved now, some makes still take their URL;"
            " the others take it when they boot again.",
        ),
    ),
    StatusKind.SENT: StatusLook(
        QT_TRANSLATE_NOOP("Status", "Sent, waiting for its answer"),
        "sent",
        "busy",
        "busy_bg",
        QT_TRANSLATE_NOOP(
            "Status", "The URL went out. It is repeated for 32 s until the phone answers."
        ),
        QT_TRANSLATE_NOOP("Status", "Sent, waiting"),
    ),
    StatusKind.ACCEPTED: StatusLook(
        QT_TRANSLATE_NOOP("Status", "Accepted {when}"),
        "approve",
        "good",
        "good_bg",
        QT_TRANSLATE_NOOP("Status", "The phone has its URL and said so."),
    ),
    StatusKind.REFUSED: StatusLook(
        QT_TRANSLATE_NOOP("Status", "Refused {code}"),
        "refused",
        "bad",
        "bad_bg",
        QT_TRANSLATE_NOOP(
            "Status",
            "The phone did not want the URL. Send it again while the phone is asking,"
            " or boot the phone.",
        ),
    ),
    StatusKind.NO_ANSWER: StatusLook(
        QT_TRANSLATE_NOOP("Status", "No answer"),
        "refused",
        "bad",
        "bad_bg",
        QT_TRANSLATE_NOOP(
            "Status", "The URL was sent for 32 s and the phone said nothing. Boot the phone."
        ),
    ),
    StatusKind.WAITING: StatusLook(
        QT_TRANSLATE_NOOP("Status", "Approved, waiting for it to ask"),
        "clock",
        "dim",
        "quiet_bg",
        QT_TRANSLATE_NOOP("Status", "It gets its URL as soon as it asks. Boot the phone."),
        QT_TRANSLATE_NOOP("Status", "Approved, waiting"),
    ),
    StatusKind.NO_URL: StatusLook(
        QT_TRANSLATE_NOOP("Status", "No URL"),
        "warning",
        "busy",
        "busy_bg",
        QT_TRANSLATE_NOOP(
            "Status",
            "Approved, but it gets nothing: its URL asks for what the phone does not name. Give it"
            " a URL of its own with F2, and it is served.",
        ),
        QT_TRANSLATE_NOOP("Status", "No URL (F2)"),
    ),
    StatusKind.DENIED: StatusLook(
        QT_TRANSLATE_NOOP("Status", "Denied"),
        "deny",
        "dim",
        "quiet_bg",
        QT_TRANSLATE_NOOP("Status", "It gets no answer at all, however often it asks."),
    ),
    StatusKind.NEVER: StatusLook(
        QT_TRANSLATE_NOOP("Status", "From the sheet, not decided"),
        "idle",
        "dim",
        "quiet_bg",
        QT_TRANSLATE_NOOP("Status", "It has not asked yet, and nobody decided about it."),
        QT_TRANSLATE_NOOP("Status", "Not decided"),
    ),
    StatusKind.REBOOT_ASKED: StatusLook(
        QT_TRANSLATE_NOOP("Status", "Asked to reboot, waiting"),
        "reboot",
        "busy",
        "busy_bg",
        QT_TRANSLATE_NOOP(
            "Status",
            "Asked to reboot, waiting for its answer. The question is repeated for up to 32 s.",
        ),
        QT_TRANSLATE_NOOP("Status", "Asked to reboot"),
    ),
    StatusKind.REBOOTING: StatusLook(
        QT_TRANSLATE_NOOP("Status", "Rebooting since {when}"),
        "reboot",
        "good",
        "good_bg",
        QT_TRANSLATE_NOOP(
            "Status",
            "The phone said yes. It asks again when it is back;"
            " a phone that only loads its settings anew does not.",
        ),
        QT_TRANSLATE_NOOP("Status", "Rebooting {when}"),
    ),
    StatusKind.REBOOT_PASSWORD: StatusLook(
        QT_TRANSLATE_NOOP("Status", "No reboot: wants a password"),
        "refused",
        "bad",
        "bad_bg",
        QT_TRANSLATE_NOOP(
            "Status",
            "The phone reboots only for who knows its password. Take its power away and give it"
            " back, or reboot it on its own web page.",
        ),
        QT_TRANSLATE_NOOP("Status", "Reboot: password"),
    ),
    StatusKind.REBOOT_REFUSED: StatusLook(
        QT_TRANSLATE_NOOP("Status", "No reboot: refused {code}"),
        "refused",
        "bad",
        "bad_bg",
        QT_TRANSLATE_NOOP(
            "Status", "The phone does not reboot when asked. Take its power away and give it back."
        ),
        QT_TRANSLATE_NOOP("Status", "No reboot: {code}"),
    ),
    StatusKind.REBOOT_NO_ANSWER: StatusLook(
        QT_TRANSLATE_NOOP("Status", "No reboot: no answer"),
        "refused",
        "bad",
        "bad_bg",
        QT_TRANSLATE_NOOP(
            "Status",
            "The phone was asked to reboot for 32 s and said nothing. Perhaps it is off, or listens"
            " elsewhere by now. Take its power away and give it back.",
        ),
        QT_TRANSLATE_NOOP("Status", "Reboot: silence"),
    ),
    StatusKind.CONFLICT: StatusLook(
        QT_TRANSLATE_NOOP("Status", "Conflict: also at {address}"),
        "conflict",
        "bad",
        "bad_bg",
        QT_TRANSLATE_NOOP(
            "Status",
            "A second address asks with this phone's MAC: the phone moved, or something pretends"
            " to be it. Nothing is sent there unless you say so.",
        ),
        QT_TRANSLATE_NOOP("Status", "Conflict: {address}"),
    ),
}

NO_URL_WORDS = {
    "vendor": QT_TRANSLATE_NOOP("Status", "No URL: it names no vendor (F2)"),
    "model": QT_TRANSLATE_NOOP("Status", "No URL: it names no model (F2)"),
    "version": QT_TRANSLATE_NOOP("Status", "No URL: it names no version (F2)"),
    "ip": QT_TRANSLATE_NOOP("Status", "No URL: it has no address (F2)"),
}
NO_MAC_WORDS = QT_TRANSLATE_NOOP("Status", "No URL: it names no MAC (F2)")
"""For `${mac}` in all its forms."""
OTHER_MAC: dict[StatusKind, StatusLook] = {
    StatusKind.ASKING: StatusLook(
        QT_TRANSLATE_NOOP("Status", "Another MAC · {left} s left"),
        "warning",
        "bad",
        "bad_bg",
        QT_TRANSLATE_NOOP(
            "Status", "It is asking now and waits: look at what it is before you approve it."
        ),
        QT_TRANSLATE_NOOP("Status", "Another MAC"),
    ),
    StatusKind.QUIET: StatusLook(
        QT_TRANSLATE_NOOP("Status", "Another MAC, now quiet"),
        "warning",
        "bad",
        "bad_bg",
        QT_TRANSLATE_NOOP(
            "Status", "It asked and gave up waiting. Look at what it is before you approve it."
        ),
        QT_TRANSLATE_NOOP("Status", "Another MAC"),
    ),
}
"""The same for phones that the network knows as something else: it is to be seen before anybody
approves them."""


def look_of(phone: Phone, kind: StatusKind) -> StatusLook:
    """How this phone's status is painted."""
    if phone.other_mac is not None and kind in OTHER_MAC:
        return OTHER_MAC[kind]
    return LOOKS[kind]


WIDEST = {"left": 32, "when": "23 Sep 14:02", "code": 481, "address": "192.168.100.200"}
SHORT_WIDEST = {"left": 32, "when": "14:02:11", "code": 481, "address": "192.168.100.200"}
"""Values for measuring how wide a status can be."""


def status_words(
    phone: Phone, now: float, kind: StatusKind | None = None, *, short: bool = False
) -> str:
    """The words of a phone's status at `now`, on the bench's clock."""
    if kind is None:
        kind = status_of(phone, now)
    look = look_of(phone, kind)
    if kind is StatusKind.NO_URL and not short:
        return _no_url(phone.lacks)
    words = translate("Status", (short and look.short) or look.words)
    if kind is StatusKind.ASKING:
        return words.format(left=seconds_left(phone.asking_until - now))
    if kind is StatusKind.CONFLICT:
        return words.format(address=phone.conflict.address if phone.conflict else "").rstrip()
    if kind is StatusKind.ACCEPTED:
        at = phone.progress_at
        return words.format(when="" if at is None else clock_time(at, short=short)).rstrip()
    if kind is StatusKind.REFUSED:
        return words.format(code=phone.code or "").rstrip()
    if kind is StatusKind.REBOOTING:
        at = phone.reboot_at
        return words.format(when="" if at is None else clock_time(at, short=short)).rstrip()
    if kind is StatusKind.REBOOT_REFUSED:
        return words.format(code=phone.reboot_code)
    return words


def plain_words(kind: StatusKind, lacks: str = "") -> str:
    """The words without their values, for finding: "Refused ", "Asking ·  s left"."""
    if kind is StatusKind.NO_URL:
        return _no_url(lacks)
    words = translate("Status", LOOKS[kind].words)
    return words.format(left="", when="", code="", address="")


def other_mac_words() -> str:
    """What can be found of phones that the network knows as another."""
    return translate("Status", OTHER_MAC[StatusKind.QUIET].words)


def status_explanation(phone: Phone, kind: StatusKind) -> str:
    """One sentence on what the status means."""
    return translate("Status", look_of(phone, kind).explanation)


def short_words() -> list[str]:
    """Every status in its short form at its widest, for measuring."""
    return [
        translate("Status", look.short or look.words).format(**SHORT_WIDEST)
        for look in (*LOOKS.values(), *OTHER_MAC.values())
    ]


def all_words() -> list[str]:
    """Every status at its widest, for measuring."""
    looks = [*LOOKS.values(), *OTHER_MAC.values()]
    texts = [look.words for look in looks] + [NO_MAC_WORDS, *NO_URL_WORDS.values()]
    return [translate("Status", text).format(**WIDEST) for text in texts]


def _no_url(lacks: str) -> str:
    return translate("Status", NO_URL_WORDS.get(lacks, NO_MAC_WORDS))
