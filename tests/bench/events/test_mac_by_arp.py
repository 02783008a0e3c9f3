"""A phone that sends no MAC is the one that the network knows its address by; never by that alone
is anybody served."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import pytest

from pnp_gui.bench.decisions import sending
from pnp_gui.bench.events.mac_check import AFTER_SENDING, mac_warning
from pnp_gui.bench.phones.phone import Decision, Progress
from pnp_gui.bench.store.rows import Columns
from pnp_gui.bench.store.store import Kept, Store
from tests.bench.air import INTERFACE, subscribe
from tests.bench.floor import BY_A, MAC, OTHER, SERVED, A, B, Floor
from tests.bench.rig import Set
from tests.pnp.desk import respond
from tests.pnp.phones import AUDIOCODES


@pytest.fixture
def floor(at: Set) -> Floor:
    return Floor(at)


def test_the_row_of_the_sheet_is_that_phone_and_its_url_has_the_mac(floor: Floor) -> None:
    floor.sheet(MAC)
    floor.knows(A, MAC)
    floor.wait(60)
    floor.air.hear(AUDIOCODES.wire(A), AUDIOCODES.source(A))
    ok, notify = floor.air.take()
    assert ok.data.startswith(b"SIP/2.0 200 ")
    assert notify.data.endswith(b"http://192.0.2.5/00908f112233.cfg")
    assert (floor.row().key, floor.row().mac_by_arp, floor.row().make) == (MAC, True, "AudioCodes")


@pytest.mark.parametrize("decision", [Decision.UNDECIDED, Decision.DENIED])
def test_who_is_known_and_not_approved_gets_nothing(floor: Floor, decision: Decision) -> None:
    floor.knows(A, MAC)
    floor.sheet(MAC, decision)
    assert floor.ask() == []
    floor.wait(30)
    assert floor.got() == []
    assert floor.row().decision is decision


def test_a_row_by_address_is_that_phone_as_soon_as_the_network_knows_it(floor: Floor) -> None:
    floor.sheet(MAC)
    assert floor.ask() == []
    assert set(floor.bench.phones) == {MAC, BY_A}
    floor.bench.take_changes()
    floor.knows(A, MAC)
    floor.wait(2)
    assert floor.got() == SERVED
    phone = floor.row()
    assert (phone.key, phone.mac, phone.mac_by_arp, phone.asked) == (MAC, MAC, True, 1)
    assert floor.bench.take_changes().removed == {BY_A, MAC}, "came back as one"
    assert len(floor.bench.trace.of(MAC)) == 3
    assert not floor.bench.trace.of(BY_A)
    assert any(
        "sends no MAC. According to ARP, its MAC is" in line.text for line in floor.bench.log
    )


def test_what_was_approved_by_its_address_stays_so_and_is_not_sent_twice(floor: Floor) -> None:
    floor.bench.set_default_url("http://192.0.2.5/a/")
    floor.ask()
    floor.bench.approve([BY_A])
    notify = floor.air.take()[1].data
    floor.knows(A, MAC)  # what was sent made the entry
    floor.wait(2)
    assert floor.row().key == MAC
    assert floor.row().progress is Progress.SENT
    floor.air.hear(respond(notify), AUDIOCODES.source(A))
    assert floor.row().progress is Progress.ACCEPTED
    assert floor.got() == []
    assert floor.bench.store.load()[0].decision is Decision.APPROVED
    assert floor.ask() == SERVED
    assert floor.row().decision is Decision.APPROVED
    undone = floor.bench.undo()
    assert undone
    assert undone.decided == {Decision.UNDECIDED: 1}
    assert floor.ask() == []


def test_one_taken_back_to_undecided_stays_so_while_approve_all_is_on(floor: Floor) -> None:
    floor.bench.approve_all(5)
    floor.bench.set_default_url("http://192.0.2.5/a/")
    assert floor.ask() == SERVED
    floor.bench.undecide([BY_A])
    floor.knows(A, MAC)
    floor.wait(2)
    assert floor.ask() == []
    assert (floor.row().key, floor.row().decision) == (MAC, Decision.UNDECIDED)


@pytest.mark.parametrize("denied", [False, True])
def test_what_waits_for_its_turn_is_done_for_the_mac(
    floor: Floor, monkeypatch: pytest.MonkeyPatch, denied: bool
) -> None:
    floor.bench.set_default_url("http://192.0.2.5/a/")
    floor.ask()
    floor.bench.approve([BY_A])
    floor.got()
    monkeypatch.setattr(sending, "MANY", 0)
    turns: list[Callable[[], bool]] = []
    floor.bench.attach(floor.air, turns.append)
    floor.row().answered(Progress.ACCEPTED, 0.0)  # a fault: it did not
    floor.bench.reboot([BY_A])
    if denied:
        floor.bench.deny([BY_A])
    floor.knows(A, MAC)
    floor.wait(1)
    assert floor.bench.resolve_mac(INTERFACE, A) == MAC
    for do in turns:
        do()
    floor.air.expire(40)
    notifies = [one.data for one in floor.air.take()]
    assert any(b"check-sync" in data for data in notifies) is not denied
    assert bool(notifies) is not denied


def test_its_row_goes_quiet_in_time(floor: Floor) -> None:
    floor.ask()
    floor.knows(A, MAC)
    floor.wait(2)
    floor.bench.take_changes()
    floor.wait(40)
    assert MAC in floor.bench.take_changes().changed


def test_a_crowd_that_is_known_at_last_costs_one_write(
    floor: Floor, monkeypatch: pytest.MonkeyPatch
) -> None:
    macs = {f"192.0.2.{n}": f"00908F1122{n:02X}" for n in range(10, 60)}
    floor.wait(60)
    for address in macs:
        floor.air.hear(AUDIOCODES.wire(address), AUDIOCODES.source(address))
    writes: list[int] = []
    save = Store.save_decisions

    def counted(store: Store, rows: Iterable[Kept], decided: Mapping[str, Columns]) -> None:
        rows = list(rows)
        writes.append(len(rows))
        save(store, rows, decided)

    monkeypatch.setattr(Store, "save_decisions", counted)
    for address, known in macs.items():
        floor.knows(address, known)
    floor.wait(2)
    assert writes == [len(macs)]
    assert set(floor.bench.phones) == set(macs.values())
    assert all(floor.bench.trace.of(key) for key in macs.values())


def test_two_addresses_that_were_one_phones_are_not_both_that_phone(floor: Floor) -> None:
    floor.wait(60)
    for address in (A, B):
        floor.air.hear(AUDIOCODES.wire(address), AUDIOCODES.source(address))
    floor.knows(A, MAC)
    floor.knows(B, MAC)
    floor.wait(2)
    phone = floor.bench.phones[MAC]
    [other] = {A, B} - {phone.address}
    assert set(floor.bench.phones) == {MAC, f"ip:{other}"}


def test_a_url_with_the_mac_is_sent_once_the_mac_is_known(floor: Floor) -> None:
    floor.ask()
    floor.bench.approve([BY_A])
    assert floor.got() == []
    assert floor.row().lacks == "mac"
    floor.knows(A, MAC)
    floor.wait(2)
    assert floor.got() == SERVED
    assert floor.row().lacks == ""


def test_an_address_that_was_approved_before_it_asked_is_that_phone(floor: Floor) -> None:
    floor.sheet(BY_A)
    floor.knows(A, MAC)
    assert floor.ask() == SERVED
    assert (floor.row().key, floor.row().decision) == (MAC, Decision.APPROVED)


def test_what_was_decided_about_the_mac_holds_before_the_address(floor: Floor) -> None:
    floor.sheet(MAC, Decision.DENIED)
    floor.sheet(BY_A)
    floor.knows(A, MAC)
    assert floor.ask() == []
    assert floor.row().decision is Decision.DENIED


def test_it_stays_the_same_when_the_system_drops_its_entry(floor: Floor) -> None:
    floor.sheet(MAC)
    floor.knows(A, MAC)
    assert floor.ask() == SERVED
    floor.known.clear()
    assert floor.ask() == SERVED
    assert floor.row().asked == 2


def test_what_is_not_certain_any_more_is_not_that_phone(floor: Floor) -> None:
    """A device that has two addresses could pass for the phone that had one of them."""
    floor.sheet(MAC)
    floor.knows(A, MAC)
    assert floor.ask() == SERVED
    floor.knows(A, "")
    assert floor.ask() == []
    assert floor.bench.phones[BY_A].decision is Decision.UNDECIDED


def test_another_device_at_the_address_is_another_phone(floor: Floor) -> None:
    floor.sheet(BY_A)
    floor.knows(A, MAC)
    assert floor.ask() == SERVED
    floor.knows(A, OTHER)
    assert floor.ask() == []
    assert floor.bench.phones[OTHER].decision is Decision.UNDECIDED
    assert set(floor.bench.phones) == {MAC, OTHER}


def test_what_is_on_the_way_stops_when_another_device_has_the_address(floor: Floor) -> None:
    floor.sheet(MAC)
    floor.knows(A, MAC)
    assert floor.ask() == SERVED  # a stranger asks, and the system has not noticed yet
    floor.wait(6)
    floor.air.expire(0)
    assert set(floor.got()) == {SERVED[1]}
    floor.knows(A, OTHER)
    floor.wait(2)
    floor.air.expire(30)
    assert floor.got() == []
    assert "another device may have taken over this address" in str(mac_warning(floor.row()))
    assert floor.row().progress is Progress.ASKING
    floor.known.clear()
    assert floor.ask() == [], "it is that device until the system knows the phone here again"


def test_a_stranger_with_the_mac_of_an_approved_phone_is_a_conflict(floor: Floor) -> None:
    floor.sheet(MAC)
    floor.knows(A, MAC)
    assert floor.ask() == SERVED
    floor.known = {(INTERFACE, B): MAC}  # the phone is off, its entry is gone, and B poses as it
    assert floor.ask(B) == []
    phone = floor.row()
    assert phone.address == A
    assert phone.conflict
    assert phone.conflict.address == B
    floor.wait(30)
    assert floor.got() == []


def test_a_stranger_who_asked_before_he_posed_as_the_phone_gets_nothing(floor: Floor) -> None:
    floor.sheet(MAC)
    floor.knows(A, MAC)
    assert floor.ask() == SERVED
    floor.known.clear()
    floor.ask(B)
    floor.knows(B, MAC)
    floor.wait(int(AFTER_SENDING))
    assert floor.got() == []
    assert floor.bench.phones[MAC].address == A
    assert floor.bench.phones[f"ip:{B}"].decision is Decision.UNDECIDED


def test_the_address_that_the_technician_approved_stays_so_beside_such_a_mac(floor: Floor) -> None:
    floor.bench.set_default_url("http://192.0.2.5/a/")
    floor.sheet(MAC)
    floor.sheet(f"ip:{B}")
    floor.knows(A, MAC)
    assert floor.ask() == SERVED
    floor.known = {(INTERFACE, B): MAC}
    assert floor.ask(B) == [f"SIP/2.0 {B}", f"NOTIFY {B}"]
    assert floor.bench.phones[MAC].conflict is None


def test_a_phone_that_names_its_mac_is_not_looked_up(floor: Floor) -> None:
    floor.knows(A, MAC)
    floor.air.hear(subscribe("000413A2105F", A, "one"), (A, 5060))
    assert floor.row().key == "000413A2105F"
    assert not floor.row().mac_by_arp


def test_it_is_the_same_row_after_a_restart(floor: Floor) -> None:
    floor.ask()
    floor.bench.approve([BY_A])
    floor.knows(A, MAC)
    floor.wait(2)
    known = floor.known
    again = Floor(floor.at.restarted())
    assert set(again.bench.phones) == {MAC}
    again.known = known
    assert again.ask() == SERVED
    assert set(again.bench.phones) == {MAC}


def test_after_a_restart_it_is_known_by_its_address_until_the_network_knows_another(
    floor: Floor,
) -> None:
    floor.sheet(MAC)
    floor.knows(A, MAC)
    assert floor.ask() == SERVED
    again = Floor(floor.at.next_run())
    assert again.ask() == SERVED
    assert again.row().key == MAC
    again.knows(A, OTHER)
    again.wait(int(AFTER_SENDING))
    assert "another device may have taken over this address" in str(mac_warning(again.row()))
    assert again.ask() == []
    assert again.bench.phones[OTHER].decision is Decision.UNDECIDED
