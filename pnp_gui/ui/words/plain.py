"""Text that comes from a phone, a list or a file, where Qt or the desktop would read it as code.

That every label, message and tip shows it as it is needs nothing here: the stylesheet says so, once
for the whole application. These are the three places that no text format of Qt reaches.
"""

from __future__ import annotations

import textwrap

TIP_COLUMNS = 100
"""Characters in a line of a tip: Qt folds plain tips at blanks only, and at the screen's width."""
TIP_LINES = 24
"""Lines of a tip."""

# The body of a notice is markup on most Linux desktops and plain text on some (the server's
# capability "body-markup" in the Desktop Notifications Specification), on Windows and in Qt's own
# balloon. Which one it will be is Qt's secret, so escapes would be read by some of them; these
# look the same and mean nothing to any.
_NO_MARKUP = str.maketrans(
    {
        "<": "\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}",
        ">": "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}",
        "&": "\N{FULLWIDTH AMPERSAND}",
    }
)


def for_button(text: str) -> str:
    """As the text of a button, menu entry or tab: "&" is no mnemonic."""
    return text.replace("&", "&&")


def for_notice(text: str) -> str:
    """As the text of a desktop notice or a tray icon's tip: nothing in it is markup."""
    return text.translate(_NO_MARKUP)


def for_tip(text: str) -> str:
    """As a tip that fits the screen: folded at 100 characters, cut after 24 lines."""
    lines: list[str] = []
    for line in text.split("\n"):
        lines += [line] if len(line) <= TIP_COLUMNS else _folded(line)
        if len(lines) > TIP_LINES:
            return "\n".join((*lines[: TIP_LINES - 1], "…"))
    return "\n".join(lines)


def _folded(line: str) -> list[str]:
    most = TIP_LINES * TIP_COLUMNS
    return textwrap.wrap(line[: most + 1], TIP_COLUMNS, break_on_hyphens=False)
