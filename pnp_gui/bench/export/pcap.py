"""Messages as a capture file (pcap) for Wireshark. IPv4 and UDP headers are made from what the
trace has; there is no Ethernet header (link type "raw IP"), as nothing is known of it.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from ipaddress import AddressValueError, IPv4Address

from pnp_gui.bench.record.trace import TraceEntry
from pnp_gui.system.mask import mask_message

LINKTYPE_RAW = 101
"""The packet begins with its IPv4 header."""
SNAP_LENGTH = 65_535
"""Bytes of the longest IPv4 packet, so none is cut."""
MAX_PAYLOAD = SNAP_LENGTH - 20 - 8
"""Bytes of UDP payload that fit into one IPv4 packet."""

_UDP = 17
_DONT_FRAGMENT = 0x4000
_TIME_TO_LIVE = 64


def pcap(entries: Iterable[TraceEntry], *, masked: bool) -> bytes:
    """A pcap file: little endian, times in microseconds. `masked`: user name and password as x."""
    parts = [struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, SNAP_LENGTH, LINKTYPE_RAW)]
    for number, entry in enumerate(entries):
        packet = packet_of(entry, number, masked=masked)
        seconds, micros = divmod(max(0, round(entry.at * 1e6)), 1_000_000)
        parts += (struct.pack("<IIII", seconds, micros, len(packet), len(packet)), packet)
    return b"".join(parts)


def packet_of(entry: TraceEntry, number: int = 0, *, masked: bool) -> bytes:
    """One message as an IPv4 packet: header, UDP header, payload."""
    source, target = entry.ends
    payload = (mask_message(entry.data) if masked else entry.data)[:MAX_PAYLOAD]
    addresses = _packed(source[0]) + _packed(target[0])
    length = 8 + len(payload)
    # RFC 768: the checksum covers addresses, protocol and length as well. 0 means "no checksum", so
    # a sum of 0 is written as 0xFFFF.
    pseudo = addresses + struct.pack("!BBH", 0, _UDP, length)
    ports = struct.pack("!HHHH", source[1], target[1], length, 0)
    checksum = _checksum(pseudo + ports + payload) or 0xFFFF
    datagram = ports[:6] + struct.pack("!H", checksum) + payload
    header = struct.pack(
        "!BBHHHBBH",
        *(0x45, 0, 20 + length, number & 0xFFFF, _DONT_FRAGMENT, _TIME_TO_LIVE, _UDP, 0),
    )
    checksum = _checksum(header + addresses)
    return header[:10] + struct.pack("!H", checksum) + addresses + datagram


def _checksum(data: bytes) -> int:
    """RFC 1071. As 65536 mod 65535 is 1, the sum of the 16-bit words is the remainder of the whole
    as one number: 60 times as fast as a loop."""
    if len(data) % 2:
        data += b"\0"
    return -int.from_bytes(data, "big") % 0xFFFF


def _packed(address: str) -> bytes:
    """Four bytes; an unknown address is 0.0.0.0 (RFC 1122 section 3.2.1.3)."""
    try:
        return IPv4Address(address).packed
    except AddressValueError:
        return bytes(4)
