"""Starts and ends "approve all", and makes sure that it is never on without being seen.

Banner, button and the window's title are set from what the bench says, at every `refresh`: the
bench alone knows whether it is on.
"""

from __future__ import annotations

import math

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QDialog

from pnp_gui.bench.bench import Bench
from pnp_gui.bench.decisions.approve_all import MINUTES, Approving
from pnp_gui.bench.store.settings import APPROVE_ALL_MINUTES
from pnp_gui.texts import Plural
from pnp_gui.trouble import Trouble
from pnp_gui.ui.actions import Actions
from pnp_gui.ui.decisions.approve_all_banner import ApproveAllBanner
from pnp_gui.ui.decisions.approve_all_button import ApproveAllButton, ApproveAllMenu
from pnp_gui.ui.decisions.question import QUESTION, Question
from pnp_gui.ui.listening import Listening
from pnp_gui.ui.theme import icons
from pnp_gui.ui.widgets.key_button import SHORT


class ApproveAllController(QObject):
    """What the key F8 and the button do."""

    said = Signal(str)
    """A sentence for the status bar."""
    asks = Signal(Question)
    """It is asked first."""
    titled = Signal(str)
    """What the window's title says about it; "" for nothing."""

    def __init__(
        self,
        bench: Bench,
        listening: Listening,
        actions: Actions,
        button: ApproveAllButton,
        banner: ApproveAllBanner,
    ) -> None:
        super().__init__(banner)
        self._bench = bench
        self._listening = listening
        self._action = actions.approve_all
        self._button = button
        self._banners = [banner]
        self._was_on = False
        self._minutes = bench.setting(APPROVE_ALL_MINUTES)
        if self._minutes not in MINUTES:
            self._minutes = APPROVE_ALL_MINUTES.default
        self.menu = ApproveAllMenu(bench, actions, button)
        self.menu.chosen.connect(self.start)
        button.setMenu(self.menu)
        banner.acted.connect(self._acted)
        self._shown: tuple[object, ...] = ()

    def add_banner(self, banner: ApproveAllBanner) -> None:
        """Show it here too: a window that may cover the first banner."""
        self._banners.append(banner)
        banner.acted.connect(self._acted)
        self._shown = ()
        self.refresh()

    def join(self, dialog: QDialog, banner: ApproveAllBanner) -> None:
        """A dialog that covers the main window shows the banner too, and the key ends "approve all"
        there. It does not start it there, where nobody sees the phones."""
        self.add_banner(banner)
        key = QShortcut(dialog)
        key.setKeys(self._action.shortcuts())
        key.setAutoRepeat(False)
        key.activated.connect(self._end_if_on)
        dialog.finished.connect(lambda: self._banners.remove(banner))

    def toggle(self) -> None:
        """Ask whether to start it for as long as last time, for every make; or end it."""
        if self._bench.approving_all is None:
            minutes = self._minutes
            self.asks.emit(
                Question(lambda: self._question(minutes), lambda: self.start(minutes), False)
            )
        else:
            self.end()

    def _question(self, minutes: int) -> Trouble:
        asking = self._bench.asking_for_all()
        question = Trouble(
            Plural(
                "Approve the %n phones that are asking now, and every other phone that asks "
                "within {minutes} min?",
                "Approve the phone that is asking now, and every other phone that asks within "
                "{minutes} min?",
            )
            if asking
            else "Approve every phone that asks within {minutes} min? None is asking now.",
            action="approve_all",
            code=QUESTION,
            n=len(asking),
            minutes=minutes,
        )
        if not self._bench.urls.for_snom_alone(asking):
            return question
        return Trouble(
            "{question} The URL at the top is still snom's own, which other makes cannot use.",
            action="approve_all",
            code=QUESTION,
            question=question,
        )

    def start(self, minutes: int, make: str = "") -> None:
        """Start it, in place of one that is on."""
        if minutes != self._minutes:
            self._minutes = minutes
            self._bench.set_setting(APPROVE_ALL_MINUTES, minutes)
        at_once = self._bench.approve_all(minutes, make)
        self.refresh()
        self.said.emit(self._started(minutes, make, at_once))

    def end(self) -> None:
        self._was_on = False
        self._bench.end_approve_all()
        self.refresh()
        self.said.emit(self._ended())

    def dismiss(self) -> bool:
        """For Esc: end it, or hide the banner that says it ended. False if there was neither."""
        if self._bench.approving_all is None and not self._banners[0].is_over:
            return False
        self._acted()
        return True

    def refresh(self) -> None:
        """Show the present state. Call it several times a second."""
        state = self._bench.approving_all
        was_on, self._was_on = self._was_on, state is not None
        if state is None and was_on:
            for banner in self._banners:
                banner.show_text(self._ended(), self.tr("Close"), on=False)
            self.said.emit(self._ended())
        elif state is None and self._banners[0].is_on:
            self._hide()
        left = "" if state is None else _clock(state.left)
        now = (left, state and (state.make, state.approved), self._minutes)
        if now == self._shown:
            return
        self._shown = now
        self._show_action(left)
        self._button.set_on(state is not None)
        if state is not None:
            for banner in self._banners:
                banner.show_text(self._sentence(state, left), self.tr("End now (F8)"), on=True)
        self.titled.emit(self.tr("Approving all, {left} left").format(left=left) if left else "")

    def _end_if_on(self) -> None:
        if self._bench.approving_all is not None:
            self.end()

    def _acted(self) -> None:
        if self._bench.approving_all is not None:
            self.end()
        else:
            self._hide()

    def _hide(self) -> None:
        for banner in self._banners:
            banner.hide()

    def _show_action(self, left: str) -> None:
        action = self._action
        minutes = self._minutes
        if left:
            text = self.tr("End app&roving all")
            word, short = self.tr("Approving all {left}"), self.tr("All {left}")
            tip = self.tr("Approve only phones that you select, as before.")
            action.setIcon(icons.icon("stop", "bad"))
        else:
            text = self.tr("App&rove all for {n} min")
            word, short = self.tr("Approve all for {n} min"), self.tr("All {n} min")
            tip = self.tr(
                "For %n minutes, approve every undecided phone that asks, and those that are "
                "asking now. Denied ones stay denied. It ends automatically; F8 ends it at "
                "once.",
                "",
                minutes,
            )
            action.setIcon(icons.icon("clock"))
        action.setText(text.format(n=minutes))
        action.setIconText(word.format(n=minutes, left=left))
        action.setProperty(SHORT, short.format(n=minutes, left=left))
        action.setToolTip(tip)

    def _sentence(self, state: Approving, left: str) -> str:
        text = self.tr(
            "Every phone that asks is approved and gets its URL: {left} left, {n} approved so far."
        )
        if state.make:
            text = self.tr(
                "Every {make} phone that asks is approved and gets its URL: {left} left,"
                " {n} approved so far."
            )
        return text.format(make=state.make, left=left, n=state.approved)

    def _started(self, minutes: int, make: str, at_once: int) -> str:
        text = self.tr("All phones that ask are approved for {n} min.")
        if make:
            text = self.tr("{make} phones that ask are approved for {n} min.")
        parts = [text.format(make=make, n=minutes)]
        if at_once:
            parts.append(self.tr("%n that were asking were approved at once.", "", at_once))
        if not self._listening.listening:
            parts.append(self.tr("But PnP Bench is not listening: F5 starts it."))
        return " ".join(parts)

    def _ended(self) -> str:
        count = self._bench.approved_by_all
        return self.tr("Approve all has ended: %n phones were approved.", "", count)


def _clock(seconds: float) -> str:
    """ "4:32"; it says 0:01 until the end."""
    whole = math.ceil(seconds)
    return f"{whole // 60}:{whole % 60:02}"
