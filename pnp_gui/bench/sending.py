"""What decisions do on the wire: the last step, when disk and row have them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Protocol

from pnp_gui.bench.phone import Decision, Phone, Progress
from pnp_gui.pnp.responder import Sent


class Wire(Protocol):
    """What the bench needs of the network."""

    def offer(self, key: str) -> Sent:
        """Send the phone what `Bench.url_for` gives for it now."""

    def reboot(self, key: str) -> Sent:
        """Ask the phone to reboot, if `Bench.url_for` gives something for it."""

    def withdraw(self, key: str) -> None:
        """Send nothing more to the phone."""


class Sending:
    """Passes on to the wire, once there is one."""

    wire: Wire | None

    def __init__(self) -> None:
        self.wire = None

    def offer(self, phones: Iterable[Phone]) -> dict[Sent, int]:
        """Send the approved ones their URL; how many phones had which outcome."""
        return self._each(phones, None if self.wire is None else self.wire.offer)

    def reboot(self, phones: Iterable[Phone]) -> dict[Sent, int]:
        """Ask the approved ones to reboot; how many phones had which outcome."""
        return self._each(phones, None if self.wire is None else self.wire.reboot)

    def withdraw(self, phones: Iterable[Phone]) -> None:
        """Send these nothing more."""
        for phone in phones:
            if phone.progress is Progress.SENT:
                phone.progress = Progress.ASKING
            if phone.heard:
                self.forget(phone.key)

    def forget(self, key: str) -> None:
        """Send nothing more to a phone that has no row any more."""
        if self.wire is not None:
            self.wire.withdraw(key)

    def _each(self, phones: Iterable[Phone], send: Callable[[str], Sent] | None) -> dict[Sent, int]:
        outcomes: Counter[Sent] = Counter()
        for phone in phones:
            if phone.decision is not Decision.APPROVED:
                outcomes[Sent.NOT_APPROVED] += 1
            elif not phone.heard or send is None:
                outcomes[Sent.NOT_HEARD] += 1
            else:
                outcomes[send(phone.key)] += 1
        return dict(outcomes)
