"""What support needs to know of phones, as text for an email: facts, versions, messages."""

from __future__ import annotations

import time
from collections.abc import Iterable

import PySide6
from PySide6.QtCore import QSysInfo, qVersion

from pnp_gui import PRODUCT, __version__
from pnp_gui.bench.bench import Bench
from pnp_gui.bench.phones.phone import Phone
from pnp_gui.system.iso_time import iso_time
from pnp_gui.system.mask import mask_text, mask_url
from pnp_gui.system.printable import printable
from pnp_gui.ui.export.talk_text import talk_text
from pnp_gui.ui.listening import Listening
from pnp_gui.ui.words.phone import decision_text, phone_words
from pnp_gui.ui.words.status import status_words
from pnp_gui.ui.words.translate import translate, trouble_text

MAX_PHONES = 20
"""Phones in one mail; nobody reads a text with 500."""


def mail_text(bench: Bench, listening: Listening, phones: Iterable[Phone], *, masked: bool) -> str:
    """The text. `masked`: user name and password in URLs as x's."""
    parts = [_head(bench, listening, masked)]
    for phone in phones:
        parts.append(_facts(bench, phone, masked))
        parts.append(talk_text(bench.talk.of(phone.key), masked=masked))
    return "\n".join(parts)


def versions() -> tuple[str, str, str]:
    """Versions of the program, Qt, Python and the system, for an email or a fault's details."""
    import platform  # delays the start by 2 ms

    return (
        f"{PRODUCT} {__version__}",
        f"Qt {qVersion()}, PySide6 {PySide6.__version__}, Python {platform.python_version()}",
        f"{QSysInfo.prettyProductName()}, {platform.platform()}",
    )


def _head(bench: Bench, listening: Listening, masked: bool) -> str:
    lines = [
        *versions(),
        translate("MailText", "Written: {time}").format(time=iso_time(time.time())),
        _listening(listening),
        translate("MailText", "Requests received: {heard}, datagrams ignored: {ignored}").format(
            heard=listening.heard, ignored=listening.ignored
        ),
        *map(trouble_text, (*listening.troubles.values(), *bench.troubles.values())),
    ]
    if masked:
        lines.append(translate("MailText", "User names and passwords in URLs are masked with x."))
        lines = [mask_text(line) for line in lines]
    return "\n".join(lines) + "\n"


def _listening(listening: Listening) -> str:
    if not listening.listening:
        return translate("MailText", "Not listening.")
    ports = ", ".join(f"{port.name} {port.address}" for port in listening.joined)
    return translate("MailText", "Listening on UDP {port}: {ports}").format(
        port=listening.port, ports=ports or translate("MailText", "no interface")
    )


def _facts(bench: Bench, phone: Phone, masked: bool) -> str:
    url = bench.preview(phone.key)
    sent, has = phone.sent_url, phone.accepted_url
    if masked:
        url, sent, has = mask_url(url), mask_url(sent), mask_url(has)
    why = bench.why_no_url(phone.key)
    where = f"{phone.address} {phone.interface}".strip()
    times = (phone.first_seen, phone.last_seen, phone.accepted_at)
    first, last, accepted = ("" if at is None else iso_time(at) for at in times)
    facts = (
        (translate("MailText", "Phone"), phone_words(phone)),
        (translate("MailText", "Label"), phone.label),
        (translate("MailText", "Make"), phone.make),
        (translate("MailText", "Vendor, as the phone says"), phone.vendor),
        (translate("MailText", "Model"), phone.model),
        (translate("MailText", "Version"), phone.version),
        (translate("MailText", "Address"), where),
        (translate("MailText", "First asked"), first),
        (translate("MailText", "Last asked"), last),
        (translate("MailText", "Requests in this run"), str(phone.asked)),
        (translate("MailText", "Decision"), decision_text(phone.decision)),
        (translate("MailText", "Status"), status_words(phone, bench.monotonic())),
        (translate("MailText", "Answer"), f"{phone.code or ''} {phone.reason}".strip()),
        (translate("MailText", "Current URL"), url if why is None else trouble_text(why)),
        (translate("MailText", "Last URL sent"), sent),
        (translate("MailText", "Last URL accepted"), f"{has} {accepted}".strip()),
    )
    lines = [f"{name}: {printable(value)}" for name, value in facts if value]
    entries = bench.trace.of(phone.key)
    dropped = bench.trace.dropped_of(phone.key)
    lines.append(translate("MailText", "Messages: {n}").format(n=len(entries)))
    requests = len(bench.fetches_of(phone.key))
    if requests:
        lines.append(translate("MailText", "Requests for files: {n}").format(n=requests))
    if dropped:
        lines.append(
            translate("MailText", "Other messages that are no longer kept: {n}").format(n=dropped)
        )
    rule = "=" * 72
    return "\n".join((rule, *lines, rule, ""))
