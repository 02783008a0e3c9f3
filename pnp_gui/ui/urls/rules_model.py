"""The rules as a table. The last row is the default URL, for every other phone."""

from __future__ import annotations

from collections import Counter
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QObject, Qt
from PySide6.QtGui import QColor

from pnp_gui.bench.bench import Bench
from pnp_gui.bench.urls.rules import UrlRule
from pnp_gui.pnp.url import warnings_for
from pnp_gui.ui.theme import icons, theme
from pnp_gui.ui.widgets.lines_view import ROOT, AnyIndex
from pnp_gui.ui.words.plain import for_tip
from pnp_gui.ui.words.translate import trouble_text

_AT_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
"""Of numbers, and so of their heading."""


class RuleColumn(IntEnum):
    MAKE = 0
    MODEL = 1
    URL = 2
    PHONES = 3


class RulesModel(QAbstractTableModel):
    """A row for each rule, by make and the most specific first, and one for the default URL."""

    def __init__(self, bench: Bench, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._rules: tuple[UrlRule, ...] = ()
        self._default = ""
        self._tally: Counter[UrlRule | None] = Counter()
        self.refresh()

    def refresh(self) -> None:
        """Show the present rules, default and numbers of phones."""
        urls = self._bench.urls
        before = self._tally
        self._tally = urls.tally(self._bench.phones.values())
        if (urls.rules, urls.default) != (self._rules, self._default):
            self.beginResetModel()
            self._rules, self._default = urls.rules, urls.default
            self.endResetModel()
        elif self._tally != before:
            last = self.index(self.rowCount() - 1, RuleColumn.PHONES)
            self.dataChanged.emit(self.index(0, RuleColumn.PHONES), last)

    def rule_at(self, row: int) -> UrlRule | None:
        """The rule of a row; None for the row of the default URL."""
        return self._rules[row] if 0 <= row < len(self._rules) else None

    def row_of(self, rule: UrlRule) -> int:
        """Its row; -1 if there is no such rule."""
        return self._rules.index(rule) if rule in self._rules else -1

    def rowCount(self, parent: AnyIndex = ROOT) -> int:
        return 0 if parent.isValid() else len(self._rules) + 1

    def columnCount(self, parent: AnyIndex = ROOT) -> int:
        return 0 if parent.isValid() else len(RuleColumn)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if role == Qt.ItemDataRole.TextAlignmentRole and section == RuleColumn.PHONES:
            return _AT_RIGHT
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        headings = (self.tr("Make"), self.tr("Model"), self.tr("URL"), self.tr("Phones"))
        return headings[section]

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        rule = self.rule_at(index.row())
        column = RuleColumn(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(rule, column)
            case Qt.ItemDataRole.ToolTipRole if column is RuleColumn.URL:
                return for_tip("\n".join((self._text(rule, column), *self._warnings(rule))))
            case Qt.ItemDataRole.ToolTipRole if column is RuleColumn.PHONES:
                return self.tr("Phones in the table that get this URL")
            case Qt.ItemDataRole.AccessibleTextRole if column is RuleColumn.URL:
                return " ".join((self._text(rule, column), *self._warnings(rule)))
            case Qt.ItemDataRole.DecorationRole if column is RuleColumn.URL:
                return icons.icon("warning", "amber") if self._warnings(rule) else None
            case Qt.ItemDataRole.FontRole if column is RuleColumn.URL:
                return theme.fixed_font()
            case Qt.ItemDataRole.TextAlignmentRole if column is RuleColumn.PHONES:
                return _AT_RIGHT
            case Qt.ItemDataRole.ForegroundRole:
                return self._ink(rule, column)
        return None

    def _text(self, rule: UrlRule | None, column: RuleColumn) -> str:
        match column:
            case RuleColumn.MAKE:
                return rule.make if rule else self.tr("Every other phone")
            case RuleColumn.MODEL:
                return "" if rule is None else rule.model or self._every_model(rule)
            case RuleColumn.URL:
                return rule.url if rule else self._default
            case RuleColumn.PHONES:
                return str(self._tally[rule])

    def _every_model(self, rule: UrlRule) -> str:
        make = rule.make.casefold()
        alone = sum(each.make.casefold() == make for each in self._rules) == 1
        return self.tr("every model") if alone else self.tr("every other model")

    def _ink(self, rule: UrlRule | None, column: RuleColumn) -> QColor:
        colours = theme.tokens()
        dim = rule is None or (column is RuleColumn.MODEL and not rule.model)
        return colours.dim if dim or self._text(rule, column) == "0" else colours.text

    def _warnings(self, rule: UrlRule | None) -> list[str]:
        if rule is None:
            return []
        return [trouble_text(each) for each in warnings_for(rule.url, rule.make)]
