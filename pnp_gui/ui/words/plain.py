"""Text from a phone, a list or a file, where Qt or the desktop would interpret it.

Labels, messages and tooltips show it as it is, by one rule of the stylesheet. Here are the three
places that no text format of Qt reaches.
"""

from __future__ import annotations

import textwrap

TIP_COLUMNS = 100
"""Characters in a line of a tooltip: Qt wraps only at spaces, and at the screen's width."""
TIP_LINES = 24
"""Lines of a tooltip."""
QUOTED = 60
"""Characters of what was typed in a sentence about it."""

# The body of a notification is markup on most Linux desktops, and plain text on some (the server's
# capability "body-markup" in the Desktop Notifications Specification), on Windows and in Qt's own
# balloon. Qt does not say which, so escapes would be visible in some of them; these characters look
# alike and mean nothing to any.
_NO_MARKUP = str.maketrans(
    {
        "<": "\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}",
        ">": "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}",
        "&": "\N{FULLWIDTH AMPERSAND}",
    }
)


def for_button(text: str) -> str:
    """For a button, menu entry or tab: "&" is no mnemonic."""
    return text.replace("&", "&&")


def for_notice(text: str) -> str:
    """For a desktop notification or a tray icon's tooltip: nothing in it is markup."""
    return text.translate(_NO_MARKUP)


def shortened(text: str) -> str:
    """For a sentence that quotes what was typed."""
    return text if len(text) <= QUOTED else f"{text[: QUOTED - 1]}…"


def for_tip(text: str) -> str:
    """For a tooltip that fits the screen: wrapped at 100 characters, cut after 24 lines."""
    lines: list[str] = []
    for line in text.split("\n"):
        lines += [line] if len(line) <= TIP_COLUMNS else _wrapped(line)
        if len(lines) > TIP_LINES:
            return "\n".join((*lines[: TIP_LINES - 1], "…"))
    return "\n".join(lines)


def _wrapped(line: str) -> list[str]:
    most = TIP_LINES * TIP_COLUMNS
    return textwrap.wrap(line[: most + 1], TIP_COLUMNS, break_on_hyphens=False)
