"""The tables of README and manual say what the code's own tables say."""

from __future__ import annotations

import os
import re

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from pnp_gui.app import arguments
from pnp_gui.bench.decisions import apply, approve_all, undo
from pnp_gui.bench.events import handler, mac_check
from pnp_gui.bench.fetches import kept
from pnp_gui.bench.phones import files, registry, row_text
from pnp_gui.bench.phones.status import StatusKind
from pnp_gui.bench.record import log, trace
from pnp_gui.bench.sheet import sheet, workbook_process
from pnp_gui.bench.store import store
from pnp_gui.bench.urls import rules
from pnp_gui.files import fetch
from pnp_gui.files import limits as file_limits
from pnp_gui.pnp import limits, url
from pnp_gui.ui.actions import Actions
from pnp_gui.ui.export import mail_text
from pnp_gui.ui.table.columns import COLUMNS, GIVE_WAY
from pnp_gui.ui.urls import rules_dialog
from pnp_gui.ui.words.status import NO_URL_WORDS, OTHER_MAC, STATUSES
from tests.test_documents import MANUAL, ROOT, text_of

README = ROOT / "README.md"
LIMITS = {
    "new phones from one address": f"{limits.MAX_NEW:,} an hour",
    "unanswered requests from one address": f"{limits.MAX_REQUESTS:,} a second",
    "URLs sent to one address that it has not confirmed": f"{limits.MAX_UNCONFIRMED};",
    "URLs at once to a phone that asks again as soon as it has its URL": (
        f"{limits.MAX_RENEWALS + 1}, then one in {limits.RENEWAL_SECONDS:.0f} seconds"
    ),
    "lines about one phone in history and log": f"{handler.MAX_LINES} a day",
    "undecided phones": f"{registry.MAX_UNDECIDED:,}",
    "phones that one *Approve all* approves": f"{approve_all.MAX_APPROVED:,}",
    "phones in all after an import": f"{apply.MAX_IMPORTED:,}",
    "messages kept for one phone": f"{trace.MAX_MESSAGES}",
    "messages kept for all phones": f"{trace.MAX_BYTES >> 20} MB",
    "requests for files kept for one phone": f"{kept.MAX_FETCHES}",
    "requests for files kept for all phones": f"{kept.MAX_BYTES >> 20} MB",
    "missing files counted for one phone": f"{files.MAX_MISSING}",
    "HTTP connections for files at once": f"{file_limits.CONNECTIONS};",
    "of these, from one address": f"{file_limits.CONNECTIONS_OF_ADDRESS}",
    "TFTP transfers at once": f"{file_limits.TRANSFERS};",
    "of these, to one address": f"{file_limits.TRANSFERS_OF_ADDRESS}",
    "time to fetch one file": f"{file_limits.SEND_SECONDS / 3600:.0f} hour",
    "files in the served folder that are counted; with more, missing ones are not explained": (
        f"{fetch.MAX_NAMES:,}"
    ),
    "lines in the log": f"{log.MAX_LINES:,}",
    "lines in the history": f"{store.MAX_HISTORY_KEPT:,}",
    "undo steps": f"{undo.MAX_STEPS}",
    "undo steps in the window with the URL rules": f"{rules_dialog.MAX_UNDO}",
    "MACs from ARP that stay known when the system drops them": f"{mac_check.MAX_REMEMBERED:,}",
    "sheet": f"{sheet.MAX_LINES:,} lines, {sheet.MAX_BYTES >> 20} MiB",
    "workbook": f"{workbook_process.MAX_UNPACKED // 10**6} MB unpacked, "
    f"{workbook_process.MAX_MEMORY >> 30} GiB of memory and {workbook_process.MAX_SECONDS} seconds",
    "URL": f"{url.MAX_URL} characters",
    "label": f"{row_text.MAX_LABEL} characters",
    "rules": f"{rules.MAX_RULES}",
    "phones in an email to support": f"{mail_text.MAX_PHONES}",
    "simulated phones": f"{arguments.MAX_DEMO_PHONES}",
}
REPEATED = {
    "approve-all.md": [f"after {approve_all.MAX_APPROVED:,} phones"],
    "command-line.md": [f"{arguments.DEMO_PHONES} without", f"most {arguments.MAX_DEMO_PHONES}"],
    "messages.md": [
        f"{trace.MAX_MESSAGES} messages of a phone, {trace.MAX_BYTES >> 20} MB of",
        f"{log.MAX_LINES:,} lines of the log",
        f"{store.MAX_HISTORY_KEPT:,} lines",
        f"up to {mail_text.MAX_PHONES} selected",
    ],
    "phones.md": [f"up to {undo.MAX_STEPS} steps"],
    "sheets.md": [
        f"{sheet.MAX_LINES:,} lines and {sheet.MAX_BYTES >> 20} MiB",
        f"{workbook_process.MAX_UNPACKED // 10**6} MB when it is unpacked",
    ],
    "urls.md": [f"{url.MAX_URL} characters", f"{rules.MAX_RULES} rules"],
}
"""Where a page says a limit once more."""


def table(text: str, head: str) -> list[list[str]]:
    """The cells of the table with this heading row, without its heading."""
    found = re.search(rf"^\| {re.escape(head)}.*\n\|[-|]+\n((?:\|.*\n)+)", text, re.MULTILINE)
    assert found, head
    return [
        [cell.strip() for cell in line.strip("|").split(" | ")] for line in found[1].splitlines()
    ]


def test_the_limits_are_those_of_the_code() -> None:
    written = dict(table(text_of(MANUAL / "limits.md"), "What | At most |"))
    assert list(written) == list(LIMITS)
    wrong = {what: most for what, most in LIMITS.items() if not written[what].startswith(most)}
    assert not wrong, "limits.md says something else"


@pytest.mark.parametrize("page", REPEATED)
def test_other_pages_repeat_them(page: str) -> None:
    text = " ".join(text_of(MANUAL / page).split())
    assert [said for said in REPEATED[page] if said not in text] == []


def test_the_columns_are_those_of_the_table() -> None:
    text = text_of(MANUAL / "phones.md")
    written = [name for row in table(text, "Column | Shows |") for name in row[0].split(", ")]
    assert written == [info.heading for info in COLUMNS.values()]
    hiding = [COLUMNS[column] for column in GIVE_WAY if not COLUMNS[column].stays]
    *first, last = (info.heading for info in hiding)
    hide = f"the columns {', '.join(first)} and {last} are hidden, in this order"
    assert hide in " ".join(text.split())


SHOWN = [
    *(shown.words for kind, shown in STATUSES.items() if kind is not StatusKind.NO_URL),
    *(shown.words for shown in OTHER_MAC.values()),
    NO_URL_WORDS["mac"],
]


def words_of(example: str) -> list[str]:
    """The words of which this is an example: "Refused 481" of "Refused {code}"."""
    if example in SHOWN:
        return [example]
    patterns = {words: re.sub(r"\\\{\w+\\\}|%n", ".+", re.escape(words)) for words in SHOWN}
    return [words for words, pattern in patterns.items() if re.fullmatch(pattern, example)]


def test_the_manual_has_every_status() -> None:
    rows = table(text_of(MANUAL / "phones.md"), "Status | Meaning |")
    written = [words for row in rows for words in words_of(row[0]) or [f"no status: {row[0]}"]]
    assert sorted(written) == sorted(SHOWN)


def test_the_readme_names_only_what_there_is(qtbot: QtBot) -> None:
    text = text_of(README)
    short = [shown.short for shown in OTHER_MAC.values()]
    statuses = [row[0] for row in table(text, "Status | Meaning |")]
    assert [name for name in statuses if not words_of(name) and name not in short] == []
    owner = QObject()
    Actions(owner)
    keys = {key.toString() for each in owner.findChildren(QAction) for key in each.shortcuts()}
    written = {key for row in table(text, "Key | Action") for key in row[0].split(" · ")}
    assert written <= keys, f"keys of no action: {sorted(written - keys)}"


def test_a_sheets_columns_are_named_alike_everywhere(qtbot: QtBot) -> None:
    text = text_of(MANUAL / "sheets.md")
    head = ",".join(sheet.SHEET_COLUMNS)
    assert f"```\n{head}\n" in text
    assert [row[0] for row in table(text, "Column | Contains |")] == list(sheet.SHEET_COLUMNS)
    assert head in arguments._parser().format_help()
    owner = QObject()
    assert ", ".join(sheet.SHEET_COLUMNS) in Actions(owner).import_sheet.toolTip()
