"""The table of the files that a phone will ask for: a row each, in its order."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QObject, Qt

from pnp_gui.bench.fetches.folder_check import CheckedFile
from pnp_gui.bench.fetches.make_files import FileKind
from pnp_gui.bench.fetches.missing import Difference
from pnp_gui.ui.theme import icons, theme
from pnp_gui.ui.widgets.lines_view import ROOT, AnyIndex
from pnp_gui.ui.words.plain import for_tip
from pnp_gui.ui.words.translate import QT_TRANSLATE_NOOP, translate, trouble_text


class ExpectedColumn(IntEnum):
    NAME = 0
    KIND = 1
    THERE = 2


HEADINGS = {
    ExpectedColumn.NAME: QT_TRANSLATE_NOOP("ExpectedModel", "File"),
    ExpectedColumn.KIND: QT_TRANSLATE_NOOP("ExpectedModel", "Contents"),
    ExpectedColumn.THERE: QT_TRANSLATE_NOOP("ExpectedModel", "In the folder"),
}
KINDS = {
    FileKind.OWN: QT_TRANSLATE_NOOP("ExpectedModel", "Settings for this phone"),
    FileKind.COMMON: QT_TRANSLATE_NOOP(
        "ExpectedModel", "Settings for all phones, or for its model"
    ),
    FileKind.BOOT: QT_TRANSLATE_NOOP("ExpectedModel", "List of files to fetch"),
    FileKind.FIRMWARE: QT_TRANSLATE_NOOP("ExpectedModel", "Firmware"),
    FileKind.OTHER: QT_TRANSLATE_NOOP("ExpectedModel", "Other"),
}
_ICONS = {"good": "approve", "amber": "warning", "dim": "quiet"}


class ExpectedModel(QAbstractTableModel):
    """All of them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.files: Sequence[CheckedFile] = ()

    def set_files(self, files: Sequence[CheckedFile]) -> None:
        """Show these."""
        self.beginResetModel()
        self.files = files
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = ROOT) -> int:
        return 0 if parent.isValid() else len(self.files)

    def columnCount(self, parent: AnyIndex = ROOT) -> int:
        return 0 if parent.isValid() else len(ExpectedColumn)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return translate("ExpectedModel", HEADINGS[ExpectedColumn(section)])
        return None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        checked = self.files[index.row()]
        part = ExpectedColumn(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return cell_text(checked, part)
            case Qt.ItemDataRole.DecorationRole if part is ExpectedColumn.THERE:
                tone = _tone(checked)
                return icons.icon(_ICONS[tone], tone)
            case Qt.ItemDataRole.ForegroundRole:
                tones = {ExpectedColumn.NAME: "text", ExpectedColumn.KIND: "dim"}
                return getattr(theme.tokens(), tones.get(part) or _tone(checked))
            case Qt.ItemDataRole.FontRole if part is ExpectedColumn.NAME:
                return theme.fixed_font()
            case Qt.ItemDataRole.ToolTipRole:
                return for_tip(_tip(checked, part))
            case Qt.ItemDataRole.AccessibleTextRole:
                heading = translate("ExpectedModel", HEADINGS[part])
                return f"{heading}: {cell_text(checked, part)}"
        return None


def cell_text(checked: CheckedFile, part: ExpectedColumn) -> str:
    match part:
        case ExpectedColumn.NAME:
            return checked.file.name
        case ExpectedColumn.KIND:
            return translate("ExpectedModel", KINDS[checked.file.kind])
        case ExpectedColumn.THERE:
            return _there_text(checked)


def is_named_alike(checked: CheckedFile) -> bool:
    """Whether the folder has it under a name that is spelled differently."""
    missing = checked.missing
    return missing is not None and missing.difference in (Difference.CASE, Difference.SPELLING)


def _there_text(checked: CheckedFile) -> str:
    missing, normal = checked.missing, checked.file.normal
    if checked.there:
        return translate("ExpectedModel", "Yes")
    if checked.there is None:
        if normal:
            return translate("ExpectedModel", "Not known, optional")
        return translate("ExpectedModel", "Not known")
    if missing is not None and missing.near and (not normal or is_named_alike(checked)):
        return translate("ExpectedModel", "No, but {name}").format(name=missing.near)
    if normal:
        return translate("ExpectedModel", "No, optional")
    return translate("ExpectedModel", "No")


def _tone(checked: CheckedFile) -> str:
    if checked.there:
        return "good"
    wrong = not checked.file.normal or is_named_alike(checked)
    return "amber" if checked.there is False and wrong else "dim"


def _tip(checked: CheckedFile, part: ExpectedColumn) -> str:
    if part is ExpectedColumn.NAME:
        return checked.file.url
    if part is ExpectedColumn.THERE and checked.missing is not None and _tone(checked) == "amber":
        return trouble_text(checked.missing.before_sent())
    return cell_text(checked, part)
