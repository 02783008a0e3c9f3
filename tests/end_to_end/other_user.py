"""Another user of this computer: a real process that has another user's rights."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOBODY = 65534
"""A user and a group that own nothing here."""


AS_ANY_USER = (
    "setpriv",
    "--inh-caps=-all",
    "--bounding-set=-dac_override,-dac_read_search,-fowner,-chown",
)
"""To be put before a command line: root without its right to what belongs to other users."""


def as_nobody(folder: Path, script: str, *, imports: str) -> str:
    """Run Python as a user who owns nothing; all that it wrote. `folder` can be reached by it."""
    reachable(folder)
    become = f"import os; os.setgroups([]); os.setgid({NOBODY}); os.setuid({NOBODY})"
    done = subprocess.run(
        [sys.executable, "-c", f"{imports}\n{become}\n{script}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )
    return done.stdout + done.stderr


def reachable(folder: Path) -> None:
    """Let other users pass through the folders above, which pytest made for its own alone."""
    for parent in folder.parents:
        if "pytest-of-" in str(parent):
            parent.chmod(0o755)
