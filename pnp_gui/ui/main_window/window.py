"""The window: what its keys, buttons and signals do; `window_parts.py` makes its parts.

The window never closes itself: it emits `close_requested`, and the program calls `finish`.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import QApplication, QLineEdit, QToolTip

from pnp_gui.bench.bench import Bench
from pnp_gui.bench.phones.key import key_now
from pnp_gui.bench.store.settings import LETTER_KEYS
from pnp_gui.trouble import Trouble
from pnp_gui.ui.listening import Listening
from pnp_gui.ui.main_window import window_state
from pnp_gui.ui.main_window.about import about_box
from pnp_gui.ui.main_window.window_parts import WindowParts
from pnp_gui.ui.serving import Serving
from pnp_gui.ui.words import url_origin
from pnp_gui.ui.words.empty_text import empty_text

REFRESH_MS = 500
"""Milliseconds between two refreshes of what no signal announces: pane, problem bar, counts."""


class MainWindow(WindowParts):
    """The whole window."""

    close_requested = Signal()
    """The technician wants to quit."""

    def __init__(
        self,
        bench: Bench,
        listening: Listening,
        serving: Serving,
        between: Callable[[], None] = lambda: None,
    ) -> None:
        """`between` is called again and again while the window is made: see `WindowParts`."""
        super().__init__(bench, listening, serving, between)
        self._bench = bench
        self._listening = listening
        self._wanted = self._about = ""
        self._names = bench.served.names()
        self.setWindowTitle(self.tr("PnP Bench"))

        self._connect_actions()
        self._connect_parts()
        self.order_tabs()
        between()
        window_state.restore(bench, self)
        self._show_framed()
        self._count_changed()
        self._timer = QTimer(self, interval=REFRESH_MS)
        self._timer.timeout.connect(self.refresh)
        self._timer.start()
        self._network_changed()
        between()
        self.refresh()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # What the program calls.

    def show_trouble(self, trouble: Trouble) -> None:
        """Show a line in the problem bar, in the place of any other with this code."""
        self.problems.add(trouble)

    def keep_state(self) -> None:
        """Save size, columns and panes. The store must still be open."""
        window_state.save(self._bench, self)

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
        self.older_url.refresh()
        self.problems.refresh()
        self.selected.refresh_changed()
        self.approve_all.refresh()
        self.listen_bar.url.refresh()
        self.files.refresh()
        self.splitter.refresh()
        self._follow_folder()
        self.status_bar.take_back(self._missing)
        self._show_counts()

    # Qt's own.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        QToolTip.hideText()  # a key may change what it says
        super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()
        self.close_requested.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.problem_bar.updateGeometry()  # its height is a part of the window's

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()
        # Windows paints before these would be sent: a first picture of squeezed buttons.
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)

    # What keys, buttons and signals do.

    def _connect_actions(self) -> None:
        """What each action of `ui/actions.py` does."""
        do, table, phones, rows = self.actions_, self.table, self.phone_actions, self.row_commands
        sheets, exports, selected = self.sheet_controller, self.exports, self.table.selected_keys
        commands: dict[QAction, Callable[[], object]] = {
            do.approve: lambda: phones.approve(selected()),
            do.deny: lambda: phones.deny(selected()),
            do.undecide: lambda: phones.undecide(selected()),
            do.approve_all: self.approve_all.toggle,
            do.send_again: lambda: phones.send_again(selected()),
            do.reboot: lambda: self.reboot_actions.ask(phones.known(selected())),
            do.change_address: lambda: phones.change_address(selected()),
            do.undo: phones.undo,
            do.redo: self._redo,
            do.edit_url: rows.edit_url,
            do.edit_label: rows.edit_label,
            do.copy_rows: rows.copy_rows,
            do.copy_macs: rows.copy_macs,
            do.copy_addresses: rows.copy_addresses,
            do.copy_file_names: rows.copy_file_names,
            do.open_page: rows.open_page,
            do.expected_files: rows.show_expected_files,
            do.select_all: table.selectAll,
            do.forget: lambda: phones.forget(selected()),
            do.import_sheet: sheets.ask_for_sheet,
            do.paste_sheet: sheets.paste,
            do.export_sheet: sheets.export_all,
            do.export_selection: sheets.export_selection,
            do.save_messages: lambda: exports.save_messages(selected()),
            do.save_all_messages: exports.save_all_messages,
            do.copy_message: self.detail_pane.ladder.copy_message,
            do.copy_for_mail: lambda: exports.copy_for_mail(selected(), masked=True),
            do.copy_for_mail_open: lambda: exports.copy_for_mail(selected(), masked=False),
            do.save_log: exports.save_log,
            do.history: exports.open_history,
            do.details: self._say_why_no_messages,
            do.listen: self.listen_bar.toggle_listening,
            do.choose_ports: self.listen_bar.open_ports,
            do.serve: self.files.toggle,
            do.serve_folder: self.files.choose_folder,
            do.serve_ports: self.files.choose_ports,
            do.larger: lambda: self.look.zoom(1),
            do.smaller: lambda: self.look.zoom(-1),
            do.normal_size: lambda: self.look.zoom(0),
            do.manual: self.help.show_manual,
            do.keys: self.help.show_keys,
            do.licences: self.help.show_licences,
            do.open_log_folder: self.help.open_log_folder,
            do.find: self._to_find,
            do.go_to_table: self._to_table,
            do.go_to_url: self._to_url,
            do.rules: self.rules.open,
            do.quit: self.close_requested.emit,
            do.about: lambda: about_box(self).open(),
        }
        for action, command in commands.items():
            action.triggered.connect(lambda _=False, command=command: command())
        switches: dict[QAction, Callable[[bool], None]] = {
            do.scan_approves: self.scan_mode.switch,
            do.details: lambda on: self._show_pane(do.details, on),
            do.log: lambda on: self._show_pane(do.log, on),
            do.notify: self.notifications.switch,
            do.sound: self.notifications.switch_sound,
            do.letter_keys: self.scan_mode.switch_letters,
        }
        do.letter_keys.setChecked(self._bench.setting(LETTER_KEYS))
        for action, switch in switches.items():
            action.toggled.connect(switch)
        for action in (*commands, *switches):
            action.triggered.connect(QToolTip.hideText)
        escape = QShortcut(QKeySequence("Esc"), table)
        escape.setContext(Qt.ShortcutContext.WidgetShortcut)
        escape.activated.connect(self._escape)

    def _connect_parts(self) -> None:
        """What the parts tell the window; what they tell each other: `window_parts.py`."""
        self._listening.changed.connect(self._network_changed)
        phones, table, sheets = self.phone_actions, self.table, self.sheet_controller
        for done in (table.said, phones.said, self.scan_mode.said, sheets.said):
            done.connect(self._did)
        for said in (self.reboot_actions.said, self.approve_all.said):
            said.connect(self._say)
        for lacking in (phones, self.reboot_actions, self.scan_mode, sheets):
            lacking.missing.connect(self._say_missing)
        for bar in (self.detail_pane, self.exports, self.listen_bar):
            bar.missing.connect(self._say_missing)
        table.selection_changed.connect(self._selected)
        table.selectionModel().currentRowChanged.connect(self._show_framed)
        table.visible_count_changed.connect(self._count_changed)
        table.phones_changed.connect(self._phones_changed)
        self.log_page.phone_wanted.connect(self._show_phone)
        self.approve_all.titled.connect(self._set_title)
        url = self.listen_bar.url
        url.committed.connect(self._url_committed)
        leave = (url.left, self.action_bar.find_field.left)
        for part in (self.problem_bar, self.files.bar, self.selected):
            part.focus_lost.connect(self._to_table)
        for left in leave:
            left.connect(self._to_table)
        self.rules.default_wanted.connect(self._to_url)
        self.problems.older_url_wanted.connect(self._select_older)

    # Where the keyboard is.

    def _to_find(self) -> None:
        field = self.action_bar.find_field
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        field.selectAll()

    def _to_url(self) -> None:
        """To the default URL, also from another window."""
        self.activateWindow()
        self.listen_bar.url.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.listen_bar.url.line.selectAll()

    def _to_table(self) -> None:
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show_phone(self, key: str) -> None:
        """To this phone's row and messages."""
        key = self._wanted = key_now(key, self._bench.phones)
        if key not in self._bench.phones:
            self._say_missing(self.tr("This phone is no longer in the table."))
            return
        self.finding.show_all()
        self.table.select_keys([key])
        self.actions_.details.setChecked(True)
        self._to_table()

    def _select_older(self) -> None:
        """Those that have an older URL, so that S sends them the new one."""
        self.finding.show_all()
        self.table.select_keys(self._bench.with_older_url())
        self._to_table()

    # Phones.

    def _did(self, sentence: str) -> None:
        """Something was done: say what. A question was about the phones as they were before."""
        self.problems.drop_question()
        self._say(sentence)

    def _say(self, sentence: str) -> None:
        self._about = self.detail_pane.key
        self.status_bar.say(sentence, self._missing() & {"url"})
        # Later: after a decision on ten thousand phones, a refresh takes long enough to be felt.
        QTimer.singleShot(0, self, self.refresh)

    def _redo(self) -> None:
        """Where Qt has another key for it, a field leaves this one to the window."""
        field, find = QApplication.focusWidget(), self.action_bar.find_field
        if isinstance(field, QLineEdit) and not (field is find and find.is_for_scans()):
            field.redo()
        else:
            self.phone_actions.redo()

    def _selected(self, keys: list[str]) -> None:
        if self.selected.set_keys(keys):
            self.problems.drop_question(for_selection=True)
        self._show_framed()
        self.status_bar.take_back(self._missing)

    def _show_framed(self) -> None:
        """Show the phone with the frame; none if none is selected."""
        keys, framed = self.selected.keys, self.table.current_key()
        self.detail_pane.set_phone((framed or keys[0]) if keys else "", len(keys))
        self.action_bar.show_selected(len(keys))
        shown = self.detail_pane.key
        self.listen_bar.url.set_phone(self._bench.phones.get(shown))
        self.rules.set_phone(shown)

    def _phones_changed(self, keys: set[str]) -> None:
        self._count_changed()  # a filter may hide those that came
        if self.detail_pane.key in keys:
            self.detail_pane.refresh()

    def _escape(self) -> None:
        """In the table: first the question, then "approve all", then the filter."""
        if not self.problems.drop_question() and not self.approve_all.dismiss():
            self.finding.show_all()

    # The window's other parts.

    def _url_committed(self, url: str) -> None:
        self.problems.remove(url_origin.DEFAULT_URL_REFUSED)
        self._network_changed()
        self._did(url_origin.default_url_set(url))

    def _show_pane(self, action: QAction, on: bool) -> None:
        focused = QApplication.focusWidget()
        if focused is not None and self.splitter.pane.isAncestorOf(focused):
            self._to_table()
        self.splitter.turn(action, on)

    def _say_why_no_messages(self) -> None:
        if self.actions_.details.isChecked() and self.splitter.is_empty:
            self.phone_actions.known([])

    def _set_title(self, text: str) -> None:
        """`text` stands before the program's name, so that the taskbar shows it too."""
        name = self.tr("PnP Bench")
        self.setWindowTitle(
            self.tr("{text} - {name}").format(text=text, name=name) if text else name
        )

    def _say_missing(self, sentence: str) -> None:
        """Nothing was done, since something is missing: it goes as soon as that is there."""
        self.status_bar.say(sentence, self._missing())

    def _missing(self) -> set[str]:
        """What is not there now, of all that a sentence may miss."""
        phones, network = self._bench.phones, self._listening
        there = {
            "listening": network.listening,
            "ports": len(network.chosen or network.selectable) > 1,
            "phones": phones,
            "shown": self.table.visible_count(),
            "selection": self.table.selectionModel().hasSelection(),
            "wanted": self._wanted in phones,
            "url": (about := phones.get(self._about)) is not None and about.has_url,
            "looked_up": self.scan_mode.looked_up in phones,
            "messages": self._bench.trace.added,
            "message": self.detail_pane.ladder.entry(),
            "lines": self.log_page.model.rows,
        }
        return {name for name, present in there.items() if not present}

    def _network_changed(self) -> None:
        self.status_bar.take_back(self._missing)
        self.status_bar.show_wire(self._listening)
        self.problems.refresh()
        self.table.set_empty_text(*empty_text(self._listening, self._bench.urls.default))

    def _follow_folder(self) -> None:
        """A file that comes or goes changes what the rows warn of."""
        names = self._bench.served.names()
        if names is not self._names:
            self._names = names
            self.table.viewport().update()

    def _show_counts(self) -> None:
        self.status_bar.show_counts(self._bench.counts())
        self._listening.update_counts()
        self.status_bar.show_wire(self._listening)
        self.files.refresh_counts()
        self.finding.refresh()

    def _count_changed(self) -> None:
        """In an empty table the first phone is selected when it comes: the keys are for it."""
        first = not self._bench.phones or self.splitter.is_empty
        self.splitter.set_empty(not self._bench.phones)
        hidden = bool(self._bench.phones) and not self.table.visible_count()
        self.phone_actions.all_hidden = hidden
        self.detail_pane.show_hidden(hidden)
        if first and self.table.visible_count() and not self.selected.keys:
            self.seen_tracker.by_hand = False
            self.table.select_keys([self.table.phone_model.key_at(0)])
            self.seen_tracker.by_hand = True
        self.finding.refresh()
