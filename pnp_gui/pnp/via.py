"""The topmost Via of a request: where its 200 goes, and what is filled in when it comes back
(RFC 3261 section 18.2, RFC 3581 section 4).
"""

from __future__ import annotations

import re

from pnp_gui.pnp import usual_form
from pnp_gui.pnp.datagram import Address
from pnp_gui.pnp.sip_values import PORT

# Via = sent-protocol LWS sent-by …; sent-by = host [ ":" port ], with blanks around the colon
# (section 25.1). Groups: host, port.
_VIA = re.compile(
    r"[Ss][Ii][Pp]\s*/\s*2\.0\s*/\s*[A-Za-z]+\s+(?=[^;,\s])"
    r"(\[[^]\s]*\]|[^;,:\s]*)(?:\s*:\s*([^;,\s]*))?"
)
# Both cases are written out because a search with IGNORECASE is slower.
_BRANCH = re.compile(r";\s*[Bb][Rr][Aa][Nn][Cc][Hh]\s*=\s*([^;,\s]+)")
# Quoted text is left alone; possessive quantifiers, so that no input makes it slow.
_QUOTED = r'"(?:[^"\\]|\\.)*+"?'
_TOP_VIA = re.compile(rf'(?:[^",]++|{_QUOTED})*+')
_PARAM = re.compile(rf'(?:[^";]++|{_QUOTED})++')


def read_via(value: str, source: Address) -> tuple[str, Address, str] | None:
    """Read a Via header, which may hold several, separated by commas: the first branch ("" without
    one), where the answer goes, and the header as it comes back, with `received` and `rport`
    filled in. None: it cannot be read.

    The answer goes to the source's address (section 18.2.2), at the port in sent-by, unless the
    phone asks for the port that it came from (rport), or names another host, as behind a NAT.
    """
    host, port = source
    if usual := usual_form.via(value):
        start, sent_by_host, sent_by_port, first, rport, last = usual.groups("")
        branch = (first or last)[len(";branch=") :]
        if rport:
            return (branch, source, f"{start}{first};rport={port}{last};received={host}")
        if sent_by_host == host:
            return (branch, at_port(sent_by_port, source), value)
        return (branch, source, f"{value};received={host}")
    sent_by = _VIA.match(value)
    if sent_by is None:
        return None
    top, params = _parts(value)
    at_source = sent_by[1] == host
    answer_to = at_port(sent_by[2], source) if at_source else source
    kept = params[:1]
    for param in params[1:]:
        name = param.partition("=")[0].strip().lower()
        if name == "rport":
            kept.append(f"rport={port}" + param[len(param.rstrip()) :])
            answer_to, at_source = source, False
        elif name != "received":
            kept.append(param)
    if not at_source:
        kept[-1] = kept[-1].rstrip()
        kept.append(f"received={host}")
    return (branch_of(value), answer_to, ";".join(kept) + value[len(top) :])


def branch_of(via: str) -> str:
    """The first branch in a Via header; "" without one."""
    found = _BRANCH.search(via)
    return found[1] if found else ""


def at_port(written: str | None, source: Address) -> Address:
    """The source's address with a port as written after a host: 5060 without any (section 19.1.2),
    and the source's own where it is none."""
    port = PORT
    if written:
        port = int(written) if written.isascii() and written.isdigit() and len(written) < 6 else 0
    return (source[0], port) if 0 < port < 65536 and port != source[1] else source


def _parts(value: str) -> tuple[str, list[str]]:
    """The topmost Via, and the same at its semicolons, as written."""
    if '"' not in value:
        top = value.partition(",")[0]
        return top, top.split(";")
    top = _TOP_VIA.match(value)[0]  # type: ignore[index]
    return top, _PARAM.findall(top)
