"""What the window consists of, where it is, and what its parts tell each other: bars, table, lower
pane, and their controllers.

What keys do, and what the parts tell the window, is in `window.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import QSize
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QWidget

from pnp_gui.bench.bench import Bench
from pnp_gui.ui.actions import Actions
from pnp_gui.ui.decisions.approve_all import ApproveAllController
from pnp_gui.ui.decisions.approve_all_banner import ApproveAllBanner
from pnp_gui.ui.decisions.phone_actions import PhoneActions
from pnp_gui.ui.decisions.reboot_actions import RebootActions
from pnp_gui.ui.decisions.selected_phones import SelectedPhones
from pnp_gui.ui.export.exports import Exports
from pnp_gui.ui.files.controller import FilesController
from pnp_gui.ui.find.scan_mode import BAD, ScanMode
from pnp_gui.ui.help.help import Help
from pnp_gui.ui.listening import Listening
from pnp_gui.ui.log.page import LogPage
from pnp_gui.ui.main_window.action_bar import ActionBar
from pnp_gui.ui.main_window.announcements import Announcements
from pnp_gui.ui.main_window.finding import Finding
from pnp_gui.ui.main_window.listen_bar import ListenBar
from pnp_gui.ui.main_window.look import Look
from pnp_gui.ui.main_window.menu_letters import MenuLetters
from pnp_gui.ui.main_window.menus import fill_menu_bar
from pnp_gui.ui.main_window.notifications import Notifications
from pnp_gui.ui.main_window.pane_split import PaneSplit
from pnp_gui.ui.main_window.problem_bar import ProblemBar
from pnp_gui.ui.main_window.problems import ProblemController
from pnp_gui.ui.main_window.row_commands import RowCommands
from pnp_gui.ui.main_window.status_bar import StatusBar
from pnp_gui.ui.serving import Serving
from pnp_gui.ui.sheet.controller import SheetController
from pnp_gui.ui.table.seen import SeenTracker
from pnp_gui.ui.table.view import PhoneTable
from pnp_gui.ui.theme import theme
from pnp_gui.ui.trace.detail_pane import DetailPane
from pnp_gui.ui.urls.older_notice import OlderUrlNotice
from pnp_gui.ui.urls.rules_controller import RulesController
from pnp_gui.ui.widgets.layout import column
from pnp_gui.ui.words import url_origin


class WindowParts(QMainWindow):
    """The window with all of its parts; nothing happens yet when a key is pressed."""

    def __init__(
        self, bench: Bench, listening: Listening, serving: Serving, between: Callable[[], None]
    ) -> None:
        """`between` is called after each longer step, so that phones are answered meanwhile."""
        super().__init__()
        self.actions_ = Actions(self)
        self.phone_actions = PhoneActions(bench, self)
        self.reboot_actions = RebootActions(bench, listening, self)
        self.notifications = Notifications(bench, self, self.actions_)
        self.announcements = Announcements(bench, self, self.notifications.text_for)
        self.look = Look(bench, self.actions_)
        self.help = Help(bench, self)
        self.listen_bar = ListenBar(bench, listening, self.actions_, self)
        self.files = FilesController(bench, serving, listening, self.actions_, self)
        between()
        self.action_bar = ActionBar(self.actions_, self)
        self.approve_all_banner = ApproveAllBanner(self)
        self.approve_all = ApproveAllController(
            bench, listening, self.actions_, self.action_bar.approve_all, self.approve_all_banner
        )
        self.problem_bar = ProblemBar(self)
        self.problems = problems = ProblemController(bench, listening, serving, self.problem_bar)
        self.older_url = OlderUrlNotice(bench, problems.add, problems.remove, problems.shows)
        between()
        self.table = PhoneTable(bench, self)
        between()
        self.row_commands = RowCommands(bench, self.table, self.phone_actions)
        self.selected = SelectedPhones(bench, self.actions_, self)
        self.seen_tracker = SeenTracker(bench, self.table)
        self.detail_pane = DetailPane(bench, self)
        between()
        do = self.actions_
        self.log_page = LogPage(bench, do.save_log, self)
        self.splitter = PaneSplit(
            self.table, (do.details, self.detail_pane), (do.log, self.log_page), self
        )
        self.exports = Exports(bench, listening, self.log_page, self)
        between()
        self.status_bar = StatusBar(self.actions_, self)
        self.finding = Finding(self.table, self.action_bar, self.status_bar.counts)
        url, find = self.listen_bar.url, self.action_bar.find_field
        self.scan_mode = ScanMode(bench, self.table, find, url, self.actions_, self)
        self.rules = RulesController(bench, self)
        self.scan_mode.guard_filter(self.log_page.words)
        between()
        centre = QWidget(self)
        bars = (self.listen_bar, self.files.bar, self.action_bar, self.approve_all_banner)
        column(*bars, self.problem_bar, (self.splitter, 1), on=centre)
        self.setCentralWidget(centre)
        self.setStatusBar(self.status_bar)
        self.sheet_controller = SheetController(bench, self.table, self)
        between()
        approve_all, columns = self.approve_all.menu.menuAction(), self.table.columns_menu
        fill_menu_bar(self.menuBar(), do, approve_all, columns)
        MenuLetters(self)
        between()
        self._connect_to_each_other()
        self._fill_context_menus()

    def _connect_to_each_other(self) -> None:
        """What the parts tell each other."""
        phones, table, problems = self.phone_actions, self.table, self.problems
        for asks in (phones.asks, self.reboot_actions.asks, self.approve_all.asks):
            asks.connect(problems.ask)
        for other in (
            *(self.detail_pane, self.log_page, self.exports, problems),
            *(self.row_commands, self.look, self.help, self.files),
        ):
            other.said.connect(self.status_bar.say)
        table.decision_clicked.connect(phones.decide)
        self.detail_pane.conflict.chosen.connect(phones.serve)
        self.detail_pane.name_wanted.connect(self.actions_.copy_file_names.trigger)
        for part in (self.selected, self.reboot_actions, self.notifications, self.announcements):
            table.phones_changed.connect(part.phones_changed)
        for told in (self.notifications, self.announcements):
            table.phone_model.renamed.connect(told.phones_renamed)
        scans = self.scan_mode
        scans.letters_work.connect(self.detail_pane.show_letters)
        self.detail_pane.show_letters(scans.letters)
        scans.refused.connect(problems.add)
        scans.settled.connect(lambda: problems.remove(BAD))
        scans.tally.connect(self.action_bar.show_tally)
        url = self.listen_bar.url
        for settled in (url.reverted, url.explained):
            settled.connect(lambda: problems.remove(url_origin.DEFAULT_URL_REFUSED))
        url.refused.connect(lambda why: problems.add(url_origin.default_url_refused(why)))
        self.rules.made.connect(lambda dialog: self.approve_all.add_banner(dialog.banner))
        sheets = self.sheet_controller
        sheets.made.connect(lambda dialog: self.approve_all.join(dialog, dialog.banner))
        sheets.applied.connect(self.finding.show_all)
        sheets.failed.connect(problems.add)
        sheets.settled.connect(problems.remove)
        self.problem_bar.changed.connect(self.order_tabs)
        problems.ports_wanted.connect(self.listen_bar.open_ports)
        problems.serving_wanted.connect(self.files.toggle)
        problems.folder_wanted.connect(self.files.choose_folder)
        problems.file_ports_wanted.connect(self.files.choose_ports)
        problems.url_wanted.connect(url.take)
        self.files.offered.connect(problems.add)
        self.files.settled.connect(problems.remove)

    def _fill_context_menus(self) -> None:
        do, table = self.actions_, self.table
        self.detail_pane.add_actions(do.save_messages, do.copy_for_mail, do.copy_message)
        for group in do.on_table:
            if table.actions():
                between = QAction(table)
                between.setSeparator(True)
                table.addAction(between)
            table.addActions(group)

    def sizeHint(self) -> QSize:
        """1280 x 800 at 100 %, but never more than the screen has."""
        wanted = QSize(theme.spacing(1280), theme.spacing(800))
        return wanted.boundedTo(self.screen().availableSize() * 0.95)

    def order_tabs(self) -> None:
        """Tab goes from the top to the bottom, through the problem lines before the table."""
        stops = [
            *self.listen_bar.tab_stops(),
            self.files.bar.button,
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
