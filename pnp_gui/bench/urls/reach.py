"""Whether a phone's address lets it reach the server of its URL."""

from __future__ import annotations

from ipaddress import AddressValueError, IPv4Address, IPv4Network

from pnp_gui.bench.phones.phone import Phone
from pnp_gui.pnp.url import server_of
from pnp_gui.trouble import Trouble

UNREACHED = "url_reach"
"""The code of the trouble."""
_SELF_ASSIGNED = IPv4Network("169.254.0.0/16")
"""RFC 3927: what a device takes that no DHCP server gave an address. Routers do not forward it."""


def reach_trouble(phone: Phone, url: str, *, outside: bool) -> Trouble | None:
    """Why the phone cannot reach its URL, or None. `outside`: its address is in none of the
    networks of the port that it asked on."""
    scheme, host, _ = server_of(url)
    if not host or not phone.asked:
        return None
    server = f"{scheme}://{host}"
    address = IPv4Address(phone.address)
    alone = address in _SELF_ASSIGNED
    if not (alone or outside) or _is_beside(host, address):
        return None
    if alone:
        return Trouble(
            "The phone has no DHCP address ({address}), so it cannot reach {server}: is there "
            "a DHCP server in its network?",
            code=UNREACHED,
            address=phone.address,
            server=server,
        )
    return Trouble(
        "The phone's address {address} is outside the networks of {port}, so it cannot reach "
        "{server} without a router: give it an address in this network.",
        code=UNREACHED,
        address=phone.address,
        port=phone.interface,
        server=server,
    )


def _is_beside(host: str, address: IPv4Address) -> bool:
    """Whether the server is a neighbour of the phone: in 169.254.0.0/16, or in the phone's /24,
    since nobody knows its mask."""
    try:
        other = IPv4Address(host)
    except AddressValueError:
        return False
    if address in _SELF_ASSIGNED:
        return other in _SELF_ASSIGNED
    return int(other) >> 8 == int(address) >> 8
