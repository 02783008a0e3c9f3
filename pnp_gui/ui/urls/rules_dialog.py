"""The window for the URL rules, beside the main window.

A change applies at once, and the main window shows it. Choosing another row or closing the window
never loses what was typed.
"""

from __future__ import annotations

from collections import deque
from itertools import pairwise

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QFocusEvent, QFontMetrics, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHeaderView,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QTableView,
    QWidget,
)

from pnp_gui.bench.bench import Bench
from pnp_gui.bench.urls.rules import UrlRule, with_rule
from pnp_gui.ui.decisions.approve_all_banner import ApproveAllBanner
from pnp_gui.ui.theme import icons, theme
from pnp_gui.ui.urls.rule_form import RuleForm
from pnp_gui.ui.urls.rules_model import RuleColumn, RulesModel
from pnp_gui.ui.widgets.dialog import CommandDialog
from pnp_gui.ui.widgets.elided_label import ElidedLabel
from pnp_gui.ui.widgets.fitted_bar import FittedBar
from pnp_gui.ui.widgets.idle import set_idle
from pnp_gui.ui.widgets.key_button import Form, KeyButton
from pnp_gui.ui.widgets.layout import column, row
from pnp_gui.ui.widgets.line_editor import leaves_field
from pnp_gui.ui.widgets.plain_table import PlainTable
from pnp_gui.ui.widgets.sentence import SentenceBar

REFRESH_MS = 500
"""How often the numbers of phones are updated."""

MAX_UNDO = 50
"""Changes of the rules that can be undone. Here, and not in the bench's own list: Ctrl+Z in the
main window must not change rules that nobody sees there."""

_ROW = 30


class RulesDialog(CommandDialog):
    """The table of rules, and the form for the selected one."""

    default_wanted = Signal()
    """The technician wants to change the default URL, whose field is in the main window."""

    def __init__(self, bench: Bench, parent: QWidget) -> None:
        super().__init__(self.tr("URL rules"), (860, 560), parent)
        self._bench = bench
        self._undo_steps: deque[tuple[UrlRule, ...]] = deque(maxlen=MAX_UNDO)
        self._redo_steps: deque[tuple[UrlRule, ...]] = deque(maxlen=MAX_UNDO)
        self.model = RulesModel(bench, self)
        self.form = RuleForm(bench, self)
        self.table = self._make_table()
        self._make_actions()
        self.banner = ApproveAllBanner(self)
        """This window may cover the one in the main window."""
        self.question = SentenceBar(self.tr("Question"), self)
        """Before what was typed is discarded."""
        text = self.tr("What you typed is not saved. Discard it? Esc keeps it.")
        self.question.fill("warning", "amber", text, self.tr("Discard"))
        self.question.hide()
        self.question.acted.connect(self._discard)
        self.question.button.installEventFilter(self)
        self._asked_in: QWidget | None = None
        self.said = ElidedLabel(self)
        self.said.setAccessibleDescription(self.tr("Last action"))
        theme.set_tone(self.said, "accent")
        self._arrange()
        self.form.edited.connect(lambda: self.said.show_text(""))
        self.form.edited.connect(lambda: self._show_question(False))
        self.form.example_wanted.connect(self.take_example)
        self.table.selectionModel().currentRowChanged.connect(self._row_chosen)
        self.table.doubleClicked.connect(self._enter_form)
        self._timer = QTimer(self, interval=REFRESH_MS)
        self._timer.timeout.connect(self._refresh)
        self.resize(self.sizeHint())
        self._show_rule(self.model.rule_at(0))
        if bench.urls.rules:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.add()

    # Keys and buttons.

    def add(self) -> None:
        """Start a new rule with empty fields."""
        if self._leave():
            self._show_new()
            self.form.make.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_example(self, make: str) -> None:
        """Put the example for this make into the form, of its present rule or a new one."""
        url = self._bench.urls.example_for(make)
        form = self.form
        other = form.rule is not None and form.rule.make != make
        if other or (form.rule is None and form.typed[0].strip() not in ("", make)):
            if not self._leave():
                return
            self._show_new()
            for rule in self._bench.urls.rules:
                if rule.place == (make.casefold(), ""):
                    self._show_rule(rule)
        form.put_in(make, url)

    def save(self) -> bool:
        """Save what was typed. False: it is not a valid rule, and the form says why."""
        form = self.form
        form.explain()
        rule = form.draft.rule
        if rule is None:
            form.focus_fault()
            return False
        if rule != form.rule:
            self._set(with_rule(self._bench.urls.rules, rule, form.rule))
            text = self.tr("Saved: {rule}. Phones get the URL when they ask; nothing is sent now.")
            self.said.show_text(text.format(rule=rule.name))
        self._show_rule(rule)
        return True

    def remove(self) -> None:
        rule = self.form.rule
        if rule is None:
            return
        row = self.model.row_of(rule)
        self._set([each for each in self._bench.urls.rules if each != rule])
        self.said.show_text(
            self.tr("Removed: {rule}. Ctrl+Z brings it back.").format(rule=rule.name)
        )
        self._show_rule(self.model.rule_at(row) or self.model.rule_at(row - 1))
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def undo(self) -> None:
        text = self.tr("Undone: the rules are as they were before.")
        self._take_step(self._undo_steps, self._redo_steps, text)

    def redo(self) -> None:
        text = self.tr("Redone: the rules are as they were before the last undo.")
        self._take_step(self._redo_steps, self._undo_steps, text)

    def _take_step(
        self, steps: deque[tuple[UrlRule, ...]], back: deque[tuple[UrlRule, ...]], text: str
    ) -> None:
        if not self._leave() or not steps:
            return
        now = self._bench.urls.rules
        back.append(now)
        wanted = steps.pop()
        self._bench.set_url_rules(wanted)
        self.model.refresh()
        self.said.show_text(text)
        shown = next((rule for rule in wanted if rule not in now), None)
        self._show_rule(shown or self.model.rule_at(0))

    def reject(self) -> None:
        """Esc closes the window, but asks before what was typed goes; to that, Esc is no."""
        if self.question.isVisible():
            self._drop_question()
        elif self.form.is_dirty:
            self._asked_in = self.focusWidget()
            self._show_question(True)
            self.question.button.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            super().reject()

    def _discard(self) -> None:
        self._show_rule(self.form.rule)
        self._drop_question()
        self.said.show_text(self.tr("Your changes were discarded."))

    def _drop_question(self) -> None:
        self._show_question(False)
        (self._asked_in or self.table).setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_question(self, on: bool) -> None:
        """While it has the keyboard, Enter does not save."""
        self.question.setVisible(on)
        set_idle(self.save_action, on)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Who goes on elsewhere has answered the question."""
        if isinstance(event, QFocusEvent) and event.lostFocus() and leaves_field(event):
            self._show_question(False)
        return super().eventFilter(watched, event)

    def finish(self) -> None:
        """The program ends: save what was typed, if it is a valid rule."""
        if self.form.is_dirty and self.form.draft.rule is not None:
            self.save()
        self._timer.stop()
        self.hide()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save what was typed; if it is not a valid rule, the window stays open."""
        event.setAccepted(self._leave())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.form.refresh_makes()
        self._timer.start()
        self._refresh()

    # Changes.

    def _set(self, rules: list[UrlRule]) -> None:
        self._undo_steps.append(self._bench.urls.rules)
        self._redo_steps.clear()
        self._bench.set_url_rules(rules)
        self.model.refresh()

    def _leave(self) -> bool:
        """Save what was typed, before the form shows something else."""
        return not self.form.is_dirty or self.save()

    def _row_chosen(self, current: QModelIndex) -> None:
        if not current.isValid():
            return
        rule = self.model.rule_at(current.row())
        if rule is not None and rule == self.form.rule:
            return
        if self._leave():
            self._show_rule(rule)
        else:
            # Not in the slot: the view has not finished selecting.
            QTimer.singleShot(0, self, self._select_shown)

    def _show_new(self) -> None:
        self.table.setCurrentIndex(QModelIndex())
        self.table.clearSelection()
        self._show_rule(None)

    def _show_rule(self, rule: UrlRule | None) -> None:
        self._show_question(False)
        self.form.set_rule(rule)
        self._select_shown()
        self._show_actions()

    def _select_shown(self) -> None:
        if self.form.rule is not None:
            index = self.model.index(self.model.row_of(self.form.rule), 0)
            flags = QItemSelectionModel.SelectionFlag
            self.table.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
            self.table.scrollTo(index)

    def _enter_form(self) -> None:
        if self.form.rule is not None:
            self.form.url.setFocus(Qt.FocusReason.OtherFocusReason)
            self.form.url.selectAll()
        elif self.table.currentIndex().isValid():
            self.default_wanted.emit()

    def _enter(self) -> None:
        if self.question.button.hasFocus():
            self._discard()
        elif self.table.hasFocus() and not self.form.is_dirty:
            self._enter_form()
        elif self.save():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _refresh(self) -> None:
        if not self.isVisible():
            self._timer.stop()
            return
        self.model.refresh()
        if self.form.rule is not None and self.form.rule not in self._bench.urls.rules:
            self.form.set_rule(None)
        if not self.table.currentIndex().isValid():
            self._select_shown()
        self.form.explain()
        self._show_actions()

    def _show_actions(self) -> None:
        self.remove_action.setEnabled(self.form.rule is not None)
        self.undo_action.setEnabled(bool(self._undo_steps))
        self.redo_action.setEnabled(bool(self._redo_steps))

    # Construction.

    def _make_actions(self) -> None:
        self.save_action = self.add_command(
            self.tr("Save rule"),
            self.tr("It applies from now on. Nothing is sent now."),
            self._enter,
            *("Enter", "Return"),
            icon=icons.icon("approve", "good"),
        )
        tip = self.tr("Start a new rule with empty fields.")
        new, plus = self.tr("New rule"), icons.icon("plus")
        self.add_action = self.add_command(new, tip, self.add, "Ctrl+N", icon=plus)
        tip = self.tr("Delete the selected rule.")
        remove, cross = self.tr("Remove"), icons.icon("deny")
        self.remove_action = self.add_command(remove, tip, self.remove, "Delete", icon=cross)
        undo, back = self.tr("Undo"), icons.icon("undecide")
        self.undo_action = self.add_command(undo, undo, self.undo, "Ctrl+Z", icon=back)
        self.redo_action = self.add_command(self.tr("Redo"), "", self.redo, "Ctrl+Y")
        self.close_action = self.add_command(self.tr("Close"), "", self.reject, "Esc")
        for action in (self.remove_action, self.undo_action, self.redo_action):
            # In a field the key is about its characters.
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            self.table.addAction(action)

    def _arrange(self) -> None:
        head, foot = FittedBar(self), QWidget(self)
        self._order = QLabel(
            self.tr(
                "A phone's own URL comes first, then the most specific rule that matches it, "
                "then the default."
            ),
            head,
        )
        self._order.setWordWrap(True)
        at_right = (self.add_action, self.remove_action, self.undo_action, self.redo_action)
        buttons = [KeyButton(action, head) for action in at_right]
        forms = (Form.WORDS, Form.ICON, Form.GONE)
        head.set_parts((self._order, 1), *buttons, steps=[(form, buttons) for form in forms])
        close = KeyButton(self.close_action, foot)
        save = KeyButton(self.save_action, foot, tone="good", strong=True)
        row((self.said, 1), close, save, on=foot, edges=(12, 8, 12, 10))
        edge = theme.spacing(12)
        self.form.setContentsMargins(edge, theme.spacing(10), edge, 0)
        # In a low window the form can be scrolled.
        area = QScrollArea(self, widgetResizable=True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        area.setWidget(self.form)
        column(self.banner, head, (self.table, 1), area, self.question, foot, on=self)
        # From top to bottom.
        stops = [*buttons, self.table, *self.form.tab_stops(), close, save]
        for one, other in pairwise(stops):
            QWidget.setTabOrder(one, other)
        theme.theme_changed.connect(self._restyle)
        self._restyle()

    def _make_table(self) -> QTableView:
        table = PlainTable(self.tr("Rules"), self.model, _ROW, self)
        table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        columns = table.horizontalHeader()
        columns.setStretchLastSection(False)
        columns.setSectionResizeMode(RuleColumn.URL, QHeaderView.ResizeMode.Stretch)
        return table

    def _restyle(self) -> None:
        """Sizes that follow the font."""
        metrics = QFontMetrics(QApplication.font())
        for part, sample in (
            (RuleColumn.MAKE, self.tr("Every other phone")),
            (RuleColumn.MODEL, self.tr("every other model")),
            (RuleColumn.PHONES, self.tr("Phones")),
        ):
            self.table.setColumnWidth(part, metrics.horizontalAdvance(sample) + theme.spacing(26))
        self.table.verticalHeader().setDefaultSectionSize(theme.spacing(_ROW))
        self.table.setMinimumHeight(theme.spacing(4 * _ROW))
        self._order.setMinimumWidth(metrics.averageCharWidth() * 36)
