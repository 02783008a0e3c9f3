"""Decisions: their order, who is answered with what, and what the next run knows of them."""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pnp_gui.bench import floor as floor_module
from pnp_gui.bench.phone import Decision, Progress
from pnp_gui.bench.settings import DEFAULT_URL, MAX_URL_HISTORY, PORT
from pnp_gui.bench.sheet import SheetLine, read_sheet, write_sheet
from pnp_gui.bench.status import StatusKind, status_of
from pnp_gui.bench.store import FILE, Store
from pnp_gui.bench.trace import TraceEntry
from pnp_gui.pnp.sent import Sent
from pnp_gui.pnp.url import FACTORY_URL
from pnp_gui.trouble import Trouble
from tests.bench.floor_of_phones import LOCAL, Set, ask, mac, start

A, B, C = mac(1), mac(2), mac(3)


def on_disk(at: Set, key: str) -> str:
    """The decision as another process reads it in the file."""
    with closing(sqlite3.connect(at.folder / FILE)) as connection:
        row = connection.execute("SELECT decision FROM phone WHERE key = ?", (key,)).fetchone()
        return "" if row is None else str(row[0])


def test_disk_then_row_then_wire(at: Set, monkeypatch: pytest.MonkeyPatch) -> None:
    at.heard(A)
    rows_during_save: list[Decision] = []
    save = Store.save_decisions

    def watched(store: Store, rows: object) -> None:
        rows_during_save.append(at.bench.phones[A].decision)
        save(store, rows)  # type: ignore[arg-type]

    monkeypatch.setattr(Store, "save_decisions", watched)
    at.wire.look = lambda: (at.bench.phones[A].decision, on_disk(at, A))
    at.bench.approve([A])
    at.bench.deny([A])
    assert rows_during_save == [Decision.UNDECIDED, Decision.APPROVED]
    assert at.wire.told == [("offer", A), ("withdraw", A)]
    assert at.wire.seen == [(Decision.APPROVED, "approved"), (Decision.DENIED, "denied")]


def test_nobody_gets_a_url_but_the_approved(at: Set) -> None:
    assert at.bench.url_for(ask(A)) is None, "unknown"
    at.heard(A)
    assert at.bench.url_for(ask(A)) is None, "undecided"
    at.bench.approve([A])
    assert at.bench.url_for(ask(A)) == FACTORY_URL
    assert at.bench.url_for(ask(B)) is None, "another"
    at.bench.deny([A])
    assert at.bench.url_for(ask(A)) is None, "denied"
    at.bench.approve([A])
    at.bench.undecide([A])
    assert at.bench.url_for(ask(A)) is None, "undecided again"
    at.bench.approve([A])
    at.bench.forget([A])
    assert at.bench.url_for(ask(A)) is None, "forgotten"
    at.heard(A)
    assert at.bench.url_for(ask(A)) is None, "back as a new one"


def test_approving_sends_at_once_only_to_phones_heard_in_this_run(at: Set) -> None:
    at.bench.apply_sheet([SheetLine(1, B, None, None, None)])
    at.heard(A)
    at.bench.approve([A, B, "000000000000", A])
    assert at.wire.told == [("offer", A)]
    assert at.bench.phones[B].decision is Decision.APPROVED


def test_approving_again_does_not_send_to_those_that_have_it(at: Set) -> None:
    at.heard(A, B, C)
    at.bench.approve([A, B, C])
    for key in (A, B, C):
        at.offered(key)
    at.answered(A, 200, "OK")
    at.answered(B, 481, "Gone")
    at.wire.told.clear()
    at.bench.approve([A, B, C])
    assert at.wire.told == [("offer", B)], "A accepted, C is under way"


def test_send_again_counts_what_became_of_it(at: Set) -> None:
    at.bench.apply_sheet([SheetLine(1, C, Decision.APPROVED, None, None)])
    at.heard(A, B)
    at.bench.approve([A])
    at.offered(A)
    at.answered(A, 200, "OK")
    at.wire.told.clear()
    assert at.bench.send_again([A, B, C]) == {
        Sent.OK_AND_NOTIFY: 1,
        Sent.NOT_APPROVED: 1,
        Sent.NOT_HEARD: 1,
    }
    assert at.wire.told == [("offer", A)]


@pytest.mark.parametrize("decision", [Decision.DENIED, Decision.UNDECIDED])
def test_taking_an_approval_back_ends_what_is_under_way(at: Set, decision: Decision) -> None:
    at.heard(A)
    at.bench.approve([A])
    at.offered(A)
    (at.bench.deny if decision is Decision.DENIED else at.bench.undecide)([A])
    phone = at.bench.phones[A]
    assert (phone.decision, phone.progress) == (decision, Progress.ASKING)
    assert at.wire.told[-1] == ("withdraw", A)


def test_what_was_accepted_stays_accepted_until_it_asks_again(at: Set) -> None:
    at.heard(A)
    at.bench.approve([A])
    at.offered(A)
    at.answered(A, 200, "OK")
    at.bench.undecide([A])
    assert at.bench.phones[A].progress is Progress.ACCEPTED
    at.heard(A)
    assert at.bench.phones[A].progress is Progress.ASKING


def test_own_url_before_default(at: Set) -> None:
    at.heard(A, B)
    at.bench.approve([A, B])
    at.bench.set_own_url([A], "  http://h/${mac}/${ip}?m=${model}&s={mac}\n")
    at.bench.set_default_url("http://d/${MAC:-}")
    own = "http://h/000413000001/10.13.2.37?m=snomD785&s={mac}"
    assert at.bench.url_for(ask(A)) == at.bench.preview(A) == own
    assert at.bench.url_for(ask(B)) == at.bench.preview(B) == "http://d/00-04-13-00-00-02"
    at.bench.set_own_url([A], "")
    assert at.bench.url_for(ask(A)) == "http://d/00-04-13-00-00-01"


def test_a_bad_url_changes_nothing(at: Set) -> None:
    at.heard(A)
    at.bench.set_own_url([A], "http://h/a")
    with pytest.raises(Trouble):
        at.bench.set_own_url([A], "http://h/a b")
    with pytest.raises(Trouble):
        at.bench.set_default_url("")
    assert at.bench.phones[A].own_url == "http://h/a"
    assert at.bench.default_url == FACTORY_URL
    assert at.bench.url_history == []


def test_a_phone_for_which_the_url_cannot_be_filled_in_gets_silence_and_a_line(at: Set) -> None:
    at.bench.set_default_url("http://h/${mac}")
    key = "ip:10.13.2.37"
    at.heard(key)
    at.bench.approve([key])
    for _ in range(5):
        assert at.bench.url_for(ask(key)) is None
    assert [line.source for line in at.bench.log if "${mac}" in line.text] == [key]
    assert at.bench.preview(key) == ""
    assert "${mac}" in str(at.bench.why_no_url(key))
    at.bench.set_own_url([key], "http://h/fixed")
    assert at.bench.url_for(ask(key)) == "http://h/fixed"
    assert at.bench.why_no_url(key) is None


def test_default_url_and_its_history_are_kept(at: Set) -> None:
    for number in range(MAX_URL_HISTORY + 5):
        at.bench.set_default_url(f"http://h/{number}")
    at.bench.set_default_url("http://h/20")
    assert at.bench.url_history[:3] == ["http://h/20", "http://h/24", "http://h/23"]
    again = at.next_run()
    assert again.bench.default_url == "http://h/20"
    assert again.bench.url_history == at.bench.url_history
    assert len(set(again.bench.url_history)) == MAX_URL_HISTORY
    again.bench.store.close()


def test_a_default_url_that_cannot_be_used_is_said_and_the_first_one_stands_in(at: Set) -> None:
    at.bench.set_setting(DEFAULT_URL, "gopher://h/")
    at.bench.set_setting(PORT, 5062)
    again = at.next_run()
    assert again.bench.default_url == FACTORY_URL
    assert list(again.bench.troubles) == ["default_url"]
    assert again.bench.setting(PORT) == 5062
    again.bench.set_default_url("http://h/")
    assert again.bench.troubles == {}
    again.bench.store.close()


def test_everything_decided_and_seen_is_known_in_the_next_run(at: Set) -> None:
    at.heard(A, B)
    at.bench.approve([A])
    at.bench.deny([B])
    at.bench.set_own_url([A], "http://h/a")
    at.bench.set_label([A], " Room\t12 ")
    at.offered(A, "http://h/a")
    at.answered(A, 200, "OK", "http://h/a")
    seen = at.clock.unix
    at.clock.forward(3600)
    at = at.next_run()
    a, b = at.bench.phones[A], at.bench.phones[B]
    assert (a.decision, a.own_url, a.label) == (Decision.APPROVED, "http://h/a", "Room 12")
    assert (a.progress, a.sent_url, a.first_seen) == (Progress.ACCEPTED, "http://h/a", seen)
    assert (a.heard, a.asked, a.make) == (False, 0, "snom")
    assert b.decision is Decision.DENIED
    assert at.bench.take_changes().changed == {A, B}
    at.bench.store.close()


def test_a_forgotten_phone_is_gone_everywhere(at: Set) -> None:
    at.heard(A, B)
    at.message(A)
    at.bench.approve([A])
    at.bench.take_changes()
    at.bench.forget([A])
    assert at.bench.take_changes().removed == {A}
    assert list(at.bench.phones) == [B]
    assert at.bench.trace.of(A) == []
    assert at.wire.told[-1] == ("forget", A)
    at.answered(A, 200)
    again = at.next_run()
    assert list(again.bench.phones) == [B]
    again.bench.store.close()


def test_changes_say_what_the_window_has_to_look_at(at: Set) -> None:
    at.heard(A, B)
    assert at.bench.take_changes() == ({A, B}, set())
    assert at.bench.take_changes() == (set(), set())
    at.bench.approve([A])
    at.bench.approve([A])
    assert at.bench.take_changes().changed == {A}
    at.bench.set_label([B], "x")
    assert at.bench.take_changes().changed == {B}
    at.bench.set_own_url([A], "http://h/")
    at.bench.take_changes()
    at.bench.set_default_url("http://d/")
    assert at.bench.take_changes().changed == {B}, "A has its own"
    at.bench.set_label([B], "x")
    assert at.bench.take_changes().changed == set(), "as it was"


def test_a_window_that_runs_out_is_a_change(at: Set) -> None:
    at.heard(A, B)
    at.bench.deny([B])
    at.bench.take_changes()
    at.clock.forward(31.9)
    at.bench.tick()
    assert at.bench.take_changes().changed == set()
    assert at.bench.counts().asking == 1
    at.clock.forward(0.2)
    at.bench.tick()
    assert at.bench.take_changes().changed == {A}
    assert at.bench.counts().asking == 0


def test_counts(at: Set) -> None:
    keys = [mac(n) for n in range(8)]
    at.heard(*keys)
    at.bench.approve(keys[:5])
    at.bench.deny(keys[5:6])
    for key in keys[:4]:
        at.offered(key)
    at.answered(keys[0], 200)
    at.answered(keys[1], 202)
    at.answered(keys[2], 481)
    at.no_answer(keys[3])
    counts = at.bench.counts()
    assert counts._asdict() == {
        "phones": 8,
        "asking": 2,
        "approved": 5,
        "denied": 1,
        "accepted": 2,
        "refused": 1,
        "no_answer": 1,
        "no_url": 0,
        "conflicts": 0,
    }


def test_a_sheet_is_one_step_and_says_only_what_it_says(
    at: Set, monkeypatch: pytest.MonkeyPatch
) -> None:
    at.heard(A, B)
    at.bench.approve([A])
    at.bench.set_own_url([A], "http://h/a")
    at.bench.set_label([B], "old")
    at.wire.told.clear()
    saves: list[int] = []
    save = Store.save_decisions

    def counted(store: Store, rows: list[object]) -> None:
        saves.append(len(rows))
        save(store, rows)  # type: ignore[arg-type]

    monkeypatch.setattr(Store, "save_decisions", counted)
    applied = at.bench.apply_sheet(
        [
            SheetLine(1, A, None, None, "Room 1"),
            SheetLine(2, B, Decision.APPROVED, "http://h/b", None),
            SheetLine(3, C, Decision.APPROVED, None, None),
            SheetLine(4, C, None, None, "Room 3"),
        ]
    )
    assert (applied, saves) == (4, [3])
    assert {
        key: (phone.decision, phone.own_url, phone.label) for key, phone in at.bench.phones.items()
    } == {
        A: (Decision.APPROVED, "http://h/a", "Room 1"),
        B: (Decision.APPROVED, "http://h/b", "old"),
        C: (Decision.APPROVED, "", "Room 3"),
    }
    assert at.wire.told == [("offer", B)]


def test_a_written_sheet_makes_the_same_floor_elsewhere(at: Set) -> None:
    at.heard(A, "ip:10.13.2.37")
    at.bench.approve([A])
    at.bench.deny(["ip:10.13.2.37"])
    at.bench.set_label([A], "=1+1")
    first = write_sheet(at.bench.phones.values())
    at.bench.forget(list(at.bench.phones))
    lines, bad = read_sheet(first)
    at.bench.apply_sheet(lines)
    assert bad == []
    assert write_sheet(at.bench.phones.values()) == first


def test_ten_thousand_approved_at_once(at: Set) -> None:
    keys = [mac(n) for n in range(10_000)]
    for number, key in enumerate(keys):
        at.heard(key, address=f"10.13.{number // 250}.{number % 250 + 1}")
    at.bench.approve(keys)
    assert len(at.wire.told) == 10_000
    assert at.bench.log[-1].text == "10000 phones approved."
    again = at.next_run()
    assert again.bench.counts().approved == 10_000
    again.bench.store.close()


def test_a_flood_of_new_phones_ends_at_the_bound_and_pushes_nobody_out(
    at: Set, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(floor_module, "MAX_UNDECIDED", 10)
    at.heard(A)
    at.bench.approve([A])
    at.heard(B)
    at.bench.deny([B])
    flood = [mac(1000 + n) for n in range(50)]
    lines = len(at.bench.log)
    for key in flood:
        at.message(key)
        at.heard(key)
    assert set(at.bench.phones) == {A, B, *flood[:10]}
    assert {entry.key for entry in at.bench.trace} == set(flood[:10])
    told = [line.text for line in list(at.bench.log)[lines:] if "only counted" in line.text]
    assert len(told) == 1
    at.heard(flood[0])
    assert at.bench.phones[flood[0]].asked == 2, "those that are shown go on"
    at.bench.approve(flood[:1])
    at.heard(C)
    assert C in at.bench.phones, "a decision makes room"
    at.bench.forget(flood[1:3])
    at.heard(flood[30])
    assert flood[30] in at.bench.phones, "so does removing"


def test_the_row_tells_what_the_phone_said(at: Set) -> None:
    at.heard(A)
    at.heard(A, again=True)
    at.clock.forward(5)
    at.heard(A, address="10.13.2.99")
    phone = at.bench.phones[A]
    assert (phone.mac, phone.make, phone.model) == (A, "snom", "snomD785")
    assert (phone.address, phone.interface) == ("10.13.2.99", "eth0")
    assert (phone.first_seen, phone.last_seen) == (at.clock.unix - 5, at.clock.unix)
    assert (phone.asked, phone.heard) == (3, True)
    assert phone.asking_until == at.clock.unix + 32


def test_a_retransmission_does_not_open_the_window_anew(at: Set) -> None:
    at.heard(A)
    until = at.bench.phones[A].asking_until
    at.clock.forward(16)
    at.heard(A, again=True)
    assert at.bench.phones[A].asking_until == until


def test_a_retransmission_does_not_undo_what_was_sent(at: Set) -> None:
    at.heard(A)
    at.bench.approve([A])
    at.offered(A)
    at.heard(A, again=True)
    assert at.bench.phones[A].progress is Progress.SENT


def test_progress_accepted_refused_no_answer(at: Set) -> None:
    at.heard(A)
    at.bench.approve([A])
    phone = at.bench.phones[A]
    at.offered(A)
    assert (phone.progress, phone.sent_url) == (Progress.SENT, "http://h/a")
    at.answered(A, 481, "Gone")
    assert (phone.progress, phone.code, phone.reason) == (Progress.REFUSED, 481, "Gone")
    at.offered(A)
    assert (phone.progress, phone.code, phone.reason) == (Progress.SENT, 0, "")
    at.no_answer(A)
    assert phone.progress is Progress.NO_ANSWER
    at.offered(A)
    at.clock.forward(1)
    at.answered(A, 202, "Accepted")
    assert (phone.progress, phone.code) == (Progress.ACCEPTED, 202)
    assert phone.progress_at == at.clock.unix


def test_the_end_of_an_earlier_offer_does_not_hide_the_last_one(at: Set) -> None:
    at.heard(A)
    at.bench.approve([A])
    at.offered(A, "http://h/old")
    at.offered(A, "http://h/new")
    at.no_answer(A, "http://h/old")
    assert at.bench.phones[A].progress is Progress.SENT
    assert at.bench.store.history(1)[0].url == "http://h/old"


def test_history_tells_who_was_offered_what_and_what_he_answered(at: Set) -> None:
    at.heard(A)
    at.bench.approve([A])
    at.offered(A)
    at.clock.forward(1)
    at.answered(A, 481, "Gone")
    at.bench.tick()
    lines = at.bench.store.history()
    assert [(x.at, x.key, x.url, x.outcome, x.code) for x in lines] == [
        (at.clock.unix, A, "http://h/a", "refused", 481),
        (at.clock.unix - 1, A, "http://h/a", "offered", 0),
    ]
    assert {(x.interface, x.address, x.mac) for x in lines} == {("eth0", "10.13.2.37", A)}


def test_messages_go_into_the_trace_with_unix_time(at: Set) -> None:
    at.message(A, b"SUBSCRIBE")
    at.heard(A)
    assert at.bench.trace.of(A) == [
        TraceEntry(at.clock.unix, A, False, "eth0", LOCAL, ("10.13.2.37", 5060), b"SUBSCRIBE")
    ]


def test_the_log_tells_new_phones_offers_answers_and_decisions(at: Set) -> None:
    at.heard(A)
    at.bench.approve([A])
    at.offered(A)
    at.answered(A, 481, "Gone")
    assert [(line.text, line.source) for line in at.bench.log] == [
        ("A new phone asks: snom snomD785 at 10.13.2.37 on eth0.", A),
        ("Approved.", A),
        ("Offered its URL to 10.13.2.37 on eth0, with the 200 to what it asked.", A),
        ("It refused the URL: 481 Gone.", A),
    ]


def test_nothing_is_written_to_the_disk_for_every_datagram(at: Set) -> None:
    said: list[str] = []
    at.bench.store._connection.set_trace_callback(said.append)
    for _ in range(100):
        at.heard(A)
    assert said == []
    at.bench.tick()
    assert [line for line in said if line.startswith(("BEGIN", "COMMIT"))] == [
        "BEGIN IMMEDIATE",
        "COMMIT",
    ]
    at.bench.store._connection.set_trace_callback(None)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            (
                *("heard", "approve", "deny", "undecide", "forget", "sheet", "next run"),
                *("offered", "answered", "no_answer", "later", "looked at"),
            )
        ),
        st.sampled_from([A, B, C]),
    ),
    max_size=14,
)


@settings(max_examples=60, deadline=None)
@given(STEPS)
def test_the_numbers_of_phones_never_drift(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, str]]
) -> None:
    at = start(tmp_path_factory.mktemp("data"))
    for step, key in steps:
        if step == "heard":
            at.heard(key)
        elif step == "sheet":
            at.bench.apply_sheet([SheetLine(1, key, None, None, None)])
        elif step == "next run":
            at = at.next_run()
        elif step == "offered" or step == "no_answer":
            getattr(at, step)(key)
        elif step == "answered":
            at.answered(key, 481 if key == A else 200)
        elif step == "later":
            at.clock.forward(16.0)
        elif step == "looked at":
            at.bench.take_changes()
        else:
            getattr(at.bench, step)([key])
        phones = at.bench.phones.values()
        kinds = Counter(status_of(phone, at.clock.unix) for phone in phones)
        decisions = Counter(phone.decision for phone in phones)
        assert at.bench.counts() == (
            len(phones),
            kinds[StatusKind.ASKING],
            decisions[Decision.APPROVED],
            decisions[Decision.DENIED],
            kinds[StatusKind.ACCEPTED],
            kinds[StatusKind.REFUSED],
            kinds[StatusKind.NO_ANSWER],
            kinds[StatusKind.NO_URL],
            kinds[StatusKind.CONFLICT],
        )
        assert at.bench._floor.undecided == sum(
            phone.decision is Decision.UNDECIDED for phone in phones
        )
    at.bench.store.close()
