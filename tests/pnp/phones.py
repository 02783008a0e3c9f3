"""Phones for the tests: the SUBSCRIBEs of the makes we know, written anew with invented MACs.

Each shape keeps what is odd about that phone; what the window has to show of it stands beside it.
"""

from __future__ import annotations

from dataclasses import dataclass

LOCAL = ("10.13.2.2", 5060)
"""Our own address on the interface."""
INTERFACE = "eth0"


@dataclass(frozen=True)
class Shape:
    """One phone's SUBSCRIBE and what is to be read from it."""

    name: str
    text: str
    """Header lines with {ip} and {port} of the phone; line ends are "\\n" here."""
    mac: str
    make: str
    vendor: str
    model: str
    version: str
    contact: str
    """Request-URI for the NOTIFY, with {ip} and {port}."""
    port: int = 5060
    line_end: str = "\r\n"

    def source(self, ip: str = "10.13.2.67") -> tuple[str, int]:
        """Where this phone's datagrams come from."""
        return ip, self.port

    def key(self, ip: str = "10.13.2.67") -> str:
        """What the phone is known by."""
        return self.mac or f"ip:{ip}"

    def request_uri(self, ip: str = "10.13.2.67") -> str:
        """The Request-URI a NOTIFY to this phone has."""
        return self.contact.format(ip=ip, port=self.port)

    def wire(self, ip: str = "10.13.2.67") -> bytes:
        """The datagram."""
        text = self.text.strip("\n").format(ip=ip, port=self.port)
        return (text + "\n\n").replace("\n", self.line_end).encode("latin-1")


_ALL = (
    Shape(
        "snom 7.1, OEM",
        """
SUBSCRIBE sip:MAC%3a000413A2105F@intern.example SIP/2.0
Via: SIP/2.0/UDP {ip}:{port};rport
From: <sip:MAC%3a000413A2105F@intern.example>;tag=658512961
To: <sip:MAC%3a000413A2105F@intern.example>
Call-ID: 1930770594@{ip}
CSeq: 1 SUBSCRIBE
Event: ua-profile;profile-type="device";vendor="OEM";model="OEM";version="7.1.19"
Expires: 0
Accept: application/url
Contact: <sip:{ip}:{port}>
Content-Length: 0
""",
        *("000413A2105F", "snom", "OEM", "OEM", "7.1.19"),
        "sip:{ip}:{port}",
    ),
    Shape(
        "snom 8.7",
        """
SUBSCRIBE sip:MAC%3a000413B7E102@lan SIP/2.0
Via: SIP/2.0/UDP {ip}:{port};rport
From: <sip:MAC%3a000413B7E102@lan>;tag=668717252
To: <sip:MAC%3a000413B7E102@lan>
Call-ID: 949137397@{ip}
CSeq: 1 SUBSCRIBE
Event: ua-profile;profile-type="device";vendor="snom";model="snom370";version="8.7.5.48"
Expires: 0
Accept: application/url
Contact: <sip:{ip}:{port}>
User-Agent: snom370/8.7.5.48
Content-Length: 0
""",
        *("000413B7E102", "snom", "snom", "snom370", "8.7.5.48"),
        "sip:{ip}:{port}",
        port=1053,
    ),
    Shape(
        "snom 10.1",
        """
SUBSCRIBE sip:MAC%3a000413C0FFEE@site.example SIP/2.0
Via: SIP/2.0/UDP {ip}:{port};rport
From: <sip:MAC%3a000413C0FFEE@site.example>;tag=1145111611
To: <sip:MAC%3a000413C0FFEE@site.example>
Call-ID: 1913994428@{ip}
CSeq: 1 SUBSCRIBE
Event: ua-profile;profile-type="device";vendor="snom";model="snomD120";version="10.1.39.11"
Expires: 0
Accept: application/url
Contact: <sip:{ip}:{port}>
User-Agent: snomD120/10.1.39.11
Content-Length: 0
""",
        *("000413C0FFEE", "snom", "snom", "snomD120", "10.1.39.11"),
        "sip:{ip}:{port}",
        port=34567,
    ),
    Shape(
        "snom M700",
        """
SUBSCRIBE sip:MAC%3a0004136D70AB@224.0.1.75 SIP/2.0
Via: SIP/2.0/UDP {ip}:{port};branch=z9hG4bKl1d23iyadenuaa1jr4vm
Max-Forwards: 70
From: <sip:512@{ip}>;tag=dmrud.mzfyg66
To: <sip:MAC%3a0004136D70AB@224.0.1.75>
Call-ID: 6cm70qdo.o.8i@{ip}
CSeq: 20264 SUBSCRIBE
Contact: <sip:512@{ip}>
Accept: application/url
Allow: INVITE, CANCEL, BYE, ACK, REGISTER, OPTIONS, REFER, SUBSCRIBE, NOTIFY, MESSAGE, INFO, PRACK,
 UPDATE
Allow-Events: dialog,message-summary
Event: ua-profile;profile-type="device";vendor="snom";model="snomM700";version="03.23.0005"
Expires: 0
Supported: replaces,100rel
User-Agent: snomM700/03.23.0005 (MAC=0004136D70AB; SER= 00000; HW=255)
Content-Length: 0
""",
        *("0004136D70AB", "snom", "snom", "snomM700", "03.23.0005"),
        "sip:512@{ip}",
    ),
    Shape(
        "snom M300, MAC in the User-Agent alone, typographic quotes of its manual",
        """
SUBSCRIBE sip:512@224.0.1.75 SIP/2.0
Via: SIP/2.0/UDP {ip}:{port};branch=z9hG4bKl1d23iyadenuaa1jr4vn
Max-Forwards: 70
From: <sip:512@{ip}>;tag=dmrud.mzfyg67
To: <sip:512@224.0.1.75>
Call-ID: 6cm70qdo.o.9i@{ip}
CSeq: 20264 SUBSCRIBE
Contact: <sip:512@{ip}>
Event: ua-profile;profile-type=\xe2\x80\x9cdevice\xe2\x80\x9d;vendor=\xe2\x80\x9csnom\xe2\x80\x9d;\
model=\xe2\x80\x9csnomM300\xe2\x80\x9d;version=\xe2\x80\x9c03.23.0005\xe2\x80\x9d
Expires: 0
User-Agent: snomM300/03.23.0005 (MAC=0004136D30CD; SER= 00000; HW=255)
Content-Length: 0
""",
        *("0004136D30CD", "snom", "snom", "snomM300", "03.23.0005"),
        "sip:512@{ip}",
    ),
    Shape(
        "Yealink W52P",
        """
SUBSCRIBE sip:MAC0015654bead1@224.0.1.75 SIP/2.0
Via: SIP/2.0/UDP {ip}:{port};branch=z9hG4bK1536537630
From: <sip:MAC0015654bead1@224.0.1.75>;tag=1536537630
To: <sip:MAC0015654bead1@224.0.1.75>
Call-ID: 1536537630@{ip}
CSeq: 1 SUBSCRIBE
Contact: <sip:MAC0015654bead1@{ip}:{port}>
Max-Forwards: 70
User-Agent: Yealink W52P 25.81.0.10
Expires: 0
Event: ua-profile;profile-type="device";vendor="yealink";model="W52P";version="25.81.0.10"
Accept: application/url
Content-Length: 0
""",
        *("0015654BEAD1", "Yealink", "yealink", "W52P", "25.81.0.10"),
        "sip:MAC0015654bead1@{ip}:{port}",
        port=5059,
    ),
    Shape(
        "Yealink T21P, which names itself T21D in Event",
        """
SUBSCRIBE sip:MAC805e0c7322f0@224.0.1.75 SIP/2.0
Via: SIP/2.0/UDP {ip}:{port};branch=z9hG4bK42032775
From: <sip:MAC805e0c7322f0@224.0.1.75>;tag=42032772
To: <sip:MAC805e0c7322f0@224.0.1.75>
Call-ID: 42032772@{ip}
CSeq: 1 SUBSCRIBE
Contact: <sip:MAC805e0c7322f0@{ip}:{port}>
Max-Forwards: 70
User-Agent: Yealink SIP-T21P 34.72.14.6
Expires: 0
Event: ua-profile;profile-type="device";vendor="Yealink";model="T21D";version="34.72.14.6"
Accept: application/url
Content-Length: 0
""",
        *("805E0C7322F0", "Yealink", "Yealink", "T21D", "34.72.14.6"),
        "sip:MAC805e0c7322f0@{ip}:{port}",
        port=5059,
    ),
    Shape(
        "Grandstream",
        """
SUBSCRIBE sip:MAC%3AC074AD112234@224.0.1.75 SIP/2.0
Via: SIP/2.0/UDP {ip}:{port};branch=z9hG4bK1611133778;rport
From: <sip:MAC%3AC074AD112234@224.0.1.75>;tag=395400190
To: <sip:MAC%3AC074AD112234@224.0.1.75>
Call-ID: 490431573-5080-1@BJC.BGI.IG.DA
CSeq: 20000 SUBSCRIBE
Contact: <sip:{ip}:{port}>
Max-Forwards: 70
User-Agent: Grandstream GRP2612W 1.0.5.67
Expires: 0
Supported: replaces, path
Event: ua-profile;profile-type="device";vendor="Grandstream";model="GRP2612W";version="1.0.5.67"
Accept: application/url
Allow: INVITE, ACK, OPTIONS, CANCEL, BYE, SUBSCRIBE, NOTIFY, INFO, REFER, UPDATE, MESSAGE
Content-Length: 0
""",
        *("C074AD112234", "Grandstream", "Grandstream", "GRP2612W", "1.0.5.67"),
        "sip:{ip}:{port}",
        port=5080,
    ),
    Shape(
        "PLANET",
        """
SUBSCRIBE sip:MAC=00304fa9e001@224.0.1.75 SIP/2.0
Via: SIP/2.0/UDP {ip}:{port};branch=z9hG4bK3102710241234624733
From: <sip:MAC=00304fa9e001@224.0.1.75>
To: <sip:MAC=00304fa9e001@224.0.1.75>
Call-ID: 322432620212850-163241588724467@{ip}
CSeq: 1 SUBSCRIBE
Contact: <sip:{ip}:{port}>
Max-Forwards: 70
User-Agent: PLANET VIP-2140PT
Expires: 0
Event:ua-profile;profile-type="device";vendor="PLANET";model="VIP-2140PT";version="2.0.3.2991"
Accept: application/url
Content-Length: 0
""",
        *("00304FA9E001", "PLANET", "PLANET", "VIP-2140PT", "2.0.3.2991"),
        "sip:{ip}:{port}",
    ),
    Shape(
        "Fanvil",
        """
SUBSCRIBE sip:MAC=0c383e1a2b3c@224.0.1.75 SIP/2.0
Via: SIP/2.0/UDP {ip}:{port};branch=z9hG4bK31027102412346
From: <sip:MAC=0c383e1a2b3c@224.0.1.75>
To: <sip:MAC=0c383e1a2b3c@224.0.1.75>
Call-ID: 32243262021285-16324158872446@{ip}
CSeq: 1 SUBSCRIBE
Contact: <sip:{ip}:{port}>
Max-Forwards: 70
User-Agent: Fanvil X4U 2.4.12
Expires: 0
Event:ua-profile;profile-type="device";vendor="Fanvil";model="X4U";version="2.4.12"
Accept: application/url
Content-Length: 0
""",
        *("0C383E1A2B3C", "Fanvil", "Fanvil", "X4U", "2.4.12"),
        "sip:{ip}:{port}",
    ),
    Shape(
        "AudioCodes",
        """
SUBSCRIBE sip:224.0.1.75:5060 SIP/2.0
From: <sip:00000001@{ip}:{port}>;tag=87a5a8-25020d0a-13c4-50029-386d4398-66dc40c-386d4398
To: <sip:224.0.1.75:5060>
Call-ID: 8884c8-25020d0a-13c4-50029-386d4398-3e2bcb8e-386d4398
CSeq: 1 SUBSCRIBE
Via: SIP/2.0/UDP {ip}:{port};rport;branch=z9hG4bK-386d4398-6ad00ca2-7ca3606e
Expires: 0
Event: ua-profile;profile-type="application";model="420HD";version="1.2.1_build_6"
Max-Forwards: 70
Supported: replaces,100rel
Accept: application/url
Contact: <sip:00000001@{ip}:{port}>
User-Agent: AUDC-IPPhone/1.2.1_build_6
Content-Length: 0
""",
        *("", "AudioCodes", "", "420HD", "1.2.1_build_6"),
        "sip:00000001@{ip}:{port}",
    ),
    Shape(
        "Panasonic",
        """
SUBSCRIBE sip:MAC%3a0080F0D4E5F6@224.0.1.75 SIP/2.0
Via: SIP/2.0/UDP {ip}:{port};branch=z9hG4bKc0a80a43
From: <sip:MAC%3a0080F0D4E5F6@224.0.1.75>;tag=77001
To: <sip:MAC%3a0080F0D4E5F6@224.0.1.75>
Call-ID: 55aa1234@{ip}
CSeq: 1 SUBSCRIBE
Event: ua-profile;profile-type="device";vender="Panasonic";model="KX-HDV230";version="02.000"
Expires: 0
Accept: application/url
Contact: <sip:{ip}:{port}>
User-Agent: Panasonic_KX-HDV230/02.000
Content-Length: 0
""",
        *("0080F0D4E5F6", "Panasonic", "Panasonic", "KX-HDV230", "02.000"),
        "sip:{ip}:{port}",
    ),
    Shape(
        "Yealink T32G, all compact",
        """
SUBSCRIBE sip:MAC:249ad84093a7@224.0.1.75 SIP/2.0
v: SIP/2.0/UDP {ip}:{port};branch=z9hG4bK1
v: SIP/2.0/UDP 10.0.0.1:5060;branch=z9hG4bK2
f: <sip:MAC:249ad84093a7@224.0.1.75>;tag=1
t: <sip:MAC:249ad84093a7@224.0.1.75>
i: yl-1
CSeq: 7 SUBSCRIBE
o: UA-Profile ; profile-type=device ; vendor="Yealink" ; model="SIP-T32G" ; version="32.70.0.228"
""",
        *("249AD84093A7", "Yealink", "Yealink", "SIP-T32G", "32.70.0.228"),
        "sip:{ip}:{port}",
        line_end="\n",
    ),
    Shape(
        "Yealink T53W, MAC once more in the User-Agent",
        """
SUBSCRIBE sip:MAC%3a805ec04d796e@224.0.1.75 SIP/2.0
Via: SIP/2.0/UDP {ip}:{port};branch=z9hG4bK1234;rport
From: <sip:MAC%3a805ec04d796e@224.0.1.75>;tag=77aa
To: <sip:MAC%3a805ec04d796e@224.0.1.75>
Call-ID: abc123@{ip}
CSeq: 1 SUBSCRIBE
Contact: <sip:{ip}:{port}>
Max-Forwards: 70
User-Agent: Yealink SIP-T53W 96.87.0.16 80:5e:c0:4d:79:6e
Event: ua-profile;profile-type="device";vendor="Yealink";model="T53W";version="96.87.0.16"
Expires: 0
Accept: application/url
Content-Length: 0
""",
        *("805EC04D796E", "Yealink", "Yealink", "T53W", "96.87.0.16"),
        "sip:{ip}:{port}",
    ),
    Shape(
        "Gigaset that says OEM",
        """
SUBSCRIBE sip:MAC%3a7C2F80874B49@gigaset.example SIP/2.0
Via: SIP/2.0/UDP {ip}:{port};rport
From: <sip:MAC%3a7C2F80874B49@gigaset.example>;tag=658512961
To: <sip:MAC%3a7C2F80874B49@gigaset.example>
Call-ID: 1930770595@{ip}
CSeq: 1 SUBSCRIBE
Event: ua-profile;profile-type="device";vendor="OEM";model="OEM";version="7.1.19"
Expires: 0
Contact: <sip:{ip}:{port}>
Content-Length: 0
""",
        *("7C2F80874B49", "Gigaset", "OEM", "OEM", "7.1.19"),
        "sip:{ip}:{port}",
    ),
)

SHAPES = {shape.name: shape for shape in _ALL}
SNOM = SHAPES["snom 8.7"]
YEALINK = SHAPES["Yealink W52P"]
GRANDSTREAM = SHAPES["Grandstream"]
AUDIOCODES = SHAPES["AudioCodes"]


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
