"""The log: what happened, newest last, filtered by level and words.

It scrolls to new lines only while it is at the end; otherwise a button says how many are new.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QWidget

from pnp_gui.bench.bench import Bench
from pnp_gui.bench.record.log import Level
from pnp_gui.ui.log.model import LogColumn, LogFilter, LogModel, LogRow, level_word
from pnp_gui.ui.theme import icons, theme
from pnp_gui.ui.widgets.elided_label import ElidedLabel
from pnp_gui.ui.widgets.filter_bar import FilterBar
from pnp_gui.ui.widgets.key_button import KeyButton
from pnp_gui.ui.widgets.layout import column
from pnp_gui.ui.widgets.lines_view import LINE, LinesView, staying_at_end
from pnp_gui.ui.words.plain import for_tip, shortened
from pnp_gui.ui.words.translate import translate, translated


class LogView(LinesView):
    """The lines. Ctrl+C copies the selected ones, Enter goes to the phone of a line."""

    phone_wanted = Signal(str)
    """The phone with this key should be shown."""

    def __init__(self, model: LogModel, parent: QWidget | None = None) -> None:
        about = translate(
            "LogView",
            "What happened, the newest last. Ctrl+C copies the selected lines, Enter goes to the"
            " phone of a line.",
        )
        super().__init__(translate("LogView", "Log"), about, model, parent)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().setSectionsMovable(False)
        self.doubleClicked.connect(self._go)

    def resizeEvent(self, event: QResizeEvent) -> None:
        with staying_at_end(self):
            super().resizeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _go(self, index: QModelIndex) -> None:
        row: LogRow | None = index.data(LINE)
        if row is not None and row.key:
            self.phone_wanted.emit(row.key)

    def copied(self, lines: Sequence[LogRow]) -> str:
        return "".join(f"{line.text()}\n" for line in lines)

    def samples(self) -> Mapping[int, str]:
        return {
            LogColumn.TIME: "00:00:00.000",
            LogColumn.LEVEL: level_word(Level.WARNING),
            LogColumn.PHONE: "00:04:13:A2:10:5F",
        }


class LogPage(QFrame):
    """The filter, and the lines."""

    def __init__(self, bench: Bench, save: QAction, parent: QWidget | None = None) -> None:
        """`save`: the action that saves the lines."""
        super().__init__(parent)
        self._bench = bench
        self._new = 0
        """Lines added since the view was last at the end."""
        self.setAccessibleName(self.tr("Log"))
        self.model = LogModel(bench, self)
        self.view = LogView(self.model, self)
        self.phone_wanted, self.said = self.view.phone_wanted, self.view.said
        self.view.verticalScrollBar().valueChanged.connect(self._scrolled)
        self._bar = self._make_bar(save)
        column(self._bar, (self.view, 1), on=self)
        self.apply_filter()

    def refresh(self) -> None:
        at_end = self.is_at_end()
        bar = self.view.verticalScrollBar()
        before = bar.value()
        added, gone = self.model.refresh()
        if added and at_end:
            self.view.scrollToBottom()
        elif added:
            self.view.executeDelayedItemsLayout()
            self._new += added
            bar.setValue(max(0, before - gone))
        self._show_state()

    def is_at_end(self) -> bool:
        """Whether the last line is visible."""
        bar = self.view.verticalScrollBar()
        return bar.value() >= bar.maximum()

    def go_to_end(self) -> None:
        self.view.scrollToBottom()
        self._new = 0
        self._show_state()

    def apply_filter(self) -> None:
        self.model.set_filter(LogFilter(self.level.currentData()), self.words.text())
        self.go_to_end()

    def tab_stops(self) -> list[QWidget]:
        return [self.level, self.words, self.new_lines, self._save, self._more, self.view]

    def _make_bar(self, save: QAction) -> QWidget:
        bar = FilterBar(self.tr("Only lines with these words"), self)
        self.level, self.words, self._more = bar.choice, bar.words, bar.more
        self.settle = bar.settle
        self.level.addItem(self.tr("Everything, with all messages"), LogFilter.MESSAGES.value)
        self.level.addItem(self.tr("What happened"), LogFilter.ALL.value)
        self.level.addItem(self.tr("Warnings and errors"), LogFilter.WARNINGS.value)
        self.level.addItem(self.tr("Errors only"), LogFilter.ERRORS.value)
        self.level.setCurrentIndex(1)
        self.level.setAccessibleName(self.tr("Level"))
        self.level.setToolTip(self.tr("How much of the log is shown."))
        self.level.currentIndexChanged.connect(lambda _: self.apply_filter())
        self.words.setAccessibleName(self.tr("Words in the log"))
        bar.settled.connect(self.apply_filter)
        self.state = ElidedLabel(bar)
        theme.set_tone(self.state, "dim")
        tip = self.tr("Go to the last line and follow new ones.")
        self._to_end = QAction(icons.icon("chevron", "accent"), "", self, toolTip=tip)
        self._to_end.setVisible(False)
        self._to_end.triggered.connect(self.go_to_end)
        self.new_lines = KeyButton(self._to_end, bar, strong=True, flat=True)
        self._save = KeyButton(save, bar)
        bar.fill(self.new_lines, self._save, state=self.state)
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
            sentences.append(self.tr("%n other messages are no longer kept.", "", messages))
        self.state.show_text(" ".join(sentences))
        self._bar.setToolTip(for_tip(self._ignored()))
        if self._new:
            self._to_end.setText(self.tr("%n new lines", "", self._new))
        self._to_end.setVisible(self._new > 0)
        self.view.set_empty_text(*self._empty_text())

    def _empty_text(self) -> tuple[str, str]:
        """Why no line is shown, and how to see some."""
        level, words = LogFilter(self.level.currentData()), self.words.text().strip()
        if words:
            title = self.tr("No line matches “{text}”").format(text=shortened(words))
            if level is LogFilter.MESSAGES:
                return title, self.tr("Clear the field to see other lines.")
            return title, self.tr("Clear the field, or choose another level, to see other lines.")
        if level in (LogFilter.MESSAGES, LogFilter.ALL):
            return self.tr("Nothing happened yet"), ""
        return self.tr("There is no such line"), self.tr("Choose another level to see other lines.")

    def _ignored(self) -> str:
        """Why datagrams were ignored, and how many, as a flood has no line for each."""
        ignored = sorted(self._bench.log.ignored.items(), key=lambda item: -item[1])[:12]
        if not ignored:
            return ""
        lines = [
            f"{number} \N{MULTIPLICATION SIGN} {translated(reason)}" for reason, number in ignored
        ]
        return "\n".join((self.tr("Datagrams that were ignored in this run:"), *lines))
