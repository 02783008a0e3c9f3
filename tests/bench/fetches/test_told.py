"""What history, log, report and CSV say of a phone's files."""

from __future__ import annotations

import csv
import io
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pnp_gui.bench.events.handler import MAX_LINES
from pnp_gui.bench.export.history_csv import history_csv
from pnp_gui.bench.export.report import Result, report_rows
from pnp_gui.bench.export.report_page import report_page
from pnp_gui.bench.fetches.fetches import MAX_URL
from pnp_gui.bench.phones.status import StatusKind
from pnp_gui.bench.record.log import Level
from pnp_gui.bench.store.store import HistoryLine
from pnp_gui.files.fetch import FetchEnd
from pnp_gui.system.steps import finished
from tests.bench.fetches.shelf import HOME, URL, Shelf
from tests.bench.rig import Set, mac

A, B = mac(1), mac(2)


def lines(shelf: Shelf) -> list[HistoryLine]:
    """The history, oldest first, since the URL was accepted."""
    told = shelf.bench.store.history()
    newest = [line.outcome for line in told].index("accepted")
    return told[newest - 1 :: -1] if newest else []


def test_the_history_has_file_size_and_time(shelf: Shelf) -> None:
    shelf.accepts(A)
    shelf.at.clock.forward(3)
    shelf.fetches("a.cfg", 18_432)
    shelf.misses("b.cfg")
    shelf.ends(shelf.begins("firmware.bin", 60_000), FetchEnd.SLOW, 20_000)
    shelf.ends(shelf.begins("c.cfg", 0, status=304))
    shelf.ends(shelf.begins("d.cfg", 7, method="RRQ"))
    shelf.ends(shelf.begins("e.cfg", 0, status=500))
    at, where = shelf.at.clock.unix, ("eth0", HOME)
    assert lines(shelf) == [
        HistoryLine(at, A, A, f"{URL}a.cfg", *where, "fetched", size=18_432),
        HistoryLine(at, A, A, f"{URL}b.cfg", *where, "missing", 404, size=10),
        HistoryLine(at, A, A, f"{URL}firmware.bin", *where, "broken off", 0, "slow", 20_000),
        HistoryLine(at, A, A, f"{URL}c.cfg", *where, "fetched", 304),
        HistoryLine(at, A, A, "tftp://10.13.2.2/d.cfg", *where, "fetched", size=7),
        HistoryLine(at, A, A, f"{URL}e.cfg", *where, "broken off", 500),
    ]


def test_it_is_in_the_file_and_comes_back(shelf: Shelf) -> None:
    shelf.accepts(A)
    shelf.fetches("a.cfg", 18_432)
    before = shelf.bench.store.history()
    assert Shelf(shelf.at.next_run()).bench.store.history() == before


def test_the_log_names_what_can_be_no_file(shelf: Shelf) -> None:
    shelf.folder.listed = ("a.cfg",)
    shelf.accepts(A)
    shelf.ends(shelf.begins("", 0, status=404, target="/../other.xml"))
    assert shelf.bench.log[-1].text == (
        "The phone asks for /../other.xml; the folder has no such file."
    )


@pytest.mark.parametrize("name", ["a.cfg", "snomD785.htm"])
def test_a_file_that_may_not_be_read_is_not_said_to_be_missing(shelf: Shelf, name: str) -> None:
    shelf.folder.listed = ("a.cfg", "snomD785.htm")
    shelf.accepts(A)
    shelf.ends(shelf.begins(name, 0, status=403))
    assert shelf.status(A) is StatusKind.FILE_MISSING
    assert shelf.bench.log[-1].text == (
        f"The phone asked for {name}, which cannot be read (403): another program has it open, or "
        "its permissions do not allow it."
    )


@pytest.mark.parametrize(
    ("end", "says"),
    [
        (FetchEnd.BROKEN, "The phone stopped fetching firmware.bin after 20,000 of 60,000 bytes."),
        (
            FetchEnd.SLOW,
            "The phone took too long to fetch firmware.bin: it has 20,000 of 60,000 bytes.",
        ),
        (FetchEnd.CHANGED, "firmware.bin was changed or removed while it was being sent: the"),
        (FetchEnd.FAILED, "firmware.bin could no longer be read: the phone has 20,000 of"),
        (FetchEnd.STOPPED, "Sending firmware.bin was stopped after 20,000 of 60,000 bytes."),
    ],
)
def test_the_log_says_why_it_broke_off(shelf: Shelf, end: FetchEnd, says: str) -> None:
    shelf.accepts(A)
    shelf.ends(shelf.begins("firmware.bin", 60_000), end, 20_000)
    line = shelf.bench.log[-1]
    assert line.text.startswith(says)
    assert (line.level, line.source) == (Level.WARNING, A)


@pytest.mark.parametrize(
    ("method", "status", "says"),
    [
        ("GET", 200, "The phone fetched a.cfg (18,000 bytes)."),
        ("GET", 304, "The phone asked for a.cfg, which it already has (304)."),
        ("GET", 404, "The phone asked for a.cfg, which does not exist."),
        ("GET", 405, "The phone's request for a.cfg was refused (405)."),
        ("GET", 503, "a.cfg could not be sent (503)."),
        ("HEAD", 200, "The phone asked whether a.cfg exists (18,000 bytes)."),
        ("RRQ", 200, "The phone fetched a.cfg (18,000 bytes)."),
    ],
)
def test_the_log_says_what_became_of_it(shelf: Shelf, method: str, status: int, says: str) -> None:
    shelf.accepts(A)
    shelf.ends(shelf.begins("a.cfg", method=method, status=status))
    assert shelf.log()[-1] == says


def test_one_phone_does_not_push_the_others_lines_out(shelf: Shelf) -> None:
    shelf.accepts(B, address="10.13.2.99")
    shelf.accepts(A)
    for number in range(2 * MAX_LINES):
        shelf.ends(shelf.begins("a.cfg", agent=f"x {mac(2 + number % 2)} {B}"))
    shelf.fetches("b.cfg", address="10.13.2.99")
    history = shelf.bench.store.history()
    assert sum(line.key == A for line in history) <= MAX_LINES + 1
    assert history[0].key == B
    assert sum(line.source == A for line in shelf.bench.log) <= MAX_LINES + 3
    assert shelf.files(A).total == 1


def test_what_is_no_request_is_said(shelf: Shelf) -> None:
    """As of a phone that speaks TLS."""
    shelf.accepts(A)
    shelf.ends(shelf.begins("", 0, method="", target="", status=400))
    assert shelf.log()[-1].startswith("What the phone sent is not an HTTP request (400). Perhaps")


def test_a_long_url_is_cut(shelf: Shelf) -> None:
    shelf.accepts(A)
    shelf.fetches("x" * 8_000)
    (line,) = lines(shelf)
    assert len(line.url) == MAX_URL


# The report.


def report(shelf: Shelf) -> tuple[list[tuple[object, ...]], str]:
    rows = finished(report_rows(shelf.bench.store.history(), shelf.bench.phones, 0.0))
    page = report_page(
        *(rows,), program="x", site="", technician="", around=(), made_at=shelf.at.clock.unix
    )
    html = finished(page).html()
    return [(row.result, row.url, row.file, row.missing, row.at) for row in rows], html


def test_the_report_says_fetched_with_file_and_time(shelf: Shelf) -> None:
    shelf.accepts(A)
    shelf.at.clock.forward(5)
    shelf.fetches("<a>.cfg")
    shelf.misses("b.cfg")
    rows, html = report(shelf)
    at = shelf.at.clock.unix
    assert rows == [(Result.FETCHED, URL, "<a>.cfg", ("b.cfg",), at)]
    when = time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(at))
    assert "✓ Fetched</span>" in html
    assert when in html
    assert "&lt;a&gt;.cfg" in html
    assert "Missing: b.cfg" in html
    assert "<b>1</b> Fetched" in html


def test_it_stays_in_the_report_while_the_phone_asks_again_and_is_forgotten(shelf: Shelf) -> None:
    shelf.accepts(A)
    shelf.fetches("a.cfg")
    at = shelf.at.clock.unix
    shelf.at.clock.forward(60)
    shelf.at.heard(A)
    assert report(shelf)[0] == [(Result.FETCHED, URL, "a.cfg", (), at)]
    shelf.bench.forget([A])
    assert report(shelf)[0] == [(Result.FETCHED, f"{URL}a.cfg", "", (), at)]


@pytest.mark.parametrize(
    ("happens", "result"),
    [("misses", Result.ACCEPTED), ("fetches", Result.FETCHED)],
)
def test_only_a_file_is_a_fetch(shelf: Shelf, happens: str, result: Result) -> None:
    shelf.accepts(A)
    getattr(shelf, happens)("a.cfg")
    assert report(shelf)[0][0][0] is result


def test_the_report_says_what_broke_off_as_the_row_does(shelf: Shelf) -> None:
    shelf.accepts(A)
    shelf.fetches("a.cfg")
    shelf.ends(shelf.begins("firmware.bin", 60_000), FetchEnd.BROKEN, 20_000)
    rows, html = report(shelf)
    assert rows[0][0] is Result.BROKEN_OFF
    assert "✕ Fetch interrupted</span>" in html
    assert "Incomplete: firmware.bin" in html
    shelf.bench.forget([A])
    assert report(shelf)[0][0][0] is Result.BROKEN_OFF


def test_the_report_says_that_a_phone_never_came_as_the_row_does(shelf: Shelf) -> None:
    shelf.accepts(A)
    shelf.wait(61)
    assert shelf.status(A) is StatusKind.NOTHING_FETCHED
    rows, html = report(shelf)
    assert rows[0][0] is Result.NOTHING_FETCHED
    assert "! Accepted, has fetched nothing</span>" in html


def test_a_phone_that_would_get_another_url_now_says_that_first(shelf: Shelf) -> None:
    shelf.accepts(A)
    shelf.fetches("a.cfg")
    shelf.bench.set_default_url(f"{URL}new/")
    assert report(shelf)[0][0][::2] == (Result.OLDER_URL, "a.cfg", shelf.at.clock.unix)


# The history as CSV.


def test_the_csv_has_file_and_size_and_no_password(shelf: Shelf) -> None:
    shelf.accepts(A)
    shelf.ends(shelf.begins("a.cfg", target="/a.cfg?user=bob&password=hush"))
    data = finished(history_csv(shelf.bench.store.history(), shelf.bench.phones, masked=True))
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert (rows[0]["what"], rows[0]["bytes"]) == ("fetched", "18000")
    assert rows[0]["url"] == f"{URL}a.cfg?user=xxx&password=xxxx"
    assert rows[1]["bytes"] == ""


TEXTS = st.text(st.characters(exclude_categories=()), max_size=30)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(TEXTS, TEXTS, st.sampled_from([200, 206, 304, 404, 405, 500])), max_size=5),
    st.sampled_from(FetchEnd),
)
def test_whatever_a_phone_asks_for_is_kept_as_text(
    at: Set, asked: list[tuple[str, str, int]], end: FetchEnd
) -> None:
    shelf = Shelf(at)
    shelf.accepts(A)
    for name, agent, status in asked:
        target = name.encode("ascii", "backslashreplace").decode()
        shelf.ends(shelf.begins(name, target=target, agent=agent, status=status), end)
    shelf.bench.save()
    assert shelf.bench.troubles == {}
    (phone,) = shelf.bench.store.load()
    files = shelf.bench.phones[A].files
    if phone.files is None or files is None:
        assert phone.files is None
    else:
        assert (phone.files.at, phone.files.total) == (files.at, files.total)
        assert len(phone.files.missing) == len(files.missing)
