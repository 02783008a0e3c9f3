"""Puts what phones answer to a request to reboot into their rows, the log and the history.

"Rebooting" is shown only after the phone's own 2xx.
"""

from __future__ import annotations

from pnp_gui.bench.phones.phone import Phone, Reboot
from pnp_gui.bench.phones.registry import PhoneRegistry
from pnp_gui.bench.record.log import Level, Log
from pnp_gui.bench.store.store import HistoryLine, Store
from pnp_gui.pnp.events import RebootAnswered, RebootAsked
from pnp_gui.texts import Text

WANTS_PASSWORD = (401, 407)
"""A challenge (RFC 3261 section 22). snom, Grandstream and others send it as they come."""

OUTCOMES = {
    Reboot.ASKED: "asked to reboot",
    Reboot.REBOOTING: "rebooting",
    Reboot.PASSWORD: "reboot: wants a password",
    Reboot.REFUSED: "reboot: refused",
    Reboot.NO_ANSWER: "reboot: no answer",
}
"""The history's word for each."""

_LINES = {
    Reboot.REBOOTING: (Level.INFO, Text("It reboots ({code} {reason}).")),
    Reboot.PASSWORD: (
        Level.WARNING,
        Text("It does not reboot without a password: {code} {reason}."),
    ),
    Reboot.REFUSED: (Level.WARNING, Text("It refused to reboot: {code} {reason}.")),
    Reboot.NO_ANSWER: (Level.WARNING, Text("It did not answer the request to reboot for 32 s.")),
}


class Reboots:
    """Puts events about reboots into the rows."""

    def __init__(self, registry: PhoneRegistry, store: Store, log: Log) -> None:
        self._registry = registry
        self._store = store
        self._log = log

    def asked(self, event: RebootAsked, at: float) -> None:
        """The phone was asked."""
        phone = self._registry.phones.get(event.key)
        if phone is None:
            return
        self._put(phone, Reboot.ASKED, at)
        self._log.add(
            at,
            Level.INFO,
            "Asked it to reboot ({event}), at {address} on {interface}.",
            {"event": event.event, "address": event.address, "interface": event.interface},
            phone.key,
        )

    def answered(self, event: RebootAnswered, at: float) -> None:
        """It answered, or did not in time."""
        phone = self._registry.phones.get(event.key)
        if phone is None:
            return
        outcome = _outcome_of(event.status)
        self._put(phone, outcome, at, event.status, event.reason)
        level, template = _LINES[outcome]
        values = {"code": event.status, "reason": event.reason}
        self._log.add(at, level, template, values, phone.key)

    def _put(
        self, phone: Phone, reboot: Reboot, at: float, code: int = 0, reason: str = ""
    ) -> None:
        phone.reboot_changed(reboot, at, code, reason)
        self._registry.changed.add(phone.key)
        self._store.note_history(
            HistoryLine(
                *(at, phone.key, phone.mac, "", phone.interface, phone.address),
                *(OUTCOMES[reboot], code),
            )
        )


def _outcome_of(status: int) -> Reboot:
    if not status:
        return Reboot.NO_ANSWER
    if status < 300:
        return Reboot.REBOOTING
    return Reboot.PASSWORD if status in WANTS_PASSWORD else Reboot.REFUSED
