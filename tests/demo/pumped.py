"""The real responder on a loopback socket, pumped by a plain loop: for simulated phones to ask."""

from __future__ import annotations

import secrets
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from pnp_gui.pnp.datagram import Datagram
from pnp_gui.pnp.responder import Responder
from pnp_gui.pnp.subscribe import SubscribeRequest


@contextmanager
def pumped_responder(url_for: Callable[[SubscribeRequest], str | None]) -> Iterator[int]:
    """Its port on 127.0.0.1."""
    responder = Responder(url_for, lambda: secrets.token_hex(8))
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as wire:
        wire.bind(("127.0.0.1", 0))
        wire.settimeout(0.05)
        local: tuple[str, int] = wire.getsockname()
        stop = threading.Event()

        def pump() -> None:
            while not stop.is_set():
                with suppress(TimeoutError, ConnectionError):
                    data, source = wire.recvfrom(65535)
                    responder.receive(Datagram(data, source, local, "lo", time.monotonic()))
                responder.expire(time.monotonic())
                for out in responder.datagrams():
                    wire.sendto(out.data, out.remote)
                responder.events()

        thread = threading.Thread(target=pump)
        thread.start()
        try:
            yield local[1]
        finally:
            stop.set()
            thread.join()
