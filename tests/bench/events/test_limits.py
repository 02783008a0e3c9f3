"""Limits in the rows and in the log: one line for each burst, with the number; decisions stay."""

from __future__ import annotations

import pytest

from pnp_gui.bench.phones import registry as registry_module
from pnp_gui.pnp.events import Limited
from pnp_gui.pnp.limits import HOUR, MAX_NEW, Limit
from pnp_gui.pnp.send_result import SendResult
from tests.bench.air import Air, subscribe
from tests.bench.rig import Set, mac

ATTACKER = "10.13.2.66"


def warnings(at: Set) -> list[str]:
    return [line.text for line in at.bench.log if "more than" in line.text.lower()]


@pytest.mark.parametrize("limit", Limit)
def test_each_limit_is_told_once_a_burst_with_its_number(at: Set, limit: Limit) -> None:
    for number in range(100):
        at.absorb(Limited(at.clock.monotonic, limit, ATTACKER, 4711, number == 0))
    [line] = at.bench.log
    assert "4711" in line.text
    assert line.source == ATTACKER
    counted = {Limit.REQUESTS, Limit.REPEATS, Limit.NEW}
    assert sum(at.bench.log.ignored.values()) == (100 if limit in counted else 0)


def test_one_source_brings_only_so_many_new_rows_an_hour(at: Set) -> None:
    decided = mac(3 * MAX_NEW)
    at.heard(decided, address=ATTACKER)
    at.bench.approve([decided])
    for number in range(1, MAX_NEW + 500):
        at.asks(mac(number), address=ATTACKER)
    assert len(at.bench.phones) == MAX_NEW
    assert {entry.key for entry in at.bench.trace} <= at.bench.phones.keys()
    assert len(warnings(at)) == 1
    assert (ATTACKER in warnings(at)[0], str(MAX_NEW) in warnings(at)[0]) == (True, True)
    assert sum(at.bench.log.ignored.values()) == 500
    at.heard(mac(5000), address="10.13.2.70")
    assert mac(5000) in at.bench.phones, "phones at other addresses are not hurt"
    at.heard(decided, address=ATTACKER)
    assert at.bench.phones[decided].asked == 2, "nor those that have a row"
    at.clock.forward(HOUR)
    at.heard(mac(5001), address=ATTACKER)
    assert mac(5001) in at.bench.phones


def test_requests_of_new_phones_beyond_it_push_none_out(at: Set) -> None:
    air = Air(lambda: at.clock.monotonic)
    air.join(at.bench)
    for number in range(MAX_NEW + 300):
        if number % 500 == 0:
            at.clock.forward(1.1)
        air.hear(subscribe(mac(number), ATTACKER, "t"), (ATTACKER, 5060))
    first, last, beyond = map(mac, (0, MAX_NEW - 1, MAX_NEW))
    assert air.responder.offer(beyond, air.now()) is SendResult.NEVER_ASKED
    at.bench.approve([first, last])
    assert air.starts() == [f"SIP/2.0 {ATTACKER}", f"NOTIFY {ATTACKER}"] * 2


def test_the_bound_in_all_is_told_anew_when_there_was_room(
    at: Set, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry_module, "MAX_UNDECIDED", 2)
    at.heard(*(mac(number) for number in range(5)))
    assert len([1 for line in at.bench.log if "are undecided" in line.text]) == 1
    at.bench.approve([mac(0)])
    at.heard(*(mac(number) for number in range(10, 20)))
    told = [line.text for line in at.bench.log if "are undecided" in line.text]
    assert len(told) == 2
    assert told[0].startswith("2 phones")
