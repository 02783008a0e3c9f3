"""A URL as a technician may type it, and what a phone says of itself, filled into it."""

from __future__ import annotations

import re
import string
from collections.abc import Callable
from pathlib import Path

from pnp_gui.pnp.makes import MAKES
from pnp_gui.pnp.url import (
    FACTORY_URL,
    MAX_URL,
    OURS,
    check_url,
    expand,
    literals,
    placeholders,
    warnings_for,
)
from pnp_gui.trouble import Trouble
from tests.hostile.guided import Wrong

LARGEST = 2000
FIELDS = ("mac", "ip", "host", "vendor", "model", "version")
"""What follows the template, each after a NUL."""
MAC, IP, HOST = "0004132A105F", "10.13.0.9", "10.13.0.2"
WORDS = (
    *(f"${{{name}}}".encode() for name in OURS),
    *(text.encode() for make in MAKES.values() for text in make.expands),
    *(
        b"http://",
        b"https://",
        b"tftp://",
        b"ftp://",
        b"\0",
        b"${",
        b"}",
        b"[::1]",
        b":65535",
        b"@",
    ),
    *(b"%2e", b"../", b"\r\n", "é".encode(), "\u202e".encode(), b"\xff"),
)
_TYPED = (
    FACTORY_URL,
    "http://${host}:8080/${mac}.cfg",
    "https://user:secret@[::1]:8443/${MAC:-}/${model}?v=${version}#${vendor}",
    "tftp://${ip}/{mac}/$mac/%MACD",
    "ftp://a/${mac:-}/${MAC}",
    "http://a/${none}",
    "http://:0/${",
)
_SAID = (
    f"{MAC}\0{IP}\0{HOST}\0snom\0snomD785\010.1.169.10",
    f"\0{IP}\0\0Yealink\0SIP-T46U/../?x=1#\0${{mac}}\r\n",
)
SEEDS = [f"{url}\0{said}".encode() for url in _TYPED for said in _SAID]

_AS_SENT = re.compile(r"[\x21-\x7e]*")
_UNRESERVED = (string.ascii_letters + string.digits + "-._~").encode()


def opened(_: Path) -> Callable[[bytes], None]:
    return try_all


def try_all(data: bytes) -> None:
    template, *said = data.decode("utf-8", "replace").split("\0")
    values = dict(zip(FIELDS, (*said, *[""] * len(FIELDS)), strict=False))
    # The first three come from ourselves: there, or not.
    for name, right in zip(FIELDS, (MAC, IP, HOST), strict=False):
        values[name] = right if values[name] else ""
    for make in (*MAKES, values["vendor"], ""):
        for trouble in warnings_for(template, make):
            str(trouble)
    try:
        check_url(template)
    except Trouble as trouble:
        str(trouble)
        _expanded(template, values)
        return
    if len(template) > MAX_URL or not _AS_SENT.fullmatch(template):
        raise Wrong(f"taken: {template!r}")
    if not set(placeholders(template)) <= set(OURS):
        raise Wrong(f"unknown: {placeholders(template)}")
    url = _expanded(template, values)
    if url is not None:
        _judge(template, url, values)


def _expanded(template: str, values: dict[str, str]) -> str | None:
    try:
        return expand(template, **values)
    except Trouble as trouble:
        str(trouble)
        return None


def _judge(template: str, url: str, values: dict[str, str]) -> None:
    """What a phone says is no more than a name between what the technician typed."""
    wanted = template
    for name in OURS:
        wanted = wanted.replace(f"${{{name}}}", _filled_in(name, values))
    if url != wanted or not _AS_SENT.fullmatch(url):
        raise Wrong(f"{template!r} became {url!r}, not {wanted!r}")
    if any(text not in url for text in literals(template)):
        raise Wrong(f"{template!r} lost a part in {url!r}")


def _filled_in(name: str, values: dict[str, str]) -> str:
    """By rules of its own (RFC 3986 section 2)."""
    if name.lower().startswith("mac"):
        pairs = [MAC[place : place + 2] for place in range(0, 12, 2)]
        mac = ("-" if name.endswith(":-") else "").join(pairs)
        return mac if name.startswith("MAC") else mac.lower()
    return "".join(
        chr(byte) if byte in _UNRESERVED else f"%{byte:02X}" for byte in values[name].encode()
    )
