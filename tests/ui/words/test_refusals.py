"""What a row says about each SIP code that a phone refuses with."""

from __future__ import annotations

import pytest

from pnp_gui.bench.phones.phone import Decision, Phone, Progress
from pnp_gui.bench.phones.status import StatusKind, status_of
from pnp_gui.ui.words.refusals import refusal
from pnp_gui.ui.words.status import plain_words, status_explanation, status_words


@pytest.mark.parametrize(
    ("codes", "words", "what_to_do"),
    [
        ([481], "another server?", "is a PBX answering PnP here?"),
        ([401, 407], "password required", "NOTIFY authentication"),
        ([415, 406], "no URL this way", "by DHCP"),
        ([404, 405, 489, 501], "PnP is off?", "factory reset"),
        ([480, 486, 500, 503], "not now", "Send it again (S)"),
        ([600, 603, 699], "declined", "web page"),
        ([300, 302, 399], "points elsewhere", "Nothing is sent there"),
        ([400, 403, 420, 499], "", "Send it again while the phone is asking"),
    ],
)
def test_each_code_has_its_cause_and_what_to_do(
    codes: list[int], words: str, what_to_do: str
) -> None:
    for code in codes:
        phone = Phone("000413000001", "000413000001", decision=Decision.APPROVED)
        phone.answered(Progress.REFUSED, 1.0, code, "Reason")
        assert status_of(phone, 2.0) is StatusKind.REFUSED
        assert status_words(phone, 2.0) == f"Refused {code}: {words}".removesuffix(": ")
        short = f"{code}: {words}" if words else f"Refused {code}"
        assert status_words(phone, 2.0, short=True) == short
        assert what_to_do in status_explanation(phone, StatusKind.REFUSED)
        assert words in plain_words(StatusKind.REFUSED, words=refusal(code).words)


def test_every_final_code_that_is_no_yes_has_an_explanation() -> None:
    assert all(refusal(code).explanation for code in range(300, 700))


def test_accepted_is_not_said_to_be_fetched() -> None:
    phone = Phone("000413000001", "000413000001", decision=Decision.APPROVED)
    assert "accepted the URL" in status_explanation(phone, StatusKind.ACCEPTED)
