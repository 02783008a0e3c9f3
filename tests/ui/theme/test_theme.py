from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import pnp_gui
from pnp_gui.resources import resource_path
from pnp_gui.ui.theme import icons, theme
from pnp_gui.ui.words.status import OTHER_MAC, STATUSES

PAIRS: tuple[tuple[str, str], ...] = (
    *((name, ground) for name in ("text", "dim") for ground in ("base", "chrome", "hover")),
    *((name, "selected") for name in ("text", "dim", "accent", "good", "bad", "amber")),
    ("text", "quiet_bg"),
    ("dim", "quiet_bg"),
    *(
        (name, ground)
        for name in ("accent", "good", "amber", "bad")
        for ground in ("base", "chrome")
    ),
    ("good", "good_bg"),
    ("amber", "amber_bg"),
    ("bad", "bad_bg"),
    ("text", "good_bg"),
    ("text", "amber_bg"),
    ("text", "bad_bg"),
    ("base", "accent"),
)
"""Every pair of (text, ground) that may be painted."""


OUTLINES: tuple[tuple[str, str], ...] = (
    *(("border", ground) for ground in ("base", "chrome", "hover", "selected")),
    *(("accent", ground) for ground in ("base", "chrome", "hover", "selected")),
    *(("dim", ground) for ground in ("base", "chrome", "hover")),
    ("bad", "base"),
)
"""What shows where a control, the focus and a selection are, and the grounds beside it."""


DRAWINGS = sorted(
    path.stem
    for path in resource_path("icons").glob("*.svg")
    if not path.stem.endswith(("-light", "-dark"))  # these are the stylesheet's
)
PROGRAM = Path(pnp_gui.__file__).parent


def contrast(one: QColor, other: QColor) -> float:
    """The contrast ratio of WCAG 2, from 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: QColor) -> float:
    channels = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("colours", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_every_pair_can_be_read(colours: theme.Tokens, ink: str, ground: str) -> None:
    assert contrast(getattr(colours, ink), getattr(colours, ground)) >= 4.5


@pytest.mark.parametrize("colours", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("outline", "ground"), OUTLINES)
def test_every_outline_can_be_seen(colours: theme.Tokens, outline: str, ground: str) -> None:
    """WCAG 2.2, 1.4.11."""
    assert contrast(getattr(colours, outline), getattr(colours, ground)) >= 3


def test_contrast_is_that_of_wcag() -> None:
    assert contrast(QColor("black"), QColor("white")) == pytest.approx(21)
    assert contrast(QColor("#777777"), QColor("white")) == pytest.approx(4.48, abs=0.01)


def test_every_status_pill_is_a_checked_pair() -> None:
    for shown in (*STATUSES.values(), *OTHER_MAC.values()):
        icon, tone = shown.sign
        assert theme.TONES[tone] in PAIRS
        assert not icons.icon(icon).isNull()


def test_the_scheme_changes_while_running(qapp: QApplication, qtbot: QtBot) -> None:
    try:
        with qtbot.waitSignal(theme.theme_changed):
            theme.apply_theme(qapp, Qt.ColorScheme.Dark)
        assert theme.tokens() is theme.DARK
        assert qapp.palette().color(QPalette.ColorRole.Base) == theme.DARK.base
        dark = _ink_of("approve")
    finally:
        theme.apply_theme(qapp, Qt.ColorScheme.Light)
    assert dark == theme.DARK.text
    assert _ink_of("approve") == theme.LIGHT.text


def _ink_of(name: str) -> QColor:
    """The strongest colour in an icon."""
    image = icons.icon(name).pixmap(QSize(32, 32)).toImage()
    colours = [image.pixelColor(x, y) for x in range(32) for y in range(32)]
    return QColor(max(colours, key=lambda colour: colour.alpha()).rgb())


def test_an_icon_follows_the_scheme_without_being_made_again(qapp: QApplication) -> None:
    icon = icons.icon("deny", "bad")
    light = icon.pixmap(QSize(16, 16)).toImage()
    try:
        theme.apply_theme(qapp, Qt.ColorScheme.Dark)
        assert icon.pixmap(QSize(16, 16)).toImage() != light
    finally:
        theme.apply_theme(qapp, Qt.ColorScheme.Light)
    assert icon.pixmap(QSize(16, 16)).toImage() == light


@pytest.mark.parametrize("name", DRAWINGS)
def test_every_icon_draws_something_and_is_sharp_at_150_percent(
    qapp: QApplication, name: str
) -> None:
    pixmap = icons.icon(name).pixmap(QSize(16, 16), 1.5)
    assert pixmap.size() == QSize(24, 24)
    image = pixmap.toImage()
    drawn = sum(image.pixelColor(x, y).alpha() > 128 for x in range(24) for y in range(24))
    assert drawn > 10


def test_every_drawing_is_used() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in PROGRAM.rglob("*.py"))
    assert [name for name in DRAWINGS if f'"{name}"' not in source] == []


def test_an_unknown_icon_is_a_mistake_of_ours() -> None:
    with pytest.raises(KeyError):
        icons.icon("unicorn")


def test_distances_follow_the_font(qapp: QApplication) -> None:
    before = qapp.font()
    small = theme.row_height()
    large = qapp.font()
    large.setPointSizeF(before.pointSizeF() * 2)
    try:
        qapp.setFont(large)
        theme.current.refresh()
        assert theme.row_height() > 1.5 * small
    finally:
        qapp.setFont(before)
        theme.current.refresh()
    assert theme.row_height() == small == 34


def test_the_program_icon_is_there() -> None:
    for name in ("app.svg", "app.png", "app.ico"):
        assert resource_path(name).is_file()
    assert not icons.app_icon().isNull()
