"""The preview says exactly what a sheet would change, and applying it changes that."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pnp_gui.bench.phones.files import NONE
from pnp_gui.bench.phones.phone import Decision
from pnp_gui.bench.sheet.preview import Change, Verdict, answered_at_once, preview
from pnp_gui.bench.sheet.reading import Reading, read_pasted, read_sheet
from pnp_gui.bench.sheet.sheet import (
    MAX_BYTES,
    MAX_LINES,
    SheetLine,
    too_large,
    write_sheet,
)
from pnp_gui.bench.sheet.text import lines_of
from pnp_gui.pnp.events import SubscribeReceived
from pnp_gui.system.steps import finished
from pnp_gui.trouble import Trouble
from tests.bench.rig import UNIX, Set, ask, mac
from tests.bench.sheet.excel_sheet import BAD, excel_sheet


def pasted(text: str) -> Reading:
    return finished(read_pasted(text))


def test_each_line_is_new_or_changes_or_the_same_or_wrong_in_the_order_of_the_file(
    at: Set,
) -> None:
    at.heard(mac(1), mac(2))
    at.bench.set_label([mac(2)], "Lobby")
    text = (
        "mac,decision,url,label\n"
        f"{mac(1)},approved,http://h/a,Room 1\n"
        "rubbish,approved\n"
        f"{mac(2)},,,Lobby\n"
        f"{mac(3)},denied\n"
    )
    lines = finished(preview(read_sheet(text.encode()), at.bench.phones))
    assert [(line.number, line.verdict, line.key) for line in lines] == [
        (2, Verdict.CHANGES, mac(1)),
        (3, Verdict.WRONG, ""),
        (4, Verdict.SAME, mac(2)),
        (5, Verdict.NEW, mac(3)),
    ]
    assert lines[0].changes == (
        Change("decision", "undecided", "approved"),
        Change("url", "", "http://h/a"),
        Change("label", "", "Room 1"),
    )
    assert lines[1].text == "rubbish,approved"
    assert "rubbish" in str(lines[1].reason)
    assert lines[3].changes == (Change("decision", "undecided", "denied"),)


def test_a_preview_changes_nothing_and_applying_makes_every_line_the_same(at: Set) -> None:
    at.heard(mac(1))
    reading = read_sheet(f"{mac(1)},approved,,x\n{mac(2)},denied\n".encode())
    finished(preview(reading, at.bench.phones))
    assert at.bench.phones[mac(1)].decision is Decision.UNDECIDED
    assert mac(2) not in at.bench.phones
    at.bench.apply_sheet(reading.good)
    assert {line.verdict for line in finished(preview(reading, at.bench.phones))} == {Verdict.SAME}


@pytest.mark.parametrize(("lines", "pauses"), [(0, 0), (199, 0), (200, 1), (401, 2)])
def test_a_long_preview_pauses_for_phones_that_ask(lines: int, pauses: int) -> None:
    good = [SheetLine(number, mac(number), None, None, "") for number in range(lines)]
    assert sum(1 for _ in preview(Reading(good), {})) == pauses


def test_the_number_of_phones_that_would_be_answered_at_once(at: Set) -> None:
    at.heard(mac(1), mac(2), mac(3))
    at.bench.approve([mac(3)])
    good = [
        SheetLine(n, mac(n), Decision.APPROVED if n != 2 else Decision.DENIED, None, "approved")
        for n in (1, 2, 3, 4)
    ]
    lines = finished(preview(Reading(good), at.bench.phones))
    assert answered_at_once(lines, at.bench.phones, at.bench.urls) == 1
    at.wire.told.clear()
    at.bench.apply_sheet(good)
    assert [told for told in at.wire.told if told[0] == "offer"] == [("offer", mac(1))]


def test_a_phone_whose_url_cannot_be_filled_in_is_not_answered_at_once(at: Set) -> None:
    at.bench.set_default_url("http://h/${mac}.xml")
    at.absorb(SubscribeReceived(ask("", "10.13.2.37"), at.clock.monotonic, False))
    (key,) = at.bench.phones

    def told(url: str | None) -> int:
        lines = finished(
            preview(Reading([SheetLine(1, key, Decision.APPROVED, url, None)]), at.bench.phones)
        )
        return answered_at_once(lines, at.bench.phones, at.bench.urls)

    assert (told(None), told("http://h/a.xml")) == (0, 1)
    at.bench.set_own_url([key], "http://h/own.xml")
    assert (told(None), told("")) == (1, 0)
    at.bench.set_own_url([key], "")
    at.bench.approve([key])
    assert (told(None), told("http://h/a.xml")) == (0, 1)
    at.wire.told.clear()
    at.bench.apply_sheet([SheetLine(1, key, None, "http://h/a.xml", None)])
    assert ("offer", key) in at.wire.told


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_excels_sheet_comes_back_from_an_export_as_it_was(at: Set, separator: str) -> None:
    reading = read_sheet(excel_sheet())
    good, bad = reading.good, reading.bad
    assert (len(good), len(bad)) == (491, 9)
    assert [(line.number, line.reason.code) for line in bad] == BAD
    at.bench.apply_sheet(good)
    kept = {key: (p.decision, p.own_url, p.label) for key, p in at.bench.phones.items()}
    assert len(kept) == 491
    assert kept["000413B00003"][2] == "Büro „Süd“; 103 €"
    at.bench.phones["000413B00003"].fetched(NONE.fetched("a.cfg", 1, UNIX, 1.0))

    exported = write_sheet(at.bench.phones.values(), separator)
    again = read_sheet(exported)
    assert again.bad == []
    head = ["mac", "decision", "url", "label", "fetched"]
    assert exported.decode("utf-8-sig").startswith(separator.join(head))
    fetched = datetime.fromtimestamp(UNIX, UTC).astimezone().isoformat(" ")
    assert exported.count(f"{separator}{fetched}\r\n".encode()) == 1
    assert {line.verdict for line in finished(preview(again, at.bench.phones))} == {Verdict.SAME}
    at.bench.apply_sheet(again.good)
    assert kept == {key: (p.decision, p.own_url, p.label) for key, p in at.bench.phones.items()}
    assert write_sheet(at.bench.phones.values(), separator) == exported

    elsewhere = at.next_run()
    assert kept == {
        key: (p.decision, p.own_url, p.label) for key, p in elsewhere.bench.phones.items()
    }
    elsewhere.bench.store.close()


def test_pasted_cells_are_a_sheet() -> None:
    reading = pasted(f"MAC\tLabel\n{mac(1)}\tRoom 1\nnone\tRoom 2\n")
    assert [(line.mac, line.label) for line in reading.good] == [(mac(1), "Room 1")]
    assert [line.number for line in reading.notes] == [3]


def test_any_pasted_text_gives_its_macs_and_decides_nothing() -> None:
    reading = pasted(
        "Dear colleague,\nplease expect the phone 00:04:13:00:00:01 (lobby)\n"
        "and 000413000002.\nThe first one, 0004.1300.0001, is urgent.\n"
    )
    assert reading.good == [
        SheetLine(2, mac(1), None, None, None),
        SheetLine(3, mac(2), None, None, None),
    ]
    assert reading.bad == []


@pytest.mark.parametrize("line", ["{:012X}", "phone no. {:012X}", "no phone {}"])
def test_pasted_text_has_the_limits_of_a_file_and_is_not_cut_in_silence(line: str) -> None:
    text = "\n".join(line.format(number) for number in range(MAX_LINES + 1))
    assert pasted(text) == Reading(refused=too_large())
    assert pasted("x" * (MAX_BYTES + 1)) == Reading(refused=too_large())
    with pytest.raises(Trouble):  # before millions of lines are split into cells
        finished(lines_of(b"a\n" * (MAX_BYTES // 2)))


def test_pasted_text_without_a_mac_is_no_phone() -> None:
    assert pasted("nothing of the kind").good == []
