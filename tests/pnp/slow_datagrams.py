"""Datagrams as large as they may be, made as expensive to read as possible."""

from __future__ import annotations

from tests.pnp.phones import plain

N = 7600
"""Characters that fit into the largest datagram beside the rest."""
NBSP = "\xa0"
"""A blank to `re`'s \\s, but none that is stripped."""
NOBODY = {"uri": "sip:x@x", "from_": "<sip:x@x>", "to": "<sip:x@y>", "contact": "<sip:x@z>"}

SLOW: dict[str, bytes] = {
    "blanks after sent-by": plain(via="SIP/2.0/UDP h" + " " * N + "x"),
    "hard blanks after sent-by": plain(via="SIP/2.0/UDP h" + NBSP * N + "x"),
    "blanks after rport=": plain(via="SIP/2.0/UDP h;rport=" + " " * N + "x y"),
    "blanks after rport": plain(via="SIP/2.0/UDP h;rport" + "\t" * N + "x"),
    "blanks after branch": plain(via="SIP/2.0/UDP h;branch" + " " * N + "x"),
    "blanks after branch=": plain(via="SIP/2.0/UDP h;branch=" + " " * N),
    "blanks before received": plain(via="SIP/2.0/UDP h" + " " * N + ";received"),
    "many rport": plain(via="SIP/2.0/UDP h" + ";rport" * (N // 6) + " x"),
    "many rport with blanks": plain(via="SIP/2.0/UDP h" + ";rport= a" * (N // 9)),
    "many received": plain(via="SIP/2.0/UDP h" + " ; received " * (N // 12)),
    "many semicolons in Via": plain(via="SIP/2.0/UDP h" + "; " * (N // 2)),
    "many commas in Via": plain(via="SIP/2.0/UDP h" + "," * N),
    "many quotes in Via": plain(via="SIP/2.0/UDP h" + ';"' * (N // 2)),
    "escaped quotes in Via": plain(via='SIP/2.0/UDP h;x="' + '\\"' * (N // 2)),
    "quoted commas in Via": plain(via="SIP/2.0/UDP h;x=" + '","' * (N // 3)),
    "one open quote in Via": plain(via='SIP/2.0/UDP h;x="' + "\\" * N),
    "blanks around sent-by's port": plain(via="SIP/2.0/UDP h" + " " * (N // 2) + ":" + " " * 3000),
    "colons in sent-by": plain(via="SIP/2.0/UDP " + ":" * N),
    "brackets in sent-by": plain(via="SIP/2.0/UDP " + "[" * N),
    "a long port in Via": plain(via="SIP/2.0/UDP 10.13.2.67:" + "9" * N),
    "a long port in Contact": plain(contact="<sip:10.13.2.67:" + "9" * N + ">"),
    "colons in Contact": plain(contact="sip:" + ":" * 500),
    "many Accepts": plain(more="Accept: " + "a/b," * (N // 4) + "\r\n"),
    "blanks in Accept": plain(more="Accept: application" + " " * N + "\r\n"),
    "commas and blanks in Accept": plain(more="Accept: " + ", " * (N // 2) + "\r\n"),
    "q in Accept": plain(more="Accept: application/url" + "; q " * (N // 4) + "\r\n"),
    "quotes in Accept": plain(more="Accept: " + '"\\' * (N // 2) + "\r\n"),
    "digits in Expires": plain(more="Expires: " + "0" * N + "\r\n"),
    "many routes": plain(more="Record-Route: <a>\r\n" * 100),
    "a long route": plain(more="Record-Route: " + "<sip:a" * (N // 6) + "\r\n"),
    "many UUIDs": plain(**(NOBODY | {"contact": "<sip:x@z>;" + "urn:uuid:" * (N // 9)})),  # type: ignore[arg-type]
    "blanks after MAC=": plain(**(NOBODY | {"from_": "<sip:MAC=" + " " * N + "x>"})),  # type: ignore[arg-type]
    "blanks after MAC= in the Request-URI": plain(uri="sip:MAC=" + " " * N + "x"),
    "blanks after SIP": plain(via="SIP" + " " * N + "/"),
    "blanks after SIP/2.0": plain(via="SIP/2.0" + " " * N + "x"),
    "a long transport": plain(via="SIP/2.0/" + "U" * N),
    "an open quote in From": plain(from_='"' + "a" * N),
    "escapes in From": plain(from_='"' + "\\a" * (N // 2)),
    "blanks after a name in From": plain(from_='"a"' + " " * N + "x"),
    "blanks in a name in From": plain(from_="a" + " " * N),
    "hard blanks in From": plain(from_=NBSP * N),
    "hard blanks in To": plain(to=NBSP * N + "x"),
    "hard blanks in Contact": plain(contact=NBSP * N + '"'),
    "a long name in From": plain(from_="a" * N),
    "many open brackets in From": plain(from_="<" * N),
    "many tags in From": plain(from_="<sip:a@b>" + ";tag " * (N // 5)),
    "blanks after tag in From": plain(from_="<sip:a@b>;tag" + " " * N + "x"),
    "many tags in To": plain(to="<sip:a@b>" + ";tag = " * (N // 7)),
    "blanks after tag= in To": plain(to="<sip:a@b>;tag=" + " " * N + '"'),
    "many brackets in To": plain(to="<sip:a@b>" + ">" * N),
    "a long user": plain(uri="sip:" + "a" * N),
    "many @ in Contact": plain(contact="<sip:" + "@" * N + ">"),
    "many MAC": plain(**(NOBODY | {"uri": "sip:" + "MAC" * (N // 3) + "@x"})),  # type: ignore[arg-type]
    "many MAC:": plain(**(NOBODY | {"uri": "sip:" + "MAC:" * (N // 4) + "@x"})),  # type: ignore[arg-type]
    "MAC and many colons": plain(**(NOBODY | {"uri": "sip:MAC" + ":" * N + "@x"})),  # type: ignore[arg-type]
    "many hex digits": plain(**(NOBODY | {"uri": "sip:" + "0" * N + "@x"})),  # type: ignore[arg-type]
    "many percents": plain(**(NOBODY | {"uri": "sip:" + "%4" * (N // 2) + "@x"})),  # type: ignore[arg-type]
    "many escapes": plain(**(NOBODY | {"uri": "sip:" + "%41" * (N // 3) + "@x"})),  # type: ignore[arg-type]
    "many pairs": plain(**NOBODY, agent="00:" * (N // 3)),  # type: ignore[arg-type]
    "many quads": plain(**NOBODY, agent="0000." * (N // 5)),  # type: ignore[arg-type]
    "MAC and dashes": plain(**NOBODY, agent="MAC" + "-" * N),  # type: ignore[arg-type]
    "MAC and escapes": plain(**NOBODY, agent="MAC" + "%3a" * (N // 3)),  # type: ignore[arg-type]
    "an open quote in Event": plain(event='ua-profile;a="' + "a" * N),
    "many open quotes in Event": plain(event="ua-profile" + ';a="' * (N // 4)),
    "many escapes in Event": plain(event="ua-profile" + ';a="\\"' * (N // 6)),
    "many curly quotes": plain(event="ua-profile" + ";a=\xe2\x80\x9c" * (N // 6)),
    "half curly quotes": plain(event="ua-profile;a=\xe2\x80\x9c" + "\xe2\x80" * (N // 2)),
    "blanks in Event": plain(event="ua-profile;" + " " * N + "x"),
    "blanks after a name in Event": plain(event="ua-profile;a" + " " * N + "x"),
    "blanks after = in Event": plain(event="ua-profile;a=" + " " * N + '"'),
    "a long name in Event": plain(event="ua-profile;" + "a" * N),
    "many names in Event": plain(event="ua-profile" + ";a" * (N // 2)),
    "a long event": plain(event="a" * N),
    "folds": plain(more="X: a" + "\r\n " * (N // 3) + "\r\n"),
    "folds with bare LF": plain(more="X: a" + "\n\t" * (N // 2) + "\r\n"),
    "a long fold": plain(more="X: a\r\n" + " " * N + "\r\n"),
    "CRs": plain(more="X: " + "\r" * N + "\r\n"),
    "a long header name": plain(more="a" * N + "\r\n"),
    "blanks before the colon": plain(more="a" + " " * N + ":\r\n"),
    "many lines": plain(more="a:\r\n" * (N // 4)),
    "many colons": plain(more=":\n" * (N // 2)),
    "line ends alone": b"\r\n" * (N // 2),
    "a wrong event, blanks after its name": plain(event="x", more="Event" + " " * N + "\r\n"),
    "blanks in CSeq": plain(cseq="1" + " " * N + "SUBSCRIBE"),
    "digits in CSeq": plain(cseq="1" * N),
    "a long method": b"A" * N + b" x\r\n\r\n",
    "a long Request-URI": b"A " + b"a" * N + b"\r\n\r\n",
    "blanks in the reason": b"SIP/2.0 200 " + b" " * N + b"\r\n\r\n",
    "a response of semicolons": b"SIP/2.0 200 OK\r\nVia: " + b"; " * (N // 2) + b"\r\n\r\n",
    "a response, blanks after branch": (
        b"SIP/2.0 200 OK\r\nVia: " + b";branch" + b" " * N + b"x\r\n\r\n"
    ),
    "line ends of both kinds": b"A a SIP/2.0" + b"\r\n \n\t" * (N // 5) + b"\r\n\r\n",
}
