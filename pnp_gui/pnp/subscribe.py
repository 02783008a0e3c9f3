"""Reads a SUBSCRIBE for the ua-profile event: which phone sent it, and how to answer it.

Each leniency here is there for a real phone, which is named beside it.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote

from pnp_gui.pnp import usual_form
from pnp_gui.pnp.datagram import Address, Datagram
from pnp_gui.pnp.mac import find_mac
from pnp_gui.pnp.makes import make_of, owner_of
from pnp_gui.pnp.message import Malformed, Request
from pnp_gui.pnp.parser import line_at
from pnp_gui.pnp.sip_values import EVENT, MAGIC_COOKIE
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
_SIP_URI = re.compile(r"sips?:(?:([^@\s]*)@)?[^@\s<>\"]+", re.IGNORECASE)
# CSeq = 1*DIGIT LWS Method, below 2**31 (section 8.1.1.5)
_CSEQ = re.compile(r"([0-9]{1,10})[ \t]+([^\s]+)")
# Event = event-type *( SEMI event-param ) (RFC 6665 section 8.4); Fanvil writes no blank before
# it, others blanks around ";" and "=", no quotes, or the typographic quotes of a manual.
_EVENT_TYPE = re.compile(r"[ \t]*([^;\s]+)")
_EVENT_PARAM = re.compile(
    r';\s*([A-Za-z-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|\xe2\x80[\x9c-\x9f](.*?)\xe2\x80[\x9c-\x9f]|([^;]*))'
)
# Both cases are written out because a search with IGNORECASE is slower.
_BRANCH = re.compile(r";\s*[Bb][Rr][Aa][Nn][Cc][Hh]\s*=\s*([^;,\s]+)")
VIA = re.compile(r"[Ss][Ii][Pp]\s*/\s*2\.0\s*/\s*[A-Za-z]+\s+([^;,\s]+)")
"""Via = sent-protocol LWS sent-by …; the group is sent-by (section 20.42)."""


def branch_of(via: str) -> str:
    """The first branch in a Via header; "" without one."""
    found = _BRANCH.search(via)
    return found[1] if found else ""


@dataclass(slots=True, eq=False)
class SubscribeRequest:
    """One SUBSCRIBE. Not changed after it was read, but for the MAC of a phone that names none."""

    key: str
    """The phone: its MAC, twelve upper-case hex digits, or "ip:" and its address without one."""
    mac: str
    """Twelve upper-case hex digits, or ""."""
    make: str
    """As it is shown: "snom", "Yealink" …"""
    vendor: str
    """As the phone wrote it, as model and version."""
    model: str
    version: str
    user_agent: str
    source: Address
    """Where the datagram came from and where every answer goes."""
    interface: str
    """Name of the interface it came in on."""
    local: Address
    """Our address and port there."""
    transaction: Transaction
    """The same in a retransmission of it (RFC 3261 section 17.2.3)."""
    vias: list[str]
    from_: str
    to: str
    call_id: str
    cseq: str
    event: str
    contact: str
    """Request-URI for the NOTIFY."""
    mac_by_arp: bool = False
    """It names no MAC; this one is what the network knows its address by."""

    def take_mac(self, mac: str) -> None:
        """It names no MAC, and the network knows its address by this one."""
        self.key = self.mac = mac
        self.mac_by_arp = True
        self.make = make_of(self.vendor, mac, self.user_agent)


def read_subscribe(request: Request, datagram: Datagram) -> SubscribeRequest | Malformed:
    """Read a request as a PnP SUBSCRIBE, or say why it is none and at which byte."""
    data, source, local, interface, _, _, _ = datagram
    headers = request.headers
    if not source[1]:  # RFC 768: "no reply is possible"
        return Malformed(Text("a request from port 0, which cannot be answered"), 0)
    if request.method != "SUBSCRIBE":
        return Malformed(Text("a {method} request, not a SUBSCRIBE", method=request.method[:20]), 0)
    events = headers.get("event")
    event = _event(events[0]) if events else None
    if not events or not event or event.kind != EVENT:
        named = shown(events[0])[:40] if events else ""
        return Malformed(
            Text("a SUBSCRIBE for the event “{named}”, not for {event}", named=named, event=EVENT),
            line_at(data, "event", "o"),
        )
    try:
        # Each exactly once, and the event with them.
        (from_,), (to,), (_,) = headers["from"], headers["to"], events
        (call_id,), (written,) = headers["call-id"], headers["cseq"]
    except (KeyError, ValueError):
        return _not_once(headers, data)
    if not (from_ and to and call_id and written):
        return _not_once(headers, data)
    vias = headers.get("via")
    if not vias or not ((usual := usual_form.via(vias[0])) or VIA.match(vias[0])):
        return Malformed(Text("no readable Via header"), line_at(data, "via", "v"))
    branch = (usual[3] or usual[5] or "")[len(";branch=") :] if usual else branch_of(vias[0])
    cseq = _cseq(written)
    if not cseq.number:
        return Malformed(
            Text("CSeq is not a number below 2^31 with SUBSCRIBE"), line_at(data, "cseq")
        )
    from_uri, tag = _address(from_)
    # Nearly every phone's To is its From without the tag.
    to_uri = from_uri if to == f"<{from_uri}>" else _address(to)[0]
    if not from_uri:
        return Malformed(Text("From contains no address"), line_at(data, "from", "f"))
    if not to_uri:
        return Malformed(Text("To contains no address"), line_at(data, "to", "t"))
    contact = _contact(headers, source)
    agents = headers.get("user-agent")
    agent = shown_once(agents[0]) if agents else ""
    mac = _mac((request.uri, from_uri, to_uri, contact), agent)
    return SubscribeRequest(
        mac or f"ip:{source[0]}",
        mac,
        make_of(event.vendor, mac, agent),
        event.vendor,
        event.model,
        event.version,
        agent,
        source,
        interface,
        local,
        (
            source,
            call_id,
            cseq.number,
            tag,
            branch if branch.startswith(MAGIC_COOKIE) else "",
        ),
        vias,
        from_,
        to,
        call_id,
        cseq.value,
        event.value,
        contact,
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
    return Malformed(reason, line_at(data, name))


class _CSeq(NamedTuple):
    """What a SUBSCRIBE's CSeq header says."""

    value: str
    """As sent: one copy for all phones that send the same."""
    number: str
    """"" where it is no number below 2^31 with SUBSCRIBE."""


@lru_cache(CACHE_SIZE)
def _cseq(value: str) -> _CSeq:
    found = _CSEQ.fullmatch(value)
    if not found or int(found[1]) >= 1 << 31 or found[2] != "SUBSCRIBE":
        return _CSeq(value, "")
    return _CSeq(value, found[1])


def _address(value: str) -> tuple[str, str]:
    """URI and tag of a From, To or Contact value, each "" if missing."""
    if usual := usual_form.address(value):
        return usual[1], usual[2] or ""
    found = _NAME_ADDR.match(value) or _ADDR_SPEC.match(value)
    if not found or not _SIP_URI.fullmatch(found[1]):
        return "", ""
    tag = _TAG.search(found[2])
    return found[1], tag[1] if tag else ""


def _contact(headers: dict[str, list[str]], source: Address) -> str:
    """The phone's Contact as Request-URI; without a usable one, the address it asked from."""
    contacts = headers.get("contact")
    if contacts:
        uri = _address(contacts[0])[0]
        if uri and len(uri) <= MAX_CONTACT and "?" not in uri and uri.isascii():
            return uri
    return f"sip:{source[0]}:{source[1]}"


def _mac(uris: tuple[str, ...], agent: str) -> str:
    """The MAC of the phone: in the user part of a URI, else in the User-Agent (snom M700)."""
    usual = usual_form.mac(uris[0])
    if usual and _can_be_a_phones(mac := usual[1].upper()):
        return mac
    for uri in uris:
        found = _SIP_URI.fullmatch(uri)
        if found and found[1]:
            mac = _phones_mac(found[1]) or ("%" in found[1] and _phones_mac(unquote(found[1])))
            if mac:
                return mac
    return _phones_mac(agent) if agent else ""


def _phones_mac(text: str) -> str:
    """A MAC that a phone can have. Twelve decimal digits may be a telephone number or a build
    date, so they count only after "MAC" or with the prefix of a known make.
    """
    mac = find_mac(text)
    if mac is None or not _can_be_a_phones(mac):
        return ""
    if mac.isdigit() and mac in text and "MAC" not in text.upper() and not owner_of(mac):
        return ""
    return mac


def _can_be_a_phones(mac: str) -> bool:
    """Not all zeros, and no group's address (its first byte is odd)."""
    return mac[1] in "02468ACE" and mac != "000000000000"


class _Event(NamedTuple):
    """What an Event header says."""

    value: str
    """As sent: one copy for all phones that send the same."""
    kind: str
    """The event type in lower case, "" where there is none."""
    vendor: str
    model: str
    version: str


@lru_cache(CACHE_SIZE)
def _event(value: str) -> _Event:
    kind = _EVENT_TYPE.match(value)
    fields: dict[str, str] = {}
    for name, quoted, curly, bare in _EVENT_PARAM.findall(value):
        text = (quoted or curly or bare).replace("\\", "").strip()
        fields.setdefault(name.lower(), shown(text)[:MAX_FIELD])
    return _Event(
        value,
        kind[1].lower() if kind else "",
        # AudioCodes names no vendor; Panasonic writes "vender".
        fields.get("vendor") or fields.get("vender", ""),
        fields.get("model", ""),
        fields.get("version", ""),
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
