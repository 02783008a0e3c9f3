"""A request by TFTP and the packets after it, each with its length before it, two bytes."""

from __future__ import annotations

import random
import struct
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from pnp_gui.files.fetch import Fetch, FetchEnd
from pnp_gui.files.folder import ServedFolder
from pnp_gui.files.tftp import BLOCK_SIZE, CHUNK, MAX_SENDINGS, MAX_WINDOW, Transfer
from pnp_gui.files.tftp_packets import NETASCII, RRQ, read_request
from tests.files.tftp_client import PHONE, US, ack, rrq
from tests.hostile.file_names import LEADING_OUT
from tests.hostile.guided import Wrong

LARGEST = 2000
LARGEST_BLOCK = 1468
PASS = b"\xff\xff"
"""Instead of a length: the time until the deadline passes."""
CONTENT = random.Random(3).randbytes(3 * CHUNK + 7).replace(b"\r", b"\r\n")
NETASCII_CONTENT = CONTENT.replace(b"\r", b"\r\0").replace(b"\n", b"\r\n")
DATA, ACK, ERROR, OACK = 3, 4, 5, 6
WORDS = (
    *(PASS, b"\0octet\0", b"\0netascii\0", b"blksize\0", b"tsize\0000\0", b"timeout\0001\0"),
    *(b"windowsize\00016\0", b"\0\4" + ack(1), b"\0\4" + ack(0), b"65464\0", b"1468\0", b"8\0"),
)


def joined(packets: Sequence[bytes]) -> bytes:
    """As `try_all` takes them; b"" is the time that passes."""
    return b"".join(struct.pack("!H", len(each)) + each if each else PASS for each in packets)


def _seeds() -> Iterator[bytes]:
    acks = [ack(number) for number in range(12)]
    for options in ((), ("blksize", 1400, "tsize", 0), ("windowsize", 4, "blksize", 512)):
        for mode in ("octet", "netascii"):
            yield joined([rrq("f.cfg", *options, mode=mode), *acks])
            yield joined([rrq("f.cfg", *options, mode=mode), acks[0], acks[3], b"", b"", acks[1]])
    yield joined([rrq("f.cfg", "timeout", 1), *[b""] * MAX_SENDINGS])
    yield joined([rrq("f.cfg"), b"\0\5\0\0no\0"])
    yield joined([rrq("f.cfg"), b"\0\3\0\1x", b"\0\1f\0octet\0"])
    yield joined([b"\0\2f.cfg\0octet\0"])
    for name in LEADING_OUT:
        yield joined([b"\0\1" + name.encode("utf-8", "surrogateescape")[:500] + b"\0octet\0"])


SEEDS = list(_seeds())


def opened(_: Path) -> Callable[[bytes], None]:
    return try_all


def packets_of(data: bytes) -> Iterator[bytes]:
    """b"": the time passes."""
    while len(data) >= 2:
        if data[:2] == PASS:
            yield b""
            data = data[2:]
            continue
        size = int.from_bytes(data[:2])
        yield data[2 : 2 + size]
        data = data[2 + size :]


def try_all(data: bytes) -> None:
    first, *later = list(packets_of(data)) or [b""]
    request = read_request(first)
    if request is None:
        return
    name = ServedFolder.name_of(request.name.decode("latin-1"), encoded=False)
    if name.startswith(("/", ".")) or ".." in name.split("/") or "\\" in name:
        raise Wrong(f"the name {name!r}")
    fetch = Fetch("tftp", PHONE, US, "RRQ", "f.cfg", "f.cfg", 100.0, request=first)
    transfer = Transfer(fetch, request, LARGEST_BLOCK)
    exchange = Exchange(request.mode == NETASCII and request.opcode == RRQ)
    Run(transfer, exchange).go(later)


class Exchange:
    """What the phone has so far, judged by rules of its own."""

    def __init__(self, netascii: bool) -> None:
        self.content = NETASCII_CONTENT if netascii else CONTENT
        self.block = BLOCK_SIZE
        self.window = 1

    def judge(self, packets: list[bytes]) -> None:
        """What came in answer to one packet, or to the time."""
        if len(packets) > MAX_WINDOW + 1:
            raise Wrong(f"{len(packets)} packets at once")
        for packet in packets:
            opcode, number = struct.unpack_from("!HH", packet)
            if opcode == OACK:
                self._options(packet[2:])
            elif opcode == DATA:
                self._data(number, packet[4:])
            elif opcode != ERROR or packet[-1:] != b"\0":
                raise Wrong(f"{packet!r}")

    def _options(self, options: bytes) -> None:
        texts = options.split(b"\0")[:-1]
        given = dict(zip(texts[::2], map(int, texts[1::2]), strict=True))
        self.block = given.pop(b"blksize", BLOCK_SIZE)
        self.window = given.pop(b"windowsize", 1)
        if not (8 <= self.block <= LARGEST_BLOCK and 1 <= self.window <= MAX_WINDOW):
            raise Wrong(f"blocks of {self.block}, windows of {self.window}")
        if given.pop(b"tsize", len(CONTENT)) != len(CONTENT) or given.keys() - {b"timeout"}:
            raise Wrong(f"options {options!r}")

    def _data(self, number: int, content: bytes) -> None:
        start = (number - 1) * self.block
        if number == 0 or content != self.content[start : start + self.block]:
            raise Wrong(f"block {number}: {content[:40]!r}")


class Run:
    """One transfer, its file read as it wants it."""

    def __init__(self, transfer: Transfer, exchange: Exchange) -> None:
        self._transfer = transfer
        self._exchange = exchange
        self._now = 100.0

    def go(self, packets: list[bytes]) -> None:
        transfer = self._transfer
        if transfer.wants_file:
            transfer.opened(len(CONTENT), self._now)
        self._turn()
        for packet in packets:
            if packet:
                transfer.receive(packet, self._now)
                self._turn()
            else:
                self._pass()
        for _ in range(MAX_SENDINGS + 1):
            self._pass()
        if transfer.fetch.ended is None or transfer.deadline() is not None:
            raise Wrong("it never ends")
        fetch = transfer.fetch
        if fetch.end is FetchEnd.DONE and fetch.status == 200 and fetch.sent != len(CONTENT):
            raise Wrong(f"done after {fetch.sent} bytes")

    def _pass(self) -> None:
        due = self._transfer.deadline()
        if due is not None:
            self._now = max(self._now, due)
            self._transfer.expire(self._now)
            self._turn()

    def _turn(self) -> None:
        transfer = self._transfer
        while (wanted := transfer.wanted()) is not None:
            offset, count = wanted
            transfer.read(CONTENT[offset : offset + count], self._now)
        self._exchange.judge(transfer.datagrams())
