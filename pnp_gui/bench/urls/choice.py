"""Which URL a phone is offered: its own before a rule's, a rule's before the default."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from pnp_gui.bench.phones.phone import Phone
from pnp_gui.bench.urls.rules import UrlRule, UrlRules
from pnp_gui.pnp.makes import make_of
from pnp_gui.pnp.subscribe import SubscribeRequest
from pnp_gui.pnp.url import expand


class UrlOrigin(StrEnum):
    """Where a phone's URL comes from, the most specific first."""

    OWN = "own"
    RULE = "rule"
    DEFAULT = "default"


class Choice(NamedTuple):
    """The URL template that applies to a phone, and why this one."""

    template: str
    origin: UrlOrigin
    rule: UrlRule | None = None
    """The rule it comes from, if any."""


def choose(own_url: str, make: str, model: str, rules: UrlRules, default_url: str) -> Choice:
    """The phone's own URL, else that of the rule for its make and model, else the default."""
    if own_url:
        return Choice(own_url, UrlOrigin.OWN)
    rule = rules.find(make, model)
    if rule is not None:
        return Choice(rule.url, UrlOrigin.RULE, rule)
    return Choice(default_url, UrlOrigin.DEFAULT)


def known_make(phone: Phone) -> str:
    """The make that the phone named; before it asks, the make that its MAC belongs to."""
    return phone.make or (make_of("", phone.mac, "") if phone.mac else "")


def choice_for(phone: Phone, rules: UrlRules, default_url: str) -> Choice:
    """The choice for the phone as it asked last time."""
    return choose(phone.own_url, known_make(phone), phone.model, rules, default_url)


def url_for_request(
    phone: Phone, rules: UrlRules, default_url: str, request: SubscribeRequest
) -> str:
    """The exact URL that answers `request`, which is from `phone`.

    Make and model are those of the request: the row may have older ones, or none yet.
    """
    template = phone.own_url
    if not template:
        rule = rules.find(request.make, request.model)
        template = default_url if rule is None else rule.url
    return (
        template
        if "${" not in template
        else expand(
            template,
            mac=request.mac,
            ip=request.source[0],
            vendor=request.vendor,
            model=request.model,
            version=request.version,
        )
    )


def filled_in(template: str, phone: Phone) -> str:
    """The template filled in for the phone as it asked last time. Raises Trouble."""
    return expand(
        template,
        mac=phone.mac,
        ip=phone.address,
        vendor=phone.vendor,
        model=phone.model,
        version=phone.version,
    )
