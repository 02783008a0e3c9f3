"""How a phone's status is shown: the one table of words, icon, colour and count.

The icon says the same as the colour, so that nobody needs the colour. The column sorts by the order
of `StatusKind`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pnp_gui.bench.phones.files import MAX_MISSING
from pnp_gui.bench.phones.phone import Phone
from pnp_gui.bench.phones.status import StatusKind, status_of
from pnp_gui.ui.words.letters import letters
from pnp_gui.ui.words.refusals import REFUSALS, refusal
from pnp_gui.ui.words.status_display import StatusDisplay, clock, files_of, left
from pnp_gui.ui.words.translate import QT_TRANSLATE_NOOP, translate

STATUSES: dict[StatusKind, StatusDisplay] = {
    StatusKind.CONFLICT: StatusDisplay(
        words=QT_TRANSLATE_NOOP("Status", "Conflict: also at {address}"),
        short=QT_TRANSLATE_NOOP("Status", "Conflict: {address}"),
        values=lambda phone, now, short: {
            "address": phone.conflict.address if phone.conflict else ""
        },
        sign=("conflict", "bad"),
        explanation=QT_TRANSLATE_NOOP(
            "Status",
            "A second address asks with this phone's MAC: the phone has moved, or another "
            "device pretends to be it. Nothing is sent there unless you decide so.",
        ),
        count=QT_TRANSLATE_NOOP("Status", "{n} in conflict"),
        short_count=QT_TRANSLATE_NOOP("Status", "{n} conflict"),
    ),
    StatusKind.ASKING: StatusDisplay(
        words=QT_TRANSLATE_NOOP("Status", "Asking · {left} s left"),
        values=left,
        sign=("listen", "accent"),
        explanation=QT_TRANSLATE_NOOP(
            "Status", "The phone is asking now: approve it and it gets its URL at once."
        ),
        count=QT_TRANSLATE_NOOP("Status", "{n} asking"),
    ),
    StatusKind.SENT: StatusDisplay(
        words=QT_TRANSLATE_NOOP("Status", "Sent, waiting for answer"),
        short=QT_TRANSLATE_NOOP("Status", "Sent, waiting"),
        sign=("sent", "amber"),
        explanation=QT_TRANSLATE_NOOP(
            "Status", "The URL was sent. It is repeated for 32 s until the phone answers."
        ),
    ),
    StatusKind.FETCHING: StatusDisplay(
        words=QT_TRANSLATE_NOOP("Status", "Fetching… {percent}%"),
        short=QT_TRANSLATE_NOOP("Status", "Fetching {percent}%"),
        values=lambda phone, now, short: {"percent": files_of(phone).percent},
        sign=("fetched", "amber"),
        explanation=QT_TRANSLATE_NOOP("Status", "The phone is fetching a file from the folder."),
        count=QT_TRANSLATE_NOOP("Status", "{n} fetching"),
    ),
    StatusKind.REBOOT_ASKED: StatusDisplay(
        words=QT_TRANSLATE_NOOP("Status", "Asked to reboot, waiting"),
        short=QT_TRANSLATE_NOOP("Status", "Asked to reboot"),
        sign=("reboot", "amber"),
        explanation=QT_TRANSLATE_NOOP(
            "Status",
            "The request is repeated for up to 32 s until the phone answers.",
        ),
    ),
    StatusKind.REBOOT_NO_ANSWER: StatusDisplay(
        words=QT_TRANSLATE_NOOP("Status", "No reboot: no answer"),
        sign=("refused", "bad"),
        explanation=QT_TRANSLATE_NOOP(
            "Status",
            "The phone did not answer the reboot request for 32 s. It may be off, or may now "
            "listen on another port. Unplug it and plug it in again.",
        ),
    ),
    StatusKind.REBOOT_PASSWORD: StatusDisplay(
        words=QT_TRANSLATE_NOOP("Status", "No reboot: password required"),
        short=QT_TRANSLATE_NOOP("Status", "Reboot: password"),
        sign=("refused", "bad"),
        explanation=QT_TRANSLATE_NOOP(
            "Status",
            "The phone requires a password to reboot. Unplug it and plug it in again, or "
            "reboot it from its web page.",
        ),
    ),
    StatusKind.REBOOT_REFUSED: StatusDisplay(
        words=QT_TRANSLATE_NOOP("Status", "No reboot: refused {code}"),
        short=QT_TRANSLATE_NOOP("Status", "No reboot: {code}"),
        values=lambda phone, now, short: {"code": phone.reboot_code},
        sign=("refused", "bad"),
        explanation=QT_TRANSLATE_NOOP(
            "Status", "The phone does not reboot on request. Unplug it and plug it in again."
        ),
    ),
    StatusKind.NO_ANSWER: StatusDisplay(
        words=QT_TRANSLATE_NOOP("Status", "No answer"),
        sign=("refused", "bad"),
        explanation=QT_TRANSLATE_NOOP(
            "Status",
            "The phone did not answer for 32 s, although the URL was repeated. Reboot it.",
        ),
        count=QT_TRANSLATE_NOOP("Status", "{n} without answer"),
        short_count=QT_TRANSLATE_NOOP("Status", "{n} no answer"),
    ),
    StatusKind.NOT_SENT: StatusDisplay(
        words=QT_TRANSLATE_NOOP("Status", "Not sent by this computer"),
        short=QT_TRANSLATE_NOOP("Status", "Not sent"),
        sign=("refused", "bad"),
        explanation=QT_TRANSLATE_NOOP(
            "Status",
            "This computer could not send the URL yet. It tries again for 32 s, and whenever "
            "the phone asks. If a notice above the table says why, do what it says.",
        ),
        count=QT_TRANSLATE_NOOP("Status", "{n} not sent"),
    ),
    StatusKind.REFUSED: StatusDisplay(
        words=refusal(0).words,  # display_of knows what each code means
        short=refusal(0).short,
        values=lambda phone, now, short: {"code": phone.code or ""},
        sign=("refused", "bad"),
        explanation=refusal(0).explanation,
        count=QT_TRANSLATE_NOOP("Status", "{n} refused"),
    ),
    StatusKind.OTHER_CONTENT: StatusDisplay(
        words=QT_TRANSLATE_NOOP("Status", "Wants other content"),
        short=QT_TRANSLATE_NOOP("Status", "Other content"),
        sign=("warning", "amber"),
        explanation=QT_TRANSLATE_NOOP(
            "Status",
            "It gets nothing, approved or not: its request does not accept a URL (Accept "
            "header). Set the provisioning URL in the phone itself.",
        ),
        count="",
    ),
    StatusKind.NO_URL: StatusDisplay(
        words=QT_TRANSLATE_NOOP("Status", "No URL"),
        short=QT_TRANSLATE_NOOP("Status", "No URL (F2)"),
        sign=("warning", "amber"),
        explanation=QT_TRANSLATE_NOOP(
            "Status",
            "Approved, but it gets nothing: the phone does not send a value that its URL "
            "needs. F2 gives it its own URL.",
        ),
        count=QT_TRANSLATE_NOOP("Status", "{n} without URL"),
        short_count=QT_TRANSLATE_NOOP("Status", "{n} no URL"),
    ),
    StatusKind.OLDER_URL: StatusDisplay(
        words=QT_TRANSLATE_NOOP("Status", "Accepted · older URL"),
        short=QT_TRANSLATE_NOOP("Status", "Older URL"),
        sign=("warning", "amber"),
        explanation=QT_TRANSLATE_NOOP(
            "Status",
            "The phone would now get another URL. Reboot it; or {S} sends the URL, if the "
            "phone has asked since the program started.",
        ),
        count=QT_TRANSLATE_NOOP("Status", "{n} older URL"),
        short_count=QT_TRANSLATE_NOOP("Status", "{n} older"),
    ),
    StatusKind.BROKEN_OFF: StatusDisplay(
        words=QT_TRANSLATE_NOOP("Status", "Fetch interrupted"),
        sign=("refused", "bad"),
        explanation=QT_TRANSLATE_NOOP(
            "Status",
            "The phone did not get a complete file, and has not fetched it since. Its requests "
            "(F4) say why. Reboot the phone, and check its cable.",
        ),
        count=QT_TRANSLATE_NOOP("Status", "{n} interrupted"),
    ),
    StatusKind.NOTHING_FETCHED: StatusDisplay(
        words=QT_TRANSLATE_NOOP("Status", "Accepted, has fetched nothing"),
        short=QT_TRANSLATE_NOOP("Status", "Nothing fetched"),
        sign=("warning", "amber"),
        explanation=QT_TRANSLATE_NOOP(
            "Status",
            "The phone accepted a URL that points to the served folder, but fetched nothing "
            "within a minute. If it requested nothing either (F4), reboot it: a firewall may "
            "be blocking it, or another setting takes precedence.",
        ),
        count=QT_TRANSLATE_NOOP("Status", "{n} nothing fetched"),
    ),
    StatusKind.FILE_MISSING: StatusDisplay(
        words=QT_TRANSLATE_NOOP("Status", "Fetched, %n files missing"),
        short=QT_TRANSLATE_NOOP("Status", "%n files missing"),
        values=lambda phone, now, short: {"n": len(files_of(phone).missing)},
        sign=("warning", "amber"),
        explanation=QT_TRANSLATE_NOOP(
            "Status",
            "The phone requested files that were not in the folder or could not be read. Files "
            "that are optional for its make are not counted.",
        ),
        count=QT_TRANSLATE_NOOP("Status", "{n} missing a file"),
    ),
    StatusKind.QUIET: StatusDisplay(
        words=QT_TRANSLATE_NOOP("Status", "Gave up waiting"),
        sign=("quiet", "dim"),
        explanation=QT_TRANSLATE_NOOP(
            "Status",
            "The phone asked and gave up waiting. If you approve it now, some makes still "
            "accept their URL; others accept it when they boot again.",
        ),
    ),
    StatusKind.WAITING: StatusDisplay(
        words=QT_TRANSLATE_NOOP("Status", "Approved, waiting for it to ask"),
        short=QT_TRANSLATE_NOOP("Status", "Approved, waiting"),
        sign=("clock", "dim"),
        explanation=QT_TRANSLATE_NOOP(
            "Status", "It gets its URL as soon as it asks. Boot the phone."
        ),
    ),
    StatusKind.REBOOTING: StatusDisplay(
        words=QT_TRANSLATE_NOOP("Status", "Rebooting since {when}"),
        short=QT_TRANSLATE_NOOP("Status", "Rebooting {when}"),
        values=lambda phone, now, short: {"when": clock(phone.reboot_at, short)},
        sign=("reboot", "good"),
        explanation=QT_TRANSLATE_NOOP(
            "Status",
            "The phone agreed. It asks again once it has restarted; a phone that only reloads "
            "its settings does not.",
        ),
    ),
    StatusKind.ACCEPTED: StatusDisplay(
        words=QT_TRANSLATE_NOOP("Status", "Accepted {when}"),
        values=lambda phone, now, short: {"when": clock(phone.progress_at, short)},
        sign=("approve", "good"),
        explanation=QT_TRANSLATE_NOOP(
            "Status",
            "The phone accepted the URL. What it then fetched is in the server's log, or in "
            "this row if PnP Bench serves the files.",
        ),
        count=QT_TRANSLATE_NOOP("Status", "{n} accepted"),
    ),
    StatusKind.FETCHED: StatusDisplay(
        words=QT_TRANSLATE_NOOP("Status", "Fetched {when}"),
        values=lambda phone, now, short: {"when": clock(files_of(phone).at, short)},
        sign=("fetched", "good"),
        explanation=QT_TRANSLATE_NOOP("Status", "The phone has fetched its files from the folder."),
        count=QT_TRANSLATE_NOOP("Status", "{n} fetched"),
    ),
    StatusKind.DENIED: StatusDisplay(
        words=QT_TRANSLATE_NOOP("Status", "Denied"),
        sign=("deny", "dim"),
        explanation=QT_TRANSLATE_NOOP("Status", "It gets no answer at all, however often it asks."),
        count=QT_TRANSLATE_NOOP("Status", "{n} denied"),
    ),
    StatusKind.NEVER: StatusDisplay(
        words=QT_TRANSLATE_NOOP("Status", "From the sheet, undecided"),
        short=QT_TRANSLATE_NOOP("Status", "Undecided"),
        sign=("idle", "dim"),
        explanation=QT_TRANSLATE_NOOP("Status", "The phone has not asked yet, and is undecided."),
    ),
}

NO_URL_WORDS = {
    "mac": QT_TRANSLATE_NOOP("Status", "No URL: MAC unknown (F2)"),
    "vendor": QT_TRANSLATE_NOOP("Status", "No URL: vendor unknown (F2)"),
    "model": QT_TRANSLATE_NOOP("Status", "No URL: model unknown (F2)"),
    "version": QT_TRANSLATE_NOOP("Status", "No URL: version unknown (F2)"),
    "ip": QT_TRANSLATE_NOOP("Status", "No URL: address unknown (F2)"),
}
"""By the value that the URL needs; "mac" for `${mac}` in all its forms."""
OTHER_MAC: dict[StatusKind, StatusDisplay] = {
    StatusKind.ASKING: StatusDisplay(
        words=QT_TRANSLATE_NOOP("Status", "MAC mismatch · {left} s left"),
        short=QT_TRANSLATE_NOOP("Status", "MAC mismatch"),
        values=left,
        sign=("warning", "bad"),
        explanation=QT_TRANSLATE_NOOP(
            "Status", "The phone is asking now: check which device it is before you approve it."
        ),
    ),
    StatusKind.QUIET: StatusDisplay(
        words=QT_TRANSLATE_NOOP("Status", "MAC mismatch, gave up waiting"),
        short=QT_TRANSLATE_NOOP("Status", "MAC mismatch"),
        sign=("warning", "bad"),
        explanation=QT_TRANSLATE_NOOP(
            "Status",
            "The phone asked and gave up waiting. Check which device it is before you approve it.",
        ),
    ),
}
"""Phones that the network knows by another MAC: this has to be seen before anyone approves them."""

MISSING_ALONE = replace(
    STATUSES[StatusKind.FILE_MISSING],
    words=QT_TRANSLATE_NOOP("Status", "Nothing fetched, %n files missing"),
)
"""For phones that have none of the files that they asked for."""

_REFUSED = {each: replace(STATUSES[StatusKind.REFUSED], **each._asdict()) for each in REFUSALS}


def display_of(phone: Phone, kind: StatusKind) -> StatusDisplay:
    if phone.other_mac is not None and kind in OTHER_MAC:
        return OTHER_MAC[kind]
    if kind is StatusKind.REFUSED:
        return _REFUSED[refusal(phone.code)]
    if kind is StatusKind.FILE_MISSING and files_of(phone).at is None:
        return MISSING_ALONE
    return STATUSES[kind]


WIDEST: dict[str, object] = {
    **{"left": 32, "when": "23 Sep 14:02", "code": 481, "address": "192.168.100.200"},
    **{"percent": 100, "n": MAX_MISSING},
}
"""Values for measuring how wide a status can be."""
SHORT_WIDEST = {**WIDEST, "when": "14:02:11"}
_MANY = 2  # for the plural
_EMPTY: dict[str, object] = {**dict.fromkeys(WIDEST, ""), "n": _MANY}


def _filled(words: str, values: Mapping[str, object]) -> str:
    number = values.get("n", -1)
    assert isinstance(number, int)
    return translate("Status", words, number).format_map(values)


def status_words(
    phone: Phone, now: float, kind: StatusKind | None = None, *, short: bool = False
) -> str:
    """The words of a phone's status at `now`, by the bench's clock."""
    if kind is None:
        kind = status_of(phone, now)
    if kind is StatusKind.NO_URL and not short:
        return _no_url(phone.lacks)
    shown = display_of(phone, kind)
    words = (short and shown.short) or shown.words
    return _filled(words, shown.values(phone, now, short)).rstrip()


def plain_words(kind: StatusKind, lacks: str = "", words: str = "") -> str:
    """The words without values, for the find field: "Refused ", "Asking ·  s left". `lacks`,
    `words`: the phone's, see `Phone.lacks` and `display_of`."""
    if kind is StatusKind.NO_URL:
        return _no_url(lacks)
    words = words or STATUSES[kind].words
    filled = _filled(words, _EMPTY)
    return filled.replace(str(_MANY), "") if "%n" in words else filled


def other_mac_words() -> str:
    """The same for phones that the network knows by another MAC."""
    return translate("Status", OTHER_MAC[StatusKind.QUIET].words)


PORTS_TRIED = QT_TRANSLATE_NOOP("Status", "Ports tried at its address: UDP {ports}.")


OWN_URL_LACKS = QT_TRANSLATE_NOOP(
    "Status",
    "Approved, but it gets nothing: its own URL needs a value that the phone does not send. F2 "
    "gives it another URL.",
)


def status_explanation(phone: Phone, kind: StatusKind) -> str:
    """What the status means, in a sentence or two."""
    text = translate("Status", display_of(phone, kind).explanation).format(**letters())
    if kind is StatusKind.NO_URL and phone.own_url:
        text = translate("Status", OWN_URL_LACKS)
    if kind in (StatusKind.NO_ANSWER, StatusKind.REBOOT_NO_ANSWER) and phone.ports:
        ports = ", ".join(map(str, phone.ports))
        text = f"{text} {translate('Status', PORTS_TRIED).format(ports=ports)}"
    return text


def all_words(*, short: bool = False) -> list[str]:
    """Every status at its widest, for measuring."""
    shown = (*STATUSES.values(), *OTHER_MAC.values(), MISSING_ALONE)
    texts = [(short and each.short) or each.words for each in shown]
    texts += [each.short if short else each.words for each in REFUSALS]
    if not short:
        texts += NO_URL_WORDS.values()
    values = SHORT_WIDEST if short else WIDEST
    return [_filled(text, values) for text in dict.fromkeys(texts)]


def usual_words() -> list[str]:
    """Those that most phones have, in short at their widest."""
    kinds = (StatusKind.ASKING, StatusKind.SENT, StatusKind.ACCEPTED, StatusKind.FETCHED)
    texts = [STATUSES[kind].short or STATUSES[kind].words for kind in kinds]
    return [_filled(text, SHORT_WIDEST) for text in texts]


COUNTED = tuple(kind for kind, shown in STATUSES.items() if shown.count)
"""The statuses that the status bar counts, in its order."""


def count_words(kind: StatusKind, number: int, *, short: bool = False) -> str:
    """How many phones have one of these statuses."""
    shown = STATUSES[kind]
    words = (short and shown.short_count) or shown.count
    return translate("Status", words).format(n=number)


def _no_url(lacks: str) -> str:
    return translate("Status", NO_URL_WORDS.get(lacks, NO_URL_WORDS["mac"]))
