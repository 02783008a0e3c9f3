"""Compares the MAC that a phone says with the one that the system knows for its address: every two
seconds, not for each datagram. Nothing is sent for it; where there is no entry, nothing is claimed.
A phone that says none has the one of its address; it is looked up when it asks, too, and as long as
its URL is on the way: the system notices late that another device has the address now.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import Protocol

from pnp_gui.bench.phones.others import OtherMac
from pnp_gui.bench.phones.phone import Decision, Phone
from pnp_gui.bench.phones.registry import PhoneRegistry
from pnp_gui.bench.phones.waiting import Waiting
from pnp_gui.bench.record.log import Level, Log
from pnp_gui.pnp.mac import show_mac
from pnp_gui.pnp.makes import asks_for, make_without_mac
from pnp_gui.texts import Text
from pnp_gui.trouble import Trouble


class Neighbours(Protocol):
    """The system's table of neighbours (ARP), as it was when it was read."""

    def get(self, where: tuple[str, str], /) -> str | None:
        """The MAC (12 upper-case hex digits) of an address, by interface and address; None: it
        is not known yet; "": it cannot be known for sure."""


READ_EVERY = 2.0
"""Seconds between two readings of the table ..."""
SHARE = 100
"""... and more where reading takes long: a hundredth of the time at most."""
FRESH = 0.25
"""Seconds for which a reading is good enough for "approve all", and more where reading takes long:
four hundredths of the time at most."""
MAX_REMEMBERED = 4_096
"""Addresses of phones without a MAC whose MAC stays known when the system drops its entry."""
AFTER_SENDING = 10.0
"""Seconds for which an approved phone is compared, after it was approved and after it asked: what
is sent to it makes the entry."""

DIFFERS = Text(
    "According to ARP, {address} has the MAC {network}, but the phone says {phone}. Another "
    "device may be pretending to be this phone; a phone on Wi-Fi has two MACs."
)

OTHER_DEVICE = Text(
    "According to ARP, {address} now has the MAC {network}, no longer {phone}: another device "
    "may have taken over this address."
)


def mac_warning(phone: Phone) -> Trouble | None:
    """What is wrong with the phone's MAC, or None when nothing is known against it."""
    other = phone.other_mac
    if other is None:
        return None
    return Trouble(
        OTHER_DEVICE if phone.mac_by_arp else DIFFERS,
        code="other_mac",
        address=other.address,
        network=show_mac(other.mac),
        phone=show_mac(phone.mac),
    )


class MacCheck:
    """Compares, and puts what differs into the row and the log."""

    def __init__(
        self,
        registry: PhoneRegistry,
        log: Log,
        waiting: Waiting,
        monotonic: Callable[[], float],
    ) -> None:
        """`waiting`: gives the phones that started to ask; the event handler fills it."""
        self.neighbours: Callable[[], Neighbours] = dict
        """Reads the table now."""
        self._registry = registry
        self._log = log
        self._waiting = waiting
        self._monotonic = monotonic
        self._open: set[str] = set()
        """Keys of phones that asked and are still to be compared."""
        self._approved: dict[str, float] = {}
        """Keys of phones approved just now, and until when they are compared."""
        self._remembered: OrderedDict[tuple[str, str], str] = OrderedDict()
        """MACs by interface and address."""
        self._table: Neighbours = {}
        self._read_at = float("-inf")
        self._next_reading = float("-inf")
        self._took = 0.0
        """Seconds that the last reading took."""
        self._replaced: list[Phone] = []

    def watch(self, keys: Iterable[str]) -> None:
        """These were approved just now."""
        self._approved.update(dict.fromkeys(keys, self._monotonic() + AFTER_SENDING))

    def remember(self, phones: Iterable[Phone]) -> None:
        """These are known from an earlier run: where their make sends no MAC, they are still the
        phones at their addresses as long as the network knows no other there."""
        for phone in sorted(phones, key=lambda each: each.last_seen or 0.0):
            if phone.address and make_without_mac(phone.mac):
                self._keep((phone.interface, phone.address), phone.mac)

    def mac_at(self, interface: str, address: str) -> str:
        """The MAC that the network knows an address by, 12 upper-case hex digits. An entry that the
        system has dropped meanwhile was still true. "": not known, or not for sure."""
        self._read(FRESH)
        where = interface, address
        mac = self._table.get(where)
        if mac:
            self._keep(where, mac)
        return self._remembered.get(where, "") if mac is None else mac

    def renamed(self, phones: Iterable[Phone]) -> None:
        """These have other keys than when they asked."""
        for phone in phones:
            self._waiting.add(phone.key, phone.asking_until)

    def _keep(self, where: tuple[str, str], mac: str) -> None:
        self._remembered[where] = mac
        if len(self._remembered) > MAX_REMEMBERED:
            self._remembered.popitem(last=False)

    def tick(self) -> list[tuple[Phone, str]]:
        """To be called at least once a second; the phones without a MAC that are known now, and
        the MACs."""
        now = self._monotonic()
        if now < self._next_reading or not (self._waiting or self._open or self._approved):
            return []
        self._next_reading = now + READ_EVERY
        self._approved = {key: until for key, until in self._approved.items() if until > now}
        keys = self._open | self._waiting.take_new() | self._approved.keys()
        unsettled = [phone for phone in self._registry.known(keys) if self._is_open(phone, now)]
        self._open = {phone.key for phone in unsettled}
        self._compare([phone for phone in unsettled if phone.mac], READ_EVERY)
        found = [
            (phone, mac)
            for phone in unsettled
            if not phone.mac and (mac := self.mac_at(phone.interface, phone.address))
        ]
        # Of thousands of neighbours it would be megabytes.
        self._table, self._read_at = {}, float("-inf")
        return found

    def take_replaced(self) -> list[Phone]:
        """Those whose address another device has, although their URL is on its way there."""
        replaced, self._replaced = self._replaced, []
        return replaced

    def trusted(self, phones: Iterable[Phone]) -> list[Phone]:
        """Those with nothing known against their MAC at this moment."""
        phones = list(phones)
        self._compare([each for each in phones if each.mac], FRESH)
        return [each for each in phones if each.other_mac is None]

    def _is_open(self, phone: Phone, now: float) -> bool:
        if phone.decision is Decision.DENIED:
            return False
        if phone.decision is Decision.UNDECIDED:
            return now < phone.asking_until
        if _is_sent_by_arp(phone):
            return True
        started = phone.asking_until - asks_for(phone.make)
        return phone.key in self._approved or now < started + AFTER_SENDING

    def _compare(self, phones: list[Phone], fresh: float) -> None:
        if not phones:
            return
        self._read(fresh)
        for phone in phones:
            self._judge(phone, self._table.get((phone.interface, phone.address)))

    def _read(self, fresh: float) -> None:
        """Read the table, unless it was read just now."""
        start = self._monotonic()
        if start - self._read_at >= max(fresh, self._took * SHARE / 4):
            self._table = self.neighbours()
            self._read_at = self._monotonic()
            self._took = self._read_at - start
            self._next_reading = max(self._next_reading, self._read_at + SHARE * self._took)

    def _judge(self, phone: Phone, mac: str | None) -> None:
        before = phone.other_mac
        other = None
        if mac and mac != phone.mac:
            other = OtherMac(phone.address, mac)
        elif not mac and before and before.address == phone.address:
            other = before  # what the system has dropped meanwhile was still true
        if mac is not None:
            self._approved.pop(phone.key, None)
            if other is not None or not _is_sent_by_arp(phone):
                self._open.discard(phone.key)
        if other is not None and phone.mac_by_arp:
            self._keep((phone.interface, phone.address), other.mac)
            self._registry.askers.left(phone)
            if phone.is_under_way:
                self._replaced.append(phone)
        if other == before:
            return
        phone.compared(other)
        self._registry.changed.add(phone.key)
        warning = mac_warning(phone)
        if warning is not None:
            self._log.note(Level.WARNING, warning.template, warning.values, phone.key)


def _is_sent_by_arp(phone: Phone) -> bool:
    """Its URL is on the way to an address which alone says that it is this phone."""
    return phone.mac_by_arp and phone.is_under_way
