"""Text from anywhere, made fit for a terminal and a log: it is shown and commands nothing.

What a phone, a file or a path says may hold escape sequences (window title, clipboard, cleared
screen), line breaks that forge a line, and bidi controls that turn one around. Every text that
goes to standard output, standard error or the log file passes here, once, just before it is
written.
"""

from __future__ import annotations

INDENT = "    "
"""Before each further line of a message, so that none can pose as a line of its own."""

_BLANKS = frozenset("\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a")
_BLANKS |= frozenset("\u202f\u205f\u3000")
"""Category Zs without the ASCII one: blanks of other scripts, which Python calls not printable."""


def printable(text: str) -> str:
    r"""One line of `text`: what cannot be printed is written as Python would, ``\x1b``, ``\u202e``.

    That is controls (C0 with line breaks and tabs, DEL, C1), format characters (bidi, zero width,
    tags), line and paragraph separators, lone surrogates, private and unassigned characters
    (Unicode categories C*, Zl and Zp). Letters, signs and blanks of all scripts stay.
    """
    if text.isprintable():
        return text
    return "".join(
        c if c.isprintable() or c in _BLANKS else c.encode("unicode_escape").decode() for c in text
    )


def printable_lines(text: str, indent: str = INDENT) -> str:
    """The same with line breaks (LF, CRLF) kept and `indent` before each line but the first."""
    if "\n" not in text:
        return printable(text)
    lines = text.replace("\r\n", "\n").split("\n")
    return f"\n{indent}".join(map(printable, lines))
