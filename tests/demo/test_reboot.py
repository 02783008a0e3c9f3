"""The simulated phone that is asked to reboot, and its strict check of the NOTIFY."""

from __future__ import annotations

import pytest

from pnp_gui.demo.check import check_reboot
from pnp_gui.demo.phone import REBOOT_SECONDS, SimulatedPhone
from tests.demo.answers import ASKED, NOTIFY, OK, PHONE, RESPONDER
from tests.demo.asking_phone import phone_of
from tests.phones import behaviour_of

REBOOT = (
    b"NOTIFY sip:10.13.2.20:5080 SIP/2.0\r\n"
    b"Via: SIP/2.0/UDP 10.13.2.2:5060;branch=z9hG4bKours7;rport\r\n"
    b"Max-Forwards: 70\r\n"
    b"From: <sip:10.13.2.2:5060>;tag=ours8\r\n"
    b"To: <sip:10.13.2.20:5080>\r\n"
    b"Call-ID: ours9@10.13.2.2\r\n"
    b"CSeq: 1 NOTIFY\r\n"
    b"Contact: <sip:10.13.2.2:5060>\r\n"
    b"Event: check-sync;reboot=true\r\n"
    b"Subscription-State: terminated\r\n"
    b"Content-Length: 0\r\n"
    b"\r\n"
)


def served(words: str) -> SimulatedPhone:
    phone = phone_of(behaviour=behaviour_of(words))
    phone.boot(0.0)
    phone.receive(OK, RESPONDER, 0.1)
    phone.receive(NOTIFY, RESPONDER, 0.2)
    phone.datagrams()
    return phone


def test_a_right_question_is_exact_and_it_reboots_once_after_its_200() -> None:
    phone = served("accept")
    phone.receive(REBOOT, RESPONDER, 1.0)
    phone.receive(REBOOT, RESPONDER, 1.5)
    first, second = phone.datagrams()
    assert first == second, "a retransmission gets the same answer"
    assert first[0].startswith(b"SIP/2.0 200 OK\r\n")
    assert first[1] == RESPONDER
    assert b"Call-ID: ours9@10.13.2.2\r\nCSeq: 1 NOTIFY\r\n" in first[0]
    assert not phone.is_open, "it is down"
    assert phone.deadline() == 1.0 + REBOOT_SECONDS
    phone.expire(1.0 + REBOOT_SECONDS)
    assert phone.is_open
    [(subscribe, to)] = phone.datagrams()
    assert subscribe.startswith(b"SUBSCRIBE ")
    assert to is None
    report = phone.report()
    assert (report.reboots, report.reboot_notifies, report.rebooted_at) == (1, 2, 1.0)
    assert (report.faults, report.asks, report.offers) == ([], 2, 1)


@pytest.mark.parametrize(
    ("code", "start", "holds"),
    [
        (401, b"SIP/2.0 401 Unauthorized\r\n", b"\r\nWWW-Authenticate: Digest realm="),
        (407, b"SIP/2.0 407 Proxy", b"\r\nProxy-Authenticate: Digest realm="),
        (481, b"SIP/2.0 481 Subscription does not exist\r\n", b"\r\nCSeq: 1 NOTIFY\r\n"),
    ],
)
def test_it_says_no_as_told_and_stays_up(code: int, start: bytes, holds: bytes) -> None:
    phone = served(f"accept+reboot:{code}")
    phone.receive(REBOOT, RESPONDER, 1.0)
    [(answer, _)] = phone.datagrams()
    assert answer.startswith(start)
    assert holds in answer
    assert phone.is_open
    assert phone.settled
    assert phone.report().rebooted_at is None


def test_it_says_nothing_as_told() -> None:
    phone = served("accept+reboot:0")
    for at in range(3):
        phone.receive(REBOOT, RESPONDER, float(at))
    assert phone.datagrams() == []
    assert (phone.report().reboots, phone.report().reboot_notifies) == (1, 3)


def test_a_question_to_a_phone_that_never_asked_is_a_fault() -> None:
    phone = phone_of()
    phone.receive(REBOOT, RESPONDER, 1.0)
    assert phone.report().faults == ["reboot: came to a phone that never asked for anything"]


def test_plain_check_sync_is_exact_too() -> None:
    assert check_reboot(REBOOT, RESPONDER, ASKED) == []
    assert check_reboot(REBOOT.replace(b";reboot=true", b""), RESPONDER, ASKED) == []


@pytest.mark.parametrize(
    ("right", "spoilt", "fault"),
    [
        (b"NOTIFY sip:10.13.2.20:5080", b"NOTIFY sip:10.13.2.21:5080", "the request line"),
        (b"To: <sip:10.13.2.20:5080>", b"To: <sip:10.13.2.21:5080>", "to is"),
        (b"5080>\r\n", b"5080>;tag=1\r\n", "without a tag"),
        (b";tag=ours8", b"", "from has no tag"),
        (b"ours9@10.13.2.2", b"490431573-5080-1@BJC.BGI.IG.DA", "is not one of its own"),
        (b"1 NOTIFY", b"1 SUBSCRIBE", "cseq"),
        (b": 70", b": 0", "max-forwards"),
        (b"terminated", b"active", "subscription-state"),
        (b"check-sync;reboot=true", b"check-sync;reboot=false", "event"),
        (b"Content-Length: 0\r\n\r\n", b"Content-Length: 2\r\n\r\nhi", "a body"),
        (b"branch=z9hG4bKours7", b"branch=ours7", "branch"),
        (b"Contact: <sip:10.13.2.2:5060", b"Contact: <sip:10.13.2.2:5061", "is not the sender"),
        (b"Max-Forwards", b"Content-Type: a/b\r\nMax-Forwards", "does not belong"),
    ],
)
def test_every_spoilt_question_is_found_out(right: bytes, spoilt: bytes, fault: str) -> None:
    assert REBOOT.count(right) == 1
    found = check_reboot(REBOOT.replace(right, spoilt), RESPONDER, ASKED)
    assert any(fault in one for one in found), found


def test_it_has_to_come_from_the_responder() -> None:
    assert any("came from" in one for one in check_reboot(REBOOT, (PHONE[0], 5060), ASKED))
