"""Phones that the network knows as something else: when it is told, and who is left alone."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from pnp_gui.bench.events.mac_check import (
    AFTER_SENDING,
    READ_EVERY,
    SHARE,
    Neighbours,
    mac_warning,
)
from pnp_gui.bench.phones.phone import Decision
from pnp_gui.bench.sheet.sheet import SheetLine
from tests.bench.rig import Set, mac

A, B, OTHER = mac(1), mac(2), mac(99)
HERE = ("eth0", "10.13.2.37")


@dataclass
class Table:
    """The system's, by hand."""

    at: Set
    known: dict[tuple[str, str], str] = field(default_factory=dict)
    looks: int = 0
    takes: float = 0.0

    def __post_init__(self) -> None:
        self.at.bench.attach_neighbours(self.look)

    def look(self) -> Neighbours:
        self.looks += 1
        self.at.clock.forward(self.takes)
        return dict(self.known)

    def wait(self, seconds: float) -> None:
        for _ in range(int(seconds)):
            self.at.clock.forward(1)
            self.at.bench.tick()


@pytest.fixture
def table(at: Set) -> Table:
    return Table(at)


def warned(at: Set) -> list[str]:
    return [line.source for line in at.bench.log if "According to ARP" in line.text]


def test_a_difference_is_told_in_the_row_and_once_in_the_log(at: Set, table: Table) -> None:
    at.heard(A)
    table.wait(3)
    phone = at.bench.phones[A]
    assert mac_warning(phone) is None
    at.bench.take_changes()
    table.known[HERE] = OTHER
    table.wait(3)
    assert str(mac_warning(phone)).startswith(
        "According to ARP, 10.13.2.37 has the MAC 00:04:13:00:00:63, but the phone says "
        "00:04:13:00:00:01."
    )
    assert at.bench.take_changes().changed == {A}
    assert warned(at) == [A]
    for _ in range(3):
        at.heard(A)
        table.wait(40)
    assert warned(at) == [A]
    assert phone.decision is Decision.UNDECIDED


def test_the_same_mac_is_no_warning_and_takes_one_back(at: Set, table: Table) -> None:
    table.known[HERE] = OTHER
    at.heard(A)
    table.wait(3)
    assert at.bench.phones[A].other_mac
    table.known[HERE] = A
    at.heard(A)
    table.wait(4)
    assert at.bench.phones[A].other_mac is None
    assert warned(at) == [A]


def test_what_the_network_forgot_stays_said_until_the_phone_asks_from_elsewhere(
    at: Set, table: Table
) -> None:
    table.known[HERE] = OTHER
    at.heard(A)
    table.wait(3)
    table.known.clear()
    table.wait(60)
    at.heard(A)
    table.wait(3)
    assert at.bench.phones[A].other_mac
    at.heard(A, address="10.13.2.38")
    table.wait(3)
    assert at.bench.phones[A].other_mac is None


def test_denied_phones_and_other_ports_are_left_alone(at: Set, table: Table) -> None:
    table.known[HERE] = OTHER
    table.known["eth1", "10.13.2.40"] = OTHER
    at.heard(B)
    at.bench.deny([B])
    at.heard(A, address="10.13.2.40")
    table.wait(10)
    assert warned(at) == []


def test_the_table_is_looked_at_only_while_something_is_open(at: Set, table: Table) -> None:
    table.wait(60)
    assert table.looks == 0
    at.heard(A)
    table.wait(10)
    assert 4 <= table.looks <= 10 / READ_EVERY + 1
    table.known[HERE] = A
    table.wait(4)
    looks = table.looks
    table.wait(12)
    assert table.looks == looks, "settled"
    table.wait(120)
    looks = table.looks
    table.wait(120)
    assert table.looks == looks, "nobody asks"


def test_one_that_stands_for_several_is_not_looked_for_all_the_time(at: Set, table: Table) -> None:
    table.known[HERE] = ""
    at.heard(A)
    table.wait(3)
    looks = table.looks
    table.wait(20)
    assert (table.looks, warned(at)) == (looks, [])


def test_an_approved_phone_is_looked_for_when_it_asks_but_not_long(at: Set, table: Table) -> None:
    at.bench.apply_sheet([SheetLine(1, A, Decision.APPROVED, None, None)])
    at.heard(A)
    table.wait(AFTER_SENDING + 1)
    assert table.looks <= AFTER_SENDING / READ_EVERY + 1
    looks = table.looks
    table.wait(15)
    assert table.looks == looks
    at.heard(A)
    table.known[HERE] = OTHER
    table.wait(3)
    assert warned(at) == [A]


def test_a_table_that_takes_long_is_looked_at_more_seldom(at: Set, table: Table) -> None:
    table.takes = 0.1
    for _ in range(10):
        at.heard(A)
        table.wait(10)
    assert table.looks <= 100 / (SHARE * 0.1) + 2


def test_an_approval_makes_it_look_again(at: Set, table: Table) -> None:
    """What is sent to the phone makes its entry, maybe after its request is over."""
    at.heard(A)
    table.wait(60)
    table.known[HERE] = OTHER
    table.wait(10)
    assert warned(at) == []
    at.bench.approve([A])
    table.wait(3)
    assert warned(at) == [A]
    assert at.bench.phones[A].decision is Decision.APPROVED, "the technician's word holds"


def test_approve_all_leaves_it_to_the_technician(at: Set, table: Table) -> None:
    table.known[HERE] = OTHER
    at.bench.approve_all(5)
    at.heard(A)
    at.heard(B, address="10.13.2.38")
    decisions = {key: phone.decision for key, phone in at.bench.phones.items()}
    assert decisions == {A: Decision.UNDECIDED, B: Decision.APPROVED}
    assert warned(at) == [A]
    at.bench.approve([A])
    assert at.bench.phones[A].decision is Decision.APPROVED


def test_approve_all_takes_nobody_who_is_warned_of_when_it_begins(at: Set, table: Table) -> None:
    table.known[HERE] = OTHER
    at.heard(A, B)
    at.bench.apply_sheet([SheetLine(1, B, Decision.APPROVED, None, None)])
    assert at.bench.approve_all(5) == 0
    assert at.bench.phones[A].decision is Decision.UNDECIDED


def test_a_storm_under_approve_all_looks_four_times_a_second(at: Set, table: Table) -> None:
    at.bench.approve_all(5)
    for number in range(1000):
        at.heard(mac(number), address=f"10.13.{number // 250}.{number % 250 + 1}")
        at.clock.forward(0.001)
    assert at.bench.counts().approved == 1000
    assert table.looks <= 6
