"""The form for one rule: its fields, examples for some makes, and what the rule would do."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QLineEdit, QToolButton, QWidget

from pnp_gui.bench.bench import Bench
from pnp_gui.bench.phones.counts import count_makes
from pnp_gui.bench.urls.rules import MAX_NAME, UrlRule
from pnp_gui.pnp.makes import MAKES
from pnp_gui.pnp.url import MAX_URL
from pnp_gui.ui.theme import theme
from pnp_gui.ui.urls.list_field import ListField
from pnp_gui.ui.urls.rule_draft import Draft, about_make, draft_of
from pnp_gui.ui.widgets.elided_label import ElidedLabel
from pnp_gui.ui.widgets.fitted_bar import FittedBar
from pnp_gui.ui.widgets.key_button import Form, KeyButton
from pnp_gui.ui.widgets.layout import column, row
from pnp_gui.ui.widgets.url_card import ANYWHERE
from pnp_gui.ui.words.translate import trouble_text

_LINES = 6
"""Lines of text under the fields."""

EXAMPLES = tuple(name for name, make in MAKES.items() if make.example_url)
"""The makes with an example button."""


class RuleForm(QFrame):
    """Make, model and URL of a rule. It changes nothing itself."""

    edited = Signal()
    """A field was changed."""
    example_wanted = Signal(str)
    """The example for this make should be filled in."""

    def __init__(self, bench: Bench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self.rule: UrlRule | None = None
        """The rule that is edited; None: a new one."""
        self._selected = ""
        self._touched = False
        self.draft: Draft
        self.make = ListField(self)
        self.make.setToolTip(self.tr("The make, as the table shows it."))
        self.make.line.setMaxLength(MAX_NAME)
        self.model = QLineEdit(self, maxLength=MAX_NAME, placeholderText=self.tr("every model"))
        self.model.setToolTip(
            self.tr(
                "T54W, or a pattern: * matches any characters, ? exactly one. Empty: every model."
            )
        )
        self.url = QLineEdit(self, maxLength=4 * MAX_URL, placeholderText="http://")
        self.url.setToolTip(
            self.tr(
                "PnP Bench fills in ${mac} ${MAC} ${mac:-} ${ip} ${host} ${vendor} ${model} "
                "${version}."
            )
        )
        self._fields = {"make": self.make, "model": self.model, "url": self.url}
        """By the code of their faults."""
        self._words = [QLabel(self, wordWrap=True) for _ in range(5)]
        self.caption, self.exact, self.warning, self.who, self.about = self._words
        theme.set_tone(self.warning, "amber")
        theme.set_tone(self.about, "dim")
        self.examples: dict[str, KeyButton] = {}
        self.ready = [self._link(partial(self._put_in_ready, place)) for place in range(2)]
        """Put in a URL of the folder that is served, by HTTP and TFTP."""
        self._served_here = ElidedLabel(self)
        self._served_here.show_text(self.tr("Files on this computer:"))
        theme.set_tone(self._served_here, "dim")
        self._arrange()
        self.make.editTextChanged.connect(self._typed)
        self.model.textEdited.connect(self._typed)
        self.url.textEdited.connect(self._typed)
        theme.theme_changed.connect(self._restyle)
        self._restyle()
        self.set_rule(None)

    # For the dialog.

    @property
    def is_dirty(self) -> bool:
        """Whether something was typed that is not saved."""
        if self.rule is None:
            return any(text.strip() for text in self.typed)
        return self.typed != (self.rule.make, self.rule.model, self.rule.url)

    @property
    def typed(self) -> tuple[str, str, str]:
        return self.make.currentText(), self.model.text(), self.url.text()

    def set_rule(self, rule: UrlRule | None) -> None:
        """Edit this rule; None: a new one, with empty fields."""
        self.rule = rule
        self._touched = False
        self._fill(*(("", "", "") if rule is None else (rule.make, rule.model, rule.url)))

    def set_phone(self, key: str) -> None:
        """Set the phone whose URL is shown, if the rule applies to it."""
        self._selected = key
        self.explain()

    def put_in(self, make: str, url: str) -> None:
        """Put an example into the fields, without saving it."""
        self._touched = True
        self._fill(make, self.model.text(), url)
        self.url.setFocus(Qt.FocusReason.OtherFocusReason)
        self.url.selectAll()
        self.edited.emit()

    def focus_fault(self) -> None:
        """Focus the field that is wrong."""
        self._touched = True
        self.explain()
        fault = self.draft.fault
        if fault is not None:
            self._fields.get(fault.code, self.url).setFocus(Qt.FocusReason.OtherFocusReason)

    def explain(self) -> None:
        """Show what the rule would do, or what is wrong with it."""
        draft = self.draft = draft_of(self._bench, self.typed, self.rule, self._selected)
        fault = draft.fault if self._touched or self.rule is not None else None
        self.caption.setText(trouble_text(fault) if fault else draft.caption)
        theme.set_tone(self.caption, "bad" if fault else "dim")
        if draft.rule is None and fault is None:
            self.caption.setText(self.tr("Choose a make and type its URL, or use an example."))
        self.who.setText(draft.who)
        self.exact.setText(ANYWHERE.join(draft.url))
        self.exact.setAccessibleName(draft.url)
        self.warning.setText(f"\N{WARNING SIGN} {draft.warning}" if draft.warning else "")
        self.about.setText(about_make(self.make.currentText().strip()))
        self._show_ready()
        for label in (self.who, self.exact, self.warning, self.about):
            label.setVisible(bool(label.text()))
        for code, field in self._fields.items():
            theme.set_property(field, "wrong", fault is not None and fault.code == code)

    def tab_stops(self) -> list[QWidget]:
        return [*self._fields.values(), *self.examples.values(), self._more, *self.ready]

    # Construction.

    def _arrange(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.spacing(8))
        grid.setVerticalSpacing(theme.spacing(4))
        fields = (
            (self.tr("&Make"), self.make),
            (self.tr("M&odel"), self.model),
            (self.tr("&URL"), self.url),
        )
        for place, (text, field) in enumerate(fields):
            label = QLabel(text, self)
            label.setBuddy(field)
            theme.set_tone(label, "dim")
            field.setAccessibleName(text.replace("&", ""))
            field.setAccessibleDescription(field.toolTip())
            grid.addWidget(label, 0, place)
            grid.addWidget(field, 1, place)
        grid.setColumnMinimumWidth(0, theme.spacing(140))
        grid.setColumnMinimumWidth(1, theme.spacing(110))
        grid.setColumnStretch(2, 1)
        # As high as its usual texts, so that the table above does not jump while somebody types.
        words = QWidget(self)
        self._room = words
        column(*self._words, None, on=words, gap=4)
        ready = row(self._served_here, *self.ready, None, gap=2)
        column(grid, self._make_examples(), ready, words, on=self, gap=4)

    def _make_examples(self) -> QWidget:
        bar = FittedBar(self)
        bar.setProperty("bar", False)
        label = QLabel(self.tr("Examples:"), bar)
        theme.set_tone(label, "dim")
        for name in EXAMPLES:
            text = self.tr("Example for {make}").format(make=name)
            tip = f"{self._bench.urls.example_for(name)}\n{about_make(name)}"
            action = QAction(text, self, iconText=name, toolTip=tip)
            action.triggered.connect(partial(self.example_wanted.emit, name))
            button = self.examples[name] = KeyButton(action, bar, strong=True, flat=True, side=6)
            button.setAccessibleName(text)
            button.setCursor(Qt.CursorShape.PointingHandCursor)
        self._more, buttons = bar.more, [*self.examples.values()]
        steps = [(Form.GONE, [button]) for button in reversed(buttons)]
        bar.set_parts(label, *buttons, None, steps=steps, edges=(0, 0, 0, 0), gap=2)
        return bar

    def _link(self, do: Callable[[], object]) -> QToolButton:
        button = QToolButton(self)
        theme.set_tone(button, "link")
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: do())
        return button

    # Changes.

    def _show_ready(self) -> None:
        """The URLs of the folder that is served, as the make that is typed wants them."""
        make = self.make.currentText().strip().casefold()
        known = next((name for name in MAKES if name.casefold() == make), "")
        urls = self._bench.urls.ready(known)
        self._served_here.setVisible(bool(urls))
        for button, url in zip(self.ready, [*urls, "", ""], strict=False):
            button.setVisible(bool(url))
            button.setText(url)
            button.setAccessibleName(url)
            button.setAccessibleDescription(self._served_here.text())

    def _put_in_ready(self, place: int) -> None:
        self.put_in(self.make.currentText(), self.ready[place].text())

    def refresh_makes(self) -> None:
        """List the makes in the table, most frequent first, then the other known ones."""
        makes = [make for make, _ in count_makes(self._bench.phones.values()).named]
        makes += sorted((make for make in MAKES if make not in makes), key=str.casefold)
        self.make.set_items(makes)

    def _fill(self, make: str, model: str, url: str) -> None:
        with QSignalBlocker(self.make):
            self.make.setEditText(make)
        self.model.setText(model)
        self.url.setText(url)
        self.url.setCursorPosition(0)
        self.explain()

    def _typed(self) -> None:
        # A new rule is not wrong before make and URL are typed.
        make, _, url = self.typed
        self._touched = self._touched or bool(make.strip() and url.strip())
        self.explain()
        self.edited.emit()

    def _restyle(self) -> None:
        lines = _LINES * (self.fontMetrics().height() + theme.spacing(4))
        self._room.setMinimumHeight(lines)
        for widget in (self.url, self.exact):
            widget.setFont(theme.fixed_font())
