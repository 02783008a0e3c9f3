"""A sheet with two good lines and a MAC that a spreadsheet program spoilt."""

from __future__ import annotations

from pathlib import Path

import pytest

SHEET = (
    "mac,decision,url,label\n"
    "00:04:13:00:00:01,approved,,Room 1\n"
    "1.23457E+11,approved,,Room 2\n"
    "00-04-13-00-00-03,denied,http://h/{mac},\n"
)


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "phones.csv"
    path.write_text(SHEET, encoding="utf-8")
    return path
