"""The first bar: where the program listens, the URL that phones get, and sheets."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QLabel, QMenu, QToolButton, QWidget

from pnp_gui.bench.bench import Bench
from pnp_gui.ui.actions import Actions
from pnp_gui.ui.listening import InterfaceInfo, Listening
from pnp_gui.ui.theme import icons, theme
from pnp_gui.ui.urls.default_url_field import UrlField
from pnp_gui.ui.widgets.fitted_bar import FittedBar
from pnp_gui.ui.widgets.idle import grey_idle
from pnp_gui.ui.widgets.key_button import SHORT, Form, KeyButton
from pnp_gui.ui.words.plain import for_button
from pnp_gui.ui.words.translate import translated

MAX_MISSING = 12
"""Chosen ports that are not there but have an entry, so that they can be unchecked."""

_STATE_WIDTH = 310
"""Pixels at 100 % for the text of the button; a longer name is cut in its middle."""


class PortMenu(QMenu):
    """Network ports with check marks. A click leaves it open, so that several can be chosen."""

    refused = Signal(str)
    """A sentence: why a check mark stays."""

    def __init__(self, listening: Listening, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        self._listening = listening
        self._actions = actions
        self._ports: dict[str, QAction] = {}
        self._labels: list[tuple[str, str]] = []
        self.setTitle(self.tr("&Network interfaces"))
        self.setAccessibleName(self.tr("Network interfaces"))
        self.setToolTipsVisible(True)
        # Not the menu's child: QMenu.clear() deletes those.
        self.every = QAction(self.tr("&All network interfaces"), parent, checkable=True)
        self.every.setToolTip(
            self.tr(
                "Includes those that are plugged in later, but not VPNs, virtual networks or "
                "interfaces with a self-assigned address."
            )
        )
        self.every.triggered.connect(self._toggle_every)
        self.refresh()

    def refresh(self) -> None:
        labels = self._wanted_labels()
        if labels != self._labels or not self.actions():
            self._labels = labels
            self._fill()
        self.every.setChecked(self._listening.chosen is None)
        checked = self._checked()
        for name, action in self._ports.items():
            action.setChecked(name in checked)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on an entry leaves the menu open."""
        if not self._toggle_entry(self.actionAt(event.position().toPoint())):
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """So does the space bar; Enter closes it."""
        if event.key() != Qt.Key.Key_Space or not self._toggle_entry(self.activeAction()):
            super().keyPressEvent(event)

    def _toggle_entry(self, action: QAction | None) -> bool:
        if action is None or not action.isCheckable() or not action.isEnabled():
            return False
        action.trigger()
        return True

    def _wanted_labels(self) -> list[tuple[str, str]]:
        missing = self._missing()[:MAX_MISSING]
        return [(info.name, self._label(info)) for info in self._listening.selectable] + [
            (name, self.tr("{name} (not present)").format(name=name)) for name in missing
        ]

    def _missing(self) -> list[str]:
        present = {info.name for info in self._listening.selectable}
        return [name for name in self._listening.chosen or () if name not in present]

    def _label(self, info: InterfaceInfo) -> str:
        noted, plain = self.tr("{name}   {address}   ({note})"), self.tr("{name}   {address}")
        text = noted if info.note else plain
        return text.format(name=info.name, address=info.address, note=translated(info.note))

    def _fill(self) -> None:
        self.clear()
        self._ports = {}
        self.addAction(self._actions.listen)
        self.addSeparator()
        self.addAction(self.every)
        for name, label in self._labels:
            action = QAction(for_button(label), self, checkable=True)
            action.triggered.connect(lambda on, name=name: self._toggle(name, on))
            self._ports[name] = action
            self.addAction(action)
        more = len(self._missing()) - MAX_MISSING
        if more > 0:
            text = self.tr("and %n more that are not present", "", more)
            self.addAction(text).setEnabled(False)
        if not self._labels:
            text = self.tr("No network interface is ready: is a cable plugged in?")
            self.addAction(text).setEnabled(False)

    def _checked(self) -> list[str]:
        """The names that are chosen, or used while nothing is chosen."""
        if self._listening.chosen is not None:
            return self._listening.chosen
        return [info.name for info in self._listening.selectable if info.by_default]

    def _toggle_every(self, on: bool) -> None:
        names = self._checked()
        if not on and not names:
            self.every.setChecked(True)
            self.refused.emit(self.tr("There is no other network interface to choose."))
            return
        self._listening.choose(None if on else names)

    def _toggle(self, name: str, on: bool) -> None:
        checked = [each for each in self._checked() if each != name] + [name] * on
        if checked:
            self._listening.choose(checked)
            return
        self._ports[name].setChecked(True)
        self.refused.emit(
            self.tr("One network interface must stay selected; F5 stops listening altogether.")
        )


class MenuButton(KeyButton):
    """Opens a menu; its action is only its words and icon."""

    def __init__(self, menu: QMenu, tip: str, parent: QWidget, *, strong: bool = False) -> None:
        self.words = QAction(parent, toolTip=tip)
        super().__init__(self.words, parent, strong=strong)
        self.setMenu(menu)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)


class ListenBar(FittedBar):
    """Where the program listens, and the URL that it sends."""

    missing = Signal(str)
    """A sentence that is true only as long as something is missing, so that nothing was done."""

    def __init__(
        self, bench: Bench, listening: Listening, actions: Actions, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._listening = listening
        self._actions = actions
        self.setAccessibleName(self.tr("Listening"))
        self.ports = PortMenu(listening, actions, self)
        self.state = MenuButton(self.ports, actions.choose_ports.toolTip(), self, strong=True)
        self.toggle = KeyButton(actions.listen, self)
        self.url = UrlField(bench, self)
        label = QLabel(self.tr("&URL"), self)
        label.setBuddy(self.url)
        theme.set_tone(label, "dim")
        self.rules = KeyButton(actions.rules, self)
        tip = self.tr("Import phones from a file or the clipboard, or export them.")
        self.sheet = self._make_menu(self.tr("Sheet"), tip, "sheet", actions.for_sheets)
        self.sheet.menu().insertSeparator(actions.export_sheet)
        tip = self.tr("Serve the files of a folder to approved phones, by HTTP and TFTP.")
        self.files = self._make_menu(self.tr("Files"), tip, "folder", actions.for_files)
        at_right = (self.rules, self.sheet, self.files)
        buttons = (self.toggle, *at_right)
        self.set_parts(
            *(self.state, self.toggle, label, (self.url, 1), *at_right),
            steps=(
                (Form.WORDS, buttons),
                (Form.SHORT, (self.state,)),
                (Form.ICON, (self.toggle,)),
                (Form.ICON, (self.sheet, self.files)),
                (Form.SHORT, (self.url,)),
                (Form.GONE, (label,)),
                (Form.ICON, (self.state,)),
                (Form.GONE, at_right),
                (Form.GONE, (self.toggle,)),
            ),
        )
        self.ports.refused.connect(self.missing)
        listening.changed.connect(self.refresh)
        self.refresh()

    def _make_menu(self, text: str, tip: str, icon: str, actions: Sequence[QAction]) -> MenuButton:
        menu = QMenu(text, self)
        button = MenuButton(menu, tip, self)
        button.words.setIconText(text)
        button.words.setIcon(icons.icon(icon))
        menu.setToolTipsVisible(True)
        grey_idle(menu)
        menu.addActions(actions)
        return button

    def tab_stops(self) -> list[QWidget]:
        return [self.state, self.toggle, self.url, self.rules, self.sheet, self.files, self.more]

    def refresh(self) -> None:
        listening = self._listening
        self._actions.show_listening(listening.listening)
        self.ports.refresh()
        joined = listening.joined
        short = self.tr("Not listening")
        icon, tone = "listen", "good"
        if not listening.listening:
            text = short
            icon, tone = ("refused", "bad") if listening.troubles else ("quiet", "dim")
        elif not joined:
            text, icon, tone = self.tr("Listening on no interface"), "warning", "amber"
            short = self.tr("No interface")
        else:
            short = self.tr("Listening")
            text = self.tr("Listening on %n interfaces", "", len(joined))
            if len(joined) == 1:
                text = self.tr("Listening on {name} · {address}")
                text = text.format(name=joined[0].name, address=joined[0].address)
        words = self.state.words
        words.setProperty(SHORT, short)
        words.setIconText(
            self.fontMetrics().elidedText(
                text, Qt.TextElideMode.ElideMiddle, theme.spacing(_STATE_WIDTH)
            )
        )
        words.setIcon(icons.icon(icon, tone))
        self.state.setAccessibleName(text)
        self.state.recolour(tone, strong=True)

    def open_ports(self) -> None:
        """Open the menu of interfaces under its button."""
        self.ports.popup(self.state.mapToGlobal(QPoint(0, self.state.height())))
        self.ports.setActiveAction(self.ports.actions()[0])

    def toggle_listening(self) -> None:
        if self._listening.listening:
            self._listening.stop()
            self.missing.emit(self.tr("No longer listening: phones are neither seen nor answered."))
        else:
            self._listening.start()
