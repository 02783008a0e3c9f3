from __future__ import annotations

import gc
import tracemalloc

from pnp_gui.bench.record import trace as trace_module
from pnp_gui.bench.record.trace import ENTRY_BYTES, MAX_BYTES, Trace, TraceEntry
from pnp_gui.pnp.events import Message

LOCAL, REMOTE = ("10.13.2.2", 5060), ("10.13.2.37", 5059)


def message(key: str, data: bytes, *, outgoing: bool = False) -> Message:
    return Message(7.0, key, outgoing, "eth0", LOCAL, REMOTE, data)


def add(trace: Trace, one: Message, at: float) -> None:
    """It crossed the wire at `at`, unix seconds."""
    trace.add([one], at - one.at)


def test_messages_of_a_phone_are_given_oldest_first_with_all_that_is_known() -> None:
    trace = Trace()
    add(trace, message("A", b"1"), 100.0)
    add(trace, message("B", b"2"), 101.0)
    add(trace, message("A", b"3", outgoing=True), 102.0)
    assert trace.of("A") == [
        TraceEntry(100.0, "A", False, "eth0", LOCAL, REMOTE, b"1"),
        TraceEntry(102.0, "A", True, "eth0", LOCAL, REMOTE, b"3"),
    ]
    assert [entry.data for entry in trace] == [b"1", b"2", b"3"]
    assert trace.of("C") == []
    assert trace.dropped == 0


def test_a_batch_is_the_same_as_one_by_one() -> None:
    all_of_them = [message("AAB"[number % 3], b"%d" % number) for number in range(90)]
    messages = [each._replace(at=float(number)) for number, each in enumerate(all_of_them)]
    at_once, one_by_one = (
        Trace(max_bytes=20 * (2 + ENTRY_BYTES), max_messages=12) for _ in range(2)
    )
    at_once.add(messages[:40], 1000.0)
    at_once.add(messages[40:], 1000.0)
    for each in messages:
        one_by_one.add([each], 1000.0)
    assert list(at_once) == list(one_by_one)
    assert at_once.of("B")[-1].at == 1089.0
    for key in "AB":
        assert at_once.dropped_of(key) == one_by_one.dropped_of(key)
    assert at_once.dropped == one_by_one.dropped
    assert at_once.bytes == one_by_one.bytes


def test_the_ends_are_those_of_the_wire() -> None:
    group = ("224.0.1.75", 5060)
    trace = Trace()
    add(trace, message("A", b"1"), 100.0)
    add(trace, message("A", b"2")._replace(to=group), 101.0)
    add(trace, message("A", b"3", outgoing=True), 102.0)
    assert [entry.ends for entry in trace] == [(REMOTE, LOCAL), (REMOTE, group), (LOCAL, REMOTE)]
    assert {entry.local for entry in trace} == {LOCAL}


def exchange(tag: bytes) -> list[Message]:
    """A phone asks, gets its URL and confirms it."""
    ask = message("A", b"SUBSCRIBE " + tag)
    return [
        *(ask, ask),
        message("A", b"SIP/2.0 200 OK " + tag, outgoing=True),
        message("A", b"NOTIFY " + tag, outgoing=True),
        message("A", b"SIP/2.0 200 " + tag),
    ]


def test_the_first_exchange_and_the_last_messages_of_a_phone_stay() -> None:
    trace = Trace(max_messages=20)
    for number in range(12):  # nobody approved it yet
        add(trace, message("A", b"SUBSCRIBE early"), float(number))
    first = exchange(b"first")
    trace.add(first, 100.0)
    for number in range(40):
        trace.add(exchange(b"%d" % number), 200.0)
        trace.trim()
    kept = [entry.data for entry in trace.of("A")]
    assert len(kept) == 20
    assert kept[3:8] == [one.data for one in first]
    assert kept[-5:] == [one.data for one in exchange(b"39")]
    assert trace.dropped_of("A") == 12 + 41 * 5 - 20


def test_phones_that_ask_all_day_leave_room_for_the_first_exchanges_of_the_others() -> None:
    trace = Trace(max_bytes=400 * (ENTRY_BYTES + 20))
    trace.add([one._replace(key="quiet") for one in exchange(b"first")], 0.0)
    for number in range(100):
        for key in "abcdefghij":
            add(trace, message(key, b"SUBSCRIBE %d" % number), 0.0)
        trace.trim()
    assert len(trace.of("quiet")) == 5
    assert trace.of("a")[0].data == b"SUBSCRIBE 0"
    assert trace.of("a")[-1].data == b"SUBSCRIBE 99"


def test_one_phone_keeps_so_many_messages_and_says_so() -> None:
    trace = Trace(max_messages=3)
    for number in range(5):
        add(trace, message("A", b"%d" % number), float(number))
    add(trace, message("B", b"b"), 9.0)
    assert [entry.data for entry in trace.of("A")] == [b"0", b"3", b"4"]
    assert (trace.dropped_of("A"), trace.dropped_of("B"), trace.dropped) == (2, 0, 2)
    assert len(trace) == 4


def test_over_the_bound_in_all_the_oldest_go_first() -> None:
    trace = Trace(max_bytes=3 * (100 + ENTRY_BYTES))
    for key in "ABCD":
        add(trace, message(key, bytes(100)), 0.0)
    assert [entry.key for entry in trace] == ["B", "C", "D"]
    assert trace.of("A") == []
    assert (trace.dropped_of("A"), trace.dropped) == (1, 1)


def test_what_is_dropped_one_way_does_not_disturb_the_other() -> None:
    trace = Trace(max_bytes=4 * (100 + ENTRY_BYTES), max_messages=2)
    for key in "AAABBCACB":
        add(trace, message(key, bytes(100)), 0.0)
        kept = list(trace)
        assert trace.bytes == sum(len(entry.data) + ENTRY_BYTES for entry in kept)
        for phone in "ABC":
            assert trace.of(phone) == [entry for entry in kept if entry.key == phone]


def test_a_message_larger_than_everything_is_dropped_itself() -> None:
    trace = Trace(max_bytes=1000)
    add(trace, message("A", bytes(65_507)), 0.0)
    assert (len(trace), trace.bytes, trace.dropped_of("A")) == (0, 0, 1)


def test_forgetting_a_phone_frees_its_messages() -> None:
    trace = Trace()
    add(trace, message("A", b"1"), 0.0)
    add(trace, message("B", b"2"), 0.0)
    trace.forget("A")
    trace.forget("never heard of")
    assert [entry.key for entry in trace] == ["B"]
    assert trace.bytes == 1 + ENTRY_BYTES
    assert trace.dropped == 0


def test_entries_that_were_read_go_with_their_phone() -> None:
    """Nobody looks at the others either: the last look stays, and holds nothing of it."""
    trace = Trace()
    add(trace, message("A", b"1"), 0.0)
    add(trace, message("B", b"2"), 0.0)
    of_b = trace.of("B")[0]

    def kept() -> list[str]:
        gc.collect()
        entries = [each for each in gc.get_objects() if isinstance(each, TraceEntry)]
        return [each.key for each in entries if each.data in (b"1", b"2")]

    assert sorted(kept()) == ["A", "B"]
    trace.forget("A")
    trace.trim()
    assert kept() == ["B"]
    assert trace.of("B")[0] is of_b


def test_memory_stays_inside_the_bound_whatever_comes() -> None:
    tracemalloc.start()
    try:
        trace = Trace()
        for number in range(60_000):
            # Small messages of many phones: the overhead is what counts.
            add(trace, message(f"{number % 30_000:012X}", b"%012d" % number), number + 0.5)
        taken, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    counts = 30_000 * 200  # `dropped_of` for every phone
    assert taken < MAX_BYTES + counts
    assert trace.dropped == 60_000 - len(trace)


def test_dropped_counts_are_bounded_too() -> None:
    trace = Trace(max_bytes=ENTRY_BYTES + 1)
    for number in range(trace_module.MAX_COUNTED + 10):
        add(trace, message(str(number), b"1"), 0.0)
    assert trace.dropped_of("0") == 0
    assert trace.dropped_of(str(trace_module.MAX_COUNTED)) == 1
    assert trace.dropped == trace_module.MAX_COUNTED + 9


def test_a_view_takes_only_what_is_new() -> None:
    trace = Trace(max_messages=3)
    for number in range(5):
        add(trace, message("AB"[number % 2], b"%d" % number), float(number))
    assert trace.added == 5
    assert [entry.data for entry in trace.since(3)] == [b"3", b"4"]
    assert [entry.data for entry in trace.since(0)] == [b"0", b"1", b"2", b"3", b"4"]
    assert trace.since(5) == []
    trace.forget("A")
    assert [entry.data for entry in trace.since(2)] == [b"3"]


def test_the_state_of_a_phone_is_another_after_everything_of_it() -> None:
    trace = Trace(max_messages=2)
    states = [trace.state_of("A")]
    for number in range(4):
        add(trace, message("A", b"%d" % number), 0.0)
        states.append(trace.state_of("A"))
    assert len(set(states)) == 5
    add(trace, message("B", b"b"), 0.0)
    assert trace.state_of("A") == states[-1]
    trace.forget("A")
    add(trace, message("A", b"new"), 0.0)
    assert trace.state_of("A") not in states
