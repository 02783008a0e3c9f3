"""Several phones at a time do not disturb each other, and what is kept of them has a bound."""

from __future__ import annotations

import pytest

from pnp_gui.pnp import pending as pending_module
from pnp_gui.pnp.events import Answered, NoAnswer
from pnp_gui.pnp.pending import MAX_PENDING
from pnp_gui.pnp.send_result import SendResult
from pnp_gui.pnp.transactions import MAX_ANSWERED
from tests.pnp.desk import NOTIFY_TIMES, Desk, branch_of, kinds, respond
from tests.pnp.phones import SHAPES, plain


def test_phones_do_not_disturb_each_other() -> None:
    desk = Desk(approve_all=True)
    notifies = {
        shape.name: desk.receive(shape.wire(f"10.13.2.{n}"), shape.source(f"10.13.2.{n}"))[1]
        for n, shape in enumerate(SHAPES.values(), 20)
    }
    assert len({branch_of(notify.data) for notify in notifies.values()}) == len(SHAPES)
    silent = notifies.popitem()[1]
    for notify in notifies.values():
        desk.receive(respond(notify.data), notify.remote)
    assert {datagram for _, datagram in desk.wait(100)} == {silent}
    assert len(desk.reported(Answered)) == len(SHAPES) - 1
    assert len(desk.reported(NoAnswer)) == 1


def test_timers_of_many_phones_are_kept_in_order() -> None:
    desk = Desk(approve_all=True)
    for n in range(20):
        source = (f"10.13.2.{n + 20}", 5060)
        desk.receive(plain(uri=f"sip:MAC0004130000{n:02d}@h", call_id=str(n)), source)
        desk.wait(0.03)
    desk.wait(100)
    times = [at for at, _ in desk.sent]
    assert times == sorted(times)
    assert len(times) == 20 * (1 + len(NOTIFY_TIMES))
    assert len(desk.reported(NoAnswer)) == 20


def test_silent_phones_are_bounded_and_served_ones_never_pushed_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert MAX_PENDING >= 10_000
    monkeypatch.setattr(pending_module, "MAX_PENDING", 3)
    desk = Desk()

    def ask(number: int, call_id: str = "1") -> str:
        source = (f"10.13.2.{number}", 5060)
        desk.receive(plain(uri=f"sip:MAC0004130000{number:02d}@h", call_id=call_id), source)
        return f"0004130000{number:02d}"

    served = ask(20)
    desk.approve(served)
    desk.urls.clear()  # undecided again: it keeps its place all the same
    first, second, third = ask(21), ask(22), ask(23)
    ask(21, "2")  # asked again: no longer the oldest
    fourth = ask(24)
    offers = {key: desk.approve(key) for key in (served, first, second, third, fourth)}
    assert offers == {
        served: SendResult.NOTIFY_ALONE,
        first: SendResult.OK_AND_NOTIFY,
        second: SendResult.NEVER_ASKED,
        third: SendResult.OK_AND_NOTIFY,
        fourth: SendResult.OK_AND_NOTIFY,
    }
    for number in range(30, 60):
        ask(number)
    assert len(desk.responder._pending) == 3
    assert desk.responder.offer(first, desk.now) is SendResult.NOTIFY_ALONE
    desk.urls.clear()
    ask(20, "2")  # served once, undecided now: what it asks next keeps its place, too
    for number in range(60, 90):
        ask(number)
    assert desk.approve(served) is SendResult.OK_AND_NOTIFY


def test_the_200s_that_are_sent_again_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    assert MAX_ANSWERED >= 10_000
    monkeypatch.setattr("pnp_gui.pnp.transactions.MAX_ANSWERED", 3)
    desk = Desk(approve_all=True)
    source = ("10.13.2.20", 5060)
    for number in range(5):
        desk.receive(plain(call_id=str(number)), source)
    assert len(desk.responder._answered) == 3
    assert kinds(desk.receive(plain(call_id="4"), source)) == ["200"]
    assert kinds(desk.receive(plain(call_id="2"), source)) == ["200"]
    assert kinds(desk.receive(plain(call_id="1"), source)) == ["200", "NOTIFY"]
