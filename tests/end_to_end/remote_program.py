"""The program with `remote_window`: started, driven by commands, ended."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from pnp_gui.system.log_file import LOG_FILE
from tests.end_to_end.program import Program
from tests.namespace import Namespace, wait_until
from tests.process import carry_out

URL = "http://10.13.2.2/{mac}.xml"


class RemoteProgram(Program):
    """The program and the commands to its window."""

    def __init__(
        self,
        side: Namespace,
        folder: Path,
        *arguments: str,
        display: str = "",
        before: Sequence[str] = (),
        **variables: str,
    ) -> None:
        super().__init__(
            side,
            folder,
            *("-u", URL, *arguments),
            display=display,
            verbose=False,
            module="tests.end_to_end.remote_window",
            before=before,
            variables=variables,
        )

    def pipes(self, stream: Any) -> dict[str, Any]:
        return {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}

    def is_ready(self) -> bool:
        return bool(self.state())

    def kill(self) -> None:
        super().kill()
        for pipe in (self.process.stdin, self.process.stdout):
            assert pipe is not None
            with suppress(BrokenPipeError):
                pipe.close()

    @property
    def log_file(self) -> str:
        return (self.data / LOG_FILE).read_text(encoding="utf-8")

    def do(self, command: str, **values: Any) -> dict[str, Any]:
        """Carry out one command of `remote_window`; the state after it."""
        state: dict[str, Any] | None = carry_out(self.process, command, values)
        if state is None:
            self.process.wait(timeout=30)
            raise AssertionError(f"the program has ended: {self.output}")
        return state

    def state(self) -> dict[str, Any]:
        """What the window and the parts below it show now."""
        return self.do("state")

    def until(
        self, condition: Callable[[dict[str, Any]], object], what: str, seconds: float = 20.0
    ) -> dict[str, Any]:
        """The state once `condition` is true for it."""
        last: dict[str, Any] = {}

        def fulfilled() -> object:
            nonlocal last
            last = self.state()
            return condition(last)

        try:
            wait_until(fulfilled, seconds, what)
        except AssertionError as error:
            last.pop("log", None)
            raise AssertionError(f"{error}: {last}\n{self.output}\n{self.log_file}") from None
        return last

    @property
    def bar(self) -> list[str]:
        """The sentences of the problem bar."""
        state = self.do("refresh")
        return list(state["problems"].values()) if state["bar"] else []

    def wait_for_bar(self, words: str) -> str:
        """The sentence of the problem bar with these words."""
        wait_until(lambda: any(words in one for one in self.bar), what=f"the bar says {words}")
        return next(one for one in self.bar if words in one)

    def wait_for_no_bar(self) -> None:
        wait_until(lambda: not self.bar, 60, "the bar is empty")

    @property
    def decisions(self) -> dict[str, str]:
        """The words in the Decision column, by phone."""
        texts: dict[str, str] = self.do("cells", column="DECISION")["text"]
        return {key: text.lower() for key, text in texts.items()}

    def press(self, keys: list[str], letter: str) -> None:
        """Press a key on these rows, once they are there."""
        wait_until(lambda: self.decisions.keys() >= set(keys), 30, "the table is filled")
        self.do("press", key=letter, rows=keys)
