"""Asking a phone to reboot: who is asked, with what, where it goes, and what is reported."""

from __future__ import annotations

import pytest
import sipmessage

from pnp_gui.pnp.events import (
    Answered,
    Message,
    NoAnswer,
    Offered,
    Outgoing,
    RebootAnswered,
    RebootAsked,
)
from pnp_gui.pnp.makes import MAKES, reboot_event
from pnp_gui.pnp.send_result import SendResult
from pnp_gui.pnp.sip_values import CHECK_SYNC, REBOOT
from tests.pnp.desk import URL, Desk, branch_of, read, respond
from tests.pnp.phones import GRANDSTREAM, INTERFACE, LOCAL, SHAPES, SNOM, YEALINK, Shape, plain

AGAIN_AT = [0.5, 1.5, 3.5, 7.5, 11.5, 15.5, 19.5, 23.5, 27.5, 31.5]
"""Seconds after the first (Timer E, RFC 3261 section 17.1.2.2)."""


def accepted(shape: Shape = SNOM) -> Desk:
    """A desk with this phone approved, served and content."""
    desk = Desk(urls={shape.key(): URL})
    notify = desk.receive(shape.wire(), shape.source())[1]
    desk.receive(respond(notify.data), shape.source())
    desk.log.clear()
    desk.sent.clear()
    return desk


def no_answer() -> RebootAnswered:
    """To what was asked at 1000 s."""
    return RebootAnswered(SNOM.key(), 1032.0, 0, "", (SNOM.port,))


def asked(desk: Desk, shape: Shape = SNOM) -> Outgoing:
    """The NOTIFY that asks it to reboot."""
    assert desk.responder.reboot(shape.key(), desk.now) is SendResult.NOTIFY_ALONE
    [datagram] = desk.take()
    return datagram


def test_the_notify_to_a_snom_to_the_letter() -> None:
    desk = accepted()
    datagram = asked(desk)
    assert datagram[1:] == (SNOM.source(), INTERFACE, LOCAL)
    assert datagram.data == (
        b"NOTIFY sip:10.13.2.67:1053 SIP/2.0\r\n"
        b"Via: SIP/2.0/UDP 10.13.2.2:5060;branch=z9hG4bKid3;rport\r\n"
        b"Max-Forwards: 70\r\n"
        b"From: <sip:10.13.2.2:5060>;tag=id4\r\n"
        b"To: <sip:10.13.2.67:1053>\r\n"
        b"Call-ID: id5@10.13.2.2\r\n"
        b"CSeq: 1 NOTIFY\r\n"
        b"Contact: <sip:10.13.2.2:5060>\r\n"
        b"Event: check-sync;reboot=true\r\n"
        b"Subscription-State: terminated\r\n"
        b"Content-Length: 0\r\n"
        b"\r\n"
    )


@pytest.mark.parametrize("shape", SHAPES.values(), ids=list(SHAPES))
def test_every_phone_is_asked_where_it_asked_from_and_in_no_dialog(shape: Shape) -> None:
    desk = accepted(shape)
    datagram = asked(desk, shape)
    assert datagram[1:] == (shape.source(), INTERFACE, LOCAL)
    notify = read(datagram.data)
    assert notify.first == f"NOTIFY {shape.request_uri()} SIP/2.0"
    assert notify.one("To") == f"<{shape.request_uri()}>"
    assert notify.one("Event") == reboot_event(shape.kind.make, shape.kind.model)
    assert notify.body == b""
    second = sipmessage.Message.parse(datagram.data)
    assert isinstance(second, sipmessage.Request)
    assert (second.method, second.cseq.method) == ("NOTIFY", "NOTIFY")


def test_it_goes_to_the_source_whatever_host_the_contact_names() -> None:
    desk = Desk(approve_all=True)
    source = ("10.13.2.99", 4711)
    key = "000413AABBCC"
    desk.receive(plain(contact="<sip:c@198.51.100.7:99>"), source)
    assert desk.responder.reboot(key, desk.now) is SendResult.NOTIFY_ALONE
    assert [datagram.remote for datagram in desk.take()] == [source]


def test_a_phone_that_never_asked_or_is_not_approved_is_not_asked() -> None:
    desk = Desk()
    assert desk.responder.reboot(SNOM.key(), desk.now) is SendResult.NEVER_ASKED
    desk.receive(SNOM.wire(), SNOM.source())
    assert desk.responder.reboot(SNOM.key(), desk.now) is SendResult.NOT_APPROVED
    assert desk.take() == []
    assert desk.responder.deadline() is None
    assert desk.reported(RebootAsked, RebootAnswered) == []


def test_a_phone_approved_but_not_served_yet_can_be_asked() -> None:
    desk = Desk()
    desk.receive(SNOM.wire(), SNOM.source())
    desk.urls[SNOM.key()] = URL
    asked(desk)
    assert len(desk.wait(40)) == 10
    assert desk.reported(RebootAnswered) == [
        RebootAnswered(SNOM.key(), 1032.0, 0, "", (SNOM.port,))
    ]


@pytest.mark.parametrize(
    ("status", "reason"),
    [(200, "OK"), (202, "Accepted"), (401, "Unauthorized"), (407, "x"), (481, "Gone"), (603, "")],
)
def test_its_answer_is_told_as_it_came_and_ends_the_asking(status: int, reason: str) -> None:
    desk = accepted()
    datagram = asked(desk)
    desk.receive(respond(datagram.data, status, reason), SNOM.source())
    assert desk.reported(RebootAsked) == [RebootAsked(SNOM.key(), desk.now, REBOOT)]
    assert desk.reported(RebootAnswered) == [RebootAnswered(SNOM.key(), desk.now, status, reason)]
    assert desk.reported(Answered, NoAnswer, Offered) == []
    assert desk.wait(40) == []


def test_a_provisional_response_is_no_answer_and_slows_the_repeating_down() -> None:
    desk = accepted()
    datagram = asked(desk)
    desk.receive(respond(datagram.data, 100, "Trying"), SNOM.source())
    assert desk.reported(RebootAnswered) == []
    assert [at - 1000 for at, _ in desk.wait(32)] == [0.5, *(4.5 + 4 * n for n in range(7))]
    assert desk.reported(RebootAnswered) == [
        RebootAnswered(SNOM.key(), 1032.0, 0, "", (SNOM.port,))
    ]


def test_it_is_repeated_byte_for_byte_for_32_s_and_then_given_up() -> None:
    desk = accepted()
    datagram = asked(desk)
    again = desk.wait(100)
    assert [at - 1000 for at, _ in again] == AGAIN_AT
    assert {one for _, one in again} == {datagram}
    assert desk.reported(RebootAnswered) == [
        RebootAnswered(SNOM.key(), 1032.0, 0, "", (SNOM.port,))
    ]
    assert desk.reported(NoAnswer) == []
    assert desk.responder.deadline() is None


def test_who_is_being_asked_is_not_asked_twice_but_again_after_its_answer() -> None:
    desk = accepted()
    first = asked(desk)
    assert desk.responder.reboot(SNOM.key(), desk.now) is SendResult.UNDER_WAY
    assert desk.take() == []
    desk.receive(respond(first.data, 500), SNOM.source())
    second = asked(desk)
    assert branch_of(second.data) != branch_of(first.data)
    assert read(second.data).one("Call-ID") != read(first.data).one("Call-ID")


def test_a_phone_that_asks_anew_has_booted_and_is_not_asked_any_more() -> None:
    desk = accepted()
    asked(desk)
    again = SNOM.wire().replace(b"Call-ID: ", b"Call-ID: 2")
    served = desk.receive(again, SNOM.source())
    assert [read(one.data).first.split(" ")[0] for one in served] == ["SIP/2.0", "NOTIFY"]
    desk.receive(respond(served[1].data), SNOM.source())
    assert desk.wait(40) == []
    assert desk.reported(RebootAnswered) == []


def test_a_phone_that_is_denied_meanwhile_is_not_asked_any_more() -> None:
    desk = accepted()
    asked(desk)
    desk.deny(SNOM.key())
    assert desk.wait(40) == []
    assert desk.reported(RebootAnswered) == []


def test_it_goes_on_beside_the_notify_with_the_url() -> None:
    desk = Desk(urls={SNOM.key(): URL})
    url = desk.receive(SNOM.wire(), SNOM.source())[1]
    reboot = asked(desk)
    desk.receive(respond(reboot.data, 401, "Unauthorized"), SNOM.source())
    assert desk.reported(Answered) == []
    desk.receive(respond(url.data), SNOM.source())
    assert desk.reported(Answered) == [Answered(SNOM.key(), desk.now, 200, "OK", URL)]
    assert desk.reported(RebootAnswered) == [
        RebootAnswered(SNOM.key(), desk.now, 401, "Unauthorized")
    ]
    asked(desk)
    assert desk.responder.offer(SNOM.key(), desk.now) is SendResult.NOTIFY_ALONE
    assert len(desk.take()) == 1
    assert len(desk.wait(40)) == 2 * len(AGAIN_AT), "an offer does not end it either"


def test_only_the_phone_itself_can_answer() -> None:
    desk = accepted()
    datagram = asked(desk)
    desk.receive(respond(datagram.data), ("10.13.2.66", 1053))
    assert desk.reported(RebootAnswered) == []


def test_both_ways_are_in_the_trace() -> None:
    desk = accepted()
    datagram = asked(desk)
    answer = respond(datagram.data)
    desk.receive(answer, SNOM.source())
    assert desk.reported(Message) == [
        Message(desk.now, SNOM.key(), True, INTERFACE, LOCAL, SNOM.source(), datagram.data),
        Message(desk.now, SNOM.key(), False, INTERFACE, LOCAL, SNOM.source(), answer),
    ]


def test_what_each_make_understands() -> None:
    for make in ("snom", "Yealink", "Fanvil", "AudioCodes", "nobody knows it", ""):
        assert reboot_event(make, "") == REBOOT == "check-sync;reboot=true"
    for make in ("Grandstream", "Panasonic", "Poly", "Cisco", "Mitel"):
        assert reboot_event(make, "") == CHECK_SYNC == "check-sync"
    assert reboot_event("Gigaset", "DE900 IP PRO") == REBOOT
    assert reboot_event("Gigaset", "n510 IP PRO") == CHECK_SYNC
    assert reboot_event("Gigaset", "N720 DM PRO") == CHECK_SYNC
    assert {make.reboot for make in MAKES.values()} <= {REBOOT, CHECK_SYNC}
    assert read(asked(accepted(GRANDSTREAM), GRANDSTREAM).data).one("Event") == CHECK_SYNC
    assert read(asked(accepted(YEALINK), YEALINK).data).one("Event") == REBOOT
