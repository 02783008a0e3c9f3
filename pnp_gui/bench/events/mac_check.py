"""Does a phone have the MAC that it says? Asked of what the system knows of its neighbours.

The table is looked at off the path of the datagrams: every two seconds, once for all, and only
while there are phones that asked and were not compared since. Nothing is sent for it, so often
there is no entry yet, and then there is no claim. A phone that differs is a warning in its row;
"approve all" leaves it to the technician, since it is the one case in which nobody would have
looked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol

from pnp_gui.bench.phones.phone import Decision, OtherMac, Phone
from pnp_gui.bench.phones.registry import PhoneRegistry
from pnp_gui.bench.phones.waiting import Waiting
from pnp_gui.bench.record.log import Level, Log
from pnp_gui.pnp.mac import show_mac
from pnp_gui.pnp.makes import asks_for
from pnp_gui.trouble import Trouble


class Known(Protocol):
    """What the system knows of its neighbours."""

    def get(self, where: tuple[str, str], /) -> str | None:
        """The hardware address (12 upper-case hex digits) of an address on a network port; None:
        it is not known; "": it never will be for sure."""


LOOK_EVERY = 2.0
"""Seconds between two looks at the table ..."""
SHARE = 100
"""... and more where a look takes long: a hundredth of the time at most."""
FRESH = 0.25
"""Seconds for which a look will do for "approve all", and more where a look takes long: four
hundredths of the time at most."""
AFTER_SENDING = 10.0
"""Seconds for which an approved phone is looked for, after it was approved and after it asked: what
is sent to it makes the entry."""

DIFFERS = (
    "The network knows {address} as {network}, but the phone says {phone}. Something else may "
    "pretend to be this phone; a phone on Wi-Fi has two MAC addresses."
)


def mac_warning(phone: Phone) -> Trouble | None:
    """What is wrong with the phone's MAC, or None when nothing is known against it."""
    other = phone.other_mac
    if other is None:
        return None
    return Trouble(
        DIFFERS,
        code="other_mac",
        address=other.address,
        network=show_mac(other.mac),
        phone=show_mac(phone.mac),
    )


class MacCheck:
    """Compares, and puts what differs into the row and the log."""

    look: Callable[[], Known]
    """Gives what the system knows now."""

    def __init__(
        self,
        floor: PhoneRegistry,
        log: Log,
        asking: Waiting,
        now: Callable[[], float],
        monotonic: Callable[[], float],
    ) -> None:
        """`asking`: who began to ask; somebody else keeps it."""
        self.look = dict
        self._floor = floor
        self._log = log
        self._asking = asking
        self._now = now
        self._monotonic = monotonic
        self._open: set[str] = set()
        """Keys of phones that asked and are still to be compared."""
        self._approved: dict[str, float] = {}
        """Keys of phones approved just now, and until when they are looked for."""
        self._known: Known = {}
        self._looked_at = float("-inf")
        self._next_look = float("-inf")
        self._took = 0.0
        """Seconds of the last look."""

    def look_for(self, keys: Iterable[str]) -> None:
        """These were approved just now."""
        self._approved.update(dict.fromkeys(keys, self._monotonic() + AFTER_SENDING))

    def tick(self) -> None:
        """To be called at least once a second."""
        now = self._monotonic()
        if now < self._next_look or not (self._asking or self._open or self._approved):
            return
        self._next_look = now + LOOK_EVERY
        self._approved = {key: until for key, until in self._approved.items() if until > now}
        keys = self._open | self._asking.take_began() | self._approved.keys()
        phones = self._floor.phones
        unsettled = [
            phone
            for key in keys
            if (phone := phones.get(key)) is not None and self._is_open(phone, now)
        ]
        self._open = {phone.key for phone in unsettled}
        self._compare(unsettled, LOOK_EVERY)
        # Of thousands of neighbours it would be megabytes.
        self._known, self._looked_at = {}, float("-inf")

    def trusted(self, phones: Iterable[Phone]) -> list[Phone]:
        """Those of whom nothing is known against their MAC, at this very moment."""
        phones = list(phones)
        self._compare([each for each in phones if each.mac], FRESH)
        return [each for each in phones if each.other_mac is None]

    def _is_open(self, phone: Phone, now: float) -> bool:
        if not phone.mac or phone.decision is Decision.DENIED:
            return False
        if phone.decision is Decision.UNDECIDED:
            return now < phone.asking_until
        began = phone.asking_until - asks_for(phone.make)
        return phone.key in self._approved or now < began + AFTER_SENDING

    def _compare(self, phones: list[Phone], fresh: float) -> None:
        if not phones:
            return
        began = self._monotonic()
        if began - self._looked_at >= max(fresh, self._took * SHARE / 4):
            self._known = self.look()
            self._looked_at = self._monotonic()
            self._took = self._looked_at - began
            self._next_look = max(self._next_look, self._looked_at + SHARE * self._took)
        for phone in phones:
            self._judge(phone, self._known.get((phone.interface, phone.address)))

    def _judge(self, phone: Phone, mac: str | None) -> None:
        before = phone.other_mac
        if not mac:
            # The entry of where it asked before says nothing about where it asks now. One that
            # the system forgot meanwhile was true all the same.
            other = before if before and before.address == phone.address else None
        else:
            other = None if mac == phone.mac else OtherMac(phone.address, mac)
        if mac is not None:
            self._open.discard(phone.key)
            self._approved.pop(phone.key, None)
        if other == before:
            return
        phone.other_mac = other
        self._floor.changed.add(phone.key)
        warning = mac_warning(phone)
        if warning is not None:
            self._log.add(self._now(), Level.WARNING, warning.template, warning.values, phone.key)
