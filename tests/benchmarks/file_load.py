"""Phones that fetch files, as a program of its own; it prints what it saw as JSON.

    python -m tests.benchmarks.file_load rate HOST PORT PATH [--at-once 64] [--seconds 3] [--keep]
    python -m tests.benchmarks.file_load crowd HOST PORT PATH... [--phones 500] [--from ADDRESS...]

`rate`: as many GETs as go, each on a connection of its own unless `--keep`. `crowd`: every phone,
from an address of its own (127.1.x.y, even, if not given), fetches all paths at once. Every answer
must be whole; what is not is counted as failed.
"""

from __future__ import annotations

import argparse
import json
import re
import select
import socket
import sys
import time
from collections.abc import Iterator

LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
RECEIVE = 256 * 1024
CROWD_SECONDS = 60.0


class Getter:
    """One GET after the other, or one alone."""

    def __init__(self, host: str, port: int, source: str, path: str, *, keep: bool) -> None:
        self.address = (host, port)
        self.source = source
        self.keep = keep
        host_line = f"Host: {host}:{port}\r\n"
        close = "" if keep else "Connection: close\r\n"
        self.request = f"GET {path} HTTP/1.1\r\n{host_line}{close}\r\n".encode()
        self.began = 0.0
        self.received = 0
        self.wanted = 0
        self.head = b""
        self.socket = self.connect()

    def connect(self) -> socket.socket:
        sock = socket.socket()
        sock.setsockopt(socket.IPPROTO_IP, 24, 1)  # IP_BIND_ADDRESS_NO_PORT
        sock.bind((self.source, 0))
        sock.setblocking(False)
        sock.connect_ex(self.address)
        return sock

    def ask(self) -> None:
        self.began = time.perf_counter()
        self.head, self.received, self.wanted = b"", 0, 0
        self.socket.send(self.request)

    def take(self) -> bool | None:
        """True: the answer is whole; False: it failed; None: it goes on."""
        try:
            data = self.socket.recv(RECEIVE)
        except BlockingIOError:
            return None
        except OSError:
            return False
        if not data:
            return False
        self.received += len(data)
        if not self.wanted:
            self.head += data[:4096]
            end = self.head.find(b"\r\n\r\n")
            if end < 0:
                return None
            found = LENGTH.search(self.head[:end])
            if not self.head.startswith((b"HTTP/1.1 200", b"HTTP/1.0 200")) or found is None:
                return False
            self.wanted = end + 4 + int(found[1])
        return True if self.received >= self.wanted else None


def sources() -> Iterator[str]:
    """Even addresses: approved ones."""
    number = 0
    while True:
        number += 1
        yield f"127.1.{number // 120}.{2 + 2 * (number % 120)}"


def run(getters: list[Getter], *, seconds: float, once: bool) -> dict[str, float]:
    """Until the time is over, or all have their file."""
    poll = select.epoll()
    by_number = {}
    for getter in getters:
        by_number[getter.socket.fileno()] = getter
        poll.register(getter.socket, select.EPOLLOUT)
    started = time.perf_counter()
    done = failed = 0
    times = []
    while by_number and time.perf_counter() - started < seconds:
        for number, events in poll.poll(0.1):
            getter = by_number[number]
            if events & select.EPOLLOUT:
                poll.modify(number, select.EPOLLIN)
                getter.ask()
                continue
            result = getter.take()
            if result is None:
                continue
            done += result
            failed += not result
            if result:
                times.append(time.perf_counter() - getter.began)
            if getter.keep and result and not once:
                getter.ask()
                continue
            poll.unregister(number)
            getter.socket.close()
            del by_number[number]
            if not once:
                getter.socket = getter.connect()
                by_number[getter.socket.fileno()] = getter
                poll.register(getter.socket, select.EPOLLOUT)
    spent = time.perf_counter() - started
    if once:
        failed += len(by_number)
    times.sort()
    p99 = times[int(len(times) * 0.99)] if times else 0.0
    return {"done": done, "failed": failed, "seconds": spent, "p99": p99}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.file_load")
    parser.add_argument("what", choices=("rate", "crowd"))
    parser.add_argument("host")
    parser.add_argument("port", type=int)
    parser.add_argument("paths", nargs="+")
    parser.add_argument("--at-once", type=int, default=64)
    parser.add_argument("--seconds", type=float, default=3.0)
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--phones", type=int, default=500)
    parser.add_argument("--from", nargs="+", dest="sources", default=[])
    options = parser.parse_args()
    host, port = options.host, options.port
    every = sources()
    if options.what == "rate":
        getters = [
            Getter(host, port, next(every), options.paths[0], keep=options.keep)
            for _ in range(options.at_once)
        ]
        found = run(getters, seconds=options.seconds, once=False)
    else:
        phones = options.sources or [next(every) for _ in range(options.phones)]
        getters = [
            Getter(host, port, phone, path, keep=False)
            for path in options.paths
            for phone in phones
        ]
        found = run(getters, seconds=CROWD_SECONDS, once=True)
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main()
