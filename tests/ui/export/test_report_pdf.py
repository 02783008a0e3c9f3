"""What stands in the report's PDF, read back by poppler."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QPdfWriter, QTextDocument
from pytestqt.qtbot import QtBot

from pnp_gui.bench.export.report import ReportRow, Result
from pnp_gui.bench.export.report_page import ReportPage, report_page
from pnp_gui.bench.phones.key import show_key
from pnp_gui.system.steps import finished
from pnp_gui.ui.export.report_pdf import _Sheet, report_pdf
from tests.bench.rig import UNIX, mac
from tests.ui.export.pdf_text import pdf_pages, pdf_words

MARKUP = '<img src="file:///etc/passwd"><b>bold</b> & &amp;'


def made(rows: list[ReportRow]) -> ReportPage:
    return finished(
        report_page(
            rows,
            program="PnP Bench 1.0",
            site="Müller & <Söhne>",
            technician="Jörg Weiß",
            around=("All phones.",),
            made_at=UNIX,
        )
    )


def written(page: ReportPage, folder: Path) -> Path:
    steps = report_pdf(page)
    percent = [0]
    while True:
        try:
            percent.append(next(steps))
        except StopIteration as end:
            path = folder / "report.pdf"
            path.write_bytes(end.value)
            assert percent == sorted(percent)
            assert percent[-1] == 100
            return path


def phone(number: int, **facts: str) -> ReportRow:
    row = ReportRow(mac(number), result=Result.ACCEPTED, code=200, at=UNIX)
    facts = {"label": f"desk {number}", "url": f"http://pbx/{number}.xml", **facts}
    return replace(row, **facts)  # type: ignore[arg-type]


def test_one_page_has_the_head_the_counts_and_the_phones(qtbot: QtBot, tmp_path: Path) -> None:
    rows = [phone(1, label="Süd, Größe 7"), phone(2, label="")]
    (text,) = pdf_pages(written(made(rows), tmp_path))
    for part in (
        *("Site: Müller & <Söhne>", "Technician: Jörg Weiß", "Date: 20", "All phones."),
        *("2 in total", "Süd, Größe 7", show_key(mac(2)), "✓ Accepted 200"),
        *("http://pbx/1.xml", "masked with x", "Page 1 of 1"),
    ):
        assert part in text, part


def test_many_pages_have_each_phone_once_a_heading_and_their_number(
    qtbot: QtBot, tmp_path: Path
) -> None:
    rows = [phone(number) for number in range(300)]
    for row in rows[100:120]:
        row.url = "http://pbx/" + "long-path/" * 100
    pages = pdf_pages(written(made(rows), tmp_path))
    assert len(pages) > 10
    found = Counter(re.findall(r"00:04:13:\S+", "".join(pages)))
    assert found == Counter(show_key(row.key) for row in rows)
    for number, text in enumerate(pages, 1):
        assert "Make and model" in text
        assert f"Page {number} of {len(pages)}" in text
    assert ["Site:" in text for text in pages] == [True, *[False] * (len(pages) - 1)]
    assert ["masked with x" in text for text in pages] == [*[False] * (len(pages) - 1), True]


def test_what_a_phone_says_is_text_and_nothing_of_it_is_cut_off(
    qtbot: QtBot, tmp_path: Path
) -> None:
    said = {"label": MARKUP, "model": "W" * 64, "version": "v" * 200, "url": "http://" + "u" * 900}
    path = written(made([phone(1, **said)]), tmp_path)
    words = pdf_words(path)
    text = "".join(word for word, _, _ in words)
    assert "<imgsrc=" in text
    assert "<b>bold</b>&&amp;" in text
    assert text.count("W") == 64 + len(["When", "Weiß"])
    assert text.count("u") > 900
    assert min(left for _, left, _ in words) > 0.03
    assert max(right for _, _, right in words) < 0.97


def test_it_can_be_given_up_at_any_step(qtbot: QtBot) -> None:
    """Qt warns when a painter outlives what it paints on; a warning fails the test."""
    page = made([phone(number) for number in range(50)])
    for given_up in range(10):
        steps = report_pdf(page)
        for _ in range(given_up):
            next(steps, None)
        steps.close()


def test_without_a_phone_it_says_so(qtbot: QtBot, tmp_path: Path) -> None:
    (text,) = pdf_pages(written(made([]), tmp_path))
    assert "No such phone." in text
    assert "Make and model" not in text


@pytest.mark.parametrize("kind", QTextDocument.ResourceType)
def test_a_sheet_loads_nothing(
    qtbot: QtBot, tmp_path: Path, kind: QTextDocument.ResourceType
) -> None:
    file = tmp_path / "secret.css"
    file.write_text("b { color: red }")
    sheet = _Sheet("<b>x</b>", QPdfWriter(str(tmp_path / "out.pdf")))
    assert QTextDocument().resource(kind, file.as_uri()) is not None
    assert sheet.resource(kind, file.as_uri()) is None
