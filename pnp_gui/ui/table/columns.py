"""The table's columns: everything about each of them in one entry of `COLUMNS`.

A new column is a number in `Column` and an entry here; the entry names what it must say. Only a
column that is more than a line of text has a delegate, too: see `view.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtGui import QFontMetrics

from pnp_gui.bench.bench import Bench
from pnp_gui.bench.phones.natural import natural
from pnp_gui.bench.phones.phone import Phone
from pnp_gui.ui.table import cell_texts, sort_keys
from pnp_gui.ui.table.elide import elide_address, elide_asked, elide_model, elide_url
from pnp_gui.ui.table.sort_keys import SortBy
from pnp_gui.ui.words.phone import decision_text, phone_words
from pnp_gui.ui.words.status import status_words
from pnp_gui.ui.words.translate import QT_TRANSLATE_NOOP, translate
from pnp_gui.ui.words.url_origin import url_tip

CellText = Callable[[Phone, float, Bench], str]
"""Phone, the bench's clock, the bench -> a text about a cell."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnInfo:
    """One column. Texts are English and the keys of their translations; widths are pixels at
    100 %."""

    key: str
    """Name in the saved state, and over copied cells; never changes."""
    heading: str
    tip: str
    """Tooltip of the heading."""

    text: CellText
    """What a cell shows, and what is copied and spoken unless the entry says otherwise."""
    sort_by: SortBy
    found_by: Callable[[Phone], str]
    """Where the find field looks for a word; "": its words are not looked for."""
    cell_tip: CellText | None = None
    """What more there is to say about a cell: its tooltip."""
    copied: CellText | None = None
    """For the clipboard, where that is not `text`."""
    sheet: str = ""
    """The sheet's column of the same content: its name and cells are copied instead."""
    spoken: CellText | None = None
    """For a screen reader, where that is not `text`."""
    edited: Callable[[Phone], str] | None = None
    """The text to edit; None: it cannot be edited."""

    width: int
    """Comfortable."""
    sample: str = ""
    """The longest usual text."""
    compact: str = ""
    """The same when the column gives way."""
    limit: int = 0
    """Width of text beyond which it may be cut; 0: none."""
    signs: int = 0
    """Width of the signs and words beside the text."""
    steady: bool = False
    """Has room for its sample whatever it shows: its texts change every second."""
    usual_if_tight: bool = False
    """Short of room it keeps room for its sample only, not for its longest text."""
    optional: bool = False
    """While it is empty for all phones it has only the room that no other column wants."""
    gives_way: int = 0
    """Its turn to shrink, then to hide, when the window is too narrow; 0: never."""
    stays: bool = False
    """Does not hide when it is its turn, but has its least width."""
    stretches: bool = False
    """Takes what the others leave (exactly one column)."""
    hideable: bool = True

    fixed: bool = False
    """In the fixed-width font."""
    dim: bool = False
    """In the secondary text colour."""
    elided: Callable[[str, QFontMetrics, int], str] | None = None
    """The text cut to this many pixels; None: its end is cut."""
    live: bool = False
    """Its text changes with time alone."""


COLUMNS: dict[Column, ColumnInfo] = {
    Column.PHONE: ColumnInfo(
        key="phone",
        heading=QT_TRANSLATE_NOOP("Columns", "Phone"),
        tip=QT_TRANSLATE_NOOP(
            "Columns", "The phone's MAC address, or its IP address if it sends none"
        ),
        text=lambda phone, now, bench: phone_words(phone),
        sort_by=lambda phone, now: (phone.mac or phone.key,),
        found_by=cell_texts.phone_found_by,
        cell_tip=cell_texts.phone_tip,
        sheet="mac",
        spoken=cell_texts.phone_spoken,
        width=152,
        sample="00:04:13:A2:10:5F ",  # and the warning sign
        signs=6,  # the dot
        steady=True,
        hideable=False,
        fixed=True,
    ),
    Column.LABEL: ColumnInfo(
        key="label",
        heading=QT_TRANSLATE_NOOP("Columns", "Label"),
        tip=QT_TRANSLATE_NOOP("Columns", "Your name for the phone: extension, room (F3)"),
        text=lambda phone, now, bench: phone.label,
        sort_by=lambda phone, now: natural(phone.label),
        found_by=lambda phone: phone.label,
        sheet="label",
        edited=lambda phone: phone.label,
        width=100,
        sample="Room 12, 204",
        compact="Room 12",
        limit=360,
        usual_if_tight=True,
        optional=True,
        gives_way=8,  # last: it is the technician's own text
    ),
    Column.MAKE: ColumnInfo(
        key="make",
        heading=QT_TRANSLATE_NOOP("Columns", "Make"),
        tip=QT_TRANSLATE_NOOP("Columns", "Who made the phone"),
        text=lambda phone, now, bench: phone.make,
        sort_by=lambda phone, now: natural(phone.make),
        found_by=lambda phone: phone.make,
        cell_tip=cell_texts.make_tip,
        width=100,
        sample="Grandstream",
        compact="Panasonic",
        limit=110,
        gives_way=4,
    ),
    Column.MODEL: ColumnInfo(
        key="model",
        heading=QT_TRANSLATE_NOOP("Columns", "Model"),
        tip=QT_TRANSLATE_NOOP("Columns", "The model, as the phone names it"),
        text=cell_texts.model_text,
        sort_by=lambda phone, now: natural(phone.model),
        found_by=lambda phone: phone.model,
        width=100,
        sample="GRP2612W",
        compact="GRP2612W",
        limit=140,
        elided=elide_model,
        gives_way=6,
    ),
    Column.VERSION: ColumnInfo(
        key="version",
        heading=QT_TRANSLATE_NOOP("Columns", "Version"),
        tip=QT_TRANSLATE_NOOP("Columns", "The firmware version, as the phone names it"),
        text=lambda phone, now, bench: phone.version,
        sort_by=lambda phone, now: natural(phone.version),
        found_by=lambda phone: phone.version,
        width=100,
        sample="10.1.184.15",
        compact="10.1.18…",
        limit=120,
        gives_way=1,
        dim=True,
    ),
    Column.ADDRESS: ColumnInfo(
        key="address",
        heading=QT_TRANSLATE_NOOP("Columns", "Address"),
        tip=QT_TRANSLATE_NOOP("Columns", "The IP address the phone asked from"),
        text=lambda phone, now, bench: phone.address,
        sort_by=sort_keys.by_address,
        found_by=cell_texts.address_found_by,
        cell_tip=cell_texts.address_tip,
        width=120,
        sample="192.168.100.200",
        compact="192.168.100.200",
        gives_way=5,
        elided=elide_address,
        fixed=True,
    ),
    Column.ASKED: ColumnInfo(
        key="asked",
        heading=QT_TRANSLATE_NOOP("Columns", "Asked"),
        tip=QT_TRANSLATE_NOOP("Columns", "When it last asked, and how often since the start"),
        text=cell_texts.asked_text,
        sort_by=sort_keys.by_last_request,
        found_by=lambda phone: "",
        cell_tip=cell_texts.asked_tip,
        copied=cell_texts.asked_copied,
        width=108,
        sample=f"59 min ago  {cell_texts.TIMES}9",
        compact="59 min ago",
        elided=elide_asked,
        steady=True,
        gives_way=2,
        dim=True,
        live=True,
    ),
    Column.DECISION: ColumnInfo(
        key="decision",
        heading=QT_TRANSLATE_NOOP("Columns", "Decision"),
        tip=QT_TRANSLATE_NOOP("Columns", "Your decision: only approved phones get an answer"),
        text=lambda phone, now, bench: decision_text(phone.decision),
        sort_by=sort_keys.by_decision,
        found_by=lambda phone: "",  # the filter has its words
        sheet="decision",
        width=186,
        gives_way=7,
        stays=True,
    ),
    Column.STATUS: ColumnInfo(
        key="status",
        heading=QT_TRANSLATE_NOOP("Columns", "Status"),
        tip=QT_TRANSLATE_NOOP("Columns", "How far the phone got"),
        text=lambda phone, now, bench: status_words(phone, now),
        sort_by=sort_keys.by_status,
        found_by=lambda phone: "",  # the filter has its words
        cell_tip=cell_texts.status_tip,
        width=222,
        gives_way=3,
        stays=True,
        live=True,
    ),
    Column.URL: ColumnInfo(
        key="url",
        heading=QT_TRANSLATE_NOOP("Columns", "URL"),
        tip=QT_TRANSLATE_NOOP(
            "Columns",
            "What the phone is sent; the default URL is dimmed, the phone's own (F2) or a "
            "rule's is not",
        ),
        text=cell_texts.url_text,
        sort_by=lambda phone, now: (not phone.own_url, phone.own_url),
        found_by=lambda phone: "",  # the filter has it
        cell_tip=lambda phone, now, bench: url_tip(bench, phone.key),
        sheet="url",
        spoken=lambda phone, now, bench: url_tip(bench, phone.key),
        edited=lambda phone: phone.own_url,
        width=190,
        limit=420,
        signs=46,
        stretches=True,
        hideable=False,
        elided=elide_url,
    ),
}

GIVE_WAY = tuple(
    sorted((c for c in COLUMNS if COLUMNS[c].gives_way), key=lambda c: COLUMNS[c].gives_way)
)
"""The columns that shrink, then hide, in this order, when the window is too narrow for all."""
(STRETCHES,) = (column for column in COLUMNS if COLUMNS[column].stretches)
"""The column that takes what the others leave."""
BY_KEY = {info.key: column for column, info in COLUMNS.items()}
OPTIONAL = tuple(column for column in COLUMNS if COLUMNS[column].optional)
LIVE = tuple(column for column in COLUMNS if COLUMNS[column].live)

NARROWEST_STRETCH = 150
"""Pixels at 100 % that the stretching column keeps."""
FAIR_STRETCH = 210
"""Pixels at 100 % it has before the others take their short forms."""


def heading(column: Column) -> str:
    return translate("Columns", COLUMNS[column].heading)


def heading_tip(column: Column) -> str:
    return translate("Columns", COLUMNS[column].tip)
