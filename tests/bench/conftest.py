from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bench.rig import Set, start


@pytest.fixture
def at(tmp_path: Path) -> Iterator[Set]:
    """A bench on a new store."""
    made = start(tmp_path / "data")
    yield made
    made.bench.store.close()
