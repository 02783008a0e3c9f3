"""Which port of the phone's address each answer goes to, and never another address."""

from __future__ import annotations

import pytest

from pnp_gui.pnp.events import Answered, Ignored, NoAnswer, RebootAnswered
from pnp_gui.pnp.limits import MAX_UNCONFIRMED
from pnp_gui.pnp.send_result import SendResult
from tests.pnp.desk import URL, Desk, kinds, respond
from tests.pnp.phones import PLAIN_KEY, SHAPES, Shape, plain

HOST = "10.77.1.25"
SOURCE = (HOST, 34567)
VIA = f"SIP/2.0/UDP {HOST}:5060;branch=z9hG4bK-p1"


def ports(via: str, contact: str, source: tuple[str, int] = SOURCE) -> tuple[int, int]:
    """Of the 200 and of the first NOTIFY to a phone that is approved."""
    without = () if contact else ("Contact",)
    out = Desk(approve_all=True).receive(plain(via=via, contact=contact, without=without), source)
    assert kinds(out) == ["200", "NOTIFY"]
    assert {datagram.remote[0] for datagram in out} == {source[0]}
    return out[0].remote[1], out[1].remote[1]


@pytest.mark.parametrize(
    ("via", "port"),
    [
        # RFC 3261 section 18.2.2: sent-by's port, 5060 without one
        (f"SIP/2.0/UDP {HOST}:5062;branch=z9hG4bK1", 5062),
        (f"SIP/2.0/UDP {HOST};branch=z9hG4bK1", 5060),
        (f"SIP/2.0/UDP {HOST}", 5060),
        (f"sip / 2.0 / udp  {HOST} : 5062 ;branch=z9hG4bK1;x=y", 5062),
        (f"SIP/2.0/UDP {HOST}:5062 , SIP/2.0/UDP 10.0.0.9:5999;rport", 5062),
        (f'SIP/2.0/UDP {HOST}:5062;x=";rport"', 5062),
        (f"SIP/2.0/UDP {HOST}:5062;rportal", 5062),
        (f"SIP/2.0/UDP {HOST}:5062;maddr=10.0.0.9;ttl=1", 5062),
        (f"SIP/2.0/UDP {HOST}:5062;received=10.0.0.9", 5062),
        # RFC 3581: the port that it came from
        (f"SIP/2.0/UDP {HOST}:5062;rport", 34567),
        (f"SIP/2.0/UDP {HOST}:5062;branch=z9hG4bK1;rport=9", 34567),
        (f"SIP/2.0/UDP {HOST}:5062;branch=z9hG4bK1 ; RPORT ;x", 34567),
        # another host, as behind a NAT
        ("SIP/2.0/UDP 192.168.1.9:5062;branch=z9hG4bK1", 34567),
        ("SIP/2.0/UDP phone.lan:5062", 34567),
        ("SIP/2.0/UDP [fe80::1]:5062;x", 34567),
        (f"SIP/2.0/UDP 1{HOST}:5062", 34567),
        (f"SIP/2.0/UDP {HOST}0:5062", 34567),
        (f"SIP/2.0/UDP {HOST}:1", 1),
        (f"SIP/2.0/UDP {HOST}:65535", 65535),
        # no port
        (f"SIP/2.0/UDP {HOST}:0", 34567),
        (f"SIP/2.0/UDP {HOST}:65536", 34567),
        (f"SIP/2.0/UDP {HOST}:{'9' * 5000}", 34567),
        (f"SIP/2.0/UDP {HOST}:-1", 34567),
        (f"SIP/2.0/UDP {HOST}:\xb25", 34567),
    ],
)
def test_where_the_200_goes(via: str, port: int) -> None:
    assert ports(via, "<sip:10.0.0.9:5999>") == (port, 34567)


@pytest.mark.parametrize(
    ("contact", "port"),
    [
        (f"<sip:{HOST}:5062>", 5062),
        (f"<sip:512@{HOST}:5062;line=1>;q=0.5", 5062),
        (f"sip:512@{HOST}:5062;expires=0", 5062),
        (f'"D785" <sip:5;12?@{HOST}:5062>', 34567),  # no Request-URI, so not used at all
        (f"<sip:512@{HOST}>", 5060),
        (f"<SIP:{HOST};transport=udp>", 5060),
        (f"<sip:512@{HOST}:34567>", 34567),
        (f"<sip:1@{HOST}:5062>, <sip:2@{HOST}:5063>", 5062),
        ("", 34567),
        ("*", 34567),
        ("<sip:192.168.1.9:5062>", 34567),
        ("<sip:512@phone.lan>", 34567),
        (f"<sip:{HOST}@10.0.0.9:5062>", 34567),
        (f"<sip:512@1{HOST}:5062>", 34567),
        (f"<sip:{HOST}:0>", 34567),
        (f"<sip:{HOST}:70000>", 34567),
        (f"<sip:{HOST}:x>", 34567),
    ],
)
def test_where_the_notify_goes(contact: str, port: int) -> None:
    assert ports(f"SIP/2.0/UDP {HOST}:5061", contact) == (5061, port)


@pytest.mark.parametrize("name", ["yealink", "grandstream", "snom-dect", "snom", "snom-oem"])
def test_phones_that_listen_where_they_ask_from_get_all_there(name: str) -> None:
    shape: Shape = SHAPES[name]
    desk = Desk(approve_all=True)
    out = desk.receive(shape.wire(), shape.source())
    assert [datagram.remote for datagram in out] == [shape.source()] * 2
    assert {datagram.remote for _, datagram in desk.wait(40)} == {shape.source()}
    assert desk.reported(NoAnswer) == [
        NoAnswer(shape.key(), desk.now - 40 + 32, URL, (shape.port,))
    ]


def test_a_phone_without_rport_is_served_at_its_own_port() -> None:
    desk = Desk(approve_all=True)
    ok, notify = desk.receive(plain(via=VIA, contact=f"<sip:{HOST}:5060>"), SOURCE)
    assert ok.remote == notify.remote == (HOST, 5060)
    desk.receive(respond(notify.data), (HOST, 5060))
    assert len(desk.reported(Answered)) == 1
    again = desk.receive(plain(via=VIA, contact=f"<sip:{HOST}:5060>"), SOURCE)
    assert again == [ok]


def test_repeats_try_the_other_port_in_turn_and_no_answer_names_both() -> None:
    desk = Desk(approve_all=True)
    _, first = desk.receive(plain(via=VIA, contact=f"<sip:{HOST}:5060>"), SOURCE)
    again = [datagram for _, datagram in desk.wait(100)]
    assert [datagram.remote for datagram in [first, *again]] == [
        (HOST, 34567 if number % 2 else 5060) for number in range(11)
    ]
    assert {datagram.data for datagram in again} == {first.data}
    (ended,) = desk.reported(NoAnswer)
    assert isinstance(ended, NoAnswer)
    assert ended.ports == (5060, 34567)


@pytest.mark.parametrize("port", [5060, 34567, 9])
def test_a_final_answer_from_either_port_counts(port: int) -> None:
    desk = Desk(approve_all=True)
    _, notify = desk.receive(plain(via=VIA, contact=f"<sip:{HOST}:5060>"), SOURCE)
    desk.wait(0.6)
    desk.receive(respond(notify.data, 481, "No"), (HOST, port))
    assert len(desk.reported(Answered)) == 1
    assert desk.wait(100) == []
    assert desk.reported(NoAnswer, Ignored) == []


@pytest.mark.parametrize(("answering", "kept"), [(5060, 5060), (34567, 34567), (9, 34567)])
def test_a_provisional_answer_ends_the_search(answering: int, kept: int) -> None:
    desk = Desk(approve_all=True)
    _, notify = desk.receive(plain(via=VIA, contact=f"<sip:{HOST}:5060>"), SOURCE)
    desk.wait(0.6)  # the source's port was tried last
    desk.receive(respond(notify.data, 100), (HOST, answering))
    assert {datagram.remote for _, datagram in desk.wait(100)} == {(HOST, kept)}
    (ended,) = desk.reported(NoAnswer)
    assert isinstance(ended, NoAnswer)
    assert ended.ports == (5060, 34567), "both were tried before"


def test_a_reboot_tries_both_ports_as_well() -> None:
    desk = Desk(approve_all=True)
    _, notify = desk.receive(plain(via=VIA, contact=f"<sip:{HOST}:5060>"), SOURCE)
    desk.receive(respond(notify.data), (HOST, 5060))
    assert desk.responder.reboot(PLAIN_KEY, desk.now) is SendResult.NOTIFY_ALONE
    sent = [*desk.take(), *(datagram for _, datagram in desk.wait(1))]
    assert [datagram.remote for datagram in sent] == [(HOST, 5060), SOURCE]
    desk.wait(40)
    assert desk.reported(RebootAnswered) == [
        RebootAnswered(PLAIN_KEY, desk.now - 41 + 32, 0, "", (5060, 34567))
    ]


def test_the_limit_of_what_is_unconfirmed_counts_all_ports_of_an_address_together() -> None:
    """A forged request chooses its ports."""
    desk = Desk(approve_all=True)
    sent = []
    for number in range(3 * MAX_UNCONFIRMED):
        via = f"SIP/2.0/UDP {HOST}:{1000 + number}"
        contact = f"<sip:{HOST}:{2000 + number}>"
        uri = f"sip:MAC00041300{number:04X}@h"
        data = plain(uri=uri, via=via, contact=contact, call_id=str(number))
        sent += desk.receive(data, (HOST, 3000 + number))
    assert kinds(sent).count("NOTIFY") == kinds(sent).count("200") == MAX_UNCONFIRMED
    assert {datagram.remote[0] for datagram in sent} == {HOST}


def test_nobody_who_was_not_approved_gets_a_byte_at_any_port() -> None:
    desk = Desk()
    assert desk.receive(plain(via=VIA, contact=f"<sip:{HOST}:5060>"), SOURCE) == []
    assert desk.wait(100) == []
