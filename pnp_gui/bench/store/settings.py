"""Every setting that is kept, once: its name in the store, its type, and its value at first."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from typing import Generic, TypeVar

from pnp_gui.pnp.url import FACTORY_URL

T = TypeVar("T")

MAX_TEXT = 32 * 1024
"""Characters of a text in a setting: the longest path of Windows."""

MAX_LIST = 1000
"""Entries of a list in a setting."""


def read_json(text: str) -> object:
    """The value that JSON text says. Raises ValueError for whatever is none, which NaN, infinity
    and what is nested too deeply are as well (RFC 8259 sections 6 and 9)."""
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


def _is_anything(value: object) -> bool:
    return True


class Setting(str, Generic[T]):
    """The name under which a setting is kept, which knows what it holds: anything JSON can say."""

    __slots__ = ("default", "fits")
    default: T
    fits: Callable[[object], bool]
    """Whether a value of the right type is one that this program may have kept."""

    def __new__(
        cls, name: str, default: T, fits: Callable[[object], bool] | None = None
    ) -> Setting[T]:
        made = super().__new__(cls, name)
        made.default = default
        made.fits = fits or (_is_text if isinstance(default, str) else _is_anything)
        return made


DEFAULT_URL = Setting("default_url", FACTORY_URL)
"""The URL template for every phone without one of its own."""

URL_HISTORY: Setting[list[str]] = Setting("url_history", [], _are_texts)
"""Templates used before, the newest first."""

MAX_URL_HISTORY = 20
"""How many of them are kept."""

URL_RULES: Setting[list[dict[str, str]]] = Setting("url_rules", [])
"""URLs by make and model; see url_rules.py."""

URL_RULES_ASIDE: Setting[list[str]] = Setting("url_rules_set_aside", [], _is_anything)
"""Rules that could not be read any more, as they were kept."""

APPROVE_ALL_MINUTES = Setting("approve_all_minutes", 5, lambda value: value in range(1, 61))
"""How long it was chosen to last, last time."""

INTERFACES: Setting[list[str]] = Setting("interfaces", [], _are_texts)
"""Names or IPv4 addresses of the network ports to listen on; empty: every one offered."""

PORT = Setting("port", 5060, lambda value: value in range(1, 65536))
"""UDP port to listen on."""

NOTICES = Setting("notices", True)
"""Tell in the taskbar and tray of phones that ask while the window is not in front."""

NOTICE_SOUND = Setting("notice_sound", True)
"""... with a short sound."""

WINDOW_GEOMETRY = Setting("window_geometry", "")
"""Place and size of the window: Qt's bytes in base64."""

HEADER_STATE = Setting("header_state", "")
"""Widths, order and sorting of the table's columns: Qt's bytes in base64."""

SPLITTER_STATE = Setting("splitter_state", "")
"""The table's share of the window: Qt's bytes in base64."""

SHEET_FOLDER = Setting("sheet_folder", "")
"""The folder of the sheet that was read or written last."""

SAVE_FOLDER = Setting("save_folder", "")
"""Folder into which messages, log or report were saved last; "": the user's documents."""


def fits(name: str, text: str) -> bool:
    """Whether this is what is kept under this name, as JSON; True under a name of a later version.
    URL rules are read one by one where they are used (urls.py)."""
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
