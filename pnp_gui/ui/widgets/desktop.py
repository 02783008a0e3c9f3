"""Opens things with the programs of the technician's system."""

from __future__ import annotations

from ipaddress import AddressValueError, IPv4Address
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices


def open_path(path: Path) -> bool:
    """Open a file or folder. False if there is no program for it."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def open_page_of(address: str) -> bool:
    """Open http://ADDRESS/ in the browser. False if it is no IPv4 address of one device, or there
    is no browser. The address is a datagram's source; nothing that a phone wrote is opened."""
    try:
        ip = IPv4Address(address)
    except AddressValueError:
        return False
    if ip.is_multicast or ip.is_unspecified or int(ip) == 0xFFFFFFFF:
        return False
    return QDesktopServices.openUrl(QUrl(f"http://{ip}/"))
