"""Pumps for the tests of the network: one in a process inside a namespace, one in this process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from tests.namespace import Namespace
from tests.net.commanded import CommandedProcess, running
from tests.net.loopback import Bench


class PumpProcess(CommandedProcess):
    """A pump in its own process; see `pump_program`."""

    def listen(self, wanted: list[str] | None, port: int = 5060) -> dict[str, Any]:
        return self.do("listen", wanted=wanted, port=port)


@contextmanager
def pump_in(namespace: Namespace, *options: str) -> Iterator[PumpProcess]:
    """Start a pump inside; it listens to nothing before `listen`."""
    with running("tests.net.pump_program", *options, inside=namespace.command()) as process:
        pump = PumpProcess(process)
        pump.state()
        yield pump


@pytest.fixture(params=[False, True], ids=["a socket each", "one shared socket"])
def options(request: pytest.FixtureRequest) -> list[str]:
    """Both ways of listening: Linux' own, and that of Windows, which works on Linux as well."""
    return ["--shared"] if request.param else []


@pytest.fixture
def bench(qtbot: QtBot) -> Iterator[Bench]:
    made = Bench(qtbot)
    made.pump.listen(["lo"], 0)
    yield made
    made.pump.close()
    for phone in made.phones:
        phone.sock.close()
