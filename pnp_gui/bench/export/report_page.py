"""The report as HTML: one page for the screen, and parts of it for the sheets of the PDF
(`ui/export/report_pdf.py`). It needs no script, image or network, and says everything in words, so
that it can be read without colour and on paper.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape

from pnp_gui.bench.export.report import ReportRow, Result
from pnp_gui.bench.phones.key import show_key
from pnp_gui.bench.store.rows import FORGOTTEN
from pnp_gui.system.mask import mask_url
from pnp_gui.system.steps import AT_ONCE, Steps
from pnp_gui.texts import Text

# Landscape: upright, a usual URL would take four lines, and a MAC would be broken. Qt reads this as
# well, for the PDF: it has no rem or flex, takes a size in px before one in pt, and any other rule
# before one in @media; it stops at @bottom-right.
_STYLE = """
body { margin: 0; background: #fff; color: #1c2430; font-size: 10pt;
  font-family: "Segoe UI", "Helvetica Neue", Arial, "DejaVu Sans", sans-serif; }
h1 { margin: 0 0 6px 0; font-size: 16pt; }
p { margin: 2px 0; overflow-wrap: anywhere; }
.dim, .below { color: #5f6b7b; }
.counts { margin: 14px 0; }
table { width: 100%; table-layout: fixed; border-collapse: collapse; font-size: 8.5pt; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
th, td { padding: 4px 10px 4px 0; border-bottom: 1px solid #c8cdd5; text-align: left;
  vertical-align: top; overflow-wrap: anywhere; }
th { border-bottom: 2px solid #1c2430; }
.strong { font-weight: 600; }
.code { font-family: Consolas, "DejaVu Sans Mono", Menlo, monospace; }
.good { color: #12753a; font-weight: 600; }
.bad { color: #b3261e; font-weight: 600; }
.nowrap { white-space: nowrap; }
.below { margin-top: 14px; }
@media screen {
  body { margin: 24px auto; padding: 0 20px; max-width: 1500px; font-size: 11pt; }
  table { font-size: 10pt; }
}
@page { size: A4 landscape; margin: 12mm;
  @bottom-right { content: counter(page) " / " counter(pages); } }
"""

_WORDS = {
    Result.FETCHED: (Text("Fetched"), "✓", "good"),
    Result.BROKEN_OFF: (Text("Fetch interrupted"), "✕", "bad"),
    Result.ACCEPTED: (Text("Accepted"), "✓", "good"),
    Result.NOTHING_FETCHED: (Text("Accepted, has fetched nothing"), "!", "bad"),
    Result.OLDER_URL: (Text("Accepted, older URL"), "!", "bad"),
    Result.REFUSED: (Text("Refused"), "✕", "bad"),
    Result.NO_ANSWER: (Text("No answer"), "✕", "bad"),
    Result.NOT_SENT: (Text("Not sent"), "✕", "bad"),
    Result.OFFERED: (Text("Offered"), "…", ""),
    Result.NO_URL: (Text("No URL"), "✕", "bad"),
    Result.NOTHING: (Text("Nothing offered"), "-", ""),
}
_DECISIONS = {
    "approved": Text("Approved"),
    "denied": Text("Denied"),
    "undecided": Text("Undecided"),
    FORGOTTEN: Text("Forgotten"),
}

_COLUMNS = (
    (14, (Text("Label"), Text("Phone"))),
    (13, (Text("Make and model"), Text("Version"))),
    (12, (Text("Address"), Text("Interface"))),
    (13, (Text("Decision"), Text("Last asked"))),
    (15, (Text("Result"), Text("When"), Text("Last file"))),
    (5, (Text("Times"),)),
    (28, (Text("URL"),)),
)
"""Percent of the width, and the heading: what stands in each line of a cell."""


@dataclass(frozen=True, slots=True)
class ReportPage:
    """The report in HTML, in pieces."""

    title: str
    """Plain text, with the time."""
    above: str
    heading: str
    rows: Sequence[str]
    below: str

    def html(self, start: int = 0, stop: int | None = None) -> str:
        """The page. With fewer than all rows, a sheet of it: only the first has what stands above
        the table, only the last what stands below; each has the heading."""
        stop = len(self.rows) if stop is None else stop
        body = f"<tbody>\n{''.join(self.rows[start:stop])}</tbody>\n"
        table = f"<table>\n<thead>\n{self.heading}</thead>\n{body}</table>\n" if self.rows else ""
        above = "" if start else self.above
        below = self.below if stop >= len(self.rows) else ""
        return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{_text(self.title)}</title>
<style>{_STYLE}</style>
</head>
<body>
{above}{table}{below}</body>
</html>
"""


def report_page(
    rows: Sequence[ReportRow],
    *,
    program: str,
    site: str,
    technician: str,
    around: Sequence[str],
    made_at: float,
    masked: bool = True,
    tr: Callable[[str], str] = lambda text: text,
) -> Steps[ReportPage]:
    """`program`: name and version; `site`, `technician`: for the head, or ""; `around`: sentences
    on the period and where the program listens; `made_at`: unix seconds; `masked`: user and
    password in URLs as x's; `tr` translates the texts."""
    # Who reads it elsewhere needs the zone of its times.
    zone = _zone(made_at)
    title, at = tr(Text("Provisioning report")), _time(made_at, zone)
    head = (
        tr(Text("Site: {site}")).format(site=site) if site else "",
        tr(Text("Technician: {name}")).format(name=technician) if technician else "",
        tr(Text("Date: {time}")).format(time=f"{at} {zone}"),
    )
    made = tr(Text("Created with {program}.")).format(program=program)
    note = tr(Text("User names and passwords in URLs are masked with x.")) if masked else ""
    nobody = "" if rows else tr(Text("No such phone."))
    made_rows: list[str] = []
    for start in range(0, len(rows), AT_ONCE):
        yield 100 * start // len(rows)
        made_rows += [_row(row, tr, masked, zone) for row in rows[start : start + AT_ONCE]]
    return ReportPage(
        f"{title} {at}",
        f"<h1>{_text(title)}</h1>\n{_lines('', *head)}{_lines('dim', made, *around)}"
        f"{_counts(rows, tr)}{_lines('', nobody)}",
        _heading(tr),
        made_rows,
        _lines("below", note),
    )


def _lines(names: str, *texts: str) -> str:
    return "".join(f'<p class="{names}">{_text(text)}</p>\n' for text in texts if text)


def _counts(rows: Sequence[ReportRow], tr: Callable[[str], str]) -> str:
    items = [(len(rows), tr(Text("in total")))]
    decided = Counter(row.decision for row in rows)
    items += [(decided[each], tr(words)) for each, words in _DECISIONS.items() if decided[each]]
    counts = Counter(row.result for row in rows)
    items += [(counts[result], tr(_WORDS[result][0])) for result in Result if counts[result]]
    inside = (f'<span class="nowrap"><b>{n}</b> {_text(word)}</span>' for n, word in items)
    return f'<p class="counts">{" · ".join(inside)}</p>\n'


def _heading(tr: Callable[[str], str]) -> str:
    cells = (
        f'<th scope="col" width="{width}%">{"<br>".join(_text(tr(name)) for name in names)}</th>'
        for width, names in _COLUMNS
    )
    return f"<tr>{''.join(cells)}</tr>\n"


def row_words(row: ReportRow, tr: Callable[[str], str]) -> str:
    """What the row's line says, with user and password masked: one line for each of its texts."""
    cells = _cells(row, tr, True, _zone(time.time()))
    return "\n".join(text for cell in cells for _, text in cell)


def _row(row: ReportRow, tr: Callable[[str], str], masked: bool, zone: str) -> str:
    return f"<tr>{''.join(map(_cell, _cells(row, tr, masked, zone)))}</tr>\n"


def _cells(
    row: ReportRow, tr: Callable[[str], str], masked: bool, zone: str
) -> tuple[tuple[tuple[str, str], ...], ...]:
    """The texts of each cell, with their classes."""
    word, sign, tone = _WORDS[row.result]
    faults = (
        (Text("Incomplete: {names}"), row.broken_off),
        (Text("Missing: {names}"), ", ".join(row.missing)),
        (Text("Conflict: also at {names}"), row.also_at),
    )
    return (
        (("strong", row.label), ("code", show_key(row.key).removeprefix("ip:"))),
        (("", f"{row.make} {row.model}".strip()), ("dim", row.version)),
        (("code", row.address), ("dim", row.interface)),
        (("", tr(_DECISIONS.get(row.decision, ""))), ("dim", _time(row.last_asked, zone))),
        (
            *((tone, f"{sign} {tr(word)} {row.code or ''}".rstrip()), ("dim", _time(row.at, zone))),
            ("code", row.file),
            *(("bad", tr(text).format(names=names)) for text, names in faults if names),
        ),
        (("", f"{row.offered} \N{MULTIPLICATION SIGN}" if row.offered else ""),),
        (("code", mask_url(row.url) if masked else row.url),),
    )


def _cell(lines: Sequence[tuple[str, str]]) -> str:
    spans = (f'<span class="{names}">{_text(text)}</span>' for names, text in lines if text)
    return f"<td>{'<br>'.join(spans)}</td>"


def _text(text: str) -> str:
    """Text as HTML: nothing from a phone is markup or a character that HTML forbids."""
    return escape("".join(c if c.isprintable() else " " for c in text))


def _zone(at: float) -> str:
    """ "+0100". On Windows time's own %z may call UTC "-0000"."""
    return datetime.fromtimestamp(at).astimezone().strftime("%z")


def _time(at: float | None, zone: str) -> str:
    """`zone`: what the head says. A time in another one, as in summer, says its own."""
    if at is None:
        return ""
    text, own = time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(at)), _zone(at)
    return text if own == zone else f"{text} {own}"
