"""A script: mutmut, but it gives pytest functions instead of tests. It imports nothing of `tests`:
that has to be the copy beside the mutants.

It names each test that reaches a mutant. A thousand ids of one function take pytest longer to find
than its tests to run, and an id with "::" in its parameters is not found at all.
"""

from __future__ import annotations

import os
from collections.abc import Iterable

from mutmut.__main__ import cli
from mutmut.runners.harness import PytestRunner

_arguments = PytestRunner._pytest_args_regular_run


def _of_functions(self: PytestRunner, tests: Iterable[str]) -> list[str]:
    functions = dict.fromkeys(test.partition("[")[0] for test in tests)
    if os.environ.get("MUTANT_UNDER_TEST", "").startswith("pnp_gui.pnp."):
        # The protocol is tested by itself; the rooms above it would take ten times as long.
        own = [function for function in functions if function.startswith("tests/pnp/")]
        functions = dict.fromkeys(own or functions)
    arguments: list[str] = _arguments(self, list(functions))
    return arguments


PytestRunner._pytest_args_regular_run = _of_functions

if __name__ == "__main__":
    cli()
