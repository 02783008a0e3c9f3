"""A phone as the technician knows it: what they decided, what it said of itself, how far it got.

Everything that happens to a phone is a verb of `Phone`, and changes all that it concerns. Nothing
else assigns to a phone (tests/bench/phones/test_transitions.py).

    verb             changes
    ---------------  ----------------------------------------------------------------------------
    subscribed       asked, asked_at, first_seen, last_seen, address, interface, make, model,
                     version, vendor, profile, takes_url, notify_size, mac_by_arp,
                     conflict; a new request also: asking_until, progress, code, reason, reboot,
                     unseen
    conflicted       conflict
    moved            asked, asked_at, last_seen, address, interface, make, model, version, vendor,
                     profile, takes_url, notify_size, mac_by_arp, asking_until, progress, code,
                     reason, reboot, conflict, unseen
    offered          progress, progress_at, offered_at, sent_url, older, code, reason, reboot, files
    answered         progress, progress_at, code, reason, ports, accepted_url, accepted_at
    withdrawn        progress
    fetched          files
    reboot_changed   reboot, reboot_at, reboot_code, reboot_reason, ports
    decided          decision, reboot, conflict, unseen
    settled          conflict
    edited           own_url, label
    seen             unseen
    lacking          lacks
    outdated         older
    compared         other_mac
    forgotten        asked, asked_at, asking_until, progress, reboot, conflict, unseen, files
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pnp_gui.bench.phones.files import Files
from pnp_gui.bench.phones.others import OtherAddress, OtherMac
from pnp_gui.bench.phones.row_text import one_copy, one_number
from pnp_gui.pnp.builder import notify_size
from pnp_gui.pnp.makes import asks_for
from pnp_gui.pnp.subscribe import SubscribeRequest


class Decision(StrEnum):
    """What the technician decided. It is kept until the phone is forgotten."""

    # Enum's own hash is a Python function; these are dictionary keys in every row of the table.
    __hash__ = str.__hash__

    UNDECIDED = "undecided"
    APPROVED = "approved"
    DENIED = "denied"


APPROVED = Decision.APPROVED
"""For the path of every datagram: looking up a member of an enum costs as much as a call."""

UNDECIDED = Decision.UNDECIDED


class Progress(StrEnum):
    """How far the exchange with the phone got."""

    __hash__ = str.__hash__

    NONE = "none"
    """Nothing happened yet."""
    ASKING = "asking"
    """It asked and got nothing for it yet."""
    SENT = "sent"
    """A NOTIFY with the URL is on its way."""
    ACCEPTED = "accepted"
    """It answered the NOTIFY with 2xx."""
    REFUSED = "refused"
    """It answered with anything else: see `Phone.code`."""
    NO_ANSWER = "no answer"
    """It did not answer for 32 s."""
    NOT_SENT = "not sent"
    """This computer could not send the NOTIFY."""


Ports = tuple[int, ...]

ASKING, SENT, NOT_SENT = Progress.ASKING, Progress.SENT, Progress.NOT_SENT


class Reboot(StrEnum):
    """How far a request to reboot got. It is of this run alone."""

    __hash__ = str.__hash__

    NONE = "none"
    """It was not asked to, or something newer happened since."""
    ASKED = "asked"
    """The NOTIFY is on its way."""
    REBOOTING = "rebooting"
    """It answered with 2xx."""
    PASSWORD = "password"
    """It answered 401 or 407: not without a password."""
    REFUSED = "refused"
    """It answered with anything else: see `Phone.reboot_code`."""
    NO_ANSWER = "no answer"
    """It did not answer for 32 s."""


NO_REBOOT = Reboot.NONE


@dataclass(slots=True)
class Phone:
    """One row of the table. To be read only: what happens to it is a verb, see the table above."""

    key: str
    """12 upper-case hex digits, or "ip:10.13.2.37" for a phone that sends no MAC."""
    mac: str = ""
    """12 upper-case hex digits or ""."""
    decision: Decision = Decision.UNDECIDED
    own_url: str = ""
    """A URL template for this phone alone; "": the default."""
    label: str = ""
    """The technician's name for it: extension, room."""

    make: str = ""
    model: str = ""
    version: str = ""
    vendor: str = ""
    """As sent, while `make` is the name to show."""
    profile: str = ""
    """The profile-type that it asked for in this run: "device", "user", "local-network" …"""
    takes_url: bool = True
    """False: it accepts other content only, and is sent nothing."""
    address: str = ""
    """Where its last SUBSCRIBE came from, IPv4."""
    interface: str = ""
    """The interface on which it did."""
    notify_size: int = 0
    """Bytes of a NOTIFY to it beside the URL; 0: it did not ask in this run."""

    first_seen: float | None = None
    """Unix seconds; None: never asked."""
    last_seen: float | None = None
    asked: int = 0
    """SUBSCRIBEs in this run, retransmissions included; 0: there is none to answer."""
    asked_at: float = 0.0
    """When it asked last, on the bench's clock, which nobody can set; 0.0: not in this run."""
    asking_until: float = 0.0
    """On the same clock: until then an answer is in time for its request."""

    progress: Progress = Progress.NONE
    code: int = 0
    """The SIP status of its answer to the NOTIFY, 0 while there is none."""
    reason: str = ""
    ports: Ports = ()
    """The UDP ports at its address that were tried in vain in this run."""
    progress_at: float | None = None
    """Unix seconds of the last change of `progress` from SENT on."""
    offered_at: float = 0.0
    """When its URL was sent last, on the bench's clock; 0.0: not in this run."""
    sent_url: str = ""
    """The exact URL of the last NOTIFY."""
    accepted_url: str = ""
    """The exact URL that it accepted last, so the one that it has; "": none."""
    accepted_at: float | None = None
    """Unix seconds."""
    older: bool = False
    """It would get another URL now than the one that it was sent last. See older_urls.py."""
    lacks: str = ""
    """The `${…}` of its URL that it does not name, so that it cannot be served although it is
    approved: "mac". "": nothing. See unserved.py."""

    files: Files | None = None
    """What it fetched from our folder since its URL was sent last; None: nothing to speak of."""

    reboot: Reboot = Reboot.NONE
    reboot_code: int = 0
    """The SIP status of its answer, 0 while there is none."""
    reboot_reason: str = ""
    reboot_at: float | None = None
    """Unix seconds of the last change of `reboot`."""

    conflict: OtherAddress | None = None
    """Another address asks for it too, and nobody decided since. Nothing is sent there."""

    unseen: bool = False
    """It started to ask, undecided, and nobody has looked at it since."""
    mac_by_arp: bool = False
    """It sends no MAC; `mac` is what the network knows its address by."""
    other_mac: OtherMac | None = None
    """Of this run: it says `mac`, but the network knows it as this; see mac_check.py."""

    # What the wire reports. `at`: unix seconds, `now`: the bench's clock.

    @property
    def has_url(self) -> bool:
        """Its URL was sent, and no answer says that it has none."""
        return self.progress in (Progress.SENT, Progress.ACCEPTED)

    @property
    def is_under_way(self) -> bool:
        """Its URL is sent, or is to be sent, until it answers."""
        return self.progress in (SENT, NOT_SENT)

    @property
    def repeated(self) -> bool:
        """It sent its last request more than once. Exact: `asking_until` is this very sum."""
        return self.asking_until != self.asked_at + asks_for(self.make)

    def subscribed(
        self, request: SubscribeRequest, at: float, now: float, *, again: bool = False
    ) -> bool:
        """It asked; `again`: the same request once more. Whether that makes it unseen."""
        self.asked += 1
        self.last_seen = at
        self.asked_at = now
        if self.first_seen is None:
            self.first_seen = at
        if (
            self.address != request.source[0]
            or self.interface != request.interface
            or self.model != request.event.model
            or self.version != request.event.version
            or self.vendor != request.event.vendor
            or self.make != request.make
            or self.profile != request.event.profile
            or self.takes_url is not request.takes_url
            or self.mac_by_arp is not request.mac_by_arp
            or not self.notify_size
        ):
            if self.address != request.source[0]:
                self.conflict = None  # the wire forgot both addresses: there is none to move to
            self._take_facts(request)
        if again:
            return False
        # One that asks every now and then is reported once, until somebody looks.
        news = self.decision is UNDECIDED and now >= self.asking_until
        if news:
            self.unseen = True
        self.asking_until = now + asks_for(self.make)
        self.progress = ASKING
        self.code = 0
        self.reason = ""
        self.reboot = NO_REBOOT
        return news

    def conflicted(
        self, request: SubscribeRequest, other: SubscribeRequest, at: float, now: float
    ) -> bool:
        """Another address asked for it. `other`: the request that would be answered if the phone
        moved. Whether the conflict is a new one."""
        conflict = self.conflict
        address = other.source[0]
        new = conflict is None or conflict.address != address
        if conflict is None or new:
            conflict = self.conflict = OtherAddress(address, other.interface, now, at, now, 0)
        if request.source[0] == address:
            conflict.asked += 1
            conflict.last, conflict.last_at = at, now
            conflict.interface = request.interface
        else:
            conflict.further += 1
        return new

    def moved(self, request: SubscribeRequest, at: float, now: float, asked_at: float) -> bool:
        """It is where this request came from, at `asked_at` on the bench's clock. Whether that
        makes it unseen. Unless it is approved, its former address is the one in conflict."""
        before = self.conflict
        known = before is not None and before.address == request.source[0]
        # A conflict that the technician read and turned round is not a new one.
        since = before.since if before is not None and known else now
        was = OtherAddress(
            *(self.address, self.interface, since),
            *(self.last_seen or at, self.asked_at, self.asked),
        )
        self.conflict = None if self.decision is APPROVED else was
        if before is not None and known:
            self.asked = max(1, before.asked)
            self.last_seen, self.asked_at = before.last, before.last_at
        else:
            self.asked = 1
            self.last_seen, self.asked_at = at, now
        self._take_facts(request)
        self.asking_until = asked_at + asks_for(self.make)
        self.progress = ASKING
        self.code = 0
        self.reason = ""
        self.reboot = NO_REBOOT
        news = self.decision is UNDECIDED and not known
        if news:
            self.unseen = True
        return news

    def offered(self, url: str, at: float, now: float) -> None:
        """It was sent this URL, and what it fetches counts anew: see `Files.lasts`."""
        if self.files is not None and not (url == self.sent_url and self.files.lasts(now)):
            self.files = None
        # In a burst this may be reported after the approval was taken back.
        self.progress = SENT if self.decision is APPROVED else ASKING
        self.progress_at = at
        self.offered_at = now
        self.sent_url = url
        self.older = False
        self.code = 0
        self.reason = ""
        self.reboot = NO_REBOOT

    def answered(
        self, outcome: Progress, at: float, code: int = 0, reason: str = "", ports: Ports = ()
    ) -> None:
        """It accepted or refused the URL that it was sent last, or did not answer at `ports`; or
        that was not sent."""
        self.progress = outcome
        self.progress_at = at
        self.code = code
        self.reason = reason
        self.ports = ports
        if outcome is Progress.ACCEPTED:
            self.accepted_url = self.sent_url
            self.accepted_at = at

    def withdrawn(self) -> bool:
        """Nothing more is sent to it; whether a NOTIFY was under way."""
        if not self.is_under_way:
            return False
        self.progress = ASKING
        return True

    def fetched(self, files: Files | None) -> None:
        """It fetches, asked for what is not there, or should have: this is what it has."""
        self.files = files

    def reboot_changed(
        self, reboot: Reboot, at: float, code: int = 0, reason: str = "", ports: Ports = ()
    ) -> None:
        """It was asked to reboot, answered that, or did not at `ports`."""
        self.reboot = reboot
        self.reboot_at = at
        self.reboot_code = code
        self.reboot_reason = reason
        self.ports = ports or self.ports

    # What the technician does.

    def decided(self, decision: Decision) -> None:
        """Who decides has looked at the phone, and what came before is over."""
        self.decision = decision
        self.reboot = NO_REBOOT
        self.conflict = None
        self.unseen = False

    def settled(self) -> None:
        """It is at the address in its row, until another one asks again."""
        self.conflict = None

    def edited(self, own_url: str, label: str) -> None:
        """It has this URL and this label."""
        self.own_url = own_url
        self.label = label

    def seen(self) -> None:
        """Somebody looked at it."""
        self.unseen = False

    def forgotten(self) -> None:
        """Nothing is left on the wire that could be answered. If the row comes back, it is as after
        a restart: it waits until the phone asks."""
        self.asked = 0
        self.asked_at = 0.0
        self.asking_until = 0.0
        if self.progress is ASKING or self.is_under_way:
            self.progress = Progress.NONE
        self.reboot = NO_REBOOT
        self.conflict = None
        self.unseen = False
        self.files = self.files and self.files.of_earlier_run()

    # What is found out about it.

    def lacking(self, name: str) -> None:
        """Its URL asks for `${name}`, which it does not name; "": for nothing like that."""
        self.lacks = one_copy(name)

    def outdated(self, older: bool) -> None:
        """Whether it would get another URL now than the one that it was sent last."""
        self.older = older

    def compared(self, other: OtherMac | None) -> None:
        """Its MAC was compared with what the network knows; None: nothing is known against it."""
        self.other_mac = other

    def _take_facts(self, request: SubscribeRequest) -> None:
        self.address = request.source[0]
        self.interface = request.interface
        self.make = one_copy(request.make)
        self.model = one_copy(request.event.model)
        self.version = one_copy(request.event.version)
        self.vendor = one_copy(request.event.vendor)
        self.profile = one_copy(request.event.profile)
        self.takes_url = request.takes_url
        self.mac_by_arp = request.mac_by_arp
        self.notify_size = one_number(notify_size(request))
