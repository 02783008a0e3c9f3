"""kill -9 at any moment: what was done stays done."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from pnp_gui.bench.phone import Decision
from pnp_gui.bench.store import Kept, Store
from tests.bench.floor_of_phones import mac

ROUNDS = 20
PHONES = 4000

APPROVE_ONE_BY_ONE = """
import sys
from pathlib import Path
from pnp_gui.bench.phone import Decision
from tests.bench.floor_of_phones import start

at = start(Path(sys.argv[1]))
waiting = [p.key for p in at.bench.phones.values() if p.decision is Decision.UNDECIDED]
for number, key in enumerate(waiting):
    at.heard(key)
    at.bench.approve([key])
    sys.stdout.write(key + "\\n")
    sys.stdout.flush()
    if number % 7 == 0:
        at.bench.tick()
"""


def test_every_approval_that_returned_outlives_kill_9(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    store.save_decisions(Kept(mac(n), Decision.UNDECIDED, "", "") for n in range(PHONES))
    store.close()
    moments = random.Random(5)
    done: set[str] = set()
    for _ in range(ROUNDS):
        child = subprocess.Popen(
            [sys.executable, "-c", APPROVE_ONE_BY_ONE, str(tmp_path)], stdout=subprocess.PIPE
        )
        assert child.stdout is not None
        first = child.stdout.readline()
        time.sleep(moments.uniform(0, 0.1))
        child.send_signal(signal.SIGKILL)
        # A line without its end was not shown to anybody.
        printed = (first + child.stdout.read()).decode()
        child.stdout.close()
        assert child.wait() == -signal.SIGKILL
        new = set(printed[: printed.rfind("\n") + 1].split())
        assert new
        done |= new
        store = Store.open(tmp_path)
        approved = {p.key for p in store.load() if p.decision is Decision.APPROVED}
        assert store.troubles == []
        store.close()
        assert done <= approved
        # The one that was being written when it was killed may be there or not.
        assert len(approved - done) <= 1
        done = approved
    assert len(list(tmp_path.glob("*damaged*"))) == 0
