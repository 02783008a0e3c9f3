"""What there is to say about a phone's files beside its status."""

from __future__ import annotations

from pnp_gui.bench.bench import Bench
from pnp_gui.bench.phones.files import Files
from pnp_gui.bench.phones.phone import Phone
from pnp_gui.pnp.mac import show_mac
from pnp_gui.ui.words.fetches import data_size
from pnp_gui.ui.words.times import date_and_time
from pnp_gui.ui.words.translate import translate, trouble_text

MOST_MISSING = 3
"""Missing files that are named."""


def file_lines(phone: Phone, bench: Bench) -> list[str]:
    """What it fetched last, and what it lacks; empty where there is nothing."""
    files = phone.files
    if files is None:
        return []
    lines = []
    if files.other_mac:
        asked = translate("Files", "The phone asked with another phone's MAC: {mac}.")
        lines.append(asked.format(mac=show_mac(files.other_mac)))
    if files.broken_off:
        broken_off = translate("Files", "Incomplete: {name}")
        lines.append(broken_off.format(name=files.broken_off))
    explained = {one.asked: trouble_text(one.asked_for()) for one in bench.missing_files(phone.key)}
    not_there = translate("Files", "Missing or unreadable when the phone asked: {name}")
    lines += [
        explained.get(name) or not_there.format(name=name)
        for name in files.missing[: -MOST_MISSING - 1 : -1]
    ]
    if len(files.missing) > MOST_MISSING:
        more = translate("Files", "… and {n} more")
        lines.append(more.format(n=len(files.missing) - MOST_MISSING))
    return lines + _last_file(files)


def _last_file(files: Files) -> list[str]:
    if files.at is None:
        return []
    last = translate("Files", "Last fetched: {name}, {size}, {time}")
    if not files.size:  # it had the same one already
        last = translate("Files", "Last fetched: {name}, {time}")
    size, time = data_size(files.size), date_and_time(files.at)
    lines = [last.format(name=files.name, size=size, time=time)]
    if files.total > 1:
        lines.append(translate("Files", "Files fetched: {n}").format(n=files.total))
    return lines
