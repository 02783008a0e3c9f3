"""The log file."""

from __future__ import annotations

import logging

from pnp_gui.logs import MaskedFormatter


def test_user_and_password_stay_out_of_the_file() -> None:
    try:
        raise ValueError("no http://bob:secret@pbx/a")
    except ValueError as error:
        info = (ValueError, error, error.__traceback__)
    record = logging.LogRecord("n", logging.ERROR, "p", 1, "%s failed", ("ftp://joe:pw@pbx",), info)
    text = MaskedFormatter("%(levelname)s %(message)s").format(record)
    assert text.startswith("ERROR ftp://xxx:xx@pbx failed")
    assert "ValueError: no http://xxx:xxxxxx@pbx/a" in text
    assert "secret" not in text
