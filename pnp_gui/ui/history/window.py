"""The history window: who was offered what, when, and what the phone answered.

It follows new lines while it is open. What it shows can be saved as CSV, or as a report to print.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from enum import Enum

from PySide6.QtCore import QDate, QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QWidget

from pnp_gui.bench.bench import Bench
from pnp_gui.trouble import Trouble
from pnp_gui.ui.history.model import HistoryColumn, HistoryModel
from pnp_gui.ui.theme import icons, theme
from pnp_gui.ui.widgets.filter_bar import FilterBar
from pnp_gui.ui.widgets.key_button import KeyButton
from pnp_gui.ui.widgets.layout import column, row
from pnp_gui.ui.widgets.lines_view import MEASURED, LinesView
from pnp_gui.ui.words.plain import shortened
from pnp_gui.ui.words.translate import translate, trouble_text

POLL_MS = 1_000
"""Between two checks for new lines."""
SAY_FOR_MS = 8_000
"""How long a sentence about the last action stands in the bottom line."""
PART_MS = 20
"""Between two parts of older lines, in which phones are answered."""


class Period(Enum):
    """How many days before today the period starts; None: everything."""

    TODAY = 0
    WEEK = 6
    EVERYTHING = None

    def since(self) -> float:
        if self.value is None:
            return 0.0
        day = QDate.currentDate().addDays(-self.value)
        return float(day.startOfDay().toSecsSinceEpoch())


class HistoryView(LinesView):
    """The lines. Ctrl+C copies the selected ones for a spreadsheet."""

    def __init__(self, model: HistoryModel, parent: QWidget) -> None:
        about = translate(
            "HistoryView",
            "Who was offered what, and what the phone answered. Ctrl+C copies lines.",
        )
        super().__init__(translate("HistoryView", "History"), about, model, parent, 26)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        header = self.horizontalHeader()
        header.setMinimumSectionSize(theme.spacing(60))
        header.setSectionsMovable(True)
        header.setSortIndicator(HistoryColumn.TIME, Qt.SortOrder.DescendingOrder)
        self.setSortingEnabled(True)

    def samples(self) -> Mapping[int, str]:
        return {
            HistoryColumn.TIME: "2026-12-31 00:00:00",
            HistoryColumn.PHONE: "00:04:13:A2:10:5F",
            HistoryColumn.LABEL: "Reception 1",
            HistoryColumn.MODEL: "Panasonic KX-HDV230",
            HistoryColumn.OUTCOME: "✕ Reboot: password, 401",
            HistoryColumn.INTERFACE: "Network port  ",
            HistoryColumn.ADDRESS: "192.168.100.200",
        }


class HistoryWindow(QWidget):
    """Stays open beside the main window, and deletes itself when it is closed."""

    def __init__(self, bench: Bench, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("History and report"))
        self.setAutoFillBackground(True)
        self.model = HistoryModel(bench, self)
        self.model.modelReset.connect(self._show_state)
        self.view = HistoryView(self.model, self)
        self.view.said.connect(self.say)
        self.state, self.said = QLabel(self), QLabel(self)
        foot = row(self.state, (self.said, 1), edges=(12, 6, 12, 6))
        column(self._make_bar(), (self.view, 1), foot, on=self)
        self._part_timer = QTimer(self, interval=PART_MS, singleShot=True)
        self._part_timer.timeout.connect(self._load_more)
        self._over = QTimer(self, interval=SAY_FOR_MS, singleShot=True)
        self._over.timeout.connect(self.said.clear)
        self._failed = False
        poll = QTimer(self, interval=POLL_MS)
        poll.timeout.connect(self.refresh)
        poll.start()
        self.period.currentIndexChanged.connect(lambda _: self.load())
        QShortcut(QKeySequence("Ctrl+F"), self).activated.connect(self._focus_words)
        QShortcut(QKeySequence("Esc"), self).activated.connect(self._escape)
        self._measured = 0
        self.load()
        self.resize(self.sizeHint())
        self.view.setFocus()

    def since(self) -> float:
        return Period(self.period.currentData()).since()

    def period_text(self) -> str:
        """The chosen period and filter in words, for the report."""
        since = self.since()
        if since:
            day = time.strftime("%Y-%m-%d", time.localtime(since))
            text = self.tr("Phones with any activity since {day}.").format(day=day)
        else:
            text = self.tr("All phones.")
        words = self.words.text().strip()
        if words:
            text += " " + self.tr("Only those with “{words}”.").format(words=words)
        return text

    def load(self) -> None:
        self._loaded_since = self.since()
        self._guarded(lambda: self.model.set_period(self._loaded_since))
        self.view.shrink_columns()
        self._go_on()

    def refresh(self) -> None:
        if self.since() != self._loaded_since:  # midnight is over
            self.load()
        few = len(self.model.rows) < MEASURED
        self._guarded(self.model.poll)
        if few and len(self.model.rows) != self._measured:
            self._measured = len(self.model.rows)
            self.view.shrink_columns()
        self._show_state()

    def say(self, text: str, tone: str = "accent") -> None:
        """Show a sentence in the bottom line for a few seconds."""
        theme.set_tone(self.said, tone)
        self.said.setText(text)
        self._over.start()

    def sizeHint(self) -> QSize:
        wanted = QSize(theme.spacing(1260), theme.spacing(620))
        return wanted.boundedTo(self.screen().availableSize() * 0.9)

    def closeEvent(self, event: QCloseEvent) -> None:
        """200,000 lines are 90 MB, and the window may be garbage for ten minutes: see
        `system/gc_pauses.py`."""
        self._part_timer.stop()
        self.model.clear()
        super().closeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.refresh()

    def _make_bar(self) -> QWidget:
        bar = FilterBar(self.tr("Find in the history (Ctrl+F)"), self)
        bar.settled.connect(self._find)
        self.period, self.words, self.settle = bar.choice, bar.words, bar.settle
        self.period.addItem(self.tr("Today"), Period.TODAY.value)
        self.period.addItem(self.tr("Last 7 days"), Period.WEEK.value)
        self.period.addItem(self.tr("Everything"), Period.EVERYTHING.value)
        self.period.setAccessibleName(self.tr("Period"))
        self.period.setToolTip(self.tr("How far back the history goes."))
        self.words.setAccessibleName(self.tr("Find in the history"))
        self.csv = self._button("sheet", self.tr("Save as &CSV…"), "Ctrl+E")
        self.csv.defaultAction().setToolTip(
            self.tr("Save the lines that are shown, for a spreadsheet.")
        )
        self.report = self._button("save", self.tr("Save re&port…"), "Ctrl+P")
        self.report.defaultAction().setToolTip(
            self.tr("Save a report to print, with counts and one line for each phone.")
        )
        self.csv_wanted = self.csv.defaultAction().triggered
        self.report_wanted = self.report.defaultAction().triggered
        bar.fill(self.csv, self.report)
        return bar

    def _button(self, icon: str, text: str, key: str) -> KeyButton:
        return KeyButton(QAction(icons.icon(icon), text, self, shortcut=QKeySequence(key)), self)

    def _load_more(self) -> None:
        self._guarded(self.model.load_more)
        self._go_on()

    def _go_on(self) -> None:
        if not self.model.complete:
            self._part_timer.start()
        self._show_state()

    def _guarded(self, do: Callable[[], None]) -> None:
        """What the store says against it stands in the bottom line until it works again."""
        try:
            do()
        except Trouble as trouble:
            self.say(trouble_text(trouble), "bad")
            self._over.stop()
            self._failed = True
        else:
            if self._failed:
                self.said.clear()
            self._failed = False

    def _find(self) -> None:
        self.model.set_words(self.words.text())
        self._show_state()

    def _show_state(self) -> None:
        shown, total = len(self.model.rows), len(self.model.lines)
        if not self.model.complete:
            text = self.tr("%n lines so far…", "", total)
        elif shown != total:
            text = self.tr("{shown} of %n lines", "", total).format(shown=shown)
        else:
            text = self.tr("%n lines", "", total)
        self.state.setText(text)
        self.view.set_empty_text(*self._empty_text())
        self.csv.defaultAction().setEnabled(shown > 0 and self.model.complete)
        self.report.defaultAction().setEnabled(self.model.complete)

    def _empty_text(self) -> tuple[str, str]:
        """Why no line is shown, and how to see some; nothing while that is not known."""
        total, words = len(self.model.lines), self.words.text().strip()
        unknown = self._failed or not self.model.complete or self.model.is_busy
        if unknown or (total and not words):
            return "", ""
        if not total:
            detail = self.tr("Choose a longer one to see more.") if self.since() else ""
            return self.tr("Nothing happened in this period"), detail
        title = self.tr("No line matches “{text}”").format(text=shortened(words))
        if not self.since():
            return title, self.tr("Clear the field (Esc) to see all %n lines again.", "", total)
        return title, self.tr(
            "Clear the field (Esc) to see all %n lines of this period, or choose a longer one.",
            "",
            total,
        )

    def _focus_words(self) -> None:
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.words.selectAll()

    def _escape(self) -> None:
        """Clear the words; without words, close the window."""
        if self.words.text():
            self.words.clear()
            self.view.setFocus()
        else:
            self.close()
