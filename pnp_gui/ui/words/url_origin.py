"""Where a phone's URL comes from, what the phone will not accept in it, and what became of a new
default URL, in words."""

from __future__ import annotations

from collections.abc import Iterable

from pnp_gui.bench.bench import Bench
from pnp_gui.bench.urls.urls import Choice, UrlOrigin
from pnp_gui.pnp.url import FACTORY_URL, warnings_for
from pnp_gui.trouble import Trouble
from pnp_gui.ui.words.translate import translate, trouble_text

MOST_WARNINGS = 3
"""Warnings shown at once; more would hide what they are about."""


def origin_text(choice: Choice) -> str:
    """In a few words: "Its own URL", "Rule Yealink T5*", "Default URL"."""
    if _is_factory_default(choice):
        return translate("UrlOrigin", "Default URL, snom's own")
    match choice.origin:
        case UrlOrigin.OWN:
            return translate("UrlOrigin", "Its own URL")
        case UrlOrigin.RULE if choice.rule is not None:
            return translate("UrlOrigin", "Rule {rule}").format(rule=choice.rule.name)
        case _:
            return translate("UrlOrigin", "Default URL")


def origin_word(choice: Choice) -> str:
    """The small word in the row: "own", "rule", nothing for the technician's default."""
    if _is_factory_default(choice):
        return translate("UrlOrigin", "snom's")
    match choice.origin:
        case UrlOrigin.OWN:
            return translate("UrlOrigin", "own")
        case UrlOrigin.RULE:
            return translate("UrlOrigin", "rule")
        case _:
            return ""


def _is_factory_default(choice: Choice) -> bool:
    """The default until the technician sets one."""
    return choice.origin is UrlOrigin.DEFAULT and choice.template == FACTORY_URL


def url_tip(bench: Bench, key: str) -> str:
    """The exact URL, where it comes from, and what the phone will not accept in it."""
    trouble = bench.why_no_url(key)
    phone = bench.phones[key]
    first = bench.preview(key) if trouble is None else trouble_text(trouble)
    warnings = [trouble_text(each) for each in bench.urls.warnings(phone)]
    return "\n".join((first, origin_text(bench.urls.choice(phone)), *warnings))


def warnings_text(urls: Iterable[tuple[str, str]]) -> str:
    """What phones will not accept, for (URL, make) pairs, each warning once."""
    troubles = (each for url, make in urls for each in warnings_for(url, make))
    return " ".join(list(dict.fromkeys(map(trouble_text, troubles)))[:MOST_WARNINGS])


DEFAULT_URL_REFUSED = "default_url_refused"
"""Code of the problem that says why the default URL stays as it was."""


def default_url_set(url: str) -> str:
    """This is the default URL now."""
    text = translate("MainWindow", "Phones with neither their own URL nor a rule now get {url}")
    return text.format(url=url)


def default_url_refused(reason: Trouble) -> Trouble:
    """What was typed cannot be the default URL."""
    return Trouble(
        "The default URL stays as it was. {reason}",
        code=DEFAULT_URL_REFUSED,
        reason=trouble_text(reason),
    )
