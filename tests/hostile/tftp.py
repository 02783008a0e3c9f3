"""``python -m tests.hostile.tftp [NUMBER] [--seed SEED]``: so many hostile TFTP packets over real
sockets, and what became of them.

Ends with 1 at the first exception, at a packet to a stranger, at a byte that is not of a served
file, and at a table above its bound; prints the packet that led to it.
"""

from __future__ import annotations

import argparse
import os
import random
import socket
import struct
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType

import psutil
from PySide6.QtCore import QCoreApplication

from pnp_gui.files.fetch import Fetch
from pnp_gui.files.folder import ServedFolder
from pnp_gui.files.limits import TRANSFERS, WAITING
from pnp_gui.net.serving.readers import Readers
from pnp_gui.net.serving.tftp_sockets import TftpSockets
from tests.hostile.file_names import LEADING_OUT
from tests.tables import tables

SEED = 20261129
APPROVED, STRANGERS = ("127.0.1.1", "127.0.1.2", "127.0.1.3"), ("127.0.2.1", "127.0.2.2")
PORTS_EACH = 8
BATCH = 20
"""Packets between two looks at what came back."""
LOOK_EVERY = 2_000
STEP = 0.02
"""Seconds on the server's clock for each packet."""
LARGEST = 65_507
SECRET = b"not-served-"
MOST_RESIDENT = 300
"""Megabytes at the end of any number of packets."""
MEGABYTE = 1_000_000

Family = Callable[["Attack", random.Random], bytes]


class Found(Exception):
    """Something that must not happen."""


class Client:
    """One sender, and where its transfers are."""

    def __init__(self, address: str, approved: bool) -> None:
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind((address, 0))
        self.socket.setblocking(False)
        self.approved = approved
        self.tid: tuple[str, int] | None = None
        """Who sent it something last."""
        self.block = 0
        """The block that came last."""


class Attack:
    """Sends, judges, counts."""

    def __init__(self, root: Path, seed: int) -> None:
        self.names, self._served = _make_files(root)
        self._chance = random.Random(seed)
        self.now = 1000.0
        self.answers: Counter[str] = Counter()
        self.ends: Counter[str] = Counter()
        self.refused = 0
        self._unexpected: list[BaseException] = []
        self._may = {*APPROVED}
        folder = ServedFolder(root / "served")
        self._readers = Readers()
        self.server = TftpSockets(
            *(_free_port(), self._readers, lambda: folder, self._may.__contains__),
            *(self._report, self._refuse, lambda: self.now),
        )
        self.server.open()
        self._clients = [
            Client(address, address in APPROVED)
            for address in (*APPROVED, *STRANGERS)
            for _ in range(PORTS_EACH)
        ]

    def send(self, count: int) -> None:
        """`count` packets; raises `Found`."""
        hook, sys.excepthook = sys.excepthook, self._excepted
        try:
            self._send(count)
        finally:
            sys.excepthook = hook
            self.server.close()
            self._readers.close()

    def _send(self, count: int) -> None:
        chance = self._chance
        families = list(FAMILIES)
        weights = [weight for _, weight in FAMILIES.values()]
        last: list[tuple[str, bytes]] = []
        for number, family in enumerate(chance.choices(families, weights, k=count), 1):
            client = chance.choice(self._clients)
            self.client = client
            packet = FAMILIES[family][0](self, chance)
            to = ("127.0.0.1", self.server.port)
            if client.tid is not None and family in TO_TRANSFERS:
                to = client.tid
                if chance.random() < 0.1:  # of another phone, or of nobody
                    to = chance.choice(self._clients).tid or to
            with suppress(OSError):  # full: one packet fewer
                client.socket.sendto(packet[:LARGEST], to)
            last.append((family, packet))
            self.now += STEP
            if number % BATCH == 0:
                try:
                    self._turn()
                    if number % LOOK_EVERY == 0:
                        self.look()
                except Found as found:
                    shown = "\n".join(f"{family}: {packet[:600]!r}" for family, packet in last)
                    raise Found(f"up to packet {number}: {found}\n{shown}") from found
                last.clear()
        self._turn()
        self.look()

    def _turn(self) -> None:
        for _ in range(4):
            QCoreApplication.processEvents()
        if self._unexpected:
            raise Found(repr(self._unexpected[0])) from self._unexpected[0]
        for client in self._clients:
            while True:
                try:
                    packet, source = client.socket.recvfrom(LARGEST)
                except OSError:
                    break
                self._judge(client, packet)
                client.tid = source

    def _judge(self, client: Client, packet: bytes) -> None:
        if not client.approved:
            raise Found(f"a stranger got {packet[:100]!r}")
        if SECRET in packet:
            raise Found(f"of a file that is not served: {packet[:100]!r}")
        opcode, number = struct.unpack_from("!HH", packet)
        if opcode == 3:
            client.block = number
            if packet[4:] not in self._served:
                raise Found(f"no bytes of a served file: {packet[:100]!r}")
        elif opcode not in (5, 6) or (opcode == 5 and number not in (0, 1, 2, 4, 5)):
            raise Found(f"no packet of a server: {packet[:100]!r}")
        self.answers[{3: "DATA", 5: f"ERROR {number}", 6: "OACK"}[opcode]] += 1

    def look(self) -> None:
        """At all tables; raises `Found`."""
        over = [f"{name} holds {size}" for name, size in self.sizes() if size > WAITING]
        if self.server.active > TRANSFERS:
            over.append(f"{self.server.active} transfers")
        if over:
            raise Found("; ".join(over))

    def sizes(self) -> list[tuple[str, int]]:
        """Every table of the server."""
        return list(tables(self.server))

    def _report(self, fetch: Fetch) -> None:
        if fetch.ended is not None:
            self.ends[f"{fetch.status} {fetch.end}"] += 1
        if not fetch.target.isascii() or not fetch.target.isprintable():
            raise Found(f"not printable: {fetch.target!r}")

    def _refuse(self, address: str) -> None:
        assert address in STRANGERS
        self.refused += 1

    def _excepted(
        self, _: type[BaseException], error: BaseException, __: TracebackType | None
    ) -> None:
        self._unexpected.append(error)


def _make_files(root: Path) -> tuple[list[str], bytes]:
    """Files to be served, secrets around them; names and all content of the former, also as
    netascii."""
    chance = random.Random(1)
    served = root / "served"
    (served / "sub" / "deep").mkdir(parents=True)
    names = ["a.cfg", "empty.cfg", "sub/b.xml", "sub/deep/c.rom", "ä.cfg"]
    contents = []
    for name, size in zip(names, (700, 0, 5000, 40_000, 512), strict=True):
        contents.append(bytes(chance.choices(range(256), k=size)))
        (served / name).write_bytes(contents[-1])
    secret = SECRET * 500
    for name in ("secret", "served/.hidden", "served/sub/.netrc"):
        (root / name).write_bytes(secret)
    (served / "link").symlink_to(root / "secret")
    (served / "out").symlink_to(root)
    os.mkfifo(served / "pipe")
    content = b"".join(contents)
    return names, content + content.replace(b"\r", b"\r\0").replace(b"\n", b"\r\n")


def _free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _request(attack: Attack, chance: random.Random, name: bytes, opcode: int = 1) -> bytes:
    mode = chance.choice([b"octet", b"OCTET", b"netascii", b"mail", b"", b"x" * 300])
    mode = chance.choice([b"octet", mode])
    parts = [name, mode]
    for _ in range(chance.randrange(4)):
        option = chance.choice([b"blksize", b"tsize", b"timeout", b"windowsize", b"x", b""])
        value = chance.choice([b"0", b"1", b"8", b"512", b"1468", b"65464", b"-1", b"9" * 40, b"x"])
        parts += [option, value]
    return bytes([0, opcode]) + b"\0".join(parts) + b"\0"


def _served(attack: Attack, chance: random.Random) -> bytes:
    return _request(attack, chance, chance.choice(attack.names).encode())


def _leading_out(attack: Attack, chance: random.Random) -> bytes:
    name = chance.choice(LEADING_OUT).encode("utf-8", "surrogateescape")
    return _request(attack, chance, name)


def _spoilt(attack: Attack, chance: random.Random) -> bytes:
    packet = bytearray(_served(attack, chance))
    for _ in range(chance.randrange(1, 6)):
        place = chance.randrange(len(packet))
        match chance.randrange(4):
            case 0:
                packet[place] ^= 1 << chance.randrange(8)
            case 1:
                del packet[place:]
            case 2:
                packet[place:place] = chance.choice([b"\0", b"../", b"\xff", b"A" * 900])
            case _:
                packet += packet[place:]
        if not packet:
            break
    return bytes(packet)


def _written(attack: Attack, chance: random.Random) -> bytes:
    return _request(attack, chance, chance.choice(attack.names).encode(), opcode=2)


def _noise(attack: Attack, chance: random.Random) -> bytes:
    size = chance.choice([0, 1, 2, 3, 4, 5, 50, 516, 1500, 9000, LARGEST])
    return bytes([0, chance.randrange(8)])[:size] + chance.randbytes(max(0, size - 2))


def _right_ack(attack: Attack, chance: random.Random) -> bytes:
    return struct.pack("!HH", 4, attack.client.block)


def _wrong_ack(attack: Attack, chance: random.Random) -> bytes:
    offset = chance.choice([-2, -1, 1, 2, 16, 17, 32768])
    number = chance.choice([attack.client.block + offset, chance.randrange(65536)])
    return struct.pack("!HH", 4, number & 0xFFFF) + chance.choice([b"", b"x", b"\0" * 600])


def _error(attack: Attack, chance: random.Random) -> bytes:
    return struct.pack("!HH", 5, chance.randrange(10)) + chance.choice([b"", b"no\0", b"x" * 2000])


FAMILIES: dict[str, tuple[Family, int]] = {
    "request": (_served, 4),
    "leads out": (_leading_out, 4),
    "spoilt request": (_spoilt, 4),
    "write": (_written, 1),
    "noise": (_noise, 2),
    "right ACK": (_right_ack, 30),
    "wrong ACK": (_wrong_ack, 2),
    "noise to a transfer": (_noise, 1),
    "ERROR": (_error, 1),
    "request to a transfer": (_served, 1),
}
"""By name: what makes a packet, and its share."""
TO_TRANSFERS = {"right ACK", "wrong ACK", "noise to a transfer", "ERROR", "request to a transfer"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Attack, and tell."""
    parser = argparse.ArgumentParser(prog="python -m tests.hostile.tftp")
    parser.add_argument("number", nargs="?", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args(arguments)
    say = sys.stdout.write
    process = psutil.Process()
    started = time.perf_counter()
    application = QCoreApplication([])
    with tempfile.TemporaryDirectory() as folder:
        attack = Attack(Path(folder), options.seed)
        before = process.memory_info().rss
        try:
            attack.send(options.number)
        except Found as found:
            say(f"seed {options.seed}: {found}\n")
            return 1
        after = process.memory_info().rss
        files = process.num_fds()
    application.quit()
    for name, count in sorted((attack.answers + attack.ends).items()):
        say(f"{name:<24}{count:9}\n")
    seconds = time.perf_counter() - started
    say(
        f"{options.number} packets in {seconds:.0f} s, {attack.refused} of strangers; resident "
        f"memory {before / MEGABYTE:.0f} MB, then {after / MEGABYTE:.0f} MB; {files} open files\n"
    )
    if after > MOST_RESIDENT * MEGABYTE:
        say(f"more than {MOST_RESIDENT} MB\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
