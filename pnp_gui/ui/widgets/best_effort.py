"""For extras (a sound, a notification, the tray): they never break their caller."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

logger = logging.getLogger(__name__)


@contextmanager
def best_effort(what: str) -> Iterator[None]:
    """Any exception inside goes to the log: "could not {what}"."""
    try:
        yield
    except Exception:
        logger.exception("could not %s", what)
