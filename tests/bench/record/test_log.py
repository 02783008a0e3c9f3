from __future__ import annotations

from pnp_gui.bench.record.log import (
    IGNORED_LINES_A_SECOND,
    MAX_LINES,
    MAX_REASONS,
    OTHER_REASONS,
    Level,
    Log,
)
from pnp_gui.pnp.events import Ignored


def ignored(reason: str = "no Via") -> Ignored:
    return Ignored(5.0, ("10.13.2.9", 4000), "eth0", reason, 17, 200)


def test_an_ignored_datagram_is_a_line_with_reason_and_offset_and_a_count() -> None:
    log = Log()
    log.ignore(ignored(), 100.0)
    (line,) = log
    assert line.text == "Ignored 200 bytes on eth0: no Via (at byte 17)."
    assert (line.at, line.level, line.source) == (100.0, Level.WARNING, "10.13.2.9:4000")
    assert log.ignored == {"no Via": 1}


def test_a_flood_is_counted_but_cannot_push_the_other_lines_out() -> None:
    log = Log()
    log.add(99.0, Level.INFO, "Approved.", source="000413A2105F")
    for _ in range(100_000):
        log.ignore(ignored(), 100.25)
    assert log[0].text == "Approved."
    assert len(log) == 1 + IGNORED_LINES_A_SECOND + 1
    assert "only counted" in log[-1].text
    assert log.ignored == {"no Via": 100_000}
    log.ignore(ignored()._replace(at=6.0), 101.25)
    assert log[-1].text.startswith("Ignored")


def test_lines_and_reasons_are_bounded() -> None:
    log = Log()
    for number in range(MAX_LINES + 5):
        log.add(0.0, Level.INFO, "{n}", {"n": number})
        log.ignore(ignored(f"reason {number}"), 0.0)
    assert len(log) == MAX_LINES
    assert log[-1].text == str(MAX_LINES + 4)
    assert len(log.ignored) == MAX_REASONS + 1
    assert sum(log.ignored.values()) == MAX_LINES + 5
    assert log.ignored[OTHER_REASONS] == MAX_LINES + 5 - MAX_REASONS


def test_a_view_asks_for_the_new_lines_only() -> None:
    log = Log()
    log.add(0.0, Level.INFO, "a")
    seen = log.added
    assert log.since(seen) == []
    log.add(0.0, Level.INFO, "b")
    log.add(0.0, Level.INFO, "c")
    assert [line.text for line in log.since(seen)] == ["b", "c"]
    for _ in range(MAX_LINES):
        log.add(0.0, Level.INFO, "d")
    assert len(log.since(seen)) == MAX_LINES
    assert log.dropped == 3
