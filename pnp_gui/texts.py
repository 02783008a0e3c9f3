"""Texts of the rooms without Qt: written in English, found by the translators' tool, translated by
the window (`ui/words/translate.py`). The command line and the log file show the English.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self


class Text(str):
    """A text for people, marked for translation where it is written down.

    With values it reads as the finished English sentence and keeps template and values, so that it
    can be translated whole. The template is a literal at the call. The first argument of `Trouble`
    and the template of `Log.add` are marked by that alone.
    """

    __slots__ = ("template", "values")

    template: str
    """English with {named} fields, and %n for a number that chooses singular or plural."""
    values: Mapping[str, object]
    """The fields' values; the number is `n`."""

    def __new__(cls, template: str, **values: object) -> Self:
        text = super().__new__(cls, english(template, values) if values else template)
        text.template = template
        text.values = values
        return text


class Plural(str):
    """A marked template with a number: "%n phones denied.", "1 phone denied.", both literals."""

    __slots__ = ("singular",)

    singular: str
    """For 1 where there is no Qt; the English translation takes it from here as well."""

    def __new__(cls, template: str, singular: str) -> Self:
        text = super().__new__(cls, template)
        text.singular = singular
        return text


def english(template: str, values: Mapping[str, object]) -> str:
    """The sentence in English."""
    if isinstance(template, Plural):
        n = values["n"]
        template = template.singular if n == 1 else template.replace("%n", str(n))
    return template.format_map(values)
