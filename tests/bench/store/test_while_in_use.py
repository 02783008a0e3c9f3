"""What others do to the data folder while the program uses it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from pnp_gui.bench.decisions.saving import SAVE_AGAIN_AFTER
from pnp_gui.bench.phones.phone import Decision
from pnp_gui.bench.sheet.sheet import SheetLine
from pnp_gui.bench.store.store import FILE
from tests.bench.rig import mac, start
from tests.bench.store.store_file import raw
from tests.end_to_end.other_user import AS_ANY_USER, ROOT

A, B = mac(1), mac(2)


def test_what_is_only_in_a_wal_that_was_removed_is_saved_again(tmp_path: Path) -> None:
    at = start(tmp_path)
    at.bench.apply_sheet([SheetLine(1, A, Decision.APPROVED, None, None)])
    (tmp_path / f"{FILE}-wal").unlink()
    (tmp_path / f"{FILE}-shm").unlink()
    at.bench.apply_sheet([SheetLine(1, B, Decision.DENIED, None, None)])
    assert list(at.bench.troubles) == ["store_gone"]
    at.clock.forward(SAVE_AGAIN_AFTER)
    at.bench.tick()
    assert at.bench.troubles == {}
    at.bench.deny([A])
    # As after a power cut: the program has not ended.
    assert raw(tmp_path, "SELECT key, decision FROM phone") == [(A, "denied"), (B, "denied")]
    at.bench.store.close()


def test_what_was_in_a_file_that_was_emptied_is_saved_again(tmp_path: Path) -> None:
    at = start(tmp_path)
    at.bench.apply_sheet([SheetLine(1, A, Decision.APPROVED, None, None)])
    for suffix in ("", "-wal"):
        (tmp_path / f"{FILE}{suffix}").write_bytes(b"")
    at.bench.apply_sheet([SheetLine(1, B, Decision.DENIED, None, None)])
    assert list(at.bench.troubles) == ["store_gone"]
    at.clock.forward(SAVE_AGAIN_AFTER)
    at.bench.tick()
    at.clock.forward(SAVE_AGAIN_AFTER)
    at.bench.tick()
    assert at.bench.troubles == {}
    at = at.next_run()
    assert at.bench.troubles == {}
    decisions = {key: phone.decision for key, phone in at.bench.phones.items()}
    assert decisions == {A: Decision.APPROVED, B: Decision.DENIED}
    at.bench.store.close()


CLOSED = """
import sys
from pathlib import Path

from pnp_gui.bench.decisions.saving import SAVE_AGAIN_AFTER
from pnp_gui.bench.phones.phone import Decision
from pnp_gui.bench.sheet.sheet import SheetLine
from tests.bench.rig import mac, start

folder = Path(sys.argv[1])
at = start(folder)
at.bench.apply_sheet([SheetLine(1, mac(1), Decision.APPROVED, None, None)])
folder.chmod(0)
at.bench.deny([mac(1)])
print(*at.bench.troubles)
at.clock.forward(SAVE_AGAIN_AFTER)
at.bench.tick()
print(*at.bench.troubles)
folder.chmod(0o700)
at.clock.forward(SAVE_AGAIN_AFTER)
at.bench.tick()
print("said:", *at.bench.troubles)
"""


@pytest.mark.root
def test_a_folder_that_may_not_be_entered_any_more_is_not_said_to_be_removed(
    tmp_path: Path,
) -> None:
    data = tmp_path / "data"
    done = subprocess.run(
        [*AS_ANY_USER, sys.executable, "-c", CLOSED, str(data)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.stdout.split("\n") == ["store_readonly", "store_readonly", "said:", ""], done.stderr
    assert raw(data, "SELECT key, decision FROM phone") == [(A, "denied")]
