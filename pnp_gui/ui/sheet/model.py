"""The table of the preview: a row for each line of a sheet, with what it would change."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import NamedTuple

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from pnp_gui.bench.phones.phone import Decision, show_key
from pnp_gui.bench.sheet.preview import Change, PreviewLine, Verdict
from pnp_gui.ui.words.phone import decision_text
from pnp_gui.ui.words.plain import for_tip
from pnp_gui.ui.words.translate import QT_TRANSLATE_NOOP, translate, trouble_text

LineRole = int(Qt.ItemDataRole.UserRole) + 1
"""Role of a row's PreviewLine."""

AnyIndex = QModelIndex | QPersistentModelIndex

SEPARATOR = "  ·  "


class SheetColumn(IntEnum):
    """The columns."""

    LINE = 0
    PHONE = 1
    VERDICT = 2
    DETAILS = 3


_HEADINGS = {
    SheetColumn.LINE: QT_TRANSLATE_NOOP("SheetModel", "Line"),
    SheetColumn.PHONE: QT_TRANSLATE_NOOP("SheetModel", "Phone"),
    SheetColumn.VERDICT: QT_TRANSLATE_NOOP("SheetModel", "Result"),
    SheetColumn.DETAILS: QT_TRANSLATE_NOOP("SheetModel", "Changes, or what is wrong"),
}
VERDICTS = {
    Verdict.NEW: QT_TRANSLATE_NOOP("SheetModel", "New"),
    Verdict.CHANGES: QT_TRANSLATE_NOOP("SheetModel", "Changed"),
    Verdict.SAME: QT_TRANSLATE_NOOP("SheetModel", "Unchanged"),
    Verdict.NOTE: QT_TRANSLATE_NOOP("SheetModel", "Passed over"),
    Verdict.WRONG: QT_TRANSLATE_NOOP("SheetModel", "Left out"),
}
VERDICT_STYLES = {
    Verdict.NEW: ("plus", "good"),
    Verdict.CHANGES: ("change", "accent"),
    Verdict.SAME: ("same", "dim"),
    Verdict.NOTE: ("quiet", "dim"),
    Verdict.WRONG: ("warning", "bad"),
}
"""Icon and tone of each verdict."""


class SheetModel(QAbstractTableModel):
    """All lines, or those with one verdict."""

    def __init__(self, lines: Sequence[PreviewLine], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all = list(lines)
        self._shown = self._all

    def show_only(self, verdict: Verdict | None) -> None:
        """Show only lines with this verdict; None: all."""
        self.beginResetModel()
        self._shown = [line for line in self._all if verdict in (None, line.verdict)]
        self.endResetModel()

    def line_at(self, row: int) -> PreviewLine:
        return self._shown[row]

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(SheetColumn)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return translate("SheetModel", _HEADINGS[SheetColumn(section)])
        return None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        line = self._shown[index.row()]
        part = SheetColumn(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return cell_text(line, part)
        if role == LineRole:
            return line
        if role == Qt.ItemDataRole.ToolTipRole:
            return (
                for_tip(cell_text(line, part))
                if part in (SheetColumn.PHONE, SheetColumn.DETAILS)
                else None
            )
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{translate('SheetModel', _HEADINGS[part])}: {cell_text(line, part)}"
        return None


class CellStyle(NamedTuple):
    """How a cell is painted."""

    icon: str
    """Name of its icon, or ""."""
    tone: str
    """Name of its colour."""
    fixed: bool
    """In a fixed-width font."""


def style_of(line: PreviewLine, part: int) -> CellStyle:
    """The style of a cell of this line."""
    icon, tone = VERDICT_STYLES[line.verdict]
    if part == SheetColumn.VERDICT:
        return CellStyle(icon, tone, False)
    wrong = line.verdict is Verdict.WRONG
    if wrong and part == SheetColumn.DETAILS:
        return CellStyle("", tone, False)
    dim = (
        part == SheetColumn.LINE
        or line.verdict in (Verdict.SAME, Verdict.NOTE)
        or (wrong and part == SheetColumn.PHONE)
    )
    return CellStyle("", "dim" if dim else "text", part in (SheetColumn.LINE, SheetColumn.PHONE))


def cell_text(line: PreviewLine, part: SheetColumn) -> str:
    """The text of a cell."""
    match part:
        case SheetColumn.LINE:
            return str(line.number) if line.number else ""
        case SheetColumn.PHONE:
            return (
                show_key(line.key).removeprefix("ip:") if line.key else " ".join(line.text.split())
            )
        case SheetColumn.VERDICT:
            return translate("SheetModel", VERDICTS[line.verdict])
        case SheetColumn.DETAILS:
            if line.reason is not None:
                return trouble_text(line.reason)
            show = _new_value if line.verdict is Verdict.NEW else _change
            return SEPARATOR.join(map(show, line.changes))


def _change(change: Change) -> str:
    match change.column:
        case "decision":
            text = translate("SheetModel", "Decision: {old} → {new}")
            old, new = (decision_text(Decision(each)) for each in (change.old, change.new))
            return text.format(old=old, new=new)
        case "url":
            text = translate("SheetModel", "URL: {old} → {new}")
            default = translate("SheetModel", "default")
            return text.format(old=change.old or default, new=change.new or default)
        case "label":
            text = translate("SheetModel", "Label: {old} → {new}")
            nothing = translate("SheetModel", "none")
            old, new = (f"“{each}”" if each else nothing for each in (change.old, change.new))
            return text.format(old=old, new=new)
        case column:
            raise ValueError(column)


def _new_value(change: Change) -> str:
    match change.column:
        case "decision":
            return decision_text(Decision(change.new))
        case "url":
            return translate("SheetModel", "URL: {new}").format(new=change.new)
        case "label":
            return translate("SheetModel", "Label: “{new}”").format(new=change.new)
        case column:
            raise ValueError(column)
