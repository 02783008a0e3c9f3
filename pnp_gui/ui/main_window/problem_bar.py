"""What is wrong or asked, one line each: a sentence, the one thing to do about it, and a button to
hide it.

Which lines there are, and what their buttons do, is in `problems.py`.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from pnp_gui.trouble import Trouble
from pnp_gui.ui.decisions.question import QUESTION
from pnp_gui.ui.theme import icons, theme
from pnp_gui.ui.widgets.announce import announce
from pnp_gui.ui.widgets.layout import column, row
from pnp_gui.ui.widgets.sentence import LinkButton, SentenceBar
from pnp_gui.ui.widgets.typing_pace import TypingPace, is_line_end
from pnp_gui.ui.words.translate import QT_TRANSLATE_NOOP, translate, trouble_text

MAX_LINES = 3
"""Troubles shown at once; "and N more" shows the others."""

MOST_OF_WINDOW = 6
"""They get no more than this part of the window's height: three lines in the usual one."""

ACTIONS = {
    "try_again": QT_TRANSLATE_NOOP("ProblemBar", "Try again"),
    "show_interfaces": QT_TRANSLATE_NOOP("ProblemBar", "Show network interfaces"),
    "copy_details": QT_TRANSLATE_NOOP("ProblemBar", "Copy details"),
    "use_again": QT_TRANSLATE_NOOP("ProblemBar", "Use it again"),
    "forget": QT_TRANSLATE_NOOP("ProblemBar", "Forget"),
    "our_url": QT_TRANSLATE_NOOP("ProblemBar", "Use this URL"),
    "not_served": QT_TRANSLATE_NOOP("ProblemBar", "Serve files"),
    "serve_folder": QT_TRANSLATE_NOOP("ProblemBar", "Choose a folder"),
    "serve_ports": QT_TRANSLATE_NOOP("ProblemBar", "Change the ports"),
    "older_url": QT_TRANSLATE_NOOP("ProblemBar", "Select them"),
    "approve": QT_TRANSLATE_NOOP("ProblemBar", "Approve anyway"),
    "approve_all": QT_TRANSLATE_NOOP("ProblemBar", "Approve all"),
    "reboot": QT_TRANSLATE_NOOP("ProblemBar", "Reboot"),
}
"""The button's text for each `Trouble.action`."""


def is_blocking(trouble: Trouble) -> bool:
    """No phone is served until it is solved, so it cannot be hidden."""
    return trouble.action == "try_again"


class ProblemLine(SentenceBar):
    """One trouble."""

    dismissed = Signal()

    def __init__(self, trouble: Trouble, parent: QWidget | None = None) -> None:
        asks = trouble.code == QUESTION
        super().__init__(self.tr("Question") if asks else self.tr("Problem"), parent)
        self._pace = TypingPace()
        self.button.installEventFilter(self)
        self.action: QPushButton | None = self.button if trouble.action in ACTIONS else None
        self.dismiss: QToolButton | None = None
        if not is_blocking(trouble):
            dismiss = self.dismiss = QToolButton(self)
            theme.set_tone(dismiss, "link")
            dismiss.setIcon(icons.icon("close", "amber"))
            dismiss.setIconSize(QSize(theme.spacing(16), theme.spacing(16)))
            dismiss.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            dismiss.setToolTip(self.tr("No (Esc)") if asks else self.tr("Hide this notice"))
            dismiss.setAccessibleName(dismiss.toolTip())
            dismiss.clicked.connect(self.dismissed)
            self._row.addWidget(dismiss)
        self.show_trouble(trouble)

    def show_trouble(self, trouble: Trouble) -> None:
        """Another one with this code and action."""
        self.trouble = trouble
        action = ACTIONS.get(trouble.action, "")
        tone = "bad" if is_blocking(trouble) else "amber"
        self.fill(
            "warning", tone, trouble_text(trouble), action and translate("ProblemBar", action)
        )
        if self.dismiss is not None:
            self.dismiss.setAccessibleDescription(self.sentence.text())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The Enter at the end of a scanned code is no answer, and neither is a blank in it."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            answers = is_line_end(event) or event.key() == Qt.Key.Key_Space
            scanned = answers and self._pace.follows(event)
            self._pace.typed(event)
            return scanned
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc hides the line if it can be hidden."""
        if event.key() == Qt.Key.Key_Escape and self.dismiss is not None:
            self.dismissed.emit()
        else:
            super().keyPressEvent(event)


class ProblemBar(QScrollArea):
    """The present troubles, the worst first; hidden if there are none. In a low window they can be
    scrolled."""

    acted = Signal(object)
    """The technician chose a trouble's action (`Trouble`)."""
    dismissed = Signal(object)
    """The technician hid a line (`Trouble`)."""
    changed = Signal()
    """The lines changed."""
    focus_lost = Signal()
    """The line that had the keyboard is gone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: list[ProblemLine] = []
        self._troubles: list[Trouble] = []
        self._all = False
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._content = QWidget(self)
        self.setWidget(self._content)
        self.more = LinkButton(self._content)
        self.more.clicked.connect(self._toggle_all)
        self._more_line = QFrame(self._content)
        self._more_line.setProperty("bar", True)
        self._more_line.setProperty("tone", "amber")
        row(self.more, None, on=self._more_line, edges=(32, 2, 0, 3))
        self._layout = column(self._more_line, on=self._content)
        self.hide()
        theme.theme_changed.connect(self._rebuild)

    def set_troubles(self, troubles: Sequence[Trouble]) -> None:
        """Show these, in this order but a question and the blocking ones first."""
        wanted = sorted(troubles, key=lambda one: (one.code != QUESTION, not is_blocking(one)))
        before, self._troubles = self._troubles, wanted
        known = {*map(_identity, before)}
        for trouble in wanted:
            # A question's button gets the keyboard, so a screen reader reads that.
            if _identity(trouble) not in known and trouble.code != QUESTION:
                announce(self, trouble_text(trouble), at_once=True)
        if [*map(_identity, wanted)] != [*map(_identity, before)]:
            self._rebuild()
        else:
            for line, trouble in zip(self.lines, wanted, strict=False):
                if trouble != line.trouble:
                    line.show_trouble(trouble)
            self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        """As high as its lines, but only a part of the window."""
        lines = self._layout.totalHeightForWidth(width)
        return min(lines, self.window().height() // MOST_OF_WINDOW)

    def sizeHint(self) -> QSize:
        return QSize(self.width(), self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        return QSize()

    def line_for(self, code: str) -> ProblemLine | None:
        """The line that shows the trouble of this code, if it is visible."""
        return next((line for line in self.lines if line.trouble.code == code), None)

    def tab_stops(self) -> list[QWidget]:
        stops = [stop for line in self.lines for stop in (line.action, line.dismiss)]
        return [stop for stop in (*stops, self.more) if stop is not None]

    def _toggle_all(self) -> None:
        self._all = not self._all
        self._rebuild()

    def _rebuild(self) -> None:
        focused = QApplication.focusWidget()
        focused_line = next(
            (one for one in self.lines if focused and one.isAncestorOf(focused)), None
        )
        for line in self.lines:
            self._layout.removeWidget(line)
            line.hide()
            line.deleteLater()
        shown = self._troubles if self._all else self._troubles[:MAX_LINES]
        self.lines = [self._line(trouble) for trouble in shown]
        for place, line in enumerate(self.lines):
            self._layout.insertWidget(place, line)
            line.show()
        hidden = len(self._troubles) - len(shown)
        self._more_line.setVisible(len(self._troubles) > MAX_LINES)
        self.more.setText(self.tr("and %n more", "", hidden) if hidden else self.tr("Show fewer"))
        self.setVisible(bool(self._troubles))
        self.updateGeometry()
        self.changed.emit()
        if focused_line is not None:
            instead = self.line_for(focused_line.trouble.code)
            target = instead and (instead.action or instead.dismiss)
            if target is not None:
                target.setFocus(Qt.FocusReason.OtherFocusReason)
            else:
                self.focus_lost.emit()

    def _line(self, trouble: Trouble) -> ProblemLine:
        line = ProblemLine(trouble, self._content)
        line.acted.connect(lambda: self.acted.emit(line.trouble))
        line.dismissed.connect(lambda: self.dismissed.emit(line.trouble))
        return line


def code_of(trouble: Trouble) -> str:
    """What tells one trouble from another."""
    return trouble.code or trouble.template


def _identity(trouble: Trouble) -> tuple[str, str]:
    return code_of(trouble), trouble.action
