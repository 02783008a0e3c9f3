"""Several phones, their doubles, a technician and hostile bytes in any order, on a turned clock.

What has to hold after every step:
- no datagram goes to a source that is not approved at that moment, nor to an address that asks with
  an approved phone's MAC before the technician said that the phone is there;
- a phone's NOTIFY transactions never outnumber its SUBSCRIBEs plus the offers made to it;
- a request that was answered gets the same 200, byte for byte, as long as it is repeated;
- every offer ends at most once, the events are in order;
- a phone is asked to reboot at most once for each time the technician wanted it;
- after 70 quiet seconds no timer is left.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from pnp_gui.pnp.datagram import Datagram
from pnp_gui.pnp.events import (
    Answered,
    Conflict,
    Message,
    NoAnswer,
    Offered,
    Outgoing,
    RebootAnswered,
    SubscribeReceived,
)
from pnp_gui.pnp.limits import MAX_RENEWALS, RENEWAL_SECONDS
from pnp_gui.pnp.send_result import SendResult
from tests.pnp.desk import Desk, branch_of, respond
from tests.pnp.phones import AUDIOCODES, GRANDSTREAM, SNOM, YEALINK, Shape

SHAPES = (SNOM, YEALINK, GRANDSTREAM, AUDIOCODES)
PHONES = st.integers(0, len(SHAPES) - 1)
HOSTILE = st.one_of(
    st.binary(max_size=40),
    st.sampled_from(SHAPES).map(lambda shape: shape.wire().replace(b"ua-profile", b"dialog")),
    st.sampled_from(SHAPES).map(lambda shape: shape.wire()[:-9]),
    st.just(b"SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP h;branch=z9hG4bKid1\r\n\r\n"),
)


@dataclass
class Phone:
    """One phone as the test sees it."""

    shape: Shape
    ip: str
    asked: int = 0
    allowed: int = 0
    """NOTIFY transactions that may still begin: one for each SUBSCRIBE, one for each offer."""
    in_a_row: int = 0
    """SUBSCRIBEs since there was a pause."""
    asked_at: float = 0.0
    answered_at: float = 0.0
    branches: set[str] = field(default_factory=set)
    last_notify: bytes = b""
    reboots: int = 0
    """Questions whether it reboots that may still begin."""
    last_reboot: bytes = b""
    ok: bytes = b""
    """The 200 to the last SUBSCRIBE, once there was one."""
    double: str = ""
    """The address from which somebody else asked with its MAC last, if anybody did."""

    @property
    def source(self) -> tuple[str, int]:
        return self.shape.source(self.ip)

    @property
    def key(self) -> str:
        return self.shape.key(self.ip)

    def wire(self) -> bytes:
        """Its last SUBSCRIBE; each has a Call-ID of its own."""
        return self.shape.wire(self.ip).replace(b"Call-ID: ", b"Call-ID: %d-" % self.asked)


class Exchange(RuleBasedStateMachine):
    """The rules are what phones, the technician and the network may do."""

    def __init__(self) -> None:
        super().__init__()
        self.desk = Desk()
        self.phones = [Phone(shape, f"10.13.2.{n}") for n, shape in enumerate(SHAPES, 20)]
        self.seen_events = 0
        self.open_offers: Counter[str] = Counter()

    # ---- what may happen

    @rule(which=PHONES)
    def ask(self, which: int) -> None:
        phone = self.phones[which]
        if phone.in_a_row == MAX_RENEWALS:  # more are answered at a pace: see test_renewals.py
            phone.in_a_row = 0
            self.time_passes(RENEWAL_SECONDS)
        phone.in_a_row += 1
        phone.asked += 1
        self.is_new(phone)
        assert self.kinds(self.send(phone, phone.wire())) == self.served(phone)

    @precondition(lambda self: any(phone.asked for phone in self.phones))
    @rule(which=PHONES)
    def retransmit(self, which: int) -> None:
        phone = self.phones[which]
        if not phone.asked:
            return
        if phone.ok and self.desk.now < phone.answered_at + 32.0:
            out = self.send(phone, phone.wire())
            assert [datagram.data for datagram in out] == [phone.ok] * self.approved(phone)
            return
        if phone.ok or self.desk.now >= phone.asked_at + 32.0:
            self.is_new(phone)  # the same bytes, but nobody remembers them
        assert self.kinds(self.send(phone, phone.wire())) == self.served(phone)

    @rule(which=PHONES, other=st.sampled_from(["10.13.9.1", "10.13.9.2"]), same=st.booleans())
    def somebody_else_asks_with_its_mac(self, which: int, other: str, same: bool) -> None:
        phone = self.phones[which]
        if not phone.asked or phone.shape is AUDIOCODES:
            return
        before = self.desk.responder._conflicting.get(phone.key)
        may_repeat = before and self.desk.now < max(before.ends, before.answered_until)
        phone.double = before.request.source[0] if before and may_repeat else other
        data = phone.wire() if same else phone.wire().replace(b"Call-ID: ", b"Call-ID: x")
        assert self.send(phone, data, (other, phone.source[1])) == []
        conflict = self.desk.reported(Conflict)[-1]
        assert isinstance(conflict, Conflict)
        assert conflict.other.source[0] == phone.double

    @precondition(lambda self: any(phone.double for phone in self.phones))
    @rule(which=PHONES)
    def it_is_there_and_back(self, which: int) -> None:
        """The technician goes over to the other address, sends there, and takes that back."""
        phone = self.phones[which]
        if not phone.double:
            return
        responder = self.desk.responder
        assert responder.move(phone.key, self.desk.now)
        responder.offer(phone.key, self.desk.now)
        out = self.desk.take()
        assert {datagram.remote[0] for datagram in out} <= {phone.double}
        assert bool(out) == self.approved(phone)
        over = self.desk.now >= phone.asked_at + 32.0
        if over and not (phone.ok and self.desk.now < phone.answered_at + 32.0):
            self.is_new(phone)
        assert self.send(phone, phone.wire()) == [], "now the phone itself is the double"
        assert responder.move(phone.key, self.desk.now)
        assert self.check() == []
        phone.double = self.desk.responder._conflicting[phone.key].request.source[0]

    @rule(which=PHONES)
    def approve(self, which: int) -> None:
        phone = self.phones[which]
        phone.allowed += 1
        sent = self.desk.approve(phone.key)
        out = self.check()
        assert (sent is SendResult.NEVER_ASKED) == (phone.asked == 0)
        assert (
            len(out)
            == {SendResult.NEVER_ASKED: 0, SendResult.NOTIFY_ALONE: 1, SendResult.OK_AND_NOTIFY: 2}[
                sent
            ]
        )

    @rule(which=PHONES)
    def decide_only(self, which: int) -> None:
        """Approved, but not offered: the phone is served when it asks next."""
        self.desk.urls[self.phones[which].key] = "http://h/own"

    @rule(which=PHONES)
    def deny(self, which: int) -> None:
        self.desk.deny(self.phones[which].key)
        assert self.check() == []

    @rule(which=PHONES)
    def offer(self, which: int) -> None:
        phone = self.phones[which]
        phone.allowed += 1
        sent = self.desk.responder.offer(phone.key, self.desk.now)
        out = self.check()
        if not phone.asked:
            assert sent is SendResult.NEVER_ASKED
        elif not self.approved(phone):
            assert sent is SendResult.NOT_APPROVED
        assert bool(out) == (sent in (SendResult.OK_AND_NOTIFY, SendResult.NOTIFY_ALONE))

    @rule(which=PHONES)
    def reboot(self, which: int) -> None:
        phone = self.phones[which]
        under_way = phone.key in self.desk.responder._notifier._reboots
        phone.reboots += 1
        sent = self.desk.responder.reboot(phone.key, self.desk.now)
        out = self.check()
        if not phone.asked:
            assert sent is SendResult.NEVER_ASKED
        elif not self.approved(phone):
            assert sent is SendResult.NOT_APPROVED
        else:
            assert sent is (SendResult.UNDER_WAY if under_way else SendResult.NOTIFY_ALONE)
        assert len(out) == (sent is SendResult.NOTIFY_ALONE)

    @rule(which=PHONES, status=st.sampled_from([100, 200, 401, 481]))
    def answer_to_the_reboot(self, which: int, status: int) -> None:
        phone = self.phones[which]
        if phone.last_reboot:
            under_way = phone.key in self.desk.responder._notifier._reboots
            before = len(self.desk.reported(RebootAnswered))
            assert self.send(phone, respond(phone.last_reboot, status)) == []
            reported = len(self.desk.reported(RebootAnswered)) - before
            assert reported == (under_way and status >= 200)

    @rule(which=PHONES, status=st.sampled_from([100, 200, 202, 302, 481, 603]), port=st.booleans())
    def answer(self, which: int, status: int, port: bool) -> None:
        phone = self.phones[which]
        if phone.last_notify:
            source = (phone.ip, 9999) if port else phone.source
            assert self.send(phone, respond(phone.last_notify, status), source) == []

    @rule(which=PHONES, other=PHONES)
    def answer_from_another_host(self, which: int, other: int) -> None:
        phone, stranger = self.phones[which], self.phones[other]
        if phone.last_notify and phone is not stranger:
            before = len(self.desk.reported(Answered))
            self.send(stranger, respond(phone.last_notify))
            assert len(self.desk.reported(Answered)) == before

    @rule(which=PHONES, data=HOSTILE)
    def hostile_bytes(self, which: int, data: bytes) -> None:
        assert self.send(self.phones[which], data) == []

    @rule(seconds=st.sampled_from([0.1, 0.5, 1.0, 3.0, 10.0, 33.0]))
    def time_passes(self, seconds: float) -> None:
        end = self.desk.now + seconds
        for _ in range(500):
            due = self.desk.responder.deadline()
            if due is None or due > end:
                break
            self.desk.now = max(due, self.desk.now)
            self.desk.responder.expire(self.desk.now)
            self.check()
        else:
            raise AssertionError("a timer that never ends")
        self.desk.now = end

    @rule(seconds=st.sampled_from([0.7, 5.0, 40.0]))
    def the_machine_sleeps(self, seconds: float) -> None:
        """Timers are late: at most one datagram for each NOTIFY under way."""
        self.desk.now += seconds
        self.desk.responder.expire(self.desk.now)
        out = self.check()
        assert len(out) == len({branch_of(datagram.data) for datagram in out})

    @rule(seconds=st.sampled_from([0.4, 31.0]))
    def the_timer_is_forgotten(self, seconds: float) -> None:
        """Time passes and whatever comes next comes before the timer."""
        self.desk.now += seconds

    # ---- what has to hold

    @invariant()
    def nothing_waits_unseen(self) -> None:
        assert self.check() == []

    @invariant()
    def no_more_is_under_way_than_phones(self) -> None:
        responder = self.desk.responder
        assert len(responder._notifier._reboots) <= len(self.phones)
        assert len(responder._notifier._transactions) - len(responder._notifier._reboots) <= len(
            self.phones
        )
        silent = responder._pending._phones.keys()
        assert not silent & responder._served.keys()
        assert responder._conflicting.keys() <= silent | responder._served.keys()

    def teardown(self) -> None:
        self.time_passes(70.0)
        responder = self.desk.responder
        assert responder.deadline() is None
        assert len(responder._notifier._transactions) == 0
        assert responder._notifier._reboots == {}
        assert not responder._answered
        assert not responder._notifier._transactions._sent_once
        assert not responder._notifier._transactions._repeated

    # ---- the means

    def approved(self, phone: Phone) -> bool:
        return phone.key in self.desk.urls

    def is_new(self, phone: Phone) -> None:
        """It asks, or asks so late that it is as good as new."""
        phone.allowed += 1
        phone.ok = b""
        phone.asked_at = self.desk.now

    def served(self, phone: Phone) -> list[str]:
        """What it gets at once for a request that was not answered before."""
        return ["SIP/2.0", "NOTIFY"] if self.approved(phone) else []

    @staticmethod
    def kinds(out: list[Outgoing]) -> list[str]:
        return [datagram.data.split(b" ")[0].decode() for datagram in out]

    def send(
        self, phone: Phone, data: bytes, source: tuple[str, int] | None = None
    ) -> list[Outgoing]:
        self.desk.responder.receive(
            Datagram(data, source or phone.source, ("10.13.2.2", 5060), "eth0", self.desk.now)
        )
        return self.check()

    def check(self) -> list[Outgoing]:
        """Take what was sent and reported, and check all of it."""
        out = self.desk.take()
        by_source = {phone.source: phone for phone in self.phones}
        for datagram in out:
            phone = by_source[datagram.remote]
            assert self.approved(phone)
            if datagram.data.startswith(b"SIP/2.0 200 OK\r\n"):
                call_id = phone.wire().partition(b"Call-ID: ")[2].partition(b"\r\n")[0]
                assert b"\r\nCall-ID: " + call_id + b"\r\n" in datagram.data
                if not phone.ok:
                    phone.ok, phone.answered_at = datagram.data, self.desk.now
                    assert self.desk.now < phone.asked_at + 32.0
                assert datagram.data == phone.ok
            elif b"\r\nEvent: check-sync" in datagram.data:
                if datagram.data != phone.last_reboot:
                    phone.reboots -= 1
                    assert phone.reboots >= 0
                    phone.last_reboot = datagram.data
            else:
                branch = branch_of(datagram.data)
                if branch not in phone.branches:
                    phone.branches.add(branch)
                    phone.allowed -= 1
                    assert phone.allowed >= 0
                    phone.last_notify = datagram.data
                assert datagram.data == phone.last_notify
        self.look_at_events()
        return out

    def look_at_events(self) -> None:
        new = self.desk.log[self.seen_events :]
        last = self.desk.log[self.seen_events - 1].at if self.seen_events else 0.0
        self.seen_events = len(self.desk.log)
        before: object = None
        for event in new:
            assert event.at >= last
            last = event.at
            if isinstance(event, SubscribeReceived | Conflict):
                assert isinstance(before, Message)
                assert not before.outgoing
                assert before.key == event.request.key
            elif isinstance(event, Offered):
                assert isinstance(before, Message)
                assert before.outgoing
                assert before.key == event.key
                self.open_offers[event.key] = 1  # one under way for a phone: it replaces the last
            elif isinstance(event, Answered | NoAnswer):
                self.open_offers[event.key] -= 1
                assert self.open_offers[event.key] == 0
            before = event


TestExchange = Exchange.TestCase
TestExchange.settings = settings(deadline=None, max_examples=120, stateful_step_count=40)
