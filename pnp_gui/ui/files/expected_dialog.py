"""What a phone will ask for at its URL, and what of it the folder has."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFontMetrics, QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QLabel,
    QTableView,
    QWidget,
)

from pnp_gui.bench.bench import Bench
from pnp_gui.bench.fetches.make_files import family_of
from pnp_gui.bench.phones.key import key_now
from pnp_gui.bench.phones.phone import Phone
from pnp_gui.bench.urls.urls import known_make
from pnp_gui.ui.files.expected_model import HEADINGS, KINDS, ExpectedColumn, ExpectedModel
from pnp_gui.ui.theme import icons, theme
from pnp_gui.ui.widgets.dialog import CommandDialog
from pnp_gui.ui.widgets.elided_label import SEPARATOR, ElidedLabel
from pnp_gui.ui.widgets.key_button import KeyButton
from pnp_gui.ui.widgets.layout import column, row
from pnp_gui.ui.widgets.plain_table import PlainTable, selected_rows
from pnp_gui.ui.words.phone import phone_text
from pnp_gui.ui.words.translate import translate, trouble_text
from pnp_gui.ui.words.url_origin import origin_text

REFRESH_MS = 500
"""How often it looks at the folder."""
_ROW = 28
"""Pixels at 100 %."""


class ExpectedDialog(CommandDialog):
    """Follows the folder while it is open. Use `open()`."""

    def __init__(self, bench: Bench, key: str, parent: QWidget) -> None:
        super().__init__(self.tr("What files will it request?"), (860, 480), parent)
        self._bench = bench
        self._key = key
        self._said = ""
        """What was done last."""
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.model = ExpectedModel(self)
        self.table = self._make_table()
        tip = self.tr("Copy the names of the selected files, or of all if none is selected.")
        text, icon = self.tr("Copy names"), icons.icon("copy")
        self.copy = self.add_command(text, tip, self.copy_names, "Ctrl+C", icon=icon)
        tip = self.tr("Close this window.")
        self.close_ = self.add_command(self.tr("Close"), tip, self.reject, "Esc")
        column(self._make_head(), (self.table, 1), self._make_foot(), on=self)
        self.resize(self.sizeHint())
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        timer = QTimer(self, interval=REFRESH_MS)
        timer.timeout.connect(self.refresh)
        timer.start()
        self.refresh()

    def refresh(self) -> None:
        """Show what the phone would ask for now."""
        self._key = key_now(self._key, self._bench.phones)
        phone = self._bench.phones.get(self._key)
        if phone is None:
            self.reject()
            return
        facts = (phone_text(phone), phone.label, known_make(phone), phone.model)
        self.title.show_text(SEPARATOR.join(filter(None, facts)))
        self.url.show_text(self._url_text(phone))
        files = self._bench.expected_files(self._key)
        if files != self.model.rows:
            self.model.show(files)
            self._said = ""
        self.copy.setEnabled(bool(files))
        note = self._note(phone)
        if note != self.note.text():
            self.note.setText(note)
        self.note.setVisible(bool(note))
        family = family_of(known_make(phone), phone.model)
        source = self.tr("Source: {source}").format(source=family.source) if family else ""
        self.foot.show_text(self._said or (source if files else ""))

    def copy_names(self) -> None:
        """Copy the names of the selected files, else of all, one a line."""
        files = [self.model.rows[row] for row in selected_rows(self.table)] or self.model.rows
        QGuiApplication.clipboard().setText("\n".join(each.file.name for each in files))
        self._said = self.tr("%n names are on the clipboard.", "", len(files))
        self.refresh()

    def _url_text(self, phone: Phone) -> str:
        choice = self._bench.urls.choice(phone)
        url = self._bench.preview(self._key) or choice.template
        return SEPARATOR.join((url, origin_text(choice)))

    def _note(self, phone: Phone) -> str:
        """Why nothing is known, of the files or of the folder."""
        trouble = self._bench.why_no_url(self._key)
        if trouble is not None:
            return trouble_text(trouble)
        files = self.model.rows
        if not files:
            text = self.tr(
                "It is not known what {make} phones request from a folder. Give the phone a "
                "URL that names a file, such as http://…/${{mac}}.cfg: it then requests that "
                "file."
            )
            if not known_make(phone):
                text = self.tr(
                    "The make of this phone is not known, and so neither is what it requests "
                    "from a folder. Give it a URL that names a file, such as "
                    "http://…/${{mac}}.cfg."
                )
            return text.format(make=known_make(phone))
        if any(each.there is None for each in files):
            served = self._bench.served
            if not served.serving:
                return self.tr(
                    "No folder is being served, so it is not known which of these files exist."
                )
            if not served.is_ours(self._bench.preview(self._key)):
                return self.tr(
                    "This URL does not point to the folder that is served here, so it is not "
                    "known which of these files exist."
                )
        return self._warning()

    def _warning(self) -> str:
        """What the row of the phone warns of as well."""
        phone = self._bench.phones[self._key]
        trouble = self._bench.urls.missing_file(phone, self._bench.preview(self._key))
        return "" if trouble is None else trouble_text(trouble)

    # Construction.

    def _make_head(self) -> QWidget:
        head = QFrame(self)
        head.setProperty("bar", True)
        self.title = ElidedLabel(head, Qt.TextElideMode.ElideMiddle)
        font = self.title.font()
        font.setBold(True)
        self.title.setFont(font)
        self.url = ElidedLabel(head, Qt.TextElideMode.ElideMiddle)
        self.note = QLabel(head)
        self.note.setWordWrap(True)
        theme.set_tone(self.note, "amber")
        column(self.title, self.url, self.note, on=head, edges=(12, 10, 12, 10), gap=8)
        return head

    def _make_table(self) -> QTableView:
        table = PlainTable(self.tr("Files"), self.model, _ROW, self)
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        table.setProperty("ruled", True)
        table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        columns = table.horizontalHeader()
        columns.setStretchLastSection(True)
        fixed, plain = QFontMetrics(theme.fixed_font()), QFontMetrics(QApplication.font())
        widest = max(
            plain.horizontalAdvance(translate("ExpectedModel", text))
            for text in (*KINDS.values(), *HEADINGS.values())
        )
        gap = theme.spacing(24)
        name = fixed.horizontalAdvance("snomD785-000413A2105F.htm")
        table.setColumnWidth(ExpectedColumn.NAME, name + gap)
        table.setColumnWidth(ExpectedColumn.KIND, widest + gap)
        return table

    def _make_foot(self) -> QWidget:
        foot = QWidget(self)
        self.foot = ElidedLabel(foot)
        theme.set_tone(self.foot, "dim")
        buttons = (KeyButton(self.copy, foot), KeyButton(self.close_, foot))
        row((self.foot, 1), *buttons, on=foot, edges=(12, 10, 12, 10))
        return foot
