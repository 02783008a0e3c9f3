"""Texts and numbers as a row keeps them."""

from __future__ import annotations

from functools import lru_cache

from pnp_gui.system.printable import one_line

MAX_LABEL = 120
"""Characters of a label; what is longer is cut."""

MAX_COPIES = 1_024
"""Words that `one_copy` remembers: some 100 KB as phones ask, a megabyte at most."""

one_copy = lru_cache(MAX_COPIES)(str)
"""An equal text, as one object for all phones that say it: ten thousand phones say the same few
words. `sys.intern` has no bound, and keeps what strangers say for ever (Python 3.12)."""

one_number = lru_cache(MAX_COPIES)(int)
"""The same for an int."""


def clean_label(text: str) -> str:
    """A label on one line."""
    return one_line(text)[:MAX_LABEL].rstrip()
