"""What the table's cells say, their tooltips, and what a screen reader is given instead.

Each function takes the phone, the bench's clock and the bench, as `columns.COLUMNS` calls them.
"""

from __future__ import annotations

from pnp_gui.bench.bench import Bench
from pnp_gui.bench.phones.phone import Phone, Progress, Reboot
from pnp_gui.bench.phones.status import StatusKind, status_of
from pnp_gui.bench.urls.reach import UNREACHED
from pnp_gui.bench.urls.urls import known_make
from pnp_gui.pnp.mac import show_mac
from pnp_gui.pnp.makes import MAKES
from pnp_gui.ui.words.conflict import conflict_lines, mac_sentence
from pnp_gui.ui.words.files import file_lines
from pnp_gui.ui.words.phone import ABSENT, phone_words, profile_words
from pnp_gui.ui.words.status import status_explanation
from pnp_gui.ui.words.times import ago, date_and_time, since
from pnp_gui.ui.words.translate import translate, translated, trouble_text

TIMES = "\N{MULTIPLICATION SIGN}"


def phone_tip(phone: Phone, now: float, bench: Bench) -> str:
    lines = [phone.label] if phone.label else []
    if phone.other_mac is not None:
        lines.append(mac_sentence(phone))
    if phone.unseen:
        lines.append(
            translate("Columns", "New: this phone asked, and nobody has looked at it yet.")
        )
    if phone.mac_by_arp:
        lines.append(
            translate(
                "Columns",
                "MAC by ARP: the phone sends no MAC address; this is the one that ARP has "
                "for its IP address.",
            )
        )
    if not phone.mac:
        lines.append(
            translate("Columns", "This phone sends no MAC address; it is known by its IP address.")
        )
    return "\n".join(lines)


def phone_spoken(phone: Phone, now: float, bench: Bench) -> str:
    text = phone_words(phone)
    if phone.unseen:
        text = translate("Columns", "{phone}, new").format(phone=text)
    if phone.other_mac is not None:
        text = translate("Columns", "{phone}, MAC mismatch").format(phone=text)
    return text


def phone_found_by(phone: Phone) -> str:
    if not phone.mac:
        return ""
    by_arp = translate("Columns", "MAC by ARP") if phone.mac_by_arp else ""
    return f"{phone.mac}\n{show_mac(phone.mac)}\n{by_arp}"


def make_tip(phone: Phone, now: float, bench: Bench) -> str:
    """What else gives phones of this make a URL."""
    known = MAKES.get(known_make(phone))
    return "" if known is None or known.obeys_first is None else translated(known.obeys_first)


def model_text(phone: Phone, now: float, bench: Bench) -> str:
    """With the kind of profile, where it is not the phone's own."""
    profile = profile_words(phone)
    return f"{phone.model}  ({profile})".lstrip() if profile else phone.model


def address_tip(phone: Phone, now: float, bench: Bench) -> str:
    if not phone.interface:
        return ""
    received = translate("Columns", "Received on {interface}").format(interface=phone.interface)
    return "\n".join((received, *_unreached(phone, bench)))


def _unreached(phone: Phone, bench: Bench) -> list[str]:
    """Why its address cannot reach the server of its URL."""
    troubles = bench.urls.warnings(phone)
    return [trouble_text(each) for each in troubles if each.code == UNREACHED]


def address_found_by(phone: Phone) -> str:
    return f"{phone.address}\n{phone.conflict.address if phone.conflict else ''}"


def asked_text(phone: Phone, now: float, bench: Bench) -> str:
    if phone.last_seen is None:
        return ABSENT
    when = ago(now - phone.asked_at) if phone.asked else since(phone.last_seen)
    return f"{when}  {TIMES}{phone.asked}" if phone.asked > 1 else when


def asked_copied(phone: Phone, now: float, bench: Bench) -> str:
    """The time itself: "2 min ago" is not true any more when it is read."""
    return "" if phone.last_seen is None else date_and_time(phone.last_seen)


def asked_tip(phone: Phone, now: float, bench: Bench) -> str:
    if phone.first_seen is None or phone.last_seen is None:
        return translate("Columns", "It has not asked yet.")
    lines = [
        translate("Columns", "Last: {time}").format(time=date_and_time(phone.last_seen)),
        translate("Columns", "First: {time}").format(time=date_and_time(phone.first_seen)),
    ]
    if phone.asked:
        lines.append(translate("Columns", "Times since the start: {n}").format(n=phone.asked))
    return "\n".join(lines)


_URL_MATTERS = (
    *(StatusKind.ASKING, StatusKind.QUIET, StatusKind.WAITING, StatusKind.SENT),
    *(StatusKind.ACCEPTED, StatusKind.NO_ANSWER, StatusKind.NOTHING_FETCHED),
)
"""Statuses of phones that got their URL, or may get it."""


def status_tip(phone: Phone, now: float, bench: Bench) -> str:
    kind = status_of(phone, now)
    lines = [status_explanation(phone, kind)]
    if kind in _URL_MATTERS:
        lines += _unreached(phone, bench)
    if phone.other_mac is not None:
        lines.insert(0, mac_sentence(phone))
    if kind is StatusKind.CONFLICT:
        return "\n".join([*lines, *conflict_lines(phone)])
    asked_to_reboot = phone.reboot is not Reboot.NONE
    at = phone.reboot_at if asked_to_reboot else phone.progress_at
    took_it = kind in (StatusKind.ACCEPTED, StatusKind.NOTHING_FETCHED)
    if took_it and (first := make_tip(phone, now, bench)):
        lines.append(first)
    if asked_to_reboot and phone.reboot_code:
        lines.insert(0, f"{phone.reboot_code} {phone.reboot_reason}".rstrip())
    elif kind is StatusKind.REFUSED and phone.reason:
        lines.insert(0, f"{phone.code} {phone.reason}")
    if kind is StatusKind.DENIED:
        return "\n".join(lines)
    lines += file_lines(phone, bench)
    if at is not None:
        accepted = phone.progress is Progress.ACCEPTED and not asked_to_reboot
        words = translate("Columns", "Accepted: {time}") if accepted and phone.files else "{time}"
        lines.append(words.format(time=date_and_time(at)))
    return "\n".join(lines)


def url_text(phone: Phone, now: float, bench: Bench) -> str:
    """The exact URL the phone would be sent; the template where it cannot be filled in."""
    return bench.preview(phone.key) or bench.urls.choice(phone).template
