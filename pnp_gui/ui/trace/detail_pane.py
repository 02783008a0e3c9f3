"""The lower pane: what is known of one phone, and its messages."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QFont, QGuiApplication
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from pnp_gui.bench.bench import Bench
from pnp_gui.bench.phones.phone import Phone
from pnp_gui.ui.theme import icons, theme
from pnp_gui.ui.trace.ladder_view import LadderEnds, LadderView
from pnp_gui.ui.trace.message_view import MessageView
from pnp_gui.ui.widgets.elided_label import ElidedLabel
from pnp_gui.ui.widgets.key_button import KeyButton
from pnp_gui.ui.words.conflict import conflict_lines, mac_sentence
from pnp_gui.ui.words.phone import phone_text
from pnp_gui.ui.words.times import clock_time
from pnp_gui.ui.words.translate import trouble_text
from pnp_gui.ui.words.url_origin import origin_text

SEPARATOR = "  ·  "


class DetailPane(QFrame):
    """Shows one phone at a time."""

    said = Signal(str)
    """A sentence about what a button did."""

    def __init__(self, bench: Bench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._key = ""
        self.setAccessibleName(self.tr("Selected phone"))
        self.stack = QStackedWidget(self)
        self.nothing = QLabel(self.tr("Select a phone to see its messages."), self)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.nothing.setAutoFillBackground(True)
        theme.set_tone(self.nothing, "dim")
        self.stack.addWidget(self.nothing)
        self.stack.addWidget(self._make_content())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.stack)
        theme.theme_changed.connect(self._restyle)
        self._restyle()

    @property
    def key(self) -> str:
        """The key of the phone that is shown, "" for none."""
        return self._key

    def set_phone(self, key: str) -> None:
        """Show this phone; none for "" or an unknown key."""
        if key not in self._bench.phones:
            key = ""
        if key != self._key:
            self._key = key
            self.ladder.set_phone(key)
        self.refresh()

    def refresh(self) -> None:
        """Show what is new about the phone. Cheap if nothing is."""
        phone = self._bench.phones.get(self._key)
        if phone is None:
            self.stack.setCurrentIndex(0)
            return
        self.stack.setCurrentIndex(1)
        self._show_facts(phone)
        self._show_conflict(phone)
        self._show_url(phone)
        self.ladder.messages.set_address(phone.address)
        self.ladder.refresh()
        self.ends.show_ends(self.ladder.messages.end_of_phone())
        self._show_dropped()

    def add_actions(self, save: QAction, mail: QAction, copy: QAction) -> None:
        """Add actions for the messages: as buttons, and in the context menu of the ladder."""
        for column, action in enumerate((save, mail), start=2):
            button = KeyButton(action, self._head)
            self._grid.addWidget(button, 0, column, 2, 1, Qt.AlignmentFlag.AlignVCenter)
            self._buttons.append(button)
        self.ladder.addActions([copy, save, mail])
        self.ladder.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def tab_stops(self) -> list[QWidget]:
        """The widgets for Tab, in order."""
        return [self.copy_url, *self._buttons, self.ladder, self.text]

    def _make_content(self) -> QWidget:
        content = QWidget(self)
        self.title = QLabel(content)
        self.title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.title.setAccessibleName(self.tr("Phone"))
        self.facts = ElidedLabel(content)
        self.facts.setAccessibleName(self.tr("What is known of the phone"))
        self.source = QLabel(content)
        theme.set_tone(self.source, "dim")
        self.url = ElidedLabel(content, Qt.TextElideMode.ElideMiddle)
        self.url.setAccessibleName(self.tr("Exact URL"))
        self.copy_url = QToolButton(content)
        theme.set_tone(self.copy_url, "link")
        self.copy_url.setIcon(icons.icon("copy", "dim"))
        self.copy_url.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.copy_url.setToolTip(self.tr("Copy the exact URL"))
        self.copy_url.setAccessibleName(self.tr("Copy the exact URL"))
        self.copy_url.clicked.connect(self._copy_url)

        self._buttons: list[QWidget] = []
        self._head = head = QFrame(content)
        head.setProperty("bar", True)
        self._grid = grid = QGridLayout(head)
        edge = theme.spacing(12)
        grid.setContentsMargins(edge, theme.spacing(6), edge, theme.spacing(6))
        grid.setHorizontalSpacing(theme.spacing(14))
        grid.setVerticalSpacing(theme.spacing(2))
        grid.addWidget(self.title, 0, 0)
        grid.addWidget(self.facts, 0, 1)
        grid.addWidget(self.source, 1, 0)
        line = QHBoxLayout()
        line.setSpacing(theme.spacing(4))
        line.addWidget(self.url)
        line.addWidget(self.copy_url)
        line.addStretch(1)
        grid.addLayout(line, 1, 1)
        self.warning = _sentence(content, self.tr("Warning about the URL"), "amber")
        self.other_mac = _sentence(content, self.tr("Warning about the MAC address"), "bad")
        self.conflict = _sentence(content, self.tr("Conflict"), "bad")
        for row, sentence in enumerate((self.warning, self.other_mac, self.conflict), start=2):
            grid.addWidget(sentence, row, 0, 1, 4)
        grid.setColumnStretch(1, 1)

        self.ladder = LadderView(self._bench.trace, content)
        self.ladder.said.connect(self.said)
        self.ends = LadderEnds(content)
        self.dropped = QLabel(content)
        theme.set_tone(self.dropped, "dim")
        self.dropped.setContentsMargins(edge, theme.spacing(3), edge, theme.spacing(3))
        self.dropped.hide()
        left = QWidget(content)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.ends)
        column.addWidget(self.dropped)
        column.addWidget(self.ladder, 1)
        self.text = MessageView(content)
        self.ladder.chosen.connect(self.text.show_entry)
        self.splitter = QSplitter(Qt.Orientation.Horizontal, content)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(left)
        self.splitter.addWidget(self.text)
        self.splitter.setSizes([460, 540])
        self.splitter.setStretchFactor(0, 46)
        self.splitter.setStretchFactor(1, 54)

        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(head)
        layout.addWidget(self.splitter, 1)
        return content

    def _show_facts(self, phone: Phone) -> None:
        self.title.setText(phone_text(phone))
        by_arp = self.tr("MAC by ARP") if phone.mac_by_arp else ""
        facts = [by_arp, phone.label, phone.make, phone.model, phone.version]
        if phone.address and phone.interface:
            where = self.tr("{address} on {interface}")
            facts.append(where.format(address=phone.address, interface=phone.interface))
        elif phone.address:
            facts.append(phone.address)
        if phone.first_seen is not None and phone.last_seen is not None:
            first = self.tr("first seen {time}").format(time=clock_time(phone.first_seen))
            last = self.tr("last seen {time}").format(time=clock_time(phone.last_seen))
            facts += [first, last]
        else:
            facts.append(self.tr("has not asked yet"))
        self.facts.show_text(SEPARATOR.join(filter(None, facts)))
        sentence = mac_sentence(phone)
        _say(self.other_mac, sentence)

    def _show_conflict(self, phone: Phone) -> None:
        _say(self.conflict, " ".join(conflict_lines(phone)))

    def _show_url(self, phone: Phone) -> None:
        choice = self._bench.urls.choice(phone)
        self.source.setText(origin_text(choice))
        trouble = self._bench.why_no_url(phone.key)
        troubles = [trouble] if trouble is not None else self._bench.urls.warnings(phone)
        # If there is no URL, the template shows what cannot be filled in.
        self.url.show_text(self._bench.preview(phone.key) or choice.template)
        theme.set_tone(self.url, "" if trouble is None else "dim")
        self.copy_url.setEnabled(trouble is None)
        theme.set_tone(self.warning, "amber" if trouble is None else "bad")
        _say(self.warning, " ".join(map(trouble_text, troubles)))

    def _show_dropped(self) -> None:
        number = self._bench.trace.dropped_of(self._key)
        self.dropped.setVisible(number > 0)
        if number:
            self.dropped.setText(self.tr("%n older messages are no longer kept.", "", number))

    def _copy_url(self) -> None:
        QGuiApplication.clipboard().setText(self.url.text())
        self.said.emit(self.tr("The exact URL is on the clipboard."))

    def _restyle(self) -> None:
        font = theme.fixed_font()
        self.url.setFont(font)
        strong = QFont(font)
        strong.setBold(True)
        self.title.setFont(strong)
        colours = theme.tokens()
        self.setStyleSheet(
            f"DetailPane, QStackedWidget > QLabel {{ background: {colours.base.name()}; }}"
        )


def _sentence(parent: QWidget, name: str, tone: str) -> QLabel:
    """A label for a sentence under the facts."""
    label = QLabel(parent)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setAccessibleName(name)
    theme.set_tone(label, tone)
    label.hide()
    return label


def _say(label: QLabel, text: str) -> None:
    """Show the text with a warning sign; hide the label for ""."""
    text = f"\N{WARNING SIGN} {text}" if text else ""
    if text != label.text():
        label.setText(text)
        label.setVisible(bool(text))
