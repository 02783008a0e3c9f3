"""What phones say and do: in their row, in the history, the trace and the log."""

from __future__ import annotations

from typing import get_args

from pnp_gui.bench.events import handler
from pnp_gui.bench.export import report_page
from pnp_gui.bench.export.report import Result
from pnp_gui.bench.phones.phone import Progress, Reboot
from pnp_gui.bench.record.trace import TraceEntry
from pnp_gui.bench.store.rows import OFFER_OUTCOMES, REBOOT_OUTCOMES
from pnp_gui.pnp.events import Event, Message, SubscribeReceived
from tests.bench.rig import LOCAL, Set, ask, mac

A = mac(1)


def test_the_row_tells_what_the_phone_said(at: Set) -> None:
    at.heard(A)
    at.heard(A, again=True)
    at.clock.forward(5)
    at.heard(A, address="10.13.2.99")
    phone = at.bench.phones[A]
    assert (phone.mac, phone.make, phone.model) == (A, "snom", "snomD785")
    assert (phone.address, phone.interface) == ("10.13.2.99", "eth0")
    assert (phone.first_seen, phone.last_seen) == (at.clock.unix - 5, at.clock.unix)
    assert (phone.asked, phone.asked_at) == (3, at.clock.monotonic)
    assert phone.asking_until == at.clock.monotonic + 32


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


def test_what_is_reported_after_a_denial_is_under_way_no_more(at: Set) -> None:
    at.heard(A)
    at.bench.approve([A])
    at.bench.deny([A])
    at.offered(A)
    assert not at.bench.phones[A].is_under_way


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
        (at.clock.unix - 1, A, "", "approved", 0),
    ]
    assert {(x.interface, x.address, x.mac) for x in lines} == {("eth0", "10.13.2.37", A)}


def test_messages_go_into_the_trace_with_unix_time(at: Set) -> None:
    at.asks(A, b"SUBSCRIBE")
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
        ("URL sent to 10.13.2.37 on eth0, with the 200 to its request.", A),
        ("The phone refused the URL: 481 Gone.", A),
    ]


def test_the_log_has_no_gap_where_a_phone_says_nothing_of_itself_or_no_reason(at: Set) -> None:
    said = [("ip:10.13.2.38", "Htek", ""), ("ip:10.13.2.39", "", "")]
    for key, make, model in said:
        request = ask(key, key[3:], make=make, model=model)
        at.absorb(SubscribeReceived(request, at.clock.monotonic, False))
        at.offered(key)
    at.answered("ip:10.13.2.38", 486)
    at.answered("ip:10.13.2.39", 200)
    texts = [line.text for line in at.bench.log]
    assert texts[0] == "A new phone asks: Htek at 10.13.2.38 on eth0."
    assert "A new phone asks at 10.13.2.39 on eth0." in texts
    assert texts[-2:] == ["The phone refused the URL: 486.", "The phone accepted the URL (200)."]


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


def test_every_way_in_which_an_offer_or_a_reboot_goes_on_has_its_words() -> None:
    """Of a new kind of progress the history, the log and the report must not say nothing."""
    assert set(OFFER_OUTCOMES) == set(Progress) - {Progress.NONE, Progress.ASKING}
    assert set(REBOOT_OUTCOMES) == set(Reboot) - {Reboot.NONE}
    assert set(OFFER_OUTCOMES) == handler._OFFER_ENDINGS.keys() | {Progress.SENT}
    assert set(REBOOT_OUTCOMES) == handler._REBOOT_ENDINGS.keys() | {Reboot.ASKED}
    assert set(OFFER_OUTCOMES.values()) <= set(Result)
    assert set(report_page._WORDS) == set(Result)


def test_every_event_has_its_handler(at: Set) -> None:
    handler = at.bench._events
    handled = {Message, *handler._handlers, *handler._of_known}
    assert handled == set(get_args(Event)), "add it to EventHandler"
