"""What happens on a bench in hours, and how much of everything there is afterwards.

See `soak`, which has the clock: it has to run before anything here is imported.
"""

from __future__ import annotations

import gc
import json
import os
import random
import re
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from ipaddress import IPv4Interface
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSocketNotifier, Qt, QTimer
from PySide6.QtWidgets import QApplication, QLabel

from pnp_gui.app.listening_controller import ListeningController
from pnp_gui.app.session import Session
from pnp_gui.bench.phones.phone import Decision
from pnp_gui.bench.record.log import MAX_LINES
from pnp_gui.bench.sheet.sheet import SheetLine
from pnp_gui.net.interfaces import Interface, system_interfaces
from pnp_gui.system.gc_pauses import FULL_SECONDS, GcPauses
from pnp_gui.system.log_file import start_logging
from pnp_gui.system.uncaught import UncaughtErrors
from pnp_gui.ui.main_window.window import MainWindow
from pnp_gui.ui.theme.theme import apply_theme
from tests.end_to_end.fetches_of_hours import HTTP_PORT, SECONDS, Fetches
from tests.end_to_end.soak import Clock
from tests.net.phone import Phone

NEW_EACH_MINUTE = 24
AGAIN_EACH_MINUTE = 12
ROWS_KEPT = 150
"""Of more, the technician forgets the oldest."""
LOOK_SECONDS = 10
"""How often what the program does once a second is done here."""


class Hours:
    """The bench, and everything that happens there."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self.clock = clock
        self.folder = folder
        self.chance = random.Random(12)
        self.session = Session(folder)
        self.session.load()
        self.session.run_in_loop()
        self.bench = self.session.bench
        self.pump = self.session.pump
        (self.loopback,) = [one for one in system_interfaces() if one.loopback]
        self.interfaces: list[Interface] = [self.loopback]
        self.pump._interfaces = lambda: self.interfaces
        self.bench.set_default_url(_url(0))
        self.fetches = Fetches(self.session, folder.parent / "served", self.turns)
        self.listening = ListeningController(self.session, [self.loopback.name], 0)
        self.listening.start()
        self.window = MainWindow(self.bench, self.listening, self.fetches.serving)
        self.window.resize(1280, 800)
        self.window.show()
        self.fetches.start()
        state = self.pump.state
        self.garbage = GcPauses(lambda: state.heard + state.ignored)
        self.numbers = iter(range(1, 1 << 24))
        self.minute = 0
        self.served = 0
        self.asked = 0

    # Time.

    def pass_seconds(self, seconds: float) -> None:
        """Every timer of the responder on time; the looks of once a second, less often."""
        clock = self.clock
        end = clock.now + seconds
        while clock.now < end:
            due = self.session.responder.deadline()
            step = min(end, clock.now + LOOK_SECONDS)
            if due is not None and due <= step:
                clock.now = max(clock.now, due)
                self.pump._deadline_passed()
            else:
                clock.now = step
                self.bench.tick()
                self.listening.check_silence()
                self.fetches.tick()
                self.garbage.collect()
                self.pump.check_interfaces()

    def turns(self) -> None:
        """The loop has its turns."""
        QApplication.processEvents()

    def until_heard(self, count: int) -> None:
        state = self.pump.state
        wanted = state.heard + count
        end = true_time() + SECONDS
        while state.heard < wanted:
            self.turns()
            assert true_time() < end, f"{wanted - state.heard} SUBSCRIBEs were not heard"

    # What happens in a minute.

    def pass_minute(self) -> None:
        self.minute += 1
        self.network()
        macs = [f"{next(self.numbers):06X}" for _ in range(NEW_EACH_MINUTE)]
        macs = [f"000413{mac}" for mac in macs]
        known = [key for key in self.bench.phones if self.chance.random() < 0.2]
        macs += self.chance.sample(known, min(len(known), AGAIN_EACH_MINUTE))
        self.decide(macs)
        with_phones = self.come(macs)
        self.pass_seconds(1.0)
        self.answer(with_phones)
        self.technician()
        self.pass_seconds(4.0)
        self.answer(with_phones)
        self.pass_seconds(55.0)
        for phone in with_phones:
            phone.sock.close()
        self.fetches.close_pulled()
        self.window.refresh()
        self.turns()

    def network(self) -> None:
        """The interface gets a second address, is gone, and comes back."""
        match self.minute % 10:
            case 3:
                self.interfaces = []
            case 4:
                second = IPv4Interface(f"127.9.9.{self.minute % 250 + 1}/8")
                addresses = (*self.loopback.addresses, second)
                self.interfaces = [replace(self.loopback, addresses=addresses)]
            case 6:
                self.interfaces = [replace(self.loopback, running=False)]
            case 8:
                self.listening.stop()
            case 9:
                self.listening.start()
            case _:
                self.interfaces = [self.loopback]
        self.pump.check_interfaces()

    def decide(self, macs: list[str]) -> None:
        """Some are known from a sheet before they ask."""
        lines = [
            SheetLine(n, mac, self.chance.choice((Decision.APPROVED, Decision.DENIED)), None, mac)
            for n, mac in enumerate(macs[: NEW_EACH_MINUTE // 2])
        ]
        self.bench.apply_sheet(lines)

    def come(self, macs: list[str]) -> list[Phone]:
        """They ask, some several times, as long as somebody listens; some from a new address."""
        phones = []
        for mac in macs:
            number = int(mac[-6:], 16)
            network = 2 if mac in self.bench.phones and self.chance.random() < 0.1 else 1
            sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            sock.bind((f"127.{network}.{number // 250 % 250}.{number % 250 + 2}", 5060))
            sock.setblocking(False)
            phones.append(Phone(sock, mac))
        if self.pump.state.joined:
            for phone in phones:
                phone.ask("127.0.0.1", self.pump.state.port)
                if phone.mac[-1] in "37B":
                    phone.ask("127.0.0.1", self.pump.state.port)
            self.asked += len(phones)
            self.until_heard(len(phones))
        return phones

    def answer(self, phones: list[Phone]) -> None:
        """Some accept and fetch their files, some refuse, some say nothing, some are gone."""
        accepted = []
        for phone in phones:
            with suppress(BlockingIOError, ValueError):
                while True:
                    data, source = phone.sock.recvfrom(65535)
                    if not data.startswith(b"NOTIFY") or phone.mac[-1] in "0123":
                        continue
                    if phone.mac[-1] in "45":
                        data = re.sub(rb"(?m)^(CSeq: \d+).*\r$", rb"\1 NOTIFY\r", data)
                    else:
                        accepted.append(phone)
                    phone.answer(data, source)
                    self.served += 1
        for _ in range(20):
            self.turns()
        strangers = [phone for phone in phones if not self.bench.may_fetch(phone.address)]
        for phone in (*accepted, *strangers[:1]):
            self.fetches.fetch(
                phone.address, int(phone.mac, 16), allowed=self.bench.may_fetch(phone.address)
            )

    def technician(self) -> None:
        """What a person does, in turn."""
        bench, window = self.bench, self.window
        keys = list(bench.phones)
        some = self.chance.sample(keys, min(len(keys), 6))
        match self.minute % 12:
            case 0:
                window.table.select_keys(some[:1])
                window.actions_.approve.trigger()
            case 1:
                bench.approve(some)
                bench.reboot(some)
            case 2:
                bench.deny(some)
                bench.undo()
            case 3:
                bench.set_own_url(some, f"http://10.13.2.2/own-{self.minute}.xml")
                bench.set_label(some, f"room {self.minute}")
            case 4:
                window.actions_.log.trigger()
            case 5:
                window.action_bar.find_field.setText(some[0][-4:] if some else "")
            case 6:
                window.action_bar.find_field.clear()
                bench.undecide(some)
            case 7:
                bench.approve_all(5)
            case 8:
                bench.send_again(some)
            case 9:
                window.actions_.details.trigger()
                window.table.sortByColumn(
                    self.minute % 8, window.table.horizontalHeader().sortIndicatorOrder()
                )
            case 10:
                bench.set_default_url(_url(self.minute % 40))
            case _:
                bench.end_approve_all()
                bench.mark_seen(keys)
        bench.forget(keys[-8:])  # those that ask at this moment
        if len(keys) > ROWS_KEPT:
            bench.forget(keys[: len(keys) - ROWS_KEPT])
        self.turns()

    # What there is.

    def settle(self) -> None:
        """Everything that has an end comes to it."""
        self.interfaces = [self.loopback]
        self.listening.start()
        self.fetches.stop()
        self.bench.end_approve_all()
        self.bench.deny(list(self.bench.phones))
        self.pass_seconds(120.0)
        self.bench.forget(list(self.bench.phones))
        self.bench._decisions._steps.clear()  # they hold what was forgotten
        self.bench._events._lines.clear()  # approved phones of a day
        self.pass_seconds(FULL_SECONDS + 60.0)
        end = true_time() + 0.6  # the window's own timers go by the true time
        while true_time() < end:
            self.turns()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        self.bench.store.flush()
        self.turns()
        for cache in _caches():
            cache.cache_clear()  # each has a bound of its own
        self.window.table._header._texts._measured.clear()  # MAX_MEASURED
        self.pass_seconds(FULL_SECONDS + 60.0)

    def history_lines(self) -> int:
        """Counted in the file: to read them would take the memory that is to be measured."""
        store = self.session.store
        with store._file_lock:
            return int(store._connection.execute("SELECT count(*) FROM history").fetchone()[0])

    def figures(self) -> dict[str, Any]:
        """How much there is of what could pile up, when no phone asks any more."""
        responder = self.session.responder
        gc.unfreeze()
        everything = gc.get_objects()
        gc.freeze()
        return {
            "hour": self.minute / 60,
            "asked": self.asked,
            "served": self.served,
            "files fetched": self.fetches.whole,
            "fetches refused": self.fetches.refused,
            "fetches under way": self.fetches.active,
            "heard": self.pump.state.heard,
            "silent": len(responder._pending),
            "kept as served": len(responder._served),
            "answered": len(responder._answered),
            "under way": len(responder._notifier._transactions) + len(responder._notifier._reboots),
            "timers of the responder": len(responder._notifier._transactions._sent_once)
            + len(responder._notifier._transactions._repeated),
            "deadline": responder.deadline(),
            "rows": len(self.bench.phones),
            "sockets": len(self.pump._channels.all),
            "notifiers": len(self.pump._notifiers),
            "descriptors": len(os.listdir("/proc/self/fd")),  # noqa: PTH208
            "threads": threading.active_count(),
            "objects of Qt": len(list(_of(self.window))),
            "timers of Qt": sum(isinstance(each, QTimer) for each in everything),
            "notifiers of Qt": sum(isinstance(each, QSocketNotifier) for each in everything),
            "objects": len(everything),
            "blocks": sys.getallocatedblocks(),
            "log lines": len(self.bench.log),
            "log lines at most": MAX_LINES,
            "trace bytes": self.bench.trace.bytes,
            "history lines": self.history_lines(),
            "store": sum(file.stat().st_size for file in self.folder.glob("bench.sqlite*")),
            "troubles": [*self.bench.troubles, *self.listening.troubles],
            "resident": _resident(),
        }


def _url(number: int) -> str:
    """Ours; which number it has does not matter to what is fetched."""
    return f"http://${{host}}:{HTTP_PORT}/settings.xml?{number}={{mac}}"


true_time: Callable[[], float] = time.perf_counter


def _caches() -> list[Any]:
    """Every lru_cache of the program."""
    return [
        thing
        for name, module in list(sys.modules.items())
        if name.startswith("pnp_gui.")
        for thing in vars(module).values()
        if hasattr(thing, "cache_clear")
    ]


def _of(top: QObject) -> Iterator[QObject]:
    """All that hang on it, but for what Qt puts inside a label when its text is first to be rich or
    to be selected: five for each, which come and go with it."""
    yield top
    for child in top.findChildren(QObject, options=Qt.FindChildOption.FindDirectChildrenOnly):
        if not isinstance(top, QLabel):
            yield from _of(child)


def _resident() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def work(folder: Path, hours: int, clock: Clock) -> None:
    """Print a line of figures for each hour."""
    app = QApplication(["soak"])
    apply_theme(app)
    faults: list[str] = []
    errors = UncaughtErrors()
    errors.connect_to(lambda trouble: faults.append(str(trouble.values["details"])))
    folder.mkdir()
    start_logging(folder, verbose=False)
    try:
        bench = Hours(folder, clock)
        for _ in range(hours):
            for _ in range(60):
                bench.pass_minute()
            bench.settle()
            sys.stdout.write(json.dumps({**bench.figures(), "faults": faults}) + "\n")
            sys.stdout.flush()
            bench.fetches.start()
        bench.pump.stop()
        bench.window.finish()
        bench.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        bench.garbage.stop()
        bench.session.close()
    finally:
        errors.close()  # an error here goes to standard error, not into the log
