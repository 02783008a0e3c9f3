"""One HTTP connection (RFC 9110, 9112) as a state machine on h11: bytes, the time and pieces of
files go in; bytes, a deadline, what to read next and reports come out. One request is answered at a
time, and nothing is read meanwhile: pipelined ones are answered in order and nothing piles up."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from enum import Enum, auto

import h11

from pnp_gui.files.fetch import MAX_HEAD, Fetch, FetchEnd
from pnp_gui.files.folder import ServedFolder
from pnp_gui.files.http_answer import REASONS, Answer, answer_with, empty_answer, joined
from pnp_gui.files.http_content import Content, Loaded, end_of, status_of
from pnp_gui.files.http_date import http_date
from pnp_gui.files.limits import (
    BODY_BYTES,
    CHUNK_BYTES,
    HEAD_BYTES,
    HEAD_SECONDS,
    IDLE_ENOUGH,
    IDLE_SECONDS,
    LINGER_BYTES,
    LINGER_SECONDS,
    PACE_BYTES,
    PACE_SECONDS,
    READ_SECONDS,
    REPORT_SECONDS,
    SEND_SECONDS,
    STALL_ENOUGH,
)
from pnp_gui.pnp.datagram import Address
from pnp_gui.system.printable import printable


class Phase(Enum):
    """What a connection is doing."""

    REQUEST = auto()
    """It waits for a request, or for the rest of one."""
    OPENING = auto()
    """The file is being opened; nothing is answered yet."""
    ANSWER = auto()
    """The answer is being sent."""
    LINGER = auto()
    """Everything is sent and our side is closed; it waits for the phone to close its own. What the
    system still holds is dropped if the phone is denied meanwhile."""
    CLOSED = auto()


class HttpConnection:
    """One connection. The caller does what it says: `wants_data`, `to_send`, `shut`,
    `content.next_load`, and closes the socket when it is `closed`."""

    def __init__(
        self, remote: Address, local: Address, now: float, wall: Callable[[], float] = time.time
    ) -> None:
        """`now`: on the bench's clock, as everywhere here. `wall`: seconds since 1970."""
        self.remote = remote
        self.local = local
        self.phase = Phase.REQUEST
        self.must_reset = False
        """Of a closed one: the answer is not whole, and the phone must notice."""
        self.reports: list[Fetch] = []
        """To be reported; the caller takes them out."""
        self.content = Content()
        """Of it, the caller takes out `next_load` and `unneeded`."""
        self._wall = wall
        self._http = _new_h11()
        self._received = bytearray()
        """The request so far."""
        self._body = 0
        """Bytes that came after the head; of LINGER all that came."""
        self._request: h11.Request | None = None
        self._fetch: Fetch | None = None
        self._due = now + IDLE_SECONDS
        self._moved = now
        """When a byte was sent last, or else when it began."""
        self._out = memoryview(b"")
        self._out_is_head = 0
        """How many bytes of `_out` are not content."""
        self._pace_due = self._send_due = self._reported = math.inf
        self._paced = 0

    @property
    def closed(self) -> bool:
        """The socket is to be closed."""
        return self.phase is Phase.CLOSED

    @property
    def shut(self) -> bool:
        """Our side is to be closed."""
        return self.phase is Phase.LINGER

    @property
    def wants_data(self) -> bool:
        """Whether to read the socket."""
        return self.phase in (Phase.REQUEST, Phase.LINGER)

    def spare_for(self, now: float) -> float:
        """Seconds for which it has been of no use; 0.0: it is needed, or only just came to rest."""
        waited = now - self._moved
        if self.phase is Phase.LINGER:
            return waited + IDLE_ENOUGH  # at once
        if self.phase is Phase.ANSWER and self._out:
            return waited if waited >= STALL_ENOUGH else 0.0
        return waited if self.phase is Phase.REQUEST and waited >= IDLE_ENOUGH else 0.0

    def close(self, end: FetchEnd, now: float) -> None:
        """Close it; the phone keeps what was sent of a whole answer."""
        if self._fetch is not None:
            self.end(end, now)
        self.phase = Phase.CLOSED

    @property
    def is_answering(self) -> bool:
        return self._fetch is not None

    @property
    def deadline(self) -> float:
        """When to call `expire`."""
        if self.phase is Phase.CLOSED:
            return math.inf
        if self.phase is Phase.ANSWER and self._out:
            return min(self._pace_due, self._send_due)
        return self._due

    @property
    def to_send(self) -> memoryview:
        """What to send next; `sent` says how much of it went."""
        return self._out

    def receive(self, data: bytes, now: float) -> None:
        """Take what came in; b"": the phone has closed its side."""
        if self.phase is Phase.LINGER:
            self._body += len(data)
            if not data or self._body > LINGER_BYTES:
                self.phase = Phase.CLOSED
        elif self.phase is Phase.REQUEST:
            if not data:
                self.phase = Phase.CLOSED
                return
            if not self._received:
                data = data.lstrip(b"\r\n")  # RFC 9112 section 2.2
                if not data:
                    return
                self._due = now + HEAD_SECONDS
            if self._request is None:
                self._received += data
            else:
                self._body += len(data)
            self._http.receive_data(data)
            self._parse(now)

    def loaded(self, result: Loaded | Exception, now: float) -> None:
        """Take the result of a `Load`, or what it raised."""
        self.content.loaded(result)
        if self.phase is Phase.CLOSED:
            self.content.drop()
        elif self.phase is Phase.OPENING:
            self._opened(result, now)
        elif isinstance(result, Loaded):
            self.content.piece = result.data
            if not self._out:
                self._pace(now)  # the disk was slow, not the phone
            self._advance(now)
        else:
            self.end(end_of(result), now)

    def sent(self, count: int, now: float) -> None:
        """`count` bytes of `to_send` went to the system."""
        self._out = self._out[count:]
        of_head = min(count, self._out_is_head)
        self._out_is_head -= of_head
        self._paced += count
        self._moved = now
        fetch = self._fetch
        if fetch is not None and self.phase is Phase.ANSWER:
            fetch.sent += count - of_head
            if not self._out:
                self._advance(now)

    def report(self, now: float) -> None:
        """Report an answer that goes on, also while the phone takes nothing."""
        due = self.phase is Phase.ANSWER and now - self._reported >= REPORT_SECONDS
        if self._fetch is not None and due:
            self._report(self._fetch, now)

    def expire(self, now: float) -> None:
        """The deadline has passed."""
        if now < self.deadline:
            return
        if self.phase is Phase.OPENING or (self.phase is Phase.ANSWER and not self._out):
            self.end(FetchEnd.FAILED, now)
        elif self.phase is Phase.ANSWER:
            if now >= self._send_due or self._paced < PACE_BYTES:
                self.end(FetchEnd.SLOW, now)
            else:
                self._pace(now)
        else:
            self.phase = Phase.CLOSED

    def end(self, end: FetchEnd, now: float) -> None:
        """Break off: nothing more is sent, and the phone must not take what it has for the whole
        file."""
        if self.phase is Phase.CLOSED:
            return
        self.phase = Phase.CLOSED
        self.must_reset = True
        self._out = memoryview(b"")
        self.content.drop()
        fetch, self._fetch = self._fetch, None
        if fetch is not None:
            fetch.ended, fetch.end = now, end
            self._report(fetch, now)

    def _parse(self, now: float) -> None:
        try:
            while self.phase is Phase.REQUEST:
                event = self._http.next_event()
                if isinstance(event, h11.Request):
                    self._take(event, now)
                elif self._body > BODY_BYTES:
                    self._refuse(413, now)
                elif isinstance(event, h11.EndOfMessage):
                    self._received = bytearray(self._http.trailing_data[0])
                    self._begin(now)
                elif not isinstance(event, h11.Data):
                    break
        except h11.RemoteProtocolError as error:
            self._refuse(error.error_status_hint, now)

    def _take(self, request: h11.Request, now: float) -> None:
        """A request's head is complete."""
        self._request = request
        self._body = len(self._http.trailing_data[0])
        head = bytes(self._received[: len(self._received) - self._body])
        self._note(head, now)
        if request.http_version[:2] != b"1.":
            self._refuse(505, now)
        elif len(head) > HEAD_BYTES:
            self._refuse(431, now)
        elif request.method not in (b"GET", b"HEAD"):
            self._refuse(405, now, ("Allow", "GET, HEAD"))
        elif self._http.they_are_waiting_for_100_continue:
            go_on = self._http.send(h11.InformationalResponse(status_code=100, headers=[]))
            self._out = memoryview(go_on)
            self._out_is_head = len(go_on)

    def _note(self, head: bytes, now: float) -> Fetch:
        """`Fetch` of a request; without `_request` of something that is none."""
        request = self._request
        target = request.target.decode("ascii") if request else ""
        headers = dict(request.headers) if request else {}
        agent = headers.get(b"user-agent", b"").decode("latin-1")
        self._fetch = Fetch(
            scheme="http",
            remote=self.remote,
            local=self.local,
            method=request.method.decode("ascii") if request else "",
            target=target,
            name=ServedFolder.name_of(target),
            at=now,
            agent=printable(agent),
            request=head[:MAX_HEAD],
        )
        return self._fetch

    def _begin(self, now: float) -> None:
        """A request is complete: open its file."""
        request, fetch = self._request, self._fetch
        assert request is not None
        assert fetch is not None
        fetch.at = now
        if not fetch.name:
            self._answer(empty_answer(404), b"", now)
            return
        fields = {name for name, _ in request.headers}
        is_head = request.method == b"HEAD"
        count = 0 if is_head or b"range" in fields else CHUNK_BYTES
        self.content.open(fetch.name, count, last=is_head)
        self.phase = Phase.OPENING
        self._due = now + READ_SECONDS

    def _opened(self, result: Loaded | Exception, now: float) -> None:
        request = self._request
        assert request is not None
        if not isinstance(result, Loaded):
            self._answer(empty_answer(status_of(result)), b"", now, result)
            return
        fields = joined(request.headers)
        answer = answer_with(result.file, request.method.decode("ascii"), fields, self._wall())
        if request.method == b"HEAD":
            answer = Answer(answer.status, answer.headers)
        data = result.data[: answer.size] if answer.offset == 0 else b""
        self.content.send(answer.offset + len(data), answer.offset + answer.size)
        self._answer(answer, data, now)

    def _refuse(self, status: int, now: float, *headers: tuple[str, str]) -> None:
        """Answer at once, and close: the rest of what comes is not understood."""
        if self._fetch is None:
            self._request = None
            self._note(bytes(self._received), now)
        self._answer(empty_answer(status, *headers, ("Connection", "close")), b"", now)

    def _answer(
        self, answer: Answer, data: bytes, now: float, error: Exception | None = None
    ) -> None:
        """Send the head and the first piece."""
        fetch = self._fetch
        assert fetch is not None
        head = self._http.send(
            h11.Response(
                status_code=answer.status,
                headers=[("Date", http_date(int(self._wall()))), *answer.headers],
                reason=REASONS.get(answer.status, b""),
            )
        )
        self.phase = Phase.ANSWER
        fetch.status = answer.status
        fetch.size = answer.size
        fetch.answer = head[:MAX_HEAD]
        if error is not None and answer.status >= 500:
            fetch.end = end_of(error)
        self._out_is_head += len(head)
        self._out = memoryview(bytes(self._out) + head + self._encoded(data))
        self._send_due = now + SEND_SECONDS
        self._pace(now)
        self._report(fetch, now)
        self._read_ahead(now)

    def _encoded(self, data: bytes) -> bytes:
        return self._http.send(h11.Data(data=data)) if data else b""

    def _advance(self, now: float) -> None:
        """`_out` may be empty: go on with what was read, or end the answer."""
        if not self._out:
            self._out = memoryview(self._encoded(self.content.take()))
        self._read_ahead(now)
        if not self._out and not self.content.loading:
            self._finish(now)

    def _read_ahead(self, now: float) -> None:
        if self.content.read_ahead():
            self._due = now + READ_SECONDS

    def _finish(self, now: float) -> None:
        """The answer is sent."""
        fetch, self._fetch = self._fetch, None
        assert fetch is not None
        fetch.ended = now
        self._report(fetch, now)
        self._http.send(h11.EndOfMessage())
        if self._http.our_state is h11.DONE and self._http.their_state is h11.DONE:
            waiting = bytes(self._received)
            self._received.clear()
            self._request = None
            self._http = _new_h11()  # not its next cycle: that takes no empty lines in between
            self.phase = Phase.REQUEST
            self._due = now + IDLE_SECONDS
            if waiting:
                self.receive(waiting, now)
        else:
            self.phase = Phase.LINGER
            self._body = 0
            self._due = now + LINGER_SECONDS

    def _pace(self, now: float) -> None:
        self._pace_due = now + PACE_SECONDS
        self._paced = 0

    def _report(self, fetch: Fetch, now: float) -> None:
        self._reported = now
        if fetch not in self.reports:
            self.reports.append(fetch)


def _new_h11() -> h11.Connection:
    return h11.Connection(h11.SERVER, max_incomplete_event_size=HEAD_BYTES)
