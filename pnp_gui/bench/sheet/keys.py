"""The phones that a cell names."""

from __future__ import annotations

from ipaddress import AddressValueError, IPv4Address

from pnp_gui.bench.phones.key import key_of
from pnp_gui.pnp.mac import written_macs

_SHORTEST = len("ip:1.2.3.4")


def keys_in(cell: str) -> list[str]:
    """The keys of the phones that a cell names: MACs as people write them, or "ip:10.13.2.37"."""
    if len(cell) < _SHORTEST:
        return []
    if cell[:3].lower() == "ip:":
        key = None if cell[3].isspace() else key_of(cell)
        return [key] if key else []
    return written_macs(cell)


def names_phone(cell: str) -> bool:
    """Whether a cell names a phone."""
    return bool(keys_in(cell))


def ip_address(cell: str) -> str | None:
    """The IPv4 address that a cell is, or None."""
    try:
        return str(IPv4Address(cell))
    except AddressValueError:
        return None
