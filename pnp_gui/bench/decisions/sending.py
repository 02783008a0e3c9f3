"""Sends what was decided: the last step, after disk and row. Ten thousand offers take half a
second, so they are made in slices, between which the program's loop has its turn. A phone that asks
before its turn is served at once.
"""

from __future__ import annotations

import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from pnp_gui.bench.phones.phone import Decision, Phone
from pnp_gui.pnp.send_result import SendResult


class Wire(Protocol):
    """What the bench needs of the network."""

    def offer(self, key: str) -> SendResult:
        """Send the phone what `Bench.url_for` gives for it now."""

    def reboot(self, key: str) -> SendResult:
        """Ask the phone to reboot, if `Bench.url_for` gives something for it."""

    def withdraw(self, key: str) -> None:
        """Send nothing more to the phone."""

    def forget(self, key: str) -> None:
        """The same, and know nothing of it any more."""

    def move(self, key: str) -> bool:
        """The phone is at the address in conflict from now on, if its request is still kept;
        whether it is."""

    def rename(self, key: str, mac: str) -> None:
        """A phone that is known by its address is this MAC. What is under way to it goes on."""


SLICE_SECONDS = 0.008
"""How long a slice takes, plus one phone."""

MANY = 1_000
"""More phones than this wait for a turn of the loop before the first slice."""

Later = Callable[[Callable[[], bool]], None]
"""Calls what it is given, each time when the loop is free, until that returns False."""


@dataclass(slots=True)
class _Job:
    """One action on many phones."""

    phones: deque[tuple[Phone, float | None]]
    """Whose turn has not come, with their `progress_at` at the time of the action."""
    reboot: bool
    """A request to reboot; else an offer, not to those that asked and were served since."""
    outcomes: Counter[SendResult]


class Sending:
    """Passes on to the wire, once there is one."""

    def __init__(self) -> None:
        self.wire: Wire | None = None
        self.later: Later | None = None
        """None: everything is sent at once."""
        self._jobs: deque[_Job] = deque()
        self._idle: dict[str, Phone] = {}
        """Phones that are sent nothing more, and to which nothing is under way by their rows. The
        wire, which knows for sure, is called in slices too."""
        self._under_way = False

    @property
    def waiting(self) -> int:
        """Phones whose turn has not come yet."""
        return sum(len(job.phones) for job in self._jobs)

    def offer(
        self, phones: Iterable[Phone], into: Counter[SendResult] | None = None
    ) -> Counter[SendResult]:
        """Send the approved ones their URL; how many phones had which outcome, added to `into`.
        That goes on being counted as long as any phone waits."""
        return self._add(phones, False, Counter() if into is None else into)

    def reboot(self, phones: Iterable[Phone]) -> Counter[SendResult]:
        """Ask the approved ones to reboot; how many phones had which outcome, counted likewise."""
        return self._add(phones, True, Counter())

    def withdraw(self, phones: Iterable[Phone]) -> None:
        """Send these nothing more: at once where something is under way, or may be."""
        for phone in phones:
            under_way = phone.withdrawn()
            if self.wire is None or not phone.asked:
                continue
            if under_way or phone.reboot_at is not None:
                self.wire.withdraw(phone.key)
            else:
                self._idle[phone.key] = phone
        self._start()

    def move(self, keys: Iterable[str]) -> set[str]:
        """These phones are at the addresses in conflict from now on; the keys of those for which
        that is so. For the others nothing is kept that could be answered there."""
        wire = self.wire
        return set() if wire is None else {key for key in keys if wire.move(key)}

    def forget(self, key: str) -> None:
        """Send nothing more to a phone that has no row any more."""
        self._idle.pop(key, None)
        if self.wire is not None:
            self.wire.forget(key)

    def rename(self, renamed: Mapping[str, Phone]) -> None:
        """These phones, by the addresses they were known by, have other rows now."""
        for job in self._jobs:
            waiting = ((renamed.get(phone.key, phone), before) for phone, before in job.phones)
            job.phones = deque(waiting)
        for key, phone in renamed.items():
            if self._idle.pop(key, None):
                self._idle[phone.key] = phone
            if self.wire is not None:
                self.wire.rename(key, phone.key)

    def _add(
        self, phones: Iterable[Phone], reboot: bool, outcomes: Counter[SendResult]
    ) -> Counter[SendResult]:
        each = deque((phone, phone.progress_at) for phone in phones)
        self._jobs.append(_Job(each, reboot, outcomes))
        self._start()
        return outcomes

    def _start(self) -> None:
        if self._under_way:
            return
        if self.later is not None and self.waiting + len(self._idle) > MANY:
            # The decisions took their time already: the loop has its turn before the first slice.
            self._under_way = True
            self.later(self._slice)
        elif self._slice():
            if self.later is not None:
                self.later(self._slice)
            while self.later is None and self._slice():
                pass

    def _slice(self) -> bool:
        """Send for a moment; whether there is more to send."""
        # What is sent may lead to further decisions at once: they wait their turn.
        self._under_way = True
        more = False
        try:
            end = time.monotonic() + SLICE_SECONDS
            while self._send_next():
                if time.monotonic() > end:
                    more = True
                    break
        finally:
            self._under_way = more
        return more

    def _send_next(self) -> bool:
        """Send to one phone; False: there is none."""
        while self._jobs and not self._jobs[0].phones:
            self._jobs.popleft()
        if self._jobs:
            job = self._jobs[0]
            phone, before = job.phones.popleft()
            job.outcomes[self._send(phone, job.reboot, before)] += 1
        elif self._idle:
            key, phone = self._idle.popitem()
            if phone.decision is not Decision.APPROVED and self.wire is not None:
                self.wire.withdraw(key)
        else:
            return False
        return True

    def _send(self, phone: Phone, reboot: bool, before: float | None) -> SendResult:
        if phone.decision is not Decision.APPROVED:
            return SendResult.NOT_APPROVED
        if phone.lacks:
            return SendResult.NO_URL
        if not phone.asked or self.wire is None:
            return SendResult.NEVER_ASKED
        if reboot:
            return self.wire.reboot(phone.key)
        if phone.has_url and phone.progress_at != before:
            return SendResult.OK_AND_NOTIFY
        return self.wire.offer(phone.key)
