"""Any value of any type in any column: the bench starts on it, and knows every decision."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from pnp_gui.bench.bench import Bench
from pnp_gui.bench.store.schema import SIGHTING
from pnp_gui.bench.store.store import FILE, Store
from tests.bench.store.made_stores import CORES, LINES, PHONES, SETTINGS, Value, write_store

Rows = list[tuple[Value, ...]]


@settings(max_examples=60, deadline=None)
@given(
    phones=st.lists(PHONES, max_size=6),
    lines=st.lists(LINES, max_size=4),
    kept=st.lists(SETTINGS, max_size=6),
    cores=st.lists(CORES, max_size=4, unique_by=lambda core: core[0]),
)
def test_every_decision_that_can_be_read_is_known(
    phones: Rows, lines: Rows, kept: Rows, cores: list[tuple[str, str, str]]
) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        # Each after all others, so that it is not replaced, with their odd values beside it.
        odd = phones[0][3:] if phones else ("",) + (None,) * len(SIGHTING)
        label = odd[0] if odd[0] is not None else ""
        whole = [(*core, label, *odd[1:]) for core in cores]
        write_store(folder, [*phones, *whole], lines, kept)
        with closing(sqlite3.connect(folder / FILE)) as connection:
            connection.text_factory = bytes
            rows = connection.execute("SELECT count(*) FROM phone").fetchone()[0]
        bench = Bench(Store.open(folder))
        bench.load()
        for key, decision, own_url in cores:
            assert (bench.phones[key].decision, bench.phones[key].own_url) == (decision, own_url)
        told = bench.troubles.get("store_rows")
        left_out = int(str(told.values["phones"])) if told else 0
        assert len(bench.phones) + left_out == rows
        assert told is None or len(list(folder.glob(f"{FILE}.original-*"))) == 1
        decisions = {key: phone.decision for key, phone in bench.phones.items()}
        bench.tick()
        assert bench.store.history() is not None
        bench.close()
        again = Bench(Store.open(folder))
        again.load()
        assert {key: phone.decision for key, phone in again.phones.items()} == decisions
        assert "store_rows" not in again.troubles, "what was left out is said once"
        again.close()
