"""The log: what happened, newest last, filtered by level and words.

It scrolls to new lines only while it is at the end; otherwise a button says how many are new.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QFont, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from pnp_gui.bench.bench import Bench
from pnp_gui.ui.log.model import ROW, LogColumn, LogFilter, LogModel, LogRow
from pnp_gui.ui.theme import icons, theme
from pnp_gui.ui.widgets.key_button import KeyButton
from pnp_gui.ui.widgets.lines_view import LinesView
from pnp_gui.ui.words.plain import for_tip
from pnp_gui.ui.words.translate import translated

FILTER_AFTER_MS = 150
"""Between the last key and the filtered log."""


class LogView(LinesView):
    """The lines. Ctrl+C copies the selected ones, Enter goes to the phone of a line."""

    phone_wanted = Signal(str)
    """The phone with this key should be shown."""
    said = Signal(str)
    """A sentence about what a key did."""

    def __init__(self, model: LogModel, parent: QWidget | None = None) -> None:
        self._log = model
        super().__init__(model, 22, parent)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Log"))
        self.setAccessibleDescription(
            self.tr(
                "What happened, the newest last. Ctrl+C copies the selected lines, Enter goes to"
                " the phone of a line."
            )
        )
        header = self.header()
        header.setStretchLastSection(True)
        header.setSectionsMovable(False)
        self.doubleClicked.connect(self._go)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stay at the end, if it is there."""
        bar = self.verticalScrollBar()
        at_end = bar.value() >= bar.maximum()
        super().resizeEvent(event)
        if at_end:
            self.scrollToBottom()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy, and go to the phone."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _go(self, index: QModelIndex) -> None:
        row: LogRow | None = index.data(ROW)
        if row is not None and row.key:
            self.phone_wanted.emit(row.key)

    def line(self, row: int) -> str:
        return self._log.rows[row].text()

    def copied_lines(self, number: int) -> None:
        self.said.emit(self.tr("%n lines are on the clipboard.", "", number))

    def samples(self) -> Iterable[tuple[int, str, QFont, int]]:
        fixed = theme.fixed_font()
        yield LogColumn.TIME, "00:00:00.000", fixed, 32
        yield LogColumn.LEVEL, self.tr("Warning"), self.font(), 32
        yield LogColumn.PHONE, "00:04:13:A2:10:5F", fixed, 32


class LogPage(QFrame):
    """The filter, and the lines."""

    phone_wanted = Signal(str)
    """The phone with this key should be shown."""
    said = Signal(str)
    """A sentence about what a key did."""

    def __init__(self, bench: Bench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._new = 0
        """Lines added since the view was last at the end."""
        self._buttons: list[QWidget] = []
        self.setAccessibleName(self.tr("Log"))
        self.model = LogModel(bench, self)
        self.view = LogView(self.model, self)
        self.view.phone_wanted.connect(self.phone_wanted)
        self.view.said.connect(self.said)
        self.view.verticalScrollBar().valueChanged.connect(self._scrolled)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._make_bar())
        layout.addWidget(self.view, 1)
        self._typed = QTimer(self)
        self._typed.setSingleShot(True)
        self._typed.setInterval(FILTER_AFTER_MS)
        self._typed.timeout.connect(self.apply_filter)
        self.words.textChanged.connect(lambda _: self._typed.start())
        self.level.currentIndexChanged.connect(lambda _: self.apply_filter())
        self.apply_filter()

    def refresh(self) -> None:
        """Add new lines, and scroll to them if the view is at the end."""
        at_end = self.is_at_end()
        bar = self.view.verticalScrollBar()
        before = bar.value()
        added, gone = self.model.refresh()
        if not added:
            return
        if at_end:
            self.view.scrollToBottom()
        else:
            self.view.executeDelayedItemsLayout()
            self._new += added
            bar.setValue(max(0, before - gone))
        self._show_state()

    def is_at_end(self) -> bool:
        """Whether the last line is visible."""
        bar = self.view.verticalScrollBar()
        return bar.value() >= bar.maximum()

    def go_to_end(self) -> None:
        """Scroll to the last line, and follow new ones."""
        self.view.scrollToBottom()
        self._new = 0
        self._show_state()

    def apply_filter(self) -> None:
        """Apply level and words, and scroll to the end."""
        self._typed.stop()
        self.model.set_filter(LogFilter(self.level.currentData()), self.words.text())
        self.go_to_end()

    def add_action(self, save: QAction) -> None:
        """Add a button for an action at the end of the bar."""
        button = KeyButton(save, self)
        self._row.addWidget(button)
        self._buttons.append(button)

    def tab_stops(self) -> list[QWidget]:
        """The widgets for Tab, in order."""
        return [self.level, self.words, self.new_lines, *self._buttons, self.view]

    def _make_bar(self) -> QWidget:
        bar = QFrame(self)
        bar.setProperty("bar", True)
        self.level = QComboBox(bar)
        for show, text in (
            (LogFilter.MESSAGES, self.tr("Everything, with all messages")),
            (LogFilter.ALL, self.tr("What happened")),
            (LogFilter.WARNINGS, self.tr("Warnings and errors")),
            (LogFilter.ERRORS, self.tr("Errors only")),
        ):
            self.level.addItem(text, show.value)
        self.level.setCurrentIndex(1)
        self.level.setAccessibleName(self.tr("Level"))
        self.level.setToolTip(self.tr("How much of the log is shown."))
        self.words = QLineEdit(bar)
        self.words.setPlaceholderText(self.tr("Only lines with these words"))
        self.words.setAccessibleName(self.tr("Words in the log"))
        self.words.setToolTip(
            self.tr("Shows only the lines that contain every one of these words.")
        )
        self.words.setClearButtonEnabled(True)
        self.words.setMaximumWidth(self.fontMetrics().averageCharWidth() * 40)
        self.state = QLabel(bar)
        theme.set_tone(self.state, "dim")
        self.new_lines = QPushButton(bar)
        theme.set_tone(self.new_lines, "link")
        self.new_lines.setIcon(icons.icon("chevron", "accent"))
        self.new_lines.setToolTip(self.tr("Go to the last line and follow new ones."))
        self.new_lines.clicked.connect(self.go_to_end)
        self.new_lines.hide()
        self.new_lines.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.new_lines.setAccessibleName(self.tr("New lines"))
        row = self._row = QHBoxLayout(bar)
        edge = theme.spacing(12)
        row.setContentsMargins(edge, theme.spacing(6), edge, theme.spacing(6))
        row.setSpacing(theme.spacing(8))
        row.addWidget(self.level)
        row.addWidget(self.words, 1)
        row.addWidget(self.state)
        row.addStretch(1)
        row.addWidget(self.new_lines)
        return bar

    def _scrolled(self) -> None:
        if self._new and self.is_at_end():
            self._new = 0
            self._show_state()

    def _show_state(self) -> None:
        dropped = self._bench.log.dropped
        sentences = []
        if dropped:
            sentences.append(self.tr("%n older lines are no longer kept.", "", dropped))
        messages = self._bench.trace.dropped
        if LogFilter(self.level.currentData()) is LogFilter.MESSAGES and messages:
            sentences.append(self.tr("%n older messages are no longer kept.", "", messages))
        self.state.setText(" ".join(sentences))
        self.state.setToolTip(for_tip(self._ignored()))
        self.new_lines.setVisible(self._new > 0)
        if self._new:
            self.new_lines.setText(self.tr("%n new lines", "", self._new))
        self.new_lines.setAccessibleName(self.new_lines.text() or self.tr("New lines"))

    def _ignored(self) -> str:
        """Why datagrams were ignored, and how many, as a flood has no line for each."""
        ignored = sorted(self._bench.log.ignored.items(), key=lambda item: -item[1])[:12]
        if not ignored:
            return ""
        lines = [
            f"{number} \N{MULTIPLICATION SIGN} {translated(reason)}" for reason, number in ignored
        ]
        return "\n".join((self.tr("Datagrams that were ignored in this run:"), *lines))
