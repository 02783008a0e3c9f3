"""Fills the window's `Listening` from the pump, and carries out what the window asks for."""

from __future__ import annotations

from collections.abc import Sequence

from pnp_gui.app.session import Session
from pnp_gui.app.silence_hint import SILENCE, SilenceHint
from pnp_gui.bench.store import settings
from pnp_gui.net.interfaces import Interface, chosen_by_default
from pnp_gui.texts import Text
from pnp_gui.ui.listening import InterfaceInfo, Listening


class ListeningController(Listening):
    """The pump's state for the window."""

    def __init__(self, session: Session, chosen: list[str] | None, port: int) -> None:
        """As the session listens already, or will when it is started."""
        super().__init__()
        self._session = session
        self._silence = SilenceHint()
        self.chosen = chosen
        self.port = port
        session.listening_changed = self.refresh
        self.refresh()

    def choose(self, names: Sequence[str] | None) -> None:
        """Listen on these and store the choice."""
        self.chosen = None if names is None else list(names)
        self._session.store.set_setting(settings.INTERFACES, self.chosen or [])
        if self._session.pump.active:
            self.start()
        else:
            self.changed.emit()

    def start(self) -> None:
        """Open the port."""
        self._silence.restart()
        self._session.pump.listen(self.chosen, self.port)
        self.refresh()

    def stop(self) -> None:
        """Close the port."""
        self._session.pump.stop()
        self.refresh()

    def refresh(self) -> None:
        """Read the pump's state and emit `changed`."""
        state = self._session.pump.state
        self.listening = state.listening
        if state.listening:
            self.port = state.port
        self.selectable = [_info(one) for one in state.selectable]
        self.joined = [_info(one) for one in state.joined]
        self.troubles = dict(state.troubles)
        hint = self._silence.trouble(state, self._session.files.openings)
        if hint is not None:
            self.troubles[hint.code] = hint
        self.update_counts()
        self.changed.emit()

    def update_counts(self) -> None:
        """Read the pump's counters."""
        self.heard, self.ignored = self._session.pump.state.heard, self._session.pump.state.ignored

    def check_silence(self) -> None:
        """To be called once a second: no event says that the hint is due or over."""
        hint = self._silence.trouble(self._session.pump.state, self._session.files.openings)
        if hint != self.troubles.get(SILENCE):
            self.refresh()


def _info(interface: Interface) -> InterfaceInfo:
    note = ""
    if interface.self_assigned:
        note = Text("no address from DHCP")
    elif interface.virtual:
        note = Text("virtual")
    return InterfaceInfo(
        interface.name,
        ", ".join(str(one.ip) for one in interface.addresses),
        note=note,
        by_default=bool(chosen_by_default([interface])),
    )
