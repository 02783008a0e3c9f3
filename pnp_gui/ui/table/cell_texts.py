"""What the table's cells say, their tooltips, and what a screen reader is given instead.

Each function takes the phone, the bench's clock and the bench, as `columns.COLUMNS` calls them.
"""

from __future__ import annotations

from pnp_gui.bench.bench import Bench
from pnp_gui.bench.phones.phone import Phone, Reboot
from pnp_gui.bench.phones.status import StatusKind, status_of
from pnp_gui.pnp.mac import show_mac
from pnp_gui.ui.words.conflict import conflict_lines, mac_sentence
from pnp_gui.ui.words.phone import ABSENT, phone_text
from pnp_gui.ui.words.status import status_explanation
from pnp_gui.ui.words.times import ago, date_and_time, since
from pnp_gui.ui.words.translate import translate

TIMES = "\N{MULTIPLICATION SIGN}"


def phone_tip(phone: Phone, now: float, bench: Bench) -> str:
    lines = [phone.label] if phone.label else []
    if phone.other_mac is not None:
        lines.append(mac_sentence(phone))
    if phone.unseen:
        lines.append(translate("Columns", "New: it asked, and nobody has looked at it yet."))
    if not phone.mac:
        lines.append(
            translate("Columns", "This phone names no MAC address; it is known by its IP address.")
        )
    return "\n".join(lines)


def phone_spoken(phone: Phone, now: float, bench: Bench) -> str:
    text = phone_text(phone)
    if phone.unseen:
        text = translate("Columns", "{phone}, new").format(phone=text)
    if phone.other_mac is not None:
        text = translate("Columns", "{phone}, the network knows it as another").format(phone=text)
    return text


def phone_found_by(phone: Phone) -> str:
    return f"{phone.mac}\n{show_mac(phone.mac)}" if phone.mac else ""


def address_tip(phone: Phone, now: float, bench: Bench) -> str:
    if not phone.interface:
        return ""
    return translate("Columns", "Received on {interface}").format(interface=phone.interface)


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


def status_tip(phone: Phone, now: float, bench: Bench) -> str:
    kind = status_of(phone, now)
    lines = [status_explanation(phone, kind)]
    if phone.other_mac is not None:
        lines.insert(0, mac_sentence(phone))
    if kind is StatusKind.CONFLICT:
        return "\n".join([*lines, *conflict_lines(phone)])
    asked_to_reboot = phone.reboot is not Reboot.NONE
    at = phone.reboot_at if asked_to_reboot else phone.progress_at
    if asked_to_reboot and phone.reboot_code:
        lines.insert(0, f"{phone.reboot_code} {phone.reboot_reason}".rstrip())
    elif kind is StatusKind.REFUSED and phone.reason:
        lines.insert(0, f"{phone.code} {phone.reason}")
    if at is not None and kind is not StatusKind.DENIED:
        lines.append(date_and_time(at))
    return "\n".join(lines)


def url_text(phone: Phone, now: float, bench: Bench) -> str:
    """The exact URL the phone would be sent; the template where it cannot be filled in."""
    return bench.preview(phone.key) or bench.urls.choice(phone).template
