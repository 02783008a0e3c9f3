"""Right answers to a Grandstream's SUBSCRIBE, written out by hand, to be spoilt bit by bit."""

from __future__ import annotations

from pnp_gui.demo.check import SentSubscribe
from pnp_gui.demo.shapes import SHAPES

PHONE = ("10.13.2.20", 5080)
RESPONDER = ("10.13.2.2", 5060)
URL = "http://10.13.2.2/gs/"

SUBSCRIBE = SHAPES["grandstream"].subscribe("C074ADA21002", *PHONE, "490431573", 20000)

ASKED = SentSubscribe(SUBSCRIBE, PHONE, RESPONDER, URL)

OK = (
    b"SIP/2.0 200 OK\r\n"
    b"Via: SIP/2.0/UDP 10.13.2.20:5080;branch=z9hG4bK490431573;rport=5080;received=10.13.2.20\r\n"
    b"From: <sip:MAC%3AC074ADA21002@224.0.1.75>;tag=490431573\r\n"
    b"To: <sip:MAC%3AC074ADA21002@224.0.1.75>;tag=ours1\r\n"
    b"Call-ID: 490431573-5080-1@BJC.BGI.IG.DA\r\n"
    b"CSeq: 20000 SUBSCRIBE\r\n"
    b"Contact: <sip:10.13.2.2:5060>\r\n"
    b"Expires: 0\r\n"
    b"Content-Length: 0\r\n"
    b"\r\n"
)

NOTIFY = (
    b"NOTIFY sip:10.13.2.20:5080 SIP/2.0\r\n"
    b"Via: SIP/2.0/UDP 10.13.2.2:5060;branch=z9hG4bKours2;rport\r\n"
    b"Max-Forwards: 70\r\n"
    b"From: <sip:MAC%3AC074ADA21002@224.0.1.75>;tag=ours1\r\n"
    b"To: <sip:MAC%3AC074ADA21002@224.0.1.75>;tag=490431573\r\n"
    b"Call-ID: 490431573-5080-1@BJC.BGI.IG.DA\r\n"
    b"CSeq: 1 NOTIFY\r\n"
    b"Contact: <sip:10.13.2.2:5060>\r\n"
    b'Event: ua-profile;profile-type="device";vendor="Grandstream";model="GRP2612W";'
    b'version="1.0.5.67"\r\n'
    b"Subscription-State: terminated;reason=timeout\r\n"
    b"Content-Type: application/url\r\n"
    b"Content-Length: 20\r\n"
    b"\r\n"
    b"http://10.13.2.2/gs/"
)
