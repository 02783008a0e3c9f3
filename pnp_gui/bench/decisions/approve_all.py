"""Approve all for some minutes: the only way for a phone that nobody approved by name to get an
answer. So it is off whenever the program starts, and it ends by the clock that nobody can set.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from pnp_gui.bench.decisions.undo import Step
from pnp_gui.bench.phones.phone import Decision, Phone
from pnp_gui.bench.record.log import Level, Log
from pnp_gui.texts import Plural

MINUTES = (1, 5, 15, 60)
"""How long it may last."""

MAX_APPROVED = 20_000
"""Phones that one period approves; then it ends. A forged phone costs its sender one datagram, and
an approval is kept."""


class Approving(NamedTuple):
    """What there is to show of it while it is on."""

    make: str
    """The make it is limited to; "": every make."""
    left: float
    """Seconds."""
    approved: int
    """Phones approved by it so far."""


class ApproveAll:
    """On or off. It approves nobody itself: the bench asks it which phones it wants."""

    def __init__(self, log: Log, monotonic: Callable[[], float]) -> None:
        """`monotonic`: the bench's clock."""
        self._log = log
        self._monotonic = monotonic
        self._make = ""
        self._spared: set[str] = set()
        """Keys of phones that the technician took back to undecided meanwhile."""
        self.until: float | None = None
        """When it ends, on the bench's clock; None: it is off."""
        self.approved = 0
        """Phones approved in the present period, or in the last one."""
        self.step: Step | None = None
        """What is taken back when it is undone."""

    def check(self) -> Approving | None:
        """End it when its time is over; what to show of it now, None: it is off."""
        if self.until is None:
            return None
        left = self.until - self._monotonic()
        if self.approved >= MAX_APPROVED:
            self._log.note(
                Level.WARNING,
                "Approve all has approved {most} phones, which cannot all be real. Check them, "
                "and approve any others by hand.",
                {"most": MAX_APPROVED},
            )
        elif left > 0:
            return Approving(self._make, left, self.approved)
        self.stop()
        return None

    def start(self, minutes: int, make: str = "") -> None:
        """On from now; one that is on is replaced. `minutes` is one of `MINUTES`."""
        if minutes not in MINUTES:
            raise ValueError(minutes)
        self.until = self._monotonic() + minutes * 60.0
        self._make = make
        self._spared = set()
        self.approved = 0
        self.step = None
        self._log.note(
            Level.WARNING,
            Plural(
                "For the next %n minutes, every {make} phone that asks is approved.",
                "For the next minute, every {make} phone that asks is approved.",
            )
            if make
            else Plural(
                "For the next %n minutes, every phone that asks is approved.",
                "For the next minute, every phone that asks is approved.",
            ),
            {"n": minutes, "make": make},
        )

    def stop(self) -> None:
        """Off."""
        if self.until is not None:
            self.until = None
            self._log.note(
                Level.INFO,
                Plural(
                    "Approve all has ended: %n phones were approved.",
                    "Approve all has ended: 1 phone was approved.",
                ),
                {"n": self.approved},
            )

    def wants(self, phones: Iterable[Phone]) -> list[Phone]:
        """Those of these phones, which ask, that it would approve. None in conflict: which address
        is the phone only the technician can say. None that takes no URL."""
        if self.check() is None:
            return []
        make = self._make.casefold()
        return [
            phone
            for phone in phones
            if is_for_all(phone)
            and (not make or phone.make.casefold() == make)
            and phone.key not in self._spared
        ]

    def spare(self, keys: Iterable[str]) -> None:
        """The technician wants these undecided: they stay so, whatever they ask."""
        if self.until is not None:
            self._spared.update(keys)

    def rename(self, keys: Mapping[str, str]) -> None:
        """These phones have other keys."""
        self._spared.update(new for key, new in keys.items() if key in self._spared)


def is_for_all(phone: Phone) -> bool:
    """Whether it may be approved without its name."""
    return phone.decision is Decision.UNDECIDED and phone.conflict is None and phone.takes_url
