"""The manual says of each make what the table says."""

from __future__ import annotations

from tests.files_by_make import PAGE, page


def test_the_manuals_page_is_up_to_date() -> None:
    """Else: python -m tests.files_by_make"""
    assert PAGE.read_text(encoding="utf-8") == page()
