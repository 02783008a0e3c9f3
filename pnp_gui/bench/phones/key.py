"""A phone's key: its MAC, or the address of one whose MAC is not known."""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import AddressValueError, IPv4Address

from pnp_gui.bench.phones.phone import Phone
from pnp_gui.pnp.mac import parse_mac, show_mac


def key_of(text: str) -> str | None:
    """The key that `text` names: a MAC in any usual form, or "ip:" and an address. Else None."""
    text = text.strip()
    mac = parse_mac(text)
    if mac is not None:
        return mac
    if text[:3].lower() == "ip:":
        try:
            return f"ip:{IPv4Address(text[3:].strip())}"
        except AddressValueError:
            return None
    return None


def mac_of(key: str) -> str:
    """The MAC in a phone's key, "" where it is an address."""
    return "" if key.startswith("ip:") else key


def key_now(key: str, phones: Mapping[str, Phone]) -> str:
    """The key of the phone that had this one: its MAC may have become known since."""
    if key in phones:
        return key
    found = (one.key for one in phones.values() if one.mac_by_arp and key == f"ip:{one.address}")
    return next(found, key)


def show_key(key: str) -> str:
    """A key as a person reads it: "00:04:13:A2:10:5F" or "ip:10.13.2.37"."""
    return key if key.startswith("ip:") else show_mac(key)
