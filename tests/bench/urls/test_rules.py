"""Rules by make and model: which one applies, what a phone gets, and what is stored."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pnp_gui.bench.phones.phone import Decision
from pnp_gui.bench.phones.registry import MAX_UNDECIDED
from pnp_gui.bench.sheet.sheet import SheetLine
from pnp_gui.bench.store.settings import DEFAULT_URL, URL_RULES, URL_RULES_ASIDE
from pnp_gui.bench.store.store import FILE
from pnp_gui.bench.urls import rules as url_rules
from pnp_gui.bench.urls.rules import MAX_FOUND, UrlRule, UrlRules, checked_rule, with_rule
from pnp_gui.bench.urls.urls import RULES_DAMAGED, UrlOrigin
from pnp_gui.pnp.events import SubscribeReceived
from pnp_gui.pnp.makes import MAKES
from pnp_gui.pnp.url import FACTORY_URL, check_url
from pnp_gui.trouble import Trouble
from tests.bench.rig import Set, ask, mac

A, B = mac(1), mac(2)


def rule(make: str, model: str = "", url: str = "http://h/r") -> UrlRule:
    return checked_rule(make, model, url)


def asks(at: Set, key: str, make: str, model: str) -> None:
    at.absorb(SubscribeReceived(ask(key, make=make, model=model), at.clock.monotonic, False))


def fits(pattern: str, model: str) -> bool:
    return UrlRules([UrlRule("Acme", pattern, "")]).find("Acme", model) is not None


def found(rules: list[UrlRule], make: str, model: str) -> str:
    chosen = UrlRules(rules).find(make, model)
    return "" if chosen is None else chosen.name


@given(
    st.text(alphabet="ab*?", max_size=8),
    st.text(alphabet="abc", max_size=8),
)
def test_patterns_mean_what_they_mean_elsewhere(pattern: str, text: str) -> None:
    regex = "".join({"*": ".*", "?": "."}.get(sign, re.escape(sign)) for sign in pattern)
    assert fits(pattern, text) == (not pattern or bool(re.fullmatch(regex, text)))


def test_no_model_takes_long_to_be_compared() -> None:
    start = perf_counter()
    assert not fits("*a" * 29 + "b", "a" * 2000)
    assert perf_counter() - start < 0.5


@pytest.mark.parametrize("places", [(0, 1, 2, 3, 4), (4, 3, 2, 1, 0), (2, 0, 4, 1, 3)])
def test_the_most_specific_rule_applies_in_any_order_of_entry(
    places: tuple[int, ...],
) -> None:
    all_of_them = [
        rule("Yealink"),
        rule("Yealink", "T*"),
        rule("Yealink", "T5*"),
        rule("Yealink", "T54?"),
        rule("Yealink", "T54W"),
    ]
    rules = [all_of_them[place] for place in places]
    assert found(rules, "Yealink", "T54W") == "Yealink T54W"
    assert found(rules, "Yealink", "T54S") == "Yealink T54?"
    assert found(rules, "Yealink", "T53") == "Yealink T5*"
    assert found(rules, "Yealink", "T46") == "Yealink T*"
    assert found(rules, "Yealink", "W52P") == "Yealink"
    assert found(rules, "Yealink", "") == "Yealink"
    assert found(rules, "snom", "T54W") == ""
    assert UrlRules(rules).rules == tuple(reversed(all_of_them))


@pytest.mark.parametrize(
    ("make", "model", "pattern"),
    [
        ("snom", "snomD785", "D7*"),
        ("snom", "snomD785", "snomD785"),
        ("snom", "snomD785", "d785"),
        ("Yealink", "SIP-T54W", "T5*"),
        ("Yealink", "SIP-T54W", "sip-t54w"),
        ("Panasonic", "KX-HDV130", "KX-*"),
    ],
)
def test_a_model_is_called_as_the_phone_says_it_or_as_the_box_does(
    make: str, model: str, pattern: str
) -> None:
    assert found([rule(make, pattern)], make, model)
    assert not found([rule(make, pattern + "x")], make, model)


@pytest.mark.parametrize(
    ("typed", "code", "words"),
    [
        (("", "", "http://h/"), "make", "needs a make"),
        (("Yea*", "", "http://h/"), "make", "whole name"),
        (("x" * 61, "", "http://h/"), "make", "at most 60"),
        (("snom", "y" * 61, "http://h/"), "model", "at most 60"),
        (("snom", "D\x00", "http://h/"), "model", "printable"),
        (("snom", "", ""), "url", "empty"),
        (("snom", "", "http://h/a b"), "url", "a space at position 11"),
    ],
)
def test_what_cannot_be_a_rule_is_refused_with_the_field_it_is_in(
    typed: tuple[str, str, str], code: str, words: str
) -> None:
    with pytest.raises(Trouble) as refused:
        checked_rule(*typed)
    assert refused.value.code == code
    assert words in str(refused.value)


def test_a_rule_is_kept_as_the_table_spells_it() -> None:
    assert rule(" yealink ", " T5* ") == rule("Yealink", "T5*")
    assert rule("Yealink", "**").model == ""
    assert rule("Own Brand").make == "Own Brand"
    with pytest.raises(Trouble, match="already a rule for Yealink T5\\*"):
        with_rule([rule("Yealink", "T5*")], rule("yealink", "t5*", "http://h/other"))
    changed = with_rule([rule("snom"), rule("Yealink")], rule("Yealink", "T*"), rule("Yealink"))
    assert changed == [rule("snom"), rule("Yealink", "T*")]


def test_own_before_rule_before_default(at: Set) -> None:
    asks(at, A, "Yealink", "T54W")
    asks(at, B, "snom", "snomD785")
    at.bench.approve([A, B])
    at.bench.set_default_url("http://h/default")
    at.bench.set_url_rules([rule("Yealink", "T5*", "http://h/t5/${model}")])
    ask_a = ask(A, make="Yealink", model="T54W")
    assert at.bench.preview(A) == at.bench.url_for(ask_a) == "http://h/t5/T54W"
    assert at.bench.preview(B) == at.bench.url_for(ask(B)) == "http://h/default"
    at.bench.set_own_url([A], "http://h/own")
    assert at.bench.preview(A) == at.bench.url_for(ask_a) == "http://h/own"
    choices = [at.bench.urls.choice(at.bench.phones[key]) for key in (A, B)]
    assert [choice.origin for choice in choices] == [UrlOrigin.OWN, UrlOrigin.DEFAULT]
    assert at.bench.urls.fallback(at.bench.phones[A]).rule == rule(
        "Yealink", "T5*", "http://h/t5/${model}"
    )
    at.bench.set_own_url([A], "")
    at.bench.set_url_rules([])
    assert at.bench.preview(A) == "http://h/default"


def test_the_first_request_of_a_phone_from_a_sheet_is_answered_by_its_rule(at: Set) -> None:
    """What it says now counts: the row knows neither make nor model yet."""
    at.bench.set_url_rules([rule("Yealink", "T5*", "http://h/t5")])
    at.bench.apply_sheet([SheetLine(1, A, Decision.APPROVED, None, None)])
    at.bench.approve([A])
    assert at.bench.url_for(ask(A, make="Yealink", model="T54W")) == "http://h/t5"
    assert at.bench.url_for(ask(A)) == FACTORY_URL


def test_a_phone_that_never_asked_is_shown_with_the_rule_of_its_macs_owner(at: Set) -> None:
    at.bench.set_url_rules([rule("snom", "", "http://h/snom")])

    at.bench.apply_sheet([SheetLine(1, A, None, None, "x")])
    assert at.bench.phones[A].make == ""
    assert at.bench.preview(A) == "http://h/snom"


def test_a_change_of_the_rules_shows_in_the_rows_and_sends_nothing(at: Set) -> None:
    asks(at, A, "Yealink", "T54W")
    at.bench.approve([A])
    asks(at, B, "Yealink", "T54W")
    at.bench.set_own_url([B], "http://h/own")
    at.wire.told.clear()
    at.bench.take_changes()
    at.bench.set_url_rules([rule("Yealink", "", "http://h/y")])
    assert at.bench.take_changes().changed == {A}
    assert at.wire.told == []


def test_the_numbers_of_phones_by_rule(at: Set) -> None:
    rules = [rule("Yealink"), rule("Yealink", "T5*")]
    at.bench.set_url_rules(rules)
    for number, (make, model) in enumerate(
        [("Yealink", "T54W"), ("Yealink", "T53"), ("Yealink", "W52P"), ("snom", "D785")]
    ):
        asks(at, mac(number), make, model)
    at.bench.set_own_url([mac(1)], "http://h/own")
    assert at.bench.urls.tally(at.bench.phones.values()) == {rules[0]: 1, rules[1]: 1, None: 1}


def test_what_a_phone_will_not_take_of_its_url(at: Set) -> None:
    at.bench.set_default_url("http://h/{mac}")
    asks(at, A, "Grandstream", "GRP2612")
    phone = at.bench.phones[A]
    assert [each.code for each in at.bench.urls.warnings(phone)] == ["url_folder", "url_expands"]
    at.bench.set_url_rules([rule("Grandstream", "", "http://h/gs/")])
    assert at.bench.urls.warnings(phone) == []
    at.bench.set_own_url([A], "http://h/${mac}.xml")
    assert [each.code for each in at.bench.urls.warnings(phone)] == ["url_folder"]
    asks(at, B, "Panasonic", "KX-HDV130")
    at.bench.set_own_url([B], "http://h/" + "x" * 368 + "${mac}")
    codes = [each.code for each in at.bench.urls.warnings(at.bench.phones[B])]
    assert codes == ["url_long"], "the twelve digits count, not the six signs"


def test_rules_are_there_in_the_next_run(at: Set) -> None:
    rules = [rule("snom", "D7*", "http://h/a"), rule("Yealink", "", "http://h/b")]
    at.bench.set_url_rules(rules)
    again = at.next_run()
    assert list(again.bench.urls.rules) == rules
    again.bench.close()


@pytest.mark.parametrize(
    ("text", "good", "damaged"),
    [
        ('[{"make": "snom", "model": "", "url": "http://h/"}, {"make": "snom"}, 7]', 1, 2),
        ('[{"make": "snom", "model": "", "url": "javascript:x"}]', 0, 1),
        ('[{"make": 5, "model": "", "url": "http://h/"}]', 0, 1),
        (
            '[{"make": "snom", "model": "", "url": "http://h/1"},'
            ' {"make": "SNOM", "model": "*", "url": "http://h/2"}]',
            1,
            1,
        ),
        ('{"make": "snom"}', 0, 1),
        ("[{", 0, 1),
        ("null", 0, 1),
    ],
)
def test_damaged_rules_are_set_aside_and_named(at: Set, text: str, good: int, damaged: int) -> None:
    at.bench.close()
    with closing(sqlite3.connect(at.folder / FILE)) as file:
        file.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", (URL_RULES, text))
        file.commit()
    again = at.next_run()
    assert len(again.bench.urls.rules) == good
    trouble = again.bench.troubles[RULES_DAMAGED]
    assert trouble.values["count"] == damaged
    assert any(line.template == trouble.template for line in again.bench.log)
    aside = again.bench.setting(URL_RULES_ASIDE)
    assert len(aside) == damaged
    assert str(trouble.values["details"]) == "\n".join(aside)
    if text.startswith("[{") and text.endswith("]"):
        assert json.loads(aside[-1]) == json.loads(text)[-1]
    once_more = again.next_run()
    assert RULES_DAMAGED not in once_more.bench.troubles, "told once"
    assert once_more.bench.setting(URL_RULES_ASIDE) == aside, "and kept"
    once_more.bench.close()


def test_a_password_that_is_cut_short_is_masked(at: Set) -> None:
    url = f"http://bob:{'secret' * 10}@pbx/x"
    at.bench.set_setting(URL_RULES, [{"make": "snom", "url": url}])
    at.bench.set_setting(DEFAULT_URL, f"{url} with a blank")
    again = at.next_run().bench
    said = [str(again.troubles[code]) for code in (RULES_DAMAGED, "default_url")]
    assert ["secret" in sentence for sentence in said] == [False, False]
    again.close()


def test_phones_that_say_thousands_of_models_cost_no_memory() -> None:
    rules = UrlRules([rule("snom", "D*")])
    for number in range(2 * MAX_FOUND):
        assert (rules.find("snom", f"D{number}") is None) is False
    assert len(rules._found) <= MAX_FOUND


@given(
    st.lists(st.text(alphabet="ab*?[(.", max_size=5), max_size=6, unique=True),
    st.text(alphabet="ab[(.\\n -", max_size=8),
)
def test_all_rules_at_once_give_the_first_that_fits(patterns: list[str], model: str) -> None:
    rules = UrlRules(
        UrlRule("Acme", pattern, f"http://h/{n}") for n, pattern in enumerate(patterns)
    )
    expected = next((each for each in rules.rules if fits(each.model, model)), None)
    assert rules.find("ACME", model) == expected


def test_a_table_full_of_models_is_compared_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """And by one look each, not by one for each rule: the rules' window asks every second."""
    looks = 0
    find = url_rules._OfMake.find

    def counted(of_make: url_rules._OfMake, make: str, model: str) -> UrlRule | None:
        nonlocal looks
        looks += 1
        return find(of_make, make, model)

    monkeypatch.setattr(url_rules._OfMake, "find", counted)
    rules = UrlRules([rule("Yealink", f"T{number}*") for number in range(50)])
    for _ in range(2):
        for number in range(MAX_UNDECIDED):
            assert rules.find("Yealink", f"T49{number}") is not None
    assert looks == MAX_UNDECIDED


@pytest.mark.parametrize("make", [name for name, make in MAKES.items() if make.example_url])
def test_examples_are_on_the_server_of_the_default_url(at: Set, make: str) -> None:
    assert at.bench.urls.example_for(make) == MAKES[make].example_url
    at.bench.set_default_url("https://user:word@pbx.acme.example:8443/snom/{mac}.xml")
    example = at.bench.urls.example_for(make)
    assert example.startswith("https://user:word@pbx.acme.example:8443/")
    assert example.endswith(MAKES[make].example_url.removeprefix("http://192.168.10.5"))
    check_url(example)
