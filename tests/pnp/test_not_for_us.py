"""Requests that are none for a URL from here: other content, another dialog; and the profile."""

from __future__ import annotations

import pytest

from pnp_gui.pnp.events import Ignored, Message, SubscribeReceived
from pnp_gui.pnp.send_result import SendResult
from tests.pnp.desk import Desk, kinds, read
from tests.pnp.phones import PLAIN_KEY, PLAIN_SOURCE, plain
from tests.pnp.understood import understood

ELSEWHERE = ("10.13.2.68", 5060)


@pytest.mark.parametrize(
    ("accept", "takes"),
    [
        ("", True),
        ("Accept: application/url\r\n", True),
        ("Accept: Application/URL\r\n", True),
        ("Accept: application/url;q=0.5\r\n", True),
        ("Accept: application / url ; charset=x\r\n", True),
        ("Accept: */*\r\n", True),
        ("Accept: application/*\r\n", True),
        ("Accept: text/plain, application/url\r\n", True),
        ("Accept: text/plain\r\nAccept: application/url\r\n", True),
        ('Accept: text/plain;x="a\r\nAccept: application/url\r\n', True),
        ('Accept: text/plain;x="a, application/url\r\n', False),
        ("Accept: application/url\r\nAccept: application/url\r\n", True),
        ("Accept: text/plain;q=1, */*;q=0.1\r\n", True),
        ("Accept: */*;q=0, application/url\r\n", True),
        ("Accept: application/url;q=0.01\r\n", True),
        ("Accept: application/xml\r\n", False),
        ("Accept: application/url-list\r\n", False),
        ("Accept: x-application/url\r\n", False),
        ("Accept: text/*, application/sdp\r\n", False),
        ("Accept: application/url;q=0\r\n", False),
        ("Accept: application/url; q = 0.000 ;x\r\n", False),
        ("Accept: */*, application/url;q=0\r\n", False),
        ("Accept: */*, application/*;q=0\r\n", False),
        ('Accept: text/plain;x=", application/url,"\r\n', False),
        ("Accept:\r\n", False),  # RFC 3261 section 20.1: nothing is acceptable
        ("Accept: message/external-body, application/x-z100-device-profile\r\n", False),
    ],
)
def test_what_accept_allows(accept: str, takes: bool) -> None:
    assert understood(plain(more=accept)).takes_url is takes
    out = Desk(approve_all=True).receive(plain(more=accept), PLAIN_SOURCE)
    assert kinds(out) == (["200", "NOTIFY"] if takes else [])


def test_a_phone_that_takes_no_url_is_shown_and_sent_nothing_whatever_is_decided() -> None:
    desk = Desk(approve_all=True)
    data = plain(more="Accept: application/xml\r\n")
    for _ in range(3):
        assert desk.receive(data, PLAIN_SOURCE) == []
        desk.wait(1)
    received = [event for event in desk.log if isinstance(event, SubscribeReceived)]
    assert [event.again for event in received] == [False, True, True]
    assert desk.approve(PLAIN_KEY) is SendResult.OTHER_CONTENT
    assert desk.responder.reboot(PLAIN_KEY, desk.now) is SendResult.OTHER_CONTENT
    assert desk.take() == []
    assert desk.wait(100) == []
    # it is served once it asks otherwise
    assert kinds(desk.receive(plain(call_id="another"), PLAIN_SOURCE)) == ["200", "NOTIFY"]


def test_one_that_asks_for_other_content_as_well_gets_its_url_all_the_same() -> None:
    desk = Desk(approve_all=True)
    other = plain(call_id="other", more="Accept: application/xml\r\n")
    for first, second in ((plain(), other), (other, plain())):
        desk.responder.forget(PLAIN_KEY)
        desk.log.clear()
        sent = desk.receive(first, PLAIN_SOURCE) + desk.receive(second, PLAIN_SOURCE)
        assert kinds(sent) == ["200", "NOTIFY"]
        assert [event.key for event in desk.log if isinstance(event, Message)] == [PLAIN_KEY] * 4
        assert len(desk.wait(40)) == 10
    # once it does not ask for a URL any more, that is what is known of it
    assert desk.receive(other, PLAIN_SOURCE) == []
    assert desk.approve(PLAIN_KEY) is SendResult.OTHER_CONTENT


@pytest.mark.parametrize(
    "to",
    [
        "<sip:MAC%3a000413AABBCC@h>;tag=theirs",
        "<sip:MAC%3a000413AABBCC@h> ; TAG = id",
        "sip:MAC%3a000413AABBCC@h;tag=theirs",
    ],
)
@pytest.mark.parametrize("name", ["To", "t"])
@pytest.mark.parametrize("served_before", [False, True])
def test_a_request_within_a_dialog_of_somebody_else_is_ignored(
    to: str, name: str, served_before: bool
) -> None:
    desk = Desk(approve_all=True)
    if served_before:
        desk.receive(plain(), PLAIN_SOURCE)
        desk.wait(100)
    theirs = plain(to=to, call_id="theirs").replace(b"\r\nTo:", f"\r\n{name}:".encode())
    assert desk.receive(theirs, PLAIN_SOURCE) == []
    assert desk.wait(100) == []
    (ignored,) = desk.reported(Ignored)
    assert isinstance(ignored, Ignored)
    assert ignored.reason == "a SUBSCRIBE in a dialog that was not opened here"
    assert ignored.offset == theirs.index(f"\n{name}:".encode()) + 1
    assert len(desk.reported(SubscribeReceived)) == served_before


def test_our_tag_in_another_call_is_no_dialog_of_ours() -> None:
    desk = Desk(approve_all=True)
    ok, _ = desk.receive(plain(), PLAIN_SOURCE)
    to = read(ok.data).one("To")
    assert desk.receive(plain(to=to, call_id="another"), PLAIN_SOURCE) == []


def test_a_phone_that_goes_on_with_our_dialog_at_a_new_address_is_served_there_once_moved() -> None:
    desk = Desk(approve_all=True)
    ok, _ = desk.receive(plain(), PLAIN_SOURCE)
    to = read(ok.data).one("To")
    assert desk.receive(plain(to=to, cseq="2 SUBSCRIBE"), ELSEWHERE) == []
    assert desk.responder.move(PLAIN_KEY, desk.now)
    desk.responder.offer(PLAIN_KEY, desk.now)
    ok, notify = desk.take()
    assert ok.remote == notify.remote == ELSEWHERE
    assert read(ok.data).one("To") == read(notify.data).one("From") == to
    assert kinds(desk.receive(plain(to=to, cseq="3 SUBSCRIBE"), ELSEWHERE)) == ["200", "NOTIFY"]


@pytest.mark.parametrize(
    ("written", "profile"),
    [
        (';profile-type="device"', "device"),
        (";profile-type=user", "user"),
        (' ; Profile-Type = "Local-Network"', "local-network"),
        (';profile-type="application"', "application"),
        ("", ""),
    ],
)
def test_the_profile_that_it_asks_for(written: str, profile: str) -> None:
    assert understood(plain(event=f"ua-profile{written};vendor=x")).event.profile == profile
