"""The second bar: what to do with the selected phones, and the find field."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QWidget

from pnp_gui.ui import icons, theme
from pnp_gui.ui.actions import Actions
from pnp_gui.ui.key_button import KeyButton, cap_font

_ICON = 15


class FindField(QLineEdit):
    """Type to narrow the table. Esc clears and leaves; Down or Enter goes to what was found."""

    left = Signal()
    """The keyboard should go back to the table."""

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = key
        self.setPlaceholderText(self.tr("Find a phone"))
        self.setAccessibleName(self.tr("Find a phone"))
        self.setAccessibleDescription(
            self.tr(
                "Type part of a MAC, make, model, address, label or URL: the table shows only the"
                " phones in which it occurs. Escape shows all again."
            )
        )
        self.setToolTip(self.accessibleDescription())
        self.setClearButtonEnabled(True)
        self.setTextMargins(theme.spacing(_ICON) + theme.spacing(4), 0, 0, 0)
        width = QFontMetrics(self.font()).averageCharWidth() * 40
        self.setMinimumWidth(width // 2)
        self.setMaximumWidth(width)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that leave the field."""
        match event.key():
            case Qt.Key.Key_Escape:
                self.clear()
                self.left.emit()
            case Qt.Key.Key_Down | Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.left.emit()
            case _:
                super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A glass at the left; while it is empty and idle its key at the right, as in a button."""
        super().paintEvent(event)
        colours = theme.tokens()
        painter = QPainter(self)
        side = theme.spacing(_ICON)
        glass = QRectF(theme.spacing(8), (self.height() - side) / 2, side, side)
        icons.paint_icon(painter, glass, "search", colours.dim)
        if not self.text() and not self.hasFocus() and self.width() >= self._wide_enough():
            self._paint_key(painter)

    def _wide_enough(self) -> int:
        """Room for glass, words and key side by side."""
        metrics = self.fontMetrics()
        words = f"{self.placeholderText()}{self._key}"
        return metrics.horizontalAdvance(words) + theme.spacing(_ICON) + theme.spacing(44)

    def _paint_key(self, painter: QPainter) -> None:
        font = cap_font(self.font())
        metrics = QFontMetrics(font)
        width = metrics.horizontalAdvance(self._key) + theme.spacing(8)
        height = metrics.height() + theme.spacing(2)
        cap = QRectF(
            self.width() - theme.spacing(7) - width + 0.5,
            (self.height() - height) // 2 + 0.5,
            width - 1,
            height - 1,
        )
        colours = theme.tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colours.border, 1))
        painter.setBrush(colours.chrome)
        painter.drawRoundedRect(cap, theme.spacing(3), theme.spacing(3))
        painter.setFont(font)
        painter.setPen(colours.dim)
        painter.drawText(cap, int(Qt.AlignmentFlag.AlignCenter), self._key)

    def event(self, event: QEvent) -> bool:
        """Keep Esc: it clears this field, whatever else the window does with it."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            event.accept()
            return True
        return super().event(event)


class ActionBar(QFrame):
    """Buttons for the selection at the left, the find field at the right."""

    find_changed = Signal(str)
    """The text to look for; empty shows every phone."""
    find_left = Signal()
    """The keyboard should go to the table."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("bar", True)
        self.setAccessibleName(self.tr("Selected phones"))
        self.approve = KeyButton(actions.approve, self, tone="good", strong=True)
        self.deny = KeyButton(actions.deny, self, tone="bad")
        self.undecide = KeyButton(actions.undecide, self)
        self.send_again = KeyButton(actions.send_again, self)
        self.found = QLabel(self)
        theme.set_tone(self.found, "dim")
        self.find_field = FindField(actions.find.shortcut().toString(), self)

        layout = QHBoxLayout(self)
        edge = theme.spacing(12)
        layout.setContentsMargins(edge, theme.spacing(8), edge, theme.spacing(8))
        layout.setSpacing(theme.spacing(8))
        for button in (self.approve, self.deny, self.undecide, self.send_again):
            layout.addWidget(button)
        layout.addStretch(1)
        layout.addWidget(self.found)
        layout.addWidget(self.find_field, 1)

        self.find_field.textChanged.connect(self.find_changed)
        self.find_field.left.connect(self.find_left)

    def show_found(self, shown: int, total: int) -> None:
        """Say beside the field how many phones the text left over; nothing while it is empty."""
        text = ""
        if self.find_field.text():
            text = self.tr("{shown} of {total} shown").format(shown=shown, total=total)
        self.found.setText(text)
