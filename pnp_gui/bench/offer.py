"""Which URL a phone is offered. The rule of what wins over what is here and nowhere else."""

from __future__ import annotations

from pnp_gui.bench.phone import Phone
from pnp_gui.pnp.ask import Ask
from pnp_gui.pnp.url import expand


def template_for(phone: Phone, default_url: str) -> str:
    """The URL template that applies to `phone`: the most special one that there is."""
    return phone.own_url or default_url


def url_for_ask(phone: Phone, default_url: str, ask: Ask) -> str:
    """The exact URL that answers `ask`, which is `phone`'s."""
    return expand(
        template_for(phone, default_url),
        mac=ask.mac,
        ip=ask.source[0],
        vendor=ask.vendor,
        model=ask.model,
        version=ask.version,
    )


def url_for_phone(phone: Phone, default_url: str) -> str:
    """The exact URL that the phone would get if it asked as it did last time."""
    return expand(
        template_for(phone, default_url),
        mac=phone.mac,
        ip=phone.address,
        vendor=phone.vendor,
        model=phone.model,
        version=phone.version,
    )
