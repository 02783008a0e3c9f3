"""The table's columns: the one file that knows them.

Names, order, widths, what a cell says, how a column sorts, and which column gives way first when
the window is narrow.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

from pnp_gui.bench.phones.natural import natural
from pnp_gui.bench.phones.phone import Decision, Phone, Reboot
from pnp_gui.bench.phones.status import RANK, StatusKind, status_of
from pnp_gui.pnp.makes import asks_for
from pnp_gui.ui.words.conflict import conflict_lines
from pnp_gui.ui.words.mac_words import mac_sentence
from pnp_gui.ui.words.phone import ABSENT, decision_text, phone_text
from pnp_gui.ui.words.status import status_explanation, status_words
from pnp_gui.ui.words.times import ago, date_and_time, since
from pnp_gui.ui.words.translate import QT_TRANSLATE_NOOP, translate

SortKey = tuple[object, ...]

TIMES = "\N{MULTIPLICATION SIGN}"


class Column(IntEnum):
    """Numbers of the columns in the model; the header may show them in another order."""

    PHONE = 0
    LABEL = 1
    MAKE = 2
    MODEL = 3
    VERSION = 4
    ADDRESS = 5
    ASKED = 6
    DECISION = 7
    STATUS = 8
    URL = 9


@dataclass(frozen=True, slots=True)
class ColumnInfo:
    """What is fixed about one column."""

    key: str
    """Name in the saved state; never changes."""
    heading: str
    tip: str
    width: int
    """Pixels at 100 %."""
    sample: str = ""
    """The longest usual text."""
    compact: str = ""
    """The same when the column gives way."""
    fixed: bool = False
    """In the fixed-width face."""
    dim: bool = False
    """In the colour of second rank."""
    steady: bool = False
    """Has room for its sample whatever it shows: its texts are other ones every second."""


def _info(
    key: str,
    heading: str,
    tip: str,
    width: int,
    sample: str = "",
    compact: str = "",
    *,
    fixed: bool = False,
    dim: bool = False,
    steady: bool = False,
) -> ColumnInfo:
    return ColumnInfo(key, heading, tip, width, sample, compact, fixed, dim, steady)


COLUMNS: dict[Column, ColumnInfo] = {
    Column.PHONE: _info(
        "phone",
        QT_TRANSLATE_NOOP("Columns", "Phone"),
        QT_TRANSLATE_NOOP("Columns", "The phone's MAC address, or its IP address if it names none"),
        152,
        "00:04:13:A2:10:5F ",  # and the sign behind it
        fixed=True,
        steady=True,
    ),
    Column.LABEL: _info(
        "label",
        QT_TRANSLATE_NOOP("Columns", "Label"),
        QT_TRANSLATE_NOOP("Columns", "Your name for the phone: extension, room (F3)"),
        100,
        "Room 12, 204",
        "Room 12",
    ),
    Column.MAKE: _info(
        "make",
        QT_TRANSLATE_NOOP("Columns", "Make"),
        QT_TRANSLATE_NOOP("Columns", "Who made the phone"),
        100,
        "Grandstream",
        "Panasonic",
    ),
    Column.MODEL: _info(
        "model",
        QT_TRANSLATE_NOOP("Columns", "Model"),
        QT_TRANSLATE_NOOP("Columns", "The model, as the phone says it"),
        100,
        "GRP2612W",
    ),
    Column.VERSION: _info(
        "version",
        QT_TRANSLATE_NOOP("Columns", "Version"),
        QT_TRANSLATE_NOOP("Columns", "The firmware's version, as the phone says it"),
        100,
        "10.1.184.15",
        "10.1.18…",
        dim=True,
    ),
    Column.ADDRESS: _info(
        "address",
        QT_TRANSLATE_NOOP("Columns", "Address"),
        QT_TRANSLATE_NOOP("Columns", "The IP address from which it asked"),
        120,
        "192.168.100.200",
        fixed=True,
    ),
    Column.ASKED: _info(
        "asked",
        QT_TRANSLATE_NOOP("Columns", "Asked"),
        QT_TRANSLATE_NOOP("Columns", "When it asked last, and how often since the start"),
        108,
        f"59 min ago  {TIMES}9",
        "59 min ago",
        dim=True,
        steady=True,
    ),
    Column.DECISION: _info(
        "decision",
        QT_TRANSLATE_NOOP("Columns", "Decision"),
        QT_TRANSLATE_NOOP("Columns", "Your word: only approved phones get an answer"),
        186,
    ),
    Column.STATUS: _info(
        "status",
        QT_TRANSLATE_NOOP("Columns", "Status"),
        QT_TRANSLATE_NOOP("Columns", "How far the phone got"),
        222,
    ),
    Column.URL: _info(
        "url",
        QT_TRANSLATE_NOOP("Columns", "URL"),
        QT_TRANSLATE_NOOP(
            "Columns",
            "What the phone is sent: the default is dim, its own (F2) or a rule's is dark",
        ),
        190,
    ),
}

GIVE_WAY = (Column.VERSION, Column.ASKED, Column.MAKE, Column.LABEL)
"""Who shrinks, then hides, in this order, when the window is too narrow for all.

The label comes last, since it is the technician's own word; while no phone has one, it is only
there where nobody else wants the room."""

STRETCHES = Column.URL
"""Takes what the others leave."""

NARROWEST_STRETCH = 130
"""Pixels at 100 % that the stretching column keeps."""
FAIR_STRETCH = 210
"""... before others take their short forms for it."""


def heading(column: Column) -> str:
    return translate("Columns", COLUMNS[column].heading)


def heading_tip(column: Column) -> str:
    return translate("Columns", COLUMNS[column].tip)


def by_key(key: str) -> Column | None:
    """The column of this name in a saved state, if there is one."""
    return next((column for column, info in COLUMNS.items() if info.key == key), None)


# -- what a cell says ------------------------------------------------------------------------


def asked_text(phone: Phone, now: float) -> str:
    if phone.last_seen is None:
        return ABSENT
    when = ago(now - phone.asked_at) if phone.asked else since(phone.last_seen)
    return f"{when}  {TIMES}{phone.asked}" if phone.asked > 1 else when


_TEXTS: dict[Column, Callable[[Phone, float], str]] = {
    Column.PHONE: lambda phone, now: phone_text(phone),
    Column.LABEL: lambda phone, now: phone.label,
    Column.MAKE: lambda phone, now: phone.make,
    Column.MODEL: lambda phone, now: phone.model,
    Column.VERSION: lambda phone, now: phone.version,
    Column.ADDRESS: lambda phone, now: phone.address,
    Column.ASKED: asked_text,
    Column.DECISION: lambda phone, now: decision_text(phone.decision),
    Column.STATUS: status_words,
    Column.URL: lambda phone, now: phone.own_url,
}


def cell_text(column: Column, phone: Phone, now: float) -> str:
    """What a cell says; for the URL only the phone's own (the model knows the default)."""
    return _TEXTS[column](phone, now)


def cell_tip(column: Column, phone: Phone, now: float) -> str:
    """What more there is to say about a cell; "" when the cell says it all."""
    if column is Column.PHONE:
        lines = [phone.label] if phone.label else []
        if phone.other_mac is not None:
            lines.append(mac_sentence(phone))
        if phone.unseen:
            lines.append(
                translate("Columns", "New: it began to ask and nobody has looked at it yet.")
            )
        if not phone.mac:
            lines.append(
                translate(
                    "Columns", "This phone names no MAC address; it is known by its IP address."
                )
            )
        return "\n".join(lines)
    if column is Column.ASKED:
        return _asked_tip(phone)
    if column is Column.ADDRESS and phone.interface:
        return translate("Columns", "Heard on {interface}").format(interface=phone.interface)
    if column is Column.STATUS:
        kind = status_of(phone, now)
        lines = [status_explanation(phone, kind)]
        if phone.other_mac is not None:
            lines.insert(0, mac_sentence(phone))
        if kind is StatusKind.CONFLICT:
            return "\n".join([*lines, *conflict_lines(phone)])
        asked_to_reboot = phone.reboot is not Reboot.NONE
        at = phone.reboot_at if asked_to_reboot else phone.progress_at
        if asked_to_reboot and phone.reboot_code:
            lines.insert(0, f"{phone.reboot_code} {phone.reboot_reason}".rstrip())
        elif kind is StatusKind.REFUSED and phone.reason:
            lines.insert(0, f"{phone.code} {phone.reason}")
        if at is not None and kind is not StatusKind.DENIED:
            lines.append(date_and_time(at))
        return "\n".join(lines)
    return ""


def _asked_tip(phone: Phone) -> str:
    lines = []
    if phone.first_seen is None or phone.last_seen is None:
        return translate("Columns", "It has not asked yet.")
    lines.append(translate("Columns", "Last: {time}").format(time=date_and_time(phone.last_seen)))
    lines.append(translate("Columns", "First: {time}").format(time=date_and_time(phone.first_seen)))
    if phone.asked:
        lines.append(translate("Columns", "Times since the start: {n}").format(n=phone.asked))
    return "\n".join(lines)


# -- how a column sorts ----------------------------------------------------------------------


def _last_first(phone: Phone) -> SortKey:
    """The newest on top: those that asked in this run, by the clock that nobody can set, then those
    of earlier runs."""
    return (not phone.asked, -(phone.asked_at if phone.asked else phone.last_seen or 0.0))


def _began_first(phone: Phone, now: float) -> SortKey:
    """The same, but while a phone repeats itself by when it began to: so its row stands still then,
    and the order is the same after a restart."""
    if now < phone.asking_until:
        return (False, asks_for(phone.make) - phone.asking_until)
    return _last_first(phone)


_DECISIONS = {Decision.UNDECIDED: 0, Decision.APPROVED: 1, Decision.DENIED: 2}


def _address_key(phone: Phone) -> SortKey:
    try:
        return (False, *map(int, phone.address.split(".")))
    except ValueError:
        return (True,)


def _first_key(phone: Phone, now: float) -> SortKey:
    """The order at first: on top who wants a decision, asking or in conflict, then the newest."""
    waits = status_of(phone, now) in (StatusKind.ASKING, StatusKind.CONFLICT)
    return (not waits, *_began_first(phone, now))


_SORT_KEYS: dict[Column, Callable[[Phone, float], SortKey]] = {
    Column.PHONE: lambda phone, now: (phone.mac or phone.key,),
    Column.LABEL: lambda phone, now: natural(phone.label),
    Column.MAKE: lambda phone, now: natural(phone.make),
    Column.MODEL: lambda phone, now: natural(phone.model),
    Column.VERSION: lambda phone, now: natural(phone.version),
    Column.ADDRESS: lambda phone, now: _address_key(phone),
    Column.ASKED: lambda phone, now: _last_first(phone),
    Column.DECISION: lambda phone, now: (_DECISIONS[phone.decision],),
    Column.STATUS: lambda phone, now: (RANK[status_of(phone, now)], *_began_first(phone, now)),
    Column.URL: lambda phone, now: (not phone.own_url, phone.own_url),
}


def sorts_by(column: Column | None) -> Callable[[Phone, float], SortKey]:
    """What a column sorts by (None: the order at first), to be followed by the phone's key: no two
    phones have the same then, so the order never wavers."""
    return _first_key if column is None else _SORT_KEYS[column]
