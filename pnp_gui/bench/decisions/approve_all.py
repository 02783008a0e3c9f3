"""Approve all for some minutes: whether it is on, for whom, and when it is over.

It is the only way for a phone that nobody approved by name to get an answer. So it is off whenever
the program starts, and it ends by the clock that nobody can set, or when it approved more phones
than anybody has.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
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


@dataclass(slots=True)
class _Period:
    make: str
    until: float
    """On the bench's clock."""
    spared: set[str] = field(default_factory=set)
    """Keys of phones that the technician took back to undecided meanwhile."""


class ApproveAll:
    """On or off. It approves nobody itself: the bench asks it which phones it wants."""

    approved: int
    """Phones approved in the present period, or in the last one."""
    step: Step | None
    """What is taken back when it is undone."""

    def __init__(self, log: Log, now: Callable[[], float], monotonic: Callable[[], float]) -> None:
        """`now` gives unix seconds for the log, `monotonic` those of the bench's clock."""
        self._log = log
        self._now = now
        self._monotonic = monotonic
        self._period: _Period | None = None
        self.approved = 0
        self.step = None

    @property
    def state(self) -> Approving | None:
        """What to show of it now; None: it is off. Ends it when its time is over."""
        period = self._running()
        if period is None:
            return None
        return Approving(period.make, self._left(period), self.approved)

    def start(self, minutes: int, make: str = "") -> None:
        """On from now; one that is on is replaced. `minutes` is one of `MINUTES`."""
        if minutes not in MINUTES:
            raise ValueError(minutes)
        self._period = _Period(make, self._monotonic() + minutes * 60.0)
        self.approved = 0
        self.step = None
        self._log.add(
            self._now(),
            Level.WARNING,
            Plural(
                "From now on, for %n minutes, every phone of {make} that asks is approved.",
                "From now on, for 1 minute, every phone of {make} that asks is approved.",
            )
            if make
            else Plural(
                "From now on, for %n minutes, every phone that asks is approved.",
                "From now on, for 1 minute, every phone that asks is approved.",
            ),
            {"n": minutes, "make": make},
        )

    def stop(self) -> None:
        """Off."""
        if self._period is not None:
            self._period = None
            self._log.add(
                self._now(),
                Level.INFO,
                Plural(
                    "Approve all has ended: %n phones were approved.",
                    "Approve all has ended: 1 phone was approved.",
                ),
                {"n": self.approved},
            )

    def wants(self, phone: Phone) -> bool:
        """Whether this phone, which asks, is to be approved by it. One in conflict is not: which
        address is the phone only the technician can say."""
        period = self._running()
        return (
            period is not None
            and is_for_all(phone)
            and (not period.make or phone.make.casefold() == period.make.casefold())
            and phone.key not in period.spared
        )

    def spare(self, keys: Iterable[str]) -> None:
        """The technician wants these undecided: they stay so, whatever they ask."""
        if self._period is not None:
            self._period.spared.update(keys)

    def tick(self) -> None:
        """End it when its time is over."""
        self._running()

    def _running(self) -> _Period | None:
        period = self._period
        if period is None:
            return None
        if self.approved >= MAX_APPROVED:
            self._log.add(
                self._now(),
                Level.WARNING,
                "{most} phones were approved automatically, more than can be real. Check them, "
                "and approve the others one by one.",
                {"most": MAX_APPROVED},
            )
        elif self._left(period) > 0:
            return period
        self.stop()
        return None

    def _left(self, period: _Period) -> float:
        return period.until - self._monotonic()


def is_for_all(phone: Phone) -> bool:
    """Whether it may be approved without its name."""
    return phone.decision is Decision.UNDECIDED and phone.conflict is None
