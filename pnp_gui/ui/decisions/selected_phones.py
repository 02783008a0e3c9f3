"""What the commands for the selected phones can do: their tips count the phones, and those that can
do nothing are idle."""

from __future__ import annotations

from operator import attrgetter

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QToolButton

from pnp_gui.bench.bench import Bench
from pnp_gui.bench.phones.phone import Decision, Phone
from pnp_gui.ui.actions import Actions
from pnp_gui.ui.decisions.phone_actions import can_be_sent
from pnp_gui.ui.widgets.idle import IDLE, set_idle
from pnp_gui.ui.words.conflict import in_conflict
from pnp_gui.ui.words.outcomes import count_selected

_KIND = attrgetter("decision", "progress", "asked", "lacks", "takes_url")
"""All that the commands ask of a phone, beside whether it is in conflict."""


class SelectedPhones(QObject):
    """Keeps the actions up to date."""

    focus_lost = Signal()
    """The button that has the keyboard turns grey."""

    def __init__(self, bench: Bench, actions: Actions, parent: QObject) -> None:
        super().__init__(parent)
        self.keys: list[str] = []
        """In the order of the rows."""
        self._key_set: set[str] = set()
        self._changed = False
        self._bench = bench
        self._actions = actions
        self.refresh()

    def set_keys(self, keys: list[str]) -> bool:
        """Whether other phones are selected now, and not only in another order: with ten thousand
        selected, rows move every second."""
        self.keys = keys
        before, self._key_set = self._key_set, set(keys)
        if self._key_set == before:
            return False
        self.refresh()
        return True

    def phones_changed(self, keys: set[str]) -> None:
        """Phones changed, came or went; some of them may be selected."""
        if not self._key_set.isdisjoint(keys):
            self._changed = True

    def refresh_changed(self) -> None:
        """Follow the phones and what can be undone. Call it several times a second."""
        bench, do = self._bench, self._actions
        set_idle(do.undo, not bench.can_undo())
        set_idle(do.redo, not bench.can_undo(redo=True))
        for action in (do.select_all, do.export_sheet, do.save_all_messages):
            set_idle(action, not bench.phones)
        if self._changed:
            self.refresh()

    def refresh(self) -> None:
        self._changed = False
        known, do = self._bench.phones, self._actions
        # One of each kind is enough; ten thousand may be selected.
        selected = [known[key] for key in self.keys if key in known]
        kinds = zip(map(_KIND, selected), [one.conflict is None for one in selected], strict=True)
        phones = list(dict(zip(kinds, selected, strict=True)).values())
        useful = {
            do.approve: _can_approve(phones),
            do.deny: any(p.decision is not Decision.DENIED or p.conflict for p in phones),
            do.undecide: any(phone.decision is not Decision.UNDECIDED for phone in phones),
            do.send_again: any(map(can_be_sent, phones)),
            do.reboot: any(map(can_be_sent, phones)),
            do.change_address: any(phone.conflict is not None for phone in phones),
        }
        counted = count_selected(len(self.keys))
        for action in do.on_selection:
            idle = not useful.get(action, bool(phones))
            if idle and not action.property(IDLE):
                focused = QApplication.focusWidget()
                if isinstance(focused, QToolButton) and focused.defaultAction() is action:
                    self.focus_lost.emit()
            set_idle(action, idle)
            action.setToolTip(f"{action.whatsThis()}\n{counted}")


def _can_approve(phones: list[Phone]) -> bool:
    """As `PhoneActions.approve`: denied phones stay denied among others, and so do conflicts."""
    return (
        any(
            phone.decision is Decision.UNDECIDED or (can_be_sent(phone) and not phone.has_url)
            for phone in phones
        )
        or (bool(phones) and all(map(in_conflict, phones)))
        or (bool(phones) and all(phone.decision is Decision.DENIED for phone in phones))
    )
