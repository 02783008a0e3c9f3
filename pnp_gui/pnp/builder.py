"""Builds what we send: the 200 to a SUBSCRIBE, the NOTIFY with the URL, the NOTIFY to reboot.

What is echoed has the phone's own bytes; the parser lets no line end or control character through.
"""

from __future__ import annotations

import re

from pnp_gui.pnp import usual_form
from pnp_gui.pnp.sip_values import (
    CONTENT_TYPE,
    EXPIRES,
    MAGIC_COOKIE,
    MAX_FORWARDS,
    REBOOT_STATE,
    SUBSCRIPTION_STATE,
)
from pnp_gui.pnp.subscribe import VIA, SubscribeRequest

_MAX_FORWARDS = f"Max-Forwards: {MAX_FORWARDS}\r\n"
_OK_END = f"Expires: {EXPIRES}\r\nContent-Length: 0\r\n\r\n"
_NOTIFY_BODY = (
    f"Subscription-State: {SUBSCRIPTION_STATE}\r\nContent-Type: {CONTENT_TYPE}\r\nContent-Length: "
)
_REBOOT_END = f"Subscription-State: {REBOOT_STATE}\r\nContent-Length: 0\r\n\r\n"
# Quoted text is left alone; possessive quantifiers, so that no input makes it slow.
_QUOTED = r'"(?:[^"\\]|\\.)*+"?'
_TOP_VIA = re.compile(rf'(?:[^",]++|{_QUOTED})*+')
_PARAM = re.compile(rf'(?:[^";]++|{_QUOTED})++')
_TAGGED = re.compile(r';\s*tag\s*=\s*[^;,\s"<>]', re.IGNORECASE)


def ok(request: SubscribeRequest, tag: str) -> bytes:
    """The 200 OK to the SUBSCRIBE (RFC 3261 section 8.2.6.2, RFC 6665 section 4.2.1.1)."""
    vias = ""
    if len(request.vias) > 1:  # an empty one would be no valid header
        vias = "".join([f"Via: {via}\r\n" for via in request.vias[1:] if via])
    host, port = request.local
    return (
        "SIP/2.0 200 OK\r\n"
        f"Via: {_answered_via(request.vias[0], request)}\r\n{vias}"
        f"From: {request.from_}\r\n"
        f"To: {with_tag(request.to, tag)}\r\n"
        f"Call-ID: {request.call_id}\r\n"
        f"CSeq: {request.cseq}\r\n"
        f"Contact: <sip:{host}:{port}>\r\n"
        f"{_OK_END}"
    ).encode("latin-1")


def notify(request: SubscribeRequest, tag: str, cseq: int, branch: str, url: str) -> bytes:
    """The NOTIFY with the URL (RFC 6665 section 4.2.1; snom's Plug & Play)."""
    host, port = request.local
    return (
        f"NOTIFY {request.contact} SIP/2.0\r\n"
        f"Via: SIP/2.0/UDP {host}:{port};branch={branch};rport\r\n"
        f"{_MAX_FORWARDS}From: {with_tag(request.to, tag)}\r\n"
        f"To: {request.from_}\r\n"
        f"Call-ID: {request.call_id}\r\n"
        f"CSeq: {cseq} NOTIFY\r\n"
        f"Contact: <sip:{host}:{port}>\r\n"
        f"Event: {request.event}\r\n"
        f"{_NOTIFY_BODY}{len(url)}\r\n\r\n{url}"
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


def with_tag(to: str, tag: str) -> str:
    """`to` with our tag, unless the phone put one there (RFC 3261 section 8.2.6.2)."""
    uri_end = to.rfind(">")
    if uri_end == len(to) - 1:  # as nearly every phone sends it
        return f"{to};tag={tag}"
    return to if _TAGGED.search(to, uri_end + 1) else f"{to};tag={tag}"


def _answered_via(value: str, request: SubscribeRequest) -> str:
    """The topmost Via with `received` and `rport` (RFC 3261 section 18.2.1, RFC 3581 section 4).

    One header may hold several Vias, separated by commas; only the first is filled in.
    """
    host, port = request.source
    if usual := usual_form.via(value):
        start, sent_by_host, first, rport, last = usual.groups("")
        if rport:
            return f"{start}{first};rport={port}{last};received={host}"
        return value if sent_by_host == host else f"{value};received={host}"
    quotes = '"' in value
    via = _TOP_VIA.match(value)[0] if quotes else value.partition(",")[0]  # type: ignore[index]
    params = _PARAM.findall(via) if quotes else via.split(";")
    sent_by = VIA.match(via)
    add_received = sent_by is None or sent_by[1].partition(":")[0] != host
    kept = params[:1]
    for param in params[1:]:
        name = param.partition("=")[0].strip().lower()
        if name == "rport":
            kept.append(f"rport={port}" + param[len(param.rstrip()) :])
            add_received = True
        elif name != "received":
            kept.append(param)
    if add_received:
        kept[-1] = kept[-1].rstrip()
        kept.append(f"received={host}")
    return ";".join(kept) + value[len(via) :]
