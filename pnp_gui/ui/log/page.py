"""The log of everything: what happened, newest last, with a level and words to narrow it.

It goes on to new lines only while the reader is at the end; else a button says how many came.
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
from pnp_gui.ui.log.model import LEVEL, ROW, TIME, WHO, LogModel, LogRow, Show
from pnp_gui.ui.theme import icons, theme
from pnp_gui.ui.widgets.key_button import KeyButton
from pnp_gui.ui.widgets.lines_view import LinesView
from pnp_gui.ui.words.plain import for_tip
from pnp_gui.ui.words.translate import translated

FILTER_AFTER_MS = 150
"""Between the last letter that is typed and the narrowed log."""


class LogView(LinesView):
    """The lines. Ctrl+C copies the selected ones, Enter goes to the line's phone."""

    phone_wanted = Signal(str)
    """The reader wants to see this phone."""
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
        """Who is at the end stays there, however little is left to see."""
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
        if number == 1:
            self.said.emit(self.tr("1 line is on the clipboard."))
        else:
            self.said.emit(self.tr("%n lines are on the clipboard.", "", number))

    def samples(self) -> Iterable[tuple[int, str, QFont, int]]:
        fixed = theme.fixed_font()
        yield TIME, "00:00:00.000", fixed, 32
        yield LEVEL, self.tr("Warning"), self.font(), 32
        yield WHO, "00:04:13:A2:10:5F", fixed, 32


class LogPage(QFrame):
    """A bar to narrow the log, and the lines."""

    phone_wanted = Signal(str)
    """The reader wants to see this phone."""
    said = Signal(str)
    """A sentence about what a key did."""

    def __init__(self, bench: Bench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._came = 0
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
        """Take over what is new; stay where the reader is, unless that is the end."""
        at_end = self.is_at_end()
        bar = self.view.verticalScrollBar()
        before = bar.value()
        came, gone = self.model.refresh()
        if not came:
            return
        if at_end:
            self.view.scrollToBottom()
        else:
            self.view.executeDelayedItemsLayout()
            self._came += came
            bar.setValue(max(0, before - gone))
        self._show_state()

    def is_at_end(self) -> bool:
        """The reader sees the last line."""
        bar = self.view.verticalScrollBar()
        return bar.value() >= bar.maximum()

    def go_to_end(self) -> None:
        """Show the last line, and follow from now on."""
        self.view.scrollToBottom()
        self._came = 0
        self._show_state()

    def apply_filter(self) -> None:
        """Show what passes level and words now, at the end."""
        self._typed.stop()
        self.model.set_filter(Show(self.level.currentData()), self.words.text())
        self.go_to_end()

    def add_action(self, save: QAction) -> None:
        """What can be done with the lines: a button at the end of the bar."""
        button = KeyButton(save, self)
        self._row.addWidget(button)
        self._buttons.append(button)

    def tab_stops(self) -> list[QWidget]:
        """What Tab goes through, in order."""
        return [self.level, self.words, self.new_lines, *self._buttons, self.view]

    def _make_bar(self) -> QWidget:
        bar = QFrame(self)
        bar.setProperty("bar", True)
        self.level = QComboBox(bar)
        for show, text in (
            (Show.MESSAGES, self.tr("Everything, with all messages")),
            (Show.ALL, self.tr("What happened")),
            (Show.WARNINGS, self.tr("Warnings and errors")),
            (Show.ERRORS, self.tr("Errors only")),
        ):
            self.level.addItem(text, show.value)
        self.level.setCurrentIndex(1)
        self.level.setAccessibleName(self.tr("Level"))
        self.level.setToolTip(self.tr("How much of the log is shown."))
        self.words = QLineEdit(bar)
        self.words.setPlaceholderText(self.tr("Only lines with these words"))
        self.words.setAccessibleName(self.tr("Words in the log"))
        self.words.setToolTip(
            self.tr("Shows only the lines in which every one of these words occurs.")
        )
        self.words.setClearButtonEnabled(True)
        self.words.setMaximumWidth(self.fontMetrics().averageCharWidth() * 40)
        self.state = QLabel(bar)
        theme.set_tone(self.state, "dim")
        self.new_lines = QPushButton(bar)
        theme.set_tone(self.new_lines, "link")
        self.new_lines.setIcon(icons.icon("chevron", "accent"))
        self.new_lines.setToolTip(self.tr("Goes to the last line and follows again."))
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
        if self._came and self.is_at_end():
            self._came = 0
            self._show_state()

    def _show_state(self) -> None:
        dropped = self._bench.log.dropped
        text = ""
        if dropped == 1:
            text = self.tr("1 older line is no longer kept.")
        elif dropped:
            text = self.tr("%n older lines are no longer kept.", "", dropped)
        messages = self._bench.trace.dropped
        if Show(self.level.currentData()) is Show.MESSAGES and messages:
            more = self.tr("%n older messages are no longer kept.", "", messages)
            if messages == 1:
                more = self.tr("1 older message is no longer kept.")
            text = f"{text} {more}".strip()
        self.state.setText(text)
        self.state.setToolTip(for_tip(self._ignored()))
        self.new_lines.setVisible(self._came > 0)
        if self._came == 1:
            self.new_lines.setText(self.tr("1 new line"))
        elif self._came:
            self.new_lines.setText(self.tr("%n new lines", "", self._came))
        self.new_lines.setAccessibleName(self.new_lines.text() or self.tr("New lines"))

    def _ignored(self) -> str:
        """Why datagrams were ignored, and how many: a flood has not a line for each."""
        ignored = sorted(self._bench.log.ignored.items(), key=lambda item: -item[1])[:12]
        if not ignored:
            return ""
        lines = [
            f"{number} \N{MULTIPLICATION SIGN} {translated(reason)}" for reason, number in ignored
        ]
        return "\n".join((self.tr("Datagrams that were ignored in this run:"), *lines))
