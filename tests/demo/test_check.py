"""The strict check: right answers pass, and each spoilt one is found out."""

from __future__ import annotations

import dataclasses

import pytest

from pnp_gui.demo.check import SentSubscribe, check_notify, check_ok
from pnp_gui.demo.shapes import SHAPES
from tests.demo.answers import ASKED, NOTIFY, OK, PHONE, RESPONDER
from tests.field_shapes import FIELD_SHAPES


def test_the_right_answers_are_exact() -> None:
    assert check_ok(OK, RESPONDER, ASKED) == []
    assert check_notify(NOTIFY, RESPONDER, ASKED, OK) == []


def test_a_notify_alone_may_have_any_tag() -> None:
    alone = NOTIFY.replace(b"tag=ours1", b"tag=other")
    assert check_notify(alone, RESPONDER, ASKED, None) == []


BOTH = [
    (b"Content-Length: ", b"Content-Length: 1", "Content-Length is 1"),
    (b"Content-Length", b"Content-Size", "Content-Length is missing"),
    (b"\r\n\r\n", b"\r\n", "no empty line"),
    (b"Contact: <", b"Contact: sip:", "contact"),
    (b"Contact: <sip:10.13.2.2:", b"Contact: <sip:10.13.2.3:", "is not the sender"),
    (b"Contact: <sip:10.13.2.2:5060", b"Contact: <sip:10.13.2.2:5061", "is not the sender"),
    (b"Call-ID: 4", b"Call-ID: 5", "call-id"),
    (b"Call-ID: ", b"Call-ID: x\r\nCall-ID: ", "call-id comes 2 times"),
    (b"Call-ID: ", b"Call-ID:", "one blank after the colon"),
    (b"Call-ID: ", b"Call-ID : ", "no header name"),
    (b"Call-ID: ", b"Call-ID: \r\n ", "a folded line"),
    (b"\r\nCSeq", b"\nCSeq", "control character"),
    (b"\r\nCSeq", b"\r\nnonsense\r\nCSeq", "no colon"),
    (b"\r\nCSeq", b"\r\nReason: \r\nCSeq", "Reason is empty"),
    (b"\r\nCSeq", b"\r\nRecord-Route: <sip:10.0.0.1;lr>\r\nCSeq", "record-route does not belong"),
    (b"\r\nCSeq", b"\r\nX-Tool: 1\r\nCSeq", "x-tool does not belong"),
    (b"%3A", b"%3a", "instead of"),
]


OK_ALONE = [
    (b"200 OK", b"202 Accepted", "the status line"),
    (b"200 OK", b"200 Ok", "the status line"),
    (b"rport=5080", b"rport=5060", "via has no rport=5080"),
    (b"rport=5080", b"rport", "via has no rport=5080"),
    (b";received=10.13.2.20", b"", "lacks received"),
    (b"received=10.13.2.20", b"received=10.13.2.2", "received=10.13.2.2 instead"),
    (b";received", b";received=10.13.2.20;received", "was given received"),
    (b";received", b";ttl=1;received", "was given ttl"),
    (b"branch=z9hG4bK490431573;", b"", "via has no branch"),
    (b"UDP 10.13.2.20:5080", b"UDP 10.13.2.2:5060", "became"),
    (b"Via: ", b"Via: SIP/2.0/UDP 10.13.2.2;branch=z9hG4bK1\r\nVia: ", "2 Vias instead of 1"),
    (b"tag=490431573", b"tag=490431574", "from is"),
    (b"tag=490431573", b"TAG=490431573", "from is"),
    (b";tag=ours1", b"", "plus a tag"),
    (b";tag=ours1", b";tag=", "plus a tag"),
    (b"CSeq: 20000", b"CSeq: 20001", "cseq is"),
    (b"Expires: 0", b"Expires: 60", "expires is"),
    (b"Expires: 0\r\n", b"", "expires is"),
    (b"Content-Length: 0\r\n\r\n", b"Content-Length: 2\r\n\r\nhi", "a body of 2 bytes"),
]


NOTIFY_ALONE = [
    (b"NOTIFY sip:10.13.2.20:5080 ", b"NOTIFY sip:10.13.2.20 ", "the request line"),
    (b"UDP 10.13.2.2:5060", b"UDP 10.13.2.3:5060", "via names"),
    (b"UDP 10.13.2.2:5060", b"UDP 10.13.2.2:5061", "via names"),
    (b"2.0/UDP", b"2.0/TCP", "via is"),
    (b"z9hG4bKours2", b"ours2", "via's branch is 'ours2'"),
    (b"z9hG4bKours2", b"z9hG4bK", "via's branch is"),
    (b"z9hG4bKours2", b"z9hG4bK490431573", "branch is the phone's"),
    (b"Via: ", b"Via: SIP/2.0/UDP 10.13.2.20:5080;rport\r\nVia: ", "2 Vias instead of one"),
    (b"Max-Forwards: 70", b"Max-Forwards: 20", "max-forwards is"),
    (b"To: <", b'To: "x" <', "to is"),
    (b"tag=490431573", b"tag=490431574", "to is"),
    (b"tag=ours1", b"tag=ours3", "another tag"),
    (b";tag=ours1", b"", "plus a tag"),
    (b"CSeq: 1 NOTIFY", b"CSeq: 1 SUBSCRIBE", "cseq is"),
    (b"CSeq: 1 NOTIFY", b"CSeq: 2147483648 NOTIFY", "cseq is"),
    (b"1.0.5.67", b"1.0.5.68", "event is"),
    (b"ua-profile;", b"ua-profile; ", "event is"),
    (b";reason=timeout", b"", "subscription-state is"),
    (b"application/url", b"text/plain", "content-type is"),
    (b"Content-Length: 20", b"Content-Length: 22", "Content-Length is 22"),
    (b"Length: 20\r\n\r\nhttp://10.13.2.2/gs/", b"Length: 1\r\n\r\n/", "no bare URL"),
    (
        b"Length: 20\r\n\r\nhttp://10.13.2.2/gs/",
        b"Length: 22\r\n\r\nhttp://10.13.2.2/gs/\r\n",
        "bare",
    ),
    (b"http://10.13.2.2/gs/", b"http://10.13.2.2/sn/", "instead of"),
]


@pytest.mark.parametrize(("right", "wrong", "says"), BOTH + OK_ALONE)
def test_each_fault_of_a_200_is_found(right: bytes, wrong: bytes, says: str) -> None:
    assert right in OK
    faults = check_ok(OK.replace(right, wrong, 1), RESPONDER, ASKED)
    assert any(says in fault for fault in faults), faults


@pytest.mark.parametrize(("right", "wrong", "says"), BOTH + NOTIFY_ALONE)
def test_each_fault_of_a_notify_is_found(right: bytes, wrong: bytes, says: str) -> None:
    assert right in NOTIFY
    faults = check_notify(NOTIFY.replace(right, wrong, 1), RESPONDER, ASKED, OK)
    assert any(says in fault for fault in faults), faults


def test_an_answer_from_elsewhere_is_found() -> None:
    for source in (("10.13.2.3", 5060), ("10.13.2.2", 5061)):
        assert any("came from" in fault for fault in check_ok(OK, source, ASKED))
        assert any("came from" in fault for fault in check_notify(NOTIFY, source, ASKED, OK))


def test_without_rport_a_via_comes_back_unchanged_unless_the_address_differs() -> None:
    shape = SHAPES["yealink"]
    subscribe = shape.subscribe("001565A21001", "10.13.2.20", 5059, "490431573", 20000)
    asked = SentSubscribe(subscribe, ("10.13.2.20", 5059), RESPONDER)
    same = b"Via: SIP/2.0/UDP 10.13.2.20:5059;branch=z9hG4bK490431573\r\n"
    given = same[:-2] + b";rport=5059\r\n"
    moved = dataclasses.replace(asked, phone=("10.13.2.99", 5059))
    assert not via_faults(same, asked)
    assert "was given rport" in via_faults(given, asked)
    assert "lacks received=10.13.2.99" in via_faults(same, moved)
    assert not via_faults(same[:-2] + b";received=10.13.2.99\r\n", moved)


def test_several_vias_stay_in_order() -> None:
    shape = SHAPES["yealink-old"]
    subscribe = shape.subscribe("001565A21001", *PHONE, "49", 7)
    asked = SentSubscribe(subscribe, PHONE, RESPONDER)
    first = b"Via: SIP/2.0/UDP 10.13.2.20:5080;branch=z9hG4bK491\r\n"
    second = b"Via: SIP/2.0/UDP 10.250.0.1:5060;branch=z9hG4bK492\r\n"
    joined = first[:-2] + b", " + second[5:]
    assert not via_faults(first + second, asked)
    assert not via_faults(joined, asked)
    assert "became" in via_faults(second + first, asked)
    assert "1 Vias instead of 2" in via_faults(first, asked)
    assert "became" in via_faults(first + second.replace(b":5060", b""), asked)


def asked_as(shape: str, **changed: int) -> SentSubscribe:
    kind = dataclasses.replace(FIELD_SHAPES[shape], **changed)  # type: ignore[arg-type]
    subscribe = kind.subscribe("00A001A21001", PHONE[0], kind.port, "49", 1)
    return SentSubscribe(subscribe, (PHONE[0], kind.port), RESPONDER)


@pytest.mark.parametrize(
    ("shape", "answers", "notifies"),
    [
        ("no-rport", 5060, (5060, 34567)),
        ("contact-port", 34568, (5062, 34568)),
        ("nat", 40001, (40001,)),
        ("renewing", 5060, (5060,)),
        ("proxy", 5070, (5070,)),
    ],
)
def test_an_answer_at_another_port_is_found(
    shape: str, answers: int, notifies: tuple[int, ...]
) -> None:
    asked = asked_as(shape)
    for port in (5060, 5062, 34567, 34568, 40001, 5070, 9):
        came = f"came to port {port} "
        assert (came in "".join(check_ok(OK, RESPONDER, asked, port))) is (port != answers)
        faults = "".join(check_notify(NOTIFY, RESPONDER, asked, OK, port))
        assert (came in faults) is (port not in notifies)


def test_the_end_of_a_long_subscription_must_ask_for_no_renewal() -> None:
    lasting = asked_as("renewing")
    for asked, state in ((lasting, b"noresource"), (ASKED, b"timeout")):
        for sent in (b"noresource", b"timeout"):
            notify = NOTIFY.replace(b"reason=timeout", b"reason=" + sent)
            faults = "".join(check_notify(notify, RESPONDER, asked, OK))
            assert ("subscription-state is" in faults) is (sent != state)


def test_the_route_must_come_whole_and_in_order() -> None:
    asked = asked_as("proxy")
    first, second = b"<sip:10.13.2.20:5070;lr>", b"<sip:10.250.0.1;lr>"
    for route, right in (((first, second), True), ((second, first), False), ((first,), False)):
        for data, name, check in ((OK, b"Record-Route", "200"), (NOTIFY, b"Route", "NOTIFY")):
            lines = b"".join(b"%s: %s\r\n" % (name, each) for each in route)
            spoilt = data.replace(b"From: ", lines + b"From: ", 1)
            faults = (
                check_ok(spoilt, RESPONDER, asked)
                if check == "200"
                else check_notify(spoilt, RESPONDER, asked, OK)
            )
            assert ("the route is" in "".join(faults)) is not right
            assert "does not belong" not in "".join(faults)
    assert "the route is []" in "".join(check_ok(OK, RESPONDER, asked))


def via_faults(vias: bytes, asked: SentSubscribe) -> str:
    """What is wrong with the Vias of an answer that has these."""
    before, _, after = OK.partition(b"Via: ")
    answer = before + vias + after.partition(b"\r\n")[2]
    faults = check_ok(answer, RESPONDER, asked)
    return "; ".join(fault for fault in faults if "ia" in fault.split()[1] or "Via" in fault)
