"""A bad line between TFTP clients and a server: of what goes through, some is lost and some comes
twice, by a seed."""

from __future__ import annotations

import random
import select
import socket
import threading
from types import TracebackType

Address = tuple[str, int]


class LossyLine:
    """Passes datagrams on between clients of `address` and a server."""

    def __init__(self, server: Address, ours: str, *, loss: float, seed: int) -> None:
        """`ours`: the address that the server sees."""
        self._server = server
        self._ours = ours
        self._loss = loss
        self._chance = random.Random(seed)
        self._front = _socket("127.0.0.1")
        self.address: Address = self._front.getsockname()
        self._pairs: dict[socket.socket, list[Address]] = {}
        """Our socket towards the server, and its client and transfer identifier."""
        self._back: dict[socket.socket, tuple[socket.socket, Address]] = {}
        self.lost = 0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> LossyLine:
        self._thread.start()
        return self

    def __exit__(
        self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None
    ) -> None:
        self._stop.set()
        self._thread.join()
        for each in (self._front, *self._pairs, *self._back):
            each.close()

    def _run(self) -> None:
        servers: dict[Address, socket.socket] = {}
        """Our socket towards the server, by client."""
        while not self._stop.is_set():
            ready, _, _ = select.select([self._front, *self._pairs, *self._back], [], [], 0.05)
            for each in ready:
                packet, source = each.recvfrom(4096)
                if each is self._front:  # a request
                    if source not in servers:
                        servers[source] = _socket(self._ours)
                        self._pairs[servers[source]] = [source]
                    self._send(servers[source], packet, self._server)
                elif each in self._pairs:  # from the server
                    self._send(self._towards_client(each, source), packet, self._pairs[each][0])
                else:  # to a transfer
                    towards, tid = self._back[each]
                    self._send(towards, packet, tid)

    def _towards_client(self, towards_server: socket.socket, tid: Address) -> socket.socket:
        for each, (pair, known) in self._back.items():
            if pair is towards_server and known == tid:
                return each
        made = _socket("127.0.0.1")
        self._back[made] = towards_server, tid
        return made

    def _send(self, by: socket.socket, packet: bytes, to: Address) -> None:
        drawn = self._chance.random()
        if drawn < self._loss:
            self.lost += 1
            return
        for _ in range(1 + (drawn > 1 - self._loss)):
            by.sendto(packet, to)


def _socket(address: str) -> socket.socket:
    made = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    made.bind((address, 0))
    return made
