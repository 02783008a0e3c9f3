"""The find field, and beside it the switch *Scan to approve*.

A scanner is a keyboard that types a whole line in some milliseconds and ends it with Enter, a line
feed or a tab. The key that ends a line sends it on, so that lines of a burst neither mix nor get
lost. The table is not filtered for each letter of a burst.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QIcon, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from pnp_gui.pnp.mac import find_mac
from pnp_gui.ui.theme import icons, theme
from pnp_gui.ui.theme.painting import text_widths
from pnp_gui.ui.widgets.key_button import Form, Yielding, paint_cap
from pnp_gui.ui.widgets.typing_pace import TypingPace, is_line_end
from pnp_gui.ui.widgets.words_field import add_clear_button

PAUSE_MS = 120
"""Time without a key after which the table is filtered, when a scanner may be typing."""

MAX_TEXT = 1000
"""Characters that the field takes: more than any code on a label."""

_SIGN, _AROUND, _WIDER = 15, 50, 70
"""Pixels at 100 % of the sign, of all around the words, and of that with the key."""


class FindField(QLineEdit, Yielding):
    """Filters the table. Esc clears it and leaves; Down or Enter goes to what was found."""

    left = Signal()
    """The focus is to go back to the table."""
    emptied = Signal()
    """Esc: all phones are to be shown."""
    entered = Signal()
    """The focus is to go to the first phone that was found."""
    wanted = Signal(str)
    """The text to find; "" shows every phone."""
    scanned = Signal(str)
    """A line ended while *Scan to approve* is on; the field is empty again."""
    looked_up = Signal(str)
    """A scanner typed a MAC while it is off; the field keeps the focus for the next."""

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = key
        self._scanning = False
        self._pace = TypingPace()
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._want)
        self._sign = QIcon()
        self.setMaxLength(MAX_TEXT)
        add_clear_button(self)
        self.set_form(Form.FULL)
        self.textChanged.connect(self._changed)
        theme.theme_changed.connect(self._restyle)
        self._restyle()
        self._describe()

    def set_form(self, form: Form) -> None:
        """For a bar with little room."""
        self.setMinimumWidth(self.width_in(form))

    def width_in(self, form: Form) -> int:
        """Pixels that it has at least: its words are cut last."""
        metrics = self.fontMetrics()
        if form >= Form.ICON:
            return metrics.averageCharWidth() * 15
        words = metrics.horizontalAdvance(self.tr("Find or scan")) + theme.spacing(_AROUND)
        return words if form else max(words, metrics.averageCharWidth() * 20)

    def _restyle(self) -> None:
        self.setMaximumWidth(2 * self.width_in(Form.FULL))
        self.setTextMargins(theme.spacing(_SIGN + 8), 0, 0, 0)

    def set_scanning(self, on: bool) -> None:
        self._scanning = on
        self._describe()

    def _describe(self) -> None:
        """A magnifying glass, or a check mark while *Scan to approve* is on, and the words."""
        if self._scanning:
            self._sign = icons.icon("approve", "good")
            self.setPlaceholderText(self.tr("Scan a phone to approve it"))
            self.setAccessibleName(self.tr("Scan a phone to approve it"))
            what = self.tr(
                "Scan the MAC on a phone or its box, or type it and press Enter: the phone is "
                "approved, and added if it is unknown. Esc goes back to the table."
            )
        else:
            self._sign = icons.icon("search", "dim")
            self.setPlaceholderText(self.tr("Find or scan"))
            self.setAccessibleName(self.tr("Find a phone"))
            what = self.tr(
                "Type part of a MAC, make, model, address, label, status or URL: the table "
                'shows only the phones that contain every word. "Quotes" find a phrase. '
                "Enter goes to the first phone, Esc shows all again."
            )
        self.setAccessibleDescription(what)
        self.setToolTip(what)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that end a line or leave the field."""
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.emptied.emit()
            self.left.emit()
        elif self._scanning and self._ends_line(event):
            self._end_line()
        elif is_line_end(event):
            self._enter(event)
        elif event.key() == Qt.Key.Key_Down:
            self._want()
            self.entered.emit()
        else:
            self._pace.typed(event)
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Take Esc and line ends before the window's shortcuts do.

        A tab ends a line too, as some scanners send it; in the empty field it moves the focus.
        """
        if isinstance(event, QKeyEvent):
            ends = self._scanning and self._ends_line(event)
            kind = event.type()
            if kind == QEvent.Type.ShortcutOverride and self._leaves_undo(event):
                event.ignore()
                return True
            if kind == QEvent.Type.ShortcutOverride and (ends or event.key() == Qt.Key.Key_Escape):
                event.accept()
                return True
            if kind == QEvent.Type.KeyPress and ends:
                self._end_line()
                return True
        return super().event(event)

    def _leaves_undo(self, event: QKeyEvent) -> bool:
        """In the empty field, Ctrl+Z undoes the last scan and Ctrl+Y redoes it, not its letters."""
        undo, redo = QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo
        return self.is_for_scans() and (event.matches(undo) or event.matches(redo))

    def is_for_scans(self) -> bool:
        """Whether there is nothing to edit in it, as it takes scans."""
        return self._scanning and not self.text()

    def _ends_line(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Tab:
            return bool(self.text()) and event.modifiers() == Qt.KeyboardModifier.NoModifier
        return is_line_end(event)

    def _end_line(self) -> None:
        text = self.text()
        self.clear()
        # A second line end (CR and LF) ends nothing.
        if text.strip():
            self.scanned.emit(text)

    def _enter(self, event: QKeyEvent) -> None:
        self._want()
        by_scanner = self._pace.is_burst(event)
        self._pace.reset()
        if by_scanner and find_mac(self.text()):
            self.selectAll()
            self.looked_up.emit(self.text())
        else:
            self.entered.emit()

    def _changed(self, text: str) -> None:
        if text and (self._scanning or self._pace.fast):
            self._pause.start()
        else:
            self._want()

    def _want(self) -> None:
        self._pause.stop()
        self.wanted.emit(self.text())

    def paintEvent(self, event: QPaintEvent) -> None:
        """While it is empty and has no focus, its key is at the right, as in a button."""
        super().paintEvent(event)
        painter, side = QPainter(self), theme.spacing(_SIGN)
        sign = QRect(theme.spacing(9), (self.height() - side) // 2, side, side)
        self._sign.paint(painter, sign)
        if not self.text() and not self.hasFocus() and self.width() >= self._wide_enough():
            colours = theme.tokens()
            painter.setPen(colours.dim)
            at = QPointF(self.width() - theme.spacing(7), self.height() / 2)
            paint_cap(painter, self.font(), self._key, at, colours.border, colours.chrome)

    def _wide_enough(self) -> int:
        """Pixels for icon, text and key side by side."""
        metrics = self.fontMetrics()
        words = f"{self.placeholderText()}{self._key}"
        return metrics.horizontalAdvance(words) + theme.spacing(_WIDER)


class ScanSwitch(QCheckBox, Yielding):
    """The check box of the action *Scan to approve*."""

    def __init__(self, action: QAction, parent: QWidget | None = None) -> None:
        super().__init__(action.iconText(), parent)
        self._words = {Form.FULL: action.iconText(), Form.SHORT: self.tr("Scan")}
        self.addAction(action)
        # A click must not take the focus from the field that is scanned into.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        keys = QKeySequence.listToString(action.shortcuts())
        self.setToolTip(self.tr("{what} ({keys})").format(what=action.toolTip(), keys=keys))
        self.setAccessibleName(action.iconText())
        self.setAccessibleDescription(action.toolTip())
        self.setChecked(action.isChecked())
        action.toggled.connect(self.setChecked)
        self.toggled.connect(action.setChecked)
        self.toggled.connect(lambda on: theme.set_tone(self, "good" if on else ""))

    def set_form(self, form: Form) -> None:
        """For a bar with little room."""
        self.setText(self._words.get(form, self.text()))
        self.setVisible(form is not Form.GONE)

    def width_in(self, form: Form) -> int:
        """Pixels that it takes in this form."""
        now, then = text_widths((self.text(), self._words[form]), self.font())
        return self.sizeHint().width() - now + then
