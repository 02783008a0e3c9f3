"""What the window consists of, and where it is: bars, table, lower pane, and their controllers.

What they do together is in `window.py`.
"""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QMainWindow, QWidget

from pnp_gui.bench.bench import Bench
from pnp_gui.ui.actions import Actions
from pnp_gui.ui.decisions.approve_all import ApproveAllController
from pnp_gui.ui.decisions.approve_all_banner import ApproveAllBanner
from pnp_gui.ui.decisions.phone_actions import PhoneActions
from pnp_gui.ui.decisions.reboot_actions import RebootActions
from pnp_gui.ui.decisions.selected_phones import SelectedPhones
from pnp_gui.ui.export.exports import Exports
from pnp_gui.ui.find.scan_mode import ScanMode
from pnp_gui.ui.help.help import Help
from pnp_gui.ui.listening import Listening
from pnp_gui.ui.log.page import LogPage
from pnp_gui.ui.main_window.action_bar import ActionBar
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
from pnp_gui.ui.sheet.controller import SheetController
from pnp_gui.ui.table.seen import SeenTracker
from pnp_gui.ui.table.view import PhoneTable
from pnp_gui.ui.theme import theme
from pnp_gui.ui.trace.detail_pane import DetailPane
from pnp_gui.ui.urls.older_notice import OlderUrlNotice
from pnp_gui.ui.urls.rules_dialog import RulesController
from pnp_gui.ui.widgets.layout import column


class WindowParts(QMainWindow):
    """The window with all of its parts, not yet connected."""

    def __init__(self, bench: Bench, listening: Listening, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.actions_ = Actions(self)
        self.phone_actions = PhoneActions(bench, self)
        self.reboot_actions = RebootActions(bench, listening, self)
        self.notifications = Notifications(bench, self, self.actions_)
        self.look = Look(bench, self.actions_)
        self.help = Help(bench, self)
        self.listen_bar = ListenBar(bench, listening, self.actions_, self)
        self.action_bar = ActionBar(self.actions_, self)
        self.approve_all_banner = ApproveAllBanner(self)
        self.approve_all = ApproveAllController(
            bench, listening, self.actions_, self.action_bar.approve_all, self.approve_all_banner
        )
        self.problem_bar = ProblemBar(self)
        self.problems = problems = ProblemController(bench, listening, self.problem_bar)
        self.older_url = OlderUrlNotice(bench, problems.add, problems.remove, problems.shows)
        self.table = PhoneTable(bench, self)
        self.row_commands = RowCommands(self.table, self.phone_actions)
        self.selected = SelectedPhones(bench, self.actions_, self)
        self.seen_tracker = SeenTracker(bench, self.table)
        self.detail_pane = DetailPane(bench, self)
        self.log_page = LogPage(bench, self)
        do = self.actions_
        self.splitter = PaneSplit(
            self.table, (do.details, self.detail_pane), (do.log, self.log_page), self
        )
        self.exports = Exports(bench, listening, self.log_page, self)
        self.status_bar = StatusBar(self.actions_, self)
        self.finding = Finding(self.table, self.action_bar, self.status_bar.counts)
        url, find = self.listen_bar.url, self.action_bar.find_field
        self.scan_mode = ScanMode(bench, self.table, find, url, self.actions_, self)
        self.rules = RulesController(bench, self)
        self.scan_mode.guard_filter(self.log_page.words)
        centre = QWidget(self)
        bars = (self.listen_bar, self.action_bar, self.approve_all_banner, self.problem_bar)
        column(*bars, (self.splitter, 1), on=centre)
        self.setCentralWidget(centre)
        self.setStatusBar(self.status_bar)
        self.order_tabs()
        self.sheet_controller = SheetController(bench, self.table, self)
        approve_all, columns = self.approve_all.menu.menuAction(), self.table.columns_menu
        fill_menu_bar(self.menuBar(), do, approve_all, columns)
        MenuLetters(self)

    def sizeHint(self) -> QSize:
        """1280 x 800 at 100 %, but never more than the screen has."""
        wanted = QSize(theme.spacing(1280), theme.spacing(800))
        return wanted.boundedTo(self.screen().availableSize() * 0.95)

    def order_tabs(self) -> None:
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
