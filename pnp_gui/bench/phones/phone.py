"""A phone as the technician knows it: what he decided, what it said of itself, how far it got."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from ipaddress import AddressValueError, IPv4Address
from typing import NamedTuple

from pnp_gui.pnp.mac import parse_mac, show_mac
from pnp_gui.pnp.subscribe import SubscribeRequest

MAX_LABEL = 120
"""Characters of a label; what is longer is cut."""


MAX_COPIES = 1_024
"""Words that `one_copy` remembers: some 100 KB as phones ask, a megabyte at most."""

one_copy = lru_cache(MAX_COPIES)(str)
"""An equal text, the same object as for others that say it too: a floor of phones says the same few
words, one copy of each and not ten thousand. `sys.intern` keeps what strangers say for ever (Python
3.12), and has no bound in any version."""


class Decision(StrEnum):
    """The technician's word. It is kept for ever."""

    # Enum's own hash is a Python function; these are dictionary keys in every row of the table.
    __hash__ = str.__hash__

    UNDECIDED = "undecided"
    APPROVED = "approved"
    DENIED = "denied"


APPROVED = Decision.APPROVED
"""For the path of every datagram: Python looks a member up as slowly as it calls a function."""


class Progress(StrEnum):
    """How far the phone got on the wire."""

    __hash__ = str.__hash__

    NONE = "none"
    """Nothing happened yet."""
    ASKING = "asking"
    """It asked and got nothing for it so far."""
    SENT = "sent"
    """A NOTIFY with the URL is on its way."""
    ACCEPTED = "accepted"
    """It answered the NOTIFY with 2xx."""
    REFUSED = "refused"
    """It answered with anything else: see `Phone.code`."""
    NO_ANSWER = "no answer"
    """It said nothing for 32 s."""


class Reboot(StrEnum):
    """How far it got with the wish that the phone reboots. It is of this run alone."""

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
    """It said nothing for 32 s."""


class OtherMac(NamedTuple):
    """The network knows the phone's address as another device's."""

    address: str
    mac: str
    """12 upper-case hex digits."""


@dataclass(slots=True)
class OtherAddress:
    """An address that asks with a phone's MAC and is not the phone's. It is of this run alone."""

    address: str
    interface: str
    since: float
    """Since when it stands here, on the bench's clock."""
    last: float
    """When it asked last, unix seconds ..."""
    last_at: float
    """... and on the bench's clock."""
    asked: int
    """SUBSCRIBEs heard from there."""
    further: int = 0
    """SUBSCRIBEs from yet other addresses meanwhile."""


@dataclass(slots=True)
class Phone:
    """One row of the table. Only `Bench` changes it."""

    key: str
    """12 upper-case hex digits, or "ip:10.13.2.37" for a phone that names no MAC."""
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
    address: str = ""
    """Where its last SUBSCRIBE came from, IPv4."""
    interface: str = ""
    """The network port on which it did."""

    first_seen: float | None = None
    """Unix seconds; None: never asked."""
    last_seen: float | None = None
    asked: int = 0
    """SUBSCRIBEs heard in this run, retransmissions included."""
    heard: bool = False
    """Heard in this run: only then there is a SUBSCRIBE to answer."""
    heard_at: float = 0.0
    """When it asked last, on the bench's clock, which nobody can set; 0.0: not in this run."""
    asking_until: float = 0.0
    """On the same clock: until then an answer is inside the SUBSCRIBE's own window."""

    progress: Progress = Progress.NONE
    code: int = 0
    """The SIP status of its answer to the NOTIFY, 0 while there is none."""
    reason: str = ""
    progress_at: float | None = None
    """Unix seconds of the last change of `progress` from SENT on."""
    offered_at: float = 0.0
    """When its URL was sent last, on the bench's clock; 0.0: not in this run."""
    sent_url: str = ""
    """The exact URL of the last NOTIFY."""
    lacks: str = ""
    """The `${…}` of its URL that it does not name, so that it cannot be served although it is
    approved: "mac". "": nothing. See no_url.py."""

    reboot: Reboot = Reboot.NONE
    reboot_code: int = 0
    """The SIP status of its answer, 0 while there is none."""
    reboot_reason: str = ""
    reboot_at: float | None = None
    """Unix seconds of the last change of `reboot`."""

    conflict: OtherAddress | None = None
    """Another address asks for it too, and nobody decided since. Nothing is sent there."""

    unseen: bool = False
    """It began to ask, undecided, and nobody has looked at it since."""
    other_mac: OtherMac | None = None
    """Of this run: it says `mac`, but the network knows it as this; see `mac_check`."""


def take_facts(phone: Phone, request: SubscribeRequest) -> None:
    """Where it is and what it says of itself."""
    phone.address = request.source[0]
    phone.interface = request.interface
    phone.make = one_copy(request.make)
    phone.model = one_copy(request.model)
    phone.version = one_copy(request.version)
    phone.vendor = one_copy(request.vendor)


def key_of(text: str) -> str | None:
    """The key that `text` names: a MAC in any usual form, or "ip:" and an address. Else None."""
    text = text.strip()
    mac = parse_mac(text)
    if mac is not None:
        return mac
    if text[:3].lower() == "ip:":
        try:
            return f"ip:{IPv4Address(text[3:].strip())}"
        except AddressValueError:
            return None
    return None


def mac_of(key: str) -> str:
    """The MAC in a phone's key, "" where it is an address."""
    return "" if key.startswith("ip:") else key


def show_key(key: str) -> str:
    """A key as a person reads it: "00:04:13:A2:10:5F" or "ip:10.13.2.37"."""
    return key if key.startswith("ip:") else show_mac(key)


def clean_label(text: str) -> str:
    """A label on one line: blanks and whatever cannot be printed become single blanks."""
    printable = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(printable.split())[:MAX_LABEL].rstrip()
