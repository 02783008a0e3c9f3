"""Every setting that is kept, once: its name in the store, its type, and its value at first."""

from __future__ import annotations

from typing import Generic, TypeVar

from pnp_gui.pnp.url import FACTORY_URL

T = TypeVar("T")


class Setting(str, Generic[T]):
    """The name under which a setting is kept, which knows what it holds: anything JSON can say."""

    __slots__ = ("default",)
    default: T

    def __new__(cls, name: str, default: T) -> Setting[T]:
        made = super().__new__(cls, name)
        made.default = default
        return made


DEFAULT_URL = Setting("default_url", FACTORY_URL)
"""The URL template for every phone without one of its own."""

URL_HISTORY: Setting[list[str]] = Setting("url_history", [])
"""Templates used before, the newest first."""

MAX_URL_HISTORY = 20
"""How many of them are kept."""

URL_RULES: Setting[list[dict[str, str]]] = Setting("url_rules", [])
"""URLs by make and model; see url_rules.py."""

URL_RULES_ASIDE: Setting[list[str]] = Setting("url_rules_set_aside", [])
"""Rules that could not be read any more, as they were kept."""

APPROVE_ALL: Setting[dict[str, object]] = Setting("approve_all", {})
"""Until when every phone that asks is approved; see approve_all.py."""

APPROVE_ALL_SEEN: Setting[list[float]] = Setting("approve_all_seen", [])
"""The latest time seen during it, unix seconds, and how many phones it approved by then."""

APPROVE_ALL_MINUTES = Setting("approve_all_minutes", 5)
"""How long it was chosen to last, last time."""

INTERFACES: Setting[list[str]] = Setting("interfaces", [])
"""Names or IPv4 addresses of the network ports to listen on; empty: every one offered."""

PORT = Setting("port", 5060)
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
