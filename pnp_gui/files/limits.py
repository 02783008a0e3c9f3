"""Limits of serving files, so that nobody can keep it from the phones or fill the memory.
Times are in seconds."""

from __future__ import annotations

CONNECTIONS = 256
"""HTTP connections at once; more wait, unaccepted, until one ends. Each needs a descriptor, and a
second one for a large file: Linux gives a program 1,024."""
CONNECTIONS_OF_ADDRESS = 32
"""Of these, from one address; more are closed."""
HEAD_BYTES = 8 * 1024
"""Of a request line and its headers, as in other servers (Apache, nginx)."""
BODY_BYTES = 16 * 1024
"""Of a body that comes with a GET. It is read and dropped."""
HEAD_SECONDS = 10.0
"""For a request to come in whole, from its first byte."""
IDLE_SECONDS = 15.0
"""For the next request of a connection to begin."""
IDLE_ENOUGH = 1.0
STALL_ENOUGH = 10.0
"""When there are too many connections, one closes for another that comes if its request has not
been whole for so long, or if its phone has taken nothing for so long."""
READ_SECONDS = 30.0
"""For the disk to deliver the next piece of a file."""
PACE_SECONDS = 60.0
PACE_BYTES = 16 * 1024
"""What a phone must take in each `PACE_SECONDS`: little, as some take nothing while they write
firmware to their flash."""
SEND_SECONDS = 3600.0
"""For one answer: 500 MB at 140 kB/s."""
LINGER_SECONDS = 30.0
LINGER_BYTES = 64 * 1024
"""For the phone to take what the system still holds and to close its side after our last byte. If
we close while it still sends, the system resets the connection, and the phone may lose the end of
the answer (RFC 9112 section 9.6)."""
CHUNK_BYTES = 128 * 1024
"""Read from a file at once. A connection holds two of these at most."""
SLICE_SECONDS = 0.002
"""Of work before Qt's loop goes on: SUBSCRIBEs wait meanwhile."""
REPORT_SECONDS = 1.0
"""Between two reports of a request that goes on."""

TRANSFERS = 192
"""TFTP transfers at once, each with two descriptors; further requests wait."""
TRANSFERS_OF_ADDRESS = 8
"""Of these, for one address."""
WAITING = 1024
"""TFTP requests that wait; the oldest gives way."""
WAIT_SECONDS = 5.0
"""Such a request waits no longer: its phone repeats it, or has given up."""
