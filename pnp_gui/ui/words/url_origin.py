"""Where a phone's URL comes from, and what the phone will not take of it, in words."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication

from pnp_gui.bench.bench import Bench
from pnp_gui.bench.urls.choice import Choice, Origin
from pnp_gui.pnp.url import FACTORY_URL, warnings_for
from pnp_gui.ui.main_window.problem_bar import trouble_text

MOST_WARNINGS = 3
"""Warnings that are shown at once; more would hide what they are about."""


def origin_text(choice: Choice) -> str:
    """In a few words: "Its own URL", "Rule Yealink T5*", "Default URL"."""
    if _is_factorys(choice):
        return _tr("Default URL, snom's own")
    match choice.origin:
        case Origin.OWN:
            return _tr("Its own URL")
        case Origin.RULE if choice.rule is not None:
            return _tr("Rule {rule}").format(rule=choice.rule.name)
        case _:
            return _tr("Default URL")


def origin_word(choice: Choice) -> str:
    """The small word in the row: "own", "rule", nothing for the technician's default."""
    if _is_factorys(choice):
        return _tr("snom's")
    match choice.origin:
        case Origin.OWN:
            return _tr("own")
        case Origin.RULE:
            return _tr("rule")
        case _:
            return ""


def _is_factorys(choice: Choice) -> bool:
    """The default that stands there before the technician gave one."""
    return choice.origin is Origin.DEFAULT and choice.template == FACTORY_URL


def url_tip(bench: Bench, key: str) -> str:
    """The exact URL, where it comes from, and what the phone will not take of it."""
    trouble = bench.why_no_url(key)
    phone = bench.phones[key]
    first = bench.preview(key) if trouble is None else trouble_text(trouble)
    warnings = [trouble_text(each) for each in bench.urls.warnings(phone)]
    return "\n".join((first, origin_text(bench.urls.choice(phone)), *warnings))


def warnings_text(urls: Iterable[tuple[str, str]]) -> str:
    """What phones will not take, for (URL, make) pairs, each thing said once."""
    sentences: dict[str, None] = {}
    for url, make in urls:
        for each in warnings_for(url, make):
            sentences.setdefault(trouble_text(each))
    return " ".join(list(sentences)[:MOST_WARNINGS])


def _tr(text: str) -> str:
    return QCoreApplication.translate("UrlOrigin", text)
