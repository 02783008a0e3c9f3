"""What may leave the program: only to whom it is due, and well formed to an independent reader.

`pnp_gui.demo.message` and `check` read it: they share no line with what they judge.
"""

from __future__ import annotations

import re

from pnp_gui.demo.check import NOTIFY_HEADERS, OK_HEADERS, SentSubscribe, check_notify, check_ok
from pnp_gui.demo.message import read
from pnp_gui.pnp.events import Outgoing
from tests.hostile.callers import APPROVED_NET, OURS

MORE_THAN_ASKED = 700
"""Bytes by which an answer may be longer than the request: no use as an amplifier."""

LARGEST_READ, MOST_LINES = 8192, 1 + 128
"""Bytes, first line and headers: more is no phone's, and must not cost the time of reading it."""

NEEDED = ("via", "from", "to", "call-id", "cseq", "contact", "content-length")


def faults_of_address(one: Outgoing) -> list[str]:
    """Whether it goes to an approved phone's address, and leaves from ours."""
    if not one.remote[0].startswith(APPROVED_NET):
        return [f"sent to {one.remote}, which nobody approved"]
    if one.local != OURS:
        return [f"sent from {one.local}"]
    return []


def faults_of_answer(one: Outgoing, request: bytes, source: tuple[str, int], url: str) -> list[str]:
    """What is wrong with what one datagram led to at once."""
    faults = faults_of_address(one)
    if one.remote[0] != source[0] or not 0 < one.remote[1] < 65536:
        faults.append(f"sent to {one.remote} instead of the address of {source}")
    if len(one.data) > len(request) + MORE_THAN_ASKED:
        faults.append(f"{len(one.data)} bytes for {len(request)}")
    return faults + faults_of_form(one.data, url)


def faults_of_receiving(request: bytes) -> list[str]:
    """Whether what was taken for a phone's request is one that may cost so much."""
    if len(request) > LARGEST_READ:
        return [f"{len(request)} bytes were taken for a request"]
    head = request.lstrip(b"\r\n").replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    lines = sum(line[:1] not in (b" ", b"\t") for line in head.split(b"\n"))
    return [f"{lines} lines were taken for a request"] if lines > MOST_LINES else []


def faults_of_form(data: bytes, url: str) -> list[str]:
    """Form, headers that do not belong there, and a body that is not the URL to the byte."""
    message, faults = read(data)
    notify = not message.start.startswith("SIP/2.0 200 OK")
    if notify and not re.fullmatch(r"NOTIFY (?i:sips?):[^ ]+ SIP/2\.0", message.start):
        faults.append(f"it begins with {message.start!r}")
    names = {name for name, _ in message.headers}
    allowed = NOTIFY_HEADERS | {"route"} if notify else OK_HEADERS | {"record-route"}
    faults += [f"{name} does not belong there" for name in names - allowed]
    faults += [f"no {name}" for name in NEEDED if name not in names]
    cseq = re.fullmatch(r"([0-9]+)[ \t]+[A-Z]+", message.value("cseq"))
    if cseq is None or int(cseq[1]) >= 2**31:
        faults.append(f"cseq is {message.value('cseq')[:99]!r}")
    wanted = url.encode() if notify else b""
    if message.body != wanted:
        faults.append(f"the body is {message.body!r}")
    return faults


def faults_of_exchange(
    out: list[Outgoing], request: bytes, source: tuple[str, int], url: str
) -> list[str]:
    """The strictest judgement, for what a phone may rightly send, odd hosts included."""
    asked = SentSubscribe(request, source, OURS, url)
    ok = out[0]
    faults = check_ok(ok.data, ok.local, asked, ok.remote[1])
    for notify in out[1:]:
        faults += check_notify(notify.data, notify.local, asked, ok.data, notify.remote[1])
    return faults
