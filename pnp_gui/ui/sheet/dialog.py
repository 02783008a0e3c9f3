"""The preview: what a sheet would change. Enter applies it, Esc cancels.

The dialog changes nothing itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QSize, Qt
from PySide6.QtGui import QFontMetrics, QGuiApplication, QIcon
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QButtonGroup,
    QFrame,
    QLabel,
    QTableView,
    QToolButton,
    QWidget,
)

from pnp_gui.bench.sheet.cells import csv_text
from pnp_gui.bench.sheet.preview import PreviewLine, Verdict
from pnp_gui.ui.decisions.approve_all_banner import ApproveAllBanner
from pnp_gui.ui.sheet.model import VERDICT_STYLES, SheetColumn, SheetModel, cell_text
from pnp_gui.ui.theme import icons, theme
from pnp_gui.ui.widgets.dialog import CommandDialog
from pnp_gui.ui.widgets.elided_label import ElidedLabel
from pnp_gui.ui.widgets.key_button import KeyButton
from pnp_gui.ui.widgets.layout import column, row
from pnp_gui.ui.widgets.plain_table import plain_table
from pnp_gui.ui.words.translate import translate, trouble_text

CHANGING = (Verdict.NEW, Verdict.CHANGES)
"""Lines that would change something."""


_ROW = 28
"""Pixels at 100 %; lower than a phone's row, as nothing in it is edited."""


class SheetDialog(CommandDialog):
    """The lines of a sheet, each with what it would change. `accepted`: apply them."""

    def __init__(
        self, name: str, lines: Sequence[PreviewLine], at_once: int, parent: QWidget
    ) -> None:
        """`name` of the sheet; `at_once`: phones that get their URL as soon as it is applied."""
        super().__init__(self.tr("Import sheet"), (900, 560), parent)
        self.lines = list(lines)
        self.counts = Counter(line.verdict for line in lines)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.model = SheetModel(self.lines, self)
        self.table = self._make_table()
        self.whole = self._make_whole()
        self._make_actions()
        self.banner = ApproveAllBanner(self)
        head, foot = self._make_head(name, at_once), self._make_foot()
        column(self.banner, head, (self.table, 1), self.whole, foot, on=self)
        # A size hint is not enough: Qt limits that to two thirds of the screen.
        self.resize(self.sizeHint())
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def to_apply(self) -> int:
        return sum(self.counts[verdict] for verdict in CHANGING)

    # Construction.

    def _make_actions(self) -> None:
        text, icon = self.tr("Close"), QIcon()
        tip = self.tr("There is nothing to apply.")
        if self.to_apply:
            text = self.tr("Apply %n lines", "", self.to_apply)
            icon = icons.icon("approve", "good")
            tip = self.tr("Apply all these lines in one step.")
        self.apply = self.add_command(text, tip, self._enter, "Enter", "Return", icon=icon)
        tip = self.tr("Leave everything as it is.")
        self.cancel = self.add_command(self.tr("Cancel"), tip, self.reject, "Esc")
        tip = self.tr("Copy the lines that cannot be used, with the reasons, to correct them.")
        text, icon = self.tr("Copy lines left out"), icons.icon("copy")
        self.copy = self.add_command(text, tip, self._copy, "Ctrl+C", icon=icon)
        self.copy.setVisible(self.counts[Verdict.WRONG] > 0)

    def _make_head(self, name: str, at_once: int) -> QWidget:
        head = QFrame(self)
        head.setProperty("bar", True)
        self.title = ElidedLabel(head, Qt.TextElideMode.ElideMiddle)
        font = self.title.font()
        font.setBold(True)
        self.title.setFont(font)
        self.title.show_text(self._summary(name))
        self.chips: dict[Verdict | None, QToolButton] = {}
        group = QButtonGroup(self)
        for verdict, text in (
            (None, self.tr("&All lines {n}")),
            (Verdict.NEW, self.tr("&New {n}")),
            (Verdict.CHANGES, self.tr("C&hanged {n}")),
            (Verdict.SAME, self.tr("&Unchanged {n}")),
            (Verdict.NOTE, self.tr("&Passed over {n}")),
            (Verdict.WRONG, self.tr("&Left out {n}")),
        ):
            number = len(self.lines) if verdict is None else self.counts[verdict]
            chip = self._make_chip(verdict, text.format(n=number), head)
            chip.setEnabled(number > 0)
            group.addButton(chip)
            self.chips[verdict] = chip
        self.chips[None].setChecked(True)
        text = self.tr(
            "%n of these phones have already asked: they get their URL at once.", "", at_once
        )
        self.at_once = QLabel(text, head)
        self.at_once.setVisible(at_once > 0)
        theme.set_tone(self.at_once, "amber")
        chips = row(*self.chips.values(), None, gap=6)
        column(self.title, chips, self.at_once, on=head, edges=(12, 10, 12, 10), gap=8)
        return head

    def _make_chip(self, verdict: Verdict | None, text: str, parent: QWidget) -> QToolButton:
        chip = QToolButton(parent)
        chip.setText(text)
        chip.setCheckable(True)
        chip.setAccessibleName(text.replace("&", ""))
        chip.setToolTip(self.tr("Show only these lines."))
        if verdict is not None:
            chip.setIcon(icons.icon(*VERDICT_STYLES[verdict]))
            chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            chip.setText(f" {text}")  # the style has no gap after the icon
        chip.clicked.connect(lambda: self.model.show_only(verdict))
        return chip

    def _make_table(self) -> QTableView:
        table = plain_table(self.tr("Lines of the sheet"), self.model, _ROW, self)
        line, side = theme.tokens().line.name(), theme.spacing(13)
        table.setIconSize(QSize(side, side))
        table.setStyleSheet(
            f"QTableView {{ outline: 0; }} QTableView::item {{ padding: 0 {theme.spacing(7)}px;"
            f" border: 0; border-bottom: 1px solid {line}; }}"
        )
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        columns = table.horizontalHeader()
        columns.setStretchLastSection(True)
        fixed = QFontMetrics(theme.fixed_font())
        plain = QFontMetrics(QApplication.font())
        verdict = plain.horizontalAdvance(translate("SheetModel", "Passed over"))
        for part, width in (
            (SheetColumn.LINE, fixed.horizontalAdvance("000000")),
            (SheetColumn.PHONE, fixed.horizontalAdvance("00:04:13:A2:10:5F")),
            (SheetColumn.VERDICT, verdict + theme.spacing(26)),
        ):
            table.setColumnWidth(part, width + theme.spacing(24))
        return table

    def _make_whole(self) -> QLabel:
        """The current line in full, as the columns may be too narrow."""
        whole = QLabel(self)
        whole.setProperty("bar", True)
        whole.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        whole.setWordWrap(True)
        whole.setAccessibleName(self.tr("The selected line"))
        edge = theme.spacing(12)
        whole.setContentsMargins(edge, theme.spacing(8), edge, theme.spacing(8))
        whole.hide()
        self.table.selectionModel().currentRowChanged.connect(self._show_whole)
        self.model.modelReset.connect(whole.hide)
        return whole

    def _show_whole(self, current: QModelIndex) -> None:
        if current.isValid():
            line = self.model.line_at(current.row())
            parts = [cell_text(line, SheetColumn.PHONE), cell_text(line, SheetColumn.DETAILS)]
            self.whole.setText("\n".join(filter(None, parts)))
        self.whole.setVisible(current.isValid())

    def _make_foot(self) -> QWidget:
        foot = QWidget(self)
        self.copy_button = KeyButton(self.copy, foot)
        self.copy_button.setVisible(self.copy.isVisible())
        self.cancel_button = KeyButton(self.cancel, foot)
        self.cancel_button.setVisible(self.to_apply > 0)
        self.apply_button = KeyButton(
            self.apply, foot, tone="good" if self.to_apply else "", strong=True
        )
        buttons = (self.copy_button, None, self.cancel_button, self.apply_button)
        row(*buttons, on=foot, edges=(12, 10, 12, 10))
        return foot

    def _summary(self, name: str) -> str:
        text = self.tr("{name}: this is what would change. Nothing has changed yet.")
        if not self.to_apply:
            text = self.tr("{name}: nothing would change.")
            if not self.counts[Verdict.WRONG]:
                text = self.tr("{name}: everything is already as it says.")
            elif not self.counts[Verdict.SAME]:
                text = self.tr("{name}: no line can be used.")
        return text.format(name=name)

    # Actions.

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
