"""The simulated phones of `pnp_gui/demo` for the tests of the protocol: each with one address, one
SUBSCRIBE, and what is to be understood of it.

`plain` is a SUBSCRIBE with nothing odd, to change one thing of it.
"""

from __future__ import annotations

from dataclasses import dataclass

from pnp_gui.demo import shape as demo
from pnp_gui.demo.shapes import SHAPES as DEMO_SHAPES

LOCAL = ("10.13.2.2", 5060)
"""Our own address on the interface."""
INTERFACE = "eth0"
VENDORS = {"snom-oem": "OEM", "gigaset-oem": "OEM", "yealink-dect": "yealink", "audiocodes": ""}
"""The vendor as sent, where it is not the make."""
CONTACTS = {
    "snom-dect": "sip:512@{ip}",
    "snom-m300": "sip:512@{ip}",
    "yealink": "sip:MAC{mac}@{ip}:{port}",
    "yealink-dect": "sip:MAC{mac}@{ip}:{port}",
    "yealink-old": "sip:MAC:{MAC}@{ip}:{port}",
    "akuvox": "sip:MAC{MAC}@{ip}:{port}",
    "audiocodes": "sip:00000001@{ip}:{port}",
}
"""The Request-URI for a NOTIFY, where it is not address and port alone."""


@dataclass(frozen=True)
class Shape:
    """One phone's SUBSCRIBE and what is to be read from it."""

    kind: demo.Shape
    hardware: str
    """Its MAC, also where it sends none."""

    @property
    def name(self) -> str:
        return self.kind.name

    @property
    def port(self) -> int:
        return self.kind.port

    @property
    def mac(self) -> str:
        return self.hardware if self.kind.sends_mac else ""

    @property
    def vendor(self) -> str:
        return VENDORS.get(self.name, self.kind.make)

    def source(self, ip: str = "10.13.2.67") -> tuple[str, int]:
        """Where this phone's datagrams come from."""
        return ip, self.port

    def key(self, ip: str = "10.13.2.67") -> str:
        """What the phone is known by."""
        return self.kind.key_of(self.hardware, ip)

    def request_uri(self, ip: str = "10.13.2.67") -> str:
        """The Request-URI a NOTIFY to this phone has."""
        mac = self.hardware
        uri = CONTACTS.get(self.name, "sip:{ip}:{port}")
        return uri.format(ip=ip, port=self.port, mac=mac.lower(), MAC=mac)

    def wire(self, ip: str = "10.13.2.67") -> bytes:
        """The datagram."""
        call = (self.hardware, ip, self.port, "668717252", self.kind.cseq)
        return self.kind.subscribe(*call)


SHAPES = {
    shape.name: Shape(shape, shape.mac_of(place))
    for place, shape in enumerate(DEMO_SHAPES.values())
    if shape.name != "awkward"
}
"""Every real phone by its name."""
SNOM = SHAPES["snom-old"]
YEALINK = SHAPES["yealink-dect"]
GRANDSTREAM = SHAPES["grandstream"]
AUDIOCODES = SHAPES["audiocodes"]


def plain(
    *,
    uri: str = "sip:MAC%3a000413AABBCC@224.0.1.75",
    via: str = "SIP/2.0/UDP 10.13.2.67:5060;branch=z9hG4bKplain;rport",
    from_: str = "<sip:MAC%3a000413AABBCC@224.0.1.75>;tag=from1",
    to: str = "<sip:MAC%3a000413AABBCC@224.0.1.75>",
    call_id: str = "plain-1@10.13.2.67",
    cseq: str = "1 SUBSCRIBE",
    event: str = 'ua-profile;profile-type="device";vendor="snom";model="D785";version="10.1"',
    contact: str = "<sip:10.13.2.67:5060>",
    agent: str = "snomD785/10.1",
    more: str = "",
    without: tuple[str, ...] = (),
) -> bytes:
    """A plain SUBSCRIBE of a phone at 10.13.2.67:5060, with one thing changed."""
    lines = {
        "Via": via,
        "From": from_,
        "To": to,
        "Call-ID": call_id,
        "CSeq": cseq,
        "Event": event,
        "Contact": contact,
        "User-Agent": agent,
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items() if name not in without)
    return f"SUBSCRIBE {uri} SIP/2.0\r\n{head}{more}Content-Length: 0\r\n\r\n".encode("latin-1")


PLAIN_SOURCE = ("10.13.2.67", 5060)
PLAIN_KEY = "000413AABBCC"
