"""Every setting that is kept: its name in the store, its type and its default."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from typing import Generic, TypeVar

from pnp_gui.pnp.url import FACTORY_URL

T = TypeVar("T")

MAX_TEXT = 32 * 1024
"""Characters of a text in a setting: the longest path on Windows."""

MAX_LIST = 1000
"""Entries of a list in a setting."""


def read_json(text: str) -> object:
    """The value of a JSON text. Raises ValueError if it is not JSON: also for NaN, infinity, and
    what is nested too deeply (RFC 8259 sections 6 and 9)."""
    try:
        return json.loads(text, parse_constant=_finite, parse_float=_finite)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(text)
    return number


def _is_text(value: object) -> bool:
    return isinstance(value, str) and len(value) <= MAX_TEXT and "\0" not in value


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and len(value) <= MAX_LIST and all(map(_is_text, value))


class Setting(str, Generic[T]):
    """The name under which a setting is kept, with its default. The value is any JSON value."""

    __slots__ = ("default", "fits")
    default: T
    fits: Callable[[object], bool]
    """Whether this program may have kept a value of the right type."""

    def __new__(
        cls, name: str, default: T, fits: Callable[[object], bool] | None = None
    ) -> Setting[T]:
        made = super().__new__(cls, name)
        made.default = default
        made.fits = fits or (_is_text if isinstance(default, str) else lambda value: True)
        return made


DEFAULT_URL = Setting("default_url", FACTORY_URL)
"""The URL template for every phone without one of its own."""

URL_HISTORY: Setting[list[str]] = Setting("url_history", [], _are_texts)
"""Templates used before, the newest first."""

MAX_URL_HISTORY = 20
"""How many of them are kept."""

URL_RULES: Setting[list[dict[str, str]]] = Setting("url_rules", [])
"""URLs by make and model; see bench/urls/rules.py."""

URL_RULES_ASIDE: Setting[list[str]] = Setting("url_rules_set_aside", [])
"""Rules that could no longer be read, as they were kept."""

APPROVE_ALL_MINUTES = Setting("approve_all_minutes", 5, lambda value: value in range(1, 61))
"""The duration that was chosen last."""

INTERFACES: Setting[list[str]] = Setting("interfaces", [], _are_texts)
"""Names or IPv4 addresses of the interfaces to listen on; empty: all of them."""

SERVE_FOLDER = Setting("serve_folder", "")
"""The folder whose files were served last; "": none yet."""

HTTP_PORT = Setting("http_port", 8080, lambda value: value in range(1, 65536))
TFTP_PORT = Setting("tftp_port", 69, lambda value: value in range(65536))
"""Where files are served: TCP, and UDP; 0: no TFTP."""

NOTICES = Setting("notices", True)
NOTICE_SOUND = Setting("notice_sound", True)
"""Whether taskbar and tray notify of phones that ask while the window is not in front, and whether
that has a sound."""

LETTER_KEYS = Setting("letter_keys", True)
"""Whether single letters act on the selected phones."""

THEME = Setting("theme", "system", lambda value: value in ("system", "light", "dark"))
"""The colours of the window; "system": as the system's."""

ZOOMS = (80, 90, 100, 110, 125, 150, 175, 200)
"""Sizes of everything in the window, in per cent."""

ZOOM = Setting("zoom", 100, lambda value: value in ZOOMS)
"""The size of everything in the window, in per cent."""

WINDOW_GEOMETRY = Setting("window_geometry", "")
HEADER_STATE = Setting("header_state", "")
SPLITTER_STATE = Setting("splitter_state", "")
"""The window, the table's columns, and the table's share of the window: Qt's bytes in base64."""

SHEET_MEANINGS: Setting[list[object]] = Setting("sheet_meanings", [])
"""What columns of lists mean; see bench/sheet/choices.py."""

SHEET_FOLDER = Setting("sheet_folder", "")
SAVE_FOLDER = Setting("save_folder", "")
"""Folders where a sheet was imported or exported last, and where messages, log or report were saved
last; "": the user's documents."""

REPORT_SITE = Setting("report_site", "")
REPORT_TECHNICIAN = Setting("report_technician", "")
REPORT_ENDING = Setting("report_ending", ".html", lambda value: value in (".html", ".pdf"))
"""The head of the report, and the ending of its file, as they were the last time."""


def fits(name: str, text: str) -> bool:
    """Whether `text` is a possible value, as JSON, of the setting `name`. True for an unknown name,
    of a later version, and for URL rules, which bench/urls/urls.py reads one by one."""
    setting = _ALL.get(name)
    if setting is None or setting is URL_RULES:
        return True
    try:
        value = read_json(text)
    except ValueError:
        return False
    return type(value) is type(setting.default) and setting.fits(value)


_ALL: dict[str, Setting[object]] = {
    each: each for each in list(globals().values()) if isinstance(each, Setting)
}
