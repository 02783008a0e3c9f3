"""Phones may say what they like: however different it is, what is kept of it has a bound."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from pnp_gui.app.session import Session
from pnp_gui.bench.phones import natural, phone
from pnp_gui.bench.phones import registry as floor
from pnp_gui.bench.phones.counts import MAX_OTHER_MAKES
from pnp_gui.bench.phones.row_text import MAX_COPIES, one_copy
from pnp_gui.bench.record import log
from pnp_gui.bench.urls import rules as url_rules
from pnp_gui.bench.urls.rules import UrlRule
from pnp_gui.pnp import transactions
from pnp_gui.pnp.datagram import Datagram
from pnp_gui.pnp.makes import MAKES
from pnp_gui.ui.history import model as history_model
from pnp_gui.ui.main_window.window import MainWindow
from pnp_gui.ui.serving import Serving
from pnp_gui.ui.table import column_widths
from pnp_gui.ui.table.columns import Column
from tests.bench.air import OURS, subscribe
from tests.bench.rig import ask, mac
from tests.tables import memories, module_tables, tables
from tests.ui.stage import Net

VARIETY = 9_000
"""Different ones of everything that a phone can say."""
ROWS = 400
"""Undecided phones at most, for this test."""
APPROVED = 10
MOST = 6_000
"""Entries of any table but those below: more than any other bound, fewer than the variety."""
BOUNDS = {
    "Responder._answered": transactions.MAX_ANSWERED,
    "AnsweredRequests._requests": transactions.MAX_ANSWERED,
    "HistoryModel.lines": history_model.SPARE + 1_000,
    "HistoryModel.rows": history_model.SPARE + 1_000,
}

assert max(log.MAX_LINES, column_widths.MAX_MEASURED, 4096) < MOST < VARIETY


def said(number: int, mac_: str, address: str) -> bytes:
    """A SUBSCRIBE of which nothing was ever said before, with what makes it one."""
    old = b'vendor="snom";model="snomD785";version="10.1.184.15"'
    new = f'vendor="Vendor {number}";model="M{number}";version="{number}.1"'.encode()
    data = subscribe(mac_, address, f"t{number}").replace(old, new)
    data = data.replace(b"CSeq: 1 ", f"CSeq: {number + 1} ".encode())
    return data.replace(b"Expires", f"User-Agent: Agent {number}\r\nExpires".encode())


def junk(number: int) -> bytes:
    """A datagram that is ignored for a reason of its own."""
    return subscribe("000413000001", "10.1.1.1", "t").replace(
        b"ua-profile", f"event-{number}".encode()
    )


class Flood:
    """Everything that a stranger can send, through the real responder into the real window."""

    def __init__(self, folder: Path) -> None:
        self.session = Session(folder)
        self.session.load()
        self.session.run_in_loop()
        self.bench = self.session.bench
        self.bench.set_url_rules([UrlRule("Vendor 1", "M*", "http://192.0.2.5/${model}")])
        self.window = MainWindow(self.bench, Net(), Serving())
        self.sent = 0

    def hear(self, data: bytes, address: str, interface: str = "eth0") -> None:
        core = self.session.responder
        core.receive(Datagram(data, (address, 5060), OURS, interface, time.monotonic()))
        for out in core.datagrams():
            if out.data.startswith(b"NOTIFY"):
                self._answer(out.data, address, interface)
        self.bench.absorb(core.events())
        if (due := core.deadline()) is not None and due <= time.monotonic():
            core.expire(time.monotonic())

    def _answer(self, notify: bytes, address: str, interface: str) -> None:
        """Some answer, with a code and a phrase of its own."""
        self.sent += 1
        kept = [
            line
            for line in notify.decode().split("\r\n")
            if line.partition(":")[0] in ("Via", "From", "To", "Call-ID", "CSeq")
        ]
        status = f"SIP/2.0 {200 + self.sent % 499} Phrase {self.sent}"
        data = "\r\n".join([status, *kept, "Content-Length: 0", "", ""]).encode()
        core = self.session.responder
        core.receive(Datagram(data, (address, 5060), OURS, interface, time.monotonic()))

    def everything(self, first: int) -> None:
        """New phones, approved ones that say something else each time, second addresses, junk."""
        approved = [key for key in self.bench.phones if self.bench.phones[key].own_url]
        for number in range(first, first + VARIETY):
            address = f"10.{number % 200}.{number // 200 % 200}.{number % 7 + 1}"
            self.hear(said(number, f"0015{number:08X}", address), address, f"port{number}")
            if approved:
                known = approved[number % len(approved)]
                self.hear(said(number, known, "10.250.0.9"), "10.250.0.9")
                self.hear(said(number, known, address), address)
            self.hear(junk(number), address)
            if number % 500 == 0:
                self.look()

    def look(self) -> None:
        """As the window's timers do, and a technician who looks at everything."""
        window = self.window
        window.table.phone_model.flush()
        for column in (Column.MODEL, Column.VERSION, Column.URL):
            window.table.phone_model.sort(column)
        window.table.phone_model.set_find("vendor")
        window.table.phone_model.set_find("")
        window.approve_all.menu.fill()
        window.refresh()
        self.bench.tick()
        if window.exports.history is not None:
            window.exports.history.refresh()
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def over(self) -> list[str]:
        """The tables that hold more than they may."""
        children = self.window.findChildren(QObject)
        found = [*tables(self.session, self.window, *children), *module_tables()]
        return [f"{name}: {n}" for name, n in found if n > BOUNDS.get(name, MOST)]


@pytest.fixture
def flood(tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flood]:
    monkeypatch.setattr(floor, "MAX_UNDECIDED", ROWS)
    monkeypatch.setattr(history_model, "MAX_HISTORY_KEPT", 100)
    monkeypatch.setattr(url_rules, "MAX_FOUND", 1_000)
    made = Flood(tmp_path)
    qtbot.addWidget(made.window, before_close_func=lambda _: made.window.finish())
    made.window.show()
    yield made
    made.session.close()


@pytest.mark.slow
def test_no_table_grows_with_what_strangers_say(flood: Flood) -> None:
    bench = flood.bench
    for number in range(APPROVED):
        flood.hear(said(number, mac(number), "10.250.0.9"), "10.250.0.9")
    keys = list(bench.phones)
    bench.approve(keys)
    bench.set_own_url(keys, "http://192.0.2.5/${model}")
    flood.window.exports.open_history()
    flood.window.rules.open()
    flood.everything(1_000_000)
    assert len(bench.phones) == ROWS + APPROVED
    assert flood.over() == []
    # Rows that went leave nothing behind that adds up.
    bench.forget([key for key in bench.phones if not bench.phones[key].own_url])
    flood.everything(2_000_000)
    assert len(bench.phones) == ROWS + APPROVED
    assert flood.over() == []
    entries = [menu for menu in flood.window.findChildren(QMenu) if len(menu.actions()) > 60]
    assert entries == []
    assert flood.window.rules.dialog is not None
    assert flood.window.rules.dialog.form.make.count() <= len(MAKES) + MAX_OTHER_MAKES
    assert len(flood.window.findChildren(QWidget)) < 1_000


def test_every_memory_has_a_bound() -> None:
    found = dict(memories())
    assert len(found) > 10
    for name, memory in found.items():
        most = memory.cache_parameters()["maxsize"]
        assert most is not None, name
        assert most <= 4096, name


def test_words_that_one_phone_after_the_other_makes_up_are_not_kept() -> None:
    """`sys.intern` would, from Python 3.12 on for ever."""
    row = phone.Phone(mac(1), mac(1))

    def say(first: int, number: int) -> None:
        for each in range(first, first + number):
            said = ask(mac(1), make=f"Vendor {each} of many", model=f"Model {each}")
            row.subscribed(said, 0.0, 0.0, again=True)

    say(0, 3 * MAX_COPIES)
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        say(1_000_000, 20_000)
        grown = tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()
    assert grown < 1_000_000, "20,000 times two texts of 60 bytes would be 3 MB"
    source = Path(phone.__file__).parents[1]
    kept = [file.name for file in source.rglob("*.py") if "intern(" in file.read_text("utf-8")]
    assert kept == []


def test_phones_that_say_alike_have_one_copy() -> None:
    words = [one_copy("".join(["snom", "D785"])) for _ in range(3)]
    assert words[0] is words[1] is words[2]


def test_a_text_is_compared_up_to_a_bound() -> None:
    long = "1a" * 10_000
    assert len(natural.natural(long)) <= natural.MAX_COMPARED + 2
    assert natural.natural("9.2") < natural.natural("10.1")
