"""The NOTIFY that asks a phone to reboot, as a transaction of its own."""

from __future__ import annotations

from collections.abc import Callable

from pnp_gui.pnp import builder as answer
from pnp_gui.pnp.events import Outgoing
from pnp_gui.pnp.makes import reboot_event
from pnp_gui.pnp.subscribe import MAGIC_COOKIE, SubscribeRequest
from pnp_gui.pnp.transactions import LIFETIME, T1, NotifyTransaction


def reboot_notify(
    request: SubscribeRequest, new_id: Callable[[], str], now: float
) -> tuple[NotifyTransaction, str]:
    """To where the phone asked from; and its Event, which is what this make understands."""
    branch = MAGIC_COOKIE + new_id()
    event = reboot_event(request.make, request.model)
    data = answer.reboot(request, new_id(), new_id(), branch, event)
    datagram = Outgoing(data, request.source, request.interface, request.local)
    notify = NotifyTransaction(
        request.key, branch, "", datagram, now + LIFETIME, now + T1, reboot=True
    )
    return notify, event
