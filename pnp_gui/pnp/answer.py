"""The two messages we send: the 200 to a SUBSCRIBE, and the NOTIFY with the URL.

What is echoed is the phone's own bytes; the parser let no line end or control character through.
"""

from __future__ import annotations

import re

from pnp_gui.pnp.ask import VIA, Ask

_RECEIVED = re.compile(r"\s*;\s*received\s*=[^;,]*", re.IGNORECASE)
_RPORT = re.compile(r";\s*rport(?:\s*=\s*[^;,\s]*)?(?=\s*(?:[;,]|$))", re.IGNORECASE)
_TAGGED = re.compile(r';\s*tag\s*=\s*[^;,\s"<>]', re.IGNORECASE)


def ok(ask: Ask, tag: str) -> bytes:
    """The 200 OK to the SUBSCRIBE (RFC 3261 section 8.2.6.2, RFC 6665 section 4.2.1.1)."""
    vias = [_answered_via(ask.vias[0], ask), *ask.vias[1:]]
    lines = [
        "SIP/2.0 200 OK",
        *(f"Via: {via}" for via in vias),
        f"From: {ask.from_}",
        f"To: {with_tag(ask.to, tag)}",
        f"Call-ID: {ask.call_id}",
        f"CSeq: {ask.cseq}",
        f"Contact: <sip:{ask.local[0]}:{ask.local[1]}>",
        "Expires: 0",
        "Content-Length: 0",
        "\r\n",
    ]
    return "\r\n".join(lines).encode("latin-1")


def notify(ask: Ask, tag: str, cseq: int, branch: str, url: str) -> bytes:
    """The NOTIFY that hands over the URL (RFC 6665 section 4.2.1; snom's Plug & Play)."""
    host, port = ask.local
    return (
        f"NOTIFY {ask.contact} SIP/2.0\r\n"
        f"Via: SIP/2.0/UDP {host}:{port};branch={branch};rport\r\n"
        "Max-Forwards: 70\r\n"
        f"From: {with_tag(ask.to, tag)}\r\n"
        f"To: {ask.from_}\r\n"
        f"Call-ID: {ask.call_id}\r\n"
        f"CSeq: {cseq} NOTIFY\r\n"
        f"Contact: <sip:{host}:{port}>\r\n"
        f"Event: {ask.event}\r\n"
        "Subscription-State: terminated;reason=timeout\r\n"
        "Content-Type: application/url\r\n"
        f"Content-Length: {len(url)}\r\n"
        f"\r\n{url}"
    ).encode("latin-1")


def with_tag(to: str, tag: str) -> str:
    """`to` with our tag, unless the phone put one there (RFC 3261 section 8.2.6.2)."""
    uri_end = to.rfind(">")
    return to if _TAGGED.search(to, uri_end + 1) else f"{to};tag={tag}"


def _answered_via(value: str, ask: Ask) -> str:
    """The topmost Via with `received` and `rport` (RFC 3261 section 18.2.1, RFC 3581 section 4).

    Several Vias may stand in one header, parted by commas: only the first is ours to fill in.
    """
    via, comma, rest = value.partition(",")
    host, port = ask.source
    via = _RECEIVED.sub("", via)
    filled, wants_rport = _RPORT.subn(f";rport={port}", via, count=1)
    sent_by = VIA.match(via)
    if wants_rport or not sent_by or sent_by[1].partition(":")[0] != host:
        filled = f"{filled.rstrip()};received={host}"
    return filled + comma + rest
