"""The window: what its keys, buttons and signals do.

`window_parts.py` makes its parts. Each subject has a `_connect_…` method, which says which
controller carries out its actions. The window never closes itself: it emits `close_requested`, and
the program calls `finish`.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QWidget

from pnp_gui.bench.bench import Bench
from pnp_gui.bench.phones.phone import Phone
from pnp_gui.trouble import Trouble
from pnp_gui.ui.decisions.phone_actions import FORGET
from pnp_gui.ui.find.scan_mode import BAD
from pnp_gui.ui.listening import Listening
from pnp_gui.ui.main_window import window_state
from pnp_gui.ui.main_window.about import about_box
from pnp_gui.ui.main_window.window_parts import WindowParts
from pnp_gui.ui.words import url_origin
from pnp_gui.ui.words.empty_text import empty_text

REFRESH_MS = 250
"""Milliseconds between two refreshes of the pane and the problem bar."""

COUNT_EVERY = 2
"""The counts are renewed with every second refresh."""


class MainWindow(WindowParts):
    """The whole window."""

    close_requested = Signal()
    """The technician wants to quit."""

    def __init__(self, bench: Bench, listening: Listening, parent: QWidget | None = None) -> None:
        super().__init__(bench, listening, parent)
        self._bench = bench
        self._listening = listening
        self._refreshes = 0
        self.setWindowTitle(self.tr("PnP Bench"))

        self._connect()
        self._restore()

        self._timer = QTimer(self)
        self._timer.setInterval(REFRESH_MS)
        self._timer.timeout.connect(self.refresh)
        self._timer.start()
        self._network_changed()
        self.refresh()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # What the program calls.

    def show_trouble(self, trouble: Trouble) -> None:
        """Show a line in the problem bar, in the place of any other with this code."""
        self.problems.add(trouble)

    def keep_state(self) -> None:
        """Save size, columns and panes. The store must still be open."""
        splitters = (self.splitter.state(), self.detail_pane.splitter.saveState())
        window_state.save(self._bench, self, self.table, splitters, pane=self.lower_pane.shown)

    def finish(self) -> None:
        """Save the state, and hide."""
        self._timer.stop()
        self.rules.finish()
        self.notifications.close()
        self.scan_mode.sounds.stop()
        self.keep_state()
        self.exports.close()
        self.hide()

    def refresh(self) -> None:
        """Show what is new in bench and network. The table does so by itself."""
        self.problems.refresh()
        self.approve_all.refresh()
        self.listen_bar.url.refresh()
        self.lower_pane.refresh()
        if self._refreshes % COUNT_EVERY == 0:
            self._show_counts()
        self._refreshes += 1

    # Qt's own.

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask the program to close."""
        event.ignore()
        self.close_requested.emit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    # What keys, buttons and signals do.

    def _connect(self) -> None:
        self._connect_phones()
        self._connect_approve_all()
        self._connect_find()
        self._connect_urls()
        self._connect_sheets()
        self._connect_panes()
        self._connect_network()
        self._connect_problems()
        self.actions_.quit.triggered.connect(self.close_requested)
        self.actions_.about.triggered.connect(lambda: about_box(self).open())

    def _connect_phones(self) -> None:
        do, table = self.actions_, self.table
        table.addActions(list(do.on_table))
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.phone_actions.connect_actions(do, table.selected_keys)
        do.forget.triggered.connect(self._ask_to_forget)
        do.reboot.triggered.connect(lambda: self.reboot_actions.ask(self._selected_phones()))
        do.edit_url.triggered.connect(table.edit_url)
        do.edit_label.triggered.connect(table.edit_label)
        do.select_all.triggered.connect(table.selectAll)
        do.copy_rows.triggered.connect(self._copy_rows)
        escape = QShortcut(QKeySequence("Esc"), table)
        escape.setContext(Qt.ShortcutContext.WidgetShortcut)
        escape.activated.connect(self._escape)
        table.decision_clicked.connect(self.phone_actions.decide)
        table.selection_changed.connect(self._selected)
        table.visible_count_changed.connect(self._show_found)
        table.phones_changed.connect(self._phones_changed)
        table.phones_changed.connect(self.reboot_actions.phones_changed)
        table.phones_changed.connect(self.notifications.phones_changed)
        for said in (table.label_said, self.phone_actions.said, self.reboot_actions.said):
            said.connect(self._did)

    def _connect_approve_all(self) -> None:
        """Its key and its menu are connected by its controller."""
        self.approve_all.said.connect(self._did)
        self.approve_all.titled.connect(self._set_title)

    def _connect_find(self) -> None:
        self.actions_.find.triggered.connect(self.navigation.to_find)
        self.actions_.go_to_table.triggered.connect(self.navigation.to_table)
        self.action_bar.find_changed.connect(self._find)
        self.action_bar.find_left.connect(self.navigation.to_table)
        scans = self.scan_mode
        self.actions_.scan_approves.toggled.connect(scans.switch)
        scans.said.connect(self._did)
        scans.refused.connect(self.problems.add)
        scans.settled.connect(lambda: self.problems.remove(BAD))
        scans.tally.connect(self.action_bar.show_tally)

    def _connect_urls(self) -> None:
        self.actions_.go_to_url.triggered.connect(self.navigation.to_url)
        url = self.listen_bar.url
        url.left.connect(self.navigation.to_table)
        url.committed.connect(self._url_committed)
        url.reverted.connect(lambda: self.problems.remove(url_origin.DEFAULT_URL_REFUSED))
        url.refused.connect(lambda why: self.problems.add(url_origin.default_url_refused(why)))
        self.actions_.rules.triggered.connect(self.rules.open)
        self.rules.default_wanted.connect(self.navigation.to_url_from_elsewhere)
        self.rules.made.connect(lambda dialog: self.approve_all.add_banner(dialog.band))

    def _connect_sheets(self) -> None:
        do, sheets = self.actions_, self.sheet_controller
        do.import_sheet.triggered.connect(sheets.ask_for_sheet)
        do.paste_sheet.triggered.connect(sheets.paste)
        do.export_sheet.triggered.connect(sheets.export_all)
        do.export_selection.triggered.connect(sheets.export_selection)
        sheets.made.connect(lambda dialog: self.approve_all.join(dialog, dialog.band))
        sheets.said.connect(self._did)
        sheets.failed.connect(self.problems.add)
        sheets.settled.connect(self.problems.remove)

    def _connect_panes(self) -> None:
        do = self.actions_
        do.details.toggled.connect(lambda on: self._show_pane(do.details, on))
        do.log.toggled.connect(lambda on: self._show_pane(do.log, on))
        do.copy_message.triggered.connect(self.detail_pane.ladder.copy_message)
        self.detail_pane.add_actions(do.save_messages, do.copy_for_mail, do.copy_message)
        self.log_page.add_action(do.save_log)
        self.log_page.phone_wanted.connect(self._show_phone)
        self.exports.connect_actions(do, self.table.selected_keys, self.log_page)
        for part in (self.detail_pane, self.log_page, self.exports):
            part.said.connect(self.status_bar.say)

    def _connect_network(self) -> None:
        """The keys are connected by the listen bar."""
        self.listen_bar.said.connect(self.status_bar.say)
        self._listening.changed.connect(self._network_changed)

    def _connect_problems(self) -> None:
        self.problem_bar.changed.connect(self.order_tabs)
        self.problem_bar.focus_lost.connect(self.navigation.to_table)
        self.problems.said.connect(self.status_bar.say)
        self.problems.ports_wanted.connect(self.listen_bar.open_ports)
        self.problems.forget_confirmed.connect(self.phone_actions.forget)

    # Phones.

    def _selected_phones(self) -> list[Phone]:
        """Those that the bench still knows; the status bar says so if there are none."""
        return self.phone_actions.known(self.table.selected_keys())

    def _did(self, sentence: str) -> None:
        """Something was done: say what."""
        self.status_bar.say(sentence)
        # The question to forget was about the phones as they were before.
        self.problems.remove(FORGET)
        # Later: after a decision on ten thousand phones, a refresh takes long enough to be felt.
        QTimer.singleShot(0, self, self.refresh)

    def _ask_to_forget(self) -> None:
        """It takes a second key: Space or Enter, in the problem bar."""
        question = self.phone_actions.question_to_forget(self.table.selected_keys())
        if question is None:
            return
        self.problems.add(question)
        line = self.problem_bar.line_for(FORGET)
        if line is not None and line.action is not None:
            line.action.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _copy_rows(self) -> None:
        if number := len(self._selected_phones()):
            self.table.copy_rows()
            self.status_bar.say(self.tr("%n rows are on the clipboard.", "", number))

    def _selected(self, keys: list[str]) -> None:
        """Show the first selected phone; stay with the present one while it is selected."""
        pane = self.detail_pane
        if pane.key not in keys:
            pane.set_phone(keys[0] if keys else "")
        self.listen_bar.url.set_phone(self._bench.phones.get(pane.key))
        self.rules.set_phone(pane.key)
        self.problems.remove("url")
        self.problems.remove(FORGET)

    def _phones_changed(self, keys: set[str]) -> None:
        if self.detail_pane.key in keys:
            self.detail_pane.refresh()

    def _show_phone(self, key: str) -> None:
        if not self.navigation.to_phone(key):
            self.status_bar.say(self.tr("This phone is not in the table any more."))

    def _escape(self) -> None:
        """In the table: first the question to forget, then "approve all", then the find text."""
        if self.problems.has(FORGET):
            self.problems.remove(FORGET)
        elif not self.approve_all.dismiss():
            self.action_bar.find_field.clear()

    def _find(self, text: str) -> None:
        self.table.set_find(text)
        self._show_found()

    # The window's other parts.

    def _url_committed(self, url: str) -> None:
        self.problems.remove(url_origin.DEFAULT_URL_REFUSED)
        self._did(url_origin.default_url_set(url))

    def _show_pane(self, action: QAction, on: bool) -> None:
        focused = QApplication.focusWidget()
        if focused is not None and self.lower_pane.isAncestorOf(focused):
            self.navigation.to_table()
        self.splitter.turn(action, on)

    def _set_title(self, text: str) -> None:
        """`text` stands before the program's name, so that the taskbar shows it too."""
        name = self.tr("PnP Bench")
        self.setWindowTitle(
            self.tr("{text} - {name}").format(text=text, name=name) if text else name
        )

    def _network_changed(self) -> None:
        self.status_bar.show_wire(self._listening)
        self.problems.refresh()
        self.table.set_empty_text(*empty_text(self._listening))

    def _show_counts(self) -> None:
        self.status_bar.show_counts(self._bench.counts())
        self._listening.update_counts()
        self.status_bar.show_wire(self._listening)
        self._show_found()

    def _show_found(self) -> None:
        self.action_bar.show_found(self.table.visible_count(), len(self._bench.phones))

    def _restore(self) -> None:
        splitters = (self.splitter, self.detail_pane.splitter)
        self.splitter.start(window_state.restore(self._bench, self, self.table, splitters))
