"""The store's file, as another program reads and writes it; and a decision to be kept in it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from pnp_gui.bench.phones.phone import Decision
from pnp_gui.bench.store.store import FILE, Kept

MAC = "000413A2105F"
APPROVED = Kept(MAC, Decision.APPROVED, "http://h/{mac}", "Room 12")


def raw(folder: Path, *statements: str) -> list[tuple[object, ...]]:
    """Run SQL on the file as another program would; the rows of the last statement."""
    with closing(sqlite3.connect(folder / FILE, isolation_level=None)) as connection:
        rows: list[tuple[object, ...]] = []
        for statement in statements:
            rows = connection.execute(statement).fetchall()
        return rows


def beside(folder: Path, kind: str) -> list[Path]:
    """The files set aside, without their companions."""
    names = folder.glob(f"{FILE}.{kind}-*")
    return [path for path in names if not path.name.endswith(("-wal", "-shm", "-journal"))]
