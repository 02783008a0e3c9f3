"""Which URL a phone is offered: its own before a rule's, a rule's before the default. Default and
rules are kept in the store.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import asdict
from enum import StrEnum
from typing import NamedTuple

from pnp_gui.bench.phones.phone import Phone
from pnp_gui.bench.store.settings import (
    DEFAULT_URL,
    MAX_URL_HISTORY,
    URL_HISTORY,
    URL_RULES,
    URL_RULES_ASIDE,
    read_json,
)
from pnp_gui.bench.store.store import Store
from pnp_gui.bench.urls.reach import reach_trouble
from pnp_gui.bench.urls.rules import UrlRule, UrlRules, read_rules, with_rule
from pnp_gui.pnp.makes import MAKES, make_of
from pnp_gui.pnp.subscribe import SubscribeRequest
from pnp_gui.pnp.url import (
    FACTORY_URL,
    HOST,
    USUAL_NOTIFY,
    check_url,
    expand,
    is_for_snom_alone,
    leads_to_snom,
    missing_value,
    warnings_for,
)
from pnp_gui.system.mask import mask_text
from pnp_gui.system.printable import printable
from pnp_gui.trouble import Trouble

MAX_ASIDE = 100
"""Damaged rules that are set aside; the oldest go first."""

_SERVER = re.compile(r"[A-Za-z]+://[^/?#]+")
_HOST = f"${{{HOST}}}"

RULES_DAMAGED = "url_rules_damaged"


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


def known_make(phone: Phone) -> str:
    """The make that the phone named; before it asks, the make that its MAC belongs to."""
    return phone.make or (make_of("", phone.mac, "") if phone.mac else "")


class Urls:
    """Which URL applies to which phone. Only `Bench` changes it."""

    def __init__(self, store: Store, report: Callable[[Trouble], None]) -> None:
        """`report` is called with what could not be read."""
        self._store = store
        self._report = report
        self.is_outside: Callable[[str, str], bool] = lambda port, address: False
        """Whether this address is in none of the networks of this interface."""
        self.missing_file: Callable[[Phone, str], Trouble | None] = lambda phone, url: None
        """What this phone does not find at this URL, if that leads to us: see `Fetches.trouble`."""
        self.host_for: Callable[[str, str], str] = lambda port, address: ""
        """Our address beside this one on this interface, else the port's first. Where the port
        is not joined: the only address that is possible, or ""."""
        self.ours: tuple[str, ...] = ()
        """The URLs of the folder that is served, with `${host}`; none while none is."""
        self.read()

    def read(self) -> None:
        """Read default and rules from the store."""
        self.default = self._read_default()
        """The URL template for every phone with neither a URL of its own nor a rule."""
        self._rules = UrlRules(self._read_rules())

    @property
    def history(self) -> list[str]:
        """Default URLs used so far, newest first."""
        return self._store.setting(URL_HISTORY)

    @property
    def rules(self) -> tuple[UrlRule, ...]:
        """The rules by make, and within a make the most specific first."""
        return self._rules.rules

    def set_default(self, url: str) -> None:
        """Set the default URL. Raises Trouble for a bad one."""
        check_url(url)
        before = [old for old in self.history if old != url]
        self._store.set_setting(URL_HISTORY, [url, *before][:MAX_URL_HISTORY])
        self._store.set_setting(DEFAULT_URL, url)
        self.default = url

    def set_rules(self, rules: Iterable[UrlRule]) -> None:
        """Replace all rules."""
        self._rules = UrlRules(rules)
        self._store.set_setting(URL_RULES, list(map(asdict, self.rules)))

    def rules_with(self, rule: UrlRule, instead: UrlRule | None) -> UrlRules:
        """The rules with this one in place of `instead`. Raises Trouble: see `with_rule`."""
        rules = UrlRules(with_rule(self.rules, rule, instead))
        # The present object has a filled cache.
        return self._rules if rules.rules == self.rules else rules

    def choice(self, phone: Phone) -> Choice:
        """The URL template for the phone as it asked last time, and where it comes from."""
        if phone.own_url:
            return Choice(phone.own_url, UrlOrigin.OWN)
        return self.fallback(phone)

    def fallback(self, phone: Phone) -> Choice:
        """The choice for the phone without its own URL."""
        rule = self._rules.find(known_make(phone), phone.model)
        if rule is not None:
            return Choice(rule.url, UrlOrigin.RULE, rule)
        return Choice(self.default, UrlOrigin.DEFAULT)

    def template(self, phone: Phone) -> str:
        """Only the template; fast if there are no rules."""
        if self._rules.rules:
            return self.choice(phone).template
        return phone.own_url or self.default

    def for_request(self, phone: Phone, request: SubscribeRequest) -> str:
        """The exact URL that answers `request`, which is from `phone`. Raises Trouble if there is
        none. Make and model are the request's: the row may have older ones, or none yet."""
        template = phone.own_url
        if not template:
            rule = self._rules.find(request.make, request.event.model)
            template = self.default if rule is None else rule.url
        return self._expand(template, phone, request, request.source[0])

    def for_phone(self, phone: Phone) -> str:
        """The exact URL that the phone would get now. Raises Trouble if there is none."""
        return self.filled_in(self.choice(phone).template, phone)

    def filled_in(self, template: str, phone: Phone) -> str:
        """The template filled in for the phone as it asked last time. Raises Trouble."""
        return self._expand(template, phone, phone, phone.address)

    @staticmethod
    def has_host(template: str) -> bool:
        """Whether our own address is to be filled in."""
        return _HOST in template

    def with_host(self, template: str, phone: Phone) -> str:
        """The template with nothing but our own address filled in, where that is known."""
        if not self.has_host(template):
            return template
        return template.replace(_HOST, self.host_for(phone.interface, phone.address) or _HOST)

    def _expand(self, template: str, phone: Phone, what: Phone | SubscribeRequest, ip: str) -> str:
        if "${" not in template:
            return template
        said = what.event if isinstance(what, SubscribeRequest) else what
        try:
            return expand(
                template,
                mac=what.mac,
                ip=ip,
                vendor=said.vendor,
                model=said.model,
                version=said.version,
                host=self.host_for(what.interface, ip) if self.has_host(template) else "",
            )
        except Trouble as trouble:
            own, asked = template == phone.own_url, phone.last_seen is not None
            raise missing_value(str(trouble.values["name"]), own=own, asked=asked) from None

    def for_snom_alone(self, phones: Iterable[Phone]) -> int:
        """How many of the phones are of another make and would get the URL of snom's own server."""
        if not any(map(leads_to_snom, (self.default, *(rule.url for rule in self.rules)))):
            phones = (phone for phone in phones if phone.own_url)
        return sum(is_for_snom_alone(self.template(one), known_make(one)) for one in phones)

    def warnings(self, phone: Phone) -> list[Trouble]:
        """What in its URL the phone will probably not accept or reach."""
        template = self.choice(phone).template
        with suppress(Trouble):
            template = self.filled_in(template, phone)
        found = warnings_for(template, known_make(phone), phone.notify_size or USUAL_NOTIFY)
        outside = self.is_outside(phone.interface, phone.address)
        first = reach_trouble(phone, template, outside=outside), self.missing_file(phone, template)
        return [*(each for each in first if each is not None), *found]

    def example_for(self, make: str) -> str:
        """A typical URL for this make, on the default URL's server."""
        example = MAKES[make].example_url
        server = _SERVER.match(self.default)
        if server is None or self.default == FACTORY_URL:
            return example
        return _SERVER.sub(lambda _: server[0], example, count=1)

    def ready(self, make: str = "") -> list[str]:
        """URLs of the folder that is served, as this make wants them: the folder, or a file whose
        name the phone fills in. None while no folder is served."""
        file = MAKES[make].example_url.rpartition("/")[2] if make in MAKES else ""
        return [base + file for base in self.ours]

    def tally(self, phones: Iterable[Phone]) -> Counter[UrlRule | None]:
        """How many of these phones each rule applies to; None: the default."""
        tally: Counter[UrlRule | None] = Counter()
        find = self._rules.find
        for phone in phones:
            if not phone.own_url:
                tally[find(known_make(phone), phone.model)] += 1
        return tally

    def _read_default(self) -> str:
        url = self._store.setting(DEFAULT_URL)
        try:
            check_url(url)
        except Trouble as trouble:
            self._report(
                Trouble(
                    "The stored default URL “{url}” cannot be used, so snom's own replaces it: "
                    "type yours at the top. {reason}",
                    code="default_url",
                    url=_short(url),
                    reason=trouble,
                )
            )
            return FACTORY_URL
        return url

    def _read_rules(self) -> list[UrlRule]:
        """The stored rules. Those that cannot be read are set aside and reported."""
        store = self._store
        kept: object = store.setting_text(URL_RULES)
        if kept is None:
            return []
        with suppress(ValueError):
            kept = read_json(str(kept))
        rules, damaged = read_rules(kept)
        if damaged:
            lines = [each if isinstance(each, str) else json.dumps(each) for each in damaged]
            aside = store.setting(URL_RULES_ASIDE)
            store.set_setting(URL_RULES_ASIDE, [*aside, *lines][-MAX_ASIDE:])
            store.set_setting(URL_RULES, list(map(asdict, rules)))
            self._report(
                Trouble(
                    "URL rules that cannot be read and are not applied: {count}. The first: "
                    "{first}. They are kept in the data folder; enter them again with Rules.",
                    action="copy_details",
                    code=RULES_DAMAGED,
                    count=len(damaged),
                    first=_short(lines[0]),
                    details="\n".join(lines),
                )
            )
        return rules


def _short(line: str) -> str:
    line = printable(mask_text(line))  # before it is cut: half a URL does not show its password
    return line if len(line) <= 80 else f"{line[:79]}…"
