"""A hundred thousand hostile pieces of HTTP (more: ``python -m tests.hostile.http``), in a process
of its own, so that its memory is its own."""

from __future__ import annotations

import os

import pytest

from tests.hostile.http_requests import FAMILIES
from tests.hostile.test_datagrams import run

PIECES = os.environ.get("PNP_HOSTILE_HTTP", "100000")


@pytest.mark.slow
def test_no_exception_and_no_byte_that_is_not_of_a_served_file() -> None:
    said = run("tests.hostile.http", PIECES)
    assert f"{PIECES} pieces of HTTP" in said
    for family in FAMILIES:
        assert f"\n{family}" in f"\n{said}"
