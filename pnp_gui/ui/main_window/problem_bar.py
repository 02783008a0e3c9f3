"""What is wrong, one line each: a sentence, the one thing to do about it, and a button to hide it.

Which lines there are, and what their buttons do, is in `problems.py`.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from pnp_gui.trouble import Trouble
from pnp_gui.ui.theme import icons, theme
from pnp_gui.ui.widgets.sentence import NO_DOTS, Sentence
from pnp_gui.ui.words.translate import trouble_text

MAX_LINES = 3
"""Troubles shown at once; "and N more" shows the others."""


def is_blocking(trouble: Trouble) -> bool:
    """No phone is served until it is solved, so it cannot be hidden."""
    return trouble.action == "try_again"


class ProblemLine(QFrame):
    """One trouble."""

    acted = Signal()
    dismissed = Signal()

    def __init__(self, trouble: Trouble, action_text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.trouble = trouble
        tone = "bad" if is_blocking(trouble) else "amber"
        self.setProperty("bar", True)
        self.setProperty("tone", tone)
        text = trouble_text(trouble)
        self.setAccessibleName(self.tr("Problem"))
        self.setAccessibleDescription(text)

        sign = QLabel(self)
        side = theme.spacing(16)
        sign.setPixmap(
            icons.icon("warning", tone).pixmap(QSize(side, side), self.devicePixelRatio())
        )
        self.sentence = Sentence(text, self)
        self.action: QPushButton | None = None
        self.dismiss: QToolButton | None = None

        layout = QHBoxLayout(self)
        edge = theme.spacing(14)
        layout.setContentsMargins(edge, theme.spacing(4), theme.spacing(8), theme.spacing(4))
        layout.setSpacing(theme.spacing(8))
        layout.addWidget(sign)
        layout.addWidget(self.sentence)
        if action_text:
            self.action = QPushButton(action_text, self)
            theme.set_tone(self.action, "link")
            self.action.setStyleSheet(NO_DOTS)
            self.action.setCursor(Qt.CursorShape.PointingHandCursor)
            self.action.setAutoDefault(True)
            self.action.setAccessibleDescription(text)
            self.action.clicked.connect(self.acted)
            layout.addWidget(self.action)
        layout.addStretch(1)
        if not is_blocking(trouble):
            self.dismiss = QToolButton(self)
            theme.set_tone(self.dismiss, "link")
            self.dismiss.setIcon(icons.icon("close", tone))
            self.dismiss.setIconSize(QSize(side, side))
            self.dismiss.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.dismiss.setToolTip(self.tr("Hide this line"))
            self.dismiss.setAccessibleName(self.tr("Hide this line"))
            self.dismiss.setAccessibleDescription(text)
            self.dismiss.clicked.connect(self.dismissed)
            layout.addWidget(self.dismiss)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc hides the line if it can be hidden."""
        if event.key() == Qt.Key.Key_Escape and self.dismiss is not None:
            self.dismissed.emit()
        else:
            super().keyPressEvent(event)


class ProblemBar(QWidget):
    """The present troubles, the worst first; hidden if there are none."""

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
        self.more = QPushButton(self)
        theme.set_tone(self.more, "link")
        self.more.setStyleSheet(NO_DOTS)
        self.more.clicked.connect(self._toggle_all)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._more_line = QFrame(self)
        self._more_line.setProperty("bar", True)
        self._more_line.setProperty("tone", "amber")
        row = QHBoxLayout(self._more_line)
        row.setContentsMargins(theme.spacing(32), theme.spacing(2), 0, theme.spacing(3))
        row.addWidget(self.more)
        row.addStretch(1)
        self._layout.addWidget(self._more_line)
        self.hide()
        theme.theme_changed.connect(self._rebuild)

    def set_troubles(self, troubles: Sequence[Trouble]) -> None:
        """Show these, in this order but the blocking ones first."""
        wanted = sorted(troubles, key=lambda trouble: not is_blocking(trouble))
        if _identity(wanted) == _identity(self._troubles):
            return
        self._troubles = wanted
        self._rebuild()

    def line_for(self, code: str) -> ProblemLine | None:
        """The line that shows the trouble of this code, if it is visible."""
        return next((line for line in self.lines if line.trouble.code == code), None)

    def tab_stops(self) -> list[QWidget]:
        """What Tab reaches here, in order."""
        stops: list[QWidget | None] = []
        for line in self.lines:
            stops += [line.action, line.dismiss]
        return [each for each in (*stops, self.more) if each is not None]

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
        if hidden:
            self.more.setText(self.tr("and %n more", "", hidden))
        else:
            self.more.setText(self.tr("Show fewer"))
        self.setVisible(bool(self._troubles))
        self.changed.emit()
        if focused_line is not None:
            self._refocus(focused_line)

    def _refocus(self, old: ProblemLine) -> None:
        """Focus the line that replaced this one; emit `focus_lost` if there is none."""
        line = self.line_for(old.trouble.code)
        target = None if line is None else line.action or line.dismiss
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.focus_lost.emit()

    def _line(self, trouble: Trouble) -> ProblemLine:
        line = ProblemLine(trouble, self._action_text(trouble.action), self)
        line.acted.connect(lambda: self.acted.emit(trouble))
        line.dismissed.connect(lambda: self.dismissed.emit(trouble))
        return line

    def _action_text(self, action: str) -> str:
        match action:
            case "try_again":
                return self.tr("Try again")
            case "show_interfaces":
                return self.tr("Show network ports")
            case "copy_details":
                return self.tr("Copy details")
            case "use_again":
                return self.tr("Use it again")
            case "forget":
                return self.tr("Forget")
            case _:
                return ""


def _identity(troubles: Sequence[Trouble]) -> list[tuple[str, str, str]]:
    return [(trouble.code, trouble.action, str(trouble)) for trouble in troubles]
