"""The bench with the real responder: a decision is what makes the difference on the wire."""

from __future__ import annotations

from pnp_gui.bench.phones.phone import Progress
from pnp_gui.bench.phones.registry import MAX_UNDECIDED
from pnp_gui.pnp.events import Outgoing
from pnp_gui.pnp.pending import MAX_PENDING
from tests.bench.air import Air, subscribe
from tests.bench.rig import Set

MAC = "000413A2105F"
PHONE = ("10.13.2.37", 1024)


def test_from_asking_to_accepted_and_back(at: Set) -> None:
    bench = at.bench
    air = Air(lambda: at.clock.monotonic)
    air.join(bench)

    def asked(call: str) -> list[Outgoing]:
        """What goes out because the phone asks."""
        air.hear(subscribe(MAC, PHONE[0], call), PHONE)
        return air.take()

    bench.set_default_url("http://h/${MAC}.xml?mac={mac}")

    assert asked("one") == []
    phone = bench.phones[MAC]
    assert (phone.make, phone.model, phone.address) == ("snom", "snomD785", "10.13.2.37")

    bench.approve([MAC])
    ok, notify = (one.data for one in air.take())
    assert ok.startswith(b"SIP/2.0 200 ")
    assert notify.partition(b"\r\n\r\n")[2].decode() == bench.preview(MAC)
    assert phone.progress is Progress.SENT

    via = next(line for line in notify.split(b"\r\n") if line.startswith(b"Via:"))
    air.hear(b"SIP/2.0 200 OK\r\n" + via + b"\r\nCSeq: 1 NOTIFY\r\n\r\n", PHONE)
    assert (phone.progress, phone.sent_url) == (Progress.ACCEPTED, bench.preview(MAC))
    assert [entry.outgoing for entry in bench.trace.of(MAC)] == [False, True, True, False]

    at.clock.forward(3600)
    assert len(asked("two")) == 2, "served without a click"
    bench.deny([MAC])
    air.expire(1)
    assert air.take() == [], "no retransmission"
    at.clock.forward(1)
    assert asked("three") == []


def test_every_undecided_row_has_its_request() -> None:
    """Approving sends nothing where the request was pushed out."""
    assert MAX_PENDING >= MAX_UNDECIDED * 1.1
