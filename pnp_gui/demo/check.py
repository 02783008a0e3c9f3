"""The exact answer: every rule that a responder's 200 and NOTIFY must keep, checked one by one.

RFC 3261 sections 8.1.1, 8.2.6 and 18.2.1, RFC 3581 section 4, RFC 6665 section 4.2.2.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pnp_gui.demo.message import (
    ReceivedMessage,
    parameter,
    parameters,
    read,
    read_subscribe,
    split,
    uri_of,
)
from pnp_gui.pnp.datagram import Address
from pnp_gui.pnp.sip_values import (
    CHECK_SYNC,
    CONTENT_TYPE,
    EXPIRES,
    MAGIC_COOKIE,
    MAX_FORWARDS,
    NO_RENEWAL_STATE,
    PORT,
    REBOOT,
    REBOOT_STATE,
    SUBSCRIPTION_STATE,
)

OK_HEADERS = {
    *("via", "from", "to", "call-id", "cseq", "contact", "expires", "content-length"),
    *("server", "user-agent", "allow", "supported", "date"),
}
"""All that a 200 to a SUBSCRIBE may hold here."""

NOTIFY_HEADERS = {
    *("via", "from", "to", "call-id", "cseq", "contact", "max-forwards", "event"),
    *("subscription-state", "content-type", "content-length"),
    *("user-agent", "allow", "supported", "date"),
}
"""All that a NOTIFY may hold here."""


@dataclass(frozen=True, slots=True)
class SentSubscribe:
    """What a phone knows when an answer comes in."""

    subscribe: bytes
    phone: Address
    """Address and port that the SUBSCRIBE left from, as the responder saw them."""
    responder: Address | None = None
    """Where answers must come from, when the phone can know."""
    url: str | None = None
    """The exact URL that should come, when known."""


def check_ok(
    data: bytes, source: Address, asked: SentSubscribe, port: int | None = None
) -> list[str]:
    """Faults of a 200 to the SUBSCRIBE. `port`: the phone's, that it came to."""
    ok, faults = read(data)
    own = read_subscribe(asked.subscribe)
    if ok.start != "SIP/2.0 200 OK":
        faults.append(f"the status line is {ok.start!r}")
    faults += _check_source(source, asked)
    faults += _check_port(port, (port_of_answers(own, asked.phone),))
    faults += _check_vias(own.vias(), ok.vias(), asked.phone)
    for name in ("from", "call-id", "cseq"):
        if not _same(ok.value(name), own.value(name)):
            faults.append(f"{name} is {ok.value(name)!r} instead of {own.value(name)!r}")
    faults += _check_tagged("to", ok.value("to"), own.value("to"))
    faults += _check_contact(ok, source)
    faults += _check_values(ok, {"expires": EXPIRES})
    if ok.body:
        faults.append(f"a body of {len(ok.body)} bytes")
    faults += _check_route(ok.values("record-route"), own)
    faults += _check_names(ok, OK_HEADERS | ({"record-route"} & own.names()))
    return [f"200: {fault}" for fault in faults]


def check_notify(
    data: bytes,
    source: Address,
    asked: SentSubscribe,
    ok: bytes | None,
    port: int | None = None,
) -> list[str]:
    """Faults of a NOTIFY; `ok` is the 200 that came before it, None when there was none. `port`:
    the phone's, that it came to."""
    own = read_subscribe(asked.subscribe)
    headers = NOTIFY_HEADERS | ({"route"} if own.values("record-route") else set())
    state = NO_RENEWAL_STATE if lasts(own) else SUBSCRIPTION_STATE
    notify, own, faults = _read_notify(data, source, asked, state, headers)
    faults += _check_port(port, ports_of_notifies(own, asked.phone))
    faults += _check_route(notify.values("route"), own)
    if not _same(notify.value("to"), own.value("from")):
        faults.append(f"to is {notify.value('to')!r} instead of {own.value('from')!r}")
    faults += _check_tagged("from", notify.value("from"), own.value("to"))
    if ok is not None:
        wanted = parameter(read(ok)[0].value("to"), "tag")
        if parameter(notify.value("from"), "tag") != wanted:
            faults.append(f"from has another tag than the 200's {wanted!r}")
    if notify.value("call-id") != own.value("call-id"):
        faults.append(f"call-id is {notify.value('call-id')!r}, not {own.value('call-id')!r}")
    faults += _check_values(notify, {"content-type": CONTENT_TYPE})
    if not _same(notify.value("event"), own.value("event")):
        faults.append(f"event is {notify.value('event')!r}, not {own.value('event')!r}")
    faults += _check_url(notify.body, asked.url)
    return [f"NOTIFY: {fault}" for fault in faults]


def port_of_answers(own: ReceivedMessage, phone: Address) -> int:
    """The port that a 200 has to come to (RFC 3261 section 18.2.2, RFC 3581 section 4)."""
    via = own.vias()[0]
    host, _, port = split(via, ";")[0].split()[-1].partition(":")
    if parameter(via, "rport") is not None or host != phone[0]:
        return phone[1]
    return int(port or PORT)


def ports_of_notifies(own: ReceivedMessage, phone: Address) -> tuple[int, ...]:
    """The ports that a NOTIFY may come to, the first one first: Contact's, or that of the first
    Route, if it is at the phone's address; and the one that was asked from."""
    routes = own.values("record-route")
    uri = uri_of(split(routes[0], ",")[0] if routes else own.value("contact"))
    found = re.fullmatch(r"sips?:(?:[^@]*@)?([^:;]+)(?::(\d+))?(?:;.*)?", uri)
    first = int(found[2] or PORT) if found and found[1] == phone[0] else phone[1]
    return tuple(dict.fromkeys((first, phone[1])))


def lasts(own: ReceivedMessage) -> bool:
    """It asked for longer than an instant."""
    return own.value("expires").strip("0") != ""


def check_reboot(data: bytes, source: Address, asked: SentSubscribe) -> list[str]:
    """Faults of the NOTIFY that asks for a reboot: outside of any dialog, and without a body."""
    headers = NOTIFY_HEADERS - {"content-type"}
    notify, own, faults = _read_notify(data, source, asked, REBOOT_STATE, headers)
    target = uri_of(own.value("contact"))
    if uri_of(notify.value("to")) != target or parameter(notify.value("to"), "tag") is not None:
        faults.append(f"to is {notify.value('to')!r}, not {target} without a tag")
    if not parameter(notify.value("from"), "tag"):
        faults.append(f"from has no tag: {notify.value('from')!r}")
    if notify.value("call-id") in ("", own.value("call-id")):
        faults.append(f"call-id {notify.value('call-id')!r} is not one of its own")
    if notify.value("event") not in (CHECK_SYNC, REBOOT):
        faults.append(f"event is {notify.value('event')!r}")
    if notify.body:
        faults.append(f"a body of {len(notify.body)} bytes")
    return [f"reboot: {fault}" for fault in faults]


def _read_notify(
    data: bytes, source: Address, asked: SentSubscribe, state: str, headers: set[str]
) -> tuple[ReceivedMessage, ReceivedMessage, list[str]]:
    """The NOTIFY, the phone's SUBSCRIBE, and the faults of what all NOTIFYs have in common."""
    notify, faults = read(data)
    own = read_subscribe(asked.subscribe)
    target = uri_of(own.value("contact"))
    if notify.start != f"NOTIFY {target} SIP/2.0":
        faults.append(f"the request line is {notify.start!r} instead of NOTIFY {target}")
    faults += _check_source(source, asked)
    faults += _check_own_via(notify, own, source)
    if cseq_of(notify) is None:
        faults.append(f"cseq is {notify.value('cseq')!r}")
    faults += _check_values(notify, {"max-forwards": MAX_FORWARDS, "subscription-state": state})
    faults += _check_contact(notify, source)
    faults += _check_names(notify, headers)
    return notify, own, faults


def cseq_of(message: ReceivedMessage) -> int | None:
    """The number of a well-formed ``CSeq: n NOTIFY``."""
    found = re.fullmatch(r"(\d+) NOTIFY", message.value("cseq"))
    return int(found[1]) if found and int(found[1]) < 2**31 else None


def _check_values(message: ReceivedMessage, exact: dict[str, str]) -> list[str]:
    return [
        f"{name} is {message.value(name)!r} instead of {wanted!r}"
        for name, wanted in exact.items()
        if message.value(name) != wanted
    ]


def _same(ours: str, theirs: str) -> bool:
    """Byte for byte, but for the runs of blanks that are left when a folded line is joined."""
    return re.sub(r"[ \t]+", " ", ours) == re.sub(r"[ \t]+", " ", theirs)


def _check_source(source: Address, asked: SentSubscribe) -> list[str]:
    if asked.responder is not None and source != asked.responder:
        return [f"came from {source} instead of {asked.responder}"]
    return []


def _check_names(message: ReceivedMessage, allowed: set[str]) -> list[str]:
    return [f"{name} does not belong into it" for name in sorted(message.names() - allowed)]


def _check_port(port: int | None, right: tuple[int, ...]) -> list[str]:
    if port is None or port in right:
        return []
    return [f"came to port {port} instead of {' or '.join(map(str, right))}"]


def _check_route(route: list[str], own: ReceivedMessage) -> list[str]:
    """The whole route in its order (RFC 3261 sections 12.1.1 and 12.2.1.1)."""
    asked = own.values("record-route")
    return [] if route == asked else [f"the route is {route} instead of {asked}"]


def _check_tagged(name: str, ours: str, theirs: str) -> list[str]:
    """Our end of the dialog: their value, byte for byte, plus a tag (section 8.2.6.2)."""
    found = re.fullmatch(r"(.*);tag=([A-Za-z0-9\-.!%*_+`'~]+)", ours)
    if not found or not _same(found[1], theirs):
        return [f"{name} is {ours!r} instead of {theirs!r} plus a tag"]
    return []


def _check_contact(message: ReceivedMessage, source: Address) -> list[str]:
    """Contact must lead back to where the message came from."""
    value = message.value("contact")
    found = re.fullmatch(r"<sip:(?:[^@>;]+@)?([\d.]+)(?::(\d+))?(?:;[^>]*)?>", value)
    if not found:
        return [f"contact is {value!r}"]
    if (found[1], int(found[2] or 5060)) != source:
        return [f"contact {value!r} is not the sender {source[0]}:{source[1]}"]
    return []


def _check_vias(asked: list[str], answered: list[str], phone: Address) -> list[str]:
    """Every Via in order; the topmost with received and rport filled in (RFC 3581 section 4)."""
    if len(asked) != len(answered):
        return [f"{len(answered)} Vias instead of {len(asked)}"]
    faults = [
        f"via {theirs!r} became {ours!r}"
        for theirs, ours in zip(asked[1:], answered[1:], strict=True)
        if not _same(ours, theirs)
    ]
    theirs, ours = asked[0], answered[0]
    if not _same(split(ours, ";")[0], split(theirs, ";")[0]):
        return [*faults, f"via {theirs!r} became {ours!r}"]
    left = parameters(ours)
    received = None
    for name, value in parameters(theirs):
        wanted = str(phone[1]) if name == "rport" and value is None else value
        if (name, wanted) in left:
            left.remove((name, wanted))
        else:
            faults.append(f"via has no {name}{'' if wanted is None else '=' + wanted}: {ours!r}")
    for name, value in left:
        if name == "received" and received is None:
            received = value
        else:
            faults.append(f"via was given {name}: {ours!r}")
    has_rport = parameter(theirs, "rport") is not None
    sent_by = split(theirs, ";")[0].split()[-1].partition(":")[0]
    if received is None and (has_rport or sent_by != phone[0]):
        faults.append(f"via lacks received={phone[0]}: {ours!r}")
    if received not in (None, phone[0]):
        faults.append(f"via says received={received} instead of {phone[0]}")
    return faults


def _check_own_via(notify: ReceivedMessage, own: ReceivedMessage, source: Address) -> list[str]:
    """The NOTIFY is the responder's own request: one Via, its address, a branch of its own."""
    vias = notify.vias()
    if len(vias) != 1:
        return [f"{len(vias)} Vias instead of one"]
    protocol, _, sent_by = split(vias[0], ";")[0].partition(" ")
    faults = []
    if protocol != "SIP/2.0/UDP":
        faults.append(f"via is {vias[0]!r}")
    host, _, port = sent_by.partition(":")
    if (host, port or "5060") != (source[0], str(source[1])):
        faults.append(f"via names {sent_by!r}, but it came from {source[0]}:{source[1]}")
    branch = parameter(vias[0], "branch") or ""
    if not branch.startswith(MAGIC_COOKIE) or len(branch) <= len(MAGIC_COOKIE):
        faults.append(f"via's branch is {branch!r}")
    if branch in {parameter(via, "branch") for via in own.vias()}:
        faults.append("via's branch is the phone's")
    return faults


def _check_url(body: bytes, wanted: str | None) -> list[str]:
    text = body.decode("latin-1")
    faults = []
    if not re.fullmatch(r"[a-z]+://[\x21-\x7e]+", text):
        faults.append(f"the body is no bare URL: {text!r}")
    if wanted is not None and text != wanted:
        faults.append(f"the body is {text!r} instead of {wanted!r}")
    return faults
