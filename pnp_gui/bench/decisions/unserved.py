"""Approved phones that cannot be served, since they do not name what their URL asks for, as a MAC.
That is checked when URL or decision change and when a phone asks, never to paint it.
"""

from __future__ import annotations

from collections.abc import Iterable

from pnp_gui.bench.phones.phone import Decision, Phone, Progress
from pnp_gui.bench.phones.registry import PhoneRegistry
from pnp_gui.bench.record.log import Level, Log
from pnp_gui.bench.urls.urls import Urls
from pnp_gui.pnp.url import HOST, missing_value, placeholders
from pnp_gui.trouble import Trouble

_FIELDS = {"ip": "address", "vendor": "vendor", "model": "model", "version": "version"}
"""What of a phone fills in which placeholder; all others are ways to write its MAC."""


class Unserved:
    """Keeps `Phone.lacks`."""

    def __init__(self, registry: PhoneRegistry, urls: Urls, log: Log) -> None:
        self._registry = registry
        self._urls = urls
        self._log = log

    def check(self, phones: Iterable[Phone]) -> list[Phone]:
        """Check these phones; which of them were approved in vain, asked, and can be served now."""
        lacking: list[Phone] = []
        freed: list[Phone] = []
        for phone in phones:
            lacks = self._lacks(phone) if phone.decision is Decision.APPROVED else ""
            if lacks == phone.lacks:
                continue
            if lacks and not phone.lacks:
                lacking.append(phone)
            elif (
                not lacks
                and phone.decision is Decision.APPROVED
                and phone.asked
                and phone.progress in (Progress.NONE, Progress.ASKING)
            ):
                freed.append(phone)
            self._note(phone, lacks)
        if len(lacking) == 1:
            (phone,) = lacking
            self._log.trouble(missing_value(phone.lacks, own=bool(phone.own_url)), phone.key)
        elif lacking:
            self._log.note(
                Level.ERROR,
                "{count} approved phones get no URL, because they do not send a value that it "
                "needs. Give them another URL (F2).",
                {"count": len(lacking)},
            )
        return freed

    def cannot_serve(self, phone: Phone, trouble: Trouble) -> None:
        """An approved phone asks and there is no URL for it. Logged once."""
        if trouble.values["name"] == HOST:  # the port that it asked on has just gone
            return
        if not phone.lacks:
            self._log.trouble(trouble, phone.key)
        self._note(phone, str(trouble.values["name"]))

    def can_serve(self, phone: Phone) -> None:
        """It asks, and now names what it did not before."""
        self._note(phone, "")

    def _note(self, phone: Phone, lacks: str) -> None:
        if lacks != phone.lacks:
            phone.lacking(lacks)
            self._registry.changed.add(phone.key)

    def _lacks(self, phone: Phone) -> str:
        """The first `${…}` of its URL that the phone does not name; "": there is none. What a phone
        says of itself, and our address, are not known before it asks; its MAC is, or never will
        be."""
        template = self._urls.template(phone)
        for name in placeholders(template) if "${" in template else ():
            field = _FIELDS.get(name, "mac")
            later = name == HOST or (field != "mac" and phone.last_seen is None)
            if not later and not getattr(phone, field):
                return name
        return ""
