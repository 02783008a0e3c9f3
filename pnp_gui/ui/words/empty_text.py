"""What an empty table says: where it listens, and what to do."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from pnp_gui.trouble import listed
from pnp_gui.ui.listening import Listening


def empty_text(listening: Listening) -> tuple[str, str]:
    """Title and explanation."""
    if not listening.listening:
        return _tr("Not listening"), _tr("Press F5 to listen for phones.")
    joined = listening.joined
    if not joined:
        return (
            _tr("Listening on no network port"),
            _tr("Connect this computer to the phones' switch, or choose a network port (Ctrl+P)."),
        )
    if len(joined) == 1:
        detail = _tr("Listening on {name}, {address}, UDP port {port}.").format(
            name=joined[0].name, address=joined[0].address, port=listening.port
        )
    else:
        names = listed(f"{info.name} {info.address}" for info in joined)
        detail = _tr("Listening on UDP port {port} of these network ports: {names}.").format(
            port=listening.port, names=names
        )
    return _tr("Plug in a phone: it appears here when it boots"), detail


def _tr(text: str) -> str:
    return QCoreApplication.translate("EmptyText", text)
