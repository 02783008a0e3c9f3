"""The history as CSV. User and password in URLs are masked unless the caller says otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pnp_gui.bench.phones.key import mac_of, show_key
from pnp_gui.bench.phones.phone import Phone
from pnp_gui.bench.sheet.cells import LINE_END, csv_bytes, csv_text
from pnp_gui.bench.store.store import HistoryLine
from pnp_gui.system.iso_time import iso_time
from pnp_gui.system.mask import mask_url
from pnp_gui.system.steps import AT_ONCE, Steps

HISTORY_HEAD = (
    *("time", "mac", "label", "make", "model", "address", "interface"),
    *("what", "how", "code", "url", "bytes"),
)
"""The columns of the history as CSV."""


def history_csv(
    lines: Sequence[HistoryLine],
    phones: Mapping[str, Phone],
    *,
    masked: bool,
    separator: str = ",",
) -> Steps[bytes]:
    """The history as CSV, in the order of `lines`."""
    nobody = Phone("")

    def cells(line: HistoryLine) -> tuple[str, ...]:
        phone = phones.get(line.key, nobody)
        return (
            iso_time(line.at),
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

    parts = [csv_bytes(HISTORY_HEAD, (), separator)]
    for start in range(0, len(lines), AT_ONCE):
        yield 100 * start // len(lines)
        text = csv_text(map(cells, lines[start : start + AT_ONCE]), separator, LINE_END)
        parts.append(text.encode("utf-8", "replace"))
    return b"".join(parts)
