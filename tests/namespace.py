"""A bench in network namespaces: the tool on one side, phones on the other, cables between.

    with bench_network(cables=2) as bench:
        bench.tool.popen(sys.executable, "-m", "pnp_gui", ...)   # runs on the tool's side
        phone = bench.phones.udp_socket(("10.13.2.20", 5060), device="ph0")
        bench.cables[0].pull()

Cable N joins the tool's port ``ethN`` (10.13.(2+N).2/24) and the phones' port ``phN``
(10.13.(2+N).20/24); with ``one_subnet=True`` all of them lie in 10.13.2.0/24 (tool .2, .3 ...,
phones .20, .21 ...). Nothing leaves the two namespaces, which are named by this process's id and
always torn down. Needs root and iproute2; where they are missing it fails, it does not skip.
"""

from __future__ import annotations

import ctypes
import fcntl
import itertools
import os
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

GROUP = "224.0.1.75"
CLONE_NEWNET = 0x40000000

_numbers = itertools.count()


def ip(*arguments: str, check: bool = True) -> str:
    """Run iproute2's ``ip``; what it printed. Fails with its own words."""
    done = subprocess.run(["ip", *arguments], capture_output=True, text=True, timeout=30)
    if check and done.returncode:
        raise AssertionError(f"ip {' '.join(arguments)}: {done.stderr.strip()}")
    return done.stdout


def wait_until(condition: Callable[[], object], seconds: float = 60.0, what: str = "") -> None:
    """Poll until `condition()` is true; fails after `seconds`, a generous bound and no measure."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise AssertionError(f"waited {seconds} s in vain: {what or condition}")
        time.sleep(0.02)


@dataclass(frozen=True)
class Namespace:
    """One network namespace: commands, addresses, links, and sockets of this very process."""

    name: str

    def command(self, *arguments: str) -> list[str]:
        """The argument list that runs `arguments` inside."""
        return ["ip", "netns", "exec", self.name, *arguments]

    def run(
        self, *arguments: str, check: bool = True, timeout: float = 60.0, **options: Any
    ) -> subprocess.CompletedProcess[str]:
        """Run a command inside to its end, output captured as text."""
        done = subprocess.run(
            self.command(*arguments), capture_output=True, text=True, timeout=timeout, **options
        )
        if check and done.returncode:
            raise AssertionError(f"{' '.join(arguments)}: {done.stdout}{done.stderr}")
        return done

    def popen(self, *arguments: str, **options: Any) -> subprocess.Popen[Any]:
        """Start a command inside; the caller ends it. The pid is its own: ``ip`` execs it."""
        return subprocess.Popen(self.command(*arguments), **options)

    def add_address(self, port: str, address: str) -> None:
        """Give `port` an address with prefix, e.g. "10.13.2.2/24"."""
        ip("-n", self.name, "address", "add", address, "broadcast", "+", "dev", port)

    def remove_address(self, port: str, address: str) -> None:
        """Take the address (with prefix) away from `port`."""
        ip("-n", self.name, "address", "del", address, "dev", port)

    def link(self, port: str, *, up: bool) -> None:
        """Set `port` up or down, as an administrator does; its addresses stay."""
        ip("-n", self.name, "link", "set", port, "up" if up else "down")

    def batch(self, commands: Iterable[str]) -> None:
        """Run many commands of `ip` inside."""
        lines = "".join(f"{command}\n" for command in commands)
        subprocess.run(
            self.command("ip", "-batch", "-"), input=lines, text=True, check=True, timeout=60
        )

    def inside(self, call: Callable[[], Any]) -> Any:
        """What `call()` gives when run inside; sockets that it opens stay there for good."""
        outcome: list[Any] = []
        failure: list[BaseException] = []

        def enter() -> None:
            # setns moves only the calling thread, which ends right after.
            libc = ctypes.CDLL(None, use_errno=True)
            handle = os.open(f"/run/netns/{self.name}", os.O_RDONLY)
            try:
                if libc.setns(handle, CLONE_NEWNET):
                    number = ctypes.get_errno()
                    raise OSError(number, os.strerror(number))
                outcome.append(call())
            except BaseException as error:
                failure.append(error)
            finally:
                os.close(handle)

        thread = threading.Thread(target=enter)
        thread.start()
        thread.join()
        if failure:
            raise failure[0]
        return outcome[0]

    def udp_socket(
        self, address: tuple[str, int] = ("", 0), *, device: str = "", timeout: float | None = 5.0
    ) -> socket.socket:
        """A bound UDP socket of this process inside; `device` ties it to one port."""

        def make() -> socket.socket:
            made = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            try:
                if device:
                    made.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, device.encode())
                made.bind(address)
                made.settimeout(timeout)
            except OSError:
                made.close()
                raise
            return made

        made: socket.socket = self.inside(make)
        return made


@dataclass
class Cable:
    """A cable between the tool's port and the phones' port."""

    tool: Namespace
    phones: Namespace
    tool_port: str
    phone_port: str
    tool_address: str
    """With prefix, e.g. "10.13.2.2/24"."""
    phone_address: str
    """With prefix, e.g. "10.13.2.20/24"."""

    @property
    def tool_ip(self) -> str:
        return self.tool_address.partition("/")[0]

    @property
    def phone_ip(self) -> str:
        return self.phone_address.partition("/")[0]

    def create(self) -> None:
        """Both ports, with addresses, up."""
        ip(
            *("-n", self.tool.name, "link", "add", "name", self.tool_port, "type", "veth"),
            *("peer", "name", self.phone_port, "netns", self.phones.name),
        )
        self.tool.add_address(self.tool_port, self.tool_address)
        self.phones.add_address(self.phone_port, self.phone_address)
        self.tool.link(self.tool_port, up=True)
        self.plug()

    def plug(self) -> None:
        """The cable in; returns when the tool's port has its carrier."""
        self.phones.link(self.phone_port, up=True)
        wait_until(self.has_carrier, what=f"carrier on {self.tool_port}")

    def pull(self) -> None:
        """The cable out: the tool's port loses its carrier and keeps its addresses."""
        self.phones.link(self.phone_port, up=False)
        wait_until(lambda: not self.has_carrier(), what=f"no carrier on {self.tool_port}")

    def has_carrier(self) -> bool:
        return "LOWER_UP" in ip("-n", self.tool.name, "link", "show", self.tool_port, check=False)

    def delete(self) -> None:
        """Take the whole port out, as a USB adapter is."""
        ip("-n", self.tool.name, "link", "del", self.tool_port)

    def recreate(self) -> None:
        """Port out and back in: same name and address, another index."""
        self.delete()
        self.create()


@dataclass
class BenchNetwork:
    """The two sides and the cables between them."""

    tool: Namespace
    phones: Namespace
    cables: list[Cable] = field(default_factory=list)


_in_use = 0
"""Networks of this process."""


@contextmanager
def _neighbour_table(alone: bool) -> Iterator[None]:
    """Linux has one neighbour table for all namespaces together: who fills it has it `alone`, else
    other tests' phones, run beside it, can neither ask nor be answered."""
    global _in_use
    with ExitStack() as held:
        if not _in_use:
            waiting, table = (
                held.enter_context((Path(tempfile.gettempdir()) / f"pnp-{name}.lock").open("w"))
                for name in ("waiting-for-neighbours", "neighbours")
            )
            # So that those who share it let in who waits to have it alone.
            fcntl.flock(waiting, fcntl.LOCK_EX)
            fcntl.flock(table, fcntl.LOCK_EX if alone else fcntl.LOCK_SH)
            fcntl.flock(waiting, fcntl.LOCK_UN)
        _in_use += 1
        try:
            yield
        finally:
            _in_use -= 1


@contextmanager
def bench_network(
    cables: int = 1, *, one_subnet: bool = False, all_neighbours: bool = False
) -> Iterator[BenchNetwork]:
    """Two fresh namespaces with loopback up and `cables` cables; everything is gone afterwards.
    `all_neighbours`: it may fill the system's neighbour table, while no other test has a network.
    """
    with _neighbour_table(all_neighbours):
        yield from _bench_network(cables, one_subnet)


def _bench_network(cables: int, one_subnet: bool) -> Iterator[BenchNetwork]:
    stem = f"pnp{os.getpid()}-{next(_numbers)}"
    bench = BenchNetwork(Namespace(f"{stem}-tool"), Namespace(f"{stem}-phones"))
    sides = (bench.tool, bench.phones)
    try:
        for side in sides:
            ip("netns", "add", side.name)
            side.link("lo", up=True)
            # Distributions differ; a strict filter would drop a second port in one subnet.
            side.inside(_no_reverse_path_filter)
        for number in range(cables):
            subnet, offset = (2, number) if one_subnet else (2 + number, 0)
            cable = Cable(
                *sides,
                f"eth{number}",
                f"ph{number}",
                f"10.13.{subnet}.{2 + offset}/24",
                f"10.13.{subnet}.{20 + offset}/24",
            )
            bench.cables.append(cable)
            cable.create()
        yield bench
    finally:
        for side in sides:
            # The system deletes a namespace, and its neighbours, some time later.
            ip("-n", side.name, "neighbour", "flush", "all", check=False)
            ip("netns", "del", side.name, check=False)


def _no_reverse_path_filter() -> None:
    for which in ("all", "default"):
        with suppress(FileNotFoundError):
            # /proc/sys shows the namespace of the calling thread.
            Path(f"/proc/sys/net/ipv4/conf/{which}/rp_filter").write_text("0")
