"""Phones made of Sofia-SIP and of libre, SIP stacks that are not ours, are content with us."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest

from pnp_gui.bench.phones.phone import Decision, Phone, Progress
from tests.end_to_end.capture import Capture
from tests.end_to_end.program import Program
from tests.end_to_end.stack_phones import PHONES, StackPhone, Talk, build, talk
from tests.namespace import BenchNetwork

URL = "http://10.13.2.2/stacks/${mac}.cfg?model={model}"
OURS = "ip.src == 10.13.2.2"
STATUSES = {phone: 481 if phone == "libre-glued" else 200 for phone in PHONES}
"""What the phone answers the NOTIFY with."""

MOST_NOTIFIES = 20
"""In four seconds: a handful at once, then one in some seconds, and their repeats."""


class Run(NamedTuple):
    """What came of it when all of the phones asked at once."""

    talks: dict[str, Talk]
    capture: Capture
    kept: dict[str, Phone]


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return build(tmp_path_factory.mktemp("stacks"))


def all_ask(
    bench: BenchNetwork,
    programs: dict[str, Path],
    folder: Path,
    decision: str,
    seconds: float,
    *,
    expires: int = 0,
) -> Run:
    """All phones, with this decision in the sheet, at the real program."""
    phones = [replace(phone, expires=expires) for phone in PHONES.values()]
    sheet = folder / "sheet.csv"
    sheet.write_text("".join(f"{phone.mac},{decision}\n" for phone in PHONES.values()))
    capture = Capture(bench.phones, "ph0", folder / "stacks.pcap")
    with capture, Program(bench.tool, folder, "--sheet", str(sheet), "-u", URL) as program:
        talks = talk(bench, programs, phones, seconds)
        assert program.stop() == 0
    return Run(talks, capture, program.kept())


@pytest.fixture(scope="module")
def served(
    bench: BenchNetwork, programs: dict[str, Path], tmp_path_factory: pytest.TempPathFactory
) -> Run:
    return all_ask(bench, programs, tmp_path_factory.mktemp("served"), "approved", 20)


@pytest.mark.parametrize("phone", PHONES.values(), ids=list(PHONES))
def test_an_approved_phone_takes_its_url(served: Run, phone: StackPhone) -> None:
    talk = served.talks[phone.name]
    assert talk.complaints == ""
    status = STATUSES[phone.name]
    url = f"url http://10.13.2.2/stacks/{phone.mac.lower()}.cfg?model={{model}}"
    # In any order, and on a slow machine again.
    assert set(talk.said) == {"answer 200", f"said {status}", *([url] if status == 200 else [])}
    kept = served.kept[phone.mac]
    assert kept.address == phone.address
    assert (kept.progress, kept.code) == (
        Progress.ACCEPTED if status == 200 else Progress.REFUSED,
        status,
    )


@pytest.mark.parametrize("phone", PHONES.values(), ids=list(PHONES))
def test_it_is_answered_where_it_listens(served: Run, phone: StackPhone) -> None:
    asked = f'sip.Method == "SUBSCRIBE" && ip.src == {phone.address}'
    vias = served.capture.rows(asked, "sip.Via")
    assert {"rport" in via for (via,) in vias} == {phone.rport}
    got = served.capture.rows(
        f"{OURS} && ip.dst == {phone.address}", "udp.dstport", "sip.CSeq.method"
    )
    port = str(phone.port)
    assert set(map(tuple, got)) == {(port, "SUBSCRIBE"), (port, "NOTIFY")}


@pytest.mark.parametrize("decision", ["undecided", "denied"])
def test_phones_that_are_not_approved_hear_nothing(
    bench: BenchNetwork, programs: dict[str, Path], tmp_path: Path, decision: str
) -> None:
    silent = all_ask(bench, programs, tmp_path, decision, 2)
    assert silent.talks == {name: Talk([], "") for name in PHONES}
    assert silent.capture.count(OURS) == 0
    for phone in PHONES.values():
        asked = f'sip.Method == "SUBSCRIBE" && ip.src == {phone.address}'
        assert silent.capture.count(asked) >= 2
        kept = silent.kept[phone.mac]
        assert kept.decision is Decision(decision)
        assert kept.last_seen is not None


def test_phones_that_subscribe_for_an_hour_are_soon_quiet(
    bench: BenchNetwork, programs: dict[str, Path], tmp_path: Path
) -> None:
    """libre renews at once what is granted for no time, until a NOTIFY that it knows ends it; the
    glued one knows none."""
    run = all_ask(bench, programs, tmp_path, "approved", 4, expires=3600)
    for phone in PHONES.values():
        talk = run.talks[phone.name]
        assert talk.complaints == ""
        assert f"said {STATUSES[phone.name]}" in talk.said
        asked = f'sip.Method == "NOTIFY" && ip.dst == {phone.address}'
        assert run.capture.count(asked) <= MOST_NOTIFIES, phone.name
