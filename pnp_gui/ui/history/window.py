"""The history in a window of its own: who was offered what, when, and what it answered.

It goes on by itself while it is open, beside the phones, and saves what it shows: as CSV, or summed
up as a page to print.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from enum import Enum

from PySide6.QtCore import QDate, QEvent, QSize, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QAction, QFont, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from pnp_gui.bench.bench import Bench
from pnp_gui.trouble import Trouble
from pnp_gui.ui.history import model as history_model
from pnp_gui.ui.history.model import HistoryModel
from pnp_gui.ui.theme import icons, theme
from pnp_gui.ui.widgets.key_button import KeyButton
from pnp_gui.ui.widgets.lines_view import LinesView
from pnp_gui.ui.words.translate import trouble_text

POLL_MS = 1_000
"""Between two looks for new lines."""
FIND_AFTER_MS = 200
"""Between the last letter that is typed and the narrowed table."""
PIECE_MS = 20
"""Between two pieces of older lines: the phones' datagrams come first."""


class Period(Enum):
    """Days to look back from this morning; None: for ever."""

    TODAY = 0
    WEEK = 6
    EVERYTHING = None

    def since(self) -> float:
        """Unix seconds at which it begins."""
        if self.value is None:
            return 0.0
        day = QDate.currentDate().addDays(-self.value)
        return float(day.startOfDay().toSecsSinceEpoch())


class HistoryView(LinesView):
    """The lines. Ctrl+C copies the selected ones, ready for a spreadsheet."""

    copied = Signal(int)
    """So many lines are on the clipboard."""

    def __init__(self, model: HistoryModel, parent: QWidget | None = None) -> None:
        super().__init__(model, 26, parent)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setAccessibleName(self.tr("History"))
        self.setAccessibleDescription(
            self.tr("Who was offered what, and what it answered. Ctrl+C copies the lines.")
        )
        header = self.header()
        header.setSectionsMovable(True)
        header.setStretchLastSection(False)
        header.setSortIndicator(history_model.TIME, Qt.SortOrder.DescendingOrder)
        self.setSortingEnabled(True)

    def copied_lines(self, number: int) -> None:
        self.copied.emit(number)

    def samples(self) -> Iterable[tuple[int, str, QFont, int]]:
        fixed, usual = theme.fixed_font(), self.font()
        for column, sample, font in (
            (history_model.TIME, "2026-12-31 00:00:00", fixed),
            (history_model.PHONE, "00:04:13:A2:10:5F", fixed),
            (history_model.LABEL, "Reception 1", usual),
            (history_model.MODEL, "Panasonic KX-HDV230", usual),
            (history_model.WHAT, "✕ Reboot: password, 401", usual),
            (history_model.PORT, "Network port  ", usual),
            (history_model.ADDRESS, "192.168.100.200", fixed),
        ):
            yield column, sample, font, 30

    def _style(self) -> None:
        super()._style()
        header = self.header()
        header.setSectionResizeMode(history_model.URL, QHeaderView.ResizeMode.Stretch)
        header.setMinimumSectionSize(theme.spacing(60))


class HistoryWindow(QWidget):
    """Stays open beside the main window. It deletes itself when it is closed."""

    csv_wanted = Signal()
    """What is shown is to be saved as CSV."""
    page_wanted = Signal()
    """The phones of what is shown are to be saved as a page to print."""

    def __init__(self, bench: Bench, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("History and report"))
        self.setAutoFillBackground(True)
        self.model = HistoryModel(bench, self)
        self.view = HistoryView(self.model, self)
        self.view.copied.connect(self._copied)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._make_bar())
        layout.addWidget(self.view, 1)
        layout.addWidget(self._make_foot())
        self._find_timer = self._timer(FIND_AFTER_MS, self._find, once=True)
        self._piece_timer = self._timer(PIECE_MS, self._load_more)
        self._poll_timer = self._timer(POLL_MS, self.refresh)
        self._poll_timer.start()
        self.words.textChanged.connect(lambda _: self._find_timer.start())
        self.period.currentIndexChanged.connect(lambda _: self.load())
        QShortcut(QKeySequence("Ctrl+F"), self).activated.connect(self._go_to_words)
        QShortcut(QKeySequence("Esc"), self).activated.connect(self._escape)
        self.load()
        self.resize(self.sizeHint())
        self.view.setFocus()

    def since(self) -> float:
        """Unix seconds at which the chosen period begins."""
        return Period(self.period.currentData()).since()

    def period_text(self) -> str:
        """The chosen period and words as a sentence for the report."""
        since = self.since()
        if since:
            day = time.strftime("%Y-%m-%d", time.localtime(since))
            text = self.tr("Phones that asked or were offered a URL since {day}.").format(day=day)
        else:
            text = self.tr("All phones.")
        words = self.words.text().strip()
        if words:
            text += " " + self.tr("Only those with “{words}”.").format(words=words)
        return text

    def load(self) -> None:
        """Read the chosen period from the store."""
        self._guarded(lambda: self.model.set_period(self.since()))
        self._go_on()

    def refresh(self) -> None:
        """Take what is new."""
        self._guarded(self.model.poll)
        self._show_state()

    def say(self, text: str) -> None:
        """A sentence in the lower line."""
        self.said.setText(text)

    def sizeHint(self) -> QSize:
        wanted = QSize(theme.spacing(1260), theme.spacing(620))
        return wanted.boundedTo(self.screen().availableSize() * 0.9)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.refresh()

    def _make_bar(self) -> QWidget:
        bar = QFrame(self)
        bar.setProperty("bar", True)
        self.period = QComboBox(bar)
        for period, text in (
            (Period.TODAY, self.tr("Today")),
            (Period.WEEK, self.tr("Last 7 days")),
            (Period.EVERYTHING, self.tr("Everything")),
        ):
            self.period.addItem(text, period.value)
        self.period.setAccessibleName(self.tr("Period"))
        self.period.setToolTip(self.tr("How far back the history goes."))
        self.words = QLineEdit(bar)
        self.words.setPlaceholderText(self.tr("Find in the history (Ctrl+F)"))
        self.words.setAccessibleName(self.tr("Find in the history"))
        self.words.setToolTip(
            self.tr("Shows only the lines in which every one of these words occurs.")
        )
        self.words.setClearButtonEnabled(True)
        self.words.setMaximumWidth(self.fontMetrics().averageCharWidth() * 44)
        self.csv = self._button(
            self.tr("Save as &CSV…"),
            "Ctrl+E",
            "sheet",
            self.tr("Save the lines that are shown, for a spreadsheet."),
            self.csv_wanted,
        )
        self.page = self._button(
            self.tr("Save page to &print…"),
            "Ctrl+P",
            "save",
            self.tr("Save a page with counts and one line for each phone, for the browser."),
            self.page_wanted,
        )
        row = QHBoxLayout(bar)
        edge = theme.spacing(12)
        row.setContentsMargins(edge, theme.spacing(8), edge, theme.spacing(8))
        row.setSpacing(theme.spacing(8))
        row.addWidget(self.period)
        row.addWidget(self.words, 1)
        row.addStretch(1)
        row.addWidget(self.csv)
        row.addWidget(self.page)
        return bar

    def _button(
        self, text: str, key: str, icon: str, tip: str, wanted: SignalInstance
    ) -> KeyButton:
        action = QAction(icons.icon(icon), text, self)
        action.setShortcut(QKeySequence(key))
        action.setToolTip(tip)
        action.triggered.connect(wanted)
        return KeyButton(action, self)

    def _make_foot(self) -> QWidget:
        foot = QWidget(self)
        self.state = QLabel(foot)
        self.said = QLabel(foot)
        theme.set_tone(self.said, "accent")
        row = QHBoxLayout(foot)
        edge = theme.spacing(12)
        row.setContentsMargins(edge, theme.spacing(6), edge, theme.spacing(6))
        row.addWidget(self.state)
        row.addWidget(self.said, 1)
        return foot

    def _timer(self, milliseconds: int, do: object, *, once: bool = False) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(milliseconds)
        timer.setSingleShot(once)
        timer.timeout.connect(do)
        return timer

    def _load_more(self) -> None:
        if not self._guarded(self.model.load_more):
            self._piece_timer.stop()
        self._go_on()

    def _go_on(self) -> None:
        if self.model.complete:
            self._piece_timer.stop()
        elif not self._piece_timer.isActive():
            self._piece_timer.start()
        self._show_state()

    def _guarded(self, do: object) -> bool:
        assert callable(do)
        try:
            do()
        except Trouble as trouble:
            theme.set_tone(self.said, "bad")
            self.said.setText(trouble_text(trouble))
            return False
        return True

    def _find(self) -> None:
        self.model.set_words(self.words.text())
        self._show_state()

    def _show_state(self) -> None:
        shown, total = len(self.model.rows), len(self.model.lines)
        if not self.model.complete:
            text = self.tr("%n lines so far …", "", total)
        elif shown != total:
            text = self.tr("{shown} of %n lines", "", total).format(shown=shown)
        elif total:
            text = self.tr("%n lines", "", total)
        else:
            text = self.tr("Nobody was offered anything in this time.")
        self.state.setText(text)
        self.csv.defaultAction().setEnabled(shown > 0 and self.model.complete)
        self.page.defaultAction().setEnabled(self.model.complete)

    def _copied(self, number: int) -> None:
        if number == 1:
            self.say(self.tr("1 line is on the clipboard."))
        else:
            self.say(self.tr("%n lines are on the clipboard.", "", number))

    def _go_to_words(self) -> None:
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.words.selectAll()

    def _escape(self) -> None:
        """First the words, then the window."""
        if self.words.text():
            self.words.clear()
            self.view.setFocus()
        else:
            self.close()
