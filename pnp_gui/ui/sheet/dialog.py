"""The preview: what a sheet would change. Enter applies it, Esc cancels.

The dialog changes nothing itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QSize, Qt
from PySide6.QtGui import QAction, QFontMetrics, QGuiApplication, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QButtonGroup,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from pnp_gui.bench.sheet.cells import csv_text
from pnp_gui.bench.sheet.preview import PreviewLine, Verdict
from pnp_gui.ui.decisions.approve_all_banner import ApproveAllBanner
from pnp_gui.ui.sheet.delegate import ROW_HEIGHT, SheetDelegate
from pnp_gui.ui.sheet.model import VERDICT_STYLES, SheetColumn, SheetModel, cell_text
from pnp_gui.ui.theme import icons, theme
from pnp_gui.ui.widgets.elided_label import ElidedLabel
from pnp_gui.ui.widgets.key_button import KeyButton
from pnp_gui.ui.widgets.plain_table import plain_table
from pnp_gui.ui.words.translate import translate, trouble_text

CHANGING = (Verdict.NEW, Verdict.CHANGES)
"""Lines that would change something."""


class SheetDialog(QDialog):
    """The lines of a sheet, each with what it would change. `accepted`: apply them."""

    def __init__(
        self, name: str, lines: Sequence[PreviewLine], at_once: int, parent: QWidget
    ) -> None:
        """`name` of the sheet; `at_once`: phones that get their URL as soon as it is applied."""
        super().__init__(parent)
        self._parent_size = parent.size()
        self.lines = list(lines)
        self.counts = Counter(line.verdict for line in lines)
        self.setWindowTitle(self.tr("Import sheet"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.model = SheetModel(self.lines, self)
        self.table = self._make_table()
        self.whole = self._make_whole()
        self._make_actions()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.band = ApproveAllBanner(self)
        column.addWidget(self.band)
        column.addWidget(self._make_head(name, at_once))
        column.addWidget(self.table, 1)
        column.addWidget(self.whole)
        column.addWidget(self._make_foot())
        # A size hint is not enough: Qt limits that to two thirds of the screen.
        self.resize(self.sizeHint())
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def to_apply(self) -> int:
        """How many lines would change something."""
        return sum(self.counts[verdict] for verdict in CHANGING)

    def sizeHint(self) -> QSize:
        wanted = QSize(theme.spacing(900), theme.spacing(560))
        return wanted.boundedTo(self._parent_size * 0.95)

    # Construction.

    def _make_actions(self) -> None:
        self.apply = QAction(self)
        # Both Enter keys; the button shows the first.
        self.apply.setShortcuts([QKeySequence("Enter"), QKeySequence("Return")])
        if self.to_apply:
            self.apply.setText(self.tr("Apply %n lines", "", self.to_apply))
            self.apply.setIcon(icons.icon("approve", "good"))
            self.apply.setToolTip(self.tr("Apply all these lines in one step."))
        else:
            self.apply.setText(self.tr("Close"))
            self.apply.setToolTip(self.tr("There is nothing to apply."))
        self.apply.triggered.connect(self._enter)
        self.cancel = QAction(self.tr("Cancel"), self)
        self.cancel.setShortcut(QKeySequence("Esc"))
        self.cancel.setToolTip(self.tr("Leave everything as it is."))
        self.cancel.triggered.connect(self.reject)
        self.copy = QAction(icons.icon("copy"), self.tr("Copy lines left out"), self)
        self.copy.setShortcut(QKeySequence("Ctrl+C"))
        self.copy.setToolTip(
            self.tr("Copy the lines that cannot be used, with the reasons, to correct them.")
        )
        self.copy.setVisible(self.counts[Verdict.WRONG] > 0)
        self.copy.triggered.connect(self._copy)
        self.addActions([self.apply, self.cancel, self.copy])

    def _make_head(self, name: str, at_once: int) -> QWidget:
        head = QFrame(self)
        head.setProperty("bar", True)
        edge = theme.spacing(12)
        column = QVBoxLayout(head)
        column.setContentsMargins(edge, theme.spacing(10), edge, theme.spacing(10))
        column.setSpacing(theme.spacing(8))
        self.title = ElidedLabel(head, Qt.TextElideMode.ElideMiddle)
        font = self.title.font()
        font.setBold(True)
        self.title.setFont(font)
        self.title.show_text(self._summary(name))
        column.addWidget(self.title)
        row = QHBoxLayout()
        row.setSpacing(theme.spacing(6))
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
            row.addWidget(chip)
            self.chips[verdict] = chip
        self.chips[None].setChecked(True)
        row.addStretch(1)
        column.addLayout(row)
        if at_once:
            text = self.tr(
                "%n of these phones have already asked: they get their URL at once.", "", at_once
            )
            self.at_once = QLabel(text, head)
            theme.set_tone(self.at_once, "amber")
            column.addWidget(self.at_once)
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
        table = plain_table(self.tr("Lines of the sheet"), self.model, ROW_HEIGHT, self)
        table.setItemDelegate(SheetDelegate(table))
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        columns = table.horizontalHeader()
        columns.setStretchLastSection(True)
        fixed = QFontMetrics(theme.fixed_font())
        plain = QFontMetrics(QApplication.font())
        for part, width in (
            (SheetColumn.LINE, fixed.horizontalAdvance("000000")),
            (SheetColumn.PHONE, fixed.horizontalAdvance("00:04:13:A2:10:5F")),
            (
                SheetColumn.VERDICT,
                plain.horizontalAdvance(translate("SheetModel", "Passed over")) + theme.spacing(26),
            ),
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
        edge = theme.spacing(12)
        row = QHBoxLayout(foot)
        row.setContentsMargins(edge, theme.spacing(10), edge, theme.spacing(10))
        row.setSpacing(theme.spacing(8))
        self.copy_button = KeyButton(self.copy, foot)
        self.copy_button.setVisible(self.copy.isVisible())
        self.cancel_button = KeyButton(self.cancel, foot)
        self.cancel_button.setVisible(self.to_apply > 0)
        self.apply_button = KeyButton(
            self.apply, foot, tone="good" if self.to_apply else "", strong=True
        )
        row.addWidget(self.copy_button)
        row.addStretch(1)
        row.addWidget(self.cancel_button)
        row.addWidget(self.apply_button)
        return foot

    def _summary(self, name: str) -> str:
        if not self.counts[Verdict.WRONG] and not self.to_apply:
            text = self.tr("{name}: everything is already as it says.")
        elif not self.to_apply and not self.counts[Verdict.SAME]:
            text = self.tr("{name}: no line can be used.")
        elif not self.to_apply:
            text = self.tr("{name}: nothing would change.")
        else:
            text = self.tr("{name}: this is what would change. Nothing has changed yet.")
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
