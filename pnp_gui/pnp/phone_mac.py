"""The MAC that a phone names somewhere in its request."""

from __future__ import annotations

import re
from urllib.parse import unquote

from pnp_gui.pnp import usual_form
from pnp_gui.pnp.mac import find_mac, is_phone_mac
from pnp_gui.pnp.makes import owner_of

# Some firmware writes a blank between "MAC=" and the digits.
_BLANK = r"(?:MAC(?:[:=]|%3[AD])? +)?"
SIP_URI = re.compile(rf'sips?:(?:({_BLANK}[^@\s]*)@)?({_BLANK}[^@\s<>"]+)', re.IGNORECASE)
"""Groups: user or None, host with all that follows."""
# RFC 4122 section 4.1.2: the node of a UUID is a MAC where it is of version 1, and where it is all
# that was filled in. RFC 6080 has an example of version 1 with another variant. Random UUIDs are
# of version 4. PJSIP (pjsua_acc.c) fills in four zeros more and a hash of the host's name.
_UUID = re.compile(
    r"\burn:uuid:"
    r"(?:[0-9A-F]{8}-[0-9A-F]{4}-1|00000000-0000-0(?!.{9}0000))[0-9A-F]{3}-[0-9A-F]{4}-"
    r"([0-9A-F]{12})\b",
    re.IGNORECASE,
)


def mac_sent(uris: tuple[str, ...], contact: str, agent: str) -> str:
    """Twelve upper-case hex digits, "" where there is none: from the first URI that names it, else
    the User-Agent (snom M700), else a UUID in Contact's +sip.instance (RFC 5626 section 4.1) or in
    a URI (RFC 6080 section 5.1)."""
    usual = usual_form.mac(uris[0])
    if usual and is_phone_mac(mac := usual[1].upper()):
        return mac
    texts = [text for uri in uris if (text := _naming_part(uri))]
    for text in texts:
        mac = _mac_in(text) or ("%" in text and _mac_in(unquote(text))) or ""
        if mac:
            return mac
    if mac := _mac_in(agent):
        return mac
    for text in (contact, *map(unquote, texts)):
        found = _UUID.search(text)
        if found and is_phone_mac(mac := found[1].upper()):
            return mac
    return ""


def _naming_part(uri: str) -> str:
    """The user of a URI, or its host where that is MAC%3a000413… and there is no user."""
    found = SIP_URI.fullmatch(uri)
    if found is None:
        return ""
    user, host = found.groups()
    return user or (host if host[:3].upper() == "MAC" else "")


def _mac_in(text: str) -> str:
    """A MAC that a phone can have. Twelve decimal digits may be a telephone number or a build
    date, so they count only after "MAC" or with the prefix of a known make.
    """
    mac = find_mac(text)
    if mac is None or not is_phone_mac(mac):
        return ""
    if mac.isdigit() and mac in text and "MAC" not in text.upper() and not owner_of(mac):
        return ""
    return mac
