"""Reads a SUBSCRIBE for the ua-profile event: which phone sent it, and how to answer it.

Each leniency here is there for a real phone, which is named beside it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from pnp_gui.pnp import usual_form
from pnp_gui.pnp.datagram import Address, Datagram
from pnp_gui.pnp.makes import make_of
from pnp_gui.pnp.message import Malformed, Request
from pnp_gui.pnp.parser import line_at
from pnp_gui.pnp.phone_mac import SIP_URI, mac_sent
from pnp_gui.pnp.sip_values import CONTENT_TYPE, EVENT, MAGIC_COOKIE
from pnp_gui.pnp.via import at_port, read_via
from pnp_gui.texts import Text

Transaction = tuple[Address, str, str, str, str]
"""Source, Call-ID, CSeq number, From tag, and the branch if it is unique."""

MAX_FIELD = 64
"""Characters of vendor, model and version that are kept."""
MAX_SHOWN = 200
"""Characters of a User-Agent or reason phrase that are kept."""
MAX_CONTACT = 512
"""Characters of a Contact that is used as Request-URI; a longer one is not used."""
CACHE_SIZE = 256
"""Events, CSeqs, User-Agents and reasons that are remembered as read: phones send the same few.
6 MB if each were as long as a datagram."""

# name-addr = [ display-name ] "<" addr-spec ">" ; else addr-spec, whose parameters are the
# header's (RFC 3261 section 20.10). A display name in quotes may hold anything.
_NAME_ADDR = re.compile(r'(?:"(?:[^"\\]|\\.)*"\s*|[^<"]*)<([^<>]*)>(.*)')
_ADDR_SPEC = re.compile(r"([^;,?\s<>\"]+)(.*)")
_TAG = re.compile(r';\s*tag\s*=\s*([^;,\s"<>]+)', re.IGNORECASE)
_EMPTY_TAG = re.compile(r";\s*tag\s*=?$", re.IGNORECASE)
# Groups: host, port.
_HOST_PORT = re.compile(r"[^:]*:(?:[^@]*@)?([^:;?]*)(?::([^;?]*))?")
# CSeq = 1*DIGIT LWS Method, below 2**31 (section 8.1.1.5)
_CSEQ = re.compile(r"([0-9]{1,10})[ \t]+([^\s]+)")
# Event = event-type *( SEMI event-param ) (RFC 6665 section 8.4); Fanvil writes no blank before
# it, others blanks around ";" and "=", no quotes, or the typographic quotes of a manual.
_EVENT_TYPE = re.compile(r"[ \t]*([^;\s]+)")
_EVENT_PARAM = re.compile(
    r';\s*([A-Za-z-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|\xe2\x80[\x9c-\x9f](.*?)\xe2\x80[\x9c-\x9f]|([^;]*))'
)
_ABOVE_0 = re.compile(r"0*[1-9][0-9]*")
# Accept = [ accept-range *( COMMA accept-range ) ] (section 20.1): what is said of a type is its
# most specific range's, and q=0 refuses it.
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*+"?')
_RANGES = [
    re.compile(rf"(?:^|,)[ \t]*{kind}[ \t]*/[ \t]*{subtype}[ \t]*(;[^,]*)?(?=,|$)", re.IGNORECASE)
    for kind, subtype in (CONTENT_TYPE.split("/"), ("application", r"\*"), (r"\*", r"\*"))
]
_REFUSED = re.compile(r";[ \t]*q[ \t]*=[ \t]*0(?:\.0*)?[ \t]*(?:;|$)", re.IGNORECASE)
_NONE = [""]


class EventHeader(NamedTuple):
    """What an Event header says: one copy for all phones that send the same."""

    value: str
    """As sent."""
    kind: str
    """The event type in lower case, "" where there is none."""
    vendor: str
    """As the phone wrote it, as model and version."""
    model: str
    version: str
    profile: str
    """The profile-type: "device" (RFC 6080 section 6.3), "user" …"""


@dataclass(slots=True, eq=False)
class SubscribeRequest:
    """One SUBSCRIBE. Not changed after it was read, but for the MAC of a phone that sends none."""

    key: str
    """The phone: its MAC, twelve upper-case hex digits, or "ip:" and its address without one."""
    mac: str
    """Twelve upper-case hex digits, or ""."""
    make: str
    """As it is shown: "snom", "Yealink" …"""
    event: EventHeader
    user_agent: str
    source: Address
    """Where the datagram came from."""
    answer_to: Address
    """Where the 200 goes: the source, or another port there."""
    notify_to: Address
    """Where the NOTIFY goes: likewise."""
    interface: str
    """Name of the interface it came in on."""
    local: Address
    """Our address and port there."""
    transaction: Transaction
    """The same in a retransmission of it (RFC 3261 section 17.2.3)."""
    vias: list[str]
    """As they come back in the 200."""
    from_: str
    to: str
    call_id: str
    cseq: str
    contact: str
    """Request-URI for the NOTIFY."""
    to_tag: str
    """The dialog that this is in; "": it opens one."""
    routes: Sequence[str]
    """Its Record-Route headers: the route of the dialog (RFC 3261 section 12.1.1). A proxy without
    lr (RFC 2543) is treated like the others: the Request-URI stays the Contact."""
    takes_url: bool
    """Its Accept allows `CONTENT_TYPE`, or there is none."""
    lasts: bool
    """It subscribes for longer than an instant: its Expires is above 0."""
    mac_by_arp: bool = False
    """It sends no MAC; this one is what the network knows its address by."""

    def take_mac(self, mac: str) -> None:
        """It sends no MAC, and the network knows its address by this one."""
        self.key = self.mac = mac
        self.mac_by_arp = True
        self.make = make_of(self.event.vendor, mac, self.user_agent)


def read_subscribe(request: Request, datagram: Datagram) -> SubscribeRequest | Malformed:
    """Read a request as a PnP SUBSCRIBE, or say why it is none and at which byte."""
    data, source, local, interface, _, _, _ = datagram
    headers = request.headers
    if not source[1]:  # RFC 768: "no reply is possible"
        return Malformed(Text("a request from port 0, which cannot be answered"), 0)
    if request.method != "SUBSCRIBE":
        return Malformed(
            Text("the request is {method}, not SUBSCRIBE", method=request.method[:20]), 0
        )
    events = headers.get("event", _NONE)
    event = _event(events[0])
    if event.kind != EVENT:
        named = shown(event.value)[:40]
        return Malformed(
            Text("a SUBSCRIBE for the event “{named}”, not for {event}", named=named, event=EVENT),
            line_at(data, "event"),
        )
    try:
        # Each exactly once, and the event with them.
        (from_,), (to,), (_,) = headers["from"], headers["to"], events
        (call_id,), (written,) = headers["call-id"], headers["cseq"]
    except (KeyError, ValueError):
        return _not_once(headers, data)
    if not (from_ and to and call_id and written):
        return _not_once(headers, data)
    vias = headers.get("via", _NONE)
    via = read_via(vias[0], source)
    if not via:
        return Malformed(Text("no readable Via header"), line_at(data, "via"))
    branch, answer_to, vias[0] = via
    cseq, number = _cseq(written)
    if not number:
        return Malformed(
            Text("CSeq is not a number below 2^31 with SUBSCRIBE"), line_at(data, "cseq")
        )
    from_uri, tag = _address(from_)
    if to == f"<{from_uri}>":  # nearly every phone's To is its From without the tag
        to_uri, to_tag = from_uri, ""
    else:
        to = _EMPTY_TAG.sub("", to)  # ours is added: a second tag would make it unreadable
        to_uri, to_tag = _address(to)
    if not from_uri:
        return Malformed(Text("From contains no address"), line_at(data, "from"))
    if not to_uri:
        return Malformed(Text("To contains no address"), line_at(data, "to"))
    host_port = f"{source[0]}:{source[1]}"
    contacts = headers.get("contact") or _NONE
    contact = _contact(contacts[0]) or f"sip:{host_port}"
    if routes := headers.get("record-route", ()):
        notify_to = _named_in(_address(routes[0])[0], source)
    elif contact.endswith(host_port):  # nearly always; whatever host that ends
        notify_to = source
    else:
        notify_to = _named_in(contact, source)
    agents = headers.get("user-agent")
    agent = shown_once(agents[0]) if agents else ""
    mac = mac_sent((request.uri, from_uri, to_uri, contact), contacts[0], agent)
    accept, expires = headers.get("accept"), headers.get("expires")
    return SubscribeRequest(
        mac or f"ip:{source[0]}",
        mac,
        make_of(event.vendor, mac, agent),
        event,
        agent,
        source,
        answer_to,
        notify_to,
        interface,
        local,
        (source, call_id, number, tag, branch if branch.startswith(MAGIC_COOKIE) else ""),
        vias,
        from_,
        to,
        call_id,
        cseq,
        contact,
        to_tag,
        routes,
        accept is None or _takes_url(accept),
        expires is not None and _ABOVE_0.fullmatch(expires[0]) is not None,
    )


def _not_once(headers: dict[str, list[str]], data: bytes) -> Malformed:
    """Which header is there twice, is missing or is empty, though it has to be there once."""
    for name in ("From", "To", "Call-ID", "CSeq"):
        values = headers.get(name.lower(), [])
        if len(values) != 1 or not values[0]:
            break
    else:
        name, values = "Event", headers["event"]
    reason = (
        Text("more than one {name} header", name=name)
        if len(values) > 1
        else Text("no {name} header", name=name)
    )
    return Malformed(reason, line_at(data, name.lower()))


@lru_cache(CACHE_SIZE)
def _cseq(value: str) -> tuple[str, str]:
    """A SUBSCRIBE's CSeq as sent, one copy for all phones that send the same, and its number: ""
    where it is none below 2^31 with SUBSCRIBE."""
    found = _CSEQ.fullmatch(value)
    if not found or int(found[1]) >= 1 << 31 or found[2] != "SUBSCRIBE":
        return value, ""
    return value, found[1]


def _address(value: str) -> tuple[str, str]:
    """URI and tag of a From, To or Contact value, each "" if missing."""
    if usual := usual_form.address(value):
        return usual[1], usual[2] or ""
    found = _NAME_ADDR.match(value) or _ADDR_SPEC.match(value)
    if not found or not SIP_URI.fullmatch(found[1]):
        return "", ""
    tag = _TAG.search(found[2])
    return found[1], tag[1] if tag else ""


def _contact(value: str) -> str:
    """A Contact's URI, if it can be a Request-URI; else ""."""
    uri = _address(value)[0]
    usable = len(uri) <= MAX_CONTACT and "?" not in uri and " " not in uri and uri.isascii()
    return uri if usable else ""


def _named_in(uri: str, source: Address) -> Address:
    """The source with the port in a URI whose host is its address, else the source itself."""
    found = _HOST_PORT.match(uri)
    return at_port(found[2], source) if found and found[1] == source[0] else source


def _takes_url(accept: list[str]) -> bool:
    text = ",".join(_QUOTED.sub("", each) for each in accept)
    for pattern in _RANGES:
        found = pattern.search(text)
        if found:
            return not _REFUSED.search(found[1] or "")
    return False


@lru_cache(CACHE_SIZE)
def _event(value: str) -> EventHeader:
    kind = _EVENT_TYPE.match(value)
    fields: dict[str, str] = {}
    for name, quoted, curly, bare in _EVENT_PARAM.findall(value):
        text = (quoted or curly or bare).replace("\\", "").strip()
        fields.setdefault(name.lower(), shown(text)[:MAX_FIELD])
    return EventHeader(
        value,
        kind[1].lower() if kind else "",
        # AudioCodes names no vendor; Panasonic writes "vender".
        fields.get("vendor") or fields.get("vender", ""),
        fields.get("model", ""),
        fields.get("version", ""),
        fields.get("profile-type", "").lower(),
    )


def shown(value: str) -> str:
    """What a phone wrote, as it can be shown: without control characters, UTF-8 decoded."""
    if not value.isascii():
        with suppress(UnicodeDecodeError):
            value = value.encode("latin-1").decode("utf-8")
    if not value.isprintable():
        value = "".join(character for character in value if character.isprintable())
    return value[:MAX_SHOWN]


shown_once = lru_cache(CACHE_SIZE)(shown)
"""The same, with one copy for all phones that write the same."""
