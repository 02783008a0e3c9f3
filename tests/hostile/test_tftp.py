"""A hundred thousand hostile TFTP packets (more: see ``python -m tests.hostile.tftp``).

In a process of its own, so that its memory is its own.
"""

from __future__ import annotations

import sys

import pytest

from tests.hostile.test_datagrams import DATAGRAMS, run


@pytest.mark.slow
def test_no_exception_no_byte_to_a_stranger_or_of_what_is_not_served() -> None:
    said = run("tests.hostile.tftp", DATAGRAMS)
    sys.stdout.write(said)
    assert f"{DATAGRAMS} packets" in said
    assert {"DATA", "OACK", "200 done"} <= {line[:24].strip() for line in said.splitlines()}
