"""The program's parts and its window, which tells what its rows say, one JSON object a line.

python -m tests.end_to_end.rows_program FOLDER [APPROVE_ALL_MINUTES]
"""

from __future__ import annotations

import json
import signal
import sys
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtWidgets import QApplication

from pnp_gui.app.listening import ListeningController
from pnp_gui.app.session import Session
from pnp_gui.ui.main_window.window import MainWindow
from pnp_gui.ui.table.columns import Column

ROLES = {"text": Qt.ItemDataRole.DisplayRole, "tip": Qt.ItemDataRole.ToolTipRole}


def main() -> None:
    app = QApplication([])
    session = Session(Path(sys.argv[1]))
    listening = ListeningController()
    listening.attach(session, ["eth0"], 5060)
    listening.start()
    window = MainWindow(session.bench, listening)
    window.show()
    if len(sys.argv) > 2:
        session.bench.approve_all(int(sys.argv[2]))

    def tell() -> None:
        model = window.table.phone_model
        rows = {}
        for row in range(model.rowCount(QModelIndex())):
            place = model.index(row, Column.STATUS)
            shown = {name: model.data(place, role) for name, role in ROLES.items()}
            rows[model.key_at(row)] = shown
        log = [entry.text for entry in session.bench.log]
        sys.stdout.write(json.dumps({"rows": rows, "log": log}) + "\n")
        sys.stdout.flush()

    timers = []
    for slot, pause in ((session.bench.tick, 1000), (tell, 200)):
        timers.append(QTimer())
        timers[-1].timeout.connect(slot)
        timers[-1].start(pause)
    signal.signal(signal.SIGTERM, lambda *_: app.exit(0))
    app.exec()
    session.close()


if __name__ == "__main__":
    main()
