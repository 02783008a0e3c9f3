"""Data files with any value of any type of SQLite in any column, for property-based tests."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from hypothesis import strategies as st

from pnp_gui.bench.store.schema import DECIDED, HISTORY, SIGHTING
from pnp_gui.bench.store.settings import _ALL
from pnp_gui.bench.store.store import FILE, Store


class Invalid(NamedTuple):
    """Text whose bytes are these: no UTF-8, or with NULs."""

    raw: bytes


Value = None | int | float | str | bytes | Invalid

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
VALUES: st.SearchStrategy[Value] = st.one_of(
    st.none(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(allow_nan=False),
    TEXTS,
    st.binary(max_size=40),
    st.builds(Invalid, st.binary(min_size=1, max_size=40)),
    st.sampled_from(
        ["<img src=/dev/zero>", "${mac}", "http://h/${", "%n {0}", "accepted", "x" * 5000]
    ),
)
KEYS = st.sampled_from([f"00041300000{n}" for n in range(8)] + ["ip:10.0.0.1"])
DECISIONS = st.sampled_from(["approved", "denied", "undecided"])
CORES = st.tuples(KEYS, DECISIONS, st.sampled_from(["", "http://h/{mac}"]))
"""What a decision is, as it should be."""


def _mostly(usual: st.SearchStrategy[str]) -> st.SearchStrategy[Value]:
    return st.one_of(usual, usual, usual, usual, VALUES)


PHONES: st.SearchStrategy[tuple[Value, ...]] = st.tuples(
    *(_mostly(KEYS), _mostly(DECISIONS), _mostly(st.just("")), VALUES),
    *(
        _mostly(st.sampled_from(["accepted", "refused", "no answer"]))
        if column == "progress"
        else VALUES
        for column in SIGHTING
    ),
)
LINES: st.SearchStrategy[tuple[Value, ...]] = st.tuples(
    *(
        _mostly(st.sampled_from(["offered", "accepted", "refused"]))
        if column == "outcome"
        else VALUES
        for column in ("id", *HISTORY)
    )
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=8,
).map(json.dumps)
SETTINGS: st.SearchStrategy[tuple[Value, Value]] = st.tuples(
    _mostly(st.sampled_from(sorted(_ALL))), st.one_of(VALUES, JSON)
)


def write_store(
    folder: Path,
    phones: Sequence[tuple[Value, ...]],
    lines: Sequence[tuple[Value, ...]],
    settings: Sequence[tuple[Value, ...]],
) -> None:
    """A file of ours with these rows; what SQLite itself refuses (NULL, text as a number) is not
    in it."""
    Store.open(folder).close()
    with closing(sqlite3.connect(folder / FILE, isolation_level=None)) as connection:
        for table, columns, rows in (
            ("phone", (*DECIDED, *SIGHTING), phones),
            ("history", ("id", *HISTORY), lines),
            ("setting", ("key", "value"), settings),
        ):
            for row in rows:
                marks = ["CAST(? AS TEXT)" if isinstance(v, Invalid) else "?" for v in row]
                values = [v.raw if isinstance(v, Invalid) else v for v in row]
                connection.execute("SAVEPOINT row")
                try:
                    connection.execute(
                        f"INSERT OR REPLACE INTO {table} ({', '.join(columns)}) "
                        f"VALUES ({', '.join(marks)})",
                        values,
                    )
                except sqlite3.Error:
                    connection.execute("ROLLBACK TO row")
                connection.execute("RELEASE row")
