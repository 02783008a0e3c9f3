"""The history as CSV. User and password in URLs are masked unless the caller says otherwise."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping

from pnp_gui.bench.phones.key import mac_of, show_key
from pnp_gui.bench.phones.phone import Phone
from pnp_gui.bench.sheet.cells import csv_bytes
from pnp_gui.bench.store.store import HistoryLine
from pnp_gui.system.mask import mask_url

HISTORY_HEAD = (
    *("time", "mac", "label", "make", "model", "address", "interface"),
    *("what", "how", "code", "url", "bytes"),
)
"""The columns of the history as CSV."""


def history_csv(
    lines: Iterable[HistoryLine],
    phones: Mapping[str, Phone],
    *,
    masked: bool,
    separator: str = ",",
) -> bytes:
    """The history as CSV, in the order of `lines`."""
    nobody = Phone("")

    def cells(line: HistoryLine) -> tuple[str, ...]:
        phone = phones.get(line.key, nobody)
        return (
            time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(line.at)),
            show_key(line.key) if mac_of(line.key) else "",
            phone.label,
            phone.make,
            phone.model,
            line.address,
            line.interface,
            line.outcome,
            line.how,
            str(line.code) if line.code else "",
            mask_url(line.url) if masked else line.url,
            str(line.size) if line.size else "",
        )

    return csv_bytes(HISTORY_HEAD, map(cells, lines), separator)
