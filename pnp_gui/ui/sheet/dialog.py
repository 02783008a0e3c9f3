"""The preview: what a sheet would change. Enter applies it, Esc cancels.

The dialog changes nothing itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QFontMetrics, QGuiApplication, QIcon, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QButtonGroup,
    QComboBox,
    QFrame,
    QGridLayout,
    QLabel,
    QPlainTextEdit,
    QTableView,
    QToolButton,
    QWidget,
)

from pnp_gui.bench.sheet.cells import csv_text
from pnp_gui.bench.sheet.preview import PreviewLine, Verdict
from pnp_gui.bench.sheet.reading import Reading
from pnp_gui.ui.decisions.approve_all_banner import ApproveAllBanner
from pnp_gui.ui.sheet.columns import ListColumns
from pnp_gui.ui.sheet.model import VERDICT_STYLES, SheetColumn, SheetModel, cell_text
from pnp_gui.ui.theme import icons, theme
from pnp_gui.ui.widgets.dialog import CommandDialog
from pnp_gui.ui.widgets.elided_label import SEPARATOR, ElidedLabel
from pnp_gui.ui.widgets.fitted_bar import FittedBar
from pnp_gui.ui.widgets.key_button import Form, KeyButton
from pnp_gui.ui.widgets.layout import column, row
from pnp_gui.ui.widgets.plain_table import PlainTable
from pnp_gui.ui.widgets.typing_pace import TypingPace, is_line_end
from pnp_gui.ui.words.translate import QT_TRANSLATE_NOOP, translate, translated, trouble_text

CHANGING = (Verdict.NEW, Verdict.CHANGES)
"""Lines that would change something."""

_CHIPS = {
    None: QT_TRANSLATE_NOOP("SheetDialog", "&All lines {n}"),
    Verdict.NEW: QT_TRANSLATE_NOOP("SheetDialog", "&New {n}"),
    Verdict.CHANGES: QT_TRANSLATE_NOOP("SheetDialog", "C&hanged {n}"),
    Verdict.SAME: QT_TRANSLATE_NOOP("SheetDialog", "&Unchanged {n}"),
    Verdict.NOTE: QT_TRANSLATE_NOOP("SheetDialog", "&Skipped {n}"),
    Verdict.WRONG: QT_TRANSLATE_NOOP("SheetDialog", "&Rejected {n}"),
}
"""Which lines to show."""

_WHOLE = 3
"""Lines of text for the current line of the sheet; more are scrolled to, fewer in a low window."""

_ROW = 28
"""Pixels at 100 %; lower than a phone's row, as nothing in it is edited."""


class SheetDialog(CommandDialog):
    """The lines of a sheet, each with what it would change. `accepted`: apply them."""

    worksheet_chosen = Signal(object)
    """The `Reading` of another worksheet."""

    def __init__(self, name: str, parent: QWidget) -> None:
        """`name` of the sheet."""
        super().__init__(self.tr("Import sheet"), (900, 620), parent)
        self._name = name
        self._pace = TypingPace()
        self.reading = Reading()
        self.lines: list[PreviewLine] = []
        self.counts: Counter[Verdict] = Counter()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.model = SheetModel(self)
        self.table = self._make_table()
        self.whole = self._make_whole()
        self._make_actions()
        self.banner = ApproveAllBanner(self)
        head, foot = self._make_head(), self._make_foot()
        self.columns = ListColumns(self)
        chips = self._make_chips()
        parts = (self.banner, head, self.columns, chips, (self.table, 1), self.whole, foot)
        column(*parts, on=self)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_reading(
        self, reading: Reading, lines: Sequence[PreviewLine], at_once: int, *, can_forget: bool
    ) -> None:
        """Show what the list would do. `at_once`: phones that get their URL as soon as it is
        applied; `can_forget`: a column has a meaning that was given by hand."""
        self.reading = reading
        self.lines = list(lines)
        self.counts = Counter(line.verdict for line in lines)
        self.model.set_lines(self.lines)
        self.title.show_text(self._summary())
        layout = reading.layout
        phrases = [] if reading.question or layout is None else layout.described()
        self.understood.show_text(SEPARATOR.join(map(translated, phrases)))
        self.understood.setVisible(bool(phrases))
        self.question.setText(trouble_text(reading.question) if reading.question else "")
        self.question.setVisible(reading.question is not None)
        self.columns.show_reading(reading, can_forget=can_forget)
        self.worksheets.clear()
        for one in reading.worksheets:
            self.worksheets.addItem(one.worksheet, one)
        self.worksheets.setCurrentText(reading.worksheet)
        self.worksheet.setVisible(len(reading.worksheets) > 1)
        for verdict, chip in self.chips.items():
            number = len(self.lines) if verdict is None else self.counts[verdict]
            text = translate("SheetDialog", _CHIPS[verdict]).format(n=number)
            chip.setAccessibleName(text.replace("&", ""))
            chip.setText(text if verdict is None else f" {text}")  # the style leaves no gap
            chip.setVisible(verdict is None or number > 0)
        self._place_chips()
        self.chips[None].setChecked(True)
        self.at_once.setText(
            self.tr(
                "%n of these phones have already asked: they get their URL at once.", "", at_once
            )
        )
        self.at_once.setVisible(at_once > 0)
        self._name_actions()
        if reading.question:
            self.columns.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.isVisible():
            # A size hint is not enough: Qt limits that to two thirds of the screen.
            self.resize(self.sizeHint())

    @property
    def to_apply(self) -> int:
        return sum(self.counts[verdict] for verdict in CHANGING)

    def changing(self) -> list[str]:
        """Keys of the phones that the sheet adds or changes, in its order."""
        return [line.key for line in self.lines if line.verdict in CHANGING]

    # Construction.

    def _make_actions(self) -> None:
        self.apply = self.add_command("", "", self._enter, "Enter", "Return")
        tip = self.tr("Leave everything as it is.")
        self.cancel = self.add_command(self.tr("Cancel"), tip, self.reject, "Esc")
        tip = self.tr("Copy the rejected lines, with the reasons, to correct them.")
        text, icon = self.tr("Copy rejected lines"), icons.icon("copy")
        self.copy = self.add_command(text, tip, self._copy, "Ctrl+C", icon=icon)

    def _name_actions(self) -> None:
        """Say on the buttons what they do with these lines."""
        text, icon = self.tr("Close"), QIcon()
        tip = self.tr("There is nothing to apply.")
        if self.to_apply:
            text = self.tr("Apply %n lines", "", self.to_apply)
            icon = icons.icon("approve", "good")
            tip = self.tr("Apply all these lines in one step.")
        self.apply.setText(text)
        self.apply.setIcon(icon)
        self.apply.setToolTip(tip)
        self.apply.setEnabled(True)
        self.apply_button.recolour("good" if self.to_apply else "", strong=True)
        self.cancel.setVisible(self.to_apply > 0)
        self.copy.setText(self.tr("Copy rejected lines"))
        self.copy.setVisible(self.counts[Verdict.WRONG] > 0)

    def _make_head(self) -> QWidget:
        head = QFrame(self)
        head.setProperty("bar", True)
        self.title = ElidedLabel(head, Qt.TextElideMode.ElideMiddle)
        font = self.title.font()
        font.setBold(True)
        self.title.setFont(font)
        self.understood = ElidedLabel(head)
        self.question = QLabel(head)
        self.question.setWordWrap(True)
        theme.set_tone(self.question, "amber")
        self.worksheet = QWidget(head)
        self.worksheets = QComboBox(self.worksheet)
        self.worksheets.activated.connect(
            lambda index: self.worksheet_chosen.emit(self.worksheets.itemData(index))
        )
        name = QLabel(self.tr("&Worksheet:"), self.worksheet)
        name.setBuddy(self.worksheets)
        row(name, self.worksheets, None, on=self.worksheet)
        parts = (self.title, self.understood, self.question, self.worksheet)
        column(*parts, on=head, edges=(12, 10, 12, 10), gap=8)
        return head

    def _make_chips(self) -> QWidget:
        bar = QFrame(self)
        bar.setProperty("bar", True)
        group = QButtonGroup(self)
        self.chips = {verdict: self._make_chip(verdict, bar) for verdict in _CHIPS}
        for chip in self.chips.values():
            group.addButton(chip)
        self.at_once = QLabel(bar)
        theme.set_tone(self.at_once, "amber")
        self._rows_of_chips = QGridLayout()
        self._rows_of_chips.setSpacing(theme.spacing(6))
        chips = row(self._rows_of_chips, None)
        column(chips, self.at_once, on=bar, edges=(12, 8, 12, 8), gap=8)
        return bar

    def _place_chips(self) -> None:
        """In two rows where there is no room for them in one."""
        chips = [chip for chip in self.chips.values() if not chip.isHidden()]
        needed = sum(chip.sizeHint().width() + theme.spacing(6) for chip in chips)
        room = self.sizeHint().width() - theme.spacing(24)
        in_row = len(chips) if needed <= room else (len(chips) + 1) // 2
        for place, chip in enumerate(chips):
            self._rows_of_chips.addWidget(chip, *divmod(place, in_row))

    def _make_chip(self, verdict: Verdict | None, parent: QWidget) -> QToolButton:
        chip = QToolButton(parent)
        chip.setCheckable(True)
        chip.setToolTip(self.tr("Show only these lines."))
        if verdict is not None:
            chip.setIcon(icons.icon(*VERDICT_STYLES[verdict]))
            chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        chip.clicked.connect(lambda: self.model.show_only(verdict))
        return chip

    def _make_table(self) -> QTableView:
        table = PlainTable(self.tr("Lines of the sheet"), self.model, _ROW, self)
        table.setProperty("ruled", True)
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        columns = table.horizontalHeader()
        columns.setStretchLastSection(True)
        fixed = QFontMetrics(theme.fixed_font())
        plain = QFontMetrics(QApplication.font())
        verdict = plain.horizontalAdvance(translate("SheetModel", "Skipped"))
        for part, width in (
            (SheetColumn.LINE, fixed.horizontalAdvance("000000")),
            (SheetColumn.PHONE, fixed.horizontalAdvance("00:04:13:A2:10:5F")),
            (SheetColumn.VERDICT, verdict + theme.spacing(26)),
        ):
            table.setColumnWidth(part, width + theme.spacing(24))
        return table

    def _make_whole(self) -> QPlainTextEdit:
        """The current line in full, as the columns may be too narrow. It is as high for every line,
        so that nothing moves, and wraps also what has no blank, such as a URL."""
        whole = QPlainTextEdit(self, readOnly=True, tabChangesFocus=True)
        whole.setProperty("bar", True)
        whole.setAccessibleName(self.tr("The selected line"))
        edge = theme.spacing(10)
        whole.document().setDocumentMargin(edge)
        line = whole.fontMetrics().lineSpacing()
        whole.setMinimumHeight(line + 2 * edge)
        whole.setMaximumHeight(_WHOLE * line + 2 * edge + theme.spacing(4))
        whole.hide()
        self.table.selectionModel().currentRowChanged.connect(self._show_whole)
        self.model.modelReset.connect(whole.hide)
        return whole

    def _show_whole(self, current: QModelIndex) -> None:
        if current.isValid():
            line = self.model.rows[current.row()]
            parts = [cell_text(line, SheetColumn.PHONE), cell_text(line, SheetColumn.DETAILS)]
            self.whole.setPlainText("\n".join(filter(None, parts)))
        self.whole.setVisible(current.isValid())

    def _make_foot(self) -> QWidget:
        foot = FittedBar(self)
        foot.setProperty("bar", False)
        self.copy_button = KeyButton(self.copy, foot)
        self.cancel_button = KeyButton(self.cancel, foot)
        self.apply_button = KeyButton(self.apply, foot, strong=True)
        buttons = (self.copy_button, self.cancel_button, self.apply_button)
        steps = [(Form.WORDS, buttons), (Form.ICON, [self.copy_button])]
        foot.set_parts(buttons[0], None, *buttons[1:], steps=steps, edges=(12, 10, 12, 10))
        return foot

    def _summary(self) -> str:
        text = self.tr("{name}: this is what would change. Nothing has changed yet.")
        if self.reading.question:
            text = self.tr(
                "{name}: which column has the phones' MACs? Click its heading and choose MAC."
            )
        elif not self.to_apply:
            text = self.tr("{name}: nothing would change.")
            if not self.counts[Verdict.WRONG]:
                text = self.tr("{name}: everything is already as the sheet says.")
            elif not self.counts[Verdict.SAME]:
                text = self.tr("{name}: no line can be used.")
        return text.format(name=self._name)

    # Actions.

    def event(self, event: QEvent) -> bool:
        """The Enter at the end of a scanned code does not apply the sheet."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            scanned = is_line_end(event) and self._pace.follows(event)
            self._pace.typed(event)
            if scanned:
                event.accept()
                return True
        return super().event(event)

    def _enter(self) -> None:
        # Enter on the Cancel button cancels.
        if self.to_apply and not self.cancel_button.hasFocus():
            self.accept()
        else:
            self.reject()

    def _copy(self) -> None:
        """Copy number, reason and text of the bad lines, for a spreadsheet."""
        rows = (
            (str(line.number), trouble_text(line.reason), line.text)
            for line in self.lines
            if line.verdict is Verdict.WRONG and line.reason is not None
        )
        QGuiApplication.clipboard().setText(csv_text(rows, "\t", "\n"))
        self.copy.setText(self.tr("Copied"))
