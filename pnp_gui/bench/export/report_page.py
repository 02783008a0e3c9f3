"""The report as one HTML page to print. It needs no script, image or network, and says everything
in words, so that it can be read without colour and on paper.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence
from html import escape

from pnp_gui.bench.export.report import ReportRow, Result
from pnp_gui.bench.phones.key import show_key
from pnp_gui.system.mask import mask_url
from pnp_gui.texts import Text

_STYLE = """
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 2rem auto; padding: 0 1.5rem; max-width: 110rem; background: #fff; color: #1c2430;
  font: 14px/1.4 "Segoe UI", system-ui, "Helvetica Neue", Arial, sans-serif; }
h1 { margin: 0; font-size: 1.6em; }
p { margin: .2rem 0; }
.dim { color: #5f6b7b; }
.counts { display: flex; flex-wrap: wrap; gap: .6rem; margin: 1rem 0 1.2rem; padding: 0;
  list-style: none; }
.counts li { min-width: 7rem; padding: .4rem .8rem; border: 1px solid #c8cdd5;
  border-radius: 6px; }
.counts b { display: block; font-size: 1.5em; line-height: 1.2; }
table { width: 100%; border-collapse: collapse; font-size: 12px; }
th, td { padding: .35em .9em .35em 0; border-bottom: 1px solid #dfe2e7; vertical-align: top; }
th { border-bottom: 2px solid #1c2430; text-align: left; vertical-align: bottom; }
td.code { font-family: Consolas, "DejaVu Sans Mono", Menlo, monospace; font-size: .95em; }
td.label { min-width: 7em; }
td.url { overflow-wrap: anywhere; min-width: 16em; }
.nowrap { white-space: nowrap; }
td.good { color: #12753a; font-weight: 600; }
td.bad { color: #b3261e; font-weight: 600; }
footer { margin-top: 1rem; }
@page { size: A4 landscape; margin: 12mm; }
@media print {
  body { margin: 0; padding: 0; max-width: none; font-size: 8pt; }
  table { font-size: 6.8pt; }
  thead { display: table-header-group; }
  tr, .counts li { break-inside: avoid; }
  h1, .counts { break-after: avoid; }
  td.url { min-width: 0; }
}
"""

_WORDS = {
    Result.ACCEPTED: (Text("Accepted"), "✓", "good"),
    Result.REFUSED: (Text("Refused"), "✕", "bad"),
    Result.NO_ANSWER: (Text("No answer"), "✕", "bad"),
    Result.OFFERED: (Text("Offered"), "…", ""),
    Result.DENIED: (Text("Denied"), "-", ""),
    Result.APPROVED: (Text("Not offered yet"), "-", ""),
    Result.NO_URL: (Text("No URL"), "✕", "bad"),
    Result.UNDECIDED: (Text("Not decided"), "-", ""),
}

_HEADS = (
    *(Text("Label"), Text("Phone"), Text("Make and model"), Text("Version"), Text("Address")),
    *(Text("Network port"), Text("Result"), Text("When"), Text("Times"), Text("URL")),
)


def report_page(
    rows: Sequence[ReportRow],
    *,
    program: str,
    around: Sequence[str],
    made_at: float,
    masked: bool = True,
    tr: Callable[[str], str] = lambda text: text,
) -> bytes:
    """The page, UTF-8. `program`: name and version; `around`: sentences on the period and where the
    program listens; `made_at`: unix seconds; `masked`: user and password in URLs as x's; `tr`
    translates the texts."""
    title = tr(Text("Provisioning report"))
    at = _time(made_at)
    made = tr(Text("Created {time} with {program}.")).format(time=at, program=program)
    above = (f'<p class="dim">{_text(each)}</p>\n' for each in (made, *around) if each)
    nobody = f"<p>{_text(tr(Text('No phone in this period.')))}</p>\n"
    note = _text(tr(Text("User and password in URLs are masked with x.")))
    page = f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{_text(title)} {_text(at)}</title>
<style>{_STYLE}</style>
</head>
<body>
<header>
<h1>{_text(title)}</h1>
{"".join(above)}</header>
<main>
{_counts(rows, tr)}{_table(rows, tr, masked) if rows else nobody}</main>
{f'<footer class="dim"><p>{note}</p></footer>' if masked else ""}
</body>
</html>
"""
    return page.encode("utf-8", "replace")


def _counts(rows: Sequence[ReportRow], tr: Callable[[str], str]) -> str:
    items = [(len(rows), tr(Text("phones")))]
    counts = Counter(row.result for row in rows)
    items += [(counts[result], tr(_WORDS[result][0])) for result in Result if counts[result]]
    inside = "".join(f"<li><b>{n}</b> {_text(word)}</li>\n" for n, word in items)
    return f'<ul class="counts">\n{inside}</ul>\n'


def _table(rows: Sequence[ReportRow], tr: Callable[[str], str], masked: bool) -> str:
    head = "".join(f'<th scope="col">{_text(tr(name))}</th>' for name in _HEADS)
    body = "".join(_row(row, tr, masked) for row in rows)
    return f"<table>\n<thead>\n<tr>{head}</tr>\n</thead>\n<tbody>\n{body}</tbody>\n</table>\n"


def _row(row: ReportRow, tr: Callable[[str], str], masked: bool) -> str:
    word, sign, tone = _WORDS[row.result]
    result = f"{sign} {tr(word)} {row.code or ''}".rstrip()
    url = mask_url(row.url) if masked else row.url
    cells = (
        ("label", row.label),
        ("code nowrap", show_key(row.key).removeprefix("ip:")),
        ("nowrap", f"{row.make} {row.model}".strip()),
        ("", row.version),
        ("code nowrap", row.address),
        ("", row.interface),
        (f"{tone} nowrap".strip(), result),
        ("nowrap", "" if row.at is None else _time(row.at)),
        ("nowrap", f"{row.offered} \N{MULTIPLICATION SIGN}" if row.offered else ""),
        ("code url", url),
    )
    inside = "".join(f'<td class="{names}">{_text(text)}</td>' for names, text in cells)
    return f"<tr>{inside}</tr>\n"


def _text(text: str) -> str:
    """Text as HTML: nothing from a phone is markup or a character that HTML forbids."""
    return escape("".join(c if c.isprintable() else " " for c in text))


def _time(at: float) -> str:
    return time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(at))
