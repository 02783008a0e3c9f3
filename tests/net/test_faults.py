"""Error numbers become sentences that say what and where, and what to do."""

from __future__ import annotations

import errno
import socket
import struct
import subprocess
import sys

import pytest

from pnp_gui.net.pktinfo import unix_note, windows_note
from pnp_gui.net.port_holder import PortHolder, port_holder
from pnp_gui.net.socket_errors import bind_fault, join_fault, number_of, send_fault
from pnp_gui.net.windows.adapters import adapters
from pnp_gui.net.windows.port_holder import _FAMILIES, owners_in, processes_on, program_name
from pnp_gui.net.windows.sockets import quiet_receive_errors, range_with, reserved_range
from pnp_gui.trouble import Trouble

SOFTPHONE = PortHolder("zoiper5.exe", 4711)


class WindowsError(OSError):
    """As Windows raises it: with the number in `winerror`."""

    def __init__(self, number: int) -> None:
        super().__init__(number, "words of Windows")
        self.winerror = number


def bound(
    error: OSError,
    port: int = 5060,
    holder: PortHolder | None = None,
    reserved: tuple[int, int] | None = None,
) -> Trouble:
    return bind_fault(error, port, holder=lambda *_: holder, reserved=lambda *_: reserved)


@pytest.mark.parametrize("error", [OSError(errno.EADDRINUSE, "in use"), WindowsError(10048)])
def test_a_busy_port_names_the_program(error: OSError) -> None:
    trouble = bound(error, holder=SOFTPHONE)
    assert "UDP port 5060 is already in use by zoiper5.exe (process 4711)" in str(trouble)
    assert (trouble.code, trouble.action) == ("port_busy", "try_again")
    trouble = bound(error)
    assert "in use by another program" in str(trouble)
    assert (trouble.code, trouble.action) == ("port_busy", "try_again")


def test_10013_tells_its_three_causes_apart() -> None:
    held = bound(WindowsError(10013), holder=SOFTPHONE)
    assert "zoiper5.exe" in str(held)
    assert held.code == "port_busy"
    reserved = bound(WindowsError(10013), reserved=(5040, 5139))
    assert "reserved the UDP ports 5040 to 5139, so 5060" in str(reserved)
    assert "net stop winnat" in str(reserved)
    assert reserved.code == "port_reserved"
    unknown = bound(WindowsError(10013))
    assert "excludedportrange" in str(unknown)
    assert unknown.code == "port_refused"
    assert {each.action for each in (held, reserved, unknown)} == {"try_again"}


def test_a_port_below_1024_needs_rights() -> None:
    denied = PermissionError(errno.EACCES, "denied")
    assert bound(denied, 506).code == "port_forbidden"
    assert "506 needs administrator rights" in str(bound(denied, 506))
    assert bound(denied, 5060).code == "port_failed"


def test_any_other_number_is_told_as_it_is() -> None:
    trouble = bound(OSError(errno.EMFILE, "Too many open files"))
    assert f"Too many open files (error {errno.EMFILE})" in str(trouble)
    assert trouble.action == "try_again"
    assert "error 0" in str(bound(OSError("odd")))


def test_a_failing_join_names_its_interface() -> None:
    gone = join_fault(OSError(errno.ENODEV, "No such device"), "eth7")
    assert "eth7 is no longer present" in str(gone)
    other = join_fault(OSError(errno.EINVAL, "Invalid argument"), "eth7")
    assert "eth7 cannot join the multicast group: Invalid argument" in str(other)
    full = join_fault(OSError(errno.ENOBUFS, "No buffer space"), "eth7")
    assert "eth7 cannot join another multicast group" in str(full)
    assert gone.code == full.code == "join_failed"


def test_a_failing_send_names_where_to() -> None:
    blocked = send_fault(PermissionError(errno.EPERM, "not permitted"), "eth0", "10.13.2.20")
    assert "firewall" in str(blocked)
    assert "10.13.2.20" in str(blocked)
    nowhere = send_fault(OSError(errno.ENETUNREACH, "Network is unreachable"), "eth0", "10.9.9.9")
    assert "10.9.9.9 could not be sent on eth0: Network is unreachable" in str(nowhere)


def test_the_number_of_windows_comes_first() -> None:
    assert number_of(WindowsError(10048)) == 10048
    assert number_of(OSError(5, "x")) == 5


NETSH_IN_GERMAN = """
Protokoll udp Portausschlussbereiche

Startport      Endport
----------    --------
      5040        5139
     50000       50059     *

* - Verwaltete Portausschlüsse.
"""


def test_the_reserved_ranges_are_read_in_any_language() -> None:
    assert range_with(5060, NETSH_IN_GERMAN) == (5040, 5139)
    assert range_with(50059, NETSH_IN_GERMAN) == (50000, 50059)
    assert range_with(5140, NETSH_IN_GERMAN) is None
    assert range_with(5060, "") is None


def test_the_owners_of_a_port_are_read_from_windows_tables() -> None:
    row = struct.Struct("!4sHxx")
    rows = [
        row.pack(socket.inet_aton(address), port) + struct.pack("=I", pid)
        for address, port, pid in [("0.0.0.0", 5060, 4711), ("10.1.1.1", 5061, 12)]
    ]
    table = struct.pack("=I", 2) + b"".join(rows)
    (_, ipv4), (_, ipv6) = _FAMILIES
    assert owners_in(table + bytes(64), ipv4, 5060) == [4711]
    assert owners_in(table, ipv4, 5061) == [12]
    # A count that promises more than there is.
    assert owners_in(struct.pack("=I", 9) + rows[0], ipv4, 5060) == [4711]
    assert owners_in(bytes(4), ipv4, 0) == []
    six = bytes(16) + struct.pack("=I", 0) + struct.pack("!Hxx", 5060) + struct.pack("=I", 77)
    assert owners_in(struct.pack("=I", 1) + six, ipv6, 5060) == [77]


def test_interface_and_destination_are_read_from_what_windows_gives_with_a_datagram() -> None:
    # As Wine gave it for a multicast that came in on interface 2.
    given = bytes.fromhex("18000000000000000000000013000000e000014b02000000")
    assert windows_note(given) == (2, "224.0.1.75")
    other = struct.pack("@Nii", 20, 0, 4) + struct.pack("=Ixxxx", 128)
    assert windows_note(other + given) == (2, "224.0.1.75")
    nothing = (0, "")
    assert windows_note(other) == nothing
    assert windows_note(b"") == nothing
    assert windows_note(bytes(24)) == nothing
    assert windows_note(given[:20]) == nothing


def test_interface_and_destination_are_read_from_what_unix_gives_with_a_datagram() -> None:
    # Interface, our address there, where it was sent to.
    given = struct.pack("=i", 7) + bytes([10, 13, 2, 2]) + bytes([224, 0, 1, 75])
    assert unix_note(given) == (7, "224.0.1.75")
    assert unix_note(given[:11]) == (0, "")
    assert unix_note(b"") == (0, "")


def test_windows_own_things_do_nothing_elsewhere() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        quiet_receive_errors(sock)
    assert reserved_range(5060) is None
    assert adapters() == []
    assert processes_on(5060) == []
    assert program_name(1) == ""


HOLD = """
import socket, sys
sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sock.bind(("127.0.0.1", 0))
print(sock.getsockname()[1], flush=True)
sys.stdin.read()
"""


def test_the_program_that_has_a_port_is_found() -> None:
    command = [sys.executable, "-c", HOLD]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        port = int(other.stdout.readline())
        holder = port_holder(port)
        assert holder is not None
        assert holder.pid == other.pid
        assert holder.program.startswith("python")
        other.communicate("")
    assert port_holder(port) is None


def test_our_own_socket_is_nobody_elses() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.bind(("127.0.0.1", 0))
        assert port_holder(sock.getsockname()[1]) is None
