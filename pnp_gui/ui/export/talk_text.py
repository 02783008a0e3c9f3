"""Messages and requests for files as text: when, between whom, and what was said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pnp_gui.bench.fetches.talk import Entry
from pnp_gui.bench.record.fetch_entry import FetchEntry
from pnp_gui.system.iso_time import iso_time
from pnp_gui.system.mask import mask_message
from pnp_gui.system.steps import Steps
from pnp_gui.ui.words.fetches import fetch_words
from pnp_gui.ui.words.translate import trouble_text
from pnp_gui.ui.words.wire_text import readable

_AT_ONCE = 100
"""Entries that are made in one step."""


def talk_text(entries: Iterable[Entry], *, masked: bool) -> str:
    """All of these, in their order. `masked`: user name and password as x's."""
    return "\n".join(_entry_text(entry, masked) for entry in entries)


def talk_in_steps(entries: Sequence[Entry], *, masked: bool) -> Steps[bytes]:
    """The same as a file in UTF-8."""
    parts: list[str] = []
    for start in range(0, len(entries), _AT_ONCE):
        parts.append(talk_text(entries[start : start + _AT_ONCE], masked=masked))
        yield 100 * start // len(entries)
    return "\n".join(parts).encode("utf-8", "replace")


def _entry_text(entry: Entry, masked: bool) -> str:
    source, target = (f"{address}:{port}" for address, port in entry.ends)
    head = f"--- {iso_time(entry.at, milliseconds=True)}  {source} -> {target}"
    if isinstance(entry, FetchEntry):
        words = fetch_words(entry).encode()
        about = (mask_message(words) if masked else words).decode()
        if entry.missing is not None:
            about = f"{about}. {trouble_text(entry.missing)}"
    else:
        about = entry.interface
    body = readable(mask_message(entry.data) if masked else entry.data).rstrip("\n")
    return f"{head}  {about}\n{body}\n"
