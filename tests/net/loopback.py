"""A pump in this process, listening on loopback, and its phones."""

from __future__ import annotations

import itertools
import socket

from pytestqt.qtbot import QtBot

from pnp_gui.net.channels import Channel
from pnp_gui.net.pump import Pump
from pnp_gui.pnp.datagram import Datagram
from pnp_gui.pnp.events import Answered, Event, Message, Offered
from pnp_gui.pnp.responder import Responder
from pnp_gui.pnp.subscribe import SubscribeRequest
from tests.net.phone import URL, Phone

MAC = "000413A2105F"
OTHER = "000413A21060"


class Bench:
    """A pump with its responder, what it reported, and phones on loopback."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.approved = {MAC, OTHER}
        self.events: list[Event] = []
        self.changes = 0
        ids = itertools.count()
        self.responder = Responder(self.url_for, lambda: f"id{next(ids)}")
        self.pump = Pump(self.responder, self.absorb, self.changed)
        self.pump.run_in_loop()
        self.phones: list[Phone] = []

    def url_for(self, ask: SubscribeRequest) -> str | None:
        return URL if ask.mac in self.approved else None

    def absorb(self, events: list[Event]) -> None:
        self.events += events

    def changed(self) -> None:
        self.changes += 1

    @property
    def port(self) -> int:
        return self.pump.state.port

    @property
    def channel(self) -> Channel:
        (channel,) = self.pump._channels.all
        return channel

    def phone(self, mac: str = MAC) -> Phone:
        sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        sock.bind(("127.0.0.1", 0))
        self.phones.append(Phone(sock, mac))
        return self.phones[-1]

    def kinds(self, kind: type[Event]) -> list[Event]:
        return [each for each in self.events if isinstance(each, kind)]

    @property
    def sent(self) -> int:
        """Datagrams that were handed to the sockets."""
        return sum(isinstance(each, Message) and each.outgoing for each in self.events)

    def until(self, count: int, kind: type[Event]) -> None:
        self.qtbot.waitUntil(lambda: len(self.kinds(kind)) >= count, timeout=10_000)

    def serve(self, phone: Phone) -> None:
        """The phone asks, gets its 200 and NOTIFY, and accepts."""
        answered = len(self.kinds(Answered))
        phone.ask("127.0.0.1", self.port)
        self.until(len(self.kinds(Offered)) + 1, Offered)
        assert phone.notify() == (URL, ("127.0.0.1", self.port))
        self.until(answered + 1, Answered)


class FakeResponder(Responder):
    """Counts, and does only what a test asks for."""

    def __init__(self) -> None:
        super().__init__(lambda ask: None, lambda: "id")
        self.received = 0
        self.due: float | None = None
        self.expired: list[float] = []

    def receive(self, datagram: Datagram) -> None:
        self.received += 1

    def deadline(self) -> float | None:
        return self.due

    def expire(self, now: float) -> None:
        self.expired.append(now)
        self.due = None


class FakeClock:
    def __init__(self, step: float = 0.0) -> None:
        self.now = 1000.0
        self.step = step

    def __call__(self) -> float:
        self.now += self.step
        return self.now


def listening(responder: Responder, clock: FakeClock) -> Pump:
    pump = Pump(responder, lambda events: None, lambda: None, clock=clock)
    pump.run_in_loop()
    pump.listen(["lo"], 0)
    return pump
