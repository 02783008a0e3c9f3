"""A question before something that one key should not do alone: Enter does it, Esc does not."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from pnp_gui.trouble import Trouble

QUESTION = "question"
"""The code of a question in the problem bar: there is one at a time."""


class Question(NamedTuple):
    """What is asked in the problem bar."""

    trouble: Callable[[], Trouble]
    """The sentence as it is at this moment; its action is the button's text."""
    do: Callable[[], object]
    """What Enter does."""
    about_selection: bool = True
    """Whether it is over when other phones are selected."""
