"""Another program that has a UDP port on the machine of the bench."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tests.namespace import Namespace

SOFTPHONE = """
import socket, sys
sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
if sys.argv[3:]:
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, sys.argv[3].encode())
sock.bind((sys.argv[1], int(sys.argv[2])))
print("bound", flush=True)
sys.stdin.read()
"""


@contextmanager
def softphone(
    namespace: Namespace, address: str = "", port: int = 5060, device: str = ""
) -> Iterator[int]:
    """A program that has the port; its process id."""
    arguments = [address, str(port), *([device] if device else [])]
    with namespace.popen(
        *(sys.executable, "-c", SOFTPHONE, *arguments),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "bound\n"
        try:
            yield process.pid
        finally:
            process.communicate("")
