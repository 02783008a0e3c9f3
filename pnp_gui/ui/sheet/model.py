"""The table of the preview: a row for each line of a sheet, with what it would change."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import QObject
from PySide6.QtGui import QColor, QIcon

from pnp_gui.bench.phones.key import show_key
from pnp_gui.bench.phones.phone import Decision
from pnp_gui.bench.sheet.preview import Change, PreviewLine, Verdict
from pnp_gui.system.printable import one_line
from pnp_gui.ui.theme import icons, theme
from pnp_gui.ui.widgets.elided_label import SEPARATOR
from pnp_gui.ui.widgets.lines_view import LinesModel
from pnp_gui.ui.words.outcomes import by_address
from pnp_gui.ui.words.phone import decision_text
from pnp_gui.ui.words.translate import QT_TRANSLATE_NOOP, translate, trouble_text


class SheetColumn(IntEnum):
    LINE = 0
    PHONE = 1
    VERDICT = 2
    DETAILS = 3


_HEADINGS = {
    SheetColumn.LINE: QT_TRANSLATE_NOOP("SheetModel", "Line"),
    SheetColumn.PHONE: QT_TRANSLATE_NOOP("SheetModel", "Phone"),
    SheetColumn.VERDICT: QT_TRANSLATE_NOOP("SheetModel", "Result"),
    SheetColumn.DETAILS: QT_TRANSLATE_NOOP("SheetModel", "Changes, or problem"),
}
VERDICTS = {
    Verdict.NEW: QT_TRANSLATE_NOOP("SheetModel", "New"),
    Verdict.CHANGES: QT_TRANSLATE_NOOP("SheetModel", "Changed"),
    Verdict.SAME: QT_TRANSLATE_NOOP("SheetModel", "Unchanged"),
    Verdict.NOTE: QT_TRANSLATE_NOOP("SheetModel", "Skipped"),
    Verdict.WRONG: QT_TRANSLATE_NOOP("SheetModel", "Rejected"),
}
VERDICT_STYLES = {
    Verdict.NEW: ("plus", "good"),
    Verdict.CHANGES: ("change", "accent"),
    Verdict.SAME: ("same", "dim"),
    Verdict.NOTE: ("quiet", "dim"),
    Verdict.WRONG: ("warning", "bad"),
}
"""Icon and tone of each verdict."""


class SheetModel(LinesModel[PreviewLine]):
    """All lines, or those with one verdict."""

    columns = SheetColumn
    fixed = (SheetColumn.LINE, SheetColumn.PHONE)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: Sequence[PreviewLine] = []

    def set_lines(self, lines: Sequence[PreviewLine]) -> None:
        """Show all of these."""
        self._all = lines
        self.show_only(None)

    def show_only(self, verdict: Verdict | None) -> None:
        """Show only lines with this verdict; None: all."""
        self.show([line for line in self._all if verdict in (None, line.verdict)])

    def heading(self, column: int) -> str:
        return translate("SheetModel", _HEADINGS[SheetColumn(column)])

    def cell(self, line: PreviewLine, column: int) -> str:
        return cell_text(line, SheetColumn(column))

    def tip(self, line: PreviewLine, column: int) -> str:
        is_long = column in (SheetColumn.PHONE, SheetColumn.DETAILS)
        return self.cell(line, column) if is_long else ""

    def colour(self, line: PreviewLine, column: int) -> QColor:
        colour: QColor = getattr(theme.tokens(), _tone(line, SheetColumn(column)))
        return colour

    def icon(self, line: PreviewLine, column: int) -> QIcon | None:
        is_verdict = column == SheetColumn.VERDICT
        return icons.icon(*VERDICT_STYLES[line.verdict]) if is_verdict else None


def _tone(line: PreviewLine, part: SheetColumn) -> str:
    wrong = line.verdict is Verdict.WRONG
    if part is SheetColumn.VERDICT or (wrong and part is SheetColumn.DETAILS):
        return VERDICT_STYLES[line.verdict][1]
    same = line.verdict in (Verdict.SAME, Verdict.NOTE)
    return "dim" if wrong or same or part is SheetColumn.LINE else "text"


def cell_text(line: PreviewLine, part: SheetColumn) -> str:
    match part:
        case SheetColumn.LINE:
            return str(line.number) if line.number else ""
        case SheetColumn.PHONE:
            name = show_key(line.key).removeprefix("ip:") if line.key else ""
            return name or one_line(line.text)
        case SheetColumn.VERDICT:
            return translate("SheetModel", VERDICTS[line.verdict])
        case SheetColumn.DETAILS:
            if line.reason is not None:
                return trouble_text(line.reason)
            new = line.verdict is Verdict.NEW
            parts = [_change(change, new) for change in line.changes]
            if any(change.new == Decision.APPROVED for change in line.changes):
                parts.append(by_address(line.key))
            return SEPARATOR.join(filter(None, parts))


def _change(change: Change, is_new: bool) -> str:
    """`is_new`: of a phone that has no values yet."""
    match change.column:
        case "decision":
            text = "{new}" if is_new else translate("SheetModel", "Decision: {old} → {new}")
            old, new = (decision_text(Decision(each)) for each in (change.old, change.new))
        case "url":
            text = translate("SheetModel", "URL: {new}" if is_new else "URL: {old} → {new}")
            default = translate("SheetModel", "default")
            old, new = change.old or default, change.new or default
        case "label":
            text = translate("SheetModel", "Label: {new}" if is_new else "Label: {old} → {new}")
            nothing = translate("SheetModel", "none")
            old, new = (f"“{each}”" if each else nothing for each in (change.old, change.new))
        case column:
            raise ValueError(column)
    return text.format(old=old, new=new)
