"""A program of its own that runs a `Pump`, to be started inside a network namespace.

    python -m tests.net.pump_program [--shared] [--renew SECONDS] [--nobody] [--small-buffer]

Takes one command a line on standard input, as JSON, and answers each with one line: the state.
Every phone is approved, but for those whose MAC ends in an odd digit. `--nobody` gives up root's
rights first. `--small-buffer`: the smallest send buffer that there is.
"""

from __future__ import annotations

import itertools
import json
import os
import sys
import time
from typing import Any

from PySide6.QtCore import QCoreApplication, QSocketNotifier

from pnp_gui.net import channels, pump, sockets
from pnp_gui.net.pump import Pump
from pnp_gui.net.send_queue import SendQueue
from pnp_gui.pnp.events import (
    Answered,
    Event,
    Message,
    NoAnswer,
    NotSent,
    Offered,
    SentLate,
    SubscribeReceived,
)
from pnp_gui.pnp.responder import Responder
from pnp_gui.pnp.subscribe import SubscribeRequest
from tests.net.phone import URL


class CountedQueue(SendQueue):
    """Counts what had to wait."""

    delayed = 0

    def send(self, data: bytes, remote: tuple[str, int], by: int = 0) -> bool:
        left = super().send(data, remote, by)
        CountedQueue.delayed += not left
        return left


class Program:
    """The pump, what it reported, and the commands."""

    def __init__(self, *, shared: bool) -> None:
        ids = itertools.count()
        self.skew = 0.0
        self.phones: dict[str, list[str]] = {}
        self.answers: dict[str, int] = {}
        self.received: dict[str, list[list[str]]] = {}
        self.said_sent: set[str] = set()
        """Phones of which the last that was reported is that their URL was sent."""
        self.changes = 0
        self.sent = 0
        self.pending = b""
        responder = Responder(self.url_for, lambda: f"id{os.getpid()}x{next(ids)}")
        channels.SendQueue = CountedQueue  # type: ignore[attr-defined]
        self.pump = Pump(
            responder,
            self.absorb,
            self.changed,
            clock=lambda: time.monotonic() + self.skew,
            shared=shared,
        )
        self.pump.run_in_loop()
        self.notifier = QSocketNotifier(0, QSocketNotifier.Type.Read)
        self.notifier.activated.connect(self.commands)

    def url_for(self, ask: SubscribeRequest) -> str | None:
        return None if int(ask.mac[-1:] or "1", 16) % 2 else URL

    def absorb(self, events: list[Event]) -> None:
        for event in events:
            if isinstance(event, SubscribeReceived):
                self.phones[event.request.key] = [event.request.interface, event.request.local[0]]
            elif isinstance(event, Answered):
                self.answers[event.key] = event.status
            elif isinstance(event, Message) and event.outgoing:
                self.sent += 1
            elif isinstance(event, Message):
                to = "{}:{}".format(*event.to) if event.to else ""
                first = event.data.decode().split()[0]
                self.received.setdefault(event.key, []).append([first, to, event.local[0]])
            elif isinstance(event, NoAnswer):
                self.answers[event.key] = 0
            elif isinstance(event, Offered | SentLate):
                self.said_sent.add(event.key)
            elif isinstance(event, NotSent):
                self.said_sent.discard(event.key)

    def changed(self) -> None:
        self.changes += 1

    def commands(self, *_: object) -> None:
        received = os.read(0, 65536)
        if not received:
            QCoreApplication.quit()
        *lines, self.pending = (self.pending + received).split(b"\n")
        for line in lines:
            self.command(json.loads(line))
            sys.stdout.write(json.dumps(self.state()) + "\n")
            sys.stdout.flush()

    def command(self, command: dict[str, Any]) -> None:
        match command["do"]:
            case "listen":
                self.pump.listen(command["wanted"], command["port"])
            case "stop":
                self.pump.stop()
            case "skew":
                self.skew += command["seconds"]
            case "forget":
                self.phones.clear()

    def state(self) -> dict[str, Any]:
        self.pump._pass_on()  # what was answered already is told, also amid a burst
        state = self.pump.state
        return {
            "listening": state.listening,
            "port": state.port,
            "joined": {each.name: str(each.addresses[0].ip) for each in state.joined},
            "selectable": [each.name for each in state.selectable],
            "troubles": {code: str(trouble) for code, trouble in state.troubles.items()},
            "actions": {code: trouble.action for code, trouble in state.troubles.items()},
            "heard": state.heard,
            "elsewhere": state.elsewhere,
            "sent": self.sent,
            "delayed": CountedQueue.delayed,
            "receive_errors": state.receive_errors,
            "waiting": sum(len(each.send_queue) for each in self.pump._channels.all),
            "internal": self.pump._internal,
            "phones": self.phones,
            "answers": self.answers,
            "said_sent": sorted(self.said_sent),
            "received": self.received,
            "changes": self.changes,
        }


def main() -> None:
    application = QCoreApplication([])
    arguments = sys.argv[1:]
    if "--renew" in arguments:
        pump.RENEW_SECONDS = float(arguments[arguments.index("--renew") + 1])
    if "--small-buffer" in arguments:
        sockets.SEND_BUFFER = 1
    if "--nobody" in arguments:
        os.setgroups([])
        os.setgid(65534)
        __import__("psutil")  # later, nobody may not be allowed to read where it is installed
        os.setuid(65534)
    program = Program(shared="--shared" in arguments)
    application.exec()
    program.pump.close()


if __name__ == "__main__":
    main()
