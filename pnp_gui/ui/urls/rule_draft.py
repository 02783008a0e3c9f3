"""What the rule that is being typed would do, in words."""

from __future__ import annotations

from dataclasses import dataclass

from pnp_gui.bench.bench import Bench
from pnp_gui.bench.fetches.make_files import folder_names
from pnp_gui.bench.phones.phone import Phone
from pnp_gui.bench.urls.rules import UrlRule, UrlRules, checked_rule
from pnp_gui.bench.urls.urls import known_make
from pnp_gui.pnp.makes import MAKES
from pnp_gui.trouble import Trouble
from pnp_gui.ui.words.outcomes import counted, joined
from pnp_gui.ui.words.phone import phone_text
from pnp_gui.ui.words.translate import QT_TRANSLATE_NOOP, translate, trouble_text
from pnp_gui.ui.words.url_origin import warnings_text


@dataclass(frozen=True, slots=True)
class Draft:
    """The rule as typed, and what the form says about it."""

    rule: UrlRule | None
    """None: it is not a valid rule yet."""
    fault: Trouble | None
    """Why not."""
    who: str = ""
    """To how many phones in the table it applies."""
    caption: str = ""
    url: str = ""
    """The exact URL of one of these phones."""
    warning: str = ""


def draft_of(
    bench: Bench, typed: tuple[str, str, str], instead: UrlRule | None, selected: str = ""
) -> Draft:
    """`typed`: make, model, URL. `instead`: the rule that is edited. `selected`: key of the phone
    to show, if the rule applies to it."""
    try:
        rule = checked_rule(*typed)
        rules = bench.urls.rules_with(rule, instead)
    except Trouble as trouble:
        # A traceback would keep all that called, as long lists of what is selected.
        return Draft(None, trouble.with_traceback(None))
    find = UrlRules([rule]).find
    fitting = [one for one in bench.phones.values() if find(known_make(one), one.model)]
    own = sum(bool(one.own_url) for one in fitting)
    theirs = [
        one for one in fitting if not one.own_url and rules.find(known_make(one), one.model) == rule
    ]
    shown = next((one for one in theirs if one.key == selected), theirs[0] if theirs else None)
    caption, url = _preview(bench, rule, shown)
    return Draft(
        rule,
        None,
        _who(len(theirs), own, len(fitting) - own - len(theirs)),
        caption,
        url,
        warnings_text([(url or rule.url, rule.make)]),
    )


def about_make(name: str) -> str:
    """What phones of a make fill in themselves, and which files they request from a folder; "" for
    an unknown make."""
    make = next((each for each in MAKES.values() if each.name.casefold() == name.casefold()), None)
    files = folder_names(make.name) if make is not None else []
    if make is None or not (make.expands or files or make.example_url):
        return ""
    fills = translate("RuleDraft", "{make} phones fill in {texts} themselves.")
    if not make.expands:
        fills = translate(
            "RuleDraft", "{make} phones fill in nothing themselves; PnP Bench fills in ${{mac}}."
        )
    parts = [fills]
    if files:
        parts.append(
            translate("RuleDraft", "From a folder (a URL that ends in “/”) they request {files}.")
        )
    if make.longest_url:
        parts.append(translate("RuleDraft", "They accept at most {most} characters."))
    return " ".join(parts).format(
        make=make.name,
        texts=", ".join(make.expands),
        files=", ".join(files),
        most=make.longest_url,
    )


def _preview(bench: Bench, rule: UrlRule, phone: Phone | None) -> tuple[str, str]:
    if phone is None:
        return translate("RuleDraft", "A phone would get:"), rule.url
    try:
        url = bench.urls.filled_in(rule.url, phone)
    except Trouble as trouble:
        return f"{phone_text(phone)}: {trouble_text(trouble)}", ""
    return translate("RuleDraft", "{phone} would get:").format(phone=phone_text(phone)), url


def _who(theirs: int, own: int, other_rule: int) -> str:
    first = counted("RuleDraft", THEIRS, theirs) or translate(
        "RuleDraft", "No phone in the table gets its URL from this rule now."
    )
    return joined(
        first, counted("RuleDraft", OWN, own), counted("RuleDraft", OTHER_RULE, other_rule)
    )


THEIRS = QT_TRANSLATE_NOOP("RuleDraft", "%n phones in the table get their URL from this rule.")
OWN = QT_TRANSLATE_NOOP("RuleDraft", "%n have their own.")
OTHER_RULE = QT_TRANSLATE_NOOP("RuleDraft", "%n have a more specific rule.")
