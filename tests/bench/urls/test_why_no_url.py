"""Why a phone has no URL: what is known later, and which URL is the cause."""

from __future__ import annotations

from pnp_gui.bench.phones.phone import Decision
from pnp_gui.bench.sheet.sheet import SheetLine
from pnp_gui.pnp.url import KNOWN_LATER
from tests.bench.rig import Set, mac

A, NAMELESS = mac(1), "ip:10.13.2.37"


def why(at: Set, key: str) -> str:
    trouble = at.bench.why_no_url(key)
    assert trouble is not None
    return str(trouble)


def test_what_a_phone_says_of_itself_is_known_when_it_asks(at: Set) -> None:
    at.bench.set_default_url("http://h/${vendor}/${mac}.xml")
    at.bench.apply_sheet([SheetLine(0, A, Decision.APPROVED, None, None)])
    trouble = at.bench.why_no_url(A)
    assert trouble is not None
    assert (trouble.code, str(trouble)) == (
        KNOWN_LATER,
        "${vendor} is not known until the phone asks.",
    )
    at.heard(A)
    assert at.bench.preview(A) == f"http://h/snom/{A.lower()}.xml"


def test_a_mac_is_not_known_later(at: Set) -> None:
    at.heard(NAMELESS)
    at.bench.set_default_url("http://h/${mac}.xml")
    assert "give it its own URL" in why(at, NAMELESS)


def test_its_own_url_is_named_where_it_is_the_cause(at: Set) -> None:
    at.heard(NAMELESS)
    at.bench.approve([NAMELESS])
    at.bench.set_own_url([NAMELESS], "http://h/${mac}.xml")
    told = "The phone's own URL needs ${mac}, for which the phone does not send a value"
    assert told in why(at, NAMELESS)
    assert told in at.bench.log[-1].text
