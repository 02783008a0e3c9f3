"""A URL as a technician may type it, and what a phone says of itself, filled into it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

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
_NAME = re.compile(r"(?:[A-Za-z0-9_.~-]|%[0-9A-F]{2})+")
"""Unreserved characters, or percent-encoded (RFC 3986 section 2)."""


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
    """What a phone says never becomes more than a name between what the technician typed."""
    names = re.findall(r"\$\{([^}]*)\}", template)
    form = re.escape(template)
    for name in names:
        form = form.replace(re.escape(f"${{{name}}}"), f"({_NAME.pattern})", 1)
    found = re.fullmatch(form, url)
    if found is None:
        raise Wrong(f"{template!r} became {url!r}")
    for name, value in zip(names, found.groups(), strict=True):
        if name.lower().startswith("mac"):
            wanted = MAC if name.startswith("MAC") else MAC.lower()
            right = value.replace("-", "") == wanted and ("-" in value) == name.endswith(":-")
        else:
            right = unquote(value) == values[name]
        if not right:
            raise Wrong(f"{name} is {value!r} in {url!r}")
    if any(text not in url for text in literals(template)):
        raise Wrong(f"{template!r} lost a part in {url!r}")
