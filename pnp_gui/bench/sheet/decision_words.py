"""The words that decide about a phone in a list."""

from __future__ import annotations

from pnp_gui.bench.phones.phone import Decision

_FULL = {
    Decision.APPROVED: "approved approve genehmigt freigegeben",
    Decision.DENIED: "denied deny abgelehnt gesperrt",
    Decision.UNDECIDED: "undecided unentschieden",
}
"""They mean nothing else, so they count without a heading as well."""
_SHORT = {
    Decision.APPROVED: "accept accepted allow allowed yes y ok true 1 x ja j wahr oui o vrai si s "
    "verdadero vero sim verdadeiro tak prawda waar ✓ ✔ ☑ ✅",
    Decision.DENIED: "reject rejected block blocked no n false 0 nein falsch non faux falso nee "
    "onwaar nao nie falsz ✗ ✘ ❌",
    Decision.UNDECIDED: "open offen",
}
"""They count below a heading that says decision."""

FULL_WORDS = {word: decision for decision, words in _FULL.items() for word in words.split()}
DECISION_WORDS = FULL_WORDS | {
    word: decision for decision, words in _SHORT.items() for word in words.split()
}
"""Lower case, without accents."""
