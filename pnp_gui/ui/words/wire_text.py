"""Datagrams as text that can be shown and copied."""

from __future__ import annotations


def first_line(data: bytes) -> str:
    """A message's first line as text, whatever its bytes."""
    return readable(data.lstrip(b"\r\n")[:400].partition(b"\n")[0].rstrip(b"\r"))


def readable(data: bytes) -> str:
    """Bytes as text: UTF-8, else Latin-1; line ends as \\n, other control characters as dots."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c if c in "\n\t" or c.isprintable() else "·" for c in text)
