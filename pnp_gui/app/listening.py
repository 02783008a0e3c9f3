"""Fills the window's `Listening` from the pump, and carries its wishes to it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QObject

from pnp_gui.app.firewall_hint import FIREWALL, FirewallHint
from pnp_gui.app.session import Session
from pnp_gui.bench.store import settings
from pnp_gui.net.interfaces import Interface, chosen_by_default
from pnp_gui.ui.listening import InterfaceInfo, Listening


class ListeningController(Listening):
    """The pump's state, in the window's words."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session: Session | None = None
        self._wanted: list[str] = []
        self._temporary = False
        self._firewall = FirewallHint()

    def attach(self, session: Session, wanted: Sequence[str], port: int) -> None:
        """`wanted`: interfaces of this run only, which are not kept; empty: those chosen last."""
        self._session = session
        self._temporary = bool(wanted)
        self._wanted = list(wanted) or session.store.setting(settings.INTERFACES, [])
        self.chosen = list(self._wanted) or None
        self.port = port

    def choose(self, names: Sequence[str] | None) -> None:
        """Listen on these and keep the choice."""
        assert self._session is not None
        self._wanted = list(names or [])
        self.chosen = None if names is None else list(names)
        self._temporary = False
        self._session.store.set_setting(settings.INTERFACES, self._wanted)
        if self.listening:
            self.start()
        else:
            self.changed.emit()

    def start(self) -> None:
        """Open the port."""
        assert self._session is not None
        self._firewall.restart()
        self._session.pump.listen(self.chosen, self.port)
        self.refresh()

    def stop(self) -> None:
        """Close the port."""
        assert self._session is not None
        self._session.pump.stop()
        self.refresh()

    def refresh(self) -> None:
        """Read the pump's state and tell the window."""
        if self._session is None:  # the pump looks at the interfaces before there is a window
            return
        state = self._session.pump.state
        self.listening = state.listening
        if state.listening:
            self.port = state.port
        self.offered = [_info(one) for one in state.offered]
        self.joined = [_info(one) for one in state.joined]
        self.troubles = dict(state.troubles)
        hint = self._firewall.trouble(state)
        if hint is not None:
            self.troubles[hint.code] = hint
        self.count()
        self.changed.emit()

    def count(self) -> None:
        """Read the counters alone, which the pump does not announce."""
        if self._session is not None:
            state = self._session.pump.state
            self.heard, self.ignored = state.heard, state.ignored

    def look(self) -> None:
        """Once a second: whether the firewall's hint came or went, which no event tells."""
        if self._session is not None:
            hint = self._firewall.trouble(self._session.pump.state)
            if (hint is not None) != (FIREWALL in self.troubles):
                self.refresh()


def _info(interface: Interface) -> InterfaceInfo:
    note = ""
    if interface.self_assigned:
        note = QCoreApplication.translate("Line", "no address from DHCP")
    elif interface.virtual:
        note = QCoreApplication.translate("Line", "virtual")
    return InterfaceInfo(
        interface.name,
        ", ".join(str(one.ip) for one in interface.addresses),
        note=note,
        by_default=bool(chosen_by_default([interface])),
    )
