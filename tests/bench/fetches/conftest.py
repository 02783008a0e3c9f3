from __future__ import annotations

import pytest

from tests.bench.fetches.shelf import Shelf
from tests.bench.rig import Set


@pytest.fixture
def shelf(at: Set) -> Shelf:
    """A bench whose folder is served."""
    return Shelf(at)
