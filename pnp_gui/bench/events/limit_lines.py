"""What the log says of limits: one line for each burst, with the number; every case is counted."""

from __future__ import annotations

from pnp_gui.bench.record.log import Level, Log
from pnp_gui.pnp.events import Limited
from pnp_gui.pnp.limits import Limit

_LINES = {
    Limit.UNCONFIRMED: "{most} NOTIFYs to {source} within 8 s were not answered: the next phones "
    "there get their URL when one of these is, or when they ask again.",
    Limit.REQUESTS: "More than {most} requests a second from {source} are of phones that nobody "
    "approved: what is more is dropped and only counted.",
    Limit.REPEATS: "A phone at {source} goes on asking after it was answered {most} times: what is "
    "more is dropped and only counted.",
    Limit.NEW: "More than {most} new phones an hour ask from {source}: further ones there are "
    "only counted, not shown. Those that ask again later appear.",
    Limit.PENDING: "{most} phones ask and have no answer: the requests of those that asked longest "
    "ago are forgotten. Approved, these get their URL when they ask again.",
    Limit.PENDING_BYTES: "The requests without an answer take more than {most} bytes: those of the "
    "phones that asked longest ago are forgotten. Approved, these get their URL when they ask "
    "again.",
    Limit.CONFLICTING: "For {most} phones another address asks as well: what was asked first "
    "there is forgotten, until it asks again.",
    Limit.ANSWERED: "{most} phones were answered within 32 s: the first of them are served anew if "
    "they ask once more.",
}

_COUNTED = {
    Limit.REQUESTS: "more requests a second from one address than are looked at",
    Limit.REPEATS: "a request that was answered often enough",
    Limit.NEW: "a new phone beyond those that one address may bring in an hour",
}
"""Reasons for which a request counts as ignored."""


def tell_limit(log: Log, event: Limited, at: float) -> None:
    """Count it, and write a line for the first of a burst."""
    reason = _COUNTED.get(event.limit)
    if reason is not None:
        log.count_ignored(reason)
    if event.first:
        values = {"most": event.most, "source": event.source}
        log.add(at, Level.WARNING, _LINES[event.limit], values, event.source)
