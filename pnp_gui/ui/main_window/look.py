"""View > Larger, Smaller, Normal size, and Theme: how everything looks, kept between runs."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal

from pnp_gui.bench.bench import Bench
from pnp_gui.bench.store.settings import THEME, ZOOM, ZOOMS
from pnp_gui.ui.actions import Actions
from pnp_gui.ui.theme.theme import change_theme

_SCHEMES = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}


class Look(QObject):
    """Carries out these entries, and applies what was kept."""

    said = Signal(str)
    """A sentence for the status bar: the size that was chosen."""

    def __init__(self, bench: Bench, actions: Actions) -> None:
        super().__init__(actions)
        self._bench = bench
        self._themes = actions.themes
        self._zoom, self._theme = bench.setting(ZOOM), bench.setting(THEME)
        self._themes[self._theme].setChecked(True)
        for name, action in self._themes.items():
            action.triggered.connect(lambda _=False, name=name: self._choose(name))
        if (self._theme, self._zoom) != (THEME.default, ZOOM.default):
            self._apply()

    def zoom(self, steps: int) -> None:
        """So many steps larger; negative: smaller; 0: back to 100 %."""
        place = ZOOMS.index(self._zoom) + steps if steps else ZOOMS.index(ZOOM.default)
        self._zoom = ZOOMS[min(max(place, 0), len(ZOOMS) - 1)]
        self._bench.set_setting(ZOOM, self._zoom)
        self._apply()
        self.said.emit(self.tr("Size: {n}%").format(n=self._zoom))

    def _choose(self, name: str) -> None:
        self._theme = name
        self._bench.set_setting(THEME, name)
        self._apply()

    def _apply(self) -> None:
        change_theme(_SCHEMES.get(self._theme), self._zoom)
