"""Workbooks (.xlsx) as small as they can be, for what no spreadsheet program writes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def text(value: object, place: str = "") -> str:
    """A cell; `place`: "B2", where it is not the next one."""
    at = f' r="{place}"' if place else ""
    if isinstance(value, str):
        return f'<c{at} t="inlineStr"><is><t>{value}</t></is></c>'
    return f"<c{at}><v>{value}</v></c>"


def table(rows: Sequence[Sequence[object]]) -> str:
    """The rows of a worksheet."""
    return "".join(f"<row>{''.join(map(text, row))}</row>" for row in rows)


def workbook(
    rows: str, *, state: str = "visible", second: str = "", merged: Sequence[str] = ()
) -> bytes:
    """A workbook with these rows; `state` of the first worksheet; rows of a second one; `merged`:
    "A2:A3"."""
    sheets = [rows, second] if second else [rows]
    listed = "".join(
        f'<sheet name="Sheet {n}" sheetId="{n}" state="{state if n == 1 else "visible"}"'
        f' r:id="rId{n}"/>'
        for n in range(1, len(sheets) + 1)
    )
    related = "".join(
        f'<Relationship Id="rId{n}" Type="{RELATIONS}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(sheets) + 1)
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{listed}'
        "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{related}'
        "</Relationships>",
    }
    ranges = "".join(f'<mergeCell ref="{one}"/>' for one in merged)
    after = f"<mergeCells>{ranges}</mergeCells>" if merged else ""
    for n, one in enumerate(sheets, 1):
        parts[f"xl/worksheets/sheet{n}.xml"] = (
            f'<worksheet xmlns="{MAIN}"><sheetData>{one}</sheetData>{after}</worksheet>'
        )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, part in parts.items():
            packed.writestr(name, part)
    return file.getvalue()
