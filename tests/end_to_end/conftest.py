"""Two hosts on one machine: the tool's namespace and the phones', joined by cables."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.namespace import BenchNetwork, bench_network
from tests.screen import new_screen


@pytest.fixture(scope="module")
def bench() -> Iterator[BenchNetwork]:
    """One cable: the tool on eth0 10.13.2.2, the phones on ph0 10.13.2.20 and more addresses."""
    with bench_network(cables=1) as network:
        yield network


@pytest.fixture(scope="module")
def two_cables() -> Iterator[BenchNetwork]:
    """Two cables in two subnets: eth0 10.13.2.2, eth1 10.13.3.2."""
    with bench_network(cables=2) as network:
        yield network


@pytest.fixture(scope="module")
def one_subnet() -> Iterator[BenchNetwork]:
    """Two cables in one subnet: eth0 10.13.2.2, eth1 10.13.2.3."""
    with bench_network(cables=2, one_subnet=True) as network:
        yield network


@pytest.fixture
def display() -> Iterator[str]:
    """A screen of its own."""
    with new_screen() as name:
        yield name
