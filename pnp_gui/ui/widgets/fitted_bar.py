"""A bar whose parts give way when it is narrow: keys first, then words, then whole buttons, which a
menu at its end has instead."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QMenu, QToolButton, QWidget

from pnp_gui.ui.theme import icons, theme
from pnp_gui.ui.widgets.elided_label import ElidedLabel
from pnp_gui.ui.widgets.idle import grey_idle
from pnp_gui.ui.widgets.key_button import Form, Yielding
from pnp_gui.ui.widgets.layout import Edges, Part, row

Step = tuple[Form, Sequence[QWidget]]
"""These take this form."""


class FittedBar(QFrame):
    """As many of its steps are taken, in their order, as it needs to fit into its width."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("bar", True)
        self.more = QToolButton(self)
        self.more.setIcon(icons.icon("more"))
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.more.setProperty("dots", True)
        self.more.setToolTip(self.tr("Buttons that do not fit in this bar"))
        self.more.setAccessibleName(self.tr("More"))
        self.more.setAccessibleDescription(self.more.toolTip())
        menu = QMenu(self.more)
        menu.setToolTipsVisible(True)
        menu.aboutToShow.connect(self._fill_menu)
        grey_idle(menu)
        self.more.setMenu(menu)
        self._steps: Sequence[Step] = ()
        self._widgets: list[QWidget] = []

    def set_parts(
        self,
        *parts: Part,
        steps: Sequence[Step],
        edges: Edges = (12, 8, 12, 8),
        gap: int = 8,
    ) -> None:
        """Parts, edges and gap as for `row`. Those that are in a step are `Yielding`, or go
        altogether; a button is there only while its action is visible."""
        self._row = row(*parts, self.more, on=self, edges=edges, gap=gap)
        self._steps = steps
        widgets = (part[0] if isinstance(part, tuple) else part for part in parts)
        self._widgets = [each for each in widgets if isinstance(each, QWidget)]
        self._gaps = len(parts) - len(self._widgets)
        for part in self._widgets:
            if isinstance(part, QToolButton):
                # A hidden widget asks for no layout.
                part.defaultAction().visibleChanged.connect(self.fit)
        self.fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(self._needed(len(self._steps)), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def event(self, event: QEvent) -> bool:
        """A part has other words now."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.fit()
        return super().event(event)

    def fit(self) -> None:
        """Give every part the form for which there is room."""
        forms = self._forms(self._steps_for(self.width()))
        for part, form in forms.items():
            if isinstance(part, Yielding):
                part.set_form(form)
            else:
                part.setVisible(form is not Form.GONE)
        self.more.setVisible(_overflows(forms))
        self._row.activate()

    def width_within(self, room: int) -> int:
        """Pixels that the parts need if they have no more than `room`."""
        return self._needed(self._steps_for(room))

    def _steps_for(self, room: int) -> int:
        taken = range(len(self._steps) + 1)
        return next((n for n in taken if self._needed(n) <= room), len(self._steps))

    def _forms(self, steps: int) -> dict[QWidget, Form]:
        """What each part shows after the first `steps`."""
        forms = dict.fromkeys(self._widgets, Form.FULL)
        for form, parts in self._steps[:steps]:
            forms.update(dict.fromkeys(parts, form))
        return {part: Form.GONE if _is_off(part) else form for part, form in forms.items()}

    def _needed(self, steps: int) -> int:
        """Pixels for all parts after the first `steps`."""
        forms = self._forms(steps)
        widths = [_width(part, form) for part, form in forms.items()]
        if _overflows(forms):
            widths.append(self.more.sizeHint().width())
        shown = [width for width in widths if width is not None]
        edges = self._row.contentsMargins()
        places = len(shown) + self._gaps - 1
        return sum(shown) + places * self._row.spacing() + edges.left() + edges.right()

    def _fill_menu(self) -> None:
        menu = self.more.menu()
        assert menu is not None
        menu.clear()
        for part in self._widgets:
            if not part.isHidden() or not isinstance(part, Yielding) or _is_off(part):
                continue
            menu.addActions(part.actions())
            button_menu = part.menu() if isinstance(part, QToolButton) else None
            if button_menu is not None and button_menu.menuAction() not in menu.actions():
                menu.addMenu(button_menu)


def _width(part: QWidget, form: Form) -> int | None:
    """Pixels of a part in this form; None: it is gone."""
    if form is Form.GONE:
        return None
    if isinstance(part, Yielding):
        return part.width_in(form)
    words = part.sizeHint().width() if isinstance(part, ElidedLabel) else 0
    return max(part.minimumWidth(), part.minimumSizeHint().width(), words)


def _is_off(part: QWidget) -> bool:
    """Whether there is nothing to show of it now."""
    if isinstance(part, ElidedLabel):
        return not part.text()
    return isinstance(part, QToolButton) and not part.defaultAction().isVisible()


def _overflows(forms: dict[QWidget, Form]) -> bool:
    """Whether the menu has something that the bar has not."""
    return any(
        form is Form.GONE and isinstance(part, Yielding) and not _is_off(part)
        for part, form in forms.items()
    )


def fitting_form(buttons: Sequence[Yielding], room: int) -> Form:
    """The form in which these buttons side by side fit into `room` pixels."""
    gaps = (len(buttons) - 1) * theme.spacing(8)
    forms = (Form.FULL, Form.WORDS, Form.SHORT)
    fits = (form for form in forms if sum(b.width_in(form) for b in buttons) + gaps <= room)
    return next(fits, Form.ICON)
