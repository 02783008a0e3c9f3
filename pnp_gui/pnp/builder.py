"""Builds what we send: the 200 to a SUBSCRIBE, the NOTIFY with the URL, the NOTIFY to reboot.

What is echoed has the phone's own bytes; the parser lets no line end or control character through.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pnp_gui.pnp.sip_values import (
    CONTENT_TYPE,
    EXPIRES,
    MAGIC_COOKIE,
    MAX_FORWARDS,
    NO_RENEWAL_STATE,
    REBOOT_STATE,
    SUBSCRIPTION_STATE,
)
from pnp_gui.pnp.subscribe import SubscribeRequest

_MAX_FORWARDS = f"Max-Forwards: {MAX_FORWARDS}\r\n"
_OK_END = f"Expires: {EXPIRES}\r\nContent-Length: 0\r\n\r\n"
_ONLY_NOTIFY, _LAST_NOTIFY = (
    f"Subscription-State: {state}\r\nContent-Type: {CONTENT_TYPE}\r\nContent-Length: "
    for state in (SUBSCRIPTION_STATE, NO_RENEWAL_STATE)
)
# Record-Route = [ display-name ] "<" addr-spec ">" *( SEMI param ) *( COMMA … ) (RFC 3261 section
# 25.1). Groups: what can be a Request-URI, its parameters, the routes after it in this header.
_FIRST_ROUTE = re.compile(
    r'(?:"(?:[^"\\]|\\.)*+"[ \t]*|[^<",]*+)<(?=[^>]{1,512}>)'
    r'(sips?:[!#-:=@-~]++(;[!#-;=@-~]*+|))>[^,"]*+(?:,[ \t]*(.*))?',
    re.IGNORECASE,
)
_LOOSE = re.compile(r";lr(?:[=;]|$)", re.IGNORECASE)
_REBOOT_END = f"Subscription-State: {REBOOT_STATE}\r\nContent-Length: 0\r\n\r\n"


def ok(request: SubscribeRequest, tag: str) -> bytes:
    """The 200 OK to the SUBSCRIBE (RFC 3261 section 8.2.6.2, RFC 6665 section 4.2.1.1)."""
    via, *others = request.vias
    more = _lines("Via", others) + _lines("Record-Route", request.routes)
    host, port = request.local
    return (
        "SIP/2.0 200 OK\r\n"
        f"Via: {via}\r\n{more}"
        f"From: {request.from_}\r\n"
        f"To: {_with_tag(request, tag)}\r\n"
        f"Call-ID: {request.call_id}\r\n"
        f"CSeq: {request.cseq}\r\n"
        f"Contact: <sip:{host}:{port}>\r\n"
        f"{_OK_END}"
    ).encode("latin-1")


def notify(request: SubscribeRequest, tag: str, cseq: int, branch: str, url: str) -> bytes:
    """The NOTIFY with the URL (RFC 6665 section 4.2.1; snom's Plug & Play)."""
    host, port = request.local
    uri, routes = request.contact, ""
    if request.routes:
        uri, values = _routed(request)
        routes = _lines("Route", values)
    return (
        f"NOTIFY {uri} SIP/2.0\r\n"
        f"Via: SIP/2.0/UDP {host}:{port};branch={branch};rport\r\n"
        f"{_MAX_FORWARDS}{routes}From: {_with_tag(request, tag)}\r\n"
        f"To: {request.from_}\r\n"
        f"Call-ID: {request.call_id}\r\n"
        f"CSeq: {cseq} NOTIFY\r\n"
        f"Contact: <sip:{host}:{port}>\r\n"
        f"Event: {request.event.value}\r\n"
        f"{_LAST_NOTIFY if request.lasts else _ONLY_NOTIFY}{len(url)}\r\n\r\n{url}"
    ).encode("latin-1")


def notify_size(request: SubscribeRequest) -> int:
    """Bytes of the NOTIFY beside its URL, with tags and branches as long as ours are."""
    token = "0" * 16
    return len(notify(request, token, 1, MAGIC_COOKIE + token, "")) + len("1024") - len("0")


def reboot(request: SubscribeRequest, tag: str, call_id: str, branch: str, event: str) -> bytes:
    """The NOTIFY that asks a phone to reboot: unsolicited and outside of any dialog, as from a PBX
    or from sipsak in snom's and Yealink's manuals.
    """
    host, port = request.local
    return (
        f"NOTIFY {request.contact} SIP/2.0\r\n"
        f"Via: SIP/2.0/UDP {host}:{port};branch={branch};rport\r\n"
        f"{_MAX_FORWARDS}From: <sip:{host}:{port}>;tag={tag}\r\n"
        f"To: <{request.contact}>\r\n"
        f"Call-ID: {call_id}@{host}\r\n"
        "CSeq: 1 NOTIFY\r\n"
        f"Contact: <sip:{host}:{port}>\r\n"
        f"Event: {event}\r\n"
        f"{_REBOOT_END}"
    ).encode("latin-1")


def _with_tag(request: SubscribeRequest, tag: str) -> str:
    """Its To with our tag, which is there already within a dialog (RFC 3261 section 8.2.6.2)."""
    return request.to if request.to_tag else f"{request.to};tag={tag}"


def _routed(request: SubscribeRequest) -> tuple[str, Sequence[str]]:
    """Request-URI and Route in its dialog: a first proxy that is no loose router ("lr") takes the
    place of the phone, which comes last then (RFC 3261 section 12.2.1.1)."""
    first, *others = request.routes
    found = _FIRST_ROUTE.fullmatch(first)
    if not found or _LOOSE.search(found[2]):
        return request.contact, request.routes
    return found[1], [found[3] or "", *others, f"<{request.contact}>"]


def _lines(name: str, values: Iterable[str]) -> str:
    """A header line for each value, without the empty ones, which would be no valid headers."""
    return "".join([f"{name}: {value}\r\n" for value in values if value])
