"""A row by an address becomes that of a MAC, about which something was decided as well."""

from __future__ import annotations

import pytest

from pnp_gui.bench.export.report import report_rows
from pnp_gui.bench.phones.phone import Decision
from pnp_gui.system.steps import finished
from tests.bench.floor import BY_A, MAC, SERVED, A, B, Floor
from tests.bench.rig import Set
from tests.pnp.desk import respond
from tests.pnp.phones import AUDIOCODES


@pytest.fixture
def floor(at: Set) -> Floor:
    floor = Floor(at)
    floor.bench.set_default_url("http://192.0.2.5/a/")
    return floor


def test_the_report_has_it_once_with_what_was_decided_of_the_address(floor: Floor) -> None:
    floor.ask()
    floor.bench.approve([BY_A])
    assert floor.got() == SERVED
    floor.knows(A, MAC)
    floor.wait(2)
    [row] = finished(report_rows(floor.bench.store.history(), floor.bench.phones, 0.0))
    assert (row.key, row.decision, row.offered) == (MAC, "approved", 1)


def test_what_is_under_way_to_an_address_ends_where_its_mac_is_denied(floor: Floor) -> None:
    floor.sheet(MAC, Decision.DENIED)
    floor.ask()
    floor.bench.approve([BY_A])
    assert floor.got() == SERVED
    floor.knows(A, MAC)
    floor.wait(2)
    assert (floor.row().decision, floor.row().unseen) == (Decision.DENIED, False)
    floor.got()
    floor.air.expire(30)
    assert floor.got() == []


def test_undo_takes_back_nothing_that_was_decided_about_the_mac(floor: Floor) -> None:
    floor.sheet(MAC)
    floor.bench.set_label([MAC], "Reception")
    floor.ask()
    floor.bench.approve([BY_A])
    floor.bench.set_own_url([BY_A], "http://192.0.2.5/b/")
    floor.knows(A, MAC)
    floor.wait(2)
    assert floor.row().own_url == "http://192.0.2.5/b/"
    for _ in range(2):
        floor.bench.undo()
    phone = floor.row()
    assert (phone.decision, phone.own_url, phone.label) == (Decision.APPROVED, "", "Reception")


def test_the_url_that_the_mac_has_is_known_also_when_it_asks_from_elsewhere(floor: Floor) -> None:
    floor.sheet(MAC)
    floor.knows(A, MAC)
    floor.wait(60)
    floor.air.hear(AUDIOCODES.wire(A), AUDIOCODES.source(A))
    floor.air.hear(respond(floor.air.take()[1].data), AUDIOCODES.source(A))
    again = Floor(floor.at.next_run())
    again.bench.deny([MAC])
    again.ask(B)
    again.bench.take_changes()
    again.knows(B, MAC)
    again.wait(2)
    phone = again.row()
    assert (phone.accepted_url, phone.decision) == ("http://192.0.2.5/a/", Decision.DENIED)
    assert phone.accepted_at
    assert not again.bench.unseen
