"""Captures, judged by tshark."""

from __future__ import annotations

import struct
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pnp_gui.bench.export.pcap import packet_of, pcap
from pnp_gui.bench.record.trace import TraceEntry
from pnp_gui.pnp.datagram import Datagram
from pnp_gui.pnp.events import Event, Message
from pnp_gui.pnp.responder import Responder
from tests.bench.export.captured import complaints, rows
from tests.pnp.desk import respond
from tests.pnp.phones import SHAPES, YEALINK

AT = 1_800_000_000.123456
OURS = ("192.0.2.5", 5060)
GROUP = ("224.0.1.75", 5060)
URL = "http://bob:secret@pbx.example/${mac}?password=hush"


def entry(data: bytes, *, at: float = AT, port: int = 5062, outgoing: bool = False) -> TraceEntry:
    return TraceEntry(at, "K", outgoing, "eth0", OURS, ("192.0.2.77", port), data)


def talk(ours: tuple[str, int] = OURS) -> list[TraceEntry]:
    """Every make we know asks, is answered, and accepts."""
    ids = count()
    responder = Responder(lambda ask: URL, lambda: f"id{next(ids):06d}")
    events: list[Event] = []
    for number, shape in enumerate(SHAPES.values()):
        source = shape.source(f"192.0.2.{100 + number}")
        at = number * 0.25
        port = f"eth{number % 2}"
        responder.receive(Datagram(shape.wire(source[0]), source, ours, port, at, GROUP))
        for sent in responder.datagrams():
            if sent.data.startswith(b"NOTIFY"):
                responder.receive(Datagram(respond(sent.data), source, ours, port, at + 0.02, ours))
        events += responder.events()
    return [TraceEntry(AT + e.at, *e[1:]) for e in events if isinstance(e, Message)]


def test_tshark_reads_every_make_with_ends_times_and_sip(tmp_path: Path) -> None:
    entries = talk()
    assert len(entries) == 4 * len(SHAPES)
    path = tmp_path / "all.pcap"
    path.write_bytes(pcap(entries, masked=False))
    assert complaints(path) == []
    ends = ("ip.src", "udp.srcport", "ip.dst", "udp.dstport")
    read = rows(path, "frame.time_epoch", *ends, "udp.payload", wanted="sip")
    assert len(read) == len(entries)
    for row, one in zip(read, entries, strict=True):
        source, target = (one.local, one.remote) if one.outgoing else (one.remote, OURS)
        if one.data.startswith(b"SUBSCRIBE"):
            target = GROUP
        assert abs(float(row[0]) - one.at) < 2e-6
        assert row[1:5] == [source[0], str(source[1]), target[0], str(target[1])]
        assert bytes.fromhex(row[5]) == one.data
    first = rows(path, "frame.time_epoch")[0][0]
    assert first.startswith("1800000000.123456")


@pytest.mark.parametrize(
    "to", ["224.0.1.75", "192.0.2.5", "192.0.2.9", "192.0.2.255", "255.255.255.255"]
)
def test_where_it_was_sent_to_is_its_destination_without_a_warning(tmp_path: Path, to: str) -> None:
    asked = YEALINK.wire("192.0.2.77")
    one = entry(asked)._replace(to=(to, 5060))
    path = tmp_path / "a.pcap"
    path.write_bytes(pcap([one], masked=True))
    assert complaints(path) == []
    assert rows(path, "ip.src", "ip.dst", "udp.dstport", "_ws.expert.severity") == [
        ["192.0.2.77", to, "5060", ""]
    ]


def test_ports_that_are_not_5060_are_what_they_were_and_still_sip(tmp_path: Path) -> None:
    path = tmp_path / "port.pcap"
    asked = YEALINK.wire("192.0.2.77")
    path.write_bytes(
        pcap([entry(asked, port=34567)._replace(local=("192.0.2.5", 15070))], masked=True)
    )
    assert complaints(path) == []
    assert rows(path, "udp.srcport", "udp.dstport", "sip.Method", wanted="sip") == [
        ["34567", "15070", "SUBSCRIBE"]
    ]


def test_masked_it_keeps_lengths_and_checksums_and_no_secret(tmp_path: Path) -> None:
    entries = talk()
    path = tmp_path / "masked.pcap"
    data = pcap(entries, masked=True)
    path.write_bytes(data)
    for secret in (b"bob", b"secret", b"hush"):
        assert secret not in data
        assert secret in pcap(entries, masked=False)
    assert complaints(path) == []
    notifies = rows(path, "sip.Content-Length", "udp.payload", wanted='sip.Method == "NOTIFY"')
    assert len(notifies) == len(SHAPES)
    for length, payload in notifies:
        body = bytes.fromhex(payload).partition(b"\r\n\r\n")[2]
        assert len(body) == int(length)
        assert body.startswith(b"http://xxx:xxxxxx@pbx.example/")
        assert body.endswith(b"?password=xxxx")
    whole = [len(one.data) for one in entries]
    assert [len(bytes.fromhex(row[0])) for row in rows(path, "udp.payload")] == whole


def test_an_empty_capture_is_one_and_an_old_time_is_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "empty.pcap"
    path.write_bytes(pcap([], masked=True))
    assert rows(path, "frame.number") == []
    path.write_bytes(pcap([entry(b"x", at=-5.0), entry(b"y", at=0.9999999)], masked=True))
    assert [float(row[0]) for row in rows(path, "frame.time_epoch")] == [0.0, 1.0]


def test_an_unknown_address_is_0_0_0_0(tmp_path: Path) -> None:
    path = tmp_path / "unknown.pcap"
    path.write_bytes(pcap([entry(b"x")._replace(local=("", 5060))], masked=True))
    assert rows(path, "ip.dst") == [["0.0.0.0"]]
    assert complaints(path) == []


def folded_sum(data: bytes) -> int:
    """RFC 1071, word by word."""
    data += bytes(len(data) % 2)
    total: int = sum(struct.unpack(f"!{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return total


@given(st.binary(max_size=300), st.integers(0, 70_000), st.booleans())
def test_checksums_are_those_of_the_rfc(data: bytes, number: int, outgoing: bool) -> None:
    packet = packet_of(entry(data, outgoing=outgoing), number, masked=False)
    assert folded_sum(packet[:20]) == 0xFFFF
    assert packet[10:12] != b"\xff\xff"
    pseudo = packet[12:20] + struct.pack("!HH", 17, len(packet) - 20)
    assert folded_sum(pseudo + packet[20:]) == 0xFFFF
    assert packet[26:28] != bytes(2)
    assert packet[28:] == data


def test_a_checksum_of_zero_is_written_as_ffff(tmp_path: Path) -> None:
    checksum = packet_of(entry(bytes(2)), masked=False)[26:28]
    one = entry(checksum)
    assert packet_of(one, masked=False)[26:28] == b"\xff\xff"
    path = tmp_path / "zero.pcap"
    path.write_bytes(pcap([one], masked=False))
    assert rows(path, "udp.checksum.status") == [["1"]]
    assert complaints(path) == []


def test_the_longest_datagram_fits(tmp_path: Path) -> None:
    path = tmp_path / "long.pcap"
    path.write_bytes(pcap([entry(bytes(65_507))], masked=False))
    assert rows(path, "ip.len", "udp.length") == [["65535", "65515"]]
    assert complaints(path) == []
