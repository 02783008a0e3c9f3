"""Every library of the system's that Qt names can be told with its packages."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import PySide6

from pnp_gui.system import libraries

PARTS = (
    *("lib/libQt6Core.so.6", "lib/libQt6Gui.so.6", "lib/libQt6Widgets.so.6"),
    *("lib/libQt6DBus.so.6", "lib/libQt6Svg.so.6"),
    *("lib/libQt6XcbQpa.so.6", "plugins/platforms/libqxcb.so"),
    *("lib/libQt6WaylandClient.so.6", "plugins/platforms/libqwayland.so"),
)
EVERYWHERE = re.compile(
    r"(ld-linux|lib(c|m|resolv|gcc_s|stdc\+\+|z|zstd|brotli\w+|icu\w+|Qt6\w+)\.so).*"
)
"""What every desktop has, and what comes with PySide6."""


def test_what_qt_needs_is_in_the_table() -> None:
    folder = Path(PySide6.__file__).parent / "Qt"
    said = subprocess.run(
        ["readelf", "-d", *(str(folder / part) for part in PARTS)],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    needed = set(re.findall(r"NEEDED.*\[(.*)\]", said))
    table = {name for names in (libraries._QT | libraries._WAYLAND).values() for name in names}
    assert {name for name in needed if not EVERYWHERE.fullmatch(name)} == table
