"""The lower pane: what is known of one phone, and its messages."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QFont, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QWidget,
)

from pnp_gui.bench.bench import Bench
from pnp_gui.bench.phones.files import MISSING_FILE
from pnp_gui.bench.phones.phone import Decision, Phone
from pnp_gui.pnp.url import KNOWN_LATER
from pnp_gui.ui.theme import icons, theme
from pnp_gui.ui.trace.conflict_bar import ConflictBar
from pnp_gui.ui.trace.ladder_view import LadderEnds, LadderView
from pnp_gui.ui.trace.message_view import MessageView
from pnp_gui.ui.widgets.context_menu import give_context_menu
from pnp_gui.ui.widgets.elided_label import SEPARATOR, ElidedLabel
from pnp_gui.ui.widgets.fitted_bar import fitting_form
from pnp_gui.ui.widgets.key_button import KeyButton
from pnp_gui.ui.widgets.layout import column, row
from pnp_gui.ui.widgets.sentence import LinkButton, Sentence
from pnp_gui.ui.words.conflict import mac_sentence
from pnp_gui.ui.words.letters import letters
from pnp_gui.ui.words.outcomes import count_selected
from pnp_gui.ui.words.phone import phone_text, profile_words
from pnp_gui.ui.words.times import clock_time
from pnp_gui.ui.words.translate import translate, trouble_text
from pnp_gui.ui.words.url_origin import origin_text

_LEAST = 44
"""Pixels at 100 % of ladder and text that are in view before the whole pane scrolls."""


class DetailPane(QStackedWidget):
    """Shows one phone at a time."""

    name_wanted = Signal()
    """The name of the missing file is to be copied."""
    said = Signal(str)
    """A sentence about what a button did."""

    def __init__(self, bench: Bench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self.key = ""
        """The phone that is shown, "" for none. Read only."""
        self._selected = 0
        self._letters = True
        self._buttons: list[KeyButton] = []
        self.setProperty("ground", "base")
        self.setAccessibleName(self.tr("Selected phone"))
        self.nothing = QLabel(self)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        theme.set_tone(self.nothing, "dim")
        self.addWidget(self.nothing)
        content = QWidget(self)
        splitter = self._make_splitter(content)
        column(self._make_head(content), (splitter, 1), on=content)
        self.addWidget(content)
        self.show_hidden(False)
        theme.theme_changed.connect(self._restyle)
        self._restyle()

    def show_hidden(self, hidden: bool) -> None:
        """Whether a filter hides every phone, so that none can be selected."""
        text = self.tr("Select a phone to see its messages.")
        if hidden:
            text = self.tr("No phone is shown, so none can be selected. Esc shows all again.")
        self.nothing.setText(text)

    def set_phone(self, key: str, selected: int = 1) -> None:
        """`selected`: how many phones are."""
        self._selected = selected
        if key not in self._bench.phones:
            key = ""
        if key != self.key:
            self.key = key
            self.ladder.set_phone(key)
        self.refresh()

    def refresh(self) -> None:
        """Show what is new about the phone. Cheap if nothing is."""
        phone = self._bench.phones.get(self.key)
        if phone is None:
            self.setCurrentIndex(0)
            self.setAccessibleDescription(self.nothing.text())
            return
        self.setCurrentIndex(1)
        self._show_facts(phone)
        _say(self.other_mac, mac_sentence(phone))
        self.conflict.show_conflict(phone, keys=self._letters and self._selected == 1)
        self._show_url(phone)
        self.ladder.messages.set_address(phone.address)
        self.ladder.refresh()
        self.ends.show_ends(self.ladder.messages.end_of_phone())
        dropped = self._bench.trace.dropped_of(self.key)
        self.dropped.setVisible(dropped > 0)
        self.dropped.setText(self.tr("%n other messages are no longer kept.", "", dropped))

    def show_letters(self, on: bool) -> None:
        """Whether single letters are commands: only then the pane names them."""
        self._letters = on
        self.refresh()

    def minimumSizeHint(self) -> QSize:
        """Of what is shown: Qt's own is the largest page's."""
        shown = self.currentWidget()
        return super().minimumSizeHint() if shown is None else shown.minimumSizeHint()

    def heightForWidth(self, width: int) -> int:
        """The least, below which `QScrollArea` scrolls: Qt's own is what ladder and text would
        like to have."""
        shown = self.currentWidget()
        layout = None if shown is None else shown.layout()
        return -1 if layout is None else layout.minimumHeightForWidth(width)

    def add_actions(self, save: QAction, mail: QAction, copy: QAction) -> None:
        """Add actions for the messages: as buttons, and in the context menu of the ladder."""
        for place, action in enumerate((save, mail), start=2):
            button = KeyButton(action, self._head)
            self._grid.addWidget(button, 0, place, 2, 1, Qt.AlignmentFlag.AlignVCenter)
            self._buttons.append(button)
        self.ladder.addActions([copy, save, mail])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the buttons leave the room to what is known of the phone."""
        super().resizeEvent(event)
        form = fitting_form(self._buttons, self.width() // 3)
        for button in self._buttons:
            button.set_form(form)

    def tab_stops(self) -> list[QWidget]:
        return [
            self.copy_url,
            *self._buttons,
            self.copy_name,
            *self.conflict.buttons,
            self.ladder,
            self.text,
        ]

    def _make_head(self, parent: QWidget) -> QFrame:
        head = self._head = QFrame(parent)
        head.setProperty("bar", True)
        selectable = Qt.TextInteractionFlag.TextSelectableByMouse
        self.title = QLabel(head, textInteractionFlags=selectable)
        self.title.setAccessibleDescription(self.tr("Phone"))
        self.facts = ElidedLabel(head)
        self.facts.setAccessibleDescription(self.tr("What is known of the phone"))
        self.source = QLabel(head)
        theme.set_tone(self.source, "dim")
        self.url = ElidedLabel(head, Qt.TextElideMode.ElideMiddle)
        self.url.setAccessibleDescription(self.tr("Exact URL"))
        self.has = ElidedLabel(head, Qt.TextElideMode.ElideMiddle)
        self.has.setAccessibleDescription(self.tr("The URL that the phone has"))
        theme.set_tone(self.has, "amber")
        self.has.hide()
        self.copy_url = QToolButton(head)
        self.copy_url.setIcon(icons.icon("copy", "dim"))
        theme.set_tone(self.copy_url, "link")
        self.copy_url.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.copy_url.setToolTip(self.tr("Copy the exact URL"))
        self.copy_url.setAccessibleName(self.tr("Copy the exact URL"))
        self.copy_url.clicked.connect(self._copy_url)

        grid = self._grid = QGridLayout(head)
        edge = theme.spacing(12)
        grid.setContentsMargins(edge, theme.spacing(6), edge, theme.spacing(6))
        grid.setHorizontalSpacing(theme.spacing(14))
        grid.setVerticalSpacing(theme.spacing(2))
        grid.setColumnStretch(1, 1)
        grid.addWidget(self.title, 0, 0)
        grid.addWidget(self.facts, 0, 1)
        grid.addWidget(self.has, 1, 1)
        grid.addWidget(self.source, 2, 0)
        grid.addLayout(row(self.url, self.copy_url, None, gap=4), 2, 1, 1, 3)

        self.warning, self.other_mac = Sentence("", head), Sentence("", head)
        for label in (self.warning, self.other_mac):
            label.setTextInteractionFlags(selectable)
        self.warning.setAccessibleDescription(self.tr("Warning about the URL"))
        self.other_mac.setAccessibleDescription(self.tr("Warning about the MAC address"))
        self.copy_name = LinkButton(head)
        self.copy_name.setText(self.tr("Copy the name"))
        self.copy_name.setToolTip(self.tr("Copy the name that the file must have."))
        self.copy_name.clicked.connect(self.name_wanted)
        self.copy_name.hide()
        self.conflict = ConflictBar(head)
        grid.addLayout(row(self.warning, self.copy_name, None), 3, 0, 1, 4)
        grid.addWidget(self.other_mac, 4, 0, 1, 4)
        grid.addWidget(self.conflict, 5, 0, 1, 4)
        for label in (self.warning, self.other_mac):
            theme.set_tone(label, "bad")
            label.hide()
        return head

    def _make_splitter(self, parent: QWidget) -> QSplitter:
        splitter = self.splitter = QSplitter(parent, childrenCollapsible=False)
        left = QWidget(splitter)
        self.ends = LadderEnds(left)
        self.dropped = QLabel(left)
        theme.set_tone(self.dropped, "dim")
        edge = theme.spacing(12)
        self.dropped.setContentsMargins(edge, theme.spacing(3), edge, theme.spacing(3))
        self.dropped.hide()
        self.ladder = LadderView(self._bench.talk, left)
        self.ladder.said.connect(self.said)
        give_context_menu(self.ladder)
        self.missing = self.ladder.missing
        column(self.ends, self.dropped, (self.ladder, 1), on=left)
        self.text = MessageView(splitter)
        self.ladder.chosen.connect(self.text.show_entry)
        splitter.setSizes([460, 540])
        splitter.setStretchFactor(0, 46)
        splitter.setStretchFactor(1, 54)
        return splitter

    def _show_facts(self, phone: Phone) -> None:
        self.title.setText(phone_text(phone))
        counted = count_selected(self._selected) if self._selected > 1 else ""
        by_arp = self.tr("MAC by ARP") if phone.mac_by_arp else ""
        profile = profile_words(phone)
        facts = [counted, by_arp, phone.label, phone.make, phone.model, phone.version, profile]
        if phone.address and phone.interface:
            where = self.tr("{address} on {interface}")
            facts.append(where.format(address=phone.address, interface=phone.interface))
        elif phone.address:
            facts.append(phone.address)
        if phone.first_seen is not None and phone.last_seen is not None:
            first = self.tr("first asked {time}").format(time=clock_time(phone.first_seen))
            last = self.tr("last asked {time}").format(time=clock_time(phone.last_seen))
            facts += [first, last]
        else:
            facts.append(self.tr("has not asked yet"))
        self.facts.show_text(SEPARATOR.join(filter(None, facts)))
        self.setAccessibleDescription(SEPARATOR.join((self.title.text(), self.facts.text())))

    def _show_url(self, phone: Phone) -> None:
        choice = self._bench.urls.choice(phone)
        self.source.setText(origin_text(choice))
        trouble = self._bench.why_no_url(phone.key)
        troubles = [trouble] if trouble is not None else self._bench.urls.warnings(phone)
        url = self._bench.preview(phone.key)
        # If there is no URL, the template shows what cannot be filled in.
        text = url or choice.template
        other = bool(phone.accepted_url) and phone.accepted_url != url
        if other and trouble is None:
            text = _would_get(phone).format(url=url, **letters())
        self.url.show_text(text)
        has = self.tr("Has: {url} ({time})")
        time = "" if phone.accepted_at is None else clock_time(phone.accepted_at)
        self.has.show_text(has.format(url=phone.accepted_url, time=time) if other else "")
        self.has.setVisible(other)
        theme.set_tone(self.url, "" if trouble is None else "dim")
        self.copy_url.setEnabled(trouble is None)
        self.copy_url.setAccessibleDescription(url)
        later = trouble is not None and trouble.code == KNOWN_LATER
        theme.set_tone(self.warning, "dim" if later else "amber" if trouble is None else "bad")
        _say(self.warning, " ".join(map(trouble_text, troubles)), sign=not later)
        missing = any(each.code == MISSING_FILE for each in troubles)
        self.copy_name.setVisible(missing and bool(self._bench.missing_files(self.key)))

    def _copy_url(self) -> None:
        QGuiApplication.clipboard().setText(self._bench.preview(self.key))
        self.said.emit(self.tr("The exact URL is on the clipboard."))

    def _restyle(self) -> None:
        font = theme.fixed_font()
        for label in (self.url, self.has):
            label.setFont(font)
        strong = QFont(font)
        strong.setBold(True)
        self.title.setFont(strong)
        for view in (self.ladder, self.text):
            view.setMinimumHeight(theme.spacing(_LEAST))


def _would_get(phone: Phone) -> str:
    """The URL that the phone would get, with {url}, and when; it has another one."""
    if phone.is_under_way:
        return translate("DetailPane", "Being sent now: {url}")
    if phone.decision is not Decision.APPROVED:
        return translate("DetailPane", "Would get if approved: {url}")
    if phone.asked:
        return translate("DetailPane", "Would get now: {url}, {S} sends it")
    return translate("DetailPane", "Would get now: {url}, sent when it asks")


def _say(label: QLabel, text: str, *, sign: bool = True) -> None:
    text = f"\N{WARNING SIGN} {text}" if text and sign else text
    if text != label.text():
        label.setText(text)
        label.setVisible(bool(text))
