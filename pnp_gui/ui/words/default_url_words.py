"""What the window says when somebody writes a default URL."""

from __future__ import annotations

from pnp_gui.trouble import Trouble
from pnp_gui.ui.words.translate import translate, trouble_text

REFUSED = "default_url_refused"
"""Code of the line that says why it stays as it was."""


def committed(url: str) -> str:
    """It is the default from now on."""
    text = translate("MainWindow", "Phones without a URL or a rule of their own now get {url}")
    return text.format(url=url)


def refused(reason: Trouble) -> Trouble:
    """It cannot be one."""
    return Trouble(
        "The default URL stays as it was. {reason}", code=REFUSED, reason=trouble_text(reason)
    )
