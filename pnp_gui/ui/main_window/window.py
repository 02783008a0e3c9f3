"""The window: puts the bars, the table and the pane together and carries out what the keys mean.

It talks to the bench and to `Listening`, and knows no datagram. It never closes itself: it asks
(`close_requested`), and whoever owns the order of stopping calls `finish`.
"""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QGuiApplication, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QVBoxLayout, QWidget

from pnp_gui.bench.bench import Bench
from pnp_gui.trouble import Trouble
from pnp_gui.ui.actions import Actions
from pnp_gui.ui.decisions.approve_all import ApproveAllController
from pnp_gui.ui.decisions.approve_all_banner import ApproveAllBanner
from pnp_gui.ui.decisions.phone_actions import FORGET, PhoneActions
from pnp_gui.ui.decisions.reboot_actions import RebootActions
from pnp_gui.ui.export.exports import Exports
from pnp_gui.ui.export.mail_text import versions
from pnp_gui.ui.find.scan_mode import BAD, ScanMode
from pnp_gui.ui.listening import Listening
from pnp_gui.ui.log.page import LogPage
from pnp_gui.ui.main_window import window_state
from pnp_gui.ui.main_window.about import about_box
from pnp_gui.ui.main_window.action_bar import ActionBar
from pnp_gui.ui.main_window.listen_bar import ListenBar
from pnp_gui.ui.main_window.lower_pane import LowerPane
from pnp_gui.ui.main_window.menu_letters import MenuLetters
from pnp_gui.ui.main_window.menus import fill_menu_bar
from pnp_gui.ui.main_window.navigation import Navigation
from pnp_gui.ui.main_window.notifications import Notifications
from pnp_gui.ui.main_window.pane_split import PaneSplit
from pnp_gui.ui.main_window.problem_bar import ProblemBar
from pnp_gui.ui.main_window.problems import Problems
from pnp_gui.ui.main_window.status_bar import StatusBar
from pnp_gui.ui.sheet.controller import SheetController
from pnp_gui.ui.table.seen import SeenTracker
from pnp_gui.ui.table.view import PhoneTable
from pnp_gui.ui.theme import theme
from pnp_gui.ui.trace.detail_pane import DetailPane
from pnp_gui.ui.urls.rules_desk import RulesDesk
from pnp_gui.ui.words import default_url_words
from pnp_gui.ui.words.empty_text import empty_text
from pnp_gui.ui.words.translate import trouble_text

REFRESH_MS = 250
"""How often the pane and the problem bar look for something new."""

COUNT_EVERY = 2
"""The counts are made at every so manieth of these looks."""


class MainWindow(QMainWindow):
    """The whole window."""

    close_requested = Signal()
    """The technician wants to end the program."""

    def __init__(self, bench: Bench, listening: Listening, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._listening = listening
        self._problems = Problems()
        self._looks = 0
        self.setWindowTitle(self.tr("PnP Bench"))

        self.actions_ = Actions(self)
        self.phone_actions = PhoneActions(bench, self)
        self.reboot_actions = RebootActions(bench, self)
        self.notifications = Notifications(bench, self, self.actions_)
        self.listen_bar = ListenBar(bench, listening, self.actions_, self)
        self.action_bar = ActionBar(self.actions_, self)
        self.approve_all_banner = ApproveAllBanner(self)
        self.approve_all = ApproveAllController(
            bench, listening, self.actions_, self.action_bar.approve_all, self.approve_all_banner
        )
        self.problem_bar = ProblemBar(self)
        self.table = PhoneTable(bench, self)
        self.seen_tracker = SeenTracker(bench, self.table)
        self.detail_pane = DetailPane(bench, self)
        self.log_page = LogPage(bench, self)
        do = self.actions_
        self.lower_pane = LowerPane((self.detail_pane, self.log_page), (do.details, do.log), self)
        self.exports = Exports(bench, listening, self)
        self.status_bar = StatusBar(self.actions_, self)
        url, find = self.listen_bar.url, self.action_bar.find_field
        self.navigation = Navigation(find, url, self.table, do.details)
        self.scan_mode = ScanMode(bench, self.table, find, url, self.actions_, self)
        self.rules = RulesDesk(bench, self)
        self.scan_mode.guard_filter(self.log_page.words)
        self._arrange()
        self.sheet_controller = SheetController(bench, self.table, self)
        fill_menu_bar(self.menuBar(), self.actions_, self.approve_all.menu)
        MenuLetters(self)
        self._connect()
        self._restore()

        self._timer = QTimer(self)
        self._timer.setInterval(REFRESH_MS)
        self._timer.timeout.connect(self.refresh)
        self._timer.start()
        self._network_changed()
        self.refresh()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # What the composition root calls.

    def show_trouble(self, trouble: Trouble) -> None:
        """Put a line into the problem bar. A trouble of the same code takes its place."""
        self._problems.add(trouble)
        self._show_problems()

    def clear_trouble(self, code: str) -> None:
        """Take the line away again."""
        if self._problems.remove(code):
            self._show_problems()

    def keep_state(self) -> None:
        """Keep size, columns and panes. The store has to be open still."""
        splitters = (self.splitter.state(), self.detail_pane.splitter.saveState())
        window_state.save(self._bench, self, self.table, splitters, pane=self.lower_pane.shown)

    def finish(self) -> None:
        """Keep the state, and hide."""
        self._timer.stop()
        self.rules.finish()
        self.notifications.close()
        self.scan_mode.sounds.stop()
        self.keep_state()
        self.exports.close()
        self.hide()

    def refresh(self) -> None:
        """Look for what is new in bench and network. The table does so by itself."""
        self._show_problems()
        self.approve_all.refresh()
        self.listen_bar.url.refresh()
        self.lower_pane.refresh()
        if self._looks % COUNT_EVERY == 0:
            self._count()
        self._looks += 1

    # Qt's.

    def closeEvent(self, event: QCloseEvent) -> None:
        """Only ask."""
        event.ignore()
        self.close_requested.emit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def sizeHint(self) -> QSize:
        """1280 x 800 for the normal font, and never more than the screen has."""
        wanted = QSize(theme.spacing(1280), theme.spacing(800))
        return wanted.boundedTo(self.screen().availableSize() * 0.95)

    # How it is put together.

    def _arrange(self) -> None:
        self.splitter = PaneSplit(self.table, self.lower_pane, self)
        centre = QWidget(self)
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for bar in (self.listen_bar, self.action_bar, self.approve_all_banner, self.problem_bar):
            column.addWidget(bar)
        column.addWidget(self.splitter, 1)
        self.setCentralWidget(centre)
        self.setStatusBar(self.status_bar)
        self._order_tabs()

    def _order_tabs(self) -> None:
        """Tab goes from the top to the bottom, through the problem lines before the table."""
        stops = [
            *self.listen_bar.tab_stops(),
            *self.action_bar.tab_stops(),
            self.approve_all_banner.button,
            *self.problem_bar.tab_stops(),
            self.table,
            *self.detail_pane.tab_stops(),
            *self.log_page.tab_stops(),
            *self.status_bar.tab_stops(),
        ]
        for one, other in pairwise(stops):
            QWidget.setTabOrder(one, other)

    def _connect(self) -> None:
        do = self.actions_
        deciding = self.phone_actions
        self.table.addActions(list(do.on_table))
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        do.approve.triggered.connect(lambda: deciding.approve(self.table.selected_keys()))
        do.deny.triggered.connect(lambda: deciding.deny(self.table.selected_keys()))
        do.undecide.triggered.connect(lambda: deciding.undecide(self.table.selected_keys()))
        do.change_address.triggered.connect(
            lambda: deciding.change_address(self.table.selected_keys())
        )
        do.send_again.triggered.connect(lambda: deciding.send_again(self.table.selected_keys()))
        do.reboot.triggered.connect(self._ask_to_reboot)
        do.undo.triggered.connect(deciding.undo)
        do.edit_url.triggered.connect(self.table.edit_url)
        do.edit_label.triggered.connect(self.table.edit_label)
        do.select_all.triggered.connect(self.table.selectAll)
        do.copy_rows.triggered.connect(self._copy_rows)
        do.forget.triggered.connect(self._ask_to_forget)
        do.find.triggered.connect(self.navigation.to_find)
        do.import_sheet.triggered.connect(self.sheet_controller.ask_for_sheet)
        do.paste_sheet.triggered.connect(self.sheet_controller.paste)
        do.export_sheet.triggered.connect(self.sheet_controller.export_all)
        do.export_selection.triggered.connect(self.sheet_controller.export_selection)
        do.scan_approves.toggled.connect(self.scan_mode.switch)
        do.go_to_url.triggered.connect(self.navigation.to_url)
        do.rules.triggered.connect(self.rules.open)
        do.go_to_table.triggered.connect(self.navigation.to_table)
        do.details.toggled.connect(lambda on: self._show_pane(do.details, on))
        do.log.toggled.connect(lambda on: self._show_pane(do.log, on))
        self.detail_pane.add_actions(do.save_messages, do.copy_for_mail, do.copy_message)
        self.log_page.add_action(do.save_log)
        self.exports.connect_actions(do, self.table.selected_keys, self.log_page)
        do.copy_message.triggered.connect(self.detail_pane.list.copy_message)
        do.listen.triggered.connect(self._toggle_listening)
        do.choose_ports.triggered.connect(self.listen_bar.open_ports)
        do.quit.triggered.connect(self.close_requested)
        do.about.triggered.connect(lambda: about_box(self).open())
        escape = QShortcut(QKeySequence("Esc"), self.table)
        escape.setContext(Qt.ShortcutContext.WidgetShortcut)
        escape.activated.connect(self._escape)

        self.table.decision_clicked.connect(deciding.decide)
        deciding.said.connect(self._did)
        self.reboot_actions.said.connect(self._did)
        self.approve_all.said.connect(self._did)
        self.approve_all.titled.connect(self._entitle)
        self.table.selection_changed.connect(self._selected)
        self.table.label_said.connect(self._did)
        self.table.visible_count_changed.connect(self._show_found)
        for changed in (
            self._phones_changed,
            self.reboot_actions.phones_changed,
            self.notifications.phones_changed,
        ):
            self.table.phones_changed.connect(changed)
        self.action_bar.find_changed.connect(self._find)
        self.action_bar.find_left.connect(self.navigation.to_table)
        self.rules.default_wanted.connect(self.navigation.to_url_from_elsewhere)
        self.rules.made.connect(lambda dialog: self.approve_all.add_band(dialog.band))
        self.sheet_controller.made.connect(
            lambda dialog: self.approve_all.join(dialog, dialog.band)
        )
        self.sheet_controller.said.connect(self._did)
        self.sheet_controller.failed.connect(self.show_trouble)
        self.sheet_controller.settled.connect(self.clear_trouble)
        self.scan_mode.said.connect(self._did)
        self.scan_mode.refused.connect(self.show_trouble)
        self.scan_mode.settled.connect(lambda: self.clear_trouble(BAD))
        self.scan_mode.tally.connect(self.action_bar.show_tally)
        url = self.listen_bar.url
        url.left.connect(self.navigation.to_table)
        url.committed.connect(self._url_committed)
        url.reverted.connect(lambda: self.clear_trouble(default_url_words.REFUSED))
        url.refused.connect(lambda why: self.show_trouble(default_url_words.refused(why)))
        self.listen_bar.ports.refused.connect(self.status_bar.say)
        self.problem_bar.acted.connect(self._act_on)
        self.problem_bar.dismissed.connect(self._dismiss)
        self.problem_bar.changed.connect(self._order_tabs)
        self.problem_bar.focus_lost.connect(self.navigation.to_table)
        for speaker in (self.detail_pane, self.log_page, self.exports):
            speaker.said.connect(self.status_bar.say)
        self.log_page.phone_wanted.connect(self._show_phone)
        self._listening.changed.connect(self._network_changed)

    def _restore(self) -> None:
        splitters = (self.splitter, self.detail_pane.splitter)
        self.splitter.begin(window_state.restore(self._bench, self, self.table, splitters))

    # What keys and buttons do.

    def _entitle(self, text: str) -> None:
        """So that it can be read in the taskbar too."""
        name = self.tr("PnP Bench")
        self.setWindowTitle(
            self.tr("{text} - {name}").format(text=text, name=name) if text else name
        )

    def _did(self, sentence: str) -> None:
        self.status_bar.say(sentence)
        # Who decides something else does not want to forget any more.
        self.clear_trouble(FORGET)
        # In a turn of its own: after a decision on ten thousand phones there is much to look at.
        QTimer.singleShot(0, self, self.refresh)

    def _ask_to_forget(self) -> None:
        """Wants a second key: Space or Enter, in the problem bar."""
        question = self.phone_actions.question_to_forget(self.table.selected_keys())
        if question is None:
            return
        self.show_trouble(question)
        line = self.problem_bar.line_for(FORGET)
        if line is not None and line.action is not None:
            line.action.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _ask_to_reboot(self) -> None:
        phones = self.phone_actions.known(self.table.selected_keys())
        if phones and not self._listening.listening:
            self.status_bar.say(
                self.tr("Not listening, so no phone was asked to reboot. F5 starts.")
            )
        elif phones:
            self.reboot_actions.ask(phones)

    def _copy_rows(self) -> None:
        number = len(self.phone_actions.known(self.table.selected_keys()))
        if not number:
            return
        self.table.copy_rows()
        if number == 1:
            self.status_bar.say(self.tr("1 row is on the clipboard."))
        else:
            self.status_bar.say(self.tr("%n rows are on the clipboard.", "", number))

    # The default URL.

    def _url_committed(self, url: str) -> None:
        self.clear_trouble(default_url_words.REFUSED)
        self._did(default_url_words.committed(url))

    # Going somewhere.

    def _show_phone(self, key: str) -> None:
        if not self.navigation.to_phone(key):
            self.status_bar.say(self.tr("This phone is not in the table any more."))

    def _escape(self) -> None:
        """In the table: first the question to forget, then "approve all", then the find text."""
        if self._problems.has(FORGET):
            self.clear_trouble(FORGET)
        elif not self.approve_all.put_away():
            self.action_bar.find_field.clear()

    def _find(self, text: str) -> None:
        self.table.set_find(text)
        self._show_found()

    def _selected(self, keys: list[str]) -> None:
        """The pane shows the first selected phone, but stays with one that is still selected."""
        if self.detail_pane.key not in keys:
            self.detail_pane.set_phone(keys[0] if keys else "")
        self.listen_bar.url.set_phone(self._bench.phones.get(self.detail_pane.key))
        self.rules.set_phone(self.detail_pane.key)
        self.clear_trouble("url")
        self.clear_trouble(FORGET)

    def _show_pane(self, action: QAction, on: bool) -> None:
        focused = QApplication.focusWidget()
        if focused is not None and self.lower_pane.isAncestorOf(focused):
            self.navigation.to_table()
        self.splitter.turn(action, on)

    # The network.

    def _toggle_listening(self) -> None:
        if self._listening.listening:
            self._listening.stop()
            self.status_bar.say(self.tr("Not listening any more: no phone is heard nor answered."))
        else:
            self._listening.start()

    def _network_changed(self) -> None:
        self.status_bar.show_wire(self._listening)
        self._show_problems()
        self._show_empty()

    # What is shown.

    def _count(self) -> None:
        self.status_bar.show_counts(self._bench.counts())
        self._listening.count()
        self.status_bar.show_wire(self._listening)
        self._show_found()

    def _phones_changed(self, keys: set[str]) -> None:
        if self.detail_pane.key in keys:
            self.detail_pane.refresh()

    def _show_found(self) -> None:
        self.action_bar.show_found(self.table.visible_count(), len(self._bench.phones))

    def _show_empty(self) -> None:
        self.table.set_empty_text(*empty_text(self._listening))

    def _show_problems(self) -> None:
        self.problem_bar.set_troubles(
            self._problems.to_show(self._bench.troubles, self._listening.troubles)
        )

    def _act_on(self, trouble: Trouble) -> None:
        match trouble.action:
            case "try_again":
                self._listening.start()
            case "show_interfaces":
                self.listen_bar.open_ports()
            case "copy_details":
                details = trouble.values.get("details", "")
                text = "\n".join((*versions(), "", trouble_text(trouble), str(details)))
                QGuiApplication.clipboard().setText(text.rstrip() + "\n")
                self.status_bar.say(self.tr("The details are on the clipboard."))
            case "use_again":
                self.clear_trouble(trouble.code)
                self._bench.use_again(str(trouble.values["aside"]))
            case "forget":
                self.clear_trouble(FORGET)
                self.phone_actions.forget()

    def _dismiss(self, trouble: Trouble) -> None:
        self._problems.put_away(trouble)
        self._show_problems()
