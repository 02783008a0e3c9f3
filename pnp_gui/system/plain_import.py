"""Python's own import back in its place, once PySide6 is there.

PySide6 replaces it by one that reads the source of every module imported from then on, line by
line, to see whether it mentions PySide6: for ``from __feature__ import snake_case``, which nobody
writes here. That took a tenth of the time to listening.
"""

from __future__ import annotations

import builtins


def import_plainly() -> None:
    """Modules imported from now on are not read a second time. Imports PySide6."""
    import PySide6.QtCore  # noqa: F401

    # What PySide6 replaced. One that replaces nothing leaves nothing to do.
    replaced = getattr(builtins, "__orig_import__", None)
    if replaced is not None:
        builtins.__import__ = replaced
