"""URL rules: the URL for all phones of a make, or for some of its models. The most specific
applies, so that nobody has to put them in order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pnp_gui.pnp.makes import MAKES
from pnp_gui.pnp.url import check_url
from pnp_gui.trouble import Trouble

MAX_RULES = 500
"""Number of rules."""

MAX_NAME = 60
"""Characters of a make or of a model's pattern."""

MAX_FOUND = 32_768
"""Pairs of make and model whose rule is cached, some 10 MB at most. More than there may be
undecided rows, so that a pass over all rows finds each in the cache."""

_WILD = "*?"
_TRADE_PREFIXES = ("SIP-",)
"""What some phones put before the name on the box: SIP-T54W (Yealink)."""


@dataclass(frozen=True, slots=True)
class UrlRule:
    """One rule. Made by `checked_rule`."""

    make: str
    """As the table shows it."""
    model: str
    """A pattern with * (any characters) and ? (one); "": every model."""
    url: str
    """URL template."""

    @property
    def name(self) -> str:
        """ "Yealink T5*", or "Yealink" for a rule of the whole make."""
        return f"{self.make} {self.model}".rstrip()

    @property
    def place(self) -> tuple[str, str]:
        """Make and model, which no two rules may share."""
        return self.make.casefold(), self.model.casefold()


def checked_rule(make: str, model: str, url: str) -> UrlRule:
    """The rule that somebody typed. Raises Trouble, whose code is the field: make, model or url."""
    make, model, url = " ".join(make.split()), " ".join(model.split()), url.strip()
    if not make:
        raise Trouble(
            "The rule needs a make: choose one from the list, or type it as the table shows it.",
            code="make",
        )
    if set(_WILD) & set(make):
        raise Trouble(
            "The make “{make}” must be a whole name: only the model may contain * and ?.",
            code="make",
            make=make,
        )
    for code, text in (("make", make), ("model", model)):
        if len(text) > MAX_NAME or not text.isprintable():
            raise Trouble(
                "“{text}” cannot be a make or model: at most {most} characters are allowed, all "
                "printable.",
                code=code,
                text=text[:MAX_NAME],
                most=MAX_NAME,
            )
    check_url(url)
    known = next((name for name in MAKES if name.casefold() == make.casefold()), make)
    return UrlRule(known, "" if not model.strip("*") else model, url)


def with_rule(
    rules: Sequence[UrlRule], rule: UrlRule, instead: UrlRule | None = None
) -> list[UrlRule]:
    """The rules with this one in place of `instead`. Raises Trouble if there is one like it."""
    others = [each for each in rules if each != instead]
    same = next((each for each in others if each.place == rule.place), None)
    if same is not None:
        raise Trouble(
            "There is already a rule for {rule}: change that one.", code="model", rule=same.name
        )
    if len(others) >= MAX_RULES:
        raise Trouble(
            "There are already {most} rules: remove one first.", code="model", most=MAX_RULES
        )
    return [*others, rule]


class UrlRules:
    """All rules, with a fast search for every datagram."""

    def __init__(self, rules: Iterable[UrlRule] = ()) -> None:
        self.rules = tuple(sorted(rules, key=_specificity))
        """By make, and within a make the most specific first."""
        by_make: dict[str, list[UrlRule]] = {}
        for rule in self.rules:
            by_make.setdefault(rule.make.casefold(), []).append(rule)
        self._by_make = {make: _OfMake(rules) for make, rules in by_make.items()}
        self._found: dict[tuple[str, str], UrlRule | None] = {}

    def find(self, make: str, model: str) -> UrlRule | None:
        """The most specific rule for this make and model, or None."""
        if not self.rules:
            return None
        asked = (make, model)
        if asked not in self._found:
            if len(self._found) >= MAX_FOUND:
                self._found.clear()
            of_make = self._by_make.get(make.casefold())
            self._found[asked] = of_make.find(make, model) if of_make else None
        return self._found[asked]


class _OfMake:
    """The rules of one make as one regular expression with a group for each: 20,000 phones may
    each name another model, and to try the rules one by one takes 2 ms for each."""

    def __init__(self, rules: list[UrlRule]) -> None:
        """`rules`: the most specific first."""
        self._rules = rules
        patterns = "|".join(f"({_regex(rule.model.casefold() or '*')})" for rule in rules)
        self._match = re.compile(patterns, re.DOTALL).fullmatch

    def find(self, make: str, model: str) -> UrlRule | None:
        """The first rule that fits any of the model's names."""
        found = [at for name in model_names(make, model) if (at := self._match(name))]
        return self._rules[min(at.lastindex or 0 for at in found) - 1] if found else None


def model_names(make: str, model: str) -> Iterator[str]:
    """What a technician may call the model, in lower case: "snomD785", "D785"."""
    name = model.casefold()
    yield name
    for prefix in (make, *_TRADE_PREFIXES):
        rest = name.removeprefix(prefix.casefold()).lstrip(" -_")
        if rest and rest != name:
            yield rest


def _regex(pattern: str) -> str:
    """A pattern as a regular expression. The text between two * is searched only once (an atomic
    group), so that no text takes longer than its length times the pattern's."""
    parts = [re.escape(part).replace(r"\?", ".") for part in pattern.split("*")]
    if len(parts) == 1:
        return parts[0]
    first, *middle, last = parts
    return first + "".join(f"(?>.*?{part})" for part in middle if part) + ".*" + last


def read_rules(kept: object) -> tuple[list[UrlRule], list[object]]:
    """The rules in a stored value (a list of their fields), and its entries that are not rules."""
    if not isinstance(kept, list):
        return [], [kept]
    rules: list[UrlRule] = []
    damaged: list[object] = []
    for each in kept:
        try:
            rule = checked_rule(each["make"], each["model"], each["url"])
            rules = with_rule(rules, rule)
        except (Trouble, TypeError, KeyError, AttributeError):
            damaged.append(each)
    return rules, damaged


def _specificity(rule: UrlRule) -> tuple[object, ...]:
    """A whole model name comes before a pattern, more letters before fewer, the whole make last."""
    wild = sum(rule.model.count(sign) for sign in _WILD)
    letters = len(rule.model) - wild
    return (
        rule.make.casefold(),
        not rule.model,
        wild > 0,
        -letters,
        rule.model.count("*"),
        rule.model.casefold(),
    )
