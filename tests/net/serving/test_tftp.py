"""TFTP on real sockets: what goes to whom, and when."""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterator
from pathlib import Path

import pytest

from pnp_gui.files.limits import TRANSFERS_OF_ADDRESS
from tests.files.tftp_client import Phone, ack, rrq
from tests.net.serving.conftest import APPROVED, STRANGER, Server, server_of

OTHER_APPROVED = "127.0.0.4"
CONFIG = "cfg000413aabbcc.xml"
FIRMWARE = "firmware/snom D785.bin"


def free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def tftp(folder: Path) -> Iterator[Server]:
    with server_of(folder, tftp=free_port()) as made:
        made.until(lambda state: state["files"] == 4, "the folder is read")
        yield made


_clients: list[Client] = []


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    yield
    while _clients:
        _clients.pop().socket.close()


class Client:
    """A UDP socket at one address."""

    def __init__(self, server: Server, address: str = APPROVED) -> None:
        self.port = server.state()["tftp_port"]
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind((address, 0))
        self.socket.settimeout(20)
        _clients.append(self)

    def ask(self, packet: bytes, to: str = "127.0.0.1") -> None:
        self.socket.sendto(packet, (to, self.port))

    def receive(self) -> tuple[bytes, tuple[str, int]]:
        packet, source = self.socket.recvfrom(4096)
        return packet, source

    def is_silent(self) -> bool:
        """Nothing has come. To be asked once the server has surely dealt with what was sent."""
        self.socket.setblocking(False)
        try:
            self.socket.recv(4096)
        except BlockingIOError:
            return True
        finally:
            self.socket.settimeout(20)
        return False

    def read(self, name: str, *options: object) -> bytes:
        """The whole file."""
        self.ask(rrq(name, *options))
        return self.go_on()

    def go_on(self) -> bytes:
        """Acknowledge until the file is whole."""
        phone = Phone()
        while not phone.done:
            packet, source = self.receive()
            for each in phone.receive(packet):
                self.socket.sendto(each, source)
            assert phone.error is None
        return bytes(phone.content)


def settled(server: Server) -> None:
    """What was sent before is dealt with: a later request is."""
    client = Client(server)
    assert client.read("y000000000000.cfg") == b"#!version:1.0.0.1\n"


def test_an_approved_phone_gets_its_file_and_it_is_reported(tftp: Server) -> None:
    client = Client(tftp)
    assert client.read(CONFIG, "blksize", 1400, "tsize", 0) == b"<settings/>\n" * 1700
    (fetch,) = tftp.ended()
    assert fetch["scheme"] == "tftp"
    assert fetch["method"] == "RRQ"
    assert (fetch["target"], fetch["name"]) == (CONFIG, CONFIG)
    assert (fetch["status"], fetch["size"], fetch["sent"]) == (200, 20400, 20400)
    assert fetch["remote"] == list(client.socket.getsockname())
    assert fetch["local"] == ["127.0.0.1", client.port]
    assert fetch["request"] == rrq(CONFIG, "blksize", 1400, "tsize", 0).decode()
    assert fetch["answer"] == "\0\6blksize\x001400\0tsize\x0020400\0"
    assert (fetch["end"], fetch["complete"]) == ("done", True)
    assert tftp.state()["active"] == 0


@pytest.mark.parametrize(
    ("packet", "code", "status", "name"),
    [
        (rrq("none.cfg"), 1, 404, "none.cfg"),
        (rrq("/firmware/../../etc/passwd"), 1, 404, ""),
        (rrq("%63fg000413aabbcc.xml"), 1, 404, ""),
        (rrq("CFG000413AABBCC.xml"), 1, 404, "CFG000413AABBCC.xml"),
        (rrq(CONFIG, mode="mail"), 4, 500, CONFIG),
        (b"\0\2" + rrq("new.cfg")[2:], 2, 405, "new.cfg"),
    ],
)
def test_what_cannot_be_is_refused(
    tftp: Server, packet: bytes, code: int, status: int, name: str
) -> None:
    client = Client(tftp)
    client.ask(packet)
    answer, _ = client.receive()
    assert struct.unpack("!HH", answer[:4]) == (5, code)
    (fetch,) = tftp.ended()
    assert (fetch["status"], fetch["name"], fetch["complete"]) == (status, name, False)
    assert fetch["answer"] == answer.decode()
    assert sorted(path.name for path in tftp.folder.iterdir()) == sorted(
        [CONFIG, "y000000000000.cfg", "empty.cfg", "firmware"]
    )


@pytest.mark.parametrize(
    "packet",
    [
        rrq(CONFIG),
        b"\0\2" + rrq("x")[2:],
        rrq("none"),
        rrq(CONFIG, mode="mail"),
        b"",
        b"\0\5\0\0x\0",
    ],
)
def test_a_stranger_gets_no_packet(tftp: Server, packet: bytes) -> None:
    stranger = Client(tftp, STRANGER)
    for _ in range(50):
        stranger.ask(packet)
    tftp.until(lambda state: state["refused"] == 50, "all are counted")
    settled(tftp)
    assert stranger.is_silent()
    assert len([line for line in tftp.state()["log"] if STRANGER in line]) == 1
    assert all(each["remote"][0] != STRANGER for each in tftp.fetches())


def test_a_transfer_answers_its_own_phone_alone(tftp: Server) -> None:
    client, other, stranger = Client(tftp), Client(tftp, OTHER_APPROVED), Client(tftp, STRANGER)
    client.ask(rrq(FIRMWARE))
    first, transfer = client.receive()
    for packet in (ack(1), rrq(CONFIG), b"junk", b""):
        stranger.socket.sendto(packet, transfer)
    other.socket.sendto(b"\0\5\0\5x\0", transfer)  # nobody answers an ERROR
    other.socket.sendto(ack(1), transfer)
    assert other.receive() == (b"\0\5\0\5Unknown transfer identifier\0", transfer)
    tftp.until(lambda state: state["refused"] == 4, "all are counted")
    assert stranger.is_silent()
    assert other.is_silent()
    client.socket.sendto(ack(1), transfer)
    assert client.receive()[0][:4] == b"\0\3\0\2"
    assert first[4:] == (tftp.folder / FIRMWARE).read_bytes()[:512]


def test_withdrawing_stops_it_without_a_packet(tftp: Server) -> None:
    client, other = Client(tftp), Client(tftp, OTHER_APPROVED)
    client.ask(rrq(FIRMWARE))
    _, transfer = client.receive()
    other.ask(rrq(FIRMWARE))
    other.receive()
    tftp.do("withdraw", address=APPROVED)
    tftp.until(lambda state: state["active"] == 1, "one goes on")
    client.socket.sendto(ack(1), transfer)
    client.ask(rrq(CONFIG))
    tftp.until(lambda state: state["refused"] == 1, "the request is counted")
    assert client.is_silent()
    (stopped,) = [each for each in tftp.fetches() if each["remote"][0] == APPROVED]
    assert (stopped["end"], stopped["complete"]) == ("stopped", False)


def test_a_phone_that_is_not_approved_any_more_gets_nothing_more(tftp: Server) -> None:
    client = Client(tftp)
    client.ask(rrq(FIRMWARE))
    _, transfer = client.receive()
    tftp.do("disapprove", address=APPROVED)
    client.socket.sendto(ack(1), transfer)
    (stopped,) = tftp.ended()
    assert (stopped["end"], stopped["sent"]) == ("stopped", 0)
    assert client.is_silent()


def test_stopping_tells_the_phone(tftp: Server) -> None:
    client = Client(tftp)
    client.ask(rrq(FIRMWARE))
    client.receive()
    state = tftp.do("stop")
    assert (state["active"], state["tftp_port"], state["serving"]) == (0, 0, False)
    assert client.receive()[0] == b"\0\5\0\0The server was stopped\0"
    (fetch,) = tftp.fetches()
    assert fetch["end"] == "stopped"
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("", client.port))


def test_a_request_that_is_repeated_starts_one_transfer(tftp: Server) -> None:
    client = Client(tftp)
    for _ in range(5):
        client.ask(rrq(FIRMWARE))
    _, transfer = client.receive()
    settled(tftp)
    assert client.is_silent()
    client.socket.sendto(ack(1), transfer)
    client.receive()
    # After that it is a phone that has begun anew, from the same port.
    client.ask(rrq(FIRMWARE))
    _, another = client.receive()
    assert another != transfer
    assert next(each["end"] for each in tftp.ended(2) if each["name"] == FIRMWARE) == "broken"


def test_what_was_lost_is_sent_again_and_given_up(tftp: Server) -> None:
    client = Client(tftp)
    client.ask(rrq(FIRMWARE))
    first = client.receive()
    tftp.do("skew", seconds=1.1)
    assert client.receive() == first
    tftp.do("skew", seconds=2.1)
    assert client.receive() == first
    for _ in range(3):
        tftp.do("skew", seconds=8.1)
        assert client.receive() == first
    tftp.do("skew", seconds=8.1)
    (fetch,) = tftp.ended()
    assert client.is_silent()
    assert (fetch["end"], fetch["sent"]) == ("broken", 0)


def test_a_transfer_that_goes_on_is_reported_again(tftp: Server) -> None:
    client = Client(tftp)
    client.ask(rrq(FIRMWARE, "timeout", 30))
    client.receive()
    tftp.until(lambda _: tftp.fetches(), "it is reported")
    (fetch,) = tftp.fetches()
    assert (fetch["ended"], fetch["size"], fetch["sent"]) == (None, 3_072_000, 0)
    before = tftp.state()["reports"]
    tftp.until(lambda state: state["reports"] > before + 1, "it is reported again, twice")


def test_as_many_as_an_address_may_have_at_once_go_on_and_the_others_after_them(
    tftp: Server,
) -> None:
    clients = [Client(tftp) for _ in range(TRANSFERS_OF_ADDRESS + 2)]
    for client in clients[:-2]:
        client.ask(rrq(CONFIG))
        client.socket.setblocking(True)
        assert client.socket.recv(600, socket.MSG_PEEK)[:4] == b"\0\3\0\1"
    for client in clients[-2:]:
        client.ask(rrq(CONFIG))
    other = Client(tftp, OTHER_APPROVED)
    assert other.read("empty.cfg") == b""
    tftp.until(lambda state: state["active"] == TRANSFERS_OF_ADDRESS, "the others wait")
    assert clients[-1].is_silent()
    for client in clients:
        assert client.go_on() == b"<settings/>\n" * 1700
    assert len([line for line in tftp.state()["log"] if "has to wait" in line]) == 1


def test_five_hundred_phones_at_once(folder: Path) -> None:
    with server_of(folder, tftp=free_port()) as server:
        server.until(lambda state: state["files"] == 4, "the folder is read")
        clients = [Client(server, f"127.0.{1 + n // 100}.{2 + 2 * (n % 100)}") for n in range(500)]
        for client in clients:
            client.ask(rrq("y000000000000.cfg"))
        for client in clients:
            assert client.go_on() == b"#!version:1.0.0.1\n"
        fetches = server.ended(500)
        assert all(each["complete"] for each in fetches)
        assert not [line for line in server.state()["log"] if line.startswith("ERROR")]


def test_a_file_that_changes_meanwhile_is_not_sent_on(tftp: Server) -> None:
    client = Client(tftp)
    client.ask(rrq(FIRMWARE))
    packet, transfer = client.receive()
    (tftp.folder / FIRMWARE).write_bytes(b"new")
    number = 1
    while packet[:2] == b"\0\3":
        client.socket.sendto(ack(number), transfer)
        packet, _ = client.receive()
        assert b"new" not in packet
        number += 1
    assert packet[:4] == b"\0\5\0\0"
    (fetch,) = tftp.ended()
    assert (fetch["end"], fetch["complete"]) == ("changed", False)
    assert client.read(FIRMWARE) == b"new"


def test_a_port_that_is_taken_is_said_and_opened_when_it_is_free(folder: Path) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind(("", 0))
        port = taken.getsockname()[1]
        with server_of(folder, tftp=port) as server:
            state = server.until(lambda state: state["troubles"], "it is said")
            assert list(state["troubles"]) == ["tftp_port_busy"]
            assert f"UDP port {port} is already in use by" in state["troubles"]["tftp_port_busy"]
            taken.close()
            server.until(lambda state: not state["troubles"], "it is opened")
            assert Client(server).read("empty.cfg") == b""


@pytest.mark.root
def test_the_right_to_port_69_may_be_missing(folder: Path) -> None:
    without = ("setpriv", "--inh-caps=-all", "--bounding-set=-net_bind_service")
    with server_of(folder, tftp=69, inside=without) as server:
        state = server.until(lambda state: state["troubles"], "it is said")
        assert state["troubles"] == {
            "tftp_port_forbidden": "UDP port 69 needs administrator rights, as all ports below "
            "1024 do on this system. Choose another port, or allow it "
            "with “sudo sysctl net.ipv4.ip_unprivileged_port_start=69” "
            "until this computer restarts."
        }
        assert state["http_port"]


def test_no_tftp_is_no_trouble(server: Server) -> None:
    state = server.state()
    assert (state["tftp_port"], state["troubles"]) == (0, {})
