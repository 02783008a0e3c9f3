"""Messages as a capture file for Wireshark: classic pcap, or pcapng with the ports' names.

What was noted of a message is its UDP payload, both ends and the time; IPv4 and UDP headers are
made from that, with right lengths and checksums. What a file of a real cable would say more is not
known and not made up: there is no Ethernet header (link type "raw IP"), identification counts up,
and the time to live is a plain 64.

A received datagram's destination is the one it had on the wire: the group 224.0.1.75, our own
address, or a broadcast address.
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
"""No IPv4 packet is longer, so none is ever cut."""
MAX_PAYLOAD = SNAP_LENGTH - 20 - 8
"""Bytes of UDP payload that fit into one IPv4 packet; no datagram of the wire was longer."""

NOTE_MADE = (
    "Addresses, ports, times and UDP payload are those of the wire. The other fields of the IPv4 "
    "and UDP headers (identification, time to live, checksums) are made for this file."
)
NOTE_MASKED = "User and password in URLs are replaced by x's of the same length."

_UDP = 17
_DONT_FRAGMENT = 0x4000
_TIME_TO_LIVE = 64
_MICROSECONDS = 1_000_000

_Endpoint = tuple[str, int]


def pcap(entries: Iterable[TraceEntry], *, masked: bool) -> bytes:
    """A classic pcap file, microseconds, little endian."""
    parts = [struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, SNAP_LENGTH, LINKTYPE_RAW)]
    for number, entry in enumerate(entries):
        packet = packet_of(entry, number, masked=masked)
        seconds, micros = divmod(_micros(entry.at), _MICROSECONDS)
        parts += (struct.pack("<IIII", seconds, micros, len(packet), len(packet)), packet)
    return b"".join(parts)


def pcapng(entries: Iterable[TraceEntry], *, masked: bool, program: str) -> bytes:
    """A pcapng file, which also names the network ports and says what was changed."""
    notes = [NOTE_MADE, *([NOTE_MASKED] if masked else [])]
    options = _option(1, "\n".join(notes)) + _option(4, program) + _END_OF_OPTIONS
    head = struct.pack("<IHHq", 0x1A2B3C4D, 1, 0, -1)
    parts = [_block(0x0A0D0D0A, head + options)]
    ports: dict[str, int] = {}
    for number, entry in enumerate(entries):
        port = ports.get(entry.interface)
        if port is None:
            port = ports[entry.interface] = len(ports)
            named = _option(2, entry.interface) + _END_OF_OPTIONS
            link = struct.pack("<HHI", LINKTYPE_RAW, 0, SNAP_LENGTH)
            parts.append(_block(1, link + named))
        packet = packet_of(entry, number, masked=masked)
        micros = _micros(entry.at)
        size = len(packet)
        fixed = struct.pack("<IIIII", port, micros >> 32, micros & 0xFFFFFFFF, size, size)
        # 1: inbound, 2: outbound (the lowest bits of epb_flags).
        flags = struct.pack("<HHI", 2, 4, 2 if entry.outgoing else 1)
        parts.append(_block(6, fixed + _padded(packet) + flags + _END_OF_OPTIONS))
    return b"".join(parts)


def packet_of(entry: TraceEntry, number: int = 0, *, masked: bool) -> bytes:
    """One message as an IPv4 packet: header, UDP header, and the bytes of the wire."""
    source, target = entry.ends
    payload = (mask_message(entry.data) if masked else entry.data)[:MAX_PAYLOAD]
    return _ipv4(source, target, number, payload)


def _ipv4(source: _Endpoint, target: _Endpoint, number: int, payload: bytes) -> bytes:
    addresses = _packed(source[0]) + _packed(target[0])
    length = 8 + len(payload)
    # RFC 768: the checksum goes over addresses, protocol and length as well; 0 means "none", so
    # that a sum of 0 is written as its other form.
    pseudo = addresses + struct.pack("!BBH", 0, _UDP, length)
    ports = struct.pack("!HHHH", source[1], target[1], length, 0)
    checksum = _checksum(pseudo + ports + payload) or 0xFFFF
    datagram = ports[:6] + struct.pack("!H", checksum) + payload
    header = struct.pack(
        "!BBHHHBBH",
        *(0x45, 0, 20 + length),
        *(number & 0xFFFF, _DONT_FRAGMENT),
        *(_TIME_TO_LIVE, _UDP, 0),
    )
    checksum = _checksum(header + addresses)
    return header[:10] + struct.pack("!H", checksum) + addresses + datagram


def _checksum(data: bytes) -> int:
    """RFC 1071. As 65536 leaves 1 when divided by 65535, the ones' complement sum of the 16-bit
    words is the remainder of the whole as one number: 1 µs a kilobyte, where a loop takes 60.
    """
    if len(data) % 2:
        data += b"\0"
    return -int.from_bytes(data, "big") % 0xFFFF


def _packed(address: str) -> bytes:
    """Four bytes; an address that is not known is 0.0.0.0 (RFC 1122 section 3.2.1.3)."""
    try:
        return IPv4Address(address).packed
    except AddressValueError:
        return bytes(4)


def _micros(at: float) -> int:
    return max(0, round(at * _MICROSECONDS))


_END_OF_OPTIONS = bytes(4)


def _option(code: int, text: str) -> bytes:
    value = text.encode("utf-8", "replace")[:SNAP_LENGTH]
    return struct.pack("<HH", code, len(value)) + _padded(value)


def _padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % 4)


def _block(kind: int, body: bytes) -> bytes:
    length = struct.pack("<I", len(body) + 12)
    return struct.pack("<I", kind) + length + body + length
