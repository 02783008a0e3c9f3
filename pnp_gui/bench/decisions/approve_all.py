"""Approve all for some minutes: whether it is on, for whom, and when it is over.

It is the only way for a phone to get an answer that nobody approved by name. In a run it ends by
the clock that nobody can set, and when it approved more phones than any floor has. Over a restart
there is only the wall clock, and every doubt about that ends it: its time is over by it, or it was
set back since it was seen last. It goes on after a restart only when somebody who shows it says so
(`resume`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from pnp_gui.bench.decisions.undo import Step
from pnp_gui.bench.phones.phone import Decision, Phone
from pnp_gui.bench.record.log import Level, Log
from pnp_gui.bench.store.settings import APPROVE_ALL, APPROVE_ALL_SEEN
from pnp_gui.bench.store.store import Store
from pnp_gui.texts import Plural

MINUTES = (1, 5, 15, 60)
"""How long it may last."""

MAX_APPROVED = 20_000
"""Phones that one period approves; then it ends. A forged phone costs its sender one datagram, and
what is approved is kept for ever."""

KEEP_EVERY = 5.0
"""Seconds between two notes of the time in the store."""

CLOCKS_AGREE = 0.5
"""Seconds: more between wall clock and the other means that the wall clock was set."""


class Approving(NamedTuple):
    """What there is to show of it while it is on."""

    make: str
    """The make it is limited to; "": every make."""
    left: float
    """Seconds."""
    ends: float
    """Unix seconds, if the clock is not set meanwhile."""
    approved: int
    """Phones approved by it so far."""


@dataclass(slots=True)
class _Period:
    start: float
    """Unix seconds, for the next start of the program: as if the clock had always been as now."""
    seconds: float
    make: str
    until: float
    """On the clock that nobody can set, which begins anew with each start of the computer."""
    latest: float
    """The latest time seen in it, unix seconds."""
    kept_at: float
    """`latest`, as it is in the store."""
    spared: set[str] = field(default_factory=set)
    """Phones that the technician took back to undecided meanwhile."""


class ApproveAll:
    """On or off. It approves nobody itself: `Bench` asks it whom it wants."""

    approved: int
    """Phones approved in the present period, or in the last one."""
    step: Step | None
    """What is taken back when it is undone."""

    def __init__(
        self, store: Store, log: Log, now: Callable[[], float], monotonic: Callable[[], float]
    ) -> None:
        self._store = store
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
        left = self._left(period)
        return Approving(period.make, left, self._now() + left, self.approved)

    def begin(self, minutes: int, make: str = "") -> None:
        """On from now; one that is on is replaced. `minutes` is one of `MINUTES`."""
        if minutes not in MINUTES:
            raise ValueError(minutes)
        now = self._now()
        seconds = minutes * 60.0
        self._period = _Period(now, seconds, make, self._monotonic() + seconds, now, now)
        self.approved = 0
        self.step = None
        self._keep()
        self._log.add(
            now,
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

    def resume(self) -> None:
        """Go on with what was on when the program ended, if its time is not over."""
        kept = self._store.setting(APPROVE_ALL, APPROVE_ALL.default)
        if self._period is not None or not kept:
            return
        self._period = self._read(kept)
        if self._running() is None:
            self._forget()
        else:
            self._log.add(
                self._now(),
                Level.WARNING,
                "Every phone that asks is approved: that was on when the program ended, and its "
                "time is not over.",
            )

    def end(self) -> None:
        """Off."""
        if self._period is not None:
            self._period = None
            self._forget()
            self._log.add(
                self._now(),
                Level.INFO,
                Plural(
                    "Phones that ask are not approved by themselves any more: %n were.",
                    "Phones that ask are not approved by themselves any more: 1 was.",
                ),
                {"n": self.approved},
            )

    def wants(self, phone: Phone) -> bool:
        """Whether this phone, which asks, is to be approved by it. Which of two addresses is the
        phone only the technician can say."""
        period = self._running()
        return (
            period is not None
            and phone.decision is Decision.UNDECIDED
            and phone.conflict is None
            and (not period.make or phone.make.casefold() == period.make.casefold())
            and phone.key not in period.spared
        )

    def spare(self, keys: Iterable[str]) -> None:
        """The technician wants these undecided: they stay so, whatever they ask."""
        period = self._running()
        if period is not None and not period.spared.issuperset(keys := list(keys)):
            period.spared.update(keys)
            self._keep()

    def tick(self) -> None:
        """To be called at least once a second."""
        period = self._running()
        if period is None:
            return
        set_by = self._now() + self._left(period) - (period.start + period.seconds)
        if abs(set_by) > CLOCKS_AGREE:
            period.start += set_by
            period.latest = self._now()
            self._keep()
        elif period.latest - period.kept_at >= KEEP_EVERY:
            self._keep_time(period)

    def _running(self) -> _Period | None:
        period = self._period
        if period is None:
            return None
        if self.approved >= MAX_APPROVED:
            self._log.add(
                self._now(),
                Level.WARNING,
                "{most} phones were approved by themselves, which are more than any floor has: "
                "look through them, and approve the others by name.",
                {"most": MAX_APPROVED},
            )
        elif self._left(period) > 0:
            period.latest = max(period.latest, self._now())
            return period
        self.end()
        return None

    def _left(self, period: _Period) -> float:
        return period.until - self._monotonic()

    def _keep(self) -> None:
        period = self._period
        if period is not None:
            self._keep_time(period)
            self._store.set_setting(
                APPROVE_ALL,
                {
                    "start": period.start,
                    "seconds": period.seconds,
                    "make": period.make,
                    "spared": sorted(period.spared),
                },
            )

    def _keep_time(self, period: _Period) -> None:
        period.kept_at = period.latest
        self._store.set_setting(APPROVE_ALL_SEEN, [period.latest, float(self.approved)])

    def _forget(self) -> None:
        self._store.set_setting(APPROVE_ALL, APPROVE_ALL.default)

    def _read(self, kept: dict[str, object]) -> _Period | None:
        """What was kept, if it can be believed."""
        start, seconds = kept.get("start"), kept.get("seconds")
        make, spared = kept.get("make"), kept.get("spared")
        seen = self._store.setting(APPROVE_ALL_SEEN, APPROVE_ALL_SEEN.default)
        if (
            not isinstance(start, float)
            or seconds not in [minutes * 60.0 for minutes in MINUTES]
            or not isinstance(seconds, float)
            or not isinstance(make, str)
            or not isinstance(spared, list)
            or len(seen) != 2
            or not all(isinstance(each, float) for each in seen)
        ):
            return None
        now, (latest, approved) = self._now(), seen
        if now < latest:
            return None
        self.approved = int(approved)
        until = self._monotonic() + start + seconds - now
        return _Period(start, seconds, make, until, now, latest, {str(key) for key in spared})
