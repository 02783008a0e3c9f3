"""The look: colours, distances and fonts, light and dark, in one place.

Whatever stores anything made from them connects to `theme_changed`, so that a change of the
system's colour scheme or font changes the whole window. It knows none of our widgets.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QFontMetrics, QPalette
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from pnp_gui.ui.theme.stylesheet import stylesheet

ROW_HEIGHT = 34
"""Pixels at 100 % of a table row."""

_FONT_HEIGHT_AT_100 = 15
"""Height in pixels of the font the distances were designed for (Segoe UI 9 pt)."""

_FIXED_FAMILIES = ("Cascadia Mono", "Consolas", "SF Mono", "Menlo", "DejaVu Sans Mono")
"""Fixed-width fonts that go well with the system's own; the first one present is used."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours of one scheme. Text has a contrast of 4.5 : 1 or more on each background it is
    painted on (tested)."""

    base: QColor
    """Background of the table and of fields."""
    chrome: QColor
    """Background of the bars and the window."""
    line: QColor
    """Rules between rows and bars."""
    border: QColor
    """Outline of buttons and fields: a little stronger than a rule."""
    text: QColor
    dim: QColor
    """Secondary text."""
    accent: QColor
    """Asking, focus, links."""
    selected: QColor
    """Background of selected rows and text, and of asking pills."""
    hover: QColor
    """Background of what is under the mouse."""
    good: QColor
    good_bg: QColor
    amber: QColor
    amber_bg: QColor
    bad: QColor
    bad_bg: QColor
    quiet_bg: QColor
    """Background of pills that need no attention; their text is `dim`."""
    dark: bool


_COLOURS = {
    "base": ("#ffffff", "#16191e"),
    "chrome": ("#f4f5f7", "#1e2228"),
    "line": ("#dfe2e7", "#2f353d"),
    "border": ("#c8cdd5", "#444c57"),
    "text": ("#1c2430", "#e4e8ee"),
    "dim": ("#5f6b7b", "#93a0b0"),
    "accent": ("#0b6bcb", "#5aa9f5"),
    "selected": ("#e3effb", "#20384f"),
    "hover": ("#f6f7f9", "#1f242b"),
    "good": ("#12753a", "#67d391"),
    "good_bg": ("#e2f5e8", "#173524"),
    "amber": ("#9a5b00", "#f2bd63"),
    "amber_bg": ("#fdf0d8", "#3a2c11"),
    "bad": ("#b3261e", "#ff8f86"),
    "bad_bg": ("#fce8e6", "#42201d"),
    "quiet_bg": ("#ebeef2", "#2b313a"),
}
"""Each token's light and dark colour."""

LIGHT, DARK = (
    Tokens(dark=dark, **{name: QColor(pair[dark]) for name, pair in _COLOURS.items()})
    for dark in (False, True)
)

TONES = {
    "accent": ("accent", "selected"),
    "good": ("good", "good_bg"),
    "amber": ("amber", "amber_bg"),
    "bad": ("bad", "bad_bg"),
    "dim": ("dim", "quiet_bg"),
}
"""Text and background of each tone: two names in `Tokens`."""


class Theme(QObject):
    """The scheme in use, and a signal for its changes."""

    theme_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.tokens = LIGHT
        self.scale = 1.0
        self.fixed: QFont | None = None
        self._app: QApplication | None = None
        self._fixed_scheme: Qt.ColorScheme | None = None
        self._zoom = 100
        self._font = QFont()
        """The application's font at 100 %."""

    def apply(self, app: QApplication, scheme: Qt.ColorScheme | None = None) -> None:
        """Give the application our look. Without a scheme it follows the system's and its
        changes."""
        self._fixed_scheme = scheme
        if self._app is not app:
            self._app = app
            self._font = app.font()
            app.setStyle("Fusion")
            app.styleHints().colorSchemeChanged.connect(self.refresh)
            app.destroyed.connect(self._forget)
        self.refresh()

    def change(self, scheme: Qt.ColorScheme | None, zoom: int) -> None:
        """Another scheme, None: the system's; another size of everything, in per cent."""
        if (scheme, zoom) == (self._fixed_scheme, self._zoom) or self._app is None:
            return
        self._fixed_scheme = scheme
        if zoom != self._zoom:
            self._zoom = zoom
            font = QFont(self._font)
            if font.pointSizeF() > 0:
                font.setPointSizeF(font.pointSizeF() * zoom / 100)
            else:
                font.setPixelSize(max(1, round(font.pixelSize() * zoom / 100)))
            self._app.setFont(font)
        # The frame of the window, and the system's own dialogs.
        self._app.styleHints().setColorScheme(scheme or Qt.ColorScheme.Unknown)
        self.refresh()

    def refresh(self) -> None:
        """Read scheme and font from the system again and restyle everything."""
        app = self._app
        if app is None:
            return
        scheme = self._fixed_scheme or app.styleHints().colorScheme()
        self.tokens = DARK if scheme == Qt.ColorScheme.Dark else LIGHT
        height = QFontMetrics(app.font()).height()
        self.scale = max(self._zoom / 100, height / _FONT_HEIGHT_AT_100)
        self.fixed = None
        palette = palette_of(self.tokens)
        app.setPalette(palette)
        QToolTip.setPalette(palette)
        names = {name: getattr(self.tokens, name).name() for name in _COLOURS}
        names["off"] = disabled_ink(self.tokens).name()
        app.setStyleSheet(stylesheet(names, self.tokens.dark, spacing))
        self.theme_changed.emit()

    def _forget(self) -> None:
        self._app = None


current = Theme()
"""The process's only one."""

theme_changed = current.theme_changed
"""Emitted after every change of colours or font: `theme_changed.connect(slot)`."""
apply_theme, change_theme = current.apply, current.change


def tokens() -> Tokens:
    return current.tokens


def spacing(px_at_100: float) -> int:
    """A distance designed for the normal font, in pixels for the font in use."""
    return round(px_at_100 * current.scale)


def row_height() -> int:
    return spacing(ROW_HEIGHT)


def fixed_font() -> QFont:
    """The font for numbers, addresses and raw text, as large as the application's own; to be
    copied before it is changed."""
    if current.fixed is None:
        current.fixed = _find_fixed_font()
    return current.fixed


def _find_fixed_font() -> QFont:
    system = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font = QFont([*_FIXED_FAMILIES, system.family()])
    font.setFixedPitch(True)
    font.setStyleHint(QFont.StyleHint.Monospace)
    size = QApplication.font().pointSizeF()
    if size > 0:
        font.setPointSizeF(size)
    else:
        font.setPixelSize(QFontInfo(QApplication.font()).pixelSize())
    return font


def set_tone(widget: QWidget, tone: str) -> None:
    """Let the stylesheet colour a widget: "good", "amber", "bad", "accent", "dim", "flat" or ""."""
    set_property(widget, "tone", tone)


def set_property(widget: QWidget, name: str, value: object) -> None:
    if widget.property(name) != value:
        widget.setProperty(name, value)
        repolish(widget)


def repolish(widget: QWidget) -> None:
    """Apply the stylesheet again: a property it asks for, of this widget or its parent, changed."""
    font = QFont(widget.font())
    widget.style().unpolish(widget)  # gives it the font back that it had at first
    widget.style().polish(widget)
    if QFontInfo(widget.font()).pixelSize() != QFontInfo(font).pixelSize():
        widget.setFont(font)
    widget.update()


def mixed(one: QColor, other: QColor, share: float) -> QColor:
    """`share` of one (0 to 1) over the other."""
    rest = 1 - share
    return QColor.fromRgbF(
        one.redF() * share + other.redF() * rest,
        one.greenF() * share + other.greenF() * rest,
        one.blueF() * share + other.blueF() * rest,
    )


def disabled_ink(colours: Tokens) -> QColor:
    return mixed(colours.dim, colours.chrome, 0.65)


def palette_of(colours: Tokens) -> QPalette:
    """The palette that Fusion and every standard widget paint with."""
    role = QPalette.ColorRole
    text_roles = (role.WindowText, role.Text, role.ButtonText, role.HighlightedText)
    palette = QPalette()
    for colour, roles in (
        (colours.text, (*text_roles, role.ToolTipText)),
        (colours.base, (role.Base, role.Button, role.Light, role.ToolTipBase)),
        (colours.chrome, (role.Window, role.AlternateBase)),
        (colours.accent, (role.Accent, role.Link, role.LinkVisited)),
        (colours.selected, (role.Highlight,)),
        (colours.dim, (role.PlaceholderText,)),
        (colours.bad, (role.BrightText,)),
        (colours.hover, (role.Midlight,)),
        (colours.line, (role.Mid,)),
        (colours.border, (role.Dark, role.Shadow)),
    ):
        for each in roles:
            palette.setColor(each, colour)
    off = disabled_ink(colours)
    for each in text_roles:
        palette.setColor(QPalette.ColorGroup.Disabled, each, off)
    return palette
