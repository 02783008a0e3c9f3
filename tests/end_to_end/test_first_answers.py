"""A phone that is told its URL while the program starts finds its file there."""

from __future__ import annotations

import socket
import threading
from contextlib import closing
from pathlib import Path

from tests.end_to_end.program import Program
from tests.namespace import BenchNetwork
from tests.net.phone import Phone
from tests.process import START_SECONDS

MAC = "000413A2105F"
FILE = f"{MAC}.xml"


def test_a_phone_that_asks_during_the_start_can_fetch_at_once(
    bench: BenchNetwork, tmp_path: Path
) -> None:
    folder = tmp_path / "served"
    folder.mkdir()
    (folder / FILE).write_bytes(b"<settings/>")
    sheet = tmp_path / "phones.csv"
    sheet.write_text(f"mac,decision\n{MAC},approved\n")
    answers: list[bytes] = []

    def fetch() -> None:
        def connected() -> socket.socket:
            return socket.create_connection(("10.13.2.2", 8080), timeout=START_SECONDS)

        with closing(bench.phones.inside(connected)) as sock:
            sock.sendall(f"GET /{FILE} HTTP/1.0\r\n\r\n".encode())
            answers.append(sock.makefile("rb").read())

    over = threading.Event()

    def ask_and_fetch() -> None:
        with closing(bench.phones.udp_socket(("10.13.2.20", 0), device="ph0")) as sock:
            phone = Phone(sock, MAC)
            while not over.is_set():
                phone.ask()
                received = phone.receive(0.002)
                if received and received[0].startswith(b"NOTIFY"):
                    phone.answer(*received)
                    fetch()
                    return

    asking = threading.Thread(target=ask_and_fetch)
    asking.start()
    url = f"http://10.13.2.2:8080/{FILE}"
    arguments = ("--sheet", str(sheet), "-u", url, "--serve", str(folder))
    try:
        with Program(bench.tool, tmp_path, *arguments):
            asking.join(START_SECONDS)
    finally:
        over.set()
        asking.join()
    (answer,) = answers
    assert answer.startswith(b"HTTP/1.1 200")
    assert answer.endswith(b"\r\n\r\n<settings/>")
