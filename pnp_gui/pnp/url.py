"""The URL for a phone: checked when a technician types it, and filled in.

Only `${…}` is filled in here. Everything else is sent as written, since phones fill in their own:
snom and Panasonic `{mac}`, Fanvil `$mac`, Gigaset `%MACD`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote, urlsplit

from pnp_gui.pnp.mac import show_mac
from pnp_gui.pnp.makes import MAKES
from pnp_gui.texts import Text
from pnp_gui.trouble import Trouble

FACTORY_URL = "http://provisioning.snom.com/snom3x0/snom3x0.php?mac={mac}"
"""Default URL until a technician sets one."""
_SNOMS_SERVER = FACTORY_URL[: FACTORY_URL.index("/", len("http://")) + 1]
_MAY_BE_SNOM = ("snom", "oem", "")
"""Makes, lower case: old snom phones say OEM."""
SCHEMES = ("http", "https", "tftp", "ftp")
USUAL_PORTS = {"http": 80, "https": 443, "tftp": 69, "ftp": 21}
"""That a URL need not name (RFC 9110 section 4.2, RFC 3617, RFC 1738)."""
MAX_URL = 1024
"""Characters."""
UNFRAGMENTED = 1500 - 20 - 8
"""Bytes that fit into one Ethernet frame after the headers of IP and UDP; more is sent as
fragments (RFC 791), which simple phones and filters drop."""
USUAL_NOTIFY = 510
"""Bytes of a NOTIFY beside its URL, as most phones ask; of one that asked it is known."""

HOST = "host"
OURS = ("mac", "MAC", "mac:-", "MAC:-", "ip", HOST, "vendor", "model", "version")
"""What `${…}` may hold. `:-` puts dashes between the pairs of a MAC; `host` is this computer."""

_PLACEHOLDER = re.compile(r"\$\{([^}]*)\}")
_START = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://([^/?#]*)")
_HOST = re.compile(r"(?:[^@\s]*@)?(?:\[[0-9A-Fa-f:.]+\]|[^\s:@\[\]]+)(?::(?P<port>\d{1,5}))?")
_NOT_IN_A_URL = re.compile(r"[^\x21-\x7e]")


def _what_phones_fill_in() -> re.Pattern[str]:
    """Every text that a make fills in, but not as part of ours: not the {mac} in ${mac}."""
    texts = {text for make in MAKES.values() for text in make.expands}
    around = {"{": (r"(?<!\$)", ""), "$": ("", r"\b")}
    parts = []
    for text in sorted(texts):
        before, after = around.get(text[0], ("", ""))
        parts.append(f"{before}{re.escape(text)}{after}")
    return re.compile("|".join(parts))


_PHONES_OWN = _what_phones_fill_in()


def server_of(url: str) -> tuple[str, str, int]:
    """Scheme, host and port; empty and 0 where none can be read."""
    try:
        parts = urlsplit(url)
        port = parts.port or USUAL_PORTS.get(parts.scheme, 0)
    except ValueError:
        return "", "", 0
    return parts.scheme, parts.hostname or "", port


def check_url(template: str) -> None:
    """Raise a `Trouble` that says what is wrong and at which character."""
    if not template:
        raise Trouble("The URL is empty.", code="url")
    if len(template) > MAX_URL:
        raise Trouble(
            "The URL has {length} characters; at most {most} fit into one message.",
            code="url",
            length=len(template),
            most=MAX_URL,
        )
    bad = _NOT_IN_A_URL.search(template)
    if bad:
        what = {
            " ": Text("a space"),
            "\t": Text("a tab"),
            "\n": Text("a line break"),
            "\r": Text("a line break"),
        }.get(bad[0], Text("the character {bad}", bad=repr(bad[0])))
        raise Trouble(
            "The URL has {what} at position {position}: write it as %XX or remove it.",
            code="url",
            what=what,
            position=bad.start() + 1,
        )
    filled_in = _PLACEHOLDER.sub("x", template)
    start = _START.match(filled_in)
    if not start or start[1].lower() not in SCHEMES:
        raise Trouble(
            "The URL must begin with http://, https://, tftp:// or ftp://, but begins with "
            "“{start}”.",
            code="url",
            start=template[:12],
        )
    host = _HOST.fullmatch(start[2])
    if not host:
        raise Trouble(
            "The URL has no valid host after {scheme}:// (position {position}).",
            code="url",
            scheme=start[1],
            position=start.start(2) + 1,
        )
    if host["port"] and not 0 < int(host["port"]) < 65536:
        raise Trouble(
            "The URL's port {port} is not between 1 and 65535.", code="url", port=host["port"]
        )
    if "${" in filled_in:
        raise Trouble("The URL has a “${{” without a closing “}}”.", code="url")
    for found in _PLACEHOLDER.finditer(template):
        if found[1] not in OURS:
            raise Trouble(
                "The URL has an unknown placeholder ${{{name}}} at position {position}. Known "
                "placeholders: {known}.",
                code="url",
                name=found[1],
                position=found.start() + 1,
                known=" ".join(f"${{{name}}}" for name in OURS),
            )


def is_for_snom_alone(template: str, make: str) -> bool:
    """Whether a URL points to snom's own server although the phone is of another make."""
    return leads_to_snom(template) and make.lower() not in _MAY_BE_SNOM


def leads_to_snom(template: str) -> bool:
    """Whether a URL points to snom's own server."""
    return template.startswith(_SNOMS_SERVER)


def warnings_for(template: str, make: str, notify_size: int = USUAL_NOTIFY) -> list[Trouble]:
    """What a phone of this make will probably not accept, although the URL itself is valid.
    `notify_size`: bytes of its NOTIFY beside the URL."""
    found = []
    most = UNFRAGMENTED - notify_size
    if len(template) > most:
        found.append(
            Trouble(
                "The URL has {length} characters. With more than {most}, its message is sent "
                "in fragments, which many phones do not accept: shorten it.",
                code="url_fragments",
                length=len(template),
                most=most,
            )
        )
    if is_for_snom_alone(template, make):
        found.append(
            Trouble(
                "{make} phones find nothing on snom's own server: type your URL at the top, or "
                "give the phone or its make one (F2, F7).",
                code="url_snom",
                make=make,
            )
        )
        return found
    known = MAKES.get(make)
    if known is None:
        return found
    if known.wants_folder and not template.endswith("/"):
        found.append(
            Trouble(
                "{make} phones append their own file name: give them the URL of a folder, "
                "which ends in “/”.",
                code="url_folder",
                make=make,
            )
        )
    if known.longest_url and len(template) > known.longest_url:
        found.append(
            Trouble(
                "{make} phones accept URLs of at most {most} characters; this one has {length}.",
                code="url_long",
                make=make,
                most=known.longest_url,
                length=len(template),
            )
        )
    for text in dict.fromkeys(_PHONES_OWN.findall(template)):
        if text not in known.expands:
            found.append(
                Trouble(
                    "{make} phones do not fill in {text}: write ${{mac}}, which PnP Bench "
                    "fills in.",
                    code="url_expands",
                    make=make,
                    text=text,
                )
            )
    return found


@lru_cache(256)
def placeholders(template: str) -> tuple[str, ...]:
    """The names of the `${…}` in a template, each once."""
    return tuple(dict.fromkeys(_PLACEHOLDER.findall(template)))


def literals(template: str) -> list[str]:
    """What a template has before, between and after its `${…}`, without empty texts."""
    return [part for part in _PLACEHOLDER.split(template)[::2] if part]


def expand(
    template: str, *, mac: str, ip: str, vendor: str, model: str, version: str, host: str
) -> str:
    """Fill in `${…}`. `mac` is twelve hex digits or "", `host` our address beside the phone or "",
    the rest as the phone sent it.

    Values from the phone are percent-encoded (RFC 3986 section 2.1), so that no phone can write
    more than a name into the URL. Raises `Trouble` where a value is not known.
    """
    if "${" not in template:
        return template
    addresses = {"ip": ip, HOST: host}
    said = {"vendor": vendor, "model": model, "version": version}
    values = {}
    for name in placeholders(template):
        if name in addresses:
            value = addresses[name]
        elif name in said:
            value = quote(said[name], safe="")
        else:
            value = show_mac(mac).replace(":", "-") if name.endswith(":-") else mac
            value = value if name.startswith("MAC") else value.lower()
        if name not in OURS or not value.strip("-"):
            raise missing_value(name)
        values[name] = value
    return _PLACEHOLDER.sub(lambda found: values[found[1]], template)


KNOWN_LATER = "url_later"
"""The code of the trouble that is none any more as soon as the phone asks."""


def missing_value(name: str, *, own: bool = False, asked: bool = True) -> Trouble:
    """The phone did not send what the placeholder `name` needs. `own`: it is in the phone's own
    URL; `asked`: it asked already, so what it did not say is not known later either."""
    if name == HOST or (not asked and not name.startswith(("mac", "MAC"))):
        return Trouble(
            "${{{name}}} is not known until the phone asks.", code=KNOWN_LATER, name=name
        )
    if own:
        return Trouble(
            "The phone's own URL needs ${{{name}}}, for which the phone does not send a value: "
            "give it another URL (F2).",
            code="url_value",
            name=name,
        )
    return Trouble(
        "This phone does not send a value for ${{{name}}}: give it its own URL.",
        code="url_value",
        name=name,
    )
