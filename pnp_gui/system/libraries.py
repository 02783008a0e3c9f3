"""The system libraries that Qt needs on Linux, and the packages that contain them."""

from __future__ import annotations

import ctypes
import sys
from contextlib import suppress

from pnp_gui.trouble import Trouble

_QT = {
    "glib2": ("libglib-2.0.so.0", "libgthread-2.0.so.0"),
    "libglvnd-glx": ("libGL.so.1",),
    "libglvnd-egl": ("libEGL.so.1",),
    "libX11": ("libX11.so.6",),
    "fontconfig": ("libfontconfig.so.1",),
    "freetype": ("libfreetype.so.6",),
    "libxkbcommon": ("libxkbcommon.so.0",),
    "dbus-libs": ("libdbus-1.so.3",),
    "xcb-util-cursor": ("libxcb-cursor.so.0",),
    "xcb-util-wm": ("libxcb-icccm.so.4",),
    "xcb-util-image": ("libxcb-image.so.0",),
    "xcb-util-keysyms": ("libxcb-keysyms.so.1",),
    "xcb-util-renderutil": ("libxcb-render-util.so.0",),
    "xcb-util": ("libxcb-util.so.1",),
    "libxcb": (
        *("libxcb.so.1", "libxcb-randr.so.0", "libxcb-render.so.0", "libxcb-shape.so.0"),
        *("libxcb-shm.so.0", "libxcb-sync.so.1", "libxcb-xfixes.so.0", "libxcb-xkb.so.1"),
    ),
    "libX11-xcb": ("libX11-xcb.so.1",),
    "libxkbcommon-x11": ("libxkbcommon-x11.so.0",),
}
_WAYLAND = {
    "libwayland-client": ("libwayland-client.so.0",),
    "libwayland-cursor": ("libwayland-cursor.so.0",),
}
"""The NEEDED entries of PySide6's QtCore, QtGui, QtWidgets and platform plugins, by their
package in Fedora."""


def missing_libraries(*, wayland: bool = False) -> Trouble | None:
    """Which libraries cannot be loaded and how to install them; None if all of them can. It loads
    them, so only for a program that cannot go on anyway. `wayland`: Qt tried that, too."""
    if sys.platform != "linux":
        return None
    needed = _QT | (_WAYLAND if wayland else {})
    missing = [
        (name, debian_package(name), fedora)
        for fedora, libraries in needed.items()
        for name in libraries
        if not _can_load(name)
    ]
    if not missing:
        return None
    names, debian, fedora = (" ".join(dict.fromkeys(each)) for each in zip(*missing, strict=True))
    return Trouble(
        "The window needs system libraries that are missing here ({names}). Install them: on "
        "Debian and Ubuntu with “apt install {debian}”, on Fedora with “dnf install {fedora}”.",
        code="libraries",
        names=names,
        debian=debian,
        fedora=fedora,
    )


def debian_package(library: str) -> str:
    """The package of a library in Debian, by its policy (section 8.1): libX11.so.6 is in libx11-6.
    GLib's alone has another name."""
    name, _, version = library.lower().replace("_", "-").partition(".so.")
    if name in ("libglib-2.0", "libgthread-2.0"):
        return "libglib2.0-0"
    return f"{name}{'-' if name[-1].isdigit() else ''}{version}"


def _can_load(name: str) -> bool:
    with suppress(OSError):
        return bool(ctypes.CDLL(name))
    return False
