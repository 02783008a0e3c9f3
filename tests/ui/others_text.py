"""A window in which everything that others can say is markup, with every part of it open."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from pnp_gui.bench.urls.rules import UrlRule
from pnp_gui.trouble import Trouble
from pnp_gui.ui.listening import InterfaceInfo
from pnp_gui.ui.main_window.about import about_box
from tests.bench.air import Air, subscribe
from tests.ui.hands import press, shown, wait_rows
from tests.ui.stage import Stage

AND = "&Q"
"""In every text: as a mnemonic it would be the Q."""


def markup(field: str) -> str:
    """What a stranger writes into this field: short enough to be kept whole everywhere."""
    return f"<img src=/none/{field}.png>{AND}{field}"


PORT = markup("port")
LONG = "x" * 900
"""Fits into a URL."""
SAID = (
    *("vendor", "model", "version", "reason", "refused", "ignored", "port", "label", "url"),
    *("cell", "wrong", "rule", "file", "trouble", "default"),
)
"""The fields that are somebody's text in this window."""


class Talkers:
    """The phones of that window."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        bench = stage.bench
        bench.set_default_url(f"http://h/{_in_url('default')}{LONG}")
        self.asking = self._ask(1)
        self.refusing = self._ask(2)
        bench.approve([self.refusing])
        stage.answer(stage.air.take()[-1], f"486 {markup('reason')}")
        self.rebooting = self._ask(3)
        bench.approve([self.rebooting])
        stage.answer(stage.air.take()[-1])
        bench.reboot([self.rebooting])
        stage.answer(stage.air.take()[-1], f"403 {markup('refused')}")
        self.doubtful = self._ask(4)
        self._ask(4, address="192.0.2.99", tag="b")
        self.without_mac = stage.ask_without_mac(5)
        bench.set_label([self.asking], markup("label"))
        bench.set_own_url([self.asking], f"http://h/{_in_url('url')}")
        bench.set_own_url([self.doubtful], f"http://h/{LONG}")
        rule = UrlRule(markup("rule")[:60], "", f"http://h/{_in_url('url')}{LONG}")
        bench.set_url_rules([rule])
        self._ask_for(markup("ignored"))

    def _ask(self, number: int, address: str = "", tag: str = "a") -> str:
        mac = f"0004130000{number:02X}"
        address = address or f"192.0.2.{100 + number}"
        said = ";".join(f'{name}="{markup(name)}"' for name in ("vendor", "model", "version"))
        plain = b'vendor="snom";model="snomD785";version="10.1.184.15"'
        data = subscribe(mac, address, tag).replace(plain, said.encode())
        self.stage.air.hear(data, (address, 5060))
        return mac

    def _ask_for(self, event: str) -> None:
        data = subscribe("000413000009", "192.0.2.109", "i").replace(b"ua-profile", event.encode())
        self.stage.air.hear(data, ("192.0.2.109", 5060))


def _in_url(field: str) -> str:
    """The same in what may stand in a URL: no blank."""
    return f"<b>{AND}{field}</b>"


def talking_stage(folder: Path) -> Stage:
    """A stage whose interface has such a name, too."""
    stage = Stage(folder, air=Air(interface=PORT))
    stage.net.selectable = [
        InterfaceInfo(PORT, "192.0.2.5"),
        InterfaceInfo(f"2{PORT}", "192.0.2.6"),
    ]
    stage.net.chosen = [PORT, f"gone{PORT}"]
    return stage


def everything_open(stage: Stage, qtbot: QtBot, folder: Path) -> list[QWidget]:
    """The main window, then all others that it opens, full of it."""
    talkers = Talkers(stage)
    window = shown(stage, qtbot)
    wait_rows(qtbot, window, len(stage.bench.phones))
    stage.net.start()
    window.table.select_keys([talkers.asking])
    do = window.actions_
    do.details.setChecked(True)
    window.show_trouble(Trouble("{text}", code="x", text=markup("trouble")))
    window.status_bar.say(markup("trouble"))
    stage.bench.approve_all(5, markup("vendor"))
    window.refresh()
    window.approve_all.menu.fill()
    do.history.trigger()
    history = window.exports.history
    assert history is not None
    qtbot.waitUntil(lambda: history.model.rowCount() > 0, timeout=3000)
    window.activateWindow()
    window.table.setFocus()
    press(Qt.Key.Key_F7)
    rules = window.rules.dialog
    assert rules is not None
    rules.table.selectRow(0)
    sheet = folder / f"{markup('file').replace('/', '_')}.csv"
    sheet.write_text(f"000413000001,,,{markup('cell')}\n{markup('wrong')},approved\n")
    window.sheet_controller.take_file(sheet)
    qtbot.waitUntil(lambda: window.sheet_controller.dialog is not None, timeout=5000)
    assert window.sheet_controller.dialog is not None
    window.sheet_controller.dialog.table.selectRow(1)
    panel = window.exports.save_messages([talkers.asking])
    assert panel is not None
    panel.path.setText(str(sheet))
    panel.save_button.click()
    box = about_box(window)
    box.open()
    QGuiApplication.processEvents()
    return [window, history, rules, window.sheet_controller.dialog, panel, box]
