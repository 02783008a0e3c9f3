"""What a narrow cell keeps of its text: what differs from row to row."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pnp_gui.ui.table.columns import COLUMNS, Column
from pnp_gui.ui.table.elide import elide_asked, elide_url
from pnp_gui.ui.table.view import PhoneTable
from tests.bench.rig import Set, mac
from tests.ui.spots import header_of

URL = "http://prov.example/snom/0004/13/000413a2100a.xml"


@pytest.fixture
def metrics(qapp: QApplication) -> QFontMetrics:
    return QFontMetrics(qapp.font())


def test_a_url_keeps_host_and_end(metrics: QFontMetrics) -> None:
    width = metrics.horizontalAdvance
    assert elide_url(URL, metrics, width(URL)) == URL
    assert elide_url(URL, metrics, width(URL) - 1) == URL.removeprefix("http://")
    short = "prov.example/…/000413a2100a.xml"
    assert elide_url(URL, metrics, width(short) + 4) == short
    tight = elide_url(URL, metrics, width("prov.example/…100a.xml"))
    assert tight.startswith("prov.example/…")
    assert tight.endswith("0a.xml")
    tiny = elide_url(URL, metrics, width("prov.…0a.xml"))
    assert tiny.startswith("pro")
    assert tiny.endswith(".xml")


@pytest.mark.parametrize(
    "url",
    [
        *(
            URL,
            "https://u:secret@prov.example:8443/a/b/c.cfg?mac=000413A2100A",
            "tftp://10.0.0.1/x",
        ),
        *(
            "http://h",
            "http://h/",
            "no url at all",
            "",
            "http://" + "h" * 200,
            "http://h/" + "p" * 300,
        ),
    ],
)
def test_no_url_is_wider_than_its_cell(metrics: QFontMetrics, url: str) -> None:
    for width in range(40, 400, 7):
        shown = elide_url(url, metrics, width)
        assert metrics.horizontalAdvance(shown) <= width + metrics.horizontalAdvance("…"), shown
        assert "secret" not in shown or shown == url or shown == url.partition("://")[2]


def test_asked_keeps_when(metrics: QFontMetrics) -> None:
    text = "59 min ago  \N{MULTIPLICATION SIGN}12"
    whole = metrics.horizontalAdvance(text)
    assert elide_asked(text, metrics, whole) == text
    assert elide_asked(text, metrics, whole - 20) == "59 min ago"
    assert elide_asked(text, metrics, metrics.horizontalAdvance("59 min…")) == "59 min…"
    assert elide_asked("2 min ago", metrics, whole) == "2 min ago"


def test_a_double_click_on_a_border_fits_the_content(at: Set, table: PhoneTable) -> None:
    at.heard(mac(1))
    label = "Reception, the second desk on the left, behind the plant"
    at.bench.set_label([mac(1)], label)
    table.phone_model.flush()
    header = header_of(table)
    header.resizeSection(Column.LABEL, 60)
    right = header.sectionViewportPosition(Column.LABEL) + header.sectionSize(Column.LABEL) - 1
    spot = QPoint(right, header.height() // 2)
    QTest.mouseDClick(header.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    needed = QFontMetrics(QApplication.font()).horizontalAdvance(label)
    assert needed < header.sectionSize(Column.LABEL) < needed + 40


def test_address_and_model_keep_what_differs(metrics: QFontMetrics) -> None:
    address, model = COLUMNS[Column.ADDRESS].elided, COLUMNS[Column.MODEL].elided
    assert address is not None
    assert model is not None
    width = metrics.horizontalAdvance("127.0.0…")
    assert address("127.0.0.19", metrics, width).endswith(".19")
    assert address("127.0.0.19", metrics, 1000) == "127.0.0.19"
    width = metrics.horizontalAdvance("snomD7…")
    assert model("snomD785", metrics, width).endswith("85")
    assert model("snomD785", metrics, width).startswith("sn")
