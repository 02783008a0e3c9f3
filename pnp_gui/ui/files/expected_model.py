"""The table of the files that a phone will ask for: a row each, in its order."""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtGui import QColor, QIcon

from pnp_gui.bench.fetches.folder_check import CheckedFile
from pnp_gui.bench.fetches.make_files import FileKind
from pnp_gui.bench.fetches.missing import Difference
from pnp_gui.ui.theme import icons, theme
from pnp_gui.ui.widgets.lines_view import LinesModel
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


class ExpectedModel(LinesModel[CheckedFile]):
    """All of them."""

    columns = ExpectedColumn
    fixed = (ExpectedColumn.NAME,)

    def heading(self, column: int) -> str:
        return translate("ExpectedModel", HEADINGS[ExpectedColumn(column)])

    def cell(self, line: CheckedFile, column: int) -> str:
        match column:
            case ExpectedColumn.NAME:
                return line.file.name
            case ExpectedColumn.KIND:
                return translate("ExpectedModel", KINDS[line.file.kind])
            case _:
                return _there_text(line)

    def colour(self, line: CheckedFile, column: int) -> QColor:
        tones = {ExpectedColumn.NAME: "text", ExpectedColumn.KIND: "dim"}
        tone = tones.get(ExpectedColumn(column)) or _tone(line)
        colour: QColor = getattr(theme.tokens(), tone)
        return colour

    def icon(self, line: CheckedFile, column: int) -> QIcon | None:
        tone = _tone(line)
        return icons.icon(_ICONS[tone], tone) if column == ExpectedColumn.THERE else None

    def tip(self, line: CheckedFile, column: int) -> str:
        if column == ExpectedColumn.NAME:
            return line.file.url
        amber = column == ExpectedColumn.THERE and _tone(line) == "amber"
        if amber and line.missing is not None:
            return trouble_text(line.missing.before_sent())
        return self.cell(line, column)


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
