"""Phones as they are met in the field, each with one peculiarity of the wire; no makes.

Written after public reports and the RFCs, with invented MAC addresses.
"""

from __future__ import annotations

from pnp_gui.demo.shape import Shape

_PHONE = """\
SUBSCRIBE sip:MAC%3a{MAC}@224.0.1.75 SIP/2.0
Via: SIP/2.0/UDP {ip}:{port};branch=z9hG4bK{n};rport
Max-Forwards: 70
From: <sip:MAC%3a{MAC}@224.0.1.75>;tag={n}
To: <sip:MAC%3a{MAC}@224.0.1.75>
Call-ID: {n}@{ip}
CSeq: {cseq} SUBSCRIBE
Contact: <sip:{ip}:{port}>
Event: ua-profile;profile-type="device";vendor="Field";model="{model}";version="{version}"
Expires: 0
Accept: application/url
Content-Length: 0

"""
_VIA, _CONTACT = "Via: SIP/2.0/UDP {ip}:{port};branch=z9hG4bK{n};rport", "<sip:{ip}:{port}>"


def _with(*changes: tuple[str, str]) -> str:
    text = _PHONE
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    return text


_ON_5060 = (_VIA, "Via: SIP/2.0/UDP {ip}:{listens};branch=z9hG4bK{n}")
_AT_5060 = (_CONTACT, "<sip:{ip}:{listens}>")
_BEHIND_NAT = (
    (_VIA, "Via: SIP/2.0/UDP 192.168.77.9:5060;branch=z9hG4bK{n}"),
    (_CONTACT, "<sip:512@192.168.77.9:5060>"),
)
_BY_UUID = (
    ("sip:MAC%3a{MAC}@224.0.1.75", "sip:urn%3auuid%3a00000000-0000-1000-8000-{mac}@224.0.1.75"),
    (_CONTACT, '<sip:{ip}:{port}>;+sip.instance="<urn:uuid:00000000-0000-1000-8000-{mac}>"'),
)
_BY_PROXY = (
    (
        _VIA,
        "Via: SIP/2.0/UDP {ip}:{port};branch=z9hG4bK{n}p\n"
        "Record-Route: <sip:{ip}:{port};lr>\n"
        "Record-Route: <sip:10.250.0.1;lr>\n"
        "Via: SIP/2.0/UDP 10.250.0.9:5062;branch=z9hG4bK{n};received=10.250.0.9",
    ),
    (_CONTACT, "<sip:512@10.250.0.9:5062>"),
)

FIELD_SHAPES: dict[str, Shape] = {
    shape.name: shape
    for shape in (
        Shape(
            *("no-rport", "Field", "one", "1", "00A001", _with(_ON_5060, _AT_5060)),
            port=34567,
            listens=5060,
            deaf=True,
        ),
        Shape(
            *("contact-port", "Field", "two", "1", "00A001", _with(_AT_5060)),
            port=34568,
            listens=5062,
        ),
        Shape("nat", "Field", "three", "1", "00A001", _with(*_BEHIND_NAT), port=40001),
        Shape(
            *("renewing", "Field", "four", "1", "00A001"),
            _with(("Expires: 0", "Expires: 86400")),
        ),
        Shape("uuid", "Field", "five", "1", "00A001", _with(*_BY_UUID)),
        Shape("proxy", "Field", "six", "1", "00A001", _with(*_BY_PROXY), port=5070),
        Shape(
            *("other-content", "Field", "seven", "1", "00A001"),
            _with(("application/url", "application/xml, text/*")),
        ),
    )
}
"""By name; "other-content" is sent nothing, approved or not."""
