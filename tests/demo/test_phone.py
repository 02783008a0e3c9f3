"""The simulated phone by itself, with a clock that the test turns."""

from __future__ import annotations

import pytest

from pnp_gui.demo.phone import ANSWERS_KEPT, SimulatedPhone, response_to
from pnp_gui.demo.shapes import SHAPES
from tests.demo.answers import NOTIFY, OK, RESPONDER, URL
from tests.demo.asking_phone import phone_of
from tests.phones import behaviour_of


def sent_by(phone: SimulatedPhone, until: float) -> list[tuple[float, bytes]]:
    """Everything the phone sends up to a moment, with its times."""
    sent = []
    while (due := phone.deadline()) is not None and due <= until:
        phone.expire(due)
        sent += [(due, data) for data, _ in phone.datagrams()]
    return sent


def test_it_asks_and_goes_on_asking_while_nobody_answers() -> None:
    phone = phone_of("snom")
    phone.boot(100.0)
    [(first, to)] = phone.datagrams()
    assert to is None
    again = sent_by(phone, 200.0)
    assert [at - 100 for at, _ in again] == list(SHAPES["snom"].timing.retransmissions())
    assert {data for _, data in again} == {first}
    assert phone.settled
    report = phone.report()
    assert (report.asks, report.sent, report.received, report.served) == (1, 11, 0, False)


def test_a_200_ends_its_asking() -> None:
    phone = phone_of()
    phone.boot(0.0)
    phone.receive(OK, RESPONDER, 0.1)
    assert phone.settled


def test_a_provisional_or_foreign_answer_does_not_end_its_asking() -> None:
    phone = phone_of()
    phone.boot(0.0)
    phone.receive(OK.replace(b"200 OK", b"100 Trying"), RESPONDER, 0.1)
    phone.receive(OK.replace(b"Call-ID: 4", b"Call-ID: 5"), RESPONDER, 0.1)
    assert phone.deadline() == 0.5
    assert len(phone.report().faults) == 2


def test_served_exactly() -> None:
    phone = phone_of()
    phone.boot(0.0)
    phone.datagrams()
    phone.receive(OK, RESPONDER, 0.1)
    phone.receive(NOTIFY, RESPONDER, 0.2)
    [(answer, to)] = phone.datagrams()
    assert to == RESPONDER
    assert answer.startswith(b"SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP 10.13.2.2:5060;branch=z9hG4bKo")
    report = phone.report()
    assert report.served
    assert (report.url, report.answered, report.oks, report.offers) == (URL, 200, 1, 1)


def test_a_repeated_200_must_be_the_same_bytes_and_needs_a_subscribe() -> None:
    phone = phone_of()
    phone.boot(0.0)
    phone.receive(OK, RESPONDER, 0.1)
    phone.receive(OK, RESPONDER, 0.2)
    assert phone.report().faults == ["200: came 2 times for 1 SUBSCRIBEs"]
    phone.receive(OK.replace(b"ours1", b"ours2"), RESPONDER, 0.3)
    assert "200: a repetition differs from the first" in phone.report().faults


def test_a_200_after_the_notify_is_a_fault() -> None:
    phone = phone_of()
    phone.boot(0.0)
    phone.receive(NOTIFY, RESPONDER, 0.1)
    assert phone.report().faults == []
    phone.receive(OK, RESPONDER, 0.2)
    assert phone.report().faults == ["200: came after the NOTIFY"]


def test_a_retransmitted_notify_must_be_the_same_bytes() -> None:
    phone = phone_of(behaviour=behaviour_of("silent"))
    phone.boot(0.0)
    phone.receive(OK, RESPONDER, 0.1)
    for _ in range(3):
        phone.receive(NOTIFY, RESPONDER, 0.2)
    assert phone.report().faults == []
    assert (phone.report().notifies, phone.report().offers) == (3, 1)
    phone.receive(NOTIFY.replace(b"/gs/", b"/sn/"), RESPONDER, 0.9)
    assert phone.report().faults == ["NOTIFY: a retransmission differs from the first"]


def test_a_second_notify_needs_a_higher_cseq() -> None:
    phone = phone_of()
    phone.boot(0.0)
    phone.receive(OK, RESPONDER, 0.1)
    phone.receive(NOTIFY, RESPONDER, 0.2)
    another = NOTIFY.replace(b"ours2", b"ours3")
    phone.receive(another.replace(b"CSeq: 1", b"CSeq: 2"), RESPONDER, 0.3)
    assert phone.report().faults == []
    assert phone.report().offers == 2
    phone.receive(another.replace(b"ours3", b"ours4"), RESPONDER, 0.4)
    assert phone.report().faults == ["NOTIFY: a new one has CSeq 1 after 2"]


def test_it_refuses_or_keeps_silent_or_answers_late_as_told() -> None:
    for words, answers in (("refuse:489", [b"489"] * 4), ("silent", []), ("third", [b"200"])):
        phone = phone_of(behaviour=behaviour_of(words))
        phone.boot(0.0)
        phone.datagrams()
        phone.receive(OK, RESPONDER, 0.1)
        for at in range(4):
            phone.receive(NOTIFY, RESPONDER, 0.2 + at)
        given = [data[8:11] for data, _ in phone.datagrams()]
        assert given == answers, words


def test_it_closes_its_port_on_the_notify() -> None:
    phone = phone_of(behaviour=behaviour_of("closes+again:40"))
    phone.boot(0.0)
    phone.receive(OK, RESPONDER, 0.1)
    phone.receive(NOTIFY, RESPONDER, 0.2)
    assert not phone.is_open
    assert phone.deadline() == 40.0
    phone.expire(40.0)
    assert phone.is_open


def test_after_its_reboot_it_asks_anew_and_refuses_what_belongs_to_the_old_talk() -> None:
    phone = phone_of(behaviour=behaviour_of("accept+reboots:60"))
    phone.boot(0.0)
    [(first, _)] = phone.datagrams()
    phone.receive(OK, RESPONDER, 0.1)
    phone.receive(NOTIFY, RESPONDER, 0.2)
    phone.datagrams()
    [(at, second), *_] = sent_by(phone, 60.2)
    assert at == 60.2
    assert second != first
    phone.receive(NOTIFY, RESPONDER, 60.3)
    [(answer, _)] = phone.datagrams()
    assert answer.startswith(b"SIP/2.0 481 ")
    assert phone.report().faults == []


def test_a_phone_that_takes_nothing_late_says_481() -> None:
    phone = phone_of("panasonic")
    phone.boot(0.0)
    [(subscribe, _)] = phone.datagrams()
    call_id = subscribe.partition(b"Call-ID: ")[2].partition(b"\r\n")[0]
    late = NOTIFY.replace(b"490431573-5080-1@BJC.BGI.IG.DA", call_id)
    phone.receive(late, RESPONDER, 5.1)
    assert phone.report().answered == 481
    assert not phone.report().url


def test_what_it_keeps_is_bounded() -> None:
    phone = phone_of(behaviour=behaviour_of("silent"))
    phone.boot(0.0)
    for number in range(1000):
        phone.receive(NOTIFY, RESPONDER, 0.1)
        phone.receive(b"stray %d" % number, RESPONDER, 0.1)
    report = phone.report()
    assert report.received == 2000
    assert len(report.faults) == ANSWERS_KEPT


@pytest.mark.parametrize("data", [b"", b"\0" * 100, b"SIP/2.0", b"NOTIFY \r\n\r\n", b"\r\n\r\n"])
def test_any_bytes_are_a_fault_and_no_exception(data: bytes) -> None:
    phone = phone_of()
    phone.boot(0.0)
    phone.receive(data, RESPONDER, 0.1)
    assert phone.report().faults


@pytest.mark.parametrize("words", ["", "obey", "accept:200", "accept+soon", "accept+again:x"])
def test_words_that_are_no_behaviour(words: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        behaviour_of(words)


def test_a_response_copies_every_via() -> None:
    request = NOTIFY.replace(b"Via: ", b"Via: SIP/2.0/UDP 10.0.0.9;branch=z9hG4bKx\r\nVia: ")
    assert response_to(request, 500, "No").count(b"Via: ") == 2
