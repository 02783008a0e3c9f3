"""Several things that happened to several phones: a sentence for each."""

from __future__ import annotations


def counted(*sentences: tuple[int, str, str]) -> list[str]:
    """(how many, the sentence for one, the sentence for more): those that are about any."""
    return [one if number == 1 else more for number, one, more in sentences if number]
