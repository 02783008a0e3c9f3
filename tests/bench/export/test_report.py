from __future__ import annotations

import csv
import io
import re
import time
from collections import ChainMap, Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pnp_gui.bench.export import report_page as page_module
from pnp_gui.bench.export.history_csv import HISTORY_HEAD, history_csv
from pnp_gui.bench.export.report import Result, report_rows
from pnp_gui.bench.phones.key import show_key
from pnp_gui.bench.phones.phone import Decision, Phone, Progress
from pnp_gui.bench.sheet.sheet import SheetLine
from pnp_gui.bench.store.rows import KNOWN_BY_MAC, forgotten_phones
from pnp_gui.bench.store.store import HistoryLine
from pnp_gui.pnp.events import Conflict
from pnp_gui.system.steps import finished
from tests.bench.rig import UNIX, Set, ask, mac

URL = "http://bob:secret@pbx/{mac}.xml?password=hush"
report_page = partial(
    page_module.report_page,
    program="PnP Bench 1.0",
    site="",
    technician="",
    around=("All phones.", "Listening on UDP 5060: eth0 10.13.2.2."),
    made_at=UNIX,
)
VOID = {"meta", "br", "wbr", "link"}


def line(key: str, outcome: str, code: int = 0, *, at: float = UNIX, url: str = URL) -> HistoryLine:
    return HistoryLine(at, key, key, url, "eth0", "10.13.2.37", outcome, code)


class Reader(HTMLParser):
    """Reads a page as strictly as a page may be read: every element is closed in its order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.stack: list[str] = []
        self.cells: list[list[str]] = []
        self.text = ""
        self.tags: list[str] = []
        self.declared = ""
        self.feed(page)
        self.close()
        assert self.stack == []

    def handle_decl(self, decl: str) -> None:
        self.declared = decl

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag not in VOID:
            self.stack.append(tag)
        if tag == "tr":
            self.cells.append([])
        if tag in ("td", "th"):
            self.cells[-1].append("")
        if tag == "br":
            self.cells[-1][-1] += "\n"

    def handle_endtag(self, tag: str) -> None:
        assert self.stack.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data
        if {"td", "th"} & set(self.stack):
            self.cells[-1][-1] += data


def read_csv(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_the_last_word_of_each_phone_and_how_often_it_was_offered() -> None:
    a, b, c = mac(1), mac(2), mac(3)
    lines = [  # the newest first
        line(a, "accepted", 200, at=UNIX + 5),
        line(a, "offered", at=UNIX + 4),
        line(b, "reboot: refused", 401, at=UNIX + 3, url=""),
        line(b, "refused", 481, at=UNIX + 2),
        line(a, "no answer", at=UNIX + 1),
        line(a, "offered", at=UNIX),
        line(c, "offered", at=UNIX - 90_000),
    ]
    phones = {
        a: Phone(
            *(a, a, Decision.APPROVED),
            label="Lobby",
            make="snom",
            model="D785",
            last_seen=UNIX,
            progress=Progress.ACCEPTED,
            code=200,
            progress_at=UNIX + 5,
            sent_url=URL,
        ),
        mac(4): Phone(mac(4), mac(4), decision=Decision.DENIED, last_seen=UNIX),
        mac(5): Phone(mac(5), mac(5), last_seen=UNIX - 90_000),
        mac(6): Phone(mac(6), mac(6), decision=Decision.APPROVED),
    }
    rows = finished(report_rows(lines, phones, UNIX - 10))
    assert [(row.key, row.decision, row.result, row.code, row.offered) for row in rows] == [
        (a, "approved", Result.ACCEPTED, 200, 2),
        (b, "", Result.REFUSED, 481, 0),
        (mac(4), "denied", Result.NOTHING, 0, 0),
    ]
    assert (rows[0].label, rows[0].make, rows[0].at) == ("Lobby", "snom", UNIX + 5)
    assert (rows[0].last_asked, rows[2].at, rows[2].last_asked) == (UNIX, None, UNIX)
    everything = finished(report_rows(lines, phones, 0.0))
    assert [row.key for row in everything] == [a, b, c, mac(4), mac(5), mac(6)]
    counts = Counter(row.result for row in everything)
    assert counts[Result.OFFERED] == counts[Result.ACCEPTED] == 1
    assert sum(counts.values()) == 6
    assert Counter(row.decision for row in everything)["approved"] == 2


@pytest.mark.parametrize("decision", Decision)
def test_the_report_says_what_the_row_says_and_the_decision_apart(
    at: Set, decision: Decision
) -> None:
    key = mac(1)
    at.heard(key)
    at.bench.approve([key])
    at.offered(key, "http://pbx/old")
    at.answered(key, 200, "OK", "http://pbx/old")
    at.bench.apply_sheet([SheetLine(0, key, decision, None, None)])
    at.bench.set_default_url("http://pbx/new")
    (row,) = finished(report_rows(at.bench.store.history(), at.bench.phones, 0.0))
    assert row.decision == decision
    older = decision is Decision.APPROVED
    assert row.result is (Result.OLDER_URL if older else Result.ACCEPTED)
    assert (row.url, row.at) == ("http://pbx/old", at.bench.phones[key].accepted_at)
    at.heard(key)  # it asks again: it still has what it had
    (row,) = finished(report_rows(at.bench.store.history(), at.bench.phones, 0.0))
    assert (row.result, row.url) == (Result.ACCEPTED, "http://pbx/old")
    at.bench.forget([key])
    (row,) = finished(report_rows(at.bench.store.history(), at.bench.phones, 0.0))
    assert (row.decision, row.result, row.url) == ("forgotten", Result.ACCEPTED, "http://pbx/old")


def test_the_report_says_that_another_address_asks_with_the_phones_mac(at: Set) -> None:
    key = mac(1)
    at.heard(key)
    at.bench.approve([key])
    at.offered(key, "http://pbx/a")
    at.answered(key, 200, "OK", "http://pbx/a")
    other = ask(key, "10.13.2.99")
    at.absorb(Conflict(other, at.clock.monotonic, other))
    rows = finished(report_rows(at.bench.store.history(), at.bench.phones, 0.0))
    read = Reader(finished(report_page(rows)).html())
    assert read.cells[1][4].startswith("\N{CHECK MARK} Accepted 200\n")
    assert read.cells[1][4].endswith("\nConflict: also at 10.13.2.99")
    at.bench.deny([key])
    (row,) = finished(report_rows(at.bench.store.history(), at.bench.phones, 0.0))
    assert row.also_at == ""


def test_the_history_of_real_offers_as_a_table(at: Set) -> None:
    at.heard(mac(1))
    at.bench.set_label([mac(1)], "=cmd|calc")
    at.offered(mac(1), URL)
    at.answered(mac(1), 200, "OK", URL)
    lines = at.bench.store.history()
    head, newest, oldest = read_csv(finished(history_csv(lines, at.bench.phones, masked=True)))
    assert head == list(HISTORY_HEAD)
    assert datetime.fromisoformat(newest[0]) == datetime.fromtimestamp(UNIX, UTC)
    assert newest[1:] == [
        *("00:04:13:00:00:01", "'=cmd|calc", "snom", "snomD785", "10.13.2.37", "eth0"),
        *("accepted", "", "200", "http://xxx:xxxxxx@pbx/{mac}.xml?password=xxxx", ""),
    ]
    assert oldest[7:10] == ["offered", "", ""]
    open_ = finished(history_csv(lines, at.bench.phones, masked=False, separator=";"))
    assert URL in open_.decode("utf-8-sig")
    assert open_.decode("utf-8-sig").startswith("time;mac;label")


def test_lines_of_an_address_are_those_of_the_mac_that_it_got_afterwards() -> None:
    lines = [  # the newest first; another device has the address since
        line("ip:10.13.2.37", "offered", at=UNIX + 4),
        line(mac(1), "accepted", 200, at=UNIX + 3),
        line(mac(1), KNOWN_BY_MAC, at=UNIX + 2, url=""),
        line("ip:10.13.2.37", "offered", at=UNIX + 1),
        line("ip:10.13.2.37", "approved", at=UNIX),
    ]
    rows = finished(report_rows(lines, {}, 0.0))
    assert [(row.key, row.decision, row.result, row.offered) for row in rows] == [
        (mac(1), "approved", Result.ACCEPTED, 1),
        ("ip:10.13.2.37", "", Result.OFFERED, 1),
    ]


@pytest.fixture
def central_europe(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as patched:
        patched.setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3")
        time.tzset()
        yield
    time.tzset()


@pytest.mark.usefixtures("central_europe")
def test_a_time_in_summer_says_its_zone_in_a_report_of_winter() -> None:
    half_a_year = 182 * 24 * 3600  # UNIX is in January
    lines = [line(mac(1), "accepted", 200), line(mac(2), "accepted", 200, at=UNIX - half_a_year)]
    read = Reader(finished(report_page(finished(report_rows(lines, {}, 0.0)))).html())
    assert "Date: 2027-01-15 09:00:00 +0100\n" in read.text
    _, winter, summer = (cells[4].splitlines()[1] for cells in read.cells)
    assert (winter, summer) == ("2027-01-15 09:00:00", "2026-07-17 10:00:00 +0200")


def test_a_forgotten_phone_keeps_its_label(at: Set) -> None:
    at.heard(mac(1))
    at.bench.set_label([mac(1)], "Reception")
    at.bench.approve([mac(1)])
    at.bench.forget([mac(1)])
    again = at.next_run().bench
    lines = again.store.history()
    (row,) = finished(report_rows(lines, again.phones, 0.0))
    assert (row.label, row.decision) == ("Reception", "forgotten")
    phones = ChainMap(again.phones, forgotten_phones(lines))
    _, *rows = read_csv(finished(history_csv(lines, phones, masked=True)))
    assert [row[2] for row in rows] == ["Reception", "Reception"]


def test_the_page_stands_alone_and_is_well_formed() -> None:
    a, b = mac(1), mac(2)
    lines = [line(a, "accepted", 200), line(b, "refused", 481)]
    phones = {a: Phone(a, a, label="<script>alert(1)</script> & \x00\ud800", last_seen=UNIX)}
    page = finished(report_page(finished(report_rows(lines, phones, 0.0)))).html()
    read = Reader(page)
    assert read.declared == "DOCTYPE html"
    assert page.startswith('<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">')
    assert not {"script", "img", "link", "iframe", "object"} & set(read.tags)
    assert "http-equiv" not in page
    assert "url(" not in page
    assert "@import" not in page
    assert "size: A4" in page
    head, *rows = read.cells
    assert len(rows) == 2
    assert all(len(row) == len(head) for row in rows)
    assert rows[0][0] == f"<script>alert(1)</script> &   \n{show_key(a)}"
    assert "\N{CHECK MARK} Accepted 200" in rows[0][4]
    assert "\N{MULTIPLICATION X} Refused 481" in rows[1][4]
    assert "2 in total" in " ".join(read.text.split())


@pytest.mark.parametrize("masked", [True, False])
def test_the_page_masks_unless_asked(masked: bool) -> None:
    rows = finished(report_rows([line(mac(1), "accepted", 200)], {}, 0.0))
    page = finished(report_page(rows, around=(), masked=masked)).html()
    assert ("secret" in page, "hush" in page) == (not masked, not masked)
    assert ("masked with x" in page) == masked


def test_the_head_names_site_and_technician_as_they_were_typed() -> None:
    read = Reader(finished(report_page([], site="Müller & <Söhne> {x}", technician="Jörg")).html())
    assert "Site: Müller & <Söhne> {x}\nTechnician: Jörg\nDate: 20" in read.text
    assert re.search(r"Date: \S+ \d\d:\d\d:\d\d [+-]\d{4}\n", read.text)  # whose time it is
    assert "Site" not in Reader(finished(report_page([])).html()).text


def test_the_sheets_of_the_page_are_the_page() -> None:
    phones = {mac(n): Phone(mac(n), mac(n), label=f"desk {n}", last_seen=UNIX) for n in range(5)}
    page = finished(report_page(finished(report_rows([], phones, 0.0)), site="Lobby"))
    sheets = [page.html(0, 2), page.html(2, 4), page.html(4, 6)]
    cells = [Reader(sheet).cells for sheet in sheets]
    assert [len(rows) for rows in cells] == [3, 3, 2]
    assert [rows[0] for rows in cells] == [cells[0][0]] * 3
    assert [row for rows in cells for row in rows[1:]] == Reader(page.html()).cells[1:]
    assert ["Site: Lobby" in sheet for sheet in sheets] == [True, False, False]
    assert ["masked with x" in sheet for sheet in sheets] == [False, False, True]


def test_a_page_without_phones_says_so_and_words_are_translated() -> None:
    read = Reader(finished(report_page([], tr=lambda text: f"<{text}>")).html())
    assert "<No such phone.>" in read.text
    assert read.cells == []


def test_a_phone_without_a_mac_stands_there_by_its_address() -> None:
    key = "ip:10.13.2.37"
    read = Reader(
        finished(
            report_page(finished(report_rows([], {key: Phone(key, last_seen=UNIX)}, 0.0)))
        ).html()
    )
    assert "10.13.2.37" in read.cells[1]
    assert key not in read.text


@given(st.text(max_size=60), st.text(max_size=60))
def test_whatever_a_phone_says_is_text(label: str, model: str) -> None:
    key = mac(1)
    phones = {key: Phone(key, key, label=label, model=model, last_seen=UNIX)}
    read = Reader(finished(report_page(finished(report_rows([], phones, 0.0)))).html())
    assert len(read.cells) == 2
    assert len(read.cells[1]) == len(read.cells[0])


def test_labels_stand_in_the_order_in_which_people_count() -> None:
    labels = ["desk 11", "", "Desk 2", "desk 1"]
    phones = {mac(n): Phone(mac(n), mac(n), label=each) for n, each in enumerate(labels)}
    rows = finished(report_rows([line(key, "accepted", 200) for key in phones], phones, 0.0))
    assert [row.label for row in rows] == ["desk 1", "Desk 2", "desk 11", ""]
