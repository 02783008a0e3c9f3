"""The zip, unpacked where a technician might; a screen; two hosts. Run by .ci/windows."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.namespace import BenchNetwork, Namespace, bench_network
from tests.screen import new_screen
from tests.windows.exe import Exe


@pytest.fixture(scope="session")
def zipped() -> Path:
    """The zip that people get."""
    named = os.environ.get("PNP_WINDOWS_ZIP")
    assert named, "PNP_WINDOWS_ZIP has to name the zip: run .ci/windows, which builds it"
    return Path(named).resolve()


@pytest.fixture(scope="session")
def exe(zipped: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Unpacked into a folder with blanks and umlauts."""
    folder = tmp_path_factory.mktemp("usb") / "Prüfstand für Telefone ¤ 2"
    with zipfile.ZipFile(zipped) as packed:
        packed.extractall(folder)
    return folder / "pnp-gui" / "pnp-gui.exe"


@pytest.fixture(scope="session")
def display() -> Iterator[str]:
    """A screen of its own."""
    with new_screen("1400x900") as name:
        yield name


Start = Callable[..., Exe]


@pytest.fixture
def start(exe: Path, display: str, tmp_path: Path) -> Start:
    """Give the program that will run on the tool's side with a data folder of its own."""

    def make(
        side: Namespace, *arguments: str, data: Path | None = None, portable: bool = False
    ) -> Exe:
        folder = None if portable else data or tmp_path / "Daten für PnP"
        return Exe(side, exe, folder, *arguments, display=display)

    return make


@pytest.fixture
def bench() -> Iterator[BenchNetwork]:
    """Two cables in two subnets: eth0 10.13.2.2, eth1 10.13.3.2."""
    with bench_network(cables=2) as network:
        yield network


@pytest.fixture
def one_subnet() -> Iterator[BenchNetwork]:
    """Two cables in one subnet: eth0 10.13.2.2, eth1 10.13.2.3."""
    with bench_network(cables=2, one_subnet=True) as network:
        yield network
