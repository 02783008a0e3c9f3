"""What one row of a list says about phones, by the meanings of its columns."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from pnp_gui.bench.phones.key import show_key
from pnp_gui.bench.phones.phone import Decision
from pnp_gui.bench.phones.row_text import clean_label
from pnp_gui.bench.sheet.cells import as_meant
from pnp_gui.bench.sheet.decision_words import DECISION_WORDS, FULL_WORDS
from pnp_gui.bench.sheet.free_text import macs_and_numbers
from pnp_gui.bench.sheet.headings import Heading, heading_of, mac_heading
from pnp_gui.bench.sheet.keys import ip_address, keys_in, names_phone
from pnp_gui.bench.sheet.labels import is_name, label_of
from pnp_gui.bench.sheet.layout import Layout
from pnp_gui.bench.sheet.rows import cell_at
from pnp_gui.bench.sheet.sheet import MAX_SHOWN, NO_URL, Remark, SheetLine
from pnp_gui.pnp.mac import find_mac, is_phone_mac
from pnp_gui.pnp.url import check_url
from pnp_gui.system.printable import one_line
from pnp_gui.texts import Text
from pnp_gui.trouble import Trouble

_NUMBER = re.compile(r"[0-9]{5,}([.,][0-9]+)?|[0-9]+([.,][0-9]+)?E\+?[0-9]+", re.IGNORECASE)
"""What a spreadsheet program makes of a MAC; a smaller number may be the count in a last line."""
_HALF_A_MAC = re.compile(
    r"(?:MAC|SEP|0x)?\W*[0-9A-F]{1,4}(?:[:.\u2010-\u2015_ -][0-9A-F]{1,6}){3,7}"
    r"|(?:MAC|SEP|0x)?\W*[0-9A-F]{1,2}(?::[0-9A-F]{1,2}){2,7}"
    r"|(?:MAC|SEP|0x)?\W*(?=[0-9A-F.,+-]*[0-9])[0-9A-F]{6,}(?:[.,][0-9A-F]+)?"
    r"|[0-9]+[.,]?[0-9A-F]*E\+?[0-9]+"
    r"|(?:MAC|SEP|0x)?\W*(?=.*[0-9])[0-9A-Z*?]{2}(?:[:-][0-9A-Z*?]{2}){5}"  # 00:04:13:XX:XX:XX
    r"|(?=[0-9A-Z]{12}$)(?=.*[0-9])[0-9A-F]*(?:[G-Z][0-9A-F]*){1,2}"  # the letter O for 0
    r"|\w+_[0-9A-F]{2}(?::[0-9A-F]{2}){2}",  # Wireshark: the make and three pairs
    re.IGNORECASE,
)
"""A cell that was meant as a MAC, and is none."""
_LONGEST_MAC = 24
"""Characters; a longer cell may have another one in a remark: "… (replaces …)"."""
NO_PHONE = "sheet_no_phone"
"""Code of what is no fault of a line: it is about no phone."""
DECISION = "sheet_decision"
"""Code of a word that stands below a decision's heading, and is none."""
_OF_THE_SWITCH = {"CPU", "cpu", "sup-eth1(R)"}
"""Ports of a switch that are the switch itself (Cisco, D-Link)."""
_LEAVES = {"", "-", "?", "n/a"}
"""Cells below a decision's heading that say nothing."""


class LineReader:
    """Reads the rows of one list, and keeps which phones it had."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._first: dict[str, SheetLine] = {}
        self._elsewhere = {
            index
            for index, heading in enumerate(layout.headings)
            if mac_heading(heading) in (Heading.UNKNOWN, Heading.MAC)
        }
        """Columns in which a phone's MAC may stand by mistake."""
        self.good: list[SheetLine] = []
        self.bad: list[Remark] = []
        self.notes: list[Remark] = []
        """Lines without a phone, and what was passed over."""

    def read(self, number: int, cells: Sequence[str], text: str) -> None:
        """Read one row."""
        try:
            for line in self._lines(number, cells, text):
                self._add(line, text)
        except Trouble as trouble:
            self.bad.append(Remark(number, text[:MAX_SHOWN], trouble))

    def _note(self, number: int, text: str, note: Trouble) -> None:
        self.notes.append(Remark(number, text[:MAX_SHOWN], note))

    def _add(self, line: SheetLine, text: str) -> None:
        first = self._first.setdefault(line.mac, line)
        if first is line:
            self.good.append(line)
            return
        twice = Trouble(
            "The phone {mac} is already in line {first}.",
            code="sheet_twice",
            mac=show_key(line.mac).removeprefix("ip:"),
            first=first.number,
        )
        same = (line.decision, line.url) in ((first.decision, first.url), (None, None))
        if self._layout.own or not same:
            raise twice
        self._note(line.number, text, twice)

    def _lines(self, number: int, cells: Sequence[str], text: str) -> list[SheetLine]:
        layout = self._layout
        keys = self._keys(number, cells, text)
        if not keys:
            return []
        if not (layout.own or _OF_THE_SWITCH.isdisjoint(cells)):
            why = Trouble("Not a phone: this is the MAC of the switch itself.", code=NO_PHONE)
            self._note(number, text, why)
            return []
        decides = layout.decision is not None or layout.url is not None
        if decides and any(cells[len(layout.headings) :]):
            raise Trouble(
                "There are {count} cells, but at most {most} columns. A cell that contains the "
                "separator needs quotation marks.",
                code="sheet_cells",
                count=len(cells),
                most=len(layout.headings),
            )
        words = FULL_WORDS if layout.exact and not layout.own else DECISION_WORDS
        decision = _decision(cell_at(cells, layout.decision), words)
        url = self._url(number, cells, text)
        label = self._label(cells)
        if not (layout.own and decision is not None):
            # What is empty says nothing; but an export has a decision, and says all.
            label = label or None
        lines = []
        for key, place in keys:
            named = label
            if label and place and len(keys) > 1:
                named = clean_label(f"{label} {place}")
            lines.append(SheetLine(number, key, decision, url, named))
        return lines

    def _keys(self, number: int, cells: Sequence[str], text: str) -> list[tuple[str, str]]:
        """The phones in the row, each with what its heading adds to the label."""
        layout = self._layout
        keys: dict[str, str] = {}
        why: Trouble | None = None
        for index in layout.macs:
            found = self._key(as_meant(cell_at(cells, index)))
            if isinstance(found, Trouble):
                why = found
            elif found:
                place = _WORD_MAC.sub("", layout.headings[index]).strip(" _-:()")
                keys.setdefault(found, place)
        if not keys:
            if why is None or why.code == NO_PHONE:
                other = self._no_mac(cells)
                why = other if why is None or other.code == "sheet_mac" else why
            if why.code != NO_PHONE:
                raise why
            if cell_at(cells, layout.decision) or cell_at(cells, layout.url):
                raise Trouble("There is no MAC in this line.", code="sheet_mac")
        if why is not None:
            self._note(number, text, why)
        return list(keys.items())

    def _key(self, cell: str) -> str | Trouble | None:
        """The phone that a MAC's cell names, or why it names none; None: it is empty. Raises
        Trouble if it names two."""
        layout = self._layout
        address = ip_address(cell) if layout.by_address else None
        if address or not cell:
            return address and f"ip:{address}"
        found = keys_in(cell)
        if not found:
            return _not_a_mac(cell, strict=layout.own)
        if len(cell) > _LONGEST_MAC:
            found = list(dict.fromkeys([*found, *macs_and_numbers(cell)[0]]))
        if len(found) > 1:
            raise Trouble(
                "“{text}” may be {count} MACs: write one line for each phone.",
                code="sheet_mac",
                text=_shown(cell),
                count=len(found),
            )
        if layout.own or found[0].startswith("ip:") or is_phone_mac(found[0]):
            return found[0]
        return Trouble(
            "Not a phone: {mac} is a multicast, broadcast or null address.",
            code=NO_PHONE,
            mac=show_key(found[0]),
        )

    def _no_mac(self, cells: Sequence[str]) -> Trouble:
        """Why a row without a MAC in its place has no phone."""
        if self._layout.own:
            return Trouble("There is no MAC in this line.", code="sheet_mac")
        for index, cell in enumerate(cells):
            free = index >= len(self._layout.headings) or index in self._elsewhere
            if free and index not in self._layout.macs and names_phone(cell):
                return Trouble(
                    "The MAC {text} is not in the same column as those of the other lines.",
                    code="sheet_mac",
                    text=_shown(cell),
                )
        return Trouble("Not a phone: the line has no MAC.", code=NO_PHONE)

    def _url(self, number: int, cells: Sequence[str], text: str) -> str | None:
        layout = self._layout
        url = as_meant(cell_at(cells, layout.url))
        if not url:
            # In an export, which has a decision in each line, it says that there is none.
            return "" if layout.own and cell_at(cells, layout.decision) else None
        if url == NO_URL:
            return ""
        reason = None
        if "://" not in url:
            reason = Text("“{text}” is not a URL, so the phone keeps its own.")
        elif self._is_page(url, cells):
            reason = Text(
                "“{text}” may be the web page of the phone or of its maker, so it is not used "
                "as the phone's URL."
            )
        if reason is not None and not layout.exact:
            why = Trouble(reason, code="sheet_no_url", text=_shown(url))
            self._note(number, text, why)
            return None
        check_url(url)
        return url

    def _is_page(self, url: str, cells: Sequence[str]) -> bool:
        """Whether a URL leads to a web page: the row has the phone's address in another cell, or
        the heading does not say what the URL is for, and it has no path."""
        try:
            parts = urlsplit(url)
            host = parts.hostname or ""
        except ValueError:
            return False
        column = self._layout.url
        if any(cell == host for index, cell in enumerate(cells) if index != column):
            return True
        heading = self._layout.headings[column] if column is not None else ""
        vague = heading_of(heading) is Heading.URL
        is_page = ip_address(host) is not None or host.startswith("www.")
        return vague and is_page and parts.path in ("", "/")

    def _label(self, cells: Sequence[str]) -> str | None:
        layout = self._layout
        if not layout.labels:
            return None
        if layout.exact:
            return clean_label(as_meant(cell_at(cells, layout.labels[0])))
        names = [cell_at(cells, index) for index in layout.labels if index != layout.extension]
        if not any(name and is_name(name) for name in names):
            other = (cell_at(cells, index) for index in layout.instead)
            names = [next((name for name in other if name and is_name(name)), "")]
        return label_of([*names, cell_at(cells, layout.extension)])


_WORD_MAC = re.compile(r"mac(?:[ _-]?(?:address|adresse|addr|id))?", re.IGNORECASE)


def _shown(cell: str) -> str:
    """The cell as a sentence quotes it: on one line, as it is one in the preview."""
    return one_line(cell)[:MAX_SHOWN]


def _not_a_mac(cell: str, *, strict: bool) -> Trouble:
    """Why a cell below the heading of the MACs is none."""
    shown = _shown(cell)
    if _NUMBER.fullmatch(cell):
        return Trouble(
            "“{text}” is not a MAC of 12 digits: a spreadsheet program may have changed it to a "
            "number. Write it with colons, or format the column as text.",
            code="sheet_mac",
            text=shown,
        )
    if strict or find_mac(shown) or _HALF_A_MAC.fullmatch(shown):
        return Trouble("“{text}” is not a MAC.", code="sheet_mac", text=shown)
    return Trouble("Not a phone: “{text}” is not a MAC.", code=NO_PHONE, text=shown)


def _decision(text: str, words: Mapping[str, Decision]) -> Decision | None:
    word = text.strip().lower().replace("\ufe0f", "")
    if word in _LEAVES:
        return None
    decision = words.get(word.replace("í", "i").replace("ã", "a").replace("ł", "l"))
    if decision is None:
        raise Trouble(
            "“{text}” is not a decision: write approved, denied or undecided.",
            code=DECISION,
            text=_shown(text),
        )
    return decision
