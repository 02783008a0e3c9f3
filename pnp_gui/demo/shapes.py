"""What each make's SUBSCRIBE looks like and how long it goes on asking, after captures and manuals
of real phones, with invented MAC addresses (real OUI, invented last three bytes).
"""

from __future__ import annotations

from functools import reduce

from pnp_gui.demo.shape import Shape, Timing


def _like(template: str, *changes: tuple[str, str]) -> str:
    """Another template with some of its words replaced, in turn."""
    return reduce(lambda text, change: text.replace(*change), changes, template)


SNOM_DESK = """\
SUBSCRIBE sip:MAC%3a{MAC}@lan SIP/2.0
Via: SIP/2.0/UDP {ip}:{port};rport
From: <sip:MAC%3a{MAC}@lan>;tag={n}
To: <sip:MAC%3a{MAC}@lan>
Call-ID: {n}@{ip}
CSeq: {cseq} SUBSCRIBE
Event: ua-profile;profile-type="device";vendor="snom";model="{model}";version="{version}"
Expires: 0
Accept: application/url
Contact: <sip:{ip}:{port}>
User-Agent: {model}/{version}
Content-Length: 0

"""

SNOM_OEM = _like(
    SNOM_DESK,
    ("@lan", "@bench.example"),
    ('"snom"', '"OEM"'),
    ("User-Agent: {model}/{version}\n", ""),
)

SNOM_DECT = """\
SUBSCRIBE sip:MAC%3a{mac}@224.0.1.75 SIP/2.0
Via: SIP/2.0/UDP {ip}:{port};branch=z9hG4bKq{n}uaa1jr4vm
Max-Forwards: 70
From: <sip:512@{ip}>;tag=dm.{n}
To: <sip:MAC%3a{mac}@224.0.1.75>
Call-ID: 6cm{n}.o.8i@{ip}
CSeq: {cseq} SUBSCRIBE
Contact: <sip:512@{ip}>
Accept: application/url
Allow: INVITE, CANCEL, BYE, ACK, REGISTER, OPTIONS, REFER, SUBSCRIBE, NOTIFY, MESSAGE,
 INFO, PRACK, UPDATE
Allow-Events: dialog,message-summary
Event: ua-profile;profile-type="device";vendor="snom";model="{model}";version="{version}"
Expires: 0
Supported: replaces,100rel
User-Agent: {model}/{version} (MAC={MAC}; SER= 00000; HW=255)
Content-Length: 0

"""

# The MAC in the User-Agent alone, and the typographic quotes of its manual (in UTF-8).
SNOM_M300 = """\
SUBSCRIBE sip:512@224.0.1.75 SIP/2.0
Via: SIP/2.0/UDP {ip}:{port};branch=z9hG4bKl{n}uaa1jr4vn
Max-Forwards: 70
From: <sip:512@{ip}>;tag=dm.{n}
To: <sip:512@224.0.1.75>
Call-ID: 6cm{n}.o.9i@{ip}
CSeq: {cseq} SUBSCRIBE
Contact: <sip:512@{ip}>
Event: ua-profile;profile-type=“device”;vendor=“snom”;model=“{model}”;version=“{version}”
Expires: 0
User-Agent: {model}/{version} (MAC={MAC}; SER= 00000; HW=255)
Content-Length: 0

""".encode().decode("latin-1")

YEALINK_DESK = """\
SUBSCRIBE sip:MAC{mac}@224.0.1.75 SIP/2.0
Via: SIP/2.0/UDP {ip}:{port};branch=z9hG4bK{n}
From: <sip:MAC{mac}@224.0.1.75>;tag={n}
To: <sip:MAC{mac}@224.0.1.75>
Call-ID: {n}@{ip}
CSeq: {cseq} SUBSCRIBE
Contact: <sip:MAC{mac}@{ip}:{port}>
Max-Forwards: 70
User-Agent: Yealink SIP-T21P {version}
Expires: 0
Event: ua-profile;profile-type="device";vendor="Yealink";model="{model}";version="{version}"
Accept: application/url
Content-Length: 0

"""

YEALINK_DECT = _like(YEALINK_DESK, ("SIP-T21P", "W73P"), ('"Yealink"', '"yealink"'))

# The MAC once more in the User-Agent.
YEALINK_T53W = """\
SUBSCRIBE sip:MAC%3a{mac}@224.0.1.75 SIP/2.0
Via: SIP/2.0/UDP {ip}:{port};branch=z9hG4bK{n};rport
From: <sip:MAC%3a{mac}@224.0.1.75>;tag={n}
To: <sip:MAC%3a{mac}@224.0.1.75>
Call-ID: {n}@{ip}
CSeq: {cseq} SUBSCRIBE
Contact: <sip:{ip}:{port}>
Max-Forwards: 70
User-Agent: Yealink SIP-T53W {version} {mac}
Event: ua-profile;profile-type="device";vendor="Yealink";model="{model}";version="{version}"
Expires: 0
Accept: application/url
Content-Length: 0

"""

# Two Vias, compact names, blanks around the semicolons, bare LF, no Content-Length.
YEALINK_OLD = """\
SUBSCRIBE sip:MAC:{MAC}@224.0.1.75 SIP/2.0
v: SIP/2.0/UDP {ip}:{port};branch=z9hG4bK{n}1
v: SIP/2.0/UDP 10.250.0.1:5060;branch=z9hG4bK{n}2
f: <sip:MAC:{MAC}@224.0.1.75>;tag={n}
t: <sip:MAC:{MAC}@224.0.1.75>
i: yl-{n}
m: <sip:MAC:{MAC}@{ip}:{port}>
CSeq: {cseq} SUBSCRIBE
o: UA-Profile ; profile-type=device ; vendor="Yealink" ; model="{model}" ; version="{version}"

"""

GRANDSTREAM = """\
SUBSCRIBE sip:MAC%3A{MAC}@224.0.1.75 SIP/2.0
Via: SIP/2.0/UDP {ip}:{port};branch=z9hG4bK{n};rport
From: <sip:MAC%3A{MAC}@224.0.1.75>;tag={n}
To: <sip:MAC%3A{MAC}@224.0.1.75>
Call-ID: {n}-{port}-1@BJC.BGI.IG.DA
CSeq: {cseq} SUBSCRIBE
Contact: <sip:{ip}:{port}>
Max-Forwards: 70
User-Agent: Grandstream {model} {version}
Expires: 0
Supported: replaces, path
Event: ua-profile;profile-type="device";vendor="Grandstream";model="{model}";version="{version}"
Accept: application/url
Allow: INVITE, ACK, OPTIONS, CANCEL, BYE, SUBSCRIBE, NOTIFY, INFO, REFER, UPDATE, MESSAGE
Content-Length: 0

"""

FANVIL = """\
SUBSCRIBE sip:MAC={mac}@224.0.1.75 SIP/2.0
Via: SIP/2.0/UDP {ip}:{port};branch=z9hG4bK{n}4624733
From: <sip:MAC={mac}@224.0.1.75>
To: <sip:MAC={mac}@224.0.1.75>
Call-ID: {n}850-163241588724467@{ip}
CSeq: {cseq} SUBSCRIBE
Contact: <sip:{ip}:{port}>
Max-Forwards: 70
User-Agent: Fanvil {model}
Expires: 0
Event:ua-profile;profile-type="device";vendor="Fanvil";model="{model}";version="{version}"
Accept: application/url
Content-Length: 0

"""

PLANET = _like(FANVIL, ("Fanvil", "PLANET"))

AUDIOCODES = """\
SUBSCRIBE sip:224.0.1.75:5060 SIP/2.0
From: <sip:00000001@{ip}:{port}>;tag=87a5a8-25020d0a-13c4-50029-{n}-66dc40c
To: <sip:224.0.1.75:5060>
Call-ID: 8884c8-25020d0a-13c4-50029-{n}-3e2bcb8e
CSeq: {cseq} SUBSCRIBE
Via: SIP/2.0/UDP {ip}:{port};rport;branch=z9hG4bK-{n}-6ad00ca2-7ca3606e
Expires: 0
Event: ua-profile;profile-type="application";model="{model}";version="{version}"
Max-Forwards: 70
Supported: replaces,100rel
Accept: application/url
Contact: <sip:00000001@{ip}:{port}>
User-Agent: AUDC-IPPhone/{version}
Content-Length: 0

"""

PANASONIC = """\
SUBSCRIBE sip:MAC%3a{MAC}@224.0.1.75 SIP/2.0
Via: SIP/2.0/UDP {ip}:{port};branch=z9hG4bK-{n}-p;rport
Max-Forwards: 70
From: <sip:MAC%3a{MAC}@224.0.1.75>;tag={n}
To: <sip:MAC%3a{MAC}@224.0.1.75>
Call-ID: {n}@{ip}
CSeq: {cseq} SUBSCRIBE
Contact: <sip:{ip}:{port}>
Event: ua-profile;profile-type="device";vender="Panasonic";model="{model}";version="{version}"
Accept: application/url
Expires: 0
User-Agent: Panasonic-{model}/{version} ({mac})
Content-Length: 0

"""

GIGASET = """\
SUBSCRIBE sip:MAC%3a{MAC}@gigaset.example SIP/2.0
Via: SIP/2.0/UDP {ip}:{port};branch=z9hG4bK{n};rport
From: <sip:MAC%3a{MAC}@gigaset.example>;tag={n}
To: <sip:MAC%3a{MAC}@gigaset.example>
Call-ID: {n}@{ip}
CSeq: {cseq} SUBSCRIBE
Max-Forwards: 70
Event: ua-profile;profile-type="device";vendor="Gigaset";model="{model}";version="{version}"
Expires: 0
Accept: application/url
Contact: <sip:{ip}:{port}>
User-Agent: {model}/{version}
Content-Length: 0

"""

AKUVOX = _like(
    YEALINK_DESK,
    ("Yealink SIP-T21P", "Akuvox {model}"),
    ("Yealink", "Akuvox"),
    ("{mac}", "{MAC}"),
    (";branch", ";rport;branch"),
    ("Call-ID: {n}@{ip}", "Call-ID: {n}"),
)

HTEK = _like(
    YEALINK_T53W,
    ("Yealink SIP-T53W {version} {mac}", "Htek {model} V{version}"),
    ("Yealink", "Htek"),
    ("%3a", "%3A"),
    (";rport", ""),
    ("{n}@{ip}", "{n}-h@{ip}"),
)

# No real phone: it uses every liberty that some phone takes, all in one message.
AWKWARD = """\

SUBSCRIBE sip:mac={mac}@224.0.1.75 SIP/2.0
VIA : SIP/2.0/udp {ip}:{port};RPORT;Branch=z9hG4bK{n} , SIP/2.0/UDP 10.250.0.9;branch=z9hG4bK9
from:B\xfcro <sip:mac={mac}@224.0.1.75>;tag={n}
TO\t: <sip:mac={mac}@224.0.1.75>
call-id:{n}-awkward
cseq:   {cseq}   SUBSCRIBE
contact:"B\xfcro" <sip:awkward@{ip}:{port};ob>;expires=0
Event: ua-profile;
 profile-type=device;VENDOR=Fanvil;
\tmodel="{model}";version={version}
X-Room: Stra\xdfe 5
l: 0

"""

AGAIN = Timing(tries=3, window=20.0, every=20.0)
IMPATIENT = Timing(window=5.0, takes_late=False)

SHAPES: dict[str, Shape] = {
    shape.name: shape
    for shape in (
        Shape(
            *("snom", "snom", "snomD785", "10.1.141.13", "000413", SNOM_DESK),
            port=3072,
            ok_reason="Ok",
        ),
        Shape("yealink", "Yealink", "T21D", "34.72.14.6", "001565", YEALINK_DESK, port=5059),
        Shape(
            *("grandstream", "Grandstream", "GRP2612W", "1.0.5.67", "C074AD", GRANDSTREAM),
            port=5080,
            cseq=20000,
            timing=Timing(tries=5),
        ),
        Shape("fanvil", "Fanvil", "X4U", "2.4.12.1", "0C383E", FANVIL, timing=AGAIN),
        Shape(
            *("audiocodes", "AudioCodes", "420HD", "1.2.1_build_6", "00908F", AUDIOCODES),
            timing=IMPATIENT,
            sends_mac=False,
        ),
        Shape("snom-dect", "snom", "snomM700", "03.23.0005", "000413", SNOM_DECT, cseq=20264),
        Shape(
            *("panasonic", "Panasonic", "KX-HDV230", "08.102", "BCC342", PANASONIC),
            timing=IMPATIENT,
        ),
        Shape("gigaset", "Gigaset", "Maxwell3", "3.20.4", "7C2F80", GIGASET),
        Shape("planet", "PLANET", "VIP-2140PT", "2.0.3.2991", "00304F", PLANET, timing=AGAIN),
        Shape("akuvox", "Akuvox", "R20K", "220.30.3.1", "0C1105", AKUVOX),
        Shape(
            *("snom-old", "snom", "snom370", "8.7.5.48", "000413", SNOM_DESK),
            port=1053,
            ok_reason="Ok",
        ),
        Shape("htek", "Htek", "UC926", "2.0.4.8.28", "001FC1", HTEK, port=5062),
        Shape("yealink-dect", "Yealink", "W73P", "116.85.0.20", "805EC0", YEALINK_DECT, port=5059),
        Shape("snom-oem", "snom", "OEM", "7.1.19", "000413", SNOM_OEM, ok_reason="Ok"),
        Shape(
            *("yealink-old", "Yealink", "SIP-T32G", "32.70.0.228", "001565", YEALINK_OLD),
            port=5062,
            cseq=7,
            newline="\n",
        ),
        Shape("snom-m300", "snom", "snomM300", "03.23.0005", "000413", SNOM_M300, cseq=20264),
        Shape("yealink-t53w", "Yealink", "T53W", "96.87.0.16", "805EC0", YEALINK_T53W),
        Shape("gigaset-oem", "Gigaset", "OEM", "7.1.19", "7C2F80", SNOM_OEM),
        Shape("awkward", "Fanvil", "X3S", "2.12", "0C383E", AWKWARD, port=50600, cseq=2147483647),
    )
}
"""Every shape by its name; the first twelve are of different makes or generations."""
