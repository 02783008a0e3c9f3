"""A phone that reads by TFTP, and the line to it, in memory: what is lost is told, and so is the
time."""

from __future__ import annotations

import random
import struct
from dataclasses import dataclass, field

from pnp_gui.files.fetch import Fetch
from pnp_gui.files.tftp import Transfer
from pnp_gui.files.tftp_packets import read_request

PHONE = ("10.13.1.1", 2069)
US = ("10.13.0.2", 69)


def rrq(name: str, *options: object, mode: str = "octet") -> bytes:
    """A request with options and their values in turn."""
    return b"\0\1" + "".join(f"{text}\0" for text in (name, mode, *options)).encode()


def ack(number: int) -> bytes:
    return struct.pack("!HH", 4, number & 0xFFFF)


def transfer_of(packet: bytes, *, largest_block: int = 1468, at: float = 100.0) -> Transfer:
    """What the request starts; its file is not open yet."""
    request = read_request(packet)
    assert request is not None
    name = request.name.decode()
    fetch = Fetch("tftp", PHONE, US, "RRQ", name, name, at, request=packet)
    return Transfer(fetch, request, largest_block)


def started(
    content: bytes, *options: object, mode: str = "octet", largest_block: int = 1468
) -> Transfer:
    """A transfer of such a file that has sent what it sends first."""
    transfer = transfer_of(rrq("f.cfg", *options, mode=mode), largest_block=largest_block)
    transfer.opened(len(content), 100.0)
    feed(transfer, content, 100.0)
    return transfer


def feed(transfer: Transfer, content: bytes, now: float) -> None:
    """Hand over what it wants of its file."""
    while (wanted := transfer.wanted()) is not None:
        offset, count = wanted
        transfer.read(content[offset : offset + count], now)


@dataclass
class Phone:
    """What RFC 1350, 2347 and 7440 tell a client to do."""

    window: int = 1
    """What it asks for."""
    content: bytearray = field(default_factory=bytearray)
    block_size: int = 512
    options: dict[str, str] = field(default_factory=dict)
    done: bool = False
    error: tuple[int, bytes] | None = None
    in_a_row: int = 0
    last: int = 0
    """Number of the last block in order."""
    astray: int = 0
    """Packets out of order since the last one in order."""

    def receive(self, packet: bytes) -> list[bytes]:
        """Its ACKs."""
        opcode, number = struct.unpack("!HH", packet[:4])
        if opcode == 5:
            self.error = number, packet[4:-1]
            return []
        if opcode == 6:
            texts = packet[2:-1].decode().split("\0")
            self.options = dict(zip(texts[::2], texts[1::2], strict=True))
            self.block_size = int(self.options.get("blksize", 512))
            self.window = int(self.options.get("windowsize", 1))
            return [ack(0)]
        assert opcode == 3
        if number != (self.last + 1) & 0xFFFF:
            if self.done:
                return [ack(self.last)]
            self.in_a_row = 0
            self.astray += 1
            return [ack(self.last)] if self.astray % self.window == 1 % self.window else []
        self.last += 1
        self.astray = 0
        self.in_a_row += 1
        self.content += packet[4:]
        self.done = len(packet) < 4 + self.block_size
        if self.done or self.in_a_row >= self.window:
            self.in_a_row = 0
            return [ack(self.last)]
        return []


def run(
    transfer: Transfer, content: bytes, phone: Phone, *, loss: float = 0.0, seed: int = 1
) -> float:
    """Until it is over; the time then. `loss`: share of packets that are lost, either way; some
    come twice or late."""
    chance = random.Random(seed)
    now = 100.0
    to_phone: list[bytes] = []
    while transfer.fetch.ended is None:
        feed(transfer, content, now)
        to_phone += line(transfer.datagrams(), loss, chance)
        if not to_phone:
            due = transfer.deadline()
            assert due is not None
            now = max(now, due)
            transfer.expire(now)
            continue
        for each in line(phone.receive(to_phone.pop(0)), loss, chance):
            transfer.receive(each, now)
            feed(transfer, content, now)
    for packet in transfer.datagrams():
        phone.receive(packet)
    return now


def line(packets: list[bytes], loss: float, chance: random.Random) -> list[bytes]:
    came: list[bytes] = []
    for packet in packets:
        drawn = chance.random()
        if drawn < loss:
            continue
        came.append(packet)
        if drawn > 1 - loss / 2:
            came.append(packet)
        if len(came) > 1 and drawn > 1 - loss:
            came[-1], came[-2] = came[-2], came[-1]
    return came
