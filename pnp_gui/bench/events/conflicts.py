"""A second address that asks with a phone's MAC: a phone that moved, or something that imitates it.
Only the technician can tell. Until then nothing is sent there; the row of a phone that nobody
approved goes over to it once the first address has stopped asking, and says that there are two.
"""

from __future__ import annotations

from pnp_gui.bench.phones.phone import Decision, Phone
from pnp_gui.bench.phones.registry import PhoneRegistry
from pnp_gui.bench.record.log import Level, Log
from pnp_gui.bench.store.store import Store
from pnp_gui.pnp.events import Conflict, Moved


class Conflicts:
    """Puts events about second addresses into the rows."""

    def __init__(self, registry: PhoneRegistry, store: Store, log: Log) -> None:
        self._registry = registry
        self._store = store
        self._log = log
        self._to_move: list[str] = []

    def take_to_move(self) -> list[str]:
        """Keys of the phones that nobody approved and that ask from elsewhere now."""
        keys, self._to_move = self._to_move, []
        return keys

    def claimed(self, event: Conflict, at: float) -> None:
        """Another address asked for the phone."""
        request, kept = event.request, event.kept
        phone = self._registry.phones.get(request.key)
        same = request.source[0] == kept.source[0]
        if phone is None or (
            same and phone.decision is not Decision.APPROVED and event.at >= phone.asking_until
        ):
            self._to_move.append(request.key)
            return
        if phone.claimed(request, kept, at, event.at):
            self._log.add(
                at,
                Level.WARNING,
                "Conflict: {address} on {interface} asks with this phone's MAC too, but the phone "
                "is at {own}. Nothing goes to {address} unless you say so.",
                {"address": kept.source[0], "interface": kept.interface, "own": phone.address},
                phone.key,
            )
        self._registry.changed.add(phone.key)

    def moved(self, phone: Phone, event: Moved, at: float) -> None:
        """The phone is somewhere else from now on."""
        before = phone.address
        if phone.moved(event.request, at, event.at, event.asked_at):
            self._registry.unseen.add(phone.key)
        self._log.add(
            at,
            Level.INFO,
            "Moved from {before} to {address} on {interface}.",
            {"address": phone.address, "interface": phone.interface, "before": before},
            phone.key,
        )
        self._store.note(phone)
        self._registry.changed.add(phone.key)
