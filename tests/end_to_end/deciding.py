"""A technician at the window who never stops deciding, to be killed at any moment.

``python -m tests.end_to_end.deciding FOLDER``: for each line on standard input one run begins, with
the number in that line as seed, and ends by ``kill -9``. It is forked off a process that has
everything imported, so that two hundred runs take little time. To standard output go JSON lines:
``pid``;
what is ``wanted``, before the key is pressed; what the window ``shows`` afterwards; ``over``.
"""

from __future__ import annotations

import json
import os
import random
import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pnp_gui.app.session import Session
from pnp_gui.bench.phones.phone import Decision
from pnp_gui.pnp.datagram import Datagram
from pnp_gui.ui.listening import Listening
from pnp_gui.ui.main_window.window import MainWindow
from pnp_gui.ui.serving import Serving
from pnp_gui.ui.table.columns import Column
from pnp_gui.ui.theme.theme import apply_theme
from tests.demo.answers import RESPONDER
from tests.hostile.callers import APPROVED

COMMANDS = {
    Decision.APPROVED: "approve",
    Decision.DENIED: "deny",
    Decision.UNDECIDED: "undecide",
}
UNDO = 0.15
"""How often the last decision is taken back."""
TICK = 0.2
"""How often sightings are written: once a second in the program, more often here."""


def say(word: str, value: object) -> None:
    """One line, in one write: a line without its end was not shown to anybody."""
    os.write(1, f"{json.dumps({word: value})}\n".encode())


def decide(folder: Path, seed: int) -> None:
    """The program without its sockets, put together as in `app/running.py`; never returns."""
    app = QApplication(["deciding"])
    apply_theme(app)
    session = Session(folder)
    session.load()
    session.run_in_loop()
    session.bench.set_default_url("http://192.0.2.5/{mac}.xml")  # snom's own would be asked about
    window = MainWindow(session.bench, Listening(), Serving())
    window.show()
    model = window.table.phone_model
    phones = session.bench.phones
    chance = random.Random(seed)
    before: dict[str, Decision] = {}
    app.processEvents()
    while True:
        who = chance.choice(APPROVED)
        session.responder.receive(Datagram(who.subscribe(seed), who.source, RESPONDER, "eth0", 1.0))
        session.responder.datagrams()
        session.bench.absorb(session.responder.events())
        if before and chance.random() < UNDO:
            wanted, before = before, {}
            say("wanted", wanted)
            QTest.keyClick(window.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        else:
            decision, command = chance.choice(list(COMMANDS.items()))
            some = chance.sample(sorted(phones), chance.choice((1, 1, 1, 3, 40)))
            window.table.select_keys(some)
            if decision is Decision.APPROVED:  # denied phones stay denied among others
                open_ = [one for one in some if phones[one].decision is not Decision.DENIED]
                some = open_ or some
            before = {one: phones[one].decision for one in some}
            before = {one: was for one, was in before.items() if was is not decision}
            wanted = dict.fromkeys(some, decision)
            say("wanted", wanted)
            getattr(window.actions_, command).trigger()
        model.flush()  # within a tenth of a second by its own timer
        rows = {one: model.index(model.row_of(one), Column.DECISION) for one in wanted}
        say("shows", {one: str(model.data(index)).lower() for one, index in rows.items()})
        if chance.random() < TICK:
            session.bench.tick()
        app.processEvents()


def main(folder: Path) -> None:
    """Fork a run for each line."""
    for line in sys.stdin:
        child = os.fork()
        if not child:
            try:
                decide(folder, int(line))
            finally:
                os._exit(1)
        say("pid", child)
        _, status = os.waitpid(child, 0)
        say("over", status)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
