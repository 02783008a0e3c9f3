"""A script: mutmut, but it gives pytest functions instead of tests. It imports nothing of `tests`:
that has to be the copy beside the mutants.

It names each test that reaches a mutant. A thousand ids of one function take pytest longer to find
than its tests to run, and an id with "::" in its parameters is not found at all.

The tests of a mutant import the program anew: else what is computed on import, and what a cache
holds from the run before, would not be the mutant's.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path

from mutmut.__main__ import cli
from mutmut.runners.harness import BadTestExecutionCommandsException, PytestRunner

_arguments = PytestRunner._pytest_args_regular_run
_run = PytestRunner.run_tests


def _of_functions(self: PytestRunner, tests: Iterable[str]) -> list[str]:
    functions = dict.fromkeys(test.partition("[")[0] for test in tests)
    mutant = os.environ.get("MUTANT_UNDER_TEST", "")
    if mutant.startswith("pnp_gui.pnp."):
        # The protocol is tested by itself; the rooms above it would take ten times as long.
        own = [function for function in functions if function.startswith("tests/pnp/")]
        if len(own) < 2:  # it runs on import, and was counted to whichever test came first
            tests_of_module = Path(f"tests/pnp/test_{mutant.split('.')[2]}.py")
            own.append(str(tests_of_module if tests_of_module.exists() else Path("tests/pnp")))
        functions = dict.fromkeys(own)
    arguments: list[str] = _arguments(self, list(functions))
    return arguments


def _run_anew(self: PytestRunner, *, mutant_name: str | None, tests: Iterable[str]) -> int:
    for name in list(sys.modules) if mutant_name else ():
        if name.partition(".")[0] in ("pnp_gui", "tests"):
            del sys.modules[name]
    try:
        return int(_run(self, mutant_name=mutant_name, tests=tests))
    except BadTestExecutionCommandsException:  # not even imported
        if mutant_name:
            return 1
        raise


PytestRunner._pytest_args_regular_run = _of_functions  # type: ignore[method-assign,unused-ignore]
PytestRunner.run_tests = _run_anew  # type: ignore[method-assign,unused-ignore]

if __name__ == "__main__":
    cli()
