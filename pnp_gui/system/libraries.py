"""The system libraries that Qt needs on Linux, and the packages that contain them."""

from __future__ import annotations

import ctypes
import sys

from pnp_gui.trouble import Trouble

_QT = (
    ("libglib-2.0.so.0", "libglib2.0-0", "glib2"),
    ("libgthread-2.0.so.0", "libglib2.0-0", "glib2"),
    ("libGL.so.1", "libgl1", "libglvnd-glx"),
    ("libEGL.so.1", "libegl1", "libglvnd-egl"),
    ("libX11.so.6", "libx11-6", "libX11"),
    ("libfontconfig.so.1", "libfontconfig1", "fontconfig"),
    ("libfreetype.so.6", "libfreetype6", "freetype"),
    ("libxkbcommon.so.0", "libxkbcommon0", "libxkbcommon"),
    ("libdbus-1.so.3", "libdbus-1-3", "dbus-libs"),
    ("libgssapi_krb5.so.2", "libgssapi-krb5-2", "krb5-libs"),
)
_XCB = (
    ("libxcb-cursor.so.0", "libxcb-cursor0", "xcb-util-cursor"),
    ("libxcb-icccm.so.4", "libxcb-icccm4", "xcb-util-wm"),
    ("libxcb-image.so.0", "libxcb-image0", "xcb-util-image"),
    ("libxcb-keysyms.so.1", "libxcb-keysyms1", "xcb-util-keysyms"),
    ("libxcb-render-util.so.0", "libxcb-render-util0", "xcb-util-renderutil"),
    ("libxcb-util.so.1", "libxcb-util1", "xcb-util"),
    ("libxcb.so.1", "libxcb1", "libxcb"),
    ("libxcb-randr.so.0", "libxcb-randr0", "libxcb"),
    ("libxcb-render.so.0", "libxcb-render0", "libxcb"),
    ("libxcb-shape.so.0", "libxcb-shape0", "libxcb"),
    ("libxcb-shm.so.0", "libxcb-shm0", "libxcb"),
    ("libxcb-sync.so.1", "libxcb-sync1", "libxcb"),
    ("libxcb-xfixes.so.0", "libxcb-xfixes0", "libxcb"),
    ("libxcb-xkb.so.1", "libxcb-xkb1", "libxcb"),
    ("libX11-xcb.so.1", "libx11-xcb1", "libX11-xcb"),
    ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0", "libxkbcommon-x11"),
)
_WAYLAND = (
    ("libwayland-client.so.0", "libwayland-client0", "libwayland-client"),
    ("libwayland-cursor.so.0", "libwayland-cursor0", "libwayland-cursor"),
)
"""The NEEDED entries of PySide6's QtCore, QtGui, QtWidgets, QtNetwork and platform plugins, with
the package of each in Debian and in Fedora."""


def missing_libraries(*, wayland: bool = False) -> Trouble | None:
    """Which libraries cannot be loaded and how to install them; None if all of them can.

    `wayland`: Qt tried Wayland, too. It loads the libraries, so call it only when the program
    cannot go on anyway.
    """
    if sys.platform != "linux":
        return None
    needed = (*_QT, *_XCB, *(_WAYLAND if wayland else ()))
    missing = [each for each in needed if not _can_load(each[0])]
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


def _can_load(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True
