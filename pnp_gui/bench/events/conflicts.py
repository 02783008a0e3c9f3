"""A second address that asks with a phone's MAC: a phone that moved, or somebody who plays it.

Nothing here can tell which, so the technician says it, and nothing is sent there before. Until he
decided anything about the phone there is no harm in showing where it asks from now: its row goes
over to the other address once the first has fallen silent, and still says that there are two.
"""

from __future__ import annotations

from pnp_gui.bench.phones.phone import Decision, OtherAddress, Phone, Progress, Reboot, take_facts
from pnp_gui.bench.phones.registry import PhoneRegistry
from pnp_gui.bench.record.log import Level, Log
from pnp_gui.bench.store.store import Store
from pnp_gui.pnp.events import Conflict, Moved
from pnp_gui.pnp.makes import asks_for


class Conflicts:
    """The one who turns events about second addresses into rows."""

    def __init__(self, floor: PhoneRegistry, store: Store, log: Log) -> None:
        self._floor = floor
        self._store = store
        self._log = log
        self._to_move: list[str] = []

    def take_to_move(self) -> list[str]:
        """Keys of the phones that nobody approved and that ask from elsewhere now."""
        if not self._to_move:
            return []
        keys, self._to_move = self._to_move, []
        return keys

    def claimed(self, event: Conflict, at: float) -> None:
        """Another address asked for the phone."""
        request, other = event.request, event.kept
        phone = self._floor.phones.get(request.key)
        same = request.source[0] == other.source[0]
        if phone is None or (
            same and phone.decision is not Decision.APPROVED and event.at >= phone.asking_until
        ):
            self._to_move.append(request.key)
            return
        conflict = phone.conflict
        if conflict is None or conflict.address != other.source[0]:
            conflict = OtherAddress(other.source[0], other.interface, event.at, at, event.at, 0)
            phone.conflict = conflict
            self._log.add(
                at,
                Level.WARNING,
                "Conflict: {address} on {interface} asks with this phone's MAC too, but the phone "
                "is at {own}. Nothing goes to {address} unless you say so.",
                {
                    "address": conflict.address,
                    "interface": conflict.interface,
                    "own": phone.address,
                },
                phone.key,
            )
        if same:
            conflict.asked += 1
            conflict.last, conflict.last_at = at, event.at
            conflict.interface = request.interface
        else:
            conflict.further += 1
        self._floor.changed.add(phone.key)

    def moved(self, phone: Phone, event: Moved, at: float) -> None:
        """The phone is somewhere else from now on."""
        request, before = event.request, phone.conflict
        known = before is not None and before.address == request.source[0]
        was = OtherAddress(
            *(phone.address, phone.interface, event.at),
            *(phone.last_seen or at, phone.heard_at, phone.asked),
        )
        phone.conflict = None if phone.decision is Decision.APPROVED else was
        if before is not None and known:
            phone.asked = before.asked
            phone.last_seen, phone.heard_at = before.last, before.last_at
        else:
            phone.asked = 1
            phone.last_seen, phone.heard_at = at, event.at
        phone.heard = True
        take_facts(phone, request)
        phone.asking_until = event.asked_at + asks_for(phone.make)
        phone.reboot = Reboot.NONE
        phone.progress = Progress.ASKING
        phone.code = 0
        phone.reason = ""
        if phone.decision is Decision.UNDECIDED and not known:
            self._floor.mark(phone)
        self._log.add(
            at,
            Level.INFO,
            "It is at {address} on {interface} from now on; before, it was at {before}.",
            {"address": phone.address, "interface": phone.interface, "before": was.address},
            phone.key,
        )
        self._store.note(phone)
        self._floor.changed.add(phone.key)
