"""One file by TFTP, from the request to its last ACK: packets, pieces of the file and the time go
in; packets, what to read next and a deadline come out (RFC 1350, 2347, 2348, 2349, 7440).

- An ACK is answered by the next window, and no ACK by more than one: what is acknowledged twice is
  sent again by the clock alone ("Sorcerer's Apprentice", RFC 1123 section 4.2.3.1). Of windows, a
  gap is told by the ACK of what came before it: that sends the rest once more, and once only.
- A request with options is answered by OACK, which counts as block 0 (RFC 2347).
- Block numbers count on beyond their 16 bits; 0 follows 65,535.
"""

from __future__ import annotations

from collections import deque

from pnp_gui.files import tftp_packets as packets
from pnp_gui.files.fetch import Fetch, FetchEnd
from pnp_gui.files.limits import READ_SECONDS, SEND_SECONDS
from pnp_gui.files.tftp_packets import DATA, ERROR, NETASCII, OCTET, RRQ, Request

BLOCK_SIZE = 512
"""Bytes of a block without the option blksize (RFC 1350)."""
LEAST_BLOCK, MOST_BLOCK = 8, 65_464
"""What blksize may ask for (RFC 2348)."""
MAX_WINDOW = 16
"""Blocks that are on their way at once; RFC 7440 would allow 65,535."""
CHUNK = 32 * 1024
"""Bytes that are read from the file at once. A transfer holds up to twice this, and a window."""

TIMEOUT = 1.0
"""Seconds until what was not acknowledged is sent again; twice as long each time, up to
`LONGEST_TIMEOUT`. The option timeout has it always alike (RFC 2349)."""
LONGEST_TIMEOUT = 8.0
MOST_TIMEOUT = 30
"""The longest timeout that is accepted as an option; RFC 2349 allows 255."""
MAX_SENDINGS = 6
"""How often a window is sent until the phone counts as gone: after 31 s without the option."""


class Transfer:
    """One request and its answer. It fills in `fetch`; `fetch.ended` says that it is over."""

    def __init__(self, fetch: Fetch, request: Request, largest_block: int) -> None:
        """`fetch`: with all that is known of the request. `largest_block`: bytes that reach the
        phone in one piece. `fetch.name` is to be opened if `wants_file`."""
        self.fetch = fetch
        self._out: list[bytes] = []
        self._netascii = request.mode == NETASCII
        self._options = _accepted(request, largest_block)
        self._block_size = self._options.get("blksize", BLOCK_SIZE)
        self._window = self._options.get("windowsize", 1)
        self._timeout = self._options.get("timeout")
        self._opened = False
        self._reading = False
        self._offset = 0
        """Of what is to be read next."""
        self._content = b""
        """Read, and not in a block yet: from `_used` on."""
        self._used = 0
        self._blocks: deque[bytes] = deque()
        """What was made and is not acknowledged, as packets: the first has number `_first`."""
        self._first = 1
        self._unsent = 1
        """Number of the next one to be sent."""
        self._whole = False
        """The last block was made."""
        self._again = False
        """These were sent again already, without an ACK of something new."""
        self._sendings = 0
        self._due = fetch.at + READ_SECONDS
        """When to send again what was sent; while nothing was, when the disk takes too long."""
        self._wire = 0
        """Bytes of content that were acknowledged; netascii has more than the file."""
        if request.opcode != RRQ:
            self._refuse(405, packets.NO_ACCESS, "Writing is not allowed", fetch.at)
        elif request.mode not in (OCTET, NETASCII):
            self._refuse(500, packets.ILLEGAL, "Mode is neither octet nor netascii", fetch.at)

    @property
    def wants_file(self) -> bool:
        """Wait for `opened` or `not_opened`."""
        return not self._opened and self.fetch.ended is None

    @property
    def untouched(self) -> bool:
        """Nothing was acknowledged yet: the same request once more is a repetition."""
        return self.fetch.ended is None and self._wire == 0

    def opened(self, size: int, now: float) -> None:
        """The file is open and has so many bytes."""
        if not self.wants_file:
            return
        self._opened = True
        self.fetch.status, self.fetch.size = 200, size
        if size and "tsize" in self._options:
            self._options["tsize"] = size
        else:  # curl takes 0 for a fault
            self._options.pop("tsize", None)
        if self._options:
            self._first = self._unsent = 0
            self._blocks.append(packets.options_acknowledged(self._options))
            self.fetch.answer = self._blocks[0]
        else:
            self.fetch.answer = packets.data(1, b"")
        self._proceed(now)

    def not_opened(self, error: Exception, now: float) -> None:
        """The file cannot be opened."""
        if not self.wants_file:
            return
        if isinstance(error, FileNotFoundError):
            self._refuse(404, packets.NOT_FOUND, "File not found", now)
        elif isinstance(error, PermissionError):
            self._refuse(403, packets.NO_ACCESS, "Access denied", now)
        else:
            self._refuse(500, 0, "The file cannot be read", now)

    def wanted(self) -> tuple[int, int] | None:
        """Offset and size of what is to be read now; asked for once. None: nothing."""
        rest = self.fetch.size - self._offset
        enough = len(self._content) - self._used >= CHUNK
        if not self._opened or self._reading or not rest or enough or self.fetch.ended is not None:
            return None
        self._reading = True
        return self._offset, min(rest, CHUNK)

    def read(self, content: bytes, now: float) -> None:
        """What was wanted."""
        self._reading = False
        self._offset += len(content)
        if self._netascii:  # RFC 764: the end of a line is CR LF, a CR alone is CR NUL
            content = content.replace(b"\r", b"\r\0").replace(b"\n", b"\r\n")
        self._content = self._content[self._used :] + content
        self._used = 0
        self._proceed(now)

    def not_read(self, end: FetchEnd, now: float) -> None:
        """The file cannot be read any more."""
        self._fail(0, "The file cannot be read any more", end, now)

    def receive(self, packet: bytes, now: float) -> None:
        """A packet from the phone's own port."""
        if self.fetch.ended is not None:
            return
        if packets.opcode_of(packet) == ERROR:
            self.end(FetchEnd.BROKEN, now)
            return
        number = packets.acknowledged(packet)
        if number is None:
            if packets.opcode_of(packet) in (DATA, packets.OACK):
                self._fail(packets.ILLEGAL, "Only ACK is expected", FetchEnd.BROKEN, now)
            return
        # The number modulo 2^16 that is nearest after what is acknowledged: -1 is that itself.
        ahead = (number - self._first + 1) & 0xFFFF
        if ahead > self._unsent - self._first:
            return
        if ahead:
            self._acknowledge(ahead, now)
        elif self._window > 1 and not self._again and self._unsent > self._first:
            self._again = True
            self._send_again(now)

    def expire(self, now: float) -> None:
        """Do what is due at `deadline`."""
        if self.fetch.ended is not None:
            return
        if now >= self.fetch.at + SEND_SECONDS:
            self._fail(0, "Timed out", FetchEnd.SLOW, now)
        elif now >= self._due:
            if self._unsent > self._first and self._sendings < MAX_SENDINGS:
                self._again = True
                self._send_again(now)
            elif self._unsent > self._first:
                self.end(FetchEnd.BROKEN, now)
            elif self._opened:
                self._fail(0, "The disk does not respond", FetchEnd.FAILED, now)
            else:
                self._refuse(500, 0, "The disk does not respond", now)

    def stop(self, now: float) -> None:
        """Serving was stopped: tell the phone."""
        self._fail(0, "The server was stopped", FetchEnd.STOPPED, now)

    def withdraw(self, now: float) -> None:
        """Send nothing more to the phone, not even what was about to be sent."""
        self._out.clear()
        self.end(FetchEnd.STOPPED, now)

    def end(self, end: FetchEnd, now: float) -> None:
        """It is over, and nothing more is sent to the phone."""
        if self.fetch.ended is None:
            self.fetch.ended, self.fetch.end = now, end
            self._out.clear()
            self._blocks.clear()
            self._content = b""

    def deadline(self) -> float | None:
        """When `expire` has something to do; None: it is over."""
        if self.fetch.ended is not None:
            return None
        return min(self._due, self.fetch.at + SEND_SECONDS)

    def datagrams(self) -> list[bytes]:
        """Take what is to be sent to the phone."""
        out, self._out = self._out, []
        return out

    def _acknowledge(self, count: int, now: float) -> None:
        """So many of what was sent have arrived."""
        gap = self._first + count < self._unsent
        for _ in range(count):
            packet = self._blocks.popleft()
            if self._first:
                self._wire += len(packet) - packets.HEAD_SIZE
            self._first += 1
        self._sendings = 0
        self._due = now + READ_SECONDS
        fetch = self.fetch
        if self._whole and not self._blocks:
            fetch.sent = fetch.size
            self.end(FetchEnd.DONE, now)
            return
        fetch.sent = min(self._wire, fetch.size)
        self._again = gap
        if gap:
            self._unsent = self._first
        self._proceed(now)

    def _proceed(self, now: float) -> None:
        """Make blocks of what was read, and send what the window has room for."""
        if self.fetch.ended is not None:
            return
        while len(self._blocks) < self._window and not self._whole and self._may_send_data:
            end = self._used + self._block_size
            if end > len(self._content) and self._offset < self.fetch.size:
                break
            block = self._content[self._used : end]
            self._used += len(block)
            # One shorter than the others is the last, be it empty (RFC 1350 section 6).
            self._whole = len(block) < self._block_size
            self._blocks.append(packets.data(self._first + len(self._blocks), block))
        sent = self._unsent - self._first
        if sent < len(self._blocks):
            self._out.extend(self._blocks[place] for place in range(sent, len(self._blocks)))
            self._unsent = self._first + len(self._blocks)
            self._sendings = max(self._sendings, 1)
            self._wait(now)

    @property
    def _may_send_data(self) -> bool:
        """The options, if any, are acknowledged."""
        return self._first > 0

    def _send_again(self, now: float) -> None:
        """All that was sent and is not acknowledged."""
        self._out.extend(self._blocks[place] for place in range(self._unsent - self._first))
        self._sendings += 1
        self._wait(now)

    def _wait(self, now: float) -> None:
        longer = min(TIMEOUT * 2 ** (self._sendings - 1), LONGEST_TIMEOUT)
        self._due = now + (longer if self._timeout is None else self._timeout)

    def _refuse(self, status: int, code: int, text: str, now: float) -> None:
        self.fetch.status = status
        self.fetch.answer = packets.error(code, text)
        self._fail(code, text, FetchEnd.DONE, now)

    def _fail(self, code: int, text: str, end: FetchEnd, now: float) -> None:
        if self.fetch.ended is None:
            self.end(end, now)
            self._out.append(packets.error(code, text))


def _accepted(request: Request, largest_block: int) -> dict[str, int]:
    """The options that are acknowledged, in the order of the request."""
    block = request.number("blksize", LEAST_BLOCK, 1 << 32)
    window = request.number("windowsize", 1, 65_535)
    of_file = request.mode == OCTET and request.number("tsize", 0, 1 << 62) is not None
    values = {
        "blksize": None if block is None else min(block, largest_block, MOST_BLOCK),
        "windowsize": None if window is None else min(window, MAX_WINDOW),
        "timeout": request.number("timeout", 1, MOST_TIMEOUT),
        "tsize": 0 if of_file else None,  # of netascii, nobody knows it before
    }
    chosen = ((name, values.get(name)) for name in request.options)
    return {name: value for name, value in chosen if value is not None}
