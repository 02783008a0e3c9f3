"""Which phone an address is: the one that asked last from there in this run. Whether files go to an
address is decided by that alone, so a phone that took over an approved one's address is a stranger.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pnp_gui.bench.phones.phone import APPROVED, Phone


class Askers:
    """Keys by address. A phone is in it under the address in its row, or not at all: so there are
    never more than there are phones."""

    def __init__(self, phones: Mapping[str, Phone]) -> None:
        self._phones = phones
        self.keys: dict[str, str] = {}
        """By address, the key of the phone that asked last from there. To be read only."""
        self.stop: Callable[[str], None] = lambda address: None
        """Called with an address to which nothing may go any more."""

    def phone_at(self, address: str) -> Phone | None:
        """The phone that asked last from there in this run; None: there is none, or nobody can
        say which."""
        return self._phones.get(self.keys.get(address, ""))

    def is_approved(self, address: str) -> bool:
        """Whether files may go there."""
        phone = self.phone_at(address)
        return phone is not None and phone.decision is APPROVED

    def asked(self, phone: Phone, before: str) -> None:
        """It asked last from the address in its row; `before`: the one that was there before."""
        if before != phone.address:
            self._leave(before, phone)
        approved = self.is_approved(phone.address)
        self.keys[phone.address] = phone.key
        if approved and phone.decision is not APPROVED:
            self.stop(phone.address)

    def moved(self, phone: Phone, before: str) -> None:
        """The technician says that it is at the address in its row. Whoever asked from there after
        it did is who is there now."""
        self._leave(before, phone)
        self.keys.setdefault(phone.address, phone.key)

    def stranger(self, address: str, key: str) -> None:
        """This phone asked last from there, but has no row, or its row has another address."""
        if self.keys.get(address, key) != key:
            approved = self.is_approved(address)
            del self.keys[address]
            if approved:
                self.stop(address)

    def left(self, phone: Phone) -> None:
        """It has no row any more, or another device has its address."""
        self._leave(phone.address, phone)

    def not_approved(self, phone: Phone) -> None:
        """It was approved until now."""
        if self.keys.get(phone.address) == phone.key:
            self.stop(phone.address)

    def renamed(self, keys: set[str], phone: Phone) -> None:
        """This is the row of the phones that had these keys."""
        if self.keys.get(phone.address) in keys:
            self.keys[phone.address] = phone.key
            if phone.decision is not APPROVED:
                self.stop(phone.address)

    def _leave(self, address: str, phone: Phone) -> None:
        if self.keys.get(address) == phone.key:
            del self.keys[address]
            if phone.decision is APPROVED:
                self.stop(address)
