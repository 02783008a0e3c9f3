"""What the ports of HTTP and of TFTP have in common."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from pnp_gui.files.fetch import Fetch
from pnp_gui.files.folder import ServedFolder
from pnp_gui.net.serving.readers import Readers
from pnp_gui.trouble import Trouble


@dataclass(eq=False, repr=False)
class ServedPort:
    """A port on which phones fetch files. Lives in Qt's main thread, and opens nothing before
    `open`."""

    port: int
    """TFTP: 0, none. HTTP: if 0 was wanted, the one that the system gave."""
    _readers: Readers
    _folder: Callable[[], ServedFolder | None]
    """None while it is not there."""
    _may_fetch: Callable[[str], bool]
    _report: Callable[[Fetch], None]
    """See `FileServer`, as for `_may_fetch`."""
    _refused: Callable[[str], None]
    """Told of each connection or packet of a stranger."""
    _clock: Callable[[], float]
    _loopback_only: Callable[[], bool]
    """See `FileServer`."""
    _tell: Callable[[], None] = lambda: None
    """See `FileServer`. Called from Qt's loop alone, never while something is decided."""
    trouble: Trouble | None = field(default=None, init=False)
    """Why the port is not available."""
    _is_loopback_only: bool = field(default=False, init=False)
    """What it was when the port was opened."""
    _of_address: Counter[str] = field(default_factory=Counter, init=False)
    """How many connections or transfers go on, by the phone's address."""

    def __post_init__(self) -> None:
        """What a subclass has besides. Without this one, `dataclass` would not call its own."""

    def _count_out(self, address: str) -> None:
        """One of this address is over."""
        self._of_address[address] -= 1
        if not self._of_address[address]:
            del self._of_address[address]
