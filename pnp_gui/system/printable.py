"""Escapes text for terminals and logs, so that it cannot command a terminal or forge a line: escape
sequences, line breaks, bidi controls. All text for standard output, error and log file passes here.
"""

from __future__ import annotations

INDENT = "    "
"""Before each further line of a message, so that none can look like a log line."""

_BLANKS = frozenset("\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a")
_BLANKS |= frozenset("\u202f\u205f\u3000")
"""Category Zs without the ASCII space: Python calls these spaces not printable."""


def printable(text: str) -> str:
    r"""The text on one line, with what is not printable (Unicode categories C*, Zl and Zp) as
    Python's escapes: ``\x1b``, ``\u202e``. Letters, signs and spaces of all scripts stay."""
    if text.isprintable():
        return text
    return "".join(
        c if c.isprintable() or c in _BLANKS else c.encode("unicode_escape").decode() for c in text
    )


def one_line(text: str) -> str:
    """The text on one line: blanks and whatever cannot be printed become single blanks."""
    if not text.isprintable():
        text = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(text.split())


def printable_lines(text: str, indent: str = INDENT) -> str:
    """As `printable`, but keeps line breaks (LF, CRLF), with `indent` before each further line."""
    if "\n" not in text:
        return printable(text)
    lines = text.replace("\r\n", "\n").split("\n")
    return f"\n{indent}".join(map(printable, lines))
